package alert

import (
	"slices"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// Reporting says that what was found was reported, by which report.
type Reporting struct {
	Report string `json:"report"`
}

// EntryEnded says that a list does not hold the entry of a hit any more.
type EntryEnded struct {
	Key       string `json:"key"` // of the hit
	Source    string `json:"source"`
	Reference string `json:"reference"` // in that list
	On        string `json:"on,omitempty"`
}

// The kinds, stored for ever.
func (Reporting) Kind() string  { return "alert.reported" }
func (EntryEnded) Kind() string { return "alert.entry_ended" }

// Report says that what was found was reported. A hit that is the listed subject
// is disposed of by that: the alert may be closed.
func (a Alert) Report(by roster.Person, report string) ([]event.Event, error) {
	e := Reporting{report}
	switch _, ok := Transitions.Next(a.State, e.Kind()); {
	case report == "":
		return nil, fault.New(fault.Invalid, "reporting alert %s: name the report", a.ID)
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "reporting alert %s: a person does that", a.ID)
	case !ok:
		return nil, fault.New(fault.Conflict, "reporting alert %s: it is %s", a.ID, a.State)
	}
	return []event.Event{e}, nil
}

// End says of an alert that waits that a list ended the entry of a hit. Said
// once, it is not said again; a closed alert is left alone. The judgement
// stays a person's.
func (a Alert) End(e EntryEnded) []event.Event {
	known := slices.ContainsFunc(a.Ended, func(x EntryEnded) bool { return x.Key == e.Key && x.Source == e.Source && x.Reference == e.Reference })
	if _, ok := Transitions.Next(a.State, e.Kind()); !ok || known || !slices.ContainsFunc(a.Hits, func(h Disposed) bool { return h.Key == e.Key }) {
		return nil
	}
	return []event.Event{e}
}
