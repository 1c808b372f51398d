package material

import (
	"slices"
	"time"

	"interdict/internal/event"
	"interdict/internal/roster"
)

// Submitted is a hand-in as its sender gave it.
type Submitted struct {
	ID         ID                    `json:"id"`
	Originator roster.OrganisationID `json:"originator"`
	Reference  string                `json:"reference,omitempty"` // the sender's own
	Title      string                `json:"title"`
	Summary    string                `json:"summary,omitempty"` // open
	Reasons    string                `json:"reasons,omitempty"` // closed
	Sort       Sort                  `json:"sort"`
	Grade      Grade                 `json:"grade,omitzero"`
	Handling   Handling              `json:"handling"`
	Parties    []Party               `json:"parties,omitempty"`
	Accounts   []Account             `json:"accounts,omitempty"`
	Links      []Link                `json:"links,omitempty"`
	Documents  []Document            `json:"documents,omitempty"`
}

// Derived is a text made from a document, or from another derived text.
type Derived struct {
	Hash     string     `json:"hash"` // of the derived text in the vault
	Of       string     `json:"of"`   // hash of what it was made from
	As       Derivation `json:"as"`
	Machine  bool       `json:"machine"` // made by a program, unread by a person
	Tool     string     `json:"tool,omitempty"`
	Language string     `json:"language,omitempty"`
	Near     []uint64   `json:"near,omitempty"` // bands of the near-same text, by Sketch.Bands
}

// Screened says what a material was held against and what was found.
type Screened struct {
	Screening
	Mentions []Mention `json:"mentions,omitempty"`
}

// MentionLinked says that a mention means the subject of a dossier.
type MentionLinked struct {
	Key     string `json:"key"`
	Dossier string `json:"dossier"`
	Reason  string `json:"reason"`
}

// MentionRejected says that a mention means somebody else.
type MentionRejected struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// MentionPostponed says that a mention is judged later.
type MentionPostponed struct {
	Key    string    `json:"key"`
	Until  time.Time `json:"until"`
	Reason string    `json:"reason"`
}

// OnwardAsked asks the originator for onward use.
type OnwardAsked struct {
	Key        string                  `json:"key"`
	Purpose    string                  `json:"purpose"`
	Recipients []roster.OrganisationID `json:"recipients"`
}

// OnwardGranted is the originator's consent.
type OnwardGranted struct {
	Key   string    `json:"key"`
	Terms string    `json:"terms,omitempty"`
	Until time.Time `json:"until,omitzero"`
}

// OnwardRefused is the originator's refusal.
type OnwardRefused struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// OnwardRevoked ends a consent for what is not yet passed on.
type OnwardRevoked struct {
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// Usefulness is what a material was good for.
type Usefulness string

// Answers to the sender.
const (
	Used      Usefulness = "used"
	NotUsed   Usefulness = "not_used"
	Duplicate Usefulness = "duplicate"
	MoreAsked Usefulness = "more_asked"
)

// Feedback is what the sender hears of it; it is open to the sender.
type Feedback struct {
	Useful Usefulness `json:"useful"`
	Text   string     `json:"text"`
}

// TakenBack says that the originator withdraws a material.
type TakenBack struct {
	Reason string `json:"reason"`
}

// The kinds, stored for ever.
func (Submitted) Kind() string        { return "material.submitted" }
func (Derived) Kind() string          { return "material.derived" }
func (Screened) Kind() string         { return "material.screened" }
func (MentionLinked) Kind() string    { return "material.mention_linked" }
func (MentionRejected) Kind() string  { return "material.mention_rejected" }
func (MentionPostponed) Kind() string { return "material.mention_postponed" }
func (OnwardAsked) Kind() string      { return "material.onward_asked" }
func (OnwardGranted) Kind() string    { return "material.onward_granted" }
func (OnwardRefused) Kind() string    { return "material.onward_refused" }
func (OnwardRevoked) Kind() string    { return "material.onward_revoked" }
func (Feedback) Kind() string         { return "material.feedback_given" }
func (TakenBack) Kind() string        { return "material.withdrawn" }

// Events makes r read and write the events of materials.
func Events(r *event.Registry) {
	event.Register[Submitted](r)
	event.Register[Derived](r)
	event.Register[Screened](r)
	event.Register[MentionLinked](r)
	event.Register[MentionRejected](r)
	event.Register[MentionPostponed](r)
	event.Register[OnwardAsked](r)
	event.Register[OnwardGranted](r)
	event.Register[OnwardRefused](r)
	event.Register[OnwardRevoked](r)
	event.Register[Feedback](r)
	event.Register[TakenBack](r)
}

// Apply returns m as it is after e.
func (m Material) Apply(e event.Event, env event.Envelope) Material {
	m.State, _ = Transitions.Next(m.State, e.Kind())
	m.Version = env.Version
	by := roster.PersonID(env.By)
	switch e := e.(type) {
	case Submitted:
		m.Submitted, m.At, m.By = e, env.At, by
	case Derived:
		m.Derived = append(slices.Clip(m.Derived), e)
	case Screened:
		m.Screenings = append(slices.Clip(m.Screenings), e.Screening)
		for _, x := range e.Mentions {
			m.Mentions = append(slices.Clip(m.Mentions), Judged{Mention: x, State: Proposed})
		}
	case MentionLinked:
		m = m.judge(e.Key, e.Kind(), Judged{To: e.Dossier, Reason: e.Reason, By: by})
	case MentionRejected:
		m = m.judge(e.Key, e.Kind(), Judged{Reason: e.Reason, By: by})
	case MentionPostponed:
		m = m.judge(e.Key, e.Kind(), Judged{Until: e.Until, Reason: e.Reason, By: by})
	case OnwardAsked:
		m.Uses = append(slices.Clip(m.Uses), Use{Key: e.Key, Purpose: e.Purpose, Recipients: e.Recipients, AskedBy: by, State: Asked})
	case OnwardGranted:
		m = m.answer(e.Key, e.Kind(), func(u *Use) { u.Terms, u.Until, u.AnsweredBy = e.Terms, e.Until, by })
	case OnwardRefused:
		m = m.answer(e.Key, e.Kind(), func(u *Use) { u.Terms, u.AnsweredBy = e.Reason, by })
	case OnwardRevoked:
		m = m.answer(e.Key, e.Kind(), func(u *Use) { u.Terms, u.AnsweredBy = e.Reason, by })
	case Feedback:
		m.Feedback = append(slices.Clip(m.Feedback), e)
	}
	return m
}

// judge puts a new judgement in the place of an old one.
func (m Material) judge(key, kind string, j Judged) Material {
	m.Mentions = slices.Clone(m.Mentions)
	for i, old := range m.Mentions {
		if old.Key == key {
			j.Mention = old.Mention
			j.State, _ = MentionTransitions.Next(old.State, kind)
			m.Mentions[i] = j
		}
	}
	return m
}

func (m Material) answer(key, kind string, change func(*Use)) Material {
	m.Uses = slices.Clone(m.Uses)
	for i := range m.Uses {
		if u := &m.Uses[i]; u.Key == key {
			u.State, _ = UseTransitions.Next(u.State, kind)
			change(u)
		}
	}
	return m
}
