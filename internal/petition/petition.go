package petition

import (
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/event"
	"interdict/internal/id"
	"interdict/internal/record"
	"interdict/internal/roster"
)

// ID is the id of a petition.
type ID = id.Of[Petition]

// IDPrefix begins the ids of petitions.
func (Petition) IDPrefix() string { return "P" }

// Stream returns the stream of a petition.
func Stream(i ID) string { return "petition/" + i.String() }

// State is where a petition stands.
type State string

// States. Silence leads to a state of its own, so that nobody takes it for a
// judgement.
const (
	Lodged        State = "lodged"
	Asked         State = "asked"       // the petitioner is to answer; the clock stands still
	Recommended   State = "recommended" // waits for whoever decides
	Granted       State = "granted"
	Refused       State = "refused"
	DeemedRefused State = "deemed_refused"
	DeemedGranted State = "deemed_granted"
	Inadmissible  State = "inadmissible"
	Withdrawn     State = "withdrawn"
)

// Transitions are the states of a petition.
var Transitions = event.Table[State]{
	"":          {"petition.lodged": Lodged},
	Lodged:      {"petition.question_asked": Asked, "petition.recommended": Recommended, "petition.inadmissible": Inadmissible, "petition.withdrawn": Withdrawn, "petition.deemed_refused": DeemedRefused, "petition.deemed_granted": DeemedGranted},
	Asked:       {"petition.question_answered": Lodged, "petition.withdrawn": Withdrawn},
	Recommended: {"petition.granted": Granted, "petition.refused": Refused, "petition.sent_back": Lodged, "petition.withdrawn": Withdrawn, "petition.deemed_refused": DeemedRefused, "petition.deemed_granted": DeemedGranted},
}

// Plea is what is asked for.
type Plea string

// Pleas.
const (
	Delisting  Plea = "delisting"
	Namesake   Plea = "namesake"
	Exemption  Plea = "exemption"
	ThirdParty Plea = "third_party"
)

var pleas = []Plea{Delisting, Namesake, Exemption, ThirdParty}

// Lodging is a petition as it came in.
type Lodging struct {
	ID         ID                    `json:"id"`
	Plea       Plea                  `json:"plea"`
	Against    decision.ID           `json:"against"`  // the contested decision
	Drafters   []roster.PersonID     `json:"drafters"` // of it; they recommend nothing here
	Petitioner record.Subject        `json:"petitioner"`
	Counsel    string                `json:"counsel,omitempty"`
	Text       string                `json:"text"`
	Evidence   []string              `json:"evidence,omitempty"` // hashes in the vault
	Change     string                `json:"change,omitempty"`   // what is new since an earlier petition
	Via        roster.OrganisationID `json:"via,omitempty"`      // institution that handed it on
	Clock      deadline.Clock        `json:"clock"`
}

// Question stops the clock until the petitioner answers.
type Question struct {
	Text  string         `json:"text"`
	Clock deadline.Clock `json:"clock"`
}

// Reply is the petitioner's answer, or that none came.
type Reply struct {
	Text     string         `json:"text"`
	Evidence []string       `json:"evidence,omitempty"`
	Clock    deadline.Clock `json:"clock"`
}

// Advice is what should be decided, and why.
type Advice struct {
	Grant  bool   `json:"grant"`
	Reason string `json:"reason"`
}

// SentBack asks for another recommendation.
type SentBack struct {
	Reason string `json:"reason"`
}

// Grant says that the petition succeeds, by which decision of the commission.
type Grant struct {
	Decision decision.ID `json:"decision"`
	Reason   string      `json:"reason"`
}

// Refusal says that it does not, and where the petitioner may turn.
type Refusal struct {
	Reason   string `json:"reason"`
	Recourse string `json:"recourse"`
}

// Rejection says that it cannot be heard.
type Rejection struct {
	Reason   string `json:"reason"`
	Recourse string `json:"recourse"`
}

// SilentRefusal says that silence refused it.
type SilentRefusal struct {
	Due time.Time `json:"due"`
}

