package dossier

import (
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/roster"
)

// AskingKind is what was asked of whom.
type AskingKind string

// Kinds of asking.
const (
	Task       AskingKind = "task"        // of one person of the team
	Request    AskingKind = "request"     // for information, of an agency
	ForeignIn  AskingKind = "foreign_in"  // another state asks us to designate: prompt determination
	ForeignOut AskingKind = "foreign_out" // we ask another state
)

var kinds = []AskingKind{Task, Request, ForeignIn, ForeignOut}

// AskingState is where an asking stands.
type AskingState string

// States of an asking. What is overdue can still be answered.
const (
	Waiting   AskingState = "waiting"
	Overdue   AskingState = "overdue"
	Answered  AskingState = "answered"
	Declined  AskingState = "declined"
	Cancelled AskingState = "cancelled"
)

// AskingTransitions are the states of an asking.
var AskingTransitions = event.Table[AskingState]{
	"":      {"dossier.asked": Waiting},
	Waiting: {"dossier.answered": Answered, "dossier.declined": Declined, "dossier.cancelled": Cancelled, "dossier.overdue": Overdue},
	Overdue: {"dossier.answered": Answered, "dossier.declined": Declined, "dossier.cancelled": Cancelled},
}

// Asked is a task, a request for information, or a foreign request.
type Asked struct {
	Key   string         `json:"key"`
	What  AskingKind     `json:"what"`
	To    string         `json:"to"`             // person, organisation or state that is to answer
	From  string         `json:"from,omitempty"` // state that asks us
	Text  string         `json:"text"`
	Clock deadline.Clock `json:"clock"`
}

// Answer is what came back. A foreign request is answered by a determination,
// and its refusal by reasons (Declined).
type Answer struct {
	Key       string        `json:"key"`
	Text      string        `json:"text"`
	Materials []material.ID `json:"materials,omitempty"`
}

// Refusal says why an asking is not answered.
type Refusal struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// Cancellation says why an answer is no longer wanted.
type Cancellation struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// RanOut says that a clock ran out, and what the rule makes of it.
type RanOut struct {
	Key    string          `json:"key"`
	Effect deadline.Effect `json:"effect"`
	Due    time.Time       `json:"due"`
}

// ClockPaused stops the clock of an asking.
type ClockPaused struct {
	Key    string         `json:"key"`
	Reason string         `json:"reason"`
	Clock  deadline.Clock `json:"clock"` // after it
}

// ClockResumed lets it run again.
type ClockResumed struct {
	Key   string         `json:"key"`
	Clock deadline.Clock `json:"clock"`
}

// ClockExtended gives it more time.
type ClockExtended struct {
	Key   string         `json:"key"`
	Clock deadline.Clock `json:"clock"`
}

// The kinds, stored for ever.
func (Asked) Kind() string         { return "dossier.asked" }
func (Answer) Kind() string        { return "dossier.answered" }
func (Refusal) Kind() string       { return "dossier.declined" }
func (Cancellation) Kind() string  { return "dossier.cancelled" }
func (RanOut) Kind() string        { return "dossier.overdue" }
func (ClockPaused) Kind() string   { return "dossier.clock_paused" }
func (ClockResumed) Kind() string  { return "dossier.clock_resumed" }
func (ClockExtended) Kind() string { return "dossier.clock_extended" }

// Asking is an asking as it stands.
type Asking struct {
	Asked
	State  AskingState     `json:"state"`
	By     roster.PersonID `json:"by,omitempty"` // who asked
	Answer Answer          `json:"answer,omitzero"`
	Reason string          `json:"reason,omitempty"` // of refusal or cancellation
}

// asking returns the asking of that key.
func (d Dossier) asking(key string) (Asking, error) {
	i := slices.IndexFunc(d.Askings, func(a Asking) bool { return a.Key == key })
	if i < 0 {
		return Asking{}, fault.New(fault.NotFound, "dossier %s has no request %q", d.ID, key)
	}
	return d.Askings[i], nil
}

