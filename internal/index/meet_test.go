package index_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/mutate"
	"interdict/internal/name"
)

// enrolled is a roll of names, with the probe of each; what is no name has none.
func enrolled(t interface{ Fatal(...any) }, names []string) (*index.Roll, []*index.Probe) {
	var b index.Enrolment
	probes := make([]*index.Probe, len(names))
	for i, n := range names {
		p, err := index.NewProbe(n)
		if err != nil {
			continue
		}
		probes[i] = &p
		if err := b.Add(uint32(i), p); err != nil {
			t.Fatal(err)
		}
	}
	return b.Roll(), probes
}

// met are the owners that a search for each of them finds, one by one.
func met(t interface{ Fatal(...any) }, ix *index.Index, probes []*index.Probe, theta int, costs match.Costs) (out []uint32) {
	for i, p := range probes {
		if p == nil {
			continue
		}
		hits, err := ix.Exhaustive(*p, theta, costs)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) > 0 {
			out = append(out, uint32(i))
		}
	}
	return out
}

func sameMeeting(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, ix *index.Index, roll *index.Roll, names []string, probes []*index.Probe, theta int, costs match.Costs, apart int,
) int {
	got, err := roll.MeetsApart(ix, theta, costs, apart)
	if err != nil {
		t.Fatal(err)
	}
	want := met(t, ix, probes, theta, costs)
	if slices.Equal(got, want) {
		return len(want)
	}
	for _, i := range want {
		if !slices.Contains(got, i) {
			t.Fatalf("at %d %q is missed", theta, names[i])
		}
	}
	t.Fatalf("at %d: got %v, want %v", theta, got, want)
	return 0
}

func TestARollMeetsWhomASearchFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var subjects []index.Subject
		var listed []string
		for i := range rapid.IntRange(0, 12).Draw(t, "subjects") {
			subjects = append(subjects, index.Subject{
				ID:    fmt.Sprintf("s%02d", i),
				Kinds: rapid.SampledFrom([][]name.Kind{{name.AsPerson}, {name.AsOrganisation}, {name.AsPerson, name.AsOrganisation}}).Draw(t, "kinds"),
				Names: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawListed(t, "name") }), 1, 3).Draw(t, "names"),
			})
			listed = append(listed, subjects[i].Names...)
		}
		cut := rapid.IntRange(0, len(subjects)).Draw(t, "cut")
		base, err := index.Build(subjects[:cut])
		if err != nil {
			t.Fatal(err)
		}
		delta, err := index.Build(subjects[cut:])
		if err != nil {
			t.Fatal(err)
		}
		ix := index.New(base).With(delta, "s00")
		names := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawQuery(t, listed) }), 0, 30).Draw(t, "book")
		roll, probes := enrolled(t, names)
		for _, theta := range thetas(t) {
			costs := rapid.SampledFrom([]match.Costs{match.NameCosts, match.MentionCosts}).Draw(t, "costs")
			sameMeeting(t, ix, roll, names, probes, theta, costs, rapid.SampledFrom([]int{0, 2, 1000}).Draw(t, "apart"))
		}
	})
}

// Names of all scripts, every mutation and every adversary of listed names.
func TestARollMeetsWhateverNamesBecome(t *testing.T) {
	var listed, names []string
	var subjects []index.Subject
	for i, v := range mutate.Invent(21, 120) {
		kinds := []name.Kind{name.AsPerson}
		if v.Organisation {
			kinds = []name.Kind{name.AsOrganisation}
		}
		subjects = append(subjects, index.Subject{ID: fmt.Sprintf("s%03d", i), Kinds: kinds, Names: []string{v.Name}})
		listed = append(listed, v.Name)
	}
	mutations := mutate.All()
	for i := range 3 * len(mutations) {
		if changed, ok := mutations[i%len(mutations)].Apply(uint64(i), listed[i*7%len(listed)]); ok {
			names = append(names, changed)
		}
	}
	words := mutate.Words(listed)
	for i, a := range mutate.Adversaries() {
		for k := range 5 {
			names = append(names, a.Query(uint64(100*i+k), words))
		}
	}
	for _, v := range mutate.Invent(22, 500) {
		names = append(names, v.Name)
	}
	ix := index.New(build(t, subjects))
	roll, probes := enrolled(t, names)
	for _, theta := range []int{500, 600, 700, 800, 900, 970, 1000} {
		if n := sameMeeting(t, ix, roll, names, probes, theta, match.NameCosts, 10); n < 10 || n == len(names) {
			t.Errorf("at %d the case tells little: %d of %d", theta, n, len(names))
		}
	}
}

func TestARollThatIsEmptyMeetsNobody(t *testing.T) {
	var b index.Enrolment
	ix := index.New(build(t, []index.Subject{{ID: "s", Kinds: []name.Kind{name.AsPerson}, Names: []string{"Ali Hasan"}}}))
	if got, err := b.Roll().Meets(ix, 700, match.NameCosts); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := b.Roll().Meets(ix, index.LowestThreshold-1, match.NameCosts); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a threshold that is too low: %v", err)
	}
}

// The same words stand in another place of the line of fathers.
func TestARollKeepsThePlaceOfAWordInALineOfFathers(t *testing.T) {
	ix := index.New(build(t, []index.Subject{{ID: "s", Kinds: []name.Kind{name.AsPerson}, Names: []string{"Hasan bin Omar bin Yusuf", "Boris Ivanovich Petrov"}}}))
	names := []string{
		"Hasan Omar Yusuf", "Hasan bin Omar bin Yusuf", "Omar bin Hasan bin Yusuf", "Yusuf bin Omar bin Hasan", "Omar Yusuf bin Hasan",
		"Yusuf Hasan bin Omar", "Hasan bin Yusuf", "Omar bin Hasan", "Hasan Omar", "Boris Petrovich Ivanov", "Petrov Ivanovich",
	}
	roll, probes := enrolled(t, names)
	for theta := index.LowestThreshold; theta <= 1000; theta += 10 {
		sameMeeting(t, ix, roll, names, probes, theta, match.NameCosts, 10)
	}
}
