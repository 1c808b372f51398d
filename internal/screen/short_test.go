package screen_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/register"
	"interdict/internal/screen"
)

// cardNames are the names of the card of a subject, the short ones marked.
func cardNames(s register.Subject) []string {
	var out []string
	for _, n := range screen.NewCard(s).Names {
		text := n.Text
		if n.Short {
			text += " (short)"
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

func TestNamesWithinAName(t *testing.T) {
	for _, c := range []struct {
		given   string
		subject register.Subject
		want    []string
	}{
		{"an acronym in brackets", person("Quindle Brass Front (QBF)", organisation), []string{"QBF", "Quindle Brass Front", "Quindle Brass Front (QBF)"}},
		{"an acronym of syllables", person("Quindle Brass Front (QUIBRAF)", organisation), []string{"QUIBRAF", "Quindle Brass Front", "Quindle Brass Front (QUIBRAF)"}},
		{"a country in brackets is nobody's acronym", person("Quindle Brass Front (KENYA)", organisation), []string{"Quindle Brass Front", "Quindle Brass Front (KENYA)"}},
		{"brackets of a person", person("Roxbert Quindlesby (RQ)"), []string{"Roxbert Quindlesby", "Roxbert Quindlesby (RQ)"}},
		{"brackets alone", person("(QBF)", organisation), []string{"(QBF)"}},
		{"a patronymic", person("Доку Хаматович Умаров"), []string{"Доку Умаров (short)", "Доку Хаматович Умаров"}},
		{"a patronymic, family name first", person("UMAROV, Doku Khamatovich"), []string{"Doku UMAROV (short)", "UMAROV, Doku Khamatovich"}},
		{"rare first and last of three", person("Roxbert Ahmed al-Quindlesby"), []string{"Roxbert Ahmed al-Quindlesby", "Roxbert al Quindlesby (short)"}},
		{"common first and last of three", person("Mohammad Roxbert Ali"), []string{"Mohammad Roxbert Ali"}},
		{"two words have no short form", person("Roxbert Quindlesby"), []string{"Roxbert Quindlesby"}},
		{"no person", person("Roxbert Ahmed Quindlesby", organisation), []string{"Roxbert Ahmed Quindlesby"}},
	} {
		if diff := cmp.Diff(c.want, cardNames(c.subject)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.given, diff)
		}
	}
}

// Texts name people by given and family name; somebody who is asked for by a
// name is compared with the names of the list alone.
func TestShortFormsAreForTexts(t *testing.T) {
	e := engine(t, person("UMAROV, Doku Khamatovich"), person("Сергей Иванович Иванов"))
	for text, want := range map[string][]string{
		"Суд рассмотрел дело Доку Умарова.":               {"Доку Умарова: Doku UMAROV 0.9 possible"},
		"Doku Khamatovich Umarov met Doku Umarov.":        {"Doku Khamatovich Umarov: UMAROV, Doku Khamatovich 1.0 strong", "Doku Umarov: Doku UMAROV 1.0 strong"},
		"Сергей Иванов выступил. Иванов Сергей выступил.": {"Сергей Иванов: Сергей Иванов 1.0 weak", "Иванов Сергей: Сергей Иванов 1.0 weak"},
		"Умаров выступил.":                                nil,
	} {
		for _, exhaustive := range []bool{false, true} {
			var got []string
			for _, m := range read(t, e, text, screen.Options{Exhaustive: exhaustive}).Mentions {
				got = append(got, fmt.Sprintf("%s: %s %.3s %s", m.Text, m.Hits[0].Name, m.Hits[0].Score, m.Hits[0].Band))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", text, diff)
			}
		}
	}
	for _, h := range ask(t, e, screen.Query{Name: "Doku Umarov"}, screen.Options{}).Hits {
		if h.Name != "UMAROV, Doku Khamatovich" || h.Score == 10000 {
			t.Errorf("a name was compared with a short form: %s %s", h.Name, h.Score)
		}
	}
}
