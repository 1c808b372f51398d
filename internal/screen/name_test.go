package screen_test

import (
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/date"
	"interdict/internal/mutate"
	"interdict/internal/record"
	"interdict/internal/screen"
)

func TestWhatCannotBeScreenedIsNotNone(t *testing.T) {
	e := engine(t, person("Omar Said", alias("313", record.Strong)), person("Lea Stern", numbered("imo", "9116412")))
	long := strings.Repeat("word ", 65)
	for _, c := range []struct {
		rule   string
		q      screen.Query
		status screen.Status
		reason string
	}{
		{"empty", screen.Query{}, screen.NotScreened, "the name is empty"},
		{"blanks", screen.Query{Name: " \t\u00a0"}, screen.NotScreened, "the name is empty"},
		{"no letter", screen.Query{Name: "-- ?"}, screen.NotScreened, "the name has no letter"},
		{"a number", screen.Query{Name: "12345"}, screen.NotScreened, "the name has no letter"},
		{"a listed number", screen.Query{Name: "313"}, screen.Hits, ""},
		{"a listed identifier", screen.Query{Name: "9116412"}, screen.Hits, ""},
		{"one letter", screen.Query{Name: "X."}, screen.NotScreened, "the name is too short: one letter"},
		{"65 words", screen.Query{Name: long}, screen.NotScreened, "65 words are more than a name has (screen it as a document)"},
		{"a broken charset", screen.Query{Name: "Jos\xe9 Silva"}, screen.NotScreened, "the name is not valid UTF-8"},
		{"nobody", screen.Query{Name: "Nobody Atall"}, screen.None, ""},
		{"an alias of one letter", screen.Query{Name: "Nobody Atall", Aliases: []string{"X"}}, screen.NotScreened, `alias "X": the name is too short: one letter`},
		{"an alias that is a blank", screen.Query{Name: "Nobody Atall", Aliases: []string{"-"}}, screen.None, ""},
		{"no name but an alias", screen.Query{Aliases: []string{"Nobody Atall"}}, screen.NotScreened, "the name is empty"},
		{"no name but a hit", screen.Query{Aliases: []string{"Omar Said"}}, screen.Hits, "the name is empty"},
		{"no name but a number", screen.Query{Identifiers: []string{"1234567"}}, screen.NotScreened, "the name is empty"},
		{"no name but a listed number", screen.Query{Identifiers: []string{"IMO 9116412", "9116412"}}, screen.Hits, "the name is empty"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			a := ask(t, e, c.q, screen.Options{})
			if a.Status != c.status || a.Reason != c.reason || (len(a.Hits) > 0) != (c.status == screen.Hits) || a.Hits == nil {
				t.Errorf("%s, %q, %d hits; want %s, %q", a.Status, a.Reason, len(a.Hits), c.status, c.reason)
			}
		})
	}
}

func TestNoneMeansThatANameWasScreened(t *testing.T) {
	e, _ := invented(t, 20)
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringN(0, 3, -1), rapid.StringMatching(`[a-z .]{0,5}`)).Draw(r, "name")
		a, err := e.Name(screen.Query{Name: text}, screen.Options{})
		if err != nil {
			r.Fatal(err)
		}
		letters, signs := 0, 0
		for _, x := range text {
			if unicode.IsLetter(x) {
				letters++
			}
			if unicode.IsLetter(x) || unicode.IsDigit(x) {
				signs++
			}
		}
		if bad := !utf8.ValidString(text) || letters == 0 || signs < 2; bad && a.Status == screen.None {
			r.Fatalf("%q: none", text)
		}
		if (a.Status == screen.NotScreened) != (a.Status != screen.Hits && a.Reason != "") {
			r.Fatalf("%q: %s, reason %q", text, a.Status, a.Reason)
		}
	})
}

