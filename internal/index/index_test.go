package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
)

// words relate to each other in every way that there is.
var words = []string{
	"ali", "aly", "alia", "muhammad", "mohamed", "muhamad", "mahmud", "hussein", "husain", "hosein", "abu", "bakr", "abubakr", "abubaker", "bin", "ibn",
	"al", "el", "qaida", "alqaida", "kaida", "m", "a", "h", "k", "khan", "kan", "jan", "hasan", "hassan", "petrov", "petrova", "petrovich",
	"44", "44th", "45", "bank", "group", "ltd", "llc", "smith", "smyth", "محمد", "حسين", "بكر", "القاعدة", "Иван", "ivan", "john", "johny", "yahya",
	"brkt", "barakat", "aaaaaaa", "aaaaaab", "abababa", "bababab", "x", "xx", "o", "supercalifragilisticexpialidociousantidisestablishment",
}

func drawName(t *rapid.T, label string, most int) string {
	parts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		w := rapid.SampledFrom(words).Draw(t, "word")
		switch rapid.IntRange(0, 6).Draw(t, "damage") {
		case 0:
			r := []rune(w)
			i := rapid.IntRange(0, len(r)-1).Draw(t, "at")
			return string(append(r[:i:i], r[i+1:]...)) + "a"
		case 1:
			return w + rapid.SampledFrom(words).Draw(t, "glued")
		}
		return w
	}), 1, most).Draw(t, label)
	return strings.Join(parts, " ")
}

// answer writes hits with everything that must not differ.
func answer(hits []index.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, fmt.Sprintf("%s/%d probe %d kind %d: %d/%d %v %v", h.Subject, h.Name, h.Probe, h.Kind, h.Result.N, h.Result.D, h.Result.Edges, h.Result.Factors))
	}
	return out
}

func TestSearchEqualsExhaustive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var subjects []index.Subject
		for i := range rapid.IntRange(1, 40).Draw(t, "subjects") {
			subjects = append(subjects, index.Subject{
				ID:    fmt.Sprintf("s%02d", i),
				Kinds: rapid.SampledFrom([][]name.Kind{{name.AsPerson}, {name.AsOrganisation}, {name.AsPerson, name.AsOrganisation}}).Draw(t, "kinds"),
				Names: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawName(t, "name", 7) }), 1, 3).Draw(t, "names"),
			})
		}
		cut := rapid.IntRange(0, len(subjects)).Draw(t, "cut")
		seg, err := index.Build(subjects[:cut])
		if err != nil {
			t.Fatal(err)
		}
		delta, err := index.Build(subjects[cut:])
		if err != nil {
			t.Fatal(err)
		}
		ix := index.New(seg).With(delta, "s00")
		for range 5 {
			p, err := index.NewProbe(drawName(t, "query", 6))
			if err != nil {
				t.Skip(err)
			}
			for _, theta := range []int{550, 650, 750, 850, 950, 1000} {
				costs := rapid.SampledFrom([]match.Costs{match.NameCosts, match.MentionCosts}).Draw(t, "costs")
				got, err := ix.Search(p, theta, costs)
				if err != nil {
					t.Fatal(err)
				}
				want, err := ix.Exhaustive(p, theta, costs)
				if err != nil {
					t.Fatal(err)
				}
				if g, w := answer(got), answer(want); !slices.Equal(g, w) {
					t.Fatalf("%q at %d:\ngot  %s\nwant %s", p.Text, theta, strings.Join(g, "\n     "), strings.Join(w, "\n     "))
				}
			}
		}
	})
}
