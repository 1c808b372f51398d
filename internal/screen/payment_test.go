package screen_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/mutate"
	"interdict/internal/payment"
	"interdict/internal/screen"
)

const samplePayment = "../../docs/samples/payment.xml"

// pay screens the one message of a file.
func pay(t testing.TB, e *screen.Engine, in string, o screen.Options) screen.PaymentAnswer {
	t.Helper()
	for m, err := range payment.Read("a.xml", strings.NewReader(in)) {
		if err != nil {
			t.Fatal(err)
		}
		a, err := e.Payment("a.xml", m, o)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	t.Fatal("no message")
	return screen.PaymentAnswer{}
}

func sample(t testing.TB) string {
	t.Helper()
	in, err := os.ReadFile(samplePayment)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(in), "<Cdtr>", "<UnheardOf><Thing kind='of a kind'>of something</Thing></UnheardOf><Cdtr>", 1)
	return strings.Replace(text, "<Nm>Relief Fund of Raqqa</Nm>", "<Nm>Relief Fund of Raqqa</Nm><PstlAdr><Ctry>SY</Ctry><AdrLine>First Street</AdrLine><AdrLine>Old Town</AdrLine></PstlAdr>", 1)
}

var leaf = regexp.MustCompile(`(?:>|kind=')([^<>'\n]*\pL[^<>'\n]*)(?:<|')`)

func escape(t testing.TB, s string) string {
	t.Helper()
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestAListedNameIsFoundInEveryElement plants listed names, as they are and
// mutated, into every text of a message with a letter, an unknown element and
// an attribute among them.
func TestAListedNameIsFoundInEveryElement(t *testing.T) {
	e, names := invented(t, 200)
	in := sample(t)
	leaves := leaf.FindAllStringSubmatchIndex(in, -1)
	if len(leaves) < 20 {
		t.Fatalf("%d leaves", len(leaves))
	}
	mutations := mutate.All()
	rapid.Check(t, func(r *rapid.T) {
		planted := rapid.SampledFrom(names).Draw(r, "name").Name
		if changed, ok := rapid.SampledFrom(mutations).Draw(r, "mutation").Apply(rapid.Uint64().Draw(r, "seed"), planted); ok && rapid.Bool().Draw(r, "mutate") {
			planted = strings.TrimFunc(changed, func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) })
		}
		if strings.ContainsFunc(planted, unicode.IsControl) {
			return // no text of one line
		}
		want := map[string]bool{}
		for _, m := range read(t, e, planted, screen.Options{}).Mentions {
			for _, h := range m.Hits {
				want[h.Subject] = true
			}
		}
		for _, at := range leaves {
			text := in[:at[2]] + escape(t, planted) + in[at[3]:]
			element := in[max(0, at[2]-12):at[3]]
			found := subjectsOf(pay(t, e, text, screen.Options{}))
			for s := range want {
				if !found[s] {
					r.Errorf("%s is not found as %q in the place of %q", s, planted, element)
				}
			}
			if strings.HasSuffix(in[:at[2]], "<Nm>") {
				for _, h := range ask(t, e, screen.Query{Name: planted}, screen.Options{}).Hits {
					if !found[h.Subject] {
						r.Errorf("%s is not found as the name %q", h.Subject, planted)
					}
				}
			}
		}
	})
}

func subjectsOf(a screen.PaymentAnswer) map[string]bool {
	out := map[string]bool{}
	for _, m := range a.Mentions {
		for _, h := range m.Hits {
			out[h.Subject] = true
		}
	}
	return out
}

// TestANameCutInTwoLinesIsFound cuts listed names at any place over two address
// lines.
func TestANameCutInTwoLinesIsFound(t *testing.T) {
	e, names := invented(t, 200)
	in := sample(t)
	rapid.Check(t, func(r *rapid.T) {
		i := rapid.IntRange(0, len(names)-1).Draw(r, "name")
		letters := []rune(names[i].Name)
		if len(strings.Fields(names[i].Name)) < 2 {
			return
		}
		at := rapid.IntRange(1, len(letters)-1).Draw(r, "cut")
		first, second := strings.TrimSpace(string(letters[:at])), strings.TrimSpace(string(letters[at:]))
		text := strings.Replace(in, "<AdrLine>First Street</AdrLine><AdrLine>Old Town</AdrLine>",
			"<AdrLine>"+escape(t, first)+"</AdrLine><AdrLine>"+escape(t, second)+"</AdrLine>", 1)
		if !subjectsOf(pay(t, e, text, screen.Options{}))[fmt.Sprintf("s-%04d", i)] {
			r.Errorf("%q | %q is not found", first, second)
		}
	})
}

