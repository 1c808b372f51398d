package event

// Table says for each state of a thing which kinds of event lead where. The
// state "" is that of a thing which is not there yet. A station keeps one table
// for each kind of thing that has a state; docs/states.md is drawn from them.
type Table[S ~string] map[S]map[string]S

// Next returns the state in which a thing in state from is after an event of
// that kind; without an arrow the state stays, and ok is false.
func (t Table[S]) Next(from S, kind string) (to S, ok bool) {
	if to, ok = t[from][kind]; ok {
		return to, true
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
