package register_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/register"
)

// world is a register with several lists in force.
type world struct {
	t        testing.TB
	state    register.State
	editions []register.Edition
}

func build(t testing.TB, lists ...string) *world {
	w := &world{t: t, state: register.NewState()}
	for i := 0; i < len(lists); i += 2 {
		w.load(lists[i], lists[i+1])
	}
	return w
}

// load takes an edition and settles the snapshot.
func (w *world) load(source, text string) register.Snapshot {
	w.t.Helper()
	e := edition(w.t, source, text)
	var prev *register.Edition
	for i := range w.editions {
		if w.editions[i].Source == source {
			p := w.editions[i]
			prev, w.editions = &p, slices.Delete(slices.Clone(w.editions), i, i+1)
			break
		}
	}
	w.state, _ = take(w.t, w.state, prev, e)
	w.editions = append(w.editions, e)
	return w.settle()
}

func (w *world) settle() register.Snapshot {
	snap := w.snapshot()
	w.state = w.state.Settled(snap)
	if again := w.snapshot(); again.ID != snap.ID {
		w.t.Errorf("settling changed the snapshot: %s", cmp.Diff(snap.Subjects, again.Subjects, quiet))
	}
	return snap
}

func (w *world) snapshot() register.Snapshot {
	w.t.Helper()
	snap, err := register.Build(w.state, w.editions)
	if err != nil {
		w.t.Fatal(err)
	}
	return snap
}

func (w *world) find(id string) register.Subject {
	w.t.Helper()
	x, err := w.snapshot().Find(id)
	if err != nil {
		w.t.Fatal(err)
	}
	return x
}

// entry returns the id of the entry that bears a key or reference.
func (w *world) entry(id string) string {
	w.t.Helper()
	for _, e := range w.find(id).Entries {
		if e.Bears(id) {
			return e.ID
		}
	}
	w.t.Fatalf("nothing bears %s", id)
	return ""
}

func (w *world) decide(a, b string, v register.Verdict) {
	w.t.Helper()
	s, err := w.state.Decide(register.Decision{A: w.entry(a), B: w.entry(b), Verdict: v, By: "A. Clerk", At: noon, Reason: "seen the files"})
	if err != nil {
		w.t.Fatal(err)
	}
	w.state = s
	w.settle()
}

var quiet = cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".points" }, cmp.Ignore())

func TestEntriesOfTwoListsAreOneSubjectOn(t *testing.T) {
	for _, x := range []struct {
		name, un, uk   string
		same, possible bool
	}{
		{"a printed reference and a word of the names", "1: ref QDi.1; name Anna Berg", "7: also un QDi.1; name Bergova Anna Berg", true, false},
		{"a printed reference of the form before 2015", "1: ref QDi.007; name Anna Berg", "7: also un QI.B.7.01; name Anna Berg", true, false},
		{"a printed reference and a birth", "1: ref QDi.1; name Anna Berg; born 1963", "7: also un QDi.1; name Fox; born 1963..1965", true, false},
		{"a passport and a word of the names", "1: name Anna Berg; passport SY A123456", "7: name Anja Berg; passport SY A 123456", true, false},
		{"an IMO number and the name", "1: vessel; name Blue Star; imo 9123456", "7: vessel; name Blue Star 2; imo IMO 9123456", true, false},

		{"never a printed reference alone: a misprint", "1: ref KPe.23; organisation; name Daedong Bank", "7: also un KPe.23; organisation; name Huaxin Shipping", false, true},
		{"never a printed reference against births with one word", "1: ref QDi.1; name Anna Berg; born 1963", "7: also un QDi.1; name Omar Berg; born 1985", false, true},
		{"never one passport number of two countries", "1: name Anna Berg; passport SY A123456", "7: name Anja Berg; passport IQ A123456", false, false},
		{"never a passport with other names", "1: name Anna Berg; passport SY A123456", "7: name Omar Said; passport SY A123456", false, true},
		{"never names alone", "1: name Anna Berg; born 1963", "7: name Berg, Anna; born 1963", false, true},
		{"never names alone, whatever the country", "1: name Anna Berg; country SY", "7: name Anna Berg; country SY", false, true},
		{"never names against births", "1: name Anna Berg; born 1963", "7: name Anna Berg; born 1980", false, false},
		{"never names that nothing bears out", "1: name Anna Berg", "7: name Anna Berg", false, false},
		{"never one word", "1: name Omar; born 1963", "7: name Omar; born 1963", false, false},
		{"never a weak name", "1: name Anna Berg; weak Red Fox; born 1963", "7: name Omar Said; weak Red Fox; born 1963", false, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			w := build(t, "un", "list 2026-01-01\n"+x.un, "uk", "list 2026-01-02\n"+x.uk)
			s := w.snapshot()
			if same := len(s.Subjects) == 1; same != x.same {
				t.Fatalf("%d subjects, want one: %v", len(s.Subjects), x.same)
			}
			first := s.Subjects[0]
			if x.same && (len(first.Links) != 1 || first.Links[0].Evidence == "") {
				t.Errorf("links %v, want one with its evidence", first.Links)
			}
			if possible := len(first.Possible) == 1; possible != x.possible {
				t.Errorf("possible links %v, want one: %v", first.Possible, x.possible)
			}
		})
	}
}

