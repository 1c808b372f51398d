package alert

import (
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/roster"
)

// ExclusionID is the id of an exclusion.
type ExclusionID = id.Of[Exclusion]

// IDPrefix begins the ids of exclusions.
func (Exclusion) IDPrefix() string { return "X" }

// ExclusionStream returns the stream of an exclusion.
func ExclusionStream(i ExclusionID) string { return "exclusion/" + i.String() }

// ExclusionState is where an exclusion stands.
type ExclusionState string

// States of an exclusion. Whether it covers a hit depends on the scope and the
// time as well (Covers): one that no longer fits has no effect even before its
// end is recorded.
const (
	Pending ExclusionState = "pending"
	InForce ExclusionState = "in_force"
	Refused ExclusionState = "refused"
	Over    ExclusionState = "over"
)

// ExclusionTransitions are the states of an exclusion. Nothing leads out of an
// end: it is asked for anew.
var ExclusionTransitions = event.Table[ExclusionState]{
	"":      {"alert.exclusion_requested": Pending, "alert.exclusion_certified": InForce},
	Pending: {"alert.exclusion_approved": InForce, "alert.exclusion_denied": Refused, "alert.exclusion_ended": Over},
	InForce: {"alert.exclusion_ended": Over},
}

// Anywhere is the channel of a certificate, which holds wherever its bearer
// appears. Nobody can ask for it otherwise.
const Anywhere Channel = "anywhere"

// Scope is the one hit that is excluded: all of it must be the same.
type Scope struct {
	Subject      string  `json:"subject"` // hash of the customer's or person's data
	Entry        string  `json:"entry"`
	EntryVersion string  `json:"entry_version"`
	Name         string  `json:"name"` // the listed name that matched
	Channel      Channel `json:"channel"`
	Profile      string  `json:"profile"` // scoring profile
}

// complete reports whether every part of the scope is given.
func (s Scope) complete() bool {
	return s.Subject != "" && s.Entry != "" && s.EntryVersion != "" && s.Name != "" && s.Channel != "" && s.Profile != ""
}

// Requested asks for an exclusion.
type Requested struct {
	ID       ExclusionID           `json:"id"`
	Owner    roster.OrganisationID `json:"owner"`
	Scope    Scope                 `json:"scope"`
	Code     string                `json:"code"` // coded reason
	Reason   string                `json:"reason"`
	Evidence []string              `json:"evidence,omitempty"` // hashes in the vault
	Until    time.Time             `json:"until"`
}

// Certified is an exclusion by a namesake certificate of the commission. Its
// decision was drafted and signed by two persons; it needs no third.
type Certified struct {
	ID          ExclusionID           `json:"id"`
	Owner       roster.OrganisationID `json:"owner"`
	Scope       Scope                 `json:"scope"`
	Certificate string                `json:"certificate"` // id of the decision
	Until       time.Time             `json:"until"`
}

// Approved puts an exclusion in force.
type Approved struct {
	Note string `json:"note,omitempty"`
}

// Denied refuses an exclusion.
type Denied struct {
	Reason string `json:"reason"`
}

// End is why an exclusion is over.
type End string

// Ends.
const (
	TimeOver           End = "time_over"
	EntryChanged       End = "entry_changed"
	SubjectChanged     End = "subject_changed"
	ProfileChanged     End = "profile_changed"
	CertificateRevoked End = "certificate_revoked"
	TakenBack          End = "taken_back"
)

// Ended says that an exclusion is over.
type Ended struct {
	Why    End    `json:"why"`
	Detail string `json:"detail,omitempty"`
}

// The kinds, stored for ever.
func (Requested) Kind() string { return "alert.exclusion_requested" }
func (Certified) Kind() string { return "alert.exclusion_certified" }
func (Approved) Kind() string  { return "alert.exclusion_approved" }
func (Denied) Kind() string    { return "alert.exclusion_denied" }
func (Ended) Kind() string     { return "alert.exclusion_ended" }

// Exclusion is one exclusion as it stands.
type Exclusion struct {
	ID          ExclusionID           `json:"id"`
	Owner       roster.OrganisationID `json:"owner,omitempty"`
	Scope       Scope                 `json:"scope,omitempty"`
	Code        string                `json:"code,omitempty"`
	Reason      string                `json:"reason,omitempty"`
	Evidence    []string              `json:"evidence,omitempty"`
	Certificate string                `json:"certificate,omitempty"`
	From        time.Time             `json:"from,omitzero"`
	Until       time.Time             `json:"until,omitzero"`
	State       ExclusionState        `json:"state"`
	AskedBy     roster.PersonID       `json:"asked_by,omitempty"`
	AnsweredBy  roster.PersonID       `json:"answered_by,omitempty"`
	Why         End                   `json:"why,omitempty"`
	Version     uint64                `json:"version"`
}

// Apply returns x as it is after e.
func (x Exclusion) Apply(e event.Event, env event.Envelope) Exclusion {
	x.State, _ = ExclusionTransitions.Next(x.State, e.Kind())
	x.Version = env.Version
	by := roster.PersonID(env.By)
	switch e := e.(type) {
	case Requested:
		x.ID, x.Owner, x.Scope, x.Code, x.Reason, x.Evidence, x.Until, x.AskedBy = e.ID, e.Owner, e.Scope, e.Code, e.Reason, e.Evidence, e.Until, by
	case Certified:
		x.ID, x.Owner, x.Scope, x.Certificate, x.Until, x.From, x.AskedBy = e.ID, e.Owner, e.Scope, e.Certificate, e.Until, env.At, by
	case Approved:
		x.From, x.AnsweredBy = env.At, by
	case Denied:
		x.AnsweredBy = by
	case Ended:
		x.Why = e.Why
	}
	return x
}

