package petition

import (
	"slices"
	"strings"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// ReviewStream returns the stream of the reviews of a decision.
func ReviewStream(i decision.ID) string { return "review/" + i.String() }

// ReviewState is where the reviews of a decision stand.
type ReviewState string

// States of the reviews.
const (
	Upcoming ReviewState = "upcoming" // the next one has a day
	Overdue  ReviewState = "overdue"  // it was not held in time
	Over     ReviewState = "over"     // the decision is in force no longer
)

// ReviewTransitions are the states of the reviews of a decision.
var ReviewTransitions = event.Table[ReviewState]{
	"":       {"petition.review_scheduled": Upcoming},
	Upcoming: {"petition.review_held": Upcoming, "petition.review_missed": Overdue, "petition.reviews_stopped": Over},
	Overdue:  {"petition.review_held": Upcoming, "petition.reviews_stopped": Over},
}

// Finding is what a review comes to.
type Finding string

// Findings.
const (
	Maintain     Finding = "maintain"
	ProposeLift  Finding = "propose_lift"
	ProposeAmend Finding = "propose_amend"
)

// Scheduled says when a decision is reviewed first.
type Scheduled struct {
	Decision decision.ID       `json:"decision"`
	Drafters []roster.PersonID `json:"drafters"` // of the decision; they do not review it
	Clock    deadline.Clock    `json:"clock"`
}

// Held is a review with its finding and the clock of the next one.
type Held struct {
	Finding Finding        `json:"finding"`
	Reason  string         `json:"reason"`
	Next    deadline.Clock `json:"next"`
}

// Missed says that a review was not held in time. The effect is the statute's:
// with a lapse the decision ends.
type Missed struct {
	Due    time.Time       `json:"due"`
	Effect deadline.Effect `json:"effect"`
}

// Stopped says that nothing is left to review.
type Stopped struct {
	Reason string `json:"reason"`
}

// The kinds, stored for ever.
func (Scheduled) Kind() string { return "petition.review_scheduled" }
func (Held) Kind() string      { return "petition.review_held" }
func (Missed) Kind() string    { return "petition.review_missed" }
func (Stopped) Kind() string   { return "petition.reviews_stopped" }

// Reviews is the calendar of the reviews of one decision.
type Reviews struct {
	Decision decision.ID       `json:"decision,omitzero"`
	Drafters []roster.PersonID `json:"drafters,omitempty"`
	State    ReviewState       `json:"state"`
	Version  uint64            `json:"version"`
	Clock    deadline.Clock    `json:"clock,omitzero"` // of the next one
	Held     []Held            `json:"held,omitempty"`
	By       []roster.PersonID `json:"by,omitempty"` // who held each
	Missed   []Missed          `json:"missed,omitempty"`
}

// Apply returns r as it is after e.
func (r Reviews) Apply(e event.Event, env event.Envelope) Reviews {
	r.State, _ = ReviewTransitions.Next(r.State, e.Kind())
	r.Version = env.Version
	switch e := e.(type) {
	case Scheduled:
		r.Decision, r.Drafters, r.Clock = e.Decision, e.Drafters, e.Clock
	case Held:
		r.Held = append(slices.Clip(r.Held), e)
		r.By = append(slices.Clip(r.By), roster.PersonID(env.By))
		r.Clock = e.Next
	case Missed:
		r.Missed = append(slices.Clip(r.Missed), e)
	}
	return r
}

// fresh reports whether a clock runs and nothing happened to it yet.
func fresh(c deadline.Clock) bool {
	return !c.Started.IsZero() && c.Done.IsZero() && len(c.Pauses)+len(c.Extensions) == 0
}

// Schedule begins the reviews of a decision in force. The clock starts when it
// took effect.
func (r Reviews) Schedule(d decision.Decision, clock deadline.Clock) ([]event.Event, error) {
	switch {
	case r.State != "":
		return nil, fault.New(fault.Conflict, "scheduling reviews of %s: done", d.ID)
	case d.State != decision.InForce:
		return nil, fault.New(fault.Conflict, "scheduling reviews of %s: it is %q", d.ID, d.State)
	case !fresh(clock) || !clock.Started.Equal(d.From):
		return nil, fault.New(fault.Invalid, "scheduling reviews of %s: want a clock from when it took effect", d.ID)
	}
	return one(Scheduled{d.ID, d.Drafters, clock})
}

// Hold records a review, at its time or before it, on request or because
// something changed. Who drafted the decision does not review it. The next clock
// starts now.
func (r Reviews) Hold(by roster.Person, at time.Time, f Finding, reason string, next deadline.Clock) ([]event.Event, error) {
	switch _, ok := ReviewTransitions.Next(r.State, Held{}.Kind()); {
	case !ok:
		return nil, fault.New(fault.Conflict, "reviewing %s: %q", r.Decision, r.State)
	case !by.Human() || slices.Contains(r.Drafters, by.ID):
		return nil, fault.New(fault.Forbidden, "reviewing %s: another person than its drafters reviews it", r.Decision)
	case f != Maintain && f != ProposeLift && f != ProposeAmend || strings.TrimSpace(reason) == "":
		return nil, fault.New(fault.Invalid, "reviewing %s: want a finding and its reason", r.Decision)
	case !fresh(next) || !next.Started.Equal(at):
		return nil, fault.New(fault.Invalid, "reviewing %s: want the clock of the next review, from now", r.Decision)
	}
	return one(Held{f, reason, next})
}

// Expire records that a review was missed, once.
func (r Reviews) Expire(at time.Time) ([]event.Event, error) {
	if r.State != Upcoming || r.Clock.State(at).Phase != deadline.Expired {
		return nil, nil
	}
	return one(Missed{r.Clock.Due, r.Clock.Rule.OnExpiry})
}

// Stop ends the reviews of a decision that is in force no longer.
func (r Reviews) Stop(d decision.Decision) ([]event.Event, error) {
	_, ok := ReviewTransitions.Next(r.State, Stopped{}.Kind())
	if !ok || d.ID != r.Decision || d.State == decision.InForce || d.From.IsZero() {
		return nil, fault.New(fault.Conflict, "stopping the reviews of %s: %q, and the decision is %q", r.Decision, r.State, d.State)
	}
	return one(Stopped{d.Why})
}