// TestAnswers checks what must hold of every answer, on mutated names.
func TestAnswers(t *testing.T) {
	e, names := invented(t, 300)
	mutations := mutate.All()
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.SampledFrom(names).Draw(r, "name").Name
		if changed, ok := rapid.SampledFrom(mutations).Draw(r, "mutation").Apply(rapid.Uint64().Draw(r, "seed"), text); ok {
			text = changed
		}
		low := rapid.IntRange(500, 1000).Draw(r, "threshold")
		high := rapid.IntRange(low, 1000).Draw(r, "higher threshold")
		a := ask(t, e, screen.Query{Name: text}, screen.Options{Threshold: low})
		for i, h := range a.Hits {
			if h.Score < screen.Ratio(10*low) {
				r.Errorf("%q: score %s is below %d/1000", text, h.Score, low)
			}
			if i > 0 && seriousness(a.Hits[i-1]) < seriousness(h) {
				r.Errorf("%q: hit %d is more serious than the one before", text, i)
			}
			if len(h.Listings) == 0 || h.Name == "" || h.Confidence < 0 || h.Confidence > 10000 {
				r.Errorf("%q: an incomplete hit %+v", text, h)
			}
			addsUp(r, h)
		}
		if diff := cmp.Diff(asJSON(t, a), asJSON(t, ask(t, e, screen.Query{Name: text}, screen.Options{Threshold: low, Exhaustive: true}))); diff != "" {
			r.Errorf("%q: exhaustive differs (-index +exhaustive):\n%s", text, diff)
		}
		for _, h := range ask(t, e, screen.Query{Name: text}, screen.Options{Threshold: high}).Hits {
			if l := hitOf(a.Hits, h.Subject); l == nil || l.Score != h.Score {
				r.Errorf("%q: %s is found at %d/1000 and not at %d/1000", text, h.Subject, high, low)
			}
		}
	})
}

// seriousness grows with the place of a hit among others.
func seriousness(h screen.Hit) int {
	band := map[screen.Band]int{screen.Strong: 2, screen.Possible: 1}[h.Band]
	return (band*20000+int(h.Confidence))*20000 + int(h.Score)
}

// addsUp checks the arithmetic of an explanation.
func addsUp(r rapid.TB, h screen.Hit) {
	x := h.Explanation
	gain, loss := 0, x.Contradiction
	for _, p := range x.Pairs {
		gain += p.Gain
		loss += p.Loss
	}
	for _, l := range append(x.QueryLeft, x.ListedLeft...) {
		loss += l.Loss
	}
	if gain != x.Base || gain+loss != 10000 || len(x.Factors) == 0 && x.Score != x.Base || screen.Ratio(x.Score) != h.Score {
		r.Errorf("%s: gains %d, losses %d, base %d, score %d of %s", h.Name, gain, loss, x.Base, x.Score, h.Score)
	}
	odds := 0
	for _, q := range x.Qualifiers {
		odds += q.Logit
		if b := screen.Bounds()[q.Field]; q.Logit < b[0] || q.Logit > b[1] {
			r.Errorf("%s: %s adds %d, outside of %v", h.Name, q.Field, q.Logit, b)
		}
	}
	if want := screen.Confidence(int(h.Score), odds); int(h.Confidence) != want {
		r.Errorf("%s: confidence %s, its parts give %d", h.Name, h.Confidence, want)
	}
}

func TestQualifiersNeverChangeTheScore(t *testing.T) {
	e, names := invented(t, 100)
	rapid.Check(t, func(r *rapid.T) {
		q := screen.Query{Name: rapid.SampledFrom(names).Draw(r, "name").Name}
		bare := ask(t, e, q, screen.Options{})
		q.Born = append(q.Born, day(rapid.SampledFrom([]string{"1957", "1957-02-03", "1990", "c. 1956"}).Draw(r, "born")))
		q.Countries = []string{rapid.SampledFrom([]string{"SY", "FR"}).Draw(r, "country")}
		q.Gender = rapid.SampledFrom([]string{"", "male", "female"}).Draw(r, "gender")
		q.Kind = rapid.SampledFrom([]record.Kind{"", record.Person, record.Vessel}).Draw(r, "kind")
		full := ask(t, e, q, screen.Options{})
		if len(full.Hits) != len(bare.Hits) {
			r.Fatalf("%d hits with qualifiers, %d without", len(full.Hits), len(bare.Hits))
		}
		for _, h := range full.Hits {
			if b := hitOf(bare.Hits, h.Subject); b == nil || b.Score != h.Score || b.Name != h.Name {
				r.Errorf("%s: another score with qualifiers", h.Subject)
			}
			addsUp(r, h)
		}
	})
}

