package clerk

import (
	"slices"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/petition"
	"interdict/internal/session"
	"interdict/internal/statute"
)

// drafting writes a decision on a submitted dossier.
type drafting struct {
	Dossier   dossier.ID          `json:"dossier"`
	Session   session.ID          `json:"session,omitzero" doc:"that voted on it, where the statute prescribes a vote"`
	Measure   decision.Measure    `json:"measure" enum:"freeze,refuse,amend,lift,extend,exemption,certificate"`
	Open      string              `json:"open" doc:"reasons that may be public"`
	Closed    string              `json:"closed,omitempty" doc:"reasons that may not"`
	Track     string              `json:"track,omitempty" doc:"way of the statute; the usual one, if none is named"`
	Target    decision.ID         `json:"target,omitzero" doc:"decision that it changes"`
	Allowance *decision.Allowance `json:"allowance,omitempty" doc:"what an exemption allows"`
	Bearer    *bearer             `json:"bearer,omitempty" doc:"whom a certificate clears"`
	Until     time.Time           `json:"until,omitzero" doc:"end by itself"`
}

// bearer is whom a certificate clears of which entry.
type bearer struct {
	Person who    `json:"person" doc:"as customers and payments name that person"`
	Entry  string `json:"entry" doc:"id of the listed subject"`
	Name   string `json:"name,omitempty" doc:"the listed name that matches; found by screening where there is one"`
}

var decisionCommands = []Command{
	making("decision.draft", "Draft a decision, pinned to statute, dossier and register.", func(t *Turn, _ drafting) access.Resource {
		return access.Resource{Owner: t.commission()}
	}, func(t *Turn, b drafting) error {
		if err := t.reaches("dossier", b.Dossier.String()); err != nil {
			return err
		}
		if !b.Target.IsZero() {
			if err := t.reaches("decision", b.Target.String()); err != nil {
				return err
			}
		}
		x, s, err := t.drafted(b)
		if err != nil {
			return err
		}
		events, err := decision.Decision{}.Draft(t.By, t.At, s, x, t.calendar)
		if err != nil {
			return err
		}
		return t.add(decision.Stream(x.ID), events...)
	}),
	verb("decision.revise", "Write the reasons of a draft anew; whoever does becomes a drafter.", func(t *Turn, d decision.Decision, b decision.Revised) ([]event.Event, error) {
		return d.Revise(t.By, b.Text, b.Reason)
	}),
	verb("decision.drop", "Give up a draft.", func(t *Turn, d decision.Decision, b because) ([]event.Event, error) {
		return d.Drop(t.By, b.Reason)
	}),
	effective("decision.sign", "Sign for an office the text that you read.", func(t *Turn, d decision.Decision, b struct {
		Office string `json:"office"`
		Digest string `json:"digest" doc:"of the text that you read"`
	},
	) ([]event.Event, error) {
		if !holds(t.Roster, t.By, b.Office) {
			return nil, fault.New(fault.Forbidden, "signing decision %s: %s does not hold the office %q", d.ID, t.By.ID, b.Office)
		}
		return d.Sign(t.By, t.At, b.Office, b.Digest, t.calendar)
	}),
	verb("decision.turn_down", "Refuse to sign or to consent, which ends the decision.", func(t *Turn, d decision.Decision, b because) ([]event.Event, error) {
		return d.TurnDown(t.By, b.Reason)
	}),
	effective("decision.rule", "Record what the court ruled.", func(t *Turn, d decision.Decision, b struct {
		Upheld    bool   `json:"upheld"`
		Reference string `json:"reference"`
		Reason    string `json:"reason,omitempty"`
	},
	) ([]event.Event, error) {
		return d.Rule(t.By, t.At, b.Upheld, b.Reference, b.Reason, t.calendar)
	}),
}

// effective is a command after which a decision may be in force, or no longer.
func effective[B any](name, about string, do func(t *Turn, d decision.Decision, b B) ([]event.Event, error)) Command {
	return onThing(name, about, func(t *Turn, stream string, d decision.Decision, b B) error {
		events, err := do(t, d, b)
		if err != nil {
			return err
		}
		if err := t.add(stream, events...); err != nil {
			return err
		}
		return t.follow(d, stream)
	})
}

