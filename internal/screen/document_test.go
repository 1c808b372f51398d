package screen_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/document"
	"interdict/internal/fault"
	"interdict/internal/mutate"
	"interdict/internal/record"
	"interdict/internal/screen"
)

func read(t testing.TB, e *screen.Engine, text string, o screen.Options) screen.DocumentAnswer {
	t.Helper()
	a, err := e.Document("a.txt", document.Text{Body: text, Format: "txt"}, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// prose names nobody.
var prose = map[string][]string{
	"Latn": strings.Fields("The ferry left the harbour before noon , and the clerk wrote down what the wind had taken from the roof of the old market hall ."),
	"Cyrl": strings.Fields("Паром вышел из гавани до полудня , и писарь записал всё , что ветер унёс с крыши старого рынка у реки ."),
	"Arab": strings.Fields("غادرت العبارة الميناء قبل الظهر ثم كتب الموظف كل ما أخذته الريح من سقف السوق القديم قرب النهر ."),
}

func TestAListedNameIsFoundWhereItStands(t *testing.T) {
	e, names := invented(t, 600)
	for _, script := range []string{"Latn", "Cyrl", "Arab"} {
		own := slices.DeleteFunc(slices.Clone(names), func(n mutate.Invented) bool { return n.Script != script || len(strings.Fields(n.Name)) < 2 })
		if len(own) < 30 {
			t.Fatalf("%d names in %s", len(own), script)
		}
		t.Run(script, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				planted := rapid.SampledFrom(own).Draw(r, "name").Name
				i := slices.IndexFunc(names, func(n mutate.Invented) bool { return n.Name == planted })
				words := prose[script]
				at := rapid.IntRange(0, len(words)).Draw(r, "at")
				before := strings.Join(words[:at], " ") + " "
				body := before + planted + " " + strings.Join(words[at:], " ")
				start := len(before) + strings.IndexFunc(planted, sign)
				end := len(before) + strings.LastIndexFunc(planted, sign)
				a := read(t, e, body, screen.Options{})
				for _, m := range a.Mentions {
					if body[m.Start:m.End] != m.Text || !strings.Contains(m.Context, strings.Join(strings.Fields(m.Text), " ")) {
						r.Errorf("%+v does not quote the text", m)
					}
					if m.Start == start && m.End > end && hitOf(m.Hits, fmt.Sprintf("s-%04d", i)) != nil {
						return
					}
				}
				r.Errorf("%q is not found at %d in %q: %+v", planted, start, body, a.Mentions)
			})
		})
	}
}

