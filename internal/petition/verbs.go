package petition

import (
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

func one(e event.Event) ([]event.Event, error) { return []event.Event{e}, nil }

// Lodge takes in a petition against a decision that is or was in force. Its clock
// runs from when it was received. earlier are the petitions on the same plea that
// the petitioner lodged against the same decision: where one was refused and the
// statute bars repetition, something must have changed.
func (p Petition) Lodge(at time.Time, l Lodging, against decision.Decision, earlier []Petition, barred bool) ([]event.Event, error) {
	switch {
	case p.State != "":
		return nil, fault.New(fault.Conflict, "lodging petition %s: it is %s", p.ID, p.State)
	case l.ID.IsZero() || !slices.Contains(pleas, l.Plea) || len(l.Petitioner.Names) == 0 || l.Text == "":
		return nil, fault.New(fault.Invalid, "lodging a petition: want an id, one of %q, a petitioner with a name, and a text", pleas)
	case against.ID.IsZero() || against.ID != l.Against || against.From.IsZero():
		return nil, fault.New(fault.Invalid, "lodging petition %s: it contests a decision that was in force", l.ID)
	case l.Plea != ThirdParty && against.State != decision.InForce:
		return nil, fault.New(fault.Conflict, "lodging petition %s: decision %s is %s", l.ID, against.ID, against.State)
	case l.Clock.Started.IsZero() || l.Clock.Started.After(at) || !l.Clock.Done.IsZero() || len(l.Clock.Pauses)+len(l.Clock.Extensions) > 0:
		return nil, fault.New(fault.Invalid, "lodging petition %s: want a clock that runs from when it was received", l.ID)
	}
	for _, x := range earlier {
		if x.Plea != l.Plea || x.Against != l.Against {
			continue
		}
		switch x.State {
		case Lodged, Asked, Recommended:
			return nil, fault.New(fault.Conflict, "lodging petition %s: %s is pending", l.ID, x.ID)
		case Refused, DeemedRefused:
			if barred && l.Change == "" {
				return nil, fault.New(fault.Conflict, "lodging petition %s: %s was refused; say what has changed", l.ID, x.ID)
			}
		}
	}
	l.Drafters = against.Drafters
	return one(l)
}

// step answers e if it may happen now, by a person.
func (p Petition) step(by roster.Person, reason string, e event.Event) ([]event.Event, error) {
	switch _, ok := Transitions.Next(p.State, e.Kind()); {
	case p.State == "":
		return nil, fault.New(fault.NotFound, "no such petition")
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "petition %s: a person does that", p.ID)
	case !ok:
		return nil, fault.New(fault.Conflict, "petition %s is %s: no %s now", p.ID, p.State, e.Kind())
	case reason == "":
		return nil, fault.New(fault.Invalid, "petition %s: want a text", p.ID)
	}
	return one(e)
}

// Ask puts a question to the petitioner and stops the clock.
func (p Petition) Ask(by roster.Person, at time.Time, text string) ([]event.Event, error) {
	c, err := p.Clock.Pause(at, "question to the petitioner")
	if err != nil {
		return nil, err
	}
	return p.step(by, text, Question{text, c})
}

// Answer records the petitioner's answer, or that there is none, and lets the
// clock run again.
func (p Petition) Answer(by roster.Person, at time.Time, text string, evidence []string) ([]event.Event, error) {
	if p.State != Asked {
		return nil, fault.New(fault.Conflict, "petition %s is %q: nothing was asked", p.ID, p.State)
	}
	c, err := p.Clock.Resume(at)
	if err != nil {
		return nil, err
	}
	return p.step(by, text, Reply{text, evidence, c})
}

// Recommend says what should be decided. Who drafted the contested decision may not.
func (p Petition) Recommend(by roster.Person, grant bool, reason string) ([]event.Event, error) {
	if slices.Contains(p.Drafters, by.ID) {
		return nil, fault.New(fault.Forbidden, "recommending on petition %s: %s drafted what it contests", p.ID, by.ID)
	}
	return p.step(by, reason, Advice{grant, reason})
}

// decides returns an error if by may not decide.
func (p Petition) decides(by roster.Person) error {
	if p.State == Recommended && (by.ID == p.AdvisedBy || slices.Contains(p.Drafters, by.ID)) {
		return fault.New(fault.Forbidden, "deciding petition %s: %s recommended it or drafted what it contests", p.ID, by.ID)
	}
	return nil
}

// SendBack asks for another recommendation.
func (p Petition) SendBack(by roster.Person, reason string) ([]event.Event, error) {
	if err := p.decides(by); err != nil {
		return nil, err
	}
	return p.step(by, reason, SentBack{reason})
}

// effects are the measures by which a plea is granted.
var effects = map[Plea][]decision.Measure{
	Delisting:  {decision.Lift},
	Namesake:   {decision.Certificate},
	Exemption:  {decision.Exemption},
	ThirdParty: {decision.Amend, decision.Exemption, decision.Lift},
}

// Effects returns the measures by which a plea is granted.
func (p Plea) Effects() []decision.Measure { return slices.Clone(effects[p]) }

// Grant says that the petition succeeds by a decision that is in force and does
// what was asked for.
func (p Petition) Grant(by roster.Person, d decision.Decision, reason string) ([]event.Event, error) {
	if err := p.decides(by); err != nil {
		return nil, err
	}
	if d.State != decision.InForce || !slices.Contains(effects[p.Plea], d.Measure) || p.Plea != Namesake && d.Target != p.Against {
		return nil, fault.New(fault.Conflict, "granting petition %s: decision %s (%s, %q) does not do what was asked for", p.ID, d.ID, d.Measure, d.State)
	}
	return p.step(by, reason, Grant{d.ID, reason})
}

// Refuse says that the petition fails, and where the petitioner may turn.
func (p Petition) Refuse(by roster.Person, reason, recourse string) ([]event.Event, error) {
	if err := p.decides(by); err != nil {
		return nil, err
	}
	if recourse == "" {
		return nil, fault.New(fault.Invalid, "refusing petition %s: say where the petitioner may turn", p.ID)
	}
	return p.step(by, reason, Refusal{reason, recourse})
}

// Reject says that the petition cannot be heard at all.
func (p Petition) Reject(by roster.Person, reason, recourse string) ([]event.Event, error) {
	if slices.Contains(p.Drafters, by.ID) {
		return nil, fault.New(fault.Forbidden, "rejecting petition %s: %s drafted what it contests", p.ID, by.ID)
	}
	if recourse == "" {
		return nil, fault.New(fault.Invalid, "rejecting petition %s: say where the petitioner may turn", p.ID)
	}
	return p.step(by, reason, Rejection{reason, recourse})
}

// Withdraw records that the petitioner withdrew.
func (p Petition) Withdraw(by roster.Person, reason string) ([]event.Event, error) {
	return p.step(by, reason, TakenBack{reason})
}

// Expire records what silence did. It returns no event before the clock ran out,
// or when it was recorded.
func (p Petition) Expire(at time.Time) ([]event.Event, error) {
	if p.State != Lodged && p.State != Recommended || p.Clock.State(at).Phase != deadline.Expired {
		return nil, nil
	}
	switch e := p.Clock.Rule.OnExpiry; {
	case e == deadline.DeemedRefusal:
		return one(SilentRefusal{p.Clock.Due})
	case e == deadline.DeemedApproval:
		return one(SilentGrant{p.Clock.Due})
	case !p.Overdue:
		return one(Late{p.Clock.Due, e})
	}
	return nil, nil
}
