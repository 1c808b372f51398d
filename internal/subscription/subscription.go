package subscription

import (
	"time"

	"interdict/internal/event"
	"interdict/internal/id"
	"interdict/internal/roster"
)

// ID is the id of a subscription.
type ID = id.Of[Subscription]

// IDPrefix begins the ids of subscriptions.
func (Subscription) IDPrefix() string { return "H" }

// Stream returns the stream of a subscription.
func Stream(i ID) string { return "subscription/" + i.String() }

// Topic is what a hint can say that happened.
type Topic string

// Topics.
const (
	EditionPublished Topic = "edition.published" // an edition of the list
	RequestAsked     Topic = "request.asked"     // information was asked of the organisation
	ReportAnswered   Topic = "report.answered"   // a report of its was answered, or more was asked
	MaterialFeedback Topic = "material.feedback" // it hears what a material of its was good for
)

// Topics returns every topic.
func Topics() []Topic {
	return []Topic{EditionPublished, RequestAsked, ReportAnswered, MaterialFeedback}
}

// State is where a subscription stands.
type State string

// States. Hints of a paused or disabled one are kept and sent when it is resumed.
const (
	Active   State = "active"
	Paused   State = "paused"
	Disabled State = "disabled" // its endpoint said that it is gone (410)
	Ended    State = "ended"
)

// Transitions are the states of a subscription.
var Transitions = event.Table[State]{
	"": {"subscription.made": Active},
	Active: {
		"subscription.secret_rotated": Active, "subscription.hint_resent": Active,
		"subscription.paused": Paused, "subscription.disabled": Disabled, "subscription.ended": Ended,
	},
	Paused: {
		"subscription.secret_rotated": Paused, "subscription.resumed": Active,
		"subscription.disabled": Disabled, "subscription.ended": Ended,
	},
	Disabled: {"subscription.secret_rotated": Disabled, "subscription.resumed": Active, "subscription.ended": Ended},
}

// Made begins a subscription.
type Made struct {
	ID     ID                    `json:"id"`
	Owner  roster.OrganisationID `json:"owner"`
	URL    string                `json:"url"`
	Topics []Topic               `json:"topics"`
}

// Rotated says that the secret is another one from now on.
type Rotated struct{}

// Held says that hints wait, and why.
type Held struct {
	Reason string `json:"reason"`
}

// Resumed says that hints are sent again.
type Resumed struct{}

// Gone says that the endpoint answered that it is gone.
type Gone struct{}

// Over ends it for good.
type Over struct {
	Reason string `json:"reason"`
}

// Resent says that a hint is to be sent once more.
type Resent struct {
	Hint string `json:"hint"`
}

// The kinds, stored for ever.
func (Made) Kind() string    { return "subscription.made" }
func (Rotated) Kind() string { return "subscription.secret_rotated" }
func (Held) Kind() string    { return "subscription.paused" }
func (Resumed) Kind() string { return "subscription.resumed" }
func (Gone) Kind() string    { return "subscription.disabled" }
func (Over) Kind() string    { return "subscription.ended" }
func (Resent) Kind() string  { return "subscription.hint_resent" }

// Events makes r read and write the events of subscriptions.
func Events(r *event.Registry) {
	event.Register[Made](r)
	event.Register[Rotated](r)
	event.Register[Held](r)
	event.Register[Resumed](r)
	event.Register[Gone](r)
	event.Register[Over](r)
	event.Register[Resent](r)
}

// Subscription is one subscription as it stands.
type Subscription struct {
	Made
	State   State           `json:"state"`
	Version uint64          `json:"version"`
	By      roster.PersonID `json:"by"`
	At      time.Time       `json:"at"`
	Rotated time.Time       `json:"rotated,omitzero"` // when it got its secret, if not the first
	Reason  string          `json:"reason,omitempty"` // why it is paused or over
}

// Apply returns s as it is after e.
func (s Subscription) Apply(e event.Event, env event.Envelope) Subscription {
	s.State, _ = Transitions.Next(s.State, e.Kind())
	s.Version = env.Version
	switch e := e.(type) {
	case Made:
		s.Made, s.By, s.At = e, roster.PersonID(env.By), env.At
	case Rotated:
		s.Rotated = env.At
	case Held:
		s.Reason = e.Reason
	case Gone:
		s.Reason = "its endpoint answered that it is gone (410)"
	case Over:
		s.Reason = e.Reason
	case Resumed:
		s.Reason = ""
	}
	return s
}
