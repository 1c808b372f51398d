package mutate_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/mutate"
	"interdict/internal/script"
)

func TestInventedNamesFollowFromTheSeed(t *testing.T) {
	long, short := mutate.Invent(5, 300), mutate.Invent(5, 100)
	if diff := cmp.Diff(short, long[:100]); diff != "" {
		t.Errorf("a longer answer begins otherwise (-short +long):\n%s", diff)
	}
	other, same := mutate.Invent(6, 300), 0
	for i := range other {
		if other[i] == long[i] {
			same++
		}
	}
	if same > 100 {
		t.Errorf("%d of 300 names do not depend on the seed", same)
	}
}

func TestInventedNamesAreOfTheirScript(t *testing.T) {
	organisations := 0
	for _, n := range mutate.Invent(2, 2000) {
		if n.Name == "" || strings.Join(strings.Fields(n.Name), " ") != n.Name || !utf8.ValidString(n.Name) {
			t.Errorf("%s: bad name %q", n.Culture, n.Name)
		}
		got := script.Of(n.Name)
		if got != n.Script && !(n.Script == "Hans" && got == "Hani") {
			t.Errorf("%s: %q is in %s, want %s", n.Culture, n.Name, got, n.Script)
		}
		if n.Organisation {
			organisations++
		}
	}
	if organisations == 0 {
		t.Error("no organisation was invented")
	}
}

func TestAdversarialQueriesAreValidAndFollowFromTheSeed(t *testing.T) {
	all := mutate.Adversaries()
	var names []string
	for _, n := range mutate.Invent(9, 300) {
		names = append(names, n.Name)
	}
	words := mutate.Words(names)
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SampledFrom(all).Draw(t, "adversary")
		seed := rapid.Uint64().Draw(t, "seed")
		q := a.Query(seed, words)
		if q != a.Query(seed, words) {
			t.Fatalf("%s: the same seed gives two queries", a.ID)
		}
		if !utf8.ValidString(q) || strings.TrimSpace(q) == "" {
			t.Fatalf("%s: bad query %q", a.ID, q)
		}
		if q := a.Query(seed, nil); strings.TrimSpace(q) == "" {
			t.Fatalf("%s: no query without words", a.ID)
		}
	})
}

func TestAdversariesDoWhatTheirNamesSay(t *testing.T) {
	words := []string{"Mohammed", "Baghdadi", "Волков", "李", "خالد"}
	seen := map[string]bool{}
	for _, a := range mutate.Adversaries() {
		if seen[a.ID] {
			t.Errorf("%s stands twice", a.ID)
		}
		seen[a.ID] = true
		for seed := range uint64(50) {
			q := a.Query(seed, words)
			fields := strings.Fields(q)
			ok := true
			switch a.ID {
			case "adverse.one-letter":
				for _, f := range fields {
					ok = ok && utf8.RuneCountInString(f) == 1
				}
			case "adverse.long-word":
				ok = utf8.RuneCountInString(fields[0]) == 40
			case "adverse.repeated":
				for _, f := range fields {
					ok = ok && f == fields[0] && len(fields) > 1
				}
			case "adverse.many-words":
				ok = len(fields) >= 12
			}
			if !ok {
				t.Errorf("%s: %q", a.ID, q)
			}
		}
	}
}

func TestHiddenChangesAreUndoneByCleaning(t *testing.T) {
	m := byID(t, "script.invisible")
	for i, n := range mutate.Invent(4, 300) {
		changed, ok := m.Apply(uint64(i), n.Name)
		if !ok {
			continue
		}
		before, _ := script.Clean(n.Name)
		after, _ := script.Clean(changed)
		if before != after {
			t.Errorf("%q: cleaned %q, with invisible characters %q", n.Name, before, after)
		}
	}
}

func TestChanceIsEvenEnough(t *testing.T) {
	c := mutate.NewChance(1)
	var counts [10]int
	for range 100_000 {
		counts[c.N(10)]++
	}
	for i, n := range counts {
		if n < 9_500 || n > 10_500 {
			t.Errorf("%d was drawn %d times of 100,000", i, n)
		}
	}
	if a, b := mutate.NewChance(0).Next(), uint64(0xe220a8397b1dcdaf); a != b {
		t.Errorf("first number of seed 0 is %#x, published %#x", a, b)
	}
}
