// Package erasure holds the orders to destroy for ever what a thing says: a
// material, an alert, a petition, a dossier that is closed.
//
// It promises that one person asks and another approves, with a reason that stays,
// and that the ledger remains whole: what is erased can no longer be opened, that
// it was there and what happened to it when can still be proved. It destroys
// nothing itself (the vault does) and reads no clock.
package erasure

import (
	"slices"
	"strings"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/roster"
)

// ID is the id of an order.
type ID = id.Of[Order]

// IDPrefix begins the ids of orders.
func (Order) IDPrefix() string { return "ER" }

// Stream returns the stream of an order.
func Stream(i ID) string { return "erasure/" + i.String() }

// State is where an order stands.
type State string

// States.
const (
	Requested State = "requested"
	Approved  State = "approved"
	Denied    State = "denied"
)

// Transitions are the states of an order.
var Transitions = event.Table[State]{
	"":        {"erasure.requested": Requested},
	Requested: {"erasure.approved": Approved, "erasure.denied": Denied},
}

// kinds are what can be erased. The people, the law, sessions and decisions
// cannot: what was decided, by whom and under which law, stays.
var kinds = []string{"material", "alert", "petition", "dossier"}

// Asked asks for an erasure.
type Asked struct {
	ID     ID     `json:"id"`
	Of     string `json:"of"`     // stream of what is to be erased
	Reason string `json:"reason"` // without personal data: it stays
}

// Allowed approves it.
type Allowed struct {
	Note string `json:"note,omitempty"`
}

// Refused denies it.
type Refused struct {
	Reason string `json:"reason"`
}

// The kinds, stored for ever.
func (Asked) Kind() string   { return "erasure.requested" }
func (Allowed) Kind() string { return "erasure.approved" }
func (Refused) Kind() string { return "erasure.denied" }

// Events makes r read and write the events of erasures.
func Events(r *event.Registry) {
	event.Register[Asked](r)
	event.Register[Allowed](r)
	event.Register[Refused](r)
}

// Order is one order as it stands.
type Order struct {
	Asked
	State   State           `json:"state"`
	Version uint64          `json:"version"`
	By      roster.PersonID `json:"by"`
	At      time.Time       `json:"at"`
	Second  roster.PersonID `json:"second,omitempty"` // who approved or denied
	Answer  string          `json:"answer,omitempty"`
}

// Apply returns o as it is after e.
func (o Order) Apply(e event.Event, env event.Envelope) Order {
	o.State, _ = Transitions.Next(o.State, e.Kind())
	o.Version = env.Version
	switch e := e.(type) {
	case Asked:
		o.Asked, o.By, o.At = e, roster.PersonID(env.By), env.At
	case Allowed:
		o.Second, o.Answer = roster.PersonID(env.By), e.Note
	case Refused:
		o.Second, o.Answer = roster.PersonID(env.By), e.Reason
	}
	return o
}

// Request asks for an erasure of a thing in a state.
func (o Order) Request(by roster.Person, a Asked, state string) ([]event.Event, error) {
	kind, name, _ := strings.Cut(a.Of, "/")
	switch {
	case o.State != "":
		return nil, fault.New(fault.Conflict, "asking for erasure %s: it is %s", o.ID, o.State)
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "asking for an erasure: a person does that")
	case a.ID.IsZero() || a.Reason == "" || name == "":
		return nil, fault.New(fault.Invalid, "asking for an erasure: want what is to be erased, as material/M…, and a reason")
	case !slices.Contains(kinds, kind):
		return nil, fault.New(fault.Conflict, "asking for the erasure of %s: only one of %q can be erased", a.Of, kinds)
	case kind == "dossier" && state != "closed":
		return nil, fault.New(fault.Conflict, "asking for the erasure of %s: it is %s; close it first", a.Of, state)
	}
	return []event.Event{a}, nil
}

// Approve orders the erasure. Who asked for it cannot.
func (o Order) Approve(by roster.Person, note string) ([]event.Event, error) {
	if err := o.answers(by); err != nil {
		return nil, err
	}
	return []event.Event{Allowed{note}}, nil
}

// Deny refuses the erasure.
func (o Order) Deny(by roster.Person, reason string) ([]event.Event, error) {
	if err := o.answers(by); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "denying erasure %s: want a reason", o.ID)
	}
	return []event.Event{Refused{reason}}, nil
}

func (o Order) answers(by roster.Person) error {
	switch {
	case o.State != Requested:
		return fault.New(fault.Conflict, "erasure %s is %s", o.ID, o.State)
	case !by.Human() || by.ID == o.By:
		return fault.New(fault.Forbidden, "erasure %s: another person than %s answers", o.ID, o.By)
	}
	return nil
}
