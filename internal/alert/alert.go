package alert

import (
	"slices"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/record"
	"interdict/internal/roster"
)

// ID is the id of an alert.
type ID = id.Of[Alert]

// IDPrefix begins the ids of alerts.
func (Alert) IDPrefix() string { return "A" }

// Stream returns the stream of an alert.
func Stream(i ID) string { return "alert/" + i.String() }

// State is where an alert stands.
type State string

// States.
const (
	Open      State = "open"      // waits for triage
	Snoozed   State = "snoozed"   // waits until a day
	Escalated State = "escalated" // belongs to a dossier
	Closed    State = "closed"    // every hit is disposed of, none is the subject
)

// Transitions are the states of an alert.
var Transitions = event.Table[State]{
	"":        {"alert.raised": Open},
	Open:      {"alert.snoozed": Snoozed, "alert.escalated": Escalated, "alert.closed": Closed, "alert.reported": Open, "alert.entry_ended": Open},
	Snoozed:   {"alert.woken": Open, "alert.escalated": Escalated, "alert.reported": Snoozed, "alert.entry_ended": Snoozed},
	Escalated: {"alert.closed": Closed, "alert.reported": Escalated, "alert.entry_ended": Escalated},
	Closed:    {"alert.reopened": Open},
}

// HitState is where the judgement of a hit stands.
type HitState string

// States of a hit. Unsure keeps the alert open.
const (
	Waiting   HitState = "waiting"
	Same      HitState = "same"      // it is the listed subject
	Different HitState = "different" // it is somebody else
	Unsure    HitState = "unsure"    // not enough is known
)

// HitTransitions are the states of a hit. A judgement may be mended while the
// alert is not closed.
var HitTransitions = event.Table[HitState]{
	"":        {"alert.raised": Waiting},
	Waiting:   {"alert.hit_same": Same, "alert.hit_different": Different, "alert.hit_unsure": Unsure},
	Same:      {"alert.hit_different": Different, "alert.hit_unsure": Unsure},
	Different: {"alert.hit_same": Same, "alert.hit_unsure": Unsure},
	Unsure:    {"alert.hit_same": Same, "alert.hit_different": Different},
}

// Channel is where an alert came from.
type Channel string

// Channels.
const (
	FromMaterial  Channel = "material"
	FromPayment   Channel = "payment"
	FromBook      Channel = "book"
	FromRescreen  Channel = "rescreening"
	FromDocument  Channel = "document"
	FromOnboarded Channel = "onboarding"
)

var channels = []Channel{FromMaterial, FromPayment, FromBook, FromRescreen, FromDocument, FromOnboarded}

// Hit is one entry found.
type Hit struct {
	Key          string      `json:"key"`           // unique in the alert
	Entry        string      `json:"entry"`         // list and key of the entry
	EntryVersion string      `json:"entry_version"` // hash of what the entry said
	Name         string      `json:"name"`          // the listed name that matched
	Path         string      `json:"path"`          // element, field or span of what was screened
	Score        int         `json:"score"`         // of 10000
	Band         string      `json:"band"`
	Excluded     ExclusionID `json:"excluded,omitzero"` // exclusion that covers it; the hit is kept all the same
}

// Disposed is a hit with its judgement.
type Disposed struct {
	Hit
	State  HitState        `json:"state"`
	By     roster.PersonID `json:"by,omitempty"`
	At     time.Time       `json:"at"`
	Reason string          `json:"reason,omitempty"`
}

// Raised is what screening found, and against what.
type Raised struct {
	ID       ID                    `json:"id"`
	Owner    roster.OrganisationID `json:"owner"` // whose alert it is
	Channel  Channel               `json:"channel"`
	Source   string                `json:"source"`            // id of the material, payment, customer …
	Subject  string                `json:"subject"`           // hash of what was screened
	Screened record.Subject        `json:"screened,omitzero"` // what was screened, as it was given; none in alerts of before 2026-11
	Snapshot string                `json:"snapshot"`
	Profile  string                `json:"profile"`
	Hits     []Hit                 `json:"hits"`
}

// Snooze puts an alert off until an instant.
type Snooze struct {
	Until  time.Time `json:"until"`
	Reason string    `json:"reason"`
}

// Woken says why a snoozed alert is back.
type Woken struct {
	Why string `json:"why"`
}

// SameHit says that a hit is the listed subject.
type SameHit struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// DifferentHit says that a hit is somebody else.
type DifferentHit struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// UnsureHit says that not enough is known.
type UnsureHit struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// Escalation hands an alert to a dossier.
type Escalation struct {
	Dossier string `json:"dossier"`
	Reason  string `json:"reason"`
}

// Closure ends an alert.
type Closure struct {
	Reason string `json:"reason"`
}

// Reopening says why a closed alert is open again.
type Reopening struct {
	Reason string `json:"reason"`
}

