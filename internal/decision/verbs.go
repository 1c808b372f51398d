package decision

import (
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/session"
)

func one(e event.Event) ([]event.Event, error) { return []event.Event{e}, nil }

// Calendars returns the calendar of a name; deadline.Named is one.
type Calendars func(name string) (deadline.Calendar, error)

// Draft writes a decision. Where the statute prescribes a vote, it rests on the
// item of that session, which was carried, on the same dossier and measure, by a
// count that holds when it is repeated. The clock of the stage after it begins.
func (d Decision) Draft(by roster.Person, at time.Time, s session.Session, x Drafted, cals Calendars) ([]event.Event, error) {
	switch {
	case d.State != "":
		return nil, fault.New(fault.Conflict, "drafting decision %s: it is %s", d.ID, d.State)
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "drafting a decision: a person does that")
	case x.ID.IsZero() || !slices.Contains(measures, x.Measure) || len(x.Subject.Names) == 0 || x.Text.Open == "":
		return nil, fault.New(fault.Invalid, "drafting a decision: want an id, one of %q, a subject with a name, and open reasons", measures)
	case x.Pin.Statute == "" || x.Pin.StatuteVersion == "" || x.Pin.Dossier.IsZero() || x.Pin.Digest == "" || x.Pin.Snapshot == "":
		return nil, fault.New(fault.Invalid, "drafting decision %s: pin it to the statute's version, the dossier's version and the register's snapshot", x.ID)
	case x.Measure.targets() == x.Target.IsZero():
		return nil, fault.New(fault.Invalid, "drafting decision %s: %s: want the decision that it changes if it changes one, and only then", x.ID, x.Measure)
	case (x.Measure == Exemption) != (x.Allowance != nil) || x.Allowance != nil && (x.Allowance.Kind == "" || x.Allowance.Terms == "" || x.Allowance.Amount < 0):
		return nil, fault.New(fault.Invalid, "drafting decision %s: an exemption, and only that, says what it allows", x.ID)
	case (x.Measure == Certificate) != (x.Bearer != nil) || x.Bearer != nil && (x.Bearer.Subject == "" || x.Bearer.Entry == "" || x.Bearer.EntryVersion == "" || x.Bearer.Name == ""):
		return nil, fault.New(fault.Invalid, "drafting decision %s: a certificate, and only that, says whom it clears of which version of which entry", x.ID)
	case !x.Until.IsZero() && !x.Until.After(at), x.Measure == Extend && x.Until.IsZero():
		return nil, fault.New(fault.Invalid, "drafting decision %s: want an end to come", x.ID)
	}
	if err := checkStages(x.Stages); err != nil {
		return nil, err
	}
	if x.Ballot = nil; x.Stages[0].Kind == Vote {
		ballot, err := carried(s, x)
		if err != nil {
			return nil, err
		}
		x.Ballot = &ballot
	}
	first := 0
	if x.Stages[0].Kind == Vote {
		first = 1
	}
	begun, err := begin(x.Stages[first], at, cals)
	return append([]event.Event{x}, begun...), err
}

// checkStages returns an error unless the stages make a way: a vote only first,
// offices named, ids unique, and at least one signature after the vote.
func checkStages(stages []Stage) error {
	if len(stages) == 0 {
		return fault.New(fault.Invalid, "a decision without stages")
	}
	seen := map[string]bool{}
	signs := false
	for i, s := range stages {
		switch {
		case s.ID == "" || seen[s.ID]:
			return fault.New(fault.Invalid, "stage %q: every id once, and none empty", s.ID)
		case s.Kind == Vote && (i != 0 || s.Rule != nil || s.Effective):
			return fault.New(fault.Invalid, "stage %q: the vote comes first; it has no clock here and no effect by itself", s.ID)
		case s.Kind == Court && !signs:
			return fault.New(fault.Invalid, "stage %q: somebody signs before a court confirms", s.ID)
		case s.Kind != Vote && len(s.Offices) == 0, s.Kind != Vote && s.Kind != Sign && len(s.Offices) > 1:
			return fault.New(fault.Invalid, "stage %q: want the office; several only where they sign jointly", s.ID)
		case s.Kind != Vote && s.Kind != Sign && s.Kind != Consent && s.Kind != Court:
			return fault.New(fault.Invalid, "stage %q: kind %q", s.ID, s.Kind)
		}
		if slices.Contains(s.Offices, "") || len(slices.Compact(slices.Sorted(slices.Values(s.Offices)))) != len(s.Offices) {
			return fault.New(fault.Invalid, "stage %q: every office once, and none empty", s.ID)
		}
		seen[s.ID] = true
		signs = signs || s.Kind == Sign
	}
	if !signs {
		return fault.New(fault.Invalid, "a decision that nobody signs")
	}
	return nil
}