func TestOfSeveralEntriesThatPrintOneReferenceTheAgreeingOneIsMeant(t *testing.T) {
	w := build(t,
		"un", "list 2018-06-07\n1: ref KPe.023; organisation; name Daedong Credit Bank",
		"uk", `list 2018-04-13
7: also un KPe.023; organisation; name Daedong Credit Bank
8: also un KPe.023; organisation; name Huaxin Shipping
9: also un KPe.023; organisation; name Credit Lines Shipping`)
	x := w.find("un:KPe.023")
	if len(x.Entries) != 2 || x.Caption != "Daedong Credit Bank" || len(x.Possible) != 2 {
		t.Errorf("%d entries, %d possible links", len(x.Entries), len(x.Possible))
	}
	for _, l := range x.Possible {
		if len(l.Contradictions) == 0 {
			t.Errorf("link %v has no contradiction", l)
		}
	}
}

func TestAnAliasOfTheWholeMakesNoBranchTheWhole(t *testing.T) {
	w := build(t,
		"un", "list 2020-01-01\n1: ref QDe.115; organisation; name Front of the East; alias Eastern Front",
		"eu", `list 2020-02-01
1: also un QDe.115; organisation; name Front of the East Libya; alias Eastern Front
2: also un QDe.115; organisation; name Front of the East Yemen; alias Eastern Front`)
	if n := len(w.snapshot().Subjects); n != 3 {
		t.Errorf("%d subjects, want 3", n)
	}
}

func TestTwoEntriesOfOneListAreNotMadeOneByAnother(t *testing.T) {
	w := build(t,
		"un", "list 2026-01-01\n1: ref A.1; name Anna Berg\n2: ref A.2; name Omar Said",
		"uk", "list 2026-01-02\n7: also un A.1; also un A.2; name Anna Berg; alias Omar Said")
	if n := len(w.snapshot().Subjects); n != 2 {
		t.Errorf("%d subjects, want 2", n)
	}
}

func TestASubjectKeepsItsID(t *testing.T) {
	w := build(t, "un", "list 2026-01-01\n1: ref A.1; name Anna Berg\n2: ref A.2; name Omar Said")
	id := w.find("A.1").ID

	w.load("un", "list 2026-02-01\n1: ref B.9; name Anna Berg")
	if got := w.find("B.9").ID; got != id {
		t.Errorf("under a new reference it is %s, was %s", got, id)
	}
	if got := w.find("un:A.1").ID; got != id {
		t.Errorf("by its former reference it is %s, was %s", got, id)
	}
	w.load("uk", "list 2026-03-01\n7: also un B.9; name Anna Berg")
	if got := w.find("uk:7").ID; got != id {
		t.Errorf("joined by another list it is %s, was %s", got, id)
	}
	w.load("un", "list 2026-04-01\n3: ref C.3; name Ivan Ivanov")
	if got := w.find("uk:7").ID; got != id {
		t.Errorf("after its oldest entry is gone it is %s, was %s", got, id)
	}
}

