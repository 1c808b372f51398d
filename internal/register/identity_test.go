package register_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/fault"
	"interdict/internal/register"
)

// steps takes editions of one list in turn and returns the last changes.
func steps(t testing.TB, texts ...string) (register.State, register.Changes) {
	t.Helper()
	s := register.NewState()
	var prev *register.Edition
	var c register.Changes
	for _, text := range texts {
		e := edition(t, "un", text)
		s, c = take(t, s, prev, e)
		prev = &e
	}
	return s, c
}

func TestAnEntryIsKnownAgainBy(t *testing.T) {
	for _, x := range []struct {
		name, old, now string
		kept           bool
	}{
		{"its key and reference", "1: ref QDi.1; name Anna Berg", "1: ref QDi.1; name Anna Berg", true},
		{"key and reference under a new name", "1: ref QDi.1; name Sayf Adl", "1: ref QDi.1; name Mohammed Zidane", true},
		{"key and reference, a reference with dots and blanks", "1: ref QDi.1; name Anna Berg", "1: ref QDi.1 .; name Anna Berg", true},
		{"its reference and a name under a new key", "1: ref QDi.1; name Anna Berg", "9: ref QDi.1; name Anna Maria Berg", true},
		{"its key and a name under a new reference", "1: ref QI.A.1.01; name Anna Berg", "1: ref XX.7; name Anna Berg", true},
		{"a former reference that is printed", "1: ref A.1; name Anna Berg", "2: ref B.2; former A.1; name Berg", true},
		{"the serial number kept in the reform of 2015", "1: ref QI.B.7.01; name Anna Berg", "2: ref QDi.007; name Berg A", true},
		{"name and birth", "1: ref A.1; name Anna Berg; born 1963", "2: ref B.2; name Anna Berg; born 1963-02-03", true},
		{"name and day of listing", "1: ref A.1; alias Anna Berg; listed 2014-01-02", "2: ref B.2; name Anna Berg; listed 2014-01-02", true},
		{"a passport and a word of the name", "1: ref A.1; name Anna Berg; passport SY A123456", "2: ref B.2; name Anja Berg; passport SY A-123456", true},
		{"the primary name, where nothing else is known", "1: ref A.1; name Anna Berg", "2: ref B.2; name Berg, Anna", true},

		{"not by a key against names and births", "1: ref A.1; name Anna Berg; born 1963", "1: ref A.1; name Omar Said; born 1980", false},
		{"not by a key alone, given to another", "1: name Anna Berg", "1: name Omar Said", false},
		{"not by a reference alone, given to another", "1: ref A.1; name Anna Berg", "2: ref A.1; name Omar Said", false},
		{"not by a weak name", "1: ref A.1; name Anna Berg; weak Red Fox", "2: ref B.2; name Omar Said; weak Red Fox", false},
		{"not by a weak name and a birth", "1: ref A.1; name Anna Berg; weak Fox; born 1963", "2: ref B.2; name Omar Said; weak Fox; born 1963", false},
		{"not by a name of one word", "1: ref A.1; name Omar", "2: ref B.2; name Omar", false},
		{"not by a name against births", "1: ref A.1; name Anna Berg; born 1963", "2: ref B.2; name Anna Berg; born 1985", false},
		{"not by a name against kinds", "1: ref A.1; name Anna Berg", "2: ref B.2; vessel; name Anna Berg", false},
	} {
		t.Run(x.name, func(t *testing.T) {
			s, c := steps(t, "list 2026-01-01\n"+x.old, "list 2026-02-01\n"+x.now)
			if kept := c.Kept == 1; kept != x.kept {
				t.Errorf("kept %v, want %v; doubts %q", kept, x.kept, c.Doubts)
			}
			if want := map[bool]int{true: 1, false: 2}[x.kept]; len(s.Entries) != want {
				t.Errorf("%d entries are known, want %d: none may be lost", len(s.Entries), want)
			}
			for _, e := range c.Renamed {
				if e.Reason == "" {
					t.Error("an entry was renamed without a reason")
				}
			}
		})
	}
}

