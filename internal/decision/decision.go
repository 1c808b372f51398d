package decision

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/id"
	"interdict/internal/record"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// ID is the id of a decision.
type ID = id.Of[Decision]

// IDPrefix begins the ids of decisions.
func (Decision) IDPrefix() string { return "E" }

// Stream returns the stream of a decision.
func Stream(i ID) string { return "decision/" + i.String() }

// State is where a decision stands.
type State string

// States. A pending decision has no effect.
const (
	Draft     State = "draft"
	Pending   State = "pending"  // signed by some, not yet in force
	InForce   State = "in_force" // later stages may still end it
	Refused   State = "refused"  // at a stage
	Lapsed    State = "lapsed"   // at a stage, by silence
	Ended     State = "ended"    // lifted, expired, replaced
	Withdrawn State = "withdrawn"
)

// Transitions are the states of a decision.
var Transitions = event.Table[State]{
	"":      {"decision.drafted": Draft},
	Draft:   {"decision.revised": Draft, "decision.signed": Pending, "decision.withdrawn": Withdrawn, "decision.lapsed": Lapsed},
	Pending: {"decision.signed": Pending, "decision.confirmed": Pending, "decision.took_effect": InForce, "decision.refused": Refused, "decision.lapsed": Lapsed},
	InForce: {"decision.signed": InForce, "decision.confirmed": InForce, "decision.refused": Refused, "decision.lapsed": Lapsed, "decision.ended": Ended},
}

// Measure is what a decision does.
type Measure string

// Measures.
const (
	Freeze      Measure = "freeze"
	Refuse      Measure = "refuse" // no grounds
	Amend       Measure = "amend"
	Lift        Measure = "lift"
	Extend      Measure = "extend"
	Exemption   Measure = "exemption"
	Certificate Measure = "certificate" // this person is not that one
)

var measures = []Measure{Freeze, Refuse, Amend, Lift, Extend, Exemption, Certificate}

// targets reports whether the measure changes an earlier decision.
func (m Measure) targets() bool { return m != Freeze && m != Refuse && m != Certificate }

// StageKind is how a stage is passed.
type StageKind string

// Kinds of stage (commission.md 5: collegial, hierarchical, judicial).
const (
	Vote    StageKind = "vote"    // of the commission; passed before the draft
	Sign    StageKind = "sign"    // by every office named, jointly if several
	Consent StageKind = "consent" // of an office that does not decide
	Court   StageKind = "court"   // confirms or refuses
)

// Stage is one step of the way that the statute prescribes.
type Stage struct {
	ID        string         `json:"id"`
	Kind      StageKind      `json:"kind"`
	Offices   []string       `json:"offices,omitempty"`
	Rule      *deadline.Rule `json:"rule,omitempty"`      // clock of the stage; its effect is that of silence
	Effective bool           `json:"effective,omitempty"` // in force once this stage is passed; the last one always is
}

// Ballot is the count that a decision rests on.
type Ballot struct {
	Session session.ID    `json:"session"`
	Item    string        `json:"item"`
	Tally   session.Tally `json:"tally"`
}

// Allowance is what an exemption allows.
type Allowance struct {
	Kind     string `json:"kind"` // basic_expenses, extraordinary, humanitarian …
	Terms    string `json:"terms"`
	Amount   int64  `json:"amount,omitempty"` // in the smallest unit of the currency
	Currency string `json:"currency,omitempty"`
	Per      string `json:"per,omitempty"` // month, once …
}

// Bearer is whom a certificate clears, of which entry in which version.
type Bearer struct {
	Subject      string `json:"subject"` // hash of the person's data
	Entry        string `json:"entry"`
	EntryVersion string `json:"entry_version"`
	Name         string `json:"name"` // the listed name that matches
}

// Text is the reasons of a decision.
type Text struct {
	Open   string `json:"open"`
	Closed string `json:"closed,omitempty"`
}

// Signature is one office that signed.
type Signature struct {
	Stage  string          `json:"stage,omitempty"`
	Office string          `json:"office,omitempty"`
	By     roster.PersonID `json:"by,omitempty"`
	At     time.Time       `json:"at"`
}

// Decision is one decision as it stands.
type Decision struct {
	Drafted
	State      State             `json:"state"`
	Version    uint64            `json:"version"`
	Drafters   []roster.PersonID `json:"drafters,omitempty"`
	Signatures []Signature       `json:"signatures,omitempty"`
	Passed     []string          `json:"passed,omitempty"` // stages, in order
	Clock      deadline.Clock    `json:"clock,omitzero"`
	Overdue    []string          `json:"overdue,omitempty"` // stages whose clock ran out without ending the decision
	From       time.Time         `json:"from,omitzero"`     // in force
	To         time.Time         `json:"to,omitzero"`       // no longer
	Why        string            `json:"why,omitempty"`     // it ended
	Editions   []Published       `json:"editions,omitempty"`
}

// Digest returns the hash of what is signed, as 64 hexadecimal digits.
func (d Decision) Digest() string {
	body, err := json.Marshal(d.Drafted)
	if err != nil {
		panic(err) // texts, numbers and instants only
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Stage returns the stage that is to be passed next, false if none is left.
func (d Decision) Stage() (Stage, bool) {
	for _, s := range d.Stages {
		if !slices.Contains(d.Passed, s.ID) {
			return s, true
		}
	}
	return Stage{}, false
}

// Public is what may leave the restricted side.
type Public struct {
	ID             ID             `json:"id"`
	Measure        Measure        `json:"measure,omitempty"`
	Subject        record.Subject `json:"subject,omitempty"`
	Target         ID             `json:"target,omitzero"`
	Statute        string         `json:"statute,omitempty"`
	StatuteVersion string         `json:"statute_version,omitempty"`
	Snapshot       string         `json:"snapshot,omitempty"`
	Reasons        string         `json:"reasons,omitempty"`
	Allowance      *Allowance     `json:"allowance,omitempty"`
	From           time.Time      `json:"from,omitzero"`
	Until          time.Time      `json:"until,omitzero"`
	To             time.Time      `json:"to,omitzero"`
}

// Public returns what may be published, false while there is nothing: a
// decision that never was in force is nobody's business.
func (d Decision) Public() (Public, bool) {
	return Public{
		ID: d.ID, Measure: d.Measure, Subject: d.Subject, Target: d.Target, Statute: d.Pin.Statute, StatuteVersion: d.Pin.StatuteVersion,
		Snapshot: d.Pin.Snapshot, Reasons: d.Text.Open, Allowance: d.Allowance, From: d.From, Until: d.Until, To: d.To,
	}, !d.From.IsZero()
}

// Drafted is the text of a decision with all that it rests on.
type Drafted struct {
	ID        ID             `json:"id"`
	Measure   Measure        `json:"measure"`
	Subject   record.Subject `json:"subject"`
	Pin       dossier.Pin    `json:"pin"`
	Ballot    *Ballot        `json:"ballot,omitempty"`
	Stages    []Stage        `json:"stages"`
	Text      Text           `json:"text"`
	Target    ID             `json:"target,omitzero"` // decision that it changes
	Allowance *Allowance     `json:"allowance,omitempty"`
	Bearer    *Bearer        `json:"bearer,omitempty"`
	Until     time.Time      `json:"until,omitzero"` // end by itself; zero: none
}