func TestWhenTwoSubjectsMergeTheYoungerIDResolvesToTheOlder(t *testing.T) {
	w := build(t,
		"un", "list 2026-01-01\n1: ref A.1; name Anna Berg; born 1963",
		"uk", "list 2026-01-02\n7: name Anna Berg; born 1963")
	older, younger := w.find("un:A.1").ID, w.find("uk:7").ID
	if older == younger {
		t.Fatal("names alone made them one")
	}
	w.decide("un:A.1", "uk:7", register.SameSubject)
	if got := w.find(younger); got.ID != older || !slices.Contains(got.Aliases, younger) || len(got.Entries) != 2 {
		t.Errorf("%s resolves to %s with aliases %v", younger, got.ID, got.Aliases)
	}
	w.decide("un:A.1", "uk:7", register.Undecided)
	if a, b := w.find(older), w.find(younger); a.ID != older || b.ID != younger || len(a.Aliases) != 0 {
		t.Errorf("after it was undone: %s, %s", a.ID, b.ID)
	}
}

func TestADecisionKeepsApartWhatAReferenceJoins(t *testing.T) {
	w := build(t,
		"un", "list 2026-01-01\n1: ref A.1; name Anna Berg",
		"uk", "list 2026-01-02\n7: also un A.1; name Anna Berg",
		"eu", "list 2026-01-03\n3: also un A.1; name Anna Berg; passport SY A123456",
		"ca", "list 2026-01-04\n4: name Anna Berg; passport SY A123456")
	if n := len(w.snapshot().Subjects); n != 1 {
		t.Fatalf("%d subjects", n)
	}
	w.decide("un:1", "ca:4", register.DifferentSubjects)
	if a, b := w.find("un:1"), w.find("ca:4"); a.ID == b.ID {
		t.Error("they are still one")
	}
	if n := len(w.snapshot().Subjects); n != 2 {
		t.Errorf("%d subjects, want 2", n)
	}
}

func TestDecideRefuses(t *testing.T) {
	w := build(t, "un", "list 2026-01-01\n1: name A B\n2: name C D")
	a, b := w.find("un:1").Entries[0].ID, w.find("un:2").Entries[0].ID
	for _, x := range []struct {
		name string
		d    register.Decision
		kind fault.Kind
	}{
		{"an unknown entry", register.Decision{A: a, B: "e-0", Verdict: register.SameSubject, By: "x", Reason: "y"}, fault.NotFound},
		{"an entry with itself", register.Decision{A: a, B: a, Verdict: register.SameSubject, By: "x", Reason: "y"}, fault.Invalid},
		{"no name", register.Decision{A: a, B: b, Verdict: register.SameSubject, Reason: "y"}, fault.Invalid},
		{"no reason", register.Decision{A: a, B: b, Verdict: register.SameSubject, By: "x"}, fault.Invalid},
		{"another verdict", register.Decision{A: a, B: b, Verdict: "perhaps", By: "x", Reason: "y"}, fault.Invalid},
	} {
		t.Run(x.name, func(t *testing.T) {
			if _, err := w.state.Decide(x.d); fault.KindOf(err) != x.kind {
				t.Errorf("error %v, want %v", err, x.kind)
			}
		})
	}
}

// Editions of different lists commute: the order of loading changes nothing.
func TestTheOrderOfLoadingListsChangesNothing(t *testing.T) {
	lists := [][2]string{
		{"un", "list 2026-01-01\n1: ref A.1; name Anna Berg\n2: ref A.2; name Omar Said; born 1963"},
		{"uk", "list 2025-01-02\n7: also un A.1; name Anna Berg\n8: name Omar Said; born 1963"},
		{"eu", "list 2026-01-03\n3: also un A.1; also un A.2; name Berg Said"},
	}
	var first register.Snapshot
	for i, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		w := build(t)
		for _, n := range order {
			w.load(lists[n][0], lists[n][1])
		}
		s := w.snapshot()
		if i == 0 {
			first = s
		}
		if s.ID != first.ID {
			t.Errorf("order %v: %s", order, cmp.Diff(first.Subjects, s.Subjects, quiet))
		}
	}
}