// follow carries out what a change of a decision brings with it, in the same
// command: what it changes ends, what it begins begins.
func (t *Turn) follow(before decision.Decision, stream string) error {
	now, err := get[decision.Decision](t, stream)
	if err != nil {
		return err
	}
	switch {
	case before.State != decision.InForce && now.State == decision.InForce:
		return t.begin(now)
	case before.State == decision.InForce && now.State != decision.InForce:
		return t.end(now)
	}
	return nil
}

// begin is what follows when a decision comes into force.
func (t *Turn) begin(d decision.Decision) error {
	on, err := get[dossier.Dossier](t, dossier.Stream(d.Pin.Dossier))
	if err != nil {
		return err
	}
	if on.State == dossier.Submitted {
		events, err := on.Decide(t.By, d.Pin, d.ID.String())
		if err != nil {
			return err
		}
		if err := t.add(dossier.Stream(on.ID), events...); err != nil {
			return err
		}
	}
	switch d.Measure {
	case decision.Freeze, decision.Amend, decision.Extend:
		if err := t.schedule(d); err != nil {
			return err
		}
	case decision.Certificate:
		return t.certify(d)
	case decision.Refuse, decision.Exemption:
		return nil
	}
	if d.Target.IsZero() {
		return nil
	}
	target, err := get[decision.Decision](t, decision.Stream(d.Target))
	if err != nil {
		return err
	}
	events, err := target.End(d)
	if err != nil {
		return err
	}
	if err := t.add(decision.Stream(d.Target), events...); err != nil {
		return err
	}
	return t.follow(target, decision.Stream(d.Target))
}

// end is what follows when a decision is in force no longer.
func (t *Turn) end(d decision.Decision) error {
	stream := petition.ReviewStream(d.ID)
	r, err := get[petition.Reviews](t, stream)
	if fault.KindOf(err) == fault.NotFound && !isErased(err) {
		return t.uncertify(d)
	}
	if err != nil {
		return err
	}
	events, err := r.Stop(d)
	if err != nil {
		return err
	}
	return t.add(stream, events...)
}

// schedule begins the reviews of a decision, where the statute has any.
func (t *Turn) schedule(d decision.Decision) error {
	law, err := t.lawThen(d.Pin.Statute, d.Pin.StatuteVersion)
	if err != nil {
		return err
	}
	clock, err := law.Starts("review", d.From, t.calendar)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	events, err := petition.Reviews{}.Schedule(d, clock)
	if err != nil {
		return err
	}
	return t.add(petition.ReviewStream(d.ID), events...)
}

// certify puts the exclusion in force that a certificate gives.
func (t *Turn) certify(d decision.Decision) error {
	id, err := newID[alert.Exclusion](t.clerk)
	if err != nil {
		return err
	}
	until := d.Until
	if until.IsZero() {
		until = t.At.AddDate(1, 0, 0)
	}
	events, err := alert.Exclusion{}.Certify(t.At, alert.Certified{
		ID: id, Owner: t.By.Organisation, Certificate: d.ID.String(), Until: until,
		Scope: alert.Scope{
			Subject: d.Bearer.Subject, Entry: d.Bearer.Entry, EntryVersion: d.Bearer.EntryVersion,
			Name: d.Bearer.Name, Channel: alert.Anywhere, Profile: t.clerk.profile(),
		},
	})
	if err != nil {
		return err
	}
	return t.add(alert.ExclusionStream(id), events...)
}

// uncertify ends the exclusion of a certificate that is in force no longer.
func (t *Turn) uncertify(d decision.Decision) error {
	if d.Measure != decision.Certificate {
		return nil
	}
	ties, err := t.clerk.Store.Queries().TiesTo(t.ctx, decision.Stream(d.ID))
	if err != nil {
		return fault.As(fault.Unavailable, err)
	}
	for _, tie := range ties {
		if tie.Relation != "certificate" {
			continue
		}
		x, err := get[alert.Exclusion](t, tie.Source)
		if err != nil {
			return err
		}
		if x.State != alert.InForce {
			continue
		}
		events, err := x.Withdraw(alert.CertificateRevoked, d.Why)
		if err != nil {
			return err
		}
		if err := t.add(tie.Source, events...); err != nil {
			return err
		}
	}
	return nil
}