// carried returns the count on which x may rest.
func carried(s session.Session, x Drafted) (Ballot, error) {
	for _, i := range s.Items {
		if i.Pin != x.Pin || i.Measure != string(x.Measure) {
			continue
		}
		if i.State != session.Agreed {
			return Ballot{}, fault.New(fault.Conflict, "drafting decision %s: item %q of session %s is %s, not carried", x.ID, i.Key, s.ID, i.State)
		}
		tally, _, err := s.Recount(i.Key)
		if err != nil {
			return Ballot{}, err
		}
		if tally != i.Tally || tally.Result != session.Carried {
			return Ballot{}, fault.New(fault.Conflict, "drafting decision %s: the count of item %q does not hold: %s", x.ID, i.Key, tally)
		}
		return Ballot{Session: s.ID, Item: i.Key, Tally: tally}, nil
	}
	return Ballot{}, fault.New(fault.Conflict, "drafting decision %s: session %s did not vote on %s of that version of the dossier", x.ID, s.ID, x.Measure)
}

// Revise writes the reasons anew. Whoever does so becomes a drafter.
func (d Decision) Revise(by roster.Person, t Text, reason string) ([]event.Event, error) {
	switch {
	case d.State != Draft:
		return nil, fault.New(fault.Conflict, "revising decision %s: it is %q", d.ID, d.State)
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "revising decision %s: a person does that", d.ID)
	case t.Open == "" || reason == "":
		return nil, fault.New(fault.Invalid, "revising decision %s: want open reasons, and why they change", d.ID)
	}
	return one(Revised{t, reason})
}

// Drop gives up a draft that nobody signed.
func (d Decision) Drop(by roster.Person, reason string) ([]event.Event, error) {
	if d.State != Draft || !by.Human() || reason == "" {
		return nil, fault.New(fault.Conflict, "dropping decision %s: it is %q; want a draft, a person and a reason", d.ID, d.State)
	}
	return one(Dropped{reason})
}

// waits returns the stage that is to be passed now, of one of these kinds.
func (d Decision) waits(kinds ...StageKind) (Stage, error) {
	if d.State != Draft && d.State != Pending && d.State != InForce {
		return Stage{}, fault.New(fault.Conflict, "decision %s is %q", d.ID, d.State)
	}
	s, ok := d.Stage()
	if !ok || !slices.Contains(kinds, s.Kind) {
		return s, fault.New(fault.Conflict, "decision %s waits for %q, not for one of %q", d.ID, s.ID, kinds)
	}
	return s, nil
}

// Sign signs for an office of the stage that is due. digest is that of the text
// which the signatory read. Nobody signs what he drafted, and nobody signs twice.
func (d Decision) Sign(by roster.Person, at time.Time, office, digest string, cals Calendars) ([]event.Event, error) {
	s, err := d.waits(Sign, Consent)
	if err != nil {
		return nil, err
	}
	switch {
	case !by.Human():
		return nil, fault.New(fault.Forbidden, "signing decision %s: a person signs", d.ID)
	case slices.Contains(d.Drafters, by.ID):
		return nil, fault.New(fault.Forbidden, "signing decision %s: %s drafted it", d.ID, by.ID)
	case slices.ContainsFunc(d.Signatures, func(x Signature) bool { return x.By == by.ID }):
		return nil, fault.New(fault.Forbidden, "signing decision %s: %s signed it", d.ID, by.ID)
	case !slices.Contains(s.Offices, office):
		return nil, fault.New(fault.Invalid, "signing decision %s: stage %q is for %q", d.ID, s.ID, s.Offices)
	case slices.ContainsFunc(d.Signatures, func(x Signature) bool { return x.Stage == s.ID && x.Office == office }):
		return nil, fault.New(fault.Conflict, "signing decision %s: %s signed", d.ID, office)
	case digest != d.Digest():
		return nil, fault.New(fault.Conflict, "signing decision %s: its text is another one than was read", d.ID)
	case d.expired(at):
		return nil, fault.New(fault.Conflict, "signing decision %s: the time of %q is over", d.ID, s.ID)
	}
	signed := 1
	for _, x := range d.Signatures {
		if x.Stage == s.ID {
			signed++
		}
	}
	e := Signed{Stage: s.ID, Office: office, Digest: digest, Last: signed == len(s.Offices)}
	if !e.Last {
		return one(e)
	}
	return d.after(s, at, e, cals)
}

// expired reports whether the clock of the stage ran out with the effect of
// ending the decision; a late signature after a mere breach still counts.
func (d Decision) expired(at time.Time) bool {
	return d.Clock.State(at).Phase == deadline.Expired && !d.Clock.Started.IsZero() &&
		(d.Clock.Rule.OnExpiry == deadline.Lapse || d.Clock.Rule.OnExpiry == deadline.DeemedRefusal)
}

// after answers e, which passes stage s, with the effect and the next clock.
func (d Decision) after(s Stage, at time.Time, e event.Event, cals Calendars) ([]event.Event, error) {
	events := []event.Event{e}
	at0 := slices.IndexFunc(d.Stages, func(x Stage) bool { return x.ID == s.ID })
	last := at0 == len(d.Stages)-1
	if (s.Effective || last) && d.From.IsZero() {
		events = append(events, TookEffect{})
	}
	if last {
		return events, nil
	}
	begun, err := begin(d.Stages[at0+1], at, cals)
	return append(events, begun...), err
}

