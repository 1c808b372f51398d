package index_test

import (
	"cmp"
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
	"burma", "myanmar", "chong", "jong", "محمدعلي", "bouchoucha", "казанский", "kazan", "pour", "zarepour",
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

// light are words that weigh least, for they are everywhere: a name of such
// words is where bounds by weight are tight.
var light = []string{"ali", "muhammad", "maria", "adam", "vladimir", "tin", "emma", "ahmad", "dave", "bin", "al", "abu"}

func TestLightWordsWeighLittle(t *testing.T) {
	for _, w := range light {
		if got := name.Analyse(w, name.AsPerson).Positions[0].Weight(); got > 65 {
			t.Errorf("%s weighs %d", w, got)
		}
	}
}

// drawListed draws a name of all sorts of words, or of light ones.
func drawListed(t *rapid.T, label string) string {
	if rapid.IntRange(0, 2).Draw(t, "light") > 0 {
		return drawName(t, label, 10)
	}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(light), 2, 5).Draw(t, label), " ")
}

// drawQuery draws a name, or changes a listed one word by word, so that it
// lies about the threshold: initials, halves, two words in one, words missing.
func drawQuery(t *rapid.T, listed []string) string {
	if len(listed) == 0 || rapid.IntRange(0, 3).Draw(t, "strange") == 0 {
		return drawName(t, "query", 6)
	}
	words := strings.Fields(rapid.SampledFrom(listed).Draw(t, "of"))
	var out []string
	for i := 0; i < len(words); i++ {
		r := []rune(words[i])
		switch rapid.IntRange(0, 9).Draw(t, "change") {
		case 0, 1:
			out = append(out, string(r[:1]))
		case 2:
			at := rapid.IntRange(0, len(r)).Draw(t, "cut")
			out = append(out, string(r[:at]), string(r[at:]))
		case 3:
			if i+1 < len(words) {
				i++
				out = append(out, string(r)+words[i])
			}
		case 4:
			at := rapid.IntRange(0, len(r)-1).Draw(t, "letter")
			out = append(out, string(r[:at])+string(r[at+1:])+"a")
		default:
			out = append(out, string(r))
		}
	}
	if len(strings.Join(out, "")) == 0 {
		return words[0]
	}
	return strings.Join(out, " ")
}

// thetas are thresholds: near 1 the bounds of light words are the tightest.
func thetas(t *rapid.T) []int {
	near := rapid.SliceOfN(rapid.IntRange(940, 999), 3, 3).Draw(t, "near")
	return append(near, rapid.IntRange(index.LowestThreshold, 940).Draw(t, "theta"), 550, 650, 750, 850, 950, 1000)
}

// answer writes hits with everything that must not differ.
func answer(hits []index.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, fmt.Sprintf("%s/%d probe %d kind %d: %d/%d %v %v", h.Subject, h.Name, h.Probe, h.Kind, h.Result.N, h.Result.D, h.Result.Edges, h.Result.Factors))
	}
	return out
}

// sameAnswer fails unless search and exhaustive scoring agree, and returns what
// they found.
func sameAnswer(t interface{ Fatalf(string, ...any) }, ix *index.Index, p index.Probe, theta int, costs match.Costs) []index.Hit {
	got, err := ix.Search(p, theta, costs)
	if err != nil {
		t.Fatalf("%q at %d: %v", p.Text, theta, err)
	}
	want, err := ix.Exhaustive(p, theta, costs)
	if err != nil {
		t.Fatalf("%q at %d: %v", p.Text, theta, err)
	}
	if !slices.IsSortedFunc(got, func(a, b index.Hit) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Probe, b.Probe))
	}) {
		t.Fatalf("%q at %d: not in order: %s", p.Text, theta, answer(got))
	}
	if g, w := answer(got), answer(want); !slices.Equal(g, w) {
		t.Fatalf("%q at %d:\ngot  %s\nwant %s", p.Text, theta, strings.Join(g, "\n     "), strings.Join(w, "\n     "))
	}
	return want
}

func TestSearchEqualsExhaustive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var subjects []index.Subject
		var listed []string
		for i := range rapid.IntRange(1, 40).Draw(t, "subjects") {
			subjects = append(subjects, index.Subject{
				ID:    fmt.Sprintf("s%02d", i*23%41), // not in the order of their ids
				Kinds: rapid.SampledFrom([][]name.Kind{{name.AsPerson}, {name.AsOrganisation}, {name.AsPerson, name.AsOrganisation}}).Draw(t, "kinds"),
				Names: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawListed(t, "name") }), 1, 3).Draw(t, "names"),
			})
			listed = append(listed, subjects[i].Names...)
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
			p, err := index.NewProbe(drawQuery(t, listed))
			if err != nil {
				t.Skip(err)
			}
			for _, theta := range thetas(t) {
				costs := rapid.SampledFrom([]match.Costs{match.NameCosts, match.MentionCosts}).Draw(t, "costs")
				sameAnswer(t, ix, p, theta, costs)
			}
		}
	})
}

// Bounds that looked right and were not (matching.md 7.2). The third of them,
// halves that overlap whole words, needs many words: the property test finds it.
func TestBoundsThatWereWrongOnce(t *testing.T) {
	tests := []struct{ bound, query, listed string }{
		{"below the threshold the gain of an initial falls with its weight", "ali muhammad a", "Ali Muhammad Adam"},
		{"a word that stands twice in a name is covered twice", "ali ali", "Ali Ali"},
	}
	for _, tt := range tests {
		t.Run(tt.bound, func(t *testing.T) {
			// Many names of the same words, so that some lists are long.
			subjects := []index.Subject{{ID: "s", Kinds: []name.Kind{name.AsPerson}, Names: []string{tt.listed}}}
			for i := range 40 {
				subjects = append(subjects, index.Subject{ID: fmt.Sprint(i), Kinds: subjects[0].Kinds, Names: []string{"Ali Ali" + strings.Repeat(" Ali", i)}})
			}
			ix := index.New(build(t, subjects))
			p, err := index.NewProbe(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			found := 0
			for _, costs := range []match.Costs{match.NameCosts, match.MentionCosts} {
				for theta := index.LowestThreshold; theta <= 1000; theta += 5 {
					found += len(sameAnswer(t, ix, p, theta, costs))
				}
			}
			if found == 0 {
				t.Error("never a hit: the case tells nothing")
			}
		})
	}
}
