package petition_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/event"
	"interdict/internal/event/eventtest"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/petition"
	"interdict/internal/record"
	"interdict/internal/roster"
)

var (
	day    = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	pid    = id.New[petition.Petition]([10]byte{1})
	eid    = id.New[decision.Decision]([10]byte{2})
	lid    = id.New[decision.Decision]([10]byte{3})
	always = deadline.Calendar{Name: "none", Title: "No days off", Source: "none", AsOf: deadline.Day{Year: 2026, Month: 1, Day: 1}, Verified: deadline.Official, Zone: "UTC"}
)

func person(i string) roster.Person {
	return roster.Person{ID: roster.PersonID(i), Organisation: "mkp"}
}

func clock(t eventtest.T, at time.Time, effect deadline.Effect) deadline.Clock {
	c, err := deadline.Start(deadline.Rule{Span: deadline.Span{Amount: 240, Unit: deadline.Hours}, Start: deadline.Instant, Roll: deadline.NoRoll, Calendar: "none", OnExpiry: effect}, always, at)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return c
}

func contested() decision.Decision {
	return decision.Decision{Drafted: decision.Drafted{ID: eid, Measure: decision.Freeze}, State: decision.InForce, From: day.Add(-time.Hour), Drafters: []roster.PersonID{"ann"}}
}

func answer(m decision.Measure, target decision.ID, s decision.State) decision.Decision {
	return decision.Decision{Drafted: decision.Drafted{ID: lid, Measure: m, Target: target}, State: s, From: day}
}

func lodging(t eventtest.T, effect deadline.Effect) petition.Lodging {
	return petition.Lodging{
		ID: pid, Plea: petition.Delisting, Against: eid, Drafters: []roster.PersonID{"ann"}, Text: "It was not me.",
		Petitioner: record.Subject{Kind: record.Person, Names: []record.Name{{Full: "Иван Примеров"}}}, Clock: clock(t, day, effect),
	}
}

func registry() *event.Registry {
	r := &event.Registry{}
	petition.Events(r)
	return r
}

func story() *eventtest.Story[petition.Petition] {
	return &eventtest.Story[petition.Petition]{Registry: registry(), Stream: petition.Stream(pid)}
}

func TestWhatMayHappenToAPetition(t *testing.T) {
	l := lodging(t, deadline.DeemedRefusal)
	type events = []event.Event
	type verb = func(petition.Petition) ([]event.Event, error)
	earlier := petition.Petition{Lodging: l, State: petition.Refused}
	pending := petition.Petition{Lodging: l, State: petition.Lodged}
	lodge := func(earlier []petition.Petition, change func(*petition.Lodging), d decision.Decision) verb {
		return func(p petition.Petition) ([]event.Event, error) {
			x := lodging(t, deadline.DeemedRefusal)
			change(&x)
			return p.Lodge(day, x, d, earlier, true)
		}
	}
	same := func(*petition.Lodging) {}
	ended := contested()
	ended.State = decision.Ended
	advised := events{l, petition.Advice{Grant: true, Reason: "r"}} // by bob
	grant := func(by string, d decision.Decision) verb {
		return func(p petition.Petition) ([]event.Event, error) { return p.Grant(person(by), d, "r") }
	}
	lift := answer(decision.Lift, eid, decision.InForce)
	for name, c := range map[string]struct {
		given events
		when  verb
		err   string
		kinds []string
	}{
		"it is lodged":                            {nil, lodge(nil, same, contested()), "", []string{"petition.lodged"}},
		"against a decision in force":             {nil, lodge(nil, same, ended), "conflict", nil},
		"a third party also against one that was": {nil, lodge(nil, func(l *petition.Lodging) { l.Plea = petition.ThirdParty }, ended), "", []string{"petition.lodged"}},
		"by somebody":                             {nil, lodge(nil, func(l *petition.Lodging) { l.Petitioner.Names = nil }, contested()), "invalid", nil},
		"its clock has begun":                     {nil, lodge(nil, func(l *petition.Lodging) { l.Clock = clock(t, day.Add(1e9), deadline.Breach) }, contested()), "invalid", nil},
		"not again without a change":              {nil, lodge([]petition.Petition{earlier}, same, contested()), "conflict", nil},
		"again when something changed":            {nil, lodge([]petition.Petition{earlier}, func(l *petition.Lodging) { l.Change = "acquitted" }, contested()), "", []string{"petition.lodged"}},
		"not while one is pending":                {nil, lodge([]petition.Petition{pending}, func(l *petition.Lodging) { l.Change = "x" }, contested()), "conflict", nil},
		"a drafter does not recommend":            {events{l}, func(p petition.Petition) ([]event.Event, error) { return p.Recommend(person("ann"), false, "r") }, "forbidden", nil},
		"another does":                            {events{l}, func(p petition.Petition) ([]event.Event, error) { return p.Recommend(person("bob"), false, "r") }, "", []string{"petition.recommended"}},
		"nothing is refused out of hand":          {events{l}, func(p petition.Petition) ([]event.Event, error) { return p.Refuse(person("cleo"), "r", "court") }, "conflict", nil},
		"who recommended does not decide":         {advised, grant("bob", lift), "forbidden", nil},
		"nor does a drafter":                      {advised, grant("ann", lift), "forbidden", nil},
		"a third person does":                     {advised, grant("cleo", lift), "", []string{"petition.granted"}},
		"by a decision in force":                  {advised, grant("cleo", answer(decision.Lift, eid, decision.Pending)), "conflict", nil},
		"that does what was asked":                {advised, grant("cleo", answer(decision.Exemption, eid, decision.InForce)), "conflict", nil},
		"of the contested one":                    {advised, grant("cleo", answer(decision.Lift, lid, decision.InForce)), "conflict", nil},
		"a refusal says where to turn":            {advised, func(p petition.Petition) ([]event.Event, error) { return p.Refuse(person("cleo"), "r", "") }, "invalid", nil},
		"a program does not refuse":               {advised, func(p petition.Petition) ([]event.Event, error) { return p.Refuse(person("system"), "r", "court") }, "forbidden", nil},
		"one outcome":                             {append(slices.Clone(advised), petition.Refusal{Reason: "r", Recourse: "court"}), grant("cleo", lift), "conflict", nil},
		"silence is no early answer":              {events{l}, func(p petition.Petition) ([]event.Event, error) { return p.Expire(day.Add(240 * time.Hour)) }, "", nil},
		"silence refuses":                         {events{l}, func(p petition.Petition) ([]event.Event, error) { return p.Expire(day.Add(241 * time.Hour)) }, "", []string{"petition.deemed_refused"}},
		"silence of a decided one is nothing":     {append(slices.Clone(advised), petition.Refusal{Reason: "r", Recourse: "court"}), func(p petition.Petition) ([]event.Event, error) { return p.Expire(day.Add(241 * time.Hour)) }, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := story()
			s.Tell(t, "bob", "mkp", day, c.given...)
			got, err := c.when(s.Now)
			eventtest.Want(t, got, err, c.err, c.kinds...)
		})
	}
}

