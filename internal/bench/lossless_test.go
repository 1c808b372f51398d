package bench_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/bench"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/list"
	"interdict/internal/list/un"
	"interdict/internal/mutate"
	"interdict/internal/name"
	"interdict/internal/record"
)

// invented are subjects of three names each, of every culture.
func invented(n int) []index.Subject {
	var out []index.Subject
	for i, v := range mutate.Invent(11, 3*n) {
		if i%3 == 0 {
			kinds := []name.Kind{name.AsPerson}
			if v.Organisation {
				kinds = []name.Kind{name.AsOrganisation, name.AsPerson}
			}
			out = append(out, index.Subject{ID: fmt.Sprintf("s-%05d", i/3), Kinds: kinds})
		}
		s := &out[i/3]
		s.Names = append(s.Names, v.Name)
	}
	return out
}

func compareOn(t *testing.T, subjects []index.Subject, o bench.LosslessOptions) bench.Lossless {
	t.Helper()
	seg, err := index.Build(subjects)
	if err != nil {
		t.Fatal(err)
	}
	l, err := bench.CompareSearch(t.Context(), index.New(seg), "test", subjects, o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTheIndexLosesNothing(t *testing.T) {
	l := compareOn(t, invented(400), bench.LosslessOptions{Cases: 9 * 200, Texts: 10, Seed: 3})
	if !l.Whole() {
		t.Fatalf("%+v\n%+v\n%+v", l.Names, l.Texts, l.First)
	}
	if l.Names.Cases != 9*200 || l.Names.Hits < 500 || l.Texts.Cases != 50 || l.Texts.Hits == 0 || l.Rechecked != 2 || l.Ways < 80 {
		t.Errorf("too little was compared: %+v %+v, %d ways, %d rechecked", l.Names, l.Texts, l.Ways, l.Rechecked)
	}
	sum := 0
	for _, g := range l.Groups {
		if g.By == "sort" {
			sum += g.Cases
		}
	}
	if sum != l.Names.Cases {
		t.Errorf("sorts have %d cases of %d", sum, l.Names.Cases)
	}
}

func TestTheIndexLosesNothingOfARealList(t *testing.T) {
	const path = "../../../shared/data/lists/un/consolidated/un-consolidated-2025-04-19.xml"
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("SKIPPED: the real data are not here; expected file %s", path)
	}
	defer f.Close()
	var subjects []index.Subject
	for r, err := range un.Source.Formats[0].Read([]list.File{{Name: "un.xml", Body: f}}, &list.Report{}) {
		if err != nil {
			t.Fatal(err)
		}
		s := index.Subject{ID: fmt.Sprintf("s-%05d", len(subjects)), Kinds: []name.Kind{name.AsOrganisation}}
		if r.Kind == record.Person {
			s.Kinds[0] = name.AsPerson
		}
		for _, n := range r.Names {
			s.Names = append(s.Names, n.Full)
		}
		subjects = append(subjects, s)
	}
	l := compareOn(t, subjects, bench.LosslessOptions{Cases: 9 * 100, Texts: 5, Seed: 4})
	if !l.Whole() || l.Names.Hits == 0 || l.Texts.Hits == 0 {
		t.Fatalf("%+v\n%+v\n%+v", l.Names, l.Texts, l.First)
	}
}

func TestALossIsFound(t *testing.T) {
	// The index holds other names than it is compared with: one name fewer, one
	// more, and one spelt otherwise.
	subjects := invented(100)
	damaged := slices.Clone(subjects)
	damaged[0].Names = []string{damaged[0].Names[0]}
	damaged[1].Names = append(slices.Clone(damaged[1].Names), damaged[2].Names[0])
	damaged[3].Names = slices.Clone(damaged[3].Names)
	damaged[3].Names[0] += " Qwertyu"
	seg, err := index.Build(damaged)
	if err != nil {
		t.Fatal(err)
	}
	l, err := bench.CompareSearch(t.Context(), index.New(seg), "damaged", subjects, bench.LosslessOptions{Cases: 9 * 1000, Seed: 5})
	if err != nil {
		t.Fatal(err)
	}
	if l.Names.Missed == 0 || l.Names.Extra == 0 || l.Names.Different == 0 || l.First == nil {
		t.Fatalf("not every sort of loss was found: %+v", l.Names)
	}
	if l.First.Query == "" || l.First.Subject == "" || l.First.Search+l.First.Exhaustive == "" || l.First.Seed != 5 {
		t.Errorf("the first difference cannot be followed up: %+v", l.First)
	}
}

func TestAComparisonFollowsFromItsSeed(t *testing.T) {
	o := bench.LosslessOptions{Cases: 9 * 50, Texts: 5, Seed: 8}
	a, b := compareOn(t, invented(100), o), compareOn(t, invented(100), o)
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("the same seed gives two outcomes:\n%s", diff)
	}
}

func TestAComparisonThatIsStoppedSaysSo(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	subjects := invented(50)
	seg, err := index.Build(subjects)
	if err != nil {
		t.Fatal(err)
	}
	_, err = bench.CompareSearch(ctx, index.New(seg), "test", subjects, bench.LosslessOptions{Cases: 9 * 1000, Seed: 1, Step: stop})
	if fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a stopped comparison ends with %v", err)
	}
}
