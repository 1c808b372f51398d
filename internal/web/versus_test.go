package web

import (
	"context"
	"slices"
	"strings"
	"testing"

	"interdict/internal/clerk"
	"interdict/internal/record"
	"interdict/internal/screen"
)

// Whatever is told of a hit has its line, also what no page knows of: or the points of
// the lines would not add up.
func TestEveryQualifierHasALine(t *testing.T) {
	hit := &screen.Hit{Name: "A", Score: 10000, Explanation: &screen.Explanation{Logit: 1000}}
	want := 1000
	for i, field := range []string{"birth", "country", "gender", "schema", "identifier", "words", "consonants", "acronym", "fathers", "not thought of yet"} {
		hit.Explanation.Qualifiers = append(hit.Explanation.Qualifiers, screen.Qualifier{Field: field, Says: field, Logit: 100 * (i + 1)})
		want += 100 * (i + 1)
	}
	seen := map[string]string{}
	for _, l := range versus(inTongue(t, "en"), clerk.Compared{Found: hit}) {
		seen[l.Says] = l.Points
	}
	for _, q := range hit.Explanation.Qualifiers {
		if seen[q.Says] != odds(q.Logit) {
			t.Errorf("%s adds %q on the page, want %s", q.Field, seen[q.Says], odds(q.Logit))
		}
	}
	if got := sum(hit.Explanation); got != want {
		t.Errorf("the sum is %d, want %d", got, want)
	}
}

// Given the reason of a band as the engine words it, when a page shows it in another
// language, then nothing of it is English.
func TestReasonsOfBandsAreTranslated(t *testing.T) {
	ctx := inTongue(t, "ru")
	for _, c := range []struct{ given, want string }{
		{"confidence .8123 lies between .2000 and .8000", "уверенность .8123 лежит между .2000 и .8000"},
		{"confidence .9000 is at least .8000", "уверенность .9000 не ниже .8000"},
		{"confidence .1000 is below .2000", "уверенность .1000 ниже .2000"},
		{"a single common word", "одно распространённое слово"},
	} {
		if got := bandReason(ctx, c.given); got != c.want || strings.ContainsAny(got, "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("%q: %q, want %q", c.given, got, c.want)
		}
	}
}

// Given what a list says of somebody, when a page says it in a language, then nothing in
// it is taken for a verb of a message.
func TestValuesOfListsHaveNoVerbs(t *testing.T) {
	for given, want := range map[string]string{"male": "мужской", "100%": "100%", "%d of %s": "%d of %s", "50 %% x": "50 %% x", "nobody knows": "nobody knows"} {
		said, _ := sidesOf(inTongue(t, "ru"), clerk.Compared{Screened: record.Subject{Genders: []record.Text{{Text: given}}}})
		if got := said["gender"]; len(got) != 1 || got[0] != want {
			t.Errorf("%q is said as %q, want %q", given, got, want)
		}
	}
}

// inTongue is the context of a visitor who reads a language.
func inTongue(t *testing.T, code string) context.Context {
	t.Helper()
	tongue := tongues[slices.IndexFunc(tongues, func(t tongue) bool { return t.Code == code })]
	return context.WithValue(t.Context(), visitKey{}, &visit{Tongue: tongue, printer: tongue.printer()})
}