func TestSilenceDoesWhatTheStatuteSays(t *testing.T) {
	for effect, kind := range map[deadline.Effect]string{
		deadline.DeemedRefusal: "petition.deemed_refused", deadline.DeemedApproval: "petition.deemed_granted",
		deadline.Breach: "petition.overdue", deadline.Escalation: "petition.overdue",
	} {
		s := story()
		l := lodging(t, deadline.Breach)
		l.Clock.Rule.OnExpiry = effect
		s.Tell(t, "web", "", day, l)
		events, err := s.Now.Expire(day.Add(241 * time.Hour))
		eventtest.Want(t, events, err, "", kind)
		s.Tell(t, "system", "", day.Add(241*time.Hour), events...)
		if again, err := s.Now.Expire(day.Add(300 * time.Hour)); len(again) > 0 || err != nil {
			t.Errorf("%s: silence speaks twice: %v, %v", effect, again, err)
		}
	}
}

func TestAQuestionStopsTheClockByExactlyItsLength(t *testing.T) {
	s := story()
	s.Tell(t, "web", "", day, lodging(t, deadline.DeemedRefusal))
	events, err := s.Now.Ask(person("bob"), day.Add(time.Hour), "Born where?")
	eventtest.Want(t, events, err, "", "petition.question_asked")
	s.Tell(t, "bob", "mkp", day.Add(time.Hour), events...)
	if events, err := s.Now.Expire(day.Add(1000 * time.Hour)); len(events) != 0 || err != nil {
		t.Errorf("silence speaks while the petitioner is asked: %v, %v", events, err)
	}
	events, err = s.Now.Answer(person("bob"), day.Add(101*time.Hour), "Here.", nil)
	eventtest.Want(t, events, err, "", "petition.question_answered")
	s.Tell(t, "bob", "mkp", day.Add(101*time.Hour), events...)
	if want := day.Add(340 * time.Hour); !s.Now.Clock.Due.Equal(want) || s.Now.State != petition.Lodged {
		t.Errorf("due %v, want %v", s.Now.Clock.Due, want)
	}
}