func TestConfidenceRisesWithTheScore(t *testing.T) {
	for odds := -6000; odds <= 6000; odds += 500 {
		for score := 1; score <= 10000; score++ {
			if screen.Confidence(score, odds) < screen.Confidence(score-1, odds) {
				t.Fatalf("with odds %d the confidence falls at score %d", odds, score)
			}
		}
	}
	if low, high := screen.Confidence(5500, 0), screen.Confidence(10000, 0); low >= 2000 || high <= 8000 {
		t.Errorf("confidence %d at .55 and %d at 1: the table is no use", low, high)
	}
}

func TestIdentifiersAreExact(t *testing.T) {
	e := engine(t, person("Omar Said", numbered("passport", "AB-12 34567"), ended), person("Lea Stern", numbered("imo", "9116412"), numbered("mmsi", "311000111")))
	for _, c := range []struct {
		id, subject string
	}{
		{"ab1234567", "s-Omar Said"},
		{"AB 12/34567", "s-Omar Said"},
		{"9116412", "s-Lea Stern"},
		{"311 000 111", "s-Lea Stern"},
		{"9116413", ""},
		{"911641", ""},
		{"91164120", ""},
	} {
		a := ask(t, e, screen.Query{Name: "Nobody Atall", Identifiers: []string{c.id}}, screen.Options{})
		switch {
		case c.subject == "" && len(a.Hits) > 0:
			t.Errorf("%s finds %s", c.id, a.Hits[0].Subject)
		case c.subject != "" && (len(a.Hits) != 1 || a.Hits[0].Subject != c.subject || a.Hits[0].Identifier == nil || a.Hits[0].Score != 0):
			t.Errorf("%s finds %+v", c.id, a.Hits)
		}
	}
	both := ask(t, e, screen.Query{Name: "Lea Stern", Identifiers: []string{"311000111", "9116412"}}, screen.Options{})
	if len(both.Hits) != 1 || both.Hits[0].Band != screen.Strong || both.Hits[0].Identifier.Type != "mmsi" {
		t.Errorf("name and number: %+v", both.Hits)
	}
}

// Whoever writes a number down takes O for 0, and I or l for 1. Such a number
// resembles; it is told so, and is less likely.
func TestIdentifiersThatResemble(t *testing.T) {
	e := engine(t, person("Omar Said", numbered("passport", "OR 10I4567")), person("Lea Stern", numbered("imo", "9110412"), numbered("passport", "LO110")),
		person("Cornelius Vandermolen", numbered("passport", "0R1014567")))
	for _, c := range []struct {
		id        string
		same      []string
		resembles []string
	}{
		{"OR1OI4567", nil, []string{"s-Cornelius Vandermolen", "s-Omar Said"}},
		{"or-10i4567", []string{"s-Omar Said"}, []string{"s-Cornelius Vandermolen"}},
		{"0RlOl4567", nil, []string{"s-Cornelius Vandermolen", "s-Omar Said"}},
		{"91l0412", nil, []string{"s-Lea Stern"}},
		{"9I1O4I2", nil, []string{"s-Lea Stern"}},
		{"911041Z", nil, nil},
		{"9110413", nil, nil},
		{"LOIIO", nil, nil}, // no digit: a word
	} {
		a := ask(t, e, screen.Query{Name: "Nobody Atall", Identifiers: []string{c.id}}, screen.Options{})
		var same, resembles []string
		for _, h := range a.Hits {
			if h.Band != screen.Possible || h.Identifier == nil {
				t.Errorf("%s: %+v", c.id, h)
			}
			if h.Resembling {
				resembles = append(resembles, h.Subject)
				if h.Confidence >= 1000 {
					t.Errorf("%s resembles with a confidence of %s", c.id, h.Confidence)
				}
			} else {
				same = append(same, h.Subject)
			}
		}
		if diff := cmp.Diff([][]string{c.same, c.resembles}, [][]string{same, resembles}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.id, diff)
		}
	}
	named := ask(t, e, screen.Query{Name: "Lea Stern", Identifiers: []string{"91lO412"}}, screen.Options{}).Hits
	if len(named) != 1 || !named[0].Resembling || !strings.HasPrefix(last(named[0].Explanation.Qualifiers).Says, "resembles the imo") {
		t.Errorf("name and number: %+v", named)
	}
}

func last[T any](all []T) T { return all[len(all)-1] }