// SilentGrant says that silence granted it.
type SilentGrant struct {
	Due time.Time `json:"due"`
}

// Late says that the time is over, which changes nothing but is told.
type Late struct {
	Due    time.Time       `json:"due"`
	Effect deadline.Effect `json:"effect"`
}

// TakenBack says that the petitioner withdrew.
type TakenBack struct {
	Reason string `json:"reason"`
}

// The kinds, stored for ever.
func (Lodging) Kind() string       { return "petition.lodged" }
func (Question) Kind() string      { return "petition.question_asked" }
func (Reply) Kind() string         { return "petition.question_answered" }
func (Advice) Kind() string        { return "petition.recommended" }
func (SentBack) Kind() string      { return "petition.sent_back" }
func (Grant) Kind() string         { return "petition.granted" }
func (Refusal) Kind() string       { return "petition.refused" }
func (Rejection) Kind() string     { return "petition.inadmissible" }
func (SilentRefusal) Kind() string { return "petition.deemed_refused" }
func (SilentGrant) Kind() string   { return "petition.deemed_granted" }
func (Late) Kind() string          { return "petition.overdue" }
func (TakenBack) Kind() string     { return "petition.withdrawn" }

// Events makes r read and write the events of petitions and reviews.
func Events(r *event.Registry) {
	event.Register[Lodging](r)
	event.Register[Question](r)
	event.Register[Reply](r)
	event.Register[Advice](r)
	event.Register[SentBack](r)
	event.Register[Grant](r)
	event.Register[Refusal](r)
	event.Register[Rejection](r)
	event.Register[SilentRefusal](r)
	event.Register[SilentGrant](r)
	event.Register[Late](r)
	event.Register[TakenBack](r)
	event.Register[Scheduled](r)
	event.Register[Held](r)
	event.Register[Missed](r)
	event.Register[Stopped](r)
}

// Petition is one petition as it stands.
type Petition struct {
	Lodging
	State     State           `json:"state"`
	Version   uint64          `json:"version"`
	At        time.Time       `json:"at"`
	Questions []string        `json:"questions,omitempty"`
	Replies   []string        `json:"replies,omitempty"`
	Advice    Advice          `json:"advice,omitzero"`
	AdvisedBy roster.PersonID `json:"advised_by,omitempty"`
	DecidedBy roster.PersonID `json:"decided_by,omitempty"`
	Outcome   decision.ID     `json:"outcome,omitzero"` // decision that grants it
	Reason    string          `json:"reason,omitempty"`
	Overdue   bool            `json:"overdue,omitempty"`
}

// Apply returns p as it is after e.
func (p Petition) Apply(e event.Event, env event.Envelope) Petition {
	p.State, _ = Transitions.Next(p.State, e.Kind())
	p.Version = env.Version
	by := roster.PersonID(env.By)
	decide := func(reason string) {
		p.DecidedBy, p.Reason = by, reason
		if c, err := p.Clock.Met(env.At); err == nil {
			p.Clock = c
		}
	}
	switch e := e.(type) {
	case Lodging:
		p.Lodging, p.At = e, env.At
	case Question:
		p.Questions = append(slices.Clip(p.Questions), e.Text)
		p.Clock = e.Clock
	case Reply:
		p.Replies = append(slices.Clip(p.Replies), e.Text)
		p.Evidence = append(slices.Clip(p.Evidence), e.Evidence...)
		p.Clock = e.Clock
	case Advice:
		p.Advice, p.AdvisedBy = e, by
	case SentBack:
		p.Advice, p.AdvisedBy = Advice{}, ""
	case Grant:
		p.Outcome = e.Decision
		decide(e.Reason)
	case Refusal:
		decide(e.Reason)
	case Rejection:
		decide(e.Reason)
	case TakenBack:
		decide(e.Reason)
	case SilentRefusal:
		p.Reason = "silence"
	case SilentGrant:
		p.Reason = "silence"
	case Late:
		p.Overdue = true
	}
	return p
}
