package report

import (
	"slices"
	"strings"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
)

// What follows happens to a report in the ledger of the institution that made
// it: it is carried to the authority, whose word comes back.

// Delivery says that the authority took a report.
type Delivery struct {
	As      string    `json:"as"`                // its id at the authority
	Index   int64     `json:"index"`             // of its entry in the authority's ledger
	Taken   time.Time `json:"taken"`             // by the authority's clock
	Receipt string    `json:"receipt,omitempty"` // of that entry, which verifies offline
}

// Refusal says that the authority will not take a report as it is.
type Refusal struct {
	Why string `json:"why"`
}

// Relay is the authority's word on a report, as it was fetched.
type Relay struct {
	Answer
	At time.Time `json:"at,omitzero"` // by the authority's clock
}

// Lifting says that the entry of a report stands in the list no longer: what was
// frozen for it is to be released.
type Lifting struct {
	Edition int64  `json:"edition"` // in which it ended
	On      string `json:"on,omitempty"`
}

// The kinds, stored for ever.
func (Delivery) Kind() string { return "report.delivered" }
func (Refusal) Kind() string  { return "report.refused" }
func (Relay) Kind() string    { return "report.relayed" }
func (Lifting) Kind() string  { return "report.lifted" }

// Deliver records that the authority took the report, once.
func (r Report) Deliver(d Delivery) ([]event.Event, error) {
	switch _, ok := Transitions.Next(r.State, d.Kind()); {
	case d.As == "" || d.Taken.IsZero():
		return nil, fault.New(fault.Invalid, "delivering report %s: want its id and time at the authority", r.ID)
	case r.Delivery.As != "" || !ok:
		return nil, fault.New(fault.Conflict, "delivering report %s: it is %s, at the authority as %q", r.ID, r.State, r.Delivery.As)
	}
	d.Taken = d.Taken.UTC()
	return []event.Event{d}, nil
}

// Refuse records that the authority will not take the report. A new one
// supersedes it.
func (r Report) Refuse(why string) ([]event.Event, error) {
	switch _, ok := Transitions.Next(r.State, Refusal{}.Kind()); {
	case strings.TrimSpace(why) == "":
		return nil, fault.New(fault.Invalid, "report %s is refused: want a reason", r.ID)
	case r.Delivery.As != "" || !ok:
		return nil, fault.New(fault.Conflict, "report %s is refused: it is %s, at the authority as %q", r.ID, r.State, r.Delivery.As)
	}
	return []event.Event{Refusal{why}}, nil
}

// Relay records the authority's word. The same word twice is nothing new.
func (r Report) Relay(x Relay) ([]event.Event, error) {
	switch _, ok := r.relayed(x); {
	case r.Delivery.As == "":
		return nil, fault.New(fault.Conflict, "the word on report %s: it was not delivered", r.ID)
	case !slices.Contains(Verdicts(), x.Verdict):
		return nil, fault.New(fault.Invalid, "the word on report %s: verdict %q", r.ID, x.Verdict)
	case r.Answer == x.Answer || !ok:
		return nil, nil
	}
	x.At = x.At.UTC()
	return []event.Event{x}, nil
}

// relayed is the state that the authority's word leads to.
func (r Report) relayed(x Relay) (State, bool) {
	kind := Answer{}.Kind()
	if x.Verdict == NeedMore {
		kind = Question{}.Kind()
	}
	return Transitions.Next(r.State, kind)
}

// Lift says, once, that the entry of a report of something frozen ended.
func (r Report) Lift(l Lifting) []event.Event {
	if _, ok := Transitions.Next(r.State, l.Kind()); !ok || r.What != Frozen || r.Lifted != nil {
		return nil
	}
	return []event.Event{l}
}

// Waits reports whether the report is still to be carried to the authority.
func (r Report) Waits() bool { return r.Delivery.As == "" && r.Refused == "" }
