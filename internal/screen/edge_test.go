package screen_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/payment"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// Names as lists print them, within sentences: the words beside them, and the
// comma of "Family, Given", must not hide them. Each is found in full, and its
// explanation adds up.
func TestAPrintedNameIsFoundWithinASentence(t *testing.T) {
	organisations := []string{"AL-REHMAN TRUST", "AL RAHMAN WELFARE FOUNDATION"}
	for _, listed := range []string{
		// Turned round, the last given name makes a compound with the family name.
		"NEZHAD, Ismail Akbar", "RAHIM, Mufti Abdul", "RAHMAN, Abu Abdur", "AL RAHMAN, Shaykh Umar Abd", "AL-HAQ, Amin", "UL-HAQ, Dr. Amin", "AL-RAHMAN, Mark John", "AZIZ, Abdul Hamid Abdul",
		"GHAFUR, Humam Abdel Khaleq Abdel", "RASHID BALUCH, Abdul", "RASHID, Mullah Abdul", "AL-HAQQ, Al-Hajj 'Abd", "RAHMAN, Enayat al", "RAHMAN, Anayat ur",
		"UR-REHMAN, Zaki", "ULLAH, Haji Khair", "AL ILLAH, Abd", "AL-SAYYID, 'Ali Sulayman Mas'ud 'Abd", "HIR, Zulkifli Bin Abdul", "GHADER, El Hadj Ould Abdel",
		"KARIM ALI, Ali Abdul", "SAIMAITI, Abdul", "ABDILLAH, Abdul", "Majeed, Abdul", "HAQ, Abdul", "'ABDU, Muhammad Jamal", "'ABDU, Hikmat", "'ABDU, Abdallah",
		"ALWAN, Alla Idin Hussain", "AL-'ABD, Ahmad", "AL-GHAFUR, Barzan Razuki abd",
		// A word of the sentence and the first or last word make one.
		"Allah Dad TABEEB", "Allah Dad Tayeb Wali MUHAMMAD", "الله داد طیب ولی محمد", "Alla Viktorovna POLYAKOVA", "Алла Викторовна Полякова", "Shaikh Ismail ABDUL",
		"Majeed Chaudhry Abdul", "HIR, Musa Abdul", "REHMAN, Shaikh Ismail Abdul", "JASHARI, Abdul", "MUSA ABDUL", "AL-REHMAN TRUST", "AL RAHMAN WELFARE FOUNDATION", "Abdul",
	} {
		var kind []func(*register.Entry)
		if slices.Contains(organisations, listed) {
			kind = append(kind, organisation)
		}
		e := engine(t, person(listed, kind...))
		for _, sentence := range []string{"We were asked about %, who has been with us since spring.\n", "The brother of % lives here.", "% lives here.", "It was %"} {
			body := strings.ReplaceAll(sentence, "%", listed)
			a := read(t, e, body, screen.Options{})
			found := false
			for _, m := range a.Mentions {
				h := m.Hits[0]
				found = found || h.Score == 10000
				if h.Explanation.Explanation == nil {
					t.Errorf("%q: %q is not explained", body, m.Text)
					continue
				}
				addsUp(t, h)
			}
			if !found {
				t.Errorf("%q: %q is not found in full: %v", body, listed, summary(a.Mentions))
			}
			if diff := cmp.Diff(asJSON(t, a), asJSON(t, read(t, e, body, screen.Options{Exhaustive: true}))); diff != "" {
				t.Errorf("%q: exhaustive differs (-index +exhaustive):\n%s", body, diff)
			}
		}
	}
}

// A name of one short word, or without capitals, is looked for in prose where it is
// set off only; alone in a line, a cell or a party's field it is a name.
func TestShortNamesAloneInTheirPlace(t *testing.T) {
	for _, c := range []struct {
		listed string
		kind   []func(*register.Entry)
		found  []string
		not    []string
	}{
		{"Joe", nil, []string{"Joe\n", "Name\tJoe\tBonn", "* Joe", "| joe |", "names:\n“Joe”\nand", "JOE left", "we met “Joe”"}, []string{"we met Joe", "with joe", "and\nJoe.\n", "and\njoe, who\n"}},
		{"baza", []func(*register.Entry){organisation}, []string{"baza", "a\nbaza\nb", "Baza met"}, []string{"the baza met", "- baza of"}},
		{"The New Media Development Fund", []func(*register.Entry){organisation}, []string{"by The New Media Development Fund."}, []string{"a new media development fund is"}},
		{"11420 CORP.", []func(*register.Entry){organisation}, []string{"to 11420 CORP. in May"}, nil},
		{"Abu Ali", nil, []string{"saw Abu Ali there"}, []string{"saw abu ali there"}},
		{"el_nitr0jen", nil, []string{"known as el_nitr0jen here"}, nil},
		{"07", nil, []string{"07", "a\t07\tb"}, []string{"in 07 we"}},
	} {
		e := engine(t, person(c.listed, c.kind...))
		for _, text := range slices.Concat(c.found, c.not) {
			ms := read(t, e, text, screen.Options{}).Mentions
			if want := slices.Contains(c.found, text); want != (len(ms) > 0) {
				t.Errorf("%q in %q: found %v", c.listed, text, summary(ms))
			}
			if diff := cmp.Diff(asJSON(t, read(t, e, text, screen.Options{})), asJSON(t, read(t, e, text, screen.Options{Exhaustive: true}))); diff != "" {
				t.Errorf("%q: exhaustive differs (-index +exhaustive):\n%s", text, diff)
			}
		}
		a, err := e.Payment("pay.xml", payment.Message{Transactions: []payment.Transaction{{Fields: []payment.Field{{Path: "Dbtr/Nm", Text: c.listed, Class: payment.PartyName, Party: "debtor"}}}}}, screen.Options{})
		if err != nil || len(a.Mentions) == 0 {
			t.Errorf("%q as a debtor: %+v, %v", c.listed, a, err)
		}
	}
}

func summary(ms []screen.Mention) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Text+" "+m.Hits[0].Score.String())
	}
	return out
}