func sign(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// TestMentions checks what must hold of every mention, in texts full of names
// and pieces of names.
func TestMentions(t *testing.T) {
	e, names := invented(t, 40)
	rapid.Check(t, func(r *rapid.T) {
		var body strings.Builder
		for range rapid.IntRange(1, 6).Draw(r, "pieces") {
			words := strings.Fields(rapid.SampledFrom(names).Draw(r, "name").Name)
			from := rapid.IntRange(0, len(words)-1).Draw(r, "from")
			body.WriteString(strings.Join(words[from:], " ") + rapid.SampledFrom([]string{" ", ", ", ". ", "\n\n", " group "}).Draw(r, "after"))
		}
		a := read(t, e, body.String(), screen.Options{Mention: 800})
		for i, m := range a.Mentions {
			if m.Start < 0 || m.Start >= m.End || m.End > a.Bytes || len(m.Hits) == 0 {
				r.Fatalf("a broken mention: %+v", m)
			}
			if i > 0 && (m.Start < a.Mentions[i-1].Start || m.Start == a.Mentions[i-1].Start && m.End >= a.Mentions[i-1].End) {
				r.Errorf("mentions out of order, or two of one span: %+v", a.Mentions)
			}
			for j, h := range m.Hits {
				addsUp(r, h)
				if h.Score < 8000 || j > 0 && seriousness(m.Hits[j-1]) < seriousness(h) {
					r.Errorf("hits below the threshold or out of order: %+v", m.Hits)
				}
			}
		}
		if diff := cmp.Diff(asJSON(t, a), asJSON(t, read(t, e, body.String(), screen.Options{Mention: 800, Exhaustive: true}))); diff != "" {
			r.Errorf("exhaustive differs (-index +exhaustive):\n%s", diff)
		}
	})
}

func TestBandsOfMentions(t *testing.T) {
	e := engine(
		t, person("Bartholomew Quindlesby", alias("Shadow Merchant", record.Weak), numbered("passport", "Q7654321")),
		person("Cornelius Vandermolen", ended),
		person("Quindlesby Holding Trust", organisation),
		person("ZRB", organisation),
		person("Falconmere", organisation),
		person("Abdullah Quindlesby Grey", alias("Abdullah", record.Unspecified)),
	)
	for _, c := range []struct {
		rule, text string
		want       []string // "text: subject band" of the first hit of each mention
	}{
		{"a full name", "We met Bartholomew Quindlesby.", []string{"Bartholomew Quindlesby: s-Bartholomew Quindlesby strong"}},
		{"a weak alias", "We met Shadow Merchant.", []string{"Shadow Merchant: s-Bartholomew Quindlesby weak"}},
		{"an ended listing", "We met Cornelius Vandermolen.", []string{"Cornelius Vandermolen: s-Cornelius Vandermolen weak"}},
		{"a short name", "We met ZRB.", []string{"ZRB: s-ZRB weak"}},
		{"one word", "We met Falconmere.", []string{"Falconmere: s-Falconmere possible"}},
		{"one word in context", "We met the terrorist group Falconmere.", []string{"Falconmere: s-Falconmere strong"}},
		{"context in another sentence", "There are terrorists. We met Falconmere.", []string{"Falconmere: s-Falconmere possible"}},
		{"a word of the language", "We met Falconmere. A falconmere is a bird.", []string{"Falconmere: s-Falconmere weak"}},
		{"one common word", "We met the terrorist Abdullah.", []string{"Abdullah: s-Abdullah Quindlesby Grey weak"}},
		{"owned", "The terrorist group Falconmere's chief.", []string{"Falconmere's: s-Falconmere strong"}},
		{"an identifier alone", "Passport Q7654321.", []string{"Q7654321: s-Bartholomew Quindlesby possible"}},
		{
			"an identifier and the name", "Bartholomew Quindlesby, passport Q-7654321.",
			[]string{"Bartholomew Quindlesby: s-Bartholomew Quindlesby strong", "Q-7654321: s-Bartholomew Quindlesby strong"},
		},
		{"named beyond doubt elsewhere", "The terrorist group Falconmere. Then Falconmere came.", []string{"Falconmere: s-Falconmere strong", "Falconmere: s-Falconmere strong"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			var got []string
			for _, m := range read(t, e, c.text, screen.Options{}).Mentions {
				got = append(got, fmt.Sprintf("%s: %s %s", m.Text, m.Hits[0].Subject, m.Hits[0].Band))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPartOfALongerName(t *testing.T) {
	e := engine(t, person("Omar Quindlesby"), person("Omar Quindlesby Charitable Foundation", organisation))
	a := read(t, e, "A gift to the Omar Quindlesby Charitable Foundation.", screen.Options{})
	if len(a.Mentions) != 2 || a.Mentions[0].Hits[0].Band != screen.Strong || a.Mentions[1].Hits[0].Band != screen.Weak ||
		a.Mentions[1].Hits[0].Explanation.Band != "part of a longer name" {
		t.Errorf("%+v", a.Mentions)
	}
}

func TestDocumentsThatCannotBeScreened(t *testing.T) {
	e := engine(t, person("Lea Stern", numbered("imo", "9116412")))
	for _, c := range []struct {
		rule   string
		text   document.Text
		status screen.Status
		reason string
	}{
		{"empty", document.Text{}, screen.NotScreened, "there is no text in the document"},
		{"numbers only", document.Text{Body: "17 and"[:2]}, screen.NotScreened, "there is no text in the document"},
		{"a listed number only", document.Text{Body: "9116412"}, screen.Hits, ""},
		{"nobody", document.Text{Body: "nobody at all"}, screen.None, ""},
		{"a page unread", document.Text{Body: "nobody at all", Unread: []string{"page 2", "page 3"}}, screen.NotScreened, "not read: page 2, page 3"},
		{"a page unread and a hit", document.Text{Body: "Lea Stern", Unread: []string{"page 2"}}, screen.Hits, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			a, err := e.Document("a.txt", c.text, screen.Options{})
			if err != nil || a.Status != c.status || a.Reason != c.reason || a.Mentions == nil {
				t.Errorf("%v: %s, %q; want %s, %q", err, a.Status, a.Reason, c.status, c.reason)
			}
		})
	}
	a := e.Unreadable("a.pdf", fault.Hint(errors.New("a PDF without text"), "read it by OCR"), screen.Options{})
	if a.Status != screen.NotScreened || a.Reason != "a PDF without text (read it by OCR)" || a.Snapshot != "snap" {
		t.Errorf("%+v", a)
	}
}
