package match_test

import (
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/match"
	"interdict/internal/name"
)

// points scores two persons' names, the best over all readings.
func points(query, listed string) int {
	var s match.Scorer
	best := 0
	for _, q := range name.Readings(query, name.AsPerson) {
		for _, l := range name.Readings(listed, name.AsPerson) {
			if r, ok := s.Score(q.Positions, l.Positions, match.NameCosts, 0); ok {
				best = max(best, r.Points())
			}
		}
	}
	return best
}

// A script without short vowels writes the long ones: a name that has all of
// them is nearer than one that lacks some.
func TestWrittenVowelsCount(t *testing.T) {
	for _, c := range []struct {
		query, right, wrong string
		nearer              int
	}{
		{"کریمی", "Karimi", "Akram", 1000},
		{"زبید", "Zubayd", "Zabad", 980}, // 1000 before a slip cost 1.4 letters
		{"سلطانی", "Soltani", "Salman", 1000},
		{"علیجانی", "Alijani", "Lyagin", 1000},
		{"بنيامين", "Benyamin", "Bahman", 1000},
		{"همدانی", "Hamadani", "Hamdun", 1000},
	} {
		if right, wrong := points(c.query, c.right), points(c.query, c.wrong); right < 9000 || right-wrong < c.nearer {
			t.Errorf("%s: %d for %s, %d for %s", c.query, right, c.right, wrong, c.wrong)
		}
	}
}

func TestRelateIsSymmetric(t *testing.T) {
	words := []string{"کریمی", "Karimi", "Akram", "علیجانی", "Lyagin", "بهمن", "Bahman", "حسین", "Hasan", "Husayn", "עיסא", "Isa", "김", "Kim", "玉", "Yuk"}
	rapid.Check(t, func(t *rapid.T) {
		of := func(label string) name.Token {
			p := name.Analyse(rapid.SampledFrom(words).Draw(t, label), name.AsPerson).Positions[0]
			return rapid.SampledFrom(p.Alts).Draw(t, label+" reading")
		}
		a, b := of("a"), of("b")
		r1, s1 := match.Relate(&a, &b)
		r2, s2 := match.Relate(&b, &a)
		if r1 != r2 || s1 != s2 {
			t.Errorf("%s ~ %s: %v %d, the other way round %v %d", a.Surface, b.Surface, r1, s1, r2, s2)
		}
	})
}
