package decision_test

import (
	"crypto/ed25519"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/event/eventtest"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/record"
	"interdict/internal/roster"
	"interdict/internal/session"
)

var (
	day    = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	eid    = id.New[decision.Decision]([10]byte{1})
	old    = id.New[decision.Decision]([10]byte{2})
	pin    = dossier.Pin{Statute: "model", StatuteVersion: "v1", Dossier: id.New[dossier.Dossier]([10]byte{3}), Version: 7, Digest: "d", Snapshot: "sn"}
	always = deadline.Calendar{Name: "none", Title: "No days off", Source: "none", AsOf: deadline.Day{Year: 2026, Month: 1, Day: 1}, Verified: deadline.Official, Zone: "UTC"}
)

func person(i string) roster.Person {
	return roster.Person{ID: roster.PersonID(i), Organisation: "mkp"}
}

func cals(string) (deadline.Calendar, error) { return always, nil }

func rule(hours int, effect deadline.Effect) *deadline.Rule {
	return &deadline.Rule{Span: deadline.Span{Amount: hours, Unit: deadline.Hours}, Start: deadline.Instant, Roll: deadline.NoRoll, Calendar: "none", OnExpiry: effect}
}

// chain is the Turkish way: the commission, two ministers jointly, a court.
func chain(silence deadline.Effect) []decision.Stage {
	return []decision.Stage{
		{ID: "commission", Kind: decision.Vote},
		{ID: "ministers", Kind: decision.Sign, Offices: []string{"finance", "interior"}, Effective: true},
		{ID: "court", Kind: decision.Court, Offices: []string{"heavy penal court"}, Rule: rule(48, silence)},
	}
}

func simple() []decision.Stage {
	return []decision.Stage{{ID: "session", Kind: decision.Vote}, {ID: "chair", Kind: decision.Sign, Offices: []string{"chair"}}}
}

// voted is a session of one seat that voted on a freeze.
func voted(t eventtest.T, choice session.Choice) session.Session {
	r := &event.Registry{}
	session.Events(r)
	sid := id.New[session.Session]([10]byte{4})
	key := ed25519.NewKeyFromSeed(make([]byte, 32))
	item := session.Agendum{Key: "i", Measure: "freeze", Question: "?", Pin: pin}
	s := &eventtest.Story[session.Session]{Registry: r, Stream: session.Stream(sid)}
	b := session.Ballot{Item: "i", Seat: "s", Person: "m", Choice: choice}
	b.Signature = ed25519.Sign(key, b.Text(sid, item))
	rules := session.Rules{Quorum: session.Quorum{Kind: session.Count, Count: 1}, Majority: session.Simple, Of: session.OfVoting, Tie: session.Fails}
	s.Tell(t, "m", "mkp", day, session.Convened{ID: sid, Statute: "model", StatuteVersion: "v1", Rules: rules, On: day}, session.ItemListed{Agendum: item},
		session.Opened{Seats: []session.Seat{{ID: "s", Holder: "m", HolderKey: key.Public().(ed25519.PublicKey)}}}, session.Came{Seat: "s", Person: "m"},
		session.VoteOpened{Item: "i", Mode: session.OpenVote}, session.BallotCast{Ballot: b})
	events, err := s.Now.Count(day, "i")
	if err != nil {
		t.Fatalf("%v", err)
	}
	s.Tell(t, "m", "mkp", day, events...)
	return s.Now
}

func drafted(stages []decision.Stage) decision.Drafted {
	return decision.Drafted{
		ID: eid, Measure: decision.Freeze, Subject: record.Subject{Kind: record.Organisation, Names: []record.Name{{Full: "ИГ", Type: record.Primary}}},
		Pin: pin, Stages: stages, Text: decision.Text{Open: "public reasons", Closed: "agent 7"},
	}
}

func story() *eventtest.Story[decision.Decision] {
	r := &event.Registry{}
	decision.Events(r)
	return &eventtest.Story[decision.Decision]{Registry: r, Stream: decision.Stream(eid)}
}

// do tells what a verb answers, as done by a person, and fails if it refuses.
func do(t eventtest.T, s *eventtest.Story[decision.Decision], by string, at time.Time, events []event.Event, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
	s.Tell(t, by, "mkp", at, events...)
}