// Ask asks a person, an agency or a state. The clock is that of the statute; it
// may have begun before now (a foreign request runs from when it was received),
// never later.
func (d Dossier) Ask(by roster.Person, at time.Time, a Asked) ([]event.Event, error) {
	if err := d.editable(by); err != nil {
		return nil, err
	}
	switch {
	case a.Key == "" || a.To == "" || a.Text == "" || !slices.Contains(kinds, a.What):
		return nil, fault.New(fault.Invalid, "asking: want a key, one of %q, to whom, and what", kinds)
	case a.What == ForeignIn && a.From == "":
		return nil, fault.New(fault.Invalid, "asking %q: which state asks?", a.Key)
	case slices.ContainsFunc(d.Askings, func(x Asking) bool { return x.Key == a.Key }):
		return nil, fault.New(fault.Conflict, "asking %q: that key is taken", a.Key)
	case a.Clock.Started.IsZero() || a.Clock.Started.After(at) || !a.Clock.Done.IsZero() || len(a.Clock.Pauses)+len(a.Clock.Extensions) > 0:
		return nil, fault.New(fault.Invalid, "asking %q: want a deadline that runs and has not yet begun to change", a.Key)
	}
	return one(a)
}

// Answer records what came back, in whatever state the dossier is: an answer is
// never lost.
func (d Dossier) Answer(by roster.Person, a Answer) ([]event.Event, error) {
	if a.Text == "" && len(a.Materials) == 0 {
		return nil, fault.New(fault.Invalid, "answering %q: the answer is empty", a.Key)
	}
	return d.answered(by, a.Key, a)
}

// Decline records a refusal with its reasons.
func (d Dossier) Decline(by roster.Person, key, reason string) ([]event.Event, error) {
	if reason == "" {
		return nil, fault.New(fault.Invalid, "declining %q: want a reason", key)
	}
	return d.answered(by, key, Refusal{key, reason})
}

// Cancel takes an asking back. A foreign request is determined, never cancelled.
func (d Dossier) Cancel(by roster.Person, key, reason string) ([]event.Event, error) {
	a, err := d.asking(key)
	switch {
	case err != nil:
		return nil, err
	case reason == "":
		return nil, fault.New(fault.Invalid, "cancelling %q: want a reason", key)
	case a.What == ForeignIn:
		return nil, fault.New(fault.Conflict, "cancelling %q: the request of %s wants a determination", key, a.From)
	}
	return d.answered(by, key, Cancellation{key, reason})
}

func (d Dossier) answered(by roster.Person, key string, e event.Event) ([]event.Event, error) {
	a, err := d.asking(key)
	if err != nil {
		return nil, err
	}
	if err := d.allowed(by); err != nil {
		return nil, err
	}
	if _, ok := AskingTransitions.Next(a.State, e.Kind()); !ok {
		return nil, fault.New(fault.Conflict, "request %q is %s", key, a.State)
	}
	return one(e)
}

// Expire records that the clock of an asking ran out. It returns no event
// before that, or if it was recorded.
func (d Dossier) Expire(key string, at time.Time) ([]event.Event, error) {
	a, err := d.asking(key)
	if err != nil {
		return nil, err
	}
	if a.State != Waiting || a.Clock.State(at).Phase != deadline.Expired {
		return nil, nil
	}
	return one(RanOut{key, a.Clock.Rule.OnExpiry, a.Clock.Due})
}

// running returns the asking if its clock can still change.
func (d Dossier) running(by roster.Person, key string) (Asking, error) {
	a, err := d.asking(key)
	if err != nil {
		return a, err
	}
	if a.State != Waiting {
		return a, fault.New(fault.Conflict, "request %q is %s", key, a.State)
	}
	return a, d.allowed(by)
}

// Pause stops the clock of an asking, for a reason.
func (d Dossier) Pause(by roster.Person, at time.Time, key, reason string) ([]event.Event, error) {
	a, err := d.running(by, key)
	if err != nil {
		return nil, err
	}
	c, err := a.Clock.Pause(at, reason)
	if err != nil {
		return nil, err
	}
	return one(ClockPaused{key, reason, c})
}

// Resume lets the clock of an asking run again.
func (d Dossier) Resume(by roster.Person, at time.Time, key string) ([]event.Event, error) {
	a, err := d.running(by, key)
	if err != nil {
		return nil, err
	}
	c, err := a.Clock.Resume(at)
	if err != nil {
		return nil, err
	}
	return one(ClockResumed{key, c})
}

// Extend gives an asking more time. Another person than the one who asked
// extends it.
func (d Dossier) Extend(by roster.Person, at time.Time, key string, span deadline.Span, cal deadline.Calendar, reason string) ([]event.Event, error) {
	a, err := d.running(by, key)
	if err != nil {
		return nil, err
	}
	if by.ID == a.By {
		return nil, fault.New(fault.Forbidden, "extending %q: another person than %s extends it", key, a.By)
	}
	c, err := a.Clock.Extend(at, span, cal, reason, string(by.ID))
	if err != nil {
		return nil, err
	}
	return one(ClockExtended{key, c})
}
