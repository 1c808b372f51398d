package mutate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/date"
	"interdict/internal/mutate"
)

func TestWhatEachAttributeMutationDoes(t *testing.T) {
	cases := []struct {
		id, text string
		want     []string
	}{
		{"attribute.day-off", "1957-03-01", []string{"1957-02-28", "1957-03-02"}},
		{"attribute.day-month", "1957-03-10", []string{"1957-10-03"}},
		{"attribute.day-month", "1957-03-30", nil},
		{"attribute.day-month", "1957-03-03", nil},
		{"attribute.year-off", "1957-03-10", []string{"1956-03-10", "1958-03-10"}},
		{"attribute.year-off", "1956-02-29", nil},
		{"attribute.year-only", "1957-03-10", []string{"1957"}},
		{"attribute.year-only", "about 1957", nil},
		{"attribute.circa", "1957-03-10", []string{"circa 1957"}},
		{"attribute.solar-hijri", "1979-02-11", []string{"22 Bahman 1357"}},
		{"attribute.hijri", "1400-01-01", nil},
		{"attribute.number-o", "A100", []string{"A1OO", "A1oo"}},
		{"attribute.number-zero", "AO1", []string{"A01"}},
		{"attribute.number-blanks", "123", nil},
	}
	for _, c := range cases {
		t.Run(c.id+" "+c.text, func(t *testing.T) {
			at := slices.IndexFunc(mutate.Attributes(), func(m mutate.Mutation) bool { return m.ID == c.id })
			if at < 0 {
				t.Fatalf("no mutation %s", c.id)
			}
			got := map[string]bool{}
			for seed := range uint64(60) {
				if s, ok := mutate.Attributes()[at].Apply(seed, c.text); ok {
					got[s] = true
				}
			}
			var found []string
			for s := range got {
				found = append(found, s)
			}
			slices.Sort(found)
			if diff := cmp.Diff(c.want, found); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMutatedDatesAreReadAndNumbersKeepTheirDigits(t *testing.T) {
	for _, m := range mutate.Attributes() {
		for seed := range uint64(50) {
			if strings.HasPrefix(m.ID, "attribute.number") {
				s, ok := m.Apply(seed, "P0034O781")
				if !ok || strings.NewReplacer(" ", "", "-", "", "O", "0", "o", "0").Replace(s) != "P00340781" {
					t.Errorf("%s: %q", m.ID, s)
				}
				continue
			}
			s, ok := m.Apply(seed, "1957-03-10")
			if !ok {
				t.Errorf("%s does not fit a day", m.ID)
				continue
			}
			p, err := date.Parse(s)
			if err != nil || !p.Known() {
				t.Errorf("%s: %q is not read as a date: %v", m.ID, s, err)
			}
		}
	}
}