func TestBuildRefusesOtherEditionsThanThoseInForce(t *testing.T) {
	w := build(t, "un", "list 2026-01-01\n1: name A B", "uk", "list 2026-01-01\n1: name A B")
	other := edition(t, "uk", "list 2026-05-01\n1: name A B")
	for name, editions := range map[string][]register.Edition{
		"one is missing":      w.editions[:1],
		"one is not in force": {w.editions[0], other},
		"one is there twice":  {w.editions[0], w.editions[1], w.editions[1]},
	} {
		if _, err := register.Build(w.state, editions); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestFindTellsUnknownFromAmbiguous(t *testing.T) {
	w := build(t, "un", "list 2026-01-01\n1: ref A.1; name Anna Berg", "uk", "list 2026-01-01\n9: ref A.1; name Omar Said")
	s := w.snapshot()
	for id, want := range map[string]fault.Kind{"nobody": fault.NotFound, "A.1": fault.Conflict, "s-0000000000": fault.NotFound} {
		if _, err := s.Find(id); fault.KindOf(err) != want {
			t.Errorf("%s: error %v, want %v", id, err, want)
		}
	}
	if x, err := s.Find("uk:A.1"); err != nil || x.Caption != "Omar Said" {
		t.Errorf("uk:A.1 is %s, %v", x.Caption, err)
	}
}

func TestConcordanceSaysWhereListsAgreeAndDiffer(t *testing.T) {
	w := build(t,
		"un", "list 2026-01-01\n1: ref QDi.1; name Anna Berg; born 1963; country SY; listed 2014-01-02; passport SY A123456",
		"uk", "list 2026-01-02\n7: ref UK.7; also un QDi.1; name BERG, Anna; alias Red Fox; born 1963-02-03; country SY; listed 2014-01-05")
	c, err := w.snapshot().Concord("QDi.1")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range c.Fields {
		got[f.Name] = f.Verdict
	}
	want := map[string]string{
		"names": register.Overlap, "births": register.Overlap, "nationalities": register.Agree,
		"identifiers": register.OnlyOne, "listed on": register.Differ,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(c.Listings) != 2 || c.Listings[0].Since != "2014-01-02" || c.Listings[1].Reference != "UK.7" {
		t.Errorf("listings %+v", c.Listings)
	}
}

// Whatever the lists say: each entry is in one subject, the order of loading
// changes nothing, a link of strength Same lies within its subject, and a
// possible one between two.
func TestSubjectsPartTheEntriesInAnyOrderOfLoading(t *testing.T) {
	words := []string{"Anna", "Berg", "Omar", "Said", "Front"}
	rapid.Check(t, func(rt *rapid.T) {
		var lists [][2]string
		entries := 0
		for i, source := range []string{"un", "uk", "eu"} {
			text := fmt.Sprintf("list 2026-01-0%d\n", rapid.IntRange(1, 3).Draw(rt, "day"))
			for k := range rapid.IntRange(1, 5).Draw(rt, "n") {
				entries++
				text += fmt.Sprintf("%d: ref %s.%d; also %s %s.%d; name %s %s; born %d; passport SY A1234%d\n", k, source, k,
					[]string{"uk", "eu", "un"}[i], []string{"uk", "eu", "un"}[i], rapid.IntRange(0, 4).Draw(rt, "also"),
					rapid.SampledFrom(words).Draw(rt, "a"), rapid.SampledFrom(words).Draw(rt, "b"),
					rapid.SampledFrom([]int{1960, 1980}).Draw(rt, "y"), rapid.IntRange(0, 6).Draw(rt, "p"))
			}
			lists = append(lists, [2]string{source, text})
		}
		first := build(t)
		for _, l := range lists {
			first.load(l[0], l[1])
		}
		snap := first.snapshot()
		other := build(t)
		for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(rt, "order") {
			other.load(lists[i][0], lists[i][1])
		}
		if s := other.snapshot(); s.ID != snap.ID {
			rt.Fatalf("the order of loading matters: %s", cmp.Diff(snap.Subjects, s.Subjects, quiet))
		}
		home := map[string]string{}
		for _, x := range snap.Subjects {
			for _, e := range x.Entries {
				home[e.ID] = x.ID
			}
		}
		if len(home) != entries {
			rt.Fatalf("%d entries of %d", len(home), entries)
		}
		for _, x := range snap.Subjects {
			for _, l := range x.Links {
				if home[l.A] != x.ID || home[l.B] != x.ID || l.Evidence == "" {
					rt.Fatalf("link %v in %s", l, x.ID)
				}
			}
			for _, l := range x.Possible {
				if home[l.A] == home[l.B] || home[l.A] != x.ID && home[l.B] != x.ID {
					rt.Fatalf("possible link %v in %s", l, x.ID)
				}
			}
		}
	})
}