// drafted puts a draft together: who is meant, on what it rests, which way it
// goes.
func (t *Turn) drafted(b drafting) (decision.Drafted, session.Session, error) {
	var s session.Session
	on, err := get[dossier.Dossier](t, dossier.Stream(b.Dossier))
	if err != nil {
		return decision.Drafted{}, s, err
	}
	if len(on.Pins) == 0 {
		return decision.Drafted{}, s, fault.New(fault.Conflict, "dossier %s was not submitted", on.ID)
	}
	pin := on.Pins[len(on.Pins)-1]
	law, err := t.lawThen(pin.Statute, pin.StatuteVersion)
	if err != nil {
		return decision.Drafted{}, s, err
	}
	track, err := law.Way(b.Measure, b.Track)
	if err != nil {
		return decision.Drafted{}, s, err
	}
	if !b.Session.IsZero() {
		if s, err = t.votedIn(b.Session, on.ID); err != nil {
			return decision.Drafted{}, s, err
		}
	}
	id, err := newID[decision.Decision](t.clerk)
	if err != nil {
		return decision.Drafted{}, s, err
	}
	x := decision.Drafted{
		ID: id, Measure: b.Measure, Subject: on.Subject, Pin: pin, Stages: track.Way(),
		Text: decision.Text{Open: b.Open, Closed: b.Closed}, Target: b.Target, Allowance: b.Allowance,
	}
	if x.Until, err = t.until(b, track); err != nil {
		return x, s, err
	}
	if b.Bearer != nil {
		if x.Bearer, err = t.cleared(*b.Bearer); err != nil {
			return x, s, err
		}
	}
	return x, s, nil
}

// votedIn returns a session that had the case on its agenda; any other one does
// not exist for who works on the case.
func (t *Turn) votedIn(id session.ID, on dossier.ID) (session.Session, error) {
	s, err := get[session.Session](t, session.Stream(id))
	if err != nil {
		return s, t.hide(err, session.Stream(id))
	}
	if !slices.ContainsFunc(s.Items, func(i session.Item) bool { return i.Pin.Dossier == on }) {
		return s, hidden(session.Stream(id))
	}
	return s, nil
}

// until returns when a decision ends by itself: as asked, else as the track says
// of a freeze, else never.
func (t *Turn) until(b drafting, track statute.Track) (time.Time, error) {
	if !b.Until.IsZero() || b.Measure != decision.Freeze || track.Expiry == nil {
		return b.Until.UTC(), nil
	}
	cal, err := t.calendar(track.Expiry.Calendar)
	if err != nil {
		return time.Time{}, err
	}
	clock, err := deadline.Start(track.Expiry.Rule, cal, t.At)
	return clock.Due, err
}

var decisionRoom = roomOf("decision", decision.Events,
	func(d decision.Decision) row {
		r := row{state: string(d.State)}
		if d.State == decision.Draft || d.State == decision.Pending || d.State == decision.InForce {
			if _, waits := d.Stage(); waits && !d.Clock.Started.IsZero() {
				r.due = micro(d.Clock.Due)
			}
		}
		if d.State == decision.InForce && !d.Until.IsZero() {
			r.due = earlier(r.due, d.Until)
		}
		return r
	},
	func(d decision.Decision) []tie {
		ties := []tie{{"on", dossier.Stream(d.Pin.Dossier)}}
		if d.Ballot != nil {
			ties = append(ties, tie{"ballot", session.Stream(d.Ballot.Session)})
		}
		if !d.Target.IsZero() {
			ties = append(ties, tie{"target", decision.Stream(d.Target)})
		}
		return ties
	},
	func(d decision.Decision) access.Resource {
		return access.Resource{Kind: "decision", ID: d.ID.String(), State: string(d.State)}
	})