// The kinds, stored for ever.
func (Raised) Kind() string       { return "alert.raised" }
func (Snooze) Kind() string       { return "alert.snoozed" }
func (Woken) Kind() string        { return "alert.woken" }
func (SameHit) Kind() string      { return "alert.hit_same" }
func (DifferentHit) Kind() string { return "alert.hit_different" }
func (UnsureHit) Kind() string    { return "alert.hit_unsure" }
func (Escalation) Kind() string   { return "alert.escalated" }
func (Closure) Kind() string      { return "alert.closed" }
func (Reopening) Kind() string    { return "alert.reopened" }

// Events makes r read and write the events of alerts and exclusions.
func Events(r *event.Registry) {
	event.Register[Raised](r)
	event.Register[Snooze](r)
	event.Register[Woken](r)
	event.Register[SameHit](r)
	event.Register[DifferentHit](r)
	event.Register[UnsureHit](r)
	event.Register[Escalation](r)
	event.Register[Closure](r)
	event.Register[Reopening](r)
	event.Register[Reporting](r)
	event.Register[EntryEnded](r)
	event.Register[Requested](r)
	event.Register[Certified](r)
	event.Register[Approved](r)
	event.Register[Denied](r)
	event.Register[Ended](r)
}

// Alert is one alert as it stands.
type Alert struct {
	Raised
	State   State        `json:"state"`
	At      time.Time    `json:"at"`
	Version uint64       `json:"version"`
	Hits    []Disposed   `json:"hits,omitempty"`
	Until   time.Time    `json:"until,omitzero"`    // end of the snooze
	Back    string       `json:"back,omitempty"`    // why it is back from its last snooze
	Dossier string       `json:"dossier,omitempty"` // that it was escalated to
	Reports []string     `json:"reports,omitempty"` // that were filed on it
	Ended   []EntryEnded `json:"ended,omitempty"`   // entries that a list ended since
}

// Apply returns a as it is after e.
func (a Alert) Apply(e event.Event, env event.Envelope) Alert {
	a.State, _ = Transitions.Next(a.State, e.Kind())
	a.Version = env.Version
	switch e := e.(type) {
	case Raised:
		a.Raised, a.At = e, env.At
		for _, h := range e.Hits {
			a.Hits = append(slices.Clip(a.Hits), Disposed{Hit: h, State: Waiting})
		}
	case Snooze:
		a.Until, a.Back = e.Until, ""
	case Woken:
		a.Until, a.Back = time.Time{}, e.Why
	case Reopening:
		a.Until, a.Reports = time.Time{}, nil
	case SameHit:
		a = a.dispose(e.Key, e.Reason, env)
	case DifferentHit:
		a = a.dispose(e.Key, e.Reason, env)
	case UnsureHit:
		a = a.dispose(e.Key, e.Reason, env)
	case Escalation:
		a.Dossier, a.Until = e.Dossier, time.Time{}
	case Reporting:
		a.Reports = append(slices.Clip(a.Reports), e.Report)
	case EntryEnded:
		a.Ended = append(slices.Clip(a.Ended), e)
	}
	return a
}

func (a Alert) dispose(key, reason string, env event.Envelope) Alert {
	a.Hits = slices.Clone(a.Hits)
	for i := range a.Hits {
		if h := &a.Hits[i]; h.Key == key {
			h.State, _ = HitTransitions.Next(h.State, env.Kind)
			h.By, h.At, h.Reason = roster.PersonID(env.By), env.At, reason
		}
	}
	return a
}

// Holder is who judged in it last, "" if nobody did: the others take another one.
func (a Alert) Holder() roster.PersonID {
	var last Disposed
	for _, h := range a.Hits {
		if h.By != "" && h.At.After(last.At) {
			last = h
		}
	}
	return last.By
}

// Waits returns how many hits are still to be judged.
func (a Alert) Waits() int {
	n := 0
	for _, h := range a.Hits {
		if h.State == Waiting || h.State == Unsure {
			n++
		}
	}
	return n
}

// Raise opens an alert for the hits of one answer. All of them are kept,
// those that an exclusion covers too.
func (a Alert) Raise(r Raised) ([]event.Event, error) {
	if a.State != "" {
		return nil, fault.New(fault.Conflict, "raising alert %s: it is %s", a.ID, a.State)
	}
	if r.ID.IsZero() || r.Owner == "" || r.Source == "" || r.Subject == "" || r.Snapshot == "" || r.Profile == "" || len(r.Hits) == 0 {
		return nil, fault.New(fault.Invalid, "raising an alert: want id, owner, source, subject, snapshot, profile and at least one hit")
	}
	if !slices.Contains(channels, r.Channel) {
		return nil, fault.New(fault.Invalid, "raising an alert: channel %q: one of %q", r.Channel, channels)
	}
	keys := map[string]bool{}
	for _, h := range r.Hits {
		if h.Key == "" || keys[h.Key] || h.Entry == "" || h.EntryVersion == "" || h.Name == "" {
			return nil, fault.New(fault.Invalid, "raising an alert: hit %q: want a key of its own, an entry with its version, and a name", h.Key)
		}
		keys[h.Key] = true
	}
	return []event.Event{r}, nil
}

