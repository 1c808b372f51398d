package report

import (
	"time"

	"interdict/internal/event"
	"interdict/internal/id"
	"interdict/internal/roster"
)

// ID is the id of a report.
type ID = id.Of[Report]

// IDPrefix begins the ids of reports.
func (Report) IDPrefix() string { return "R" }

// Stream returns the stream of a report.
func Stream(i ID) string { return "report/" + i.String() }

// State is where a report stands.
type State string

// States.
const (
	Filed      State = "filed"     // waits for the authority
	Questioned State = "need_more" // the authority asks for more: a new report supersedes this one
	Answered   State = "answered"
	Superseded State = "superseded"
	Refused    State = "refused" // the authority did not take it: a new report supersedes this one
)

// Transitions are the states of a report.
var Transitions = event.Table[State]{
	"": {"report.filed": Filed},
	Filed: {
		"report.answered": Answered, "report.questioned": Questioned, "report.superseded": Superseded,
		"report.delivered": Filed, "report.refused": Refused, "report.lifted": Filed,
	},
	Questioned: {"report.answered": Answered, "report.superseded": Superseded, "report.lifted": Questioned},
	Answered:   {"report.lifted": Answered},
	Refused:    {"report.superseded": Superseded, "report.lifted": Refused},
	Superseded: {"report.delivered": Superseded, "report.refused": Superseded},
}

// What is what a report is of (criterion 6.5(e) of the FATF methodology).
type What string

// What may be reported.
const (
	Frozen       What = "frozen"        // funds were frozen
	Attempted    What = "attempted"     // a transaction was attempted
	Rejected     What = "rejected"      // and refused
	Released     What = "released"      // what was frozen is free again
	PartialMatch What = "partial_match" // a name matches, who it is cannot be told
	Nil          What = "nil"           // the book was looked through and nothing found
)

// Whats returns everything that may be reported.
func Whats() []What { return []What{Frozen, Attempted, Rejected, Released, PartialMatch, Nil} }

// Limb is how assets belong to the listed subject (INR.6, criterion 6.5(b)).
type Limb string

// Limbs.
const (
	Owned      Limb = "owned"
	Controlled Limb = "controlled"
	Joint      Limb = "joint"
	Indirect   Limb = "indirect"
	Derived    Limb = "derived"
	ActingFor  Limb = "acting_for"
)

var limbs = []Limb{Owned, Controlled, Joint, Indirect, Derived, ActingFor}

// Asset is one sum of a report.
type Asset struct {
	Limb     Limb   `json:"limb" enum:"owned,controlled,joint,indirect,derived,acting_for"`
	Count    int    `json:"count" doc:"accounts, transactions or other assets that the sum is of"`
	Amount   int64  `json:"amount" doc:"in the smallest unit of the currency"`
	Currency string `json:"currency" doc:"ISO 4217"`
}

// Filing reports on an entry of the list.
type Filing struct {
	ID         ID                    `json:"id"`
	Owner      roster.OrganisationID `json:"owner"`
	What       What                  `json:"what"`
	Edition    int64                 `json:"edition"`             // sequence of the edition that was screened against
	Entry      string                `json:"entry,omitempty"`     // reference in the list; none with nil
	Customers  int                   `json:"customers"`           // concerned; with nil, looked through
	Assets     []Asset               `json:"assets,omitempty"`    // by limb and currency
	Matched    time.Time             `json:"matched,omitzero"`    // the institution's instants
	Acted      time.Time             `json:"acted,omitzero"`      // frozen, refused, released
	Reference  string                `json:"reference"`           // the institution's own number of the case
	Supersedes ID                    `json:"supersedes,omitzero"` // report of ours that this one corrects
	Alert      string                `json:"alert,omitempty"`     // that it rests on, in the institution's own ledger; never sent
}

// Verdict is what the authority answers.
type Verdict string

// Verdicts.
const (
	TrueMatch Verdict = "true_match"
	NotThem   Verdict = "not_this_person"
	Noted     Verdict = "noted"
	NeedMore  Verdict = "need_more"
)

// Verdicts returns every verdict in the order of the constants.
func Verdicts() []Verdict { return []Verdict{TrueMatch, NotThem, Noted, NeedMore} }

// Answer is the authority's word on a report.
type Answer struct {
	Verdict Verdict `json:"verdict"`
	Note    string  `json:"note,omitempty"`
}

// Question asks for more.
type Question struct {
	Note string `json:"note"`
}

// Replaced says which report took the place of this one.
type Replaced struct {
	By ID `json:"by"`
}

// The kinds, stored for ever.
func (Filing) Kind() string   { return "report.filed" }
func (Answer) Kind() string   { return "report.answered" }
func (Question) Kind() string { return "report.questioned" }
func (Replaced) Kind() string { return "report.superseded" }

// Events makes r read and write the events of reports and editions.
func Events(r *event.Registry) {
	event.Register[Receipt](r)
	event.Register[Filing](r)
	event.Register[Answer](r)
	event.Register[Question](r)
	event.Register[Replaced](r)
	event.Register[Delivery](r)
	event.Register[Refusal](r)
	event.Register[Relay](r)
	event.Register[Lifting](r)
	event.Register[Posted](r)
	event.Register[Silence](r)
	event.Register[InTime](r)
}

// Report is one report as it stands.
type Report struct {
	Filing
	State    State           `json:"state"`
	Version  uint64          `json:"version"`
	By       roster.PersonID `json:"by"`
	At       time.Time       `json:"at"` // received by the authority, by its clock
	Answer   Answer          `json:"answer,omitzero"`
	Answerer roster.PersonID `json:"answered_by,omitempty"`
	Replaced ID              `json:"superseded_by,omitzero"`

	// In the ledger of the institution that made it.
	Delivery Delivery  `json:"delivery,omitzero"`
	Refused  string    `json:"refused,omitempty"` // why the authority did not take it
	Answered time.Time `json:"answered,omitzero"` // by the authority's clock
	Lifted   *Lifting  `json:"lifted,omitempty"`  // what was frozen is to be released
}

// Apply returns r as it is after e.
func (r Report) Apply(e event.Event, env event.Envelope) Report {
	if x, ok := e.(Relay); ok {
		r.State, _ = r.relayed(x)
	} else {
		r.State, _ = Transitions.Next(r.State, e.Kind())
	}
	r.Version = env.Version
	switch e := e.(type) {
	case Filing:
		r.Filing, r.By, r.At = e, roster.PersonID(env.By), env.At
	case Answer:
		r.Answer, r.Answerer = e, roster.PersonID(env.By)
	case Question:
		r.Answer, r.Answerer = Answer{NeedMore, e.Note}, roster.PersonID(env.By)
	case Replaced:
		r.Replaced = e.By
	case Delivery:
		r.Delivery = e
	case Refusal:
		r.Refused = e.Why
	case Relay:
		r.Answer, r.Answered = e.Answer, e.At
	case Lifting:
		r.Lifted = &e
	}
	return r
}