func TestWhatMayBeDrafted(t *testing.T) {
	yes, no := voted(t, session.Yes), voted(t, session.No)
	slipped := voted(t, session.Yes)
	slipped.Items = slices.Clone(slipped.Items)
	slipped.Items[0].Tally.Yes++
	bearer := &decision.Bearer{Subject: "h", Entry: "own/1", EntryVersion: "v", Name: "ИГ"}
	signOnly := simple()[1:]
	for name, c := range map[string]struct {
		session session.Session
		change  func(*decision.Drafted)
		err     string
	}{
		"a freeze that was carried":         {yes, func(*decision.Drafted) {}, ""},
		"not one that failed":               {no, func(*decision.Drafted) {}, "conflict"},
		"not one whose count does not hold": {slipped, func(*decision.Drafted) {}, "conflict"},
		"not one that was not put":          {session.Session{}, func(*decision.Drafted) {}, "conflict"},
		"not another measure than was put":  {yes, func(x *decision.Drafted) { x.Measure = decision.Refuse }, "conflict"},
		"not of another version":            {yes, func(x *decision.Drafted) { x.Pin.Version++ }, "conflict"},
		"not without a snapshot":            {yes, func(x *decision.Drafted) { x.Pin.Snapshot = "" }, "invalid"},
		"not without open reasons":          {yes, func(x *decision.Drafted) { x.Text.Open = "" }, "invalid"},
		"not without a signature":           {yes, func(x *decision.Drafted) { x.Stages = x.Stages[:1] }, "invalid"},
		"not with a vote in the middle":     {yes, func(x *decision.Drafted) { x.Stages = append(slices.Clone(signOnly), x.Stages[0]) }, "invalid"},
		"not a lifting of nothing":          {session.Session{}, func(x *decision.Drafted) { x.Measure, x.Stages = decision.Lift, signOnly }, "invalid"},
		"a lifting":                         {session.Session{}, func(x *decision.Drafted) { x.Measure, x.Target, x.Stages = decision.Lift, old, signOnly }, ""},
		"not an extension without an end":   {session.Session{}, func(x *decision.Drafted) { x.Measure, x.Target, x.Stages = decision.Extend, old, signOnly }, "invalid"},
		"not a certificate for everybody":   {session.Session{}, func(x *decision.Drafted) { x.Measure, x.Stages = decision.Certificate, signOnly }, "invalid"},
		"a certificate for one":             {session.Session{}, func(x *decision.Drafted) { x.Measure, x.Stages, x.Bearer = decision.Certificate, signOnly, bearer }, ""},
		"not an exemption without terms":    {session.Session{}, func(x *decision.Drafted) { x.Measure, x.Target, x.Stages = decision.Exemption, old, signOnly }, "invalid"},
		"not an end in the past":            {yes, func(x *decision.Drafted) { x.Until = day }, "invalid"},
		"not a court before anybody signed": {session.Session{}, func(x *decision.Drafted) { x.Stages = []decision.Stage{chain(deadline.Lapse)[2], signOnly[0]} }, "invalid"},
		"not an office that signs with itself": {session.Session{}, func(x *decision.Drafted) {
			x.Stages = []decision.Stage{{ID: "a", Kind: decision.Sign, Offices: []string{"x", "x"}}}
		}, "invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			x := drafted(simple())
			c.change(&x)
			events, err := decision.Decision{}.Draft(person("ann"), day, c.session, x, cals)
			if c.err != "" {
				eventtest.Want(t, events, err, c.err)
				return
			}
			eventtest.Want(t, events, err, "", "decision.drafted")
		})
	}
}

func TestOneDraftsAndAnotherSigns(t *testing.T) {
	s := story()
	events, err := s.Now.Draft(person("ann"), day, voted(t, session.Yes), drafted(simple()), cals)
	do(t, s, "ann", day, events, err)
	before := s.Now.Digest()
	events, err = s.Now.Revise(person("bob"), decision.Text{Open: "better"}, "clearer")
	do(t, s, "bob", day, events, err)
	for _, c := range []struct{ by, office, digest, want string }{
		{"ann", "chair", s.Now.Digest(), "forbidden"},
		{"bob", "chair", s.Now.Digest(), "forbidden"},
		{"cleo", "chair", before, "conflict"},
		{"cleo", "king", s.Now.Digest(), "invalid"},
		{"system", "chair", s.Now.Digest(), "forbidden"},
	} {
		_, err := s.Now.Sign(person(c.by), day, c.office, c.digest, cals)
		if fault.KindOf(err).String() != c.want || err == nil {
			t.Errorf("%s signs as %s: got %v, want %s", c.by, c.office, err, c.want)
		}
	}
	if _, ok := s.Now.Public(); ok {
		t.Error("a draft is public")
	}
	events, err = s.Now.Sign(person("cleo"), day, "chair", s.Now.Digest(), cals)
	eventtest.Want(t, events, err, "", "decision.signed", "decision.took_effect")
	do(t, s, "cleo", day, events, err)
	if p, ok := s.Now.Public(); !ok || p.Reasons != "better" || !p.From.Equal(day) {
		t.Errorf("public: %+v, %v", p, ok)
	}
	if _, err := s.Now.Revise(person("ann"), decision.Text{Open: "x"}, "y"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("revised after the signature: %v", err)
	}
}