// Same judges that a hit is the listed subject.
func (a Alert) Same(by roster.Person, key, reason string) ([]event.Event, error) {
	return a.judged(by, key, reason, SameHit{key, reason})
}

// Different judges that a hit is somebody else.
func (a Alert) Different(by roster.Person, key, reason string) ([]event.Event, error) {
	return a.judged(by, key, reason, DifferentHit{key, reason})
}

// Unsure says that not enough is known to judge a hit.
func (a Alert) Unsure(by roster.Person, key, reason string) ([]event.Event, error) {
	return a.judged(by, key, reason, UnsureHit{key, reason})
}

func (a Alert) judged(by roster.Person, key, reason string, e event.Event) ([]event.Event, error) {
	i := slices.IndexFunc(a.Hits, func(h Disposed) bool { return h.Key == key })
	switch {
	case i < 0:
		return nil, fault.New(fault.NotFound, "judging hit %q: alert %s has none", key, a.ID)
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "judging hit %q: a person judges", key)
	case reason == "":
		return nil, fault.New(fault.Invalid, "judging hit %q: want a reason", key)
	case a.State != Open && a.State != Escalated:
		return nil, fault.New(fault.Conflict, "judging hit %q: the alert is %s", key, a.State)
	}
	if _, ok := HitTransitions.Next(a.Hits[i].State, e.Kind()); !ok {
		return nil, fault.New(fault.Conflict, "judging hit %q: it is %s", key, a.Hits[i].State)
	}
	return []event.Event{e}, nil
}

// step answers e if it may happen now, for a reason.
func (a Alert) step(by roster.Person, reason string, e event.Event) ([]event.Event, error) {
	if !by.Human() {
		return nil, fault.New(fault.Forbidden, "alert %s: a person does that", a.ID)
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "alert %s: want a reason", a.ID)
	}
	if _, ok := Transitions.Next(a.State, e.Kind()); !ok {
		return nil, fault.New(fault.Conflict, "alert %s is %q: no %s now", a.ID, a.State, e.Kind())
	}
	return []event.Event{e}, nil
}

// PutOff snoozes the alert until an instant.
func (a Alert) PutOff(by roster.Person, at, until time.Time, reason string) ([]event.Event, error) {
	if !until.After(at) {
		return nil, fault.New(fault.Invalid, "snoozing alert %s: want a later time than now", a.ID)
	}
	return a.step(by, reason, Snooze{until.UTC(), reason})
}

// Wake brings a snoozed alert back: by a person at any time, by the system when
// its time is over.
func (a Alert) Wake(by roster.Person, at time.Time, why string) ([]event.Event, error) {
	if _, ok := Transitions.Next(a.State, Woken{}.Kind()); !ok || why == "" {
		return nil, fault.New(fault.Conflict, "waking alert %s: it is %q; want a snoozed one and a reason", a.ID, a.State)
	}
	if !by.Human() && at.Before(a.Until) {
		return nil, fault.New(fault.Conflict, "waking alert %s: it sleeps until %s", a.ID, a.Until.Format(time.RFC3339))
	}
	return []event.Event{Woken{why}}, nil
}

// Escalate hands the alert to a dossier. It stays to be seen by whoever saw it.
func (a Alert) Escalate(by roster.Person, dossier, reason string) ([]event.Event, error) {
	if dossier == "" {
		return nil, fault.New(fault.Invalid, "escalating alert %s: name the dossier", a.ID)
	}
	return a.step(by, reason, Escalation{dossier, reason})
}

// Close ends the alert once every hit is disposed of. A hit that is the listed
// subject closes only with the dossier that it was escalated to, or once it was
// reported.
func (a Alert) Close(by roster.Person, reason string) ([]event.Event, error) {
	for _, h := range a.Hits {
		if h.State == Waiting || h.State == Unsure {
			return nil, fault.New(fault.Conflict, "closing alert %s: hit %s is %s", a.ID, h.Key, h.State)
		}
		if h.State == Same && a.State != Escalated && len(a.Reports) == 0 {
			return nil, fault.New(fault.Conflict, "closing alert %s: hit %s is the listed subject; escalate it, or report what was done", a.ID, h.Key)
		}
	}
	return a.step(by, reason, Closure{reason})
}

// Reopen opens a closed alert again; the judgements stay and may be mended.
func (a Alert) Reopen(by roster.Person, reason string) ([]event.Event, error) {
	return a.step(by, reason, Reopening{reason})
}