// months is how long an exclusion lasts unless another end is given, and how
// long at most (screening-quality 3).
const months = 12

// Request asks for an exclusion. Without an end it lasts twelve months; a
// longer one is refused.
func (x Exclusion) Request(by roster.Person, at time.Time, r Requested) ([]event.Event, error) {
	limit := at.AddDate(0, months, 0).UTC()
	if r.Until.IsZero() {
		r.Until = limit
	}
	switch {
	case x.State != "":
		return nil, fault.New(fault.Conflict, "requesting exclusion %s: it is %s", x.ID, x.State)
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "requesting an exclusion: a person asks")
	case r.ID.IsZero() || r.Owner == "" || r.Code == "" || r.Reason == "":
		return nil, fault.New(fault.Invalid, "requesting an exclusion: want id, owner, coded reason and text")
	case !r.Scope.complete() || r.Scope.Channel == Anywhere:
		return nil, fault.New(fault.Invalid, "requesting an exclusion: want the whole scope: subject, entry and version, name, channel, profile; never a bare name")
	case !r.Until.After(at) || r.Until.After(limit):
		return nil, fault.New(fault.Invalid, "requesting an exclusion: want an end within %d months", months)
	}
	return []event.Event{r}, nil
}

// Certify records an exclusion that a certificate gives.
func (x Exclusion) Certify(at time.Time, c Certified) ([]event.Event, error) {
	switch {
	case x.State != "":
		return nil, fault.New(fault.Conflict, "recording exclusion %s: it is %s", x.ID, x.State)
	case c.ID.IsZero() || c.Owner == "" || c.Certificate == "" || !c.Scope.complete() || !c.Until.After(at):
		return nil, fault.New(fault.Invalid, "recording an exclusion: want id, owner, certificate, the whole scope and an end")
	}
	return []event.Event{c}, nil
}

// Approve puts an exclusion in force. Who asked for it cannot.
func (x Exclusion) Approve(by roster.Person, at time.Time, note string) ([]event.Event, error) {
	if err := x.second(by, Approved{}.Kind()); err != nil {
		return nil, err
	}
	if at.After(x.Until) {
		return nil, fault.New(fault.Conflict, "approving exclusion %s: it would have ended", x.ID)
	}
	return []event.Event{Approved{note}}, nil
}

// Deny refuses an exclusion.
func (x Exclusion) Deny(by roster.Person, reason string) ([]event.Event, error) {
	if err := x.second(by, Denied{}.Kind()); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "denying exclusion %s: want a reason", x.ID)
	}
	return []event.Event{Denied{reason}}, nil
}

// second returns an error unless another person than the one who asked may
// answer now.
func (x Exclusion) second(by roster.Person, kind string) error {
	if _, ok := ExclusionTransitions.Next(x.State, kind); !ok {
		return fault.New(fault.Conflict, "answering exclusion %s: it is %q", x.ID, x.State)
	}
	if !by.Human() || by.ID == x.AskedBy {
		return fault.New(fault.Forbidden, "answering exclusion %s: another person than %s answers", x.ID, x.AskedBy)
	}
	return nil
}

// Withdraw ends an exclusion before its time: a person takes it back, or its
// certificate was revoked.
func (x Exclusion) Withdraw(why End, detail string) ([]event.Event, error) {
	if _, ok := ExclusionTransitions.Next(x.State, Ended{}.Kind()); !ok {
		return nil, fault.New(fault.Conflict, "ending exclusion %s: it is %q", x.ID, x.State)
	}
	if why != TakenBack && (why != CertificateRevoked || x.Certificate == "") || detail == "" {
		return nil, fault.New(fault.Invalid, "ending exclusion %s: want %q, or %q of a certificate, and a reason", x.ID, TakenBack, CertificateRevoked)
	}
	return []event.Event{Ended{why, detail}}, nil
}

// Covers reports whether the exclusion holds for what was found now at an instant.
// Everything must be as it was when it was approved.
func (x Exclusion) Covers(found Scope, at time.Time) bool {
	if x.State != InForce || at.After(x.Until) || at.Before(x.From) {
		return false
	}
	if x.Scope.Channel == Anywhere {
		found.Channel = Anywhere
	}
	return x.Scope == found
}

// Expire records the end of an exclusion that no longer fits what is there
// now: the same subject and entry, as they are now. It returns no event while
// everything is as it was.
func (x Exclusion) Expire(now Scope, at time.Time) []event.Event {
	if _, ok := ExclusionTransitions.Next(x.State, Ended{}.Kind()); !ok {
		return nil
	}
	switch {
	case at.After(x.Until):
		return []event.Event{Ended{Why: TimeOver}}
	case now.Entry != x.Scope.Entry || now.EntryVersion != x.Scope.EntryVersion || now.Name != x.Scope.Name:
		return []event.Event{Ended{EntryChanged, now.EntryVersion}}
	case now.Subject != x.Scope.Subject:
		return []event.Event{Ended{SubjectChanged, now.Subject}}
	case now.Profile != x.Scope.Profile:
		return []event.Event{Ended{ProfileChanged, now.Profile}}
	}
	return nil
}
