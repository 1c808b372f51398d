package event

// Step is one arrow of a table of states: a thing in state From goes to To when
// an event of kind By happens to it. A station keeps one table for each kind of
// thing that has a state; docs/states.md is drawn from them.
type Step[S ~string] struct {
	From S // "" before there is such a thing
	By   string
	To   S
}

// Next returns the state in which a thing in state from is after an event of
// kind by, false if the table has no such arrow.
func Next[S ~string](table []Step[S], from S, by string) (S, bool) {
	for _, s := range table {
		if s.From == from && s.By == by {
			return s.To, true
		}
	}
	return from, false
}

// Recorded is an event with the envelope that says who, when and for whom.
type Recorded struct {
	Event    Event
	Envelope Envelope
}

// Fold returns a as it is after all of events, in their order. It is the only
// way in which an aggregate is read.
func Fold[A interface{ Apply(Event, Envelope) A }](a A, events []Recorded) A {
	for _, r := range events {
		a = a.Apply(r.Event, r.Envelope)
	}
	return a
}