func TestAChainOfCommissionMinistersAndCourt(t *testing.T) {
	for name, c := range map[string]struct {
		silence deadline.Effect
		court   func(decision.Decision) ([]event.Event, error)
		at      time.Duration
		state   decision.State
		kinds   []string
	}{
		"the court confirms": {deadline.Lapse, func(d decision.Decision) ([]event.Event, error) {
			return d.Rule(person("clerk"), day.Add(time.Hour), true, "2026/7", "", cals)
		}, 1, decision.InForce, []string{"decision.confirmed"}},
		"the court refuses": {deadline.Lapse, func(d decision.Decision) ([]event.Event, error) {
			return d.Rule(person("clerk"), day.Add(time.Hour), false, "2026/7", "no grounds", cals)
		}, 1, decision.Refused, []string{"decision.refused"}},
		"silence lapses":               {deadline.Lapse, func(d decision.Decision) ([]event.Event, error) { return d.Expire(day.Add(49*time.Hour), cals) }, 49, decision.Lapsed, []string{"decision.lapsed"}},
		"silence stands":               {deadline.DeemedApproval, func(d decision.Decision) ([]event.Event, error) { return d.Expire(day.Add(49*time.Hour), cals) }, 49, decision.InForce, []string{"decision.confirmed"}},
		"silence is told":              {deadline.Breach, func(d decision.Decision) ([]event.Event, error) { return d.Expire(day.Add(49*time.Hour), cals) }, 49, decision.InForce, []string{"decision.stage_overdue"}},
		"nothing happens before it is": {deadline.Lapse, func(d decision.Decision) ([]event.Event, error) { return d.Expire(day.Add(48*time.Hour), cals) }, 48, decision.InForce, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := story()
			events, err := s.Now.Draft(person("ann"), day, voted(t, session.Yes), drafted(chain(c.silence)), cals)
			do(t, s, "ann", day, events, err)
			events, err = s.Now.Sign(person("fin"), day, "finance", s.Now.Digest(), cals)
			eventtest.Want(t, events, err, "", "decision.signed")
			do(t, s, "fin", day, events, err)
			if _, err := s.Now.Sign(person("fin"), day, "interior", s.Now.Digest(), cals); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("one minister signs for both: %v", err)
			}
			if s.Now.State != decision.Pending {
				t.Errorf("one of two ministers signed: %s", s.Now.State)
			}
			events, err = s.Now.Sign(person("int"), day, "interior", s.Now.Digest(), cals)
			eventtest.Want(t, events, err, "", "decision.signed", "decision.took_effect", "decision.stage_begun")
			do(t, s, "int", day, events, err)
			if due := s.Now.Clock.Due; !due.Equal(day.Add(48 * time.Hour)) {
				t.Errorf("to the court until %v", due)
			}
			events, err = c.court(s.Now)
			eventtest.Want(t, events, err, "", c.kinds...)
			do(t, s, "clerk", day.Add(c.at*time.Hour), events, err)
			if s.Now.State != c.state || s.Now.To.IsZero() != (c.state == decision.InForce) {
				t.Errorf("got %s until %v, want %s", s.Now.State, s.Now.To, c.state)
			}
			if c.silence == deadline.Lapse && c.state == decision.Lapsed {
				if _, err := s.Now.Rule(person("clerk"), day.Add(50*time.Hour), true, "late", "", cals); fault.KindOf(err) != fault.Conflict {
					t.Errorf("a late ruling brings it back: %v", err)
				}
			}
		})
	}
}

func TestOnlyADecisionInForceEndsAnother(t *testing.T) {
	s := story()
	x := drafted(simple())
	x.ID = old
	s.Tell(t, "ann", "mkp", day, x)
	s.Tell(t, "cleo", "mkp", day, decision.Signed{Stage: "chair", Last: true}, decision.TookEffect{})
	lift := decision.Decision{Drafted: decision.Drafted{ID: eid, Measure: decision.Lift, Target: old}, State: decision.Pending}
	if _, err := s.Now.End(lift); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a pending lifting lifts: %v", err)
	}
	lift.State = decision.InForce
	other := lift
	other.Target = eid
	if _, err := s.Now.End(other); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a lifting lifts what it does not name: %v", err)
	}
	events, err := s.Now.End(lift)
	eventtest.Want(t, events, err, "", "decision.ended")
	do(t, s, "system", day.Add(time.Hour), events, err)
	if s.Now.State != decision.Ended || !s.Now.To.Equal(day.Add(time.Hour)) {
		t.Errorf("%+v", s.Now)
	}
}