// begin starts the clock of a stage, if it has one.
func begin(s Stage, at time.Time, cals Calendars) ([]event.Event, error) {
	if s.Rule == nil {
		return nil, nil
	}
	cal, err := cals(s.Rule.Calendar)
	if err != nil {
		return nil, fmt.Errorf("beginning stage %q: %w", s.ID, err)
	}
	clock, err := deadline.Start(*s.Rule, cal, at)
	if err != nil {
		return nil, fmt.Errorf("beginning stage %q: %w", s.ID, err)
	}
	return []event.Event{Begun{s.ID, clock}}, nil
}

// Rule records what the court of the stage that is due ruled. Nobody records it
// who drafted or signed.
func (d Decision) Rule(by roster.Person, at time.Time, upheld bool, reference, reason string, cals Calendars) ([]event.Event, error) {
	s, err := d.waits(Court)
	if err != nil {
		return nil, err
	}
	switch {
	case !by.Human() || slices.Contains(d.Drafters, by.ID) || slices.ContainsFunc(d.Signatures, func(x Signature) bool { return x.By == by.ID }):
		return nil, fault.New(fault.Forbidden, "recording the ruling on decision %s: %s drafted or signed it, or is no person", d.ID, by.ID)
	case reference == "":
		return nil, fault.New(fault.Invalid, "recording the ruling on decision %s: want its reference", d.ID)
	case d.expired(at):
		return nil, fault.New(fault.Conflict, "recording the ruling on decision %s: the time was over at %s", d.ID, d.Clock.Due.Format(time.RFC3339))
	case !upheld && reason == "":
		return nil, fault.New(fault.Invalid, "recording the refusal of decision %s: want a reason", d.ID)
	case !upheld:
		return one(TurnedDown{s.ID, reason})
	}
	return d.after(s, at, Confirmed{Stage: s.ID, Reference: reference}, cals)
}

// TurnDown refuses a signature or a consent, which ends the decision.
func (d Decision) TurnDown(by roster.Person, reason string) ([]event.Event, error) {
	s, err := d.waits(Sign, Consent)
	switch {
	case err != nil:
		return nil, err
	case d.State == Draft:
		return nil, fault.New(fault.Conflict, "refusing decision %s: it is a draft; revise or drop it", d.ID)
	case !by.Human() || slices.Contains(d.Drafters, by.ID):
		return nil, fault.New(fault.Forbidden, "refusing decision %s: %s drafted it or is no person", d.ID, by.ID)
	case reason == "":
		return nil, fault.New(fault.Invalid, "refusing decision %s: want a reason", d.ID)
	}
	return one(TurnedDown{s.ID, reason})
}

// Expire records what the passing of time did: the effect of a stage's silence,
// or the end of the decision. It returns no event while nothing happened.
func (d Decision) Expire(at time.Time, cals Calendars) ([]event.Event, error) {
	if d.State == InForce && !d.Until.IsZero() && at.After(d.Until) {
		return one(Finished{Why: "expired"})
	}
	s, ok := d.Stage()
	if !ok || d.State != Draft && d.State != Pending && d.State != InForce || d.Clock.Started.IsZero() || d.Clock.State(at).Phase != deadline.Expired {
		return nil, nil
	}
	switch d.Clock.Rule.OnExpiry {
	case deadline.Lapse, deadline.DeemedRefusal:
		return one(RanOut{s.ID, d.Clock.Due})
	case deadline.DeemedApproval:
		if s.Kind == Court || s.Kind == Consent {
			return d.after(s, at, Confirmed{Stage: s.ID, Silent: true}, cals)
		}
	}
	if slices.Contains(d.Overdue, s.ID) {
		return nil, nil
	}
	return one(Late{s.ID, d.Clock.Due, d.Clock.Rule.OnExpiry})
}

// End ends a decision by another one that is in force: a lifting, an amendment
// that replaces it, an extension.
func (d Decision) End(other Decision) ([]event.Event, error) {
	switch {
	case d.State != InForce:
		return nil, fault.New(fault.Conflict, "ending decision %s: it is %q", d.ID, d.State)
	case other.State != InForce || other.Target != d.ID || other.Measure == Exemption:
		return nil, fault.New(fault.Conflict, "ending decision %s: %s is %q and does not end it", d.ID, other.ID, other.State)
	}
	return one(Finished{Why: string(other.Measure), By: other.ID})
}

// Publish records in which edition of the commission's list the decision stands.
func (d Decision) Publish(p Published) ([]event.Event, error) {
	sum, err := hex.DecodeString(p.Notice)
	switch {
	case d.From.IsZero():
		return nil, fault.New(fault.Conflict, "publishing decision %s: it is %q and was never in force", d.ID, d.State)
	case p.Edition == "" || err != nil || len(sum) != 32:
		return nil, fault.New(fault.Invalid, "publishing decision %s: want the edition and the hash of the notice", d.ID)
	case slices.ContainsFunc(d.Editions, func(x Published) bool { return x.Edition == p.Edition }):
		return nil, fault.New(fault.Conflict, "publishing decision %s: it stands in edition %s", d.ID, p.Edition)
	}
	return one(p)
}