func TestTwoEquallyGoodPartnersAreLeftToAPerson(t *testing.T) {
	_, c := steps(t,
		"list 2026-01-01\n1: ref A.1; name Anna Berg; born 1963\n2: ref A.2; name Anna Berg; born 1963",
		"list 2026-02-01\n8: ref B.1; name Anna Berg; born 1963\n9: ref B.2; name Anna Berg; born 1963")
	if c.Kept != 0 || len(c.Added) != 2 || len(c.Gone) != 2 || len(c.Doubts) == 0 {
		t.Errorf("kept %d, added %d, gone %d, doubts %q", c.Kept, len(c.Added), len(c.Gone), c.Doubts)
	}
}

func TestAnItemOfARenumberedListIsFoundByItsName(t *testing.T) {
	s, c := steps(t,
		"list 2026-01-01\n5: name Ivan Ivanov; born 1960\n6: name Ivan Petrov; born 1961",
		"list 2026-02-01\n5: name Ivan Petrov; born 1961\n6: name Oleg Sidorov\n7: name Ivan Ivanov; born 1960")
	if c.Kept != 2 || len(c.Added) != 1 {
		t.Fatalf("kept %d, added %d, doubts %q", c.Kept, len(c.Added), c.Doubts)
	}
	for _, k := range s.Entries {
		if k.Caption == "Ivan Ivanov" && (k.Key != "7" || len(k.Keys) != 2) {
			t.Errorf("Ivanov has key %s and keys %v", k.Key, k.Keys)
		}
	}
}

func TestAVanishedEntryStaysInMemoryAndReturnsAsItself(t *testing.T) {
	full := "list 2026-01-01\n1: ref A.1; name Anna Berg\n2: ref A.2; name Omar Said"
	s, c := steps(t, full, "list 2026-02-01\n1: ref A.1; name Anna Berg")
	if len(c.Gone) != 1 || len(s.Entries) != 2 || c.Gone[0].Gone != c.Edition {
		t.Fatalf("gone %v of %d entries", c.Gone, len(s.Entries))
	}
	_, c2 := steps(t, full, "list 2026-02-01\n1: ref A.1; name Anna Berg", "list 2026-03-01\n1: ref A.1; name Anna Berg\n2: ref A.2; name Omar Said")
	if len(c2.Returned) != 1 || c2.Returned[0].ID != c.Gone[0].ID {
		t.Errorf("returned %v, want %s", c2.Returned, c.Gone[0].ID)
	}
}

func TestTakeSaysWhatChangedInContent(t *testing.T) {
	_, c := steps(t,
		"list 2026-01-01\n1: ref A.1; name Anna Berg; born 1963\n2: ref A.2; name Omar Said",
		"list 2026-02-01\n1: ref A.1; name Anna Berg; born 1964\n2: ref A.2; name Omar  Said")
	want := []register.PathChange{{Path: "birth", Old: []string{"date=1963"}, New: []string{"date=1964"}}}
	if len(c.Content.Changed) != 1 || c.Content.Unchanged != 1 {
		t.Fatalf("changed %v", c.Content.Changed)
	}
	if d := cmp.Diff(want, c.Content.Changed[0].Paths); d != "" {
		t.Error(d)
	}
}

func TestTakeRefusesWhatDoesNotFollow(t *testing.T) {
	a, b := edition(t, "un", "list 2026-01-01\n1: name A B"), edition(t, "un", "list 2026-02-01\n1: name A B")
	s, _ := take(t, register.NewState(), nil, a)
	for _, x := range []struct {
		name string
		prev *register.Edition
		next register.Edition
	}{
		{"the edition in force", &a, a},
		{"no edition before, where one is in force", nil, b},
		{"another edition before than that in force", &b, b},
	} {
		t.Run(x.name, func(t *testing.T) {
			if _, _, err := s.Take(x.prev, x.next, nil, noon); fault.KindOf(err) != fault.Conflict {
				t.Errorf("error %v, want conflict", err)
			}
		})
	}
}

