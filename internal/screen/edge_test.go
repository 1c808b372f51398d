package screen_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		"RAHIM, Mufti Abdul", "RAHMAN, Abu Abdur", "AL RAHMAN, Shaykh Umar Abd", "AL-HAQ, Amin", "UL-HAQ, Dr. Amin", "AL-RAHMAN, Mark John", "AZIZ, Abdul Hamid Abdul",
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

func summary(ms []screen.Mention) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Text+" "+m.Hits[0].Score.String())
	}
	return out
}