func TestMentionsOfAPayment(t *testing.T) {
	e := engine(t, person("Bartholomew Quindlesby", bornOn("1957-03-10")), person("Falconmere Shipping", organisation, numbered("bic", "FALCGB2L123")))
	body := func(s string) string {
		return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><CdtTrfTxInf>` + s + `</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`
	}
	const tx = "Document/FIToFICstmrCdtTrf/CdtTrfTxInf/"
	for _, c := range []struct {
		rule, in string
		want     []screen.Mention // place, words and hits by subject and band only
	}{
		{
			"one party", "<Dbtr><Nm>Bartholomew Quindlesby</Nm></Dbtr>",
			[]screen.Mention{{Path: tx + "Dbtr/Nm", End: 22, Text: "Bartholomew Quindlesby"}},
		},
		{
			"two parties are two mentions", "<Dbtr><Nm>Bartholomew Quindlesby</Nm></Dbtr><Cdtr><Nm>Bartholomew Quindlesby</Nm></Cdtr>",
			[]screen.Mention{{Path: tx + "Dbtr/Nm", End: 22, Text: "Bartholomew Quindlesby"}, {Path: tx + "Cdtr/Nm", End: 22, Text: "Bartholomew Quindlesby"}},
		},
		{
			"a line that says it alone", "<Cdtr><PstlAdr><AdrLine>c/o Bartholomew Quindlesby</AdrLine><AdrLine>Old Town</AdrLine></PstlAdr></Cdtr>",
			[]screen.Mention{{
				Path: tx + "Cdtr/PstlAdr/AdrLine[1]", Paths: []string{tx + "Cdtr/PstlAdr/AdrLine[1]", tx + "Cdtr/PstlAdr/AdrLine[*]"},
				Start: 4, End: 26, Text: "Bartholomew Quindlesby",
			}},
		},
		{
			"two lines that say it together", "<Cdtr><PstlAdr><AdrLine>c/o Bartholomew</AdrLine><AdrLine>Quindlesby, Old Town</AdrLine></PstlAdr></Cdtr>",
			[]screen.Mention{{Path: tx + "Cdtr/PstlAdr/AdrLine[*]", Variants: []string{"joined", "joined without blank"}, Start: 4, End: 26, Text: "Bartholomew Quindlesby"}},
		},
		{
			"a word cut in two", "<Cdtr><PstlAdr><AdrLine>Falconmere Ship</AdrLine><AdrLine>ping, Old Town</AdrLine></PstlAdr></Cdtr>",
			[]screen.Mention{{Path: tx + "Cdtr/PstlAdr/AdrLine[*]", Variants: []string{"joined", "joined without blank"}, End: 20, Text: "Falconmere Ship ping"}},
		},
		{
			"an identifier", "<CdtrAgt><FinInstnId><BICFI>FALCGB2L123</BICFI></FinInstnId></CdtrAgt>",
			[]screen.Mention{{Path: tx + "CdtrAgt/FinInstnId/BICFI", End: 11, Text: "FALCGB2L123"}},
		},
		{
			"a name where a country should stand", "<Dbtr><Nm>Nobody Atall</Nm><PstlAdr><Ctry>Falconmere Shipping</Ctry></PstlAdr></Dbtr>",
			[]screen.Mention{{Path: tx + "Dbtr/PstlAdr/Ctry", End: 19, Text: "Falconmere Shipping"}},
		},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got := pay(t, e, body(c.in), screen.Options{}).Mentions
			for i := range got {
				if len(got[i].Hits) != 1 {
					t.Errorf("hits %+v", got[i].Hits)
				}
				got[i].Hits, got[i].Context = nil, ""
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	born := pay(t, e, body("<Dbtr><Nm>Bartholomew Quindlesby</Nm><Id><PrvtId><DtAndPlcOfBirth><BirthDt>1990-01-01</BirthDt></DtAndPlcOfBirth></PrvtId></Id></Dbtr>"), screen.Options{})
	plain := pay(t, e, body("<Dbtr><Nm>Bartholomew Quindlesby</Nm></Dbtr>"), screen.Options{})
	if born.Mentions[0].Hits[0].Score != plain.Mentions[0].Hits[0].Score {
		t.Error("the birth of a party changes the score")
	}
}

func TestMessagesThatCannotBeScreened(t *testing.T) {
	e := engine(t, person("Lea Stern"))
	a, err := e.Payment("a.xml", payment.Message{Kind: "MT103", Transactions: []payment.Transaction{{}}}, screen.Options{})
	if err != nil || a.Status != screen.NotScreened || a.Reason != "there is no text in the message" || a.Mentions == nil {
		t.Errorf("%v: %+v", err, a)
	}
	n := 0
	for _, err := range payment.Read("a.xml", strings.NewReader("<Document>")) {
		n++
		if a := e.NoPayment("a.xml", err, screen.Options{}); err == nil || a.Status != screen.NotScreened || !strings.HasPrefix(a.Reason, "a.xml:1") || a.Mentions == nil {
			t.Errorf("%v: %+v", err, a)
		}
	}
	if n != 1 {
		t.Errorf("%d messages", n)
	}
}
