package decision

import (
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/event"
	"interdict/internal/roster"
)

// Revised is a new text of a draft.
type Revised struct {
	Text   Text   `json:"text"`
	Reason string `json:"reason"`
}

// Signed is the signature of an office under a text.
type Signed struct {
	Stage  string `json:"stage"`
	Office string `json:"office"`
	Digest string `json:"digest"`
	Last   bool   `json:"last"` // the stage is passed with it
}

// Begun says that a stage waits, on which clock.
type Begun struct {
	Stage string         `json:"stage"`
	Clock deadline.Clock `json:"clock"`
}

// Confirmed says that a court confirmed, or that its silence does.
type Confirmed struct {
	Stage     string `json:"stage"`
	Reference string `json:"reference,omitempty"`
	Silent    bool   `json:"silent,omitempty"`
}

// TurnedDown says that a stage refused.
type TurnedDown struct {
	Stage  string `json:"stage"`
	Reason string `json:"reason"`
}

// RanOut says that a stage was silent too long and that this ends the decision.
type RanOut struct {
	Stage string    `json:"stage"`
	Due   time.Time `json:"due"`
}

// Late says that a stage was silent too long, which changes nothing but is told.
type Late struct {
	Stage  string          `json:"stage"`
	Due    time.Time       `json:"due"`
	Effect deadline.Effect `json:"effect"`
}

// TookEffect says that the decision is in force.
type TookEffect struct{}

// Finished says that the decision is in force no longer.
type Finished struct {
	Why string `json:"why"`
	By  ID     `json:"by,omitzero"` // decision that ended it
}

// Dropped says that a draft is given up.
type Dropped struct {
	Reason string `json:"reason"`
}

// Published says in which edition of the commission's list it stands.
type Published struct {
	Edition string `json:"edition"`
	Notice  string `json:"notice"` // SHA-256 of the notice, hexadecimal
}

// The kinds, stored for ever.
func (Drafted) Kind() string    { return "decision.drafted" }
func (Revised) Kind() string    { return "decision.revised" }
func (Signed) Kind() string     { return "decision.signed" }
func (Begun) Kind() string      { return "decision.stage_begun" }
func (Confirmed) Kind() string  { return "decision.confirmed" }
func (TurnedDown) Kind() string { return "decision.refused" }
func (RanOut) Kind() string     { return "decision.lapsed" }
func (Late) Kind() string       { return "decision.stage_overdue" }
func (TookEffect) Kind() string { return "decision.took_effect" }
func (Finished) Kind() string   { return "decision.ended" }
func (Dropped) Kind() string    { return "decision.withdrawn" }
func (Published) Kind() string  { return "decision.published" }

// Events makes r read and write the events of decisions.
func Events(r *event.Registry) {
	event.Register[Drafted](r)
	event.Register[Revised](r)
	event.Register[Signed](r)
	event.Register[Begun](r)
	event.Register[Confirmed](r)
	event.Register[TurnedDown](r)
	event.Register[RanOut](r)
	event.Register[Late](r)
	event.Register[TookEffect](r)
	event.Register[Finished](r)
	event.Register[Dropped](r)
	event.Register[Published](r)
}

// Apply returns d as it is after e.
func (d Decision) Apply(e event.Event, env event.Envelope) Decision {
	d.State, _ = Transitions.Next(d.State, e.Kind())
	d.Version = env.Version
	by := roster.PersonID(env.By)
	pass := func(stage string) {
		d.Passed = append(slices.Clip(d.Passed), stage)
		if met, err := d.Clock.Met(env.At); err == nil {
			d.Clock = met
		}
	}
	end := func(why string) {
		d.Why = why
		if !d.From.IsZero() {
			d.To = env.At
		}
	}
	switch e := e.(type) {
	case Drafted:
		d.Drafted = e
		d.Drafters = []roster.PersonID{by}
		for _, s := range e.Stages {
			if s.Kind == Vote {
				pass(s.ID)
			}
		}
	case Revised:
		d.Text = e.Text
		if !slices.Contains(d.Drafters, by) {
			d.Drafters = append(slices.Clip(d.Drafters), by)
		}
	case Signed:
		d.Signatures = append(slices.Clip(d.Signatures), Signature{e.Stage, e.Office, by, env.At})
		if e.Last {
			pass(e.Stage)
		}
	case Begun:
		d.Clock = e.Clock
	case Confirmed:
		pass(e.Stage)
	case TurnedDown:
		end(e.Reason)
	case RanOut:
		end("silence of " + e.Stage)
	case Late:
		d.Overdue = append(slices.Clip(d.Overdue), e.Stage)
	case TookEffect:
		d.From = env.At
	case Finished:
		end(e.Why)
	case Dropped:
		end(e.Reason)
	case Published:
		d.Editions = append(slices.Clip(d.Editions), e)
	}
	return d
}
