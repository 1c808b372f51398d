package register

import (
	"fmt"
	"time"

	"interdict/internal/fault"
)

// Verdict is what a person says of two entries.
type Verdict string

// Verdicts. Undecided takes an earlier decision back.
const (
	SameSubject       Verdict = "same"
	DifferentSubjects Verdict = "different"
	Undecided         Verdict = "undecided"
)

// Decision is a named person's word on two entries. It overrides every link
// that was found, until a later decision on the same two.
type Decision struct {
	A, B    string // entries
	Verdict Verdict
	By      string
	At      time.Time
	Reason  string
}

// Decide returns the state with the decision added.
func (s State) Decide(d Decision) (State, error) {
	for _, id := range []string{d.A, d.B} {
		if _, ok := s.Entries[id]; !ok {
			return State{}, fault.New(fault.NotFound, "deciding on %s: no such entry", id)
		}
	}
	switch {
	case d.A == d.B:
		return State{}, fault.New(fault.Invalid, "deciding on %s: one entry is always the same subject", d.A)
	case d.Verdict != SameSubject && d.Verdict != DifferentSubjects && d.Verdict != Undecided:
		return State{}, fault.New(fault.Invalid, "deciding on %s and %s: verdict %q is none of same, different, undecided", d.A, d.B, d.Verdict)
	case d.By == "" || d.Reason == "":
		return State{}, fault.New(fault.Invalid, "deciding on %s and %s: a name and a reason are needed", d.A, d.B)
	}
	next := s.clone()
	next.Decisions = append(next.Decisions, d)
	return next, nil
}

// decided adds the decisions to the links and returns the pairs that must
// stay apart.
func (l *linker) decided(decisions []Decision) map[[2]int]bool {
	at := map[string]int{}
	for i, n := range l.nodes {
		at[n.known.ID] = i
	}
	last := map[[2]int]Decision{}
	for _, d := range decisions {
		i, okA := at[d.A]
		j, okB := at[d.B]
		if okA && okB {
			last[[2]int{min(i, j), max(i, j)}] = d
		}
	}
	apart := map[[2]int]bool{}
	for p, d := range last {
		switch d.Verdict {
		case SameSubject:
			c := l.compare(p[0], p[1])
			l.links[p] = Link{
				A: l.nodes[p[0]].known.ID, B: l.nodes[p[1]].known.ID,
				Reason: Decided, Strength: Same,
				Evidence:       fmt.Sprintf("%s decided on %s: %s", d.By, d.At.UTC().Format(time.DateOnly), d.Reason),
				Contradictions: l.contradictions(p[0], p[1], c),
			}
		case DifferentSubjects:
			apart[p] = true
			delete(l.links, p)
		}
	}
	return apart
}