func TestAStateIsTheSameAfterItWasStored(t *testing.T) {
	s, _ := steps(t,
		"list 2026-01-01\n1: ref A.1; name Anna Berg; born 1963; passport SY A12345\n2: ref A.2; name Omar Said",
		"list 2026-02-01\n1: ref B.1; name Anna Berg; born 1963")
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back register.State
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(s, back); d != "" {
		t.Error(d)
	}
}

func TestTakingLeavesTheOldStateAsItWas(t *testing.T) {
	a := edition(t, "un", "list 2026-01-01\n1: ref A.1; name Anna Berg\n2: ref A.2; name Omar Said")
	b := edition(t, "un", "list 2026-02-01\n1: ref B.1; name Anna Berg; alias Anna B")
	s, _ := take(t, register.NewState(), nil, a)
	before, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	take(t, s, &a, b)
	if after, _ := json.Marshal(s); string(after) != string(before) {
		t.Error("the old state changed")
	}
}

// Whatever an edition does, every record has exactly one known entry in force
// and no known entry is lost.
func TestEveryRecordHasOneEntryAndNoEntryIsLost(t *testing.T) {
	words := []string{"Anna", "Berg", "Omar", "Said", "Front", "Ivan"}
	rapid.Check(t, func(rt *rapid.T) {
		text := func(label, day string) string {
			s := "list " + day + "\n"
			for i := range rapid.IntRange(0, 8).Draw(rt, label) {
				s += fmt.Sprintf("%d: ref R.%d; name %s %s; born %d\n",
					rapid.IntRange(0, 5).Draw(rt, "key"), rapid.IntRange(0, 5).Draw(rt, "ref"),
					rapid.SampledFrom(words).Draw(rt, "a"), rapid.SampledFrom(words).Draw(rt, "b"), 1960+i%3*10)
			}
			return s
		}
		s := register.NewState()
		var prev *register.Edition
		known := map[string]bool{}
		for i := range 3 {
			e := edition(t, "un", text("n", fmt.Sprintf("2026-0%d-01", i+1)))
			next, c, err := s.Take(prev, e, nil, noon)
			if err != nil {
				rt.Fatal(err)
			}
			if c.Kept+len(c.Added)+len(c.Returned) != len(e.Records) {
				rt.Fatalf("%d kept, %d added, %d returned of %d", c.Kept, len(c.Added), len(c.Returned), len(e.Records))
			}
			inForce := 0
			for id, k := range next.Entries {
				known[id] = true
				if k.Gone == "" {
					inForce++
				}
			}
			if inForce != len(e.Records) || len(next.Entries) != len(known) {
				rt.Fatalf("%d in force for %d records; %d of %d known", inForce, len(e.Records), len(next.Entries), len(known))
			}
			snap, err := register.Build(next, []register.Edition{e})
			if err != nil {
				rt.Fatal(err)
			}
			n := 0
			for _, x := range snap.Subjects {
				n += len(x.Entries)
			}
			if n != len(e.Records) {
				rt.Fatalf("the snapshot has %d of %d entries", n, len(e.Records))
			}
			s, prev = next, &e
		}
	})
}

func TestAProgramThatReadsMoreKeepsTheEntries(t *testing.T) {
	e := edition(t, "un", "list 2026-01-01\n1: ref A.1; name Anna Berg; born 1963")
	s, _ := take(t, register.NewState(), nil, e)
	again := e
	again.Records = slices.Clone(e.Records)
	again.Records[0].Key = "INDIVIDUAL 1"
	again.Content = strings.Repeat("0", 16)
	s, err := s.Reread(again)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Entries) != 1 || len(s.Taken) != 1 {
		t.Errorf("%d entries, %d editions", len(s.Entries), len(s.Taken))
	}
	if _, err := register.Build(s, []register.Edition{again}); err != nil {
		t.Error(err)
	}
}