func TestAPetitionHasOneOutcomeByOneWhoDidNotRecommendIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := story()
		at := day
		effect := rapid.SampledFrom([]deadline.Effect{deadline.DeemedRefusal, deadline.DeemedApproval, deadline.Breach}).Draw(t, "silence")
		s.Tell(t, "web", "", at, lodging(t, effect))
		who := rapid.SampledFrom([]string{"ann", "bob", "cleo", "system"})
		var by string
		final := petition.State("")
		try := func(events []event.Event, err error) {
			if err != nil {
				if fault.KindOf(err) == fault.Internal {
					t.Fatalf("%v", err)
				}
				return
			}
			due := s.Now.Clock.Due
			for _, e := range events {
				if (e.Kind() == "petition.deemed_refused" || e.Kind() == "petition.deemed_granted") && !at.After(due) {
					t.Fatalf("%s at %v, due %v", e.Kind(), at, due)
				}
			}
			s.Tell(t, by, "mkp", at, events...)
			if !s.Now.Clock.Due.Equal(due) && events[0].Kind() != "petition.question_answered" && s.Now.State != petition.Withdrawn {
				t.Fatalf("the deadline moved by %s", events[0].Kind())
			}
		}
		step := func(f func(*rapid.T)) func(*rapid.T) {
			return func(t *rapid.T) {
				by, at = who.Draw(t, "by"), at.Add(time.Duration(rapid.IntRange(1, 40).Draw(t, "hours"))*time.Hour)
				f(t)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"ask":       step(func(t *rapid.T) { try(s.Now.Ask(person(by), at, "q")) }),
			"answer":    step(func(t *rapid.T) { try(s.Now.Answer(person(by), at, "a", nil)) }),
			"recommend": step(func(t *rapid.T) { try(s.Now.Recommend(person(by), rapid.Bool().Draw(t, "grant"), "r")) }),
			"back":      step(func(t *rapid.T) { try(s.Now.SendBack(person(by), "r")) }),
			"grant":     step(func(t *rapid.T) { try(s.Now.Grant(person(by), answer(decision.Lift, eid, decision.InForce), "r")) }),
			"refuse":    step(func(t *rapid.T) { try(s.Now.Refuse(person(by), "r", "court")) }),
			"reject":    step(func(t *rapid.T) { try(s.Now.Reject(person(by), "r", "court")) }),
			"withdraw":  step(func(t *rapid.T) { try(s.Now.Withdraw(person(by), "r")) }),
			"expire":    step(func(t *rapid.T) { by = "system"; try(s.Now.Expire(at)) }),
			"": func(t *rapid.T) {
				p := s.Now
				if final != "" && p.State != final {
					t.Fatalf("%s became %s", final, p.State)
				}
				switch p.State {
				case petition.Granted, petition.Refused:
					if p.DecidedBy == p.AdvisedBy || p.AdvisedBy == "" || p.DecidedBy == "ann" || p.AdvisedBy == "ann" || p.DecidedBy == roster.System {
						t.Fatalf("recommended by %s, decided by %s", p.AdvisedBy, p.DecidedBy)
					}
				}
				if p.State != petition.Lodged && p.State != petition.Asked && p.State != petition.Recommended {
					final = p.State
				}
			},
		})
		s.Refold(t, petition.Petition{})
	})
}

func TestReviewsComeRoundAndMissingOneIsTold(t *testing.T) {
	s := &eventtest.Story[petition.Reviews]{Registry: registry(), Stream: petition.ReviewStream(eid)}
	d := contested()
	if _, err := s.Now.Schedule(d, clock(t, day, deadline.Breach)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("scheduled from another day: %v", err)
	}
	events, err := s.Now.Schedule(d, clock(t, d.From, deadline.Breach))
	eventtest.Want(t, events, err, "", "petition.review_scheduled")
	s.Tell(t, "system", "", d.From, events...)
	late := d.From.Add(241 * time.Hour)
	events, err = s.Now.Expire(late.Add(-time.Hour))
	eventtest.Want(t, events, err, "")
	events, err = s.Now.Expire(late)
	eventtest.Want(t, events, err, "", "petition.review_missed")
	s.Tell(t, "system", "", late, events...)
	if again, err := s.Now.Expire(late); len(again) > 0 || err != nil {
		t.Errorf("missed twice: %v", err)
	}
	next := clock(t, late, deadline.Breach)
	for _, c := range []struct {
		by      string
		finding petition.Finding
		want    string
	}{{"ann", petition.Maintain, "forbidden"}, {"system", petition.Maintain, "forbidden"}, {"bob", "fine", "invalid"}} {
		if _, err := s.Now.Hold(person(c.by), late, c.finding, "r", next); err == nil || fault.KindOf(err).String() != c.want {
			t.Errorf("%s finds %s: %v", c.by, c.finding, err)
		}
	}
	events, err = s.Now.Hold(person("bob"), late, petition.ProposeLift, "grounds are gone", next)
	eventtest.Want(t, events, err, "", "petition.review_held")
	s.Tell(t, "bob", "mkp", late, events...)
	if s.Now.State != petition.Upcoming || !s.Now.Clock.Started.Equal(late) {
		t.Errorf("next review: %+v", s.Now)
	}
	if _, err := s.Now.Stop(d); fault.KindOf(err) != fault.Conflict {
		t.Errorf("stopped while in force: %v", err)
	}
	d.State, d.Why = decision.Ended, "lift"
	events, err = s.Now.Stop(d)
	eventtest.Want(t, events, err, "", "petition.reviews_stopped")
	s.Tell(t, "system", "", late, events...)
	if _, err := s.Now.Hold(person("bob"), late, petition.Maintain, "r", next); fault.KindOf(err) != fault.Conflict {
		t.Errorf("reviewed after the end: %v", err)
	}
	s.Refold(t, petition.Reviews{})
}