// Numbers stand in texts with blanks, hyphens and full stops, or with letters for
// digits.
func TestIdentifiersInTexts(t *testing.T) {
	e := engine(t, person("Lea Stern", numbered("mmsi", "311000111"), numbered("iban", "GB29NWBK60161331926819"), numbered("passport", "AB 12 34567")))
	for text, want := range map[string]string{
		"The ship 311 000 111 left.":              "311 000 111",
		"The ship 311-000-111, 20 years old.":     "311-000-111",
		"The ship 311.000.111.":                   "311.000.111",
		"Pay 20 311000111 now":                    "311000111",
		"to GB29 NWBK 6016 1331 9268 19, please":  "GB29 NWBK 6016 1331 9268 19",
		"to GB29-NWBK-6016-1331-9268-19, please":  "GB29-NWBK-6016-1331-9268-19",
		"passport AB 12 34567 was lost":           "AB 12 34567",
		"passport ABl234567 was lost":             "ABl234567",
		"The ship 3llOOOlll left.":                "3llOOOlll",
		"In 311 BC 000 men, and 111 more.":        "",
		"It cost 311, 000, 111 and some.":         "",
		"The years 1999 2000 2001 2002 were good": "",
	} {
		var got string
		for _, m := range read(t, e, text, screen.Options{}).Mentions {
			got = m.Text
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

func TestBands(t *testing.T) {
	e := engine(
		t, person("Bartholomew Quindlesby", alias("Shadow Merchant", record.Weak)),
		person("Cornelius Vandermolen", ended, numbered("passport", "C1234567")),
		person("Ottoline Brasswell", alias("Grey Heron", record.Weak), alias("Grey Heron", record.Strong)),
	)
	for _, c := range []struct {
		rule, name string
		band       screen.Band
	}{
		{"a full name", "Bartholomew Quindlesby", screen.Strong},
		{"a weak alias", "Shadow Merchant", screen.Weak},
		{"weak for one list, good for another", "Grey Heron", screen.Strong},
		{"an ended listing", "Cornelius Vandermolen", screen.Weak},
		{"the number of an ended listing", "C1234567", screen.Weak},
	} {
		a := ask(t, e, screen.Query{Name: c.name}, screen.Options{})
		if len(a.Hits) != 1 || a.Hits[0].Band != c.band || a.Hits[0].Explanation.Band == "" {
			t.Errorf("%s: %+v", c.rule, a.Hits)
		}
	}
}

// Many people are called so: common words need something besides to be strong.
func TestCommonNamesNeedAQualifier(t *testing.T) {
	e := engine(
		t, person("Kim Song Su", bornOn("1957-03-02")), person("Mohammad Ali", bornOn("1957-03-02")),
		person("Roxbert Quindlesby", bornOn("1957-03-02")),
	)
	born := []date.Partial{day("1957-03-02")}
	for _, c := range []struct {
		given string
		query screen.Query
		band  screen.Band
	}{
		{"common words alone", screen.Query{Name: "Kim Song Su"}, screen.Possible},
		{"common words and a day of birth", screen.Query{Name: "Kim Song Su", Born: born}, screen.Strong},
		{"common words in another script", screen.Query{Name: "محمد علي"}, screen.Possible},
		{"rare words alone", screen.Query{Name: "Roxbert Quindlesby"}, screen.Strong},
	} {
		a := ask(t, e, c.query, screen.Options{})
		if len(a.Hits) != 1 || a.Hits[0].Band != c.band {
			t.Errorf("%s: %+v, want one hit that is %s", c.given, a.Hits, c.band)
		}
	}
}

func TestTheSameQuestionGivesTheSameBytesFromManyAtOnce(t *testing.T) {
	e, names := invented(t, 200)
	fresh, _ := invented(t, 200)
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := worker; i < len(names); i += 3 {
				a, err := e.Name(screen.Query{Name: names[i].Name}, screen.Options{Threshold: 550})
				b, errB := fresh.Name(screen.Query{Name: names[i].Name}, screen.Options{Threshold: 550})
				if err != nil || errB != nil || asJSON(t, a) != asJSON(t, b) {
					t.Errorf("%s: two answers: %v %v", names[i].Name, err, errB)
				}
			}
		})
	}
	all.Wait()
}