func TestADecisionWithAnEndEnds(t *testing.T) {
	s := story()
	x := drafted(simple())
	x.Until = day.Add(56 * 24 * time.Hour)
	s.Tell(t, "ann", "mkp", day, x)
	s.Tell(t, "cleo", "mkp", day, decision.Signed{Stage: "chair", Last: true}, decision.TookEffect{})
	if events, err := s.Now.Expire(x.Until, cals); len(events) != 0 || err != nil {
		t.Errorf("ended on its last instant: %v, %v", events, err)
	}
	events, err := s.Now.Expire(x.Until.Add(1), cals)
	eventtest.Want(t, events, err, "", "decision.ended")
}

func TestNothingIsInForceThatWasNotSignedByOthers(t *testing.T) {
	yes := voted(t, session.Yes)
	rapid.Check(t, func(t *rapid.T) {
		s := story()
		at := day
		effect := rapid.SampledFrom([]deadline.Effect{deadline.Lapse, deadline.DeemedApproval, deadline.Breach, deadline.DeemedRefusal}).Draw(t, "silence")
		who := rapid.SampledFrom([]string{"ann", "bob", "cleo", "dan", "system"})
		var by string
		due := map[string]time.Time{}
		over := false
		try := func(events []event.Event, err error) {
			if err == nil {
				s.Tell(t, by, "mkp", at, events...)
			} else if fault.KindOf(err) == fault.Internal {
				t.Fatalf("%v", err)
			}
		}
		step := func(f func(*rapid.T)) func(*rapid.T) {
			return func(t *rapid.T) { by, at = who.Draw(t, "by"), at.Add(time.Hour); f(t) }
		}
		office := rapid.SampledFrom([]string{"finance", "interior"})
		t.Repeat(map[string]func(*rapid.T){
			"draft":  step(func(t *rapid.T) { try(s.Now.Draft(person(by), at, yes, drafted(chain(effect)), cals)) }),
			"revise": step(func(t *rapid.T) { try(s.Now.Revise(person(by), decision.Text{Open: by}, "r")) }),
			"sign":   step(func(t *rapid.T) { try(s.Now.Sign(person(by), at, office.Draw(t, "office"), s.Now.Digest(), cals)) }),
			"refuse": step(func(t *rapid.T) { try(s.Now.TurnDown(person(by), "r")) }),
			"rule":   step(func(t *rapid.T) { try(s.Now.Rule(person(by), at, rapid.Bool().Draw(t, "upheld"), "ref", "r", cals)) }),
			"drop":   step(func(t *rapid.T) { try(s.Now.Drop(person(by), "r")) }),
			"wait":   func(t *rapid.T) { at = at.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "hours")) * time.Hour) },
			"expire": func(t *rapid.T) { by = "system"; try(s.Now.Expire(at, cals)) },
			"": func(t *rapid.T) {
				d := s.Now
				signed := map[roster.PersonID]bool{}
				for _, x := range d.Signatures {
					if slices.Contains(d.Drafters, x.By) || signed[x.By] || x.By == roster.System {
						t.Fatalf("%s signed, drafters %v", x.By, d.Drafters)
					}
					signed[x.By] = true
				}
				if d.State == decision.InForce && len(signed) != 2 {
					t.Fatalf("in force with the signatures of %v", signed)
				}
				if over && d.State == decision.InForce {
					t.Fatalf("it came back")
				}
				over = over || d.State == decision.Refused || d.State == decision.Lapsed || d.State == decision.Withdrawn || d.State == decision.Ended
				if c := d.Clock; !c.Started.IsZero() {
					if was, ok := due["court"]; ok && !was.Equal(c.Due) {
						t.Fatalf("the deadline moved from %v to %v", was, c.Due)
					}
					due["court"] = c.Due
				}
			},
		})
		s.Refold(t, decision.Decision{})
	})
}

func TestTheClockOfTheSignatureBeginsWithTheDraft(t *testing.T) {
	stages := simple()
	stages[1].Rule = rule(24, deadline.Breach)
	s := story()
	events, err := s.Now.Draft(person("ann"), day, voted(t, session.Yes), drafted(stages), cals)
	do(t, s, "ann", day, events, err)
	if want := day.Add(24 * time.Hour); !s.Now.Clock.Due.Equal(want) {
		t.Fatalf("due %v, want %v", s.Now.Clock.Due, want)
	}
	late := day.Add(25 * time.Hour)
	events, err = s.Now.Expire(late, cals)
	do(t, s, "system", late, events, err)
	if len(s.Now.Overdue) != 1 || s.Now.State != decision.Draft {
		t.Errorf("unsigned too long: %s, overdue %v", s.Now.State, s.Now.Overdue)
	}
	if again, err := s.Now.Expire(late, cals); err != nil || len(again) > 0 {
		t.Errorf("told twice: %v %v", again, err)
	}
}
