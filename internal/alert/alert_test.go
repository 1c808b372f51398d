package alert_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/alert"
	"interdict/internal/event"
	"interdict/internal/event/eventtest"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/roster"
)

var (
	day    = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	ann    = roster.Person{ID: "ann", Organisation: "bank", Roles: []roster.Role{roster.Officer}}
	bob    = roster.Person{ID: "bob", Organisation: "bank", Roles: []roster.Role{roster.Officer}}
	robot  = roster.Person{ID: "bot", Organisation: "bank", Roles: []roster.Role{roster.Officer, roster.Machine}}
	system = roster.Person{ID: roster.System}
	aid    = id.New[alert.Alert]([10]byte{1})
	xid    = id.New[alert.Exclusion]([10]byte{2})
)

func story() *eventtest.Story[alert.Alert] {
	r := &event.Registry{}
	alert.Events(r)
	return &eventtest.Story[alert.Alert]{Registry: r, Stream: alert.Stream(aid)}
}

func exclusions() *eventtest.Story[alert.Exclusion] {
	r := &event.Registry{}
	alert.Events(r)
	return &eventtest.Story[alert.Exclusion]{Registry: r, Stream: alert.ExclusionStream(xid)}
}

func raised() alert.Raised {
	hit := func(key string) alert.Hit {
		return alert.Hit{Key: key, Entry: "un/QDi.1", EntryVersion: "v1", Name: "ISIL", Path: "Dbtr/Nm", Score: 9000, Band: "strong"}
	}
	return alert.Raised{ID: aid, Owner: "bank", Channel: alert.FromPayment, Source: "pay-1", Subject: "h1", Snapshot: "sn", Profile: "p1", Hits: []alert.Hit{hit("h1"), hit("h2")}}
}

var scope = alert.Scope{Subject: "h1", Entry: "un/QDi.1", EntryVersion: "v1", Name: "ISIL", Channel: alert.FromPayment, Profile: "p1"}

func TestWhatMayHappenToAnAlert(t *testing.T) {
	type events = []event.Event
	both := events{raised(), alert.DifferentHit{"h1", "x"}, alert.DifferentHit{"h2", "x"}}
	for name, c := range map[string]struct {
		given events
		when  func(alert.Alert) ([]event.Event, error)
		err   string
		kinds []string
	}{
		"it is raised":                               {nil, func(a alert.Alert) ([]event.Event, error) { return a.Raise(raised()) }, "", []string{"alert.raised"}},
		"with hits":                                  {nil, func(a alert.Alert) ([]event.Event, error) { r := raised(); r.Hits = nil; return a.Raise(r) }, "invalid", nil},
		"each hit by itself":                         {events{raised(), alert.DifferentHit{"h1", "x"}}, func(a alert.Alert) ([]event.Event, error) { return a.Close(ann, "done") }, "conflict", nil},
		"it closes when all are disposed of":         {both, func(a alert.Alert) ([]event.Event, error) { return a.Close(ann, "done") }, "", []string{"alert.closed"}},
		"a program does not judge":                   {events{raised()}, func(a alert.Alert) ([]event.Event, error) { return a.Different(robot, "h1", "x") }, "forbidden", nil},
		"a judgement has a reason":                   {events{raised()}, func(a alert.Alert) ([]event.Event, error) { return a.Different(ann, "h1", "") }, "invalid", nil},
		"a judgement may be mended":                  {both, func(a alert.Alert) ([]event.Event, error) { return a.Same(ann, "h1", "mistaken") }, "", []string{"alert.hit_same"}},
		"unsure keeps it open":                       {append(both[:3:3], alert.UnsureHit{"h2", "x"}), func(a alert.Alert) ([]event.Event, error) { return a.Close(ann, "done") }, "conflict", nil},
		"the subject is escalated, not closed":       {append(both[:3:3], alert.SameHit{"h2", "x"}), func(a alert.Alert) ([]event.Event, error) { return a.Close(ann, "done") }, "conflict", nil},
		"and closes with the dossier":                {append(both[:3:3], alert.SameHit{"h2", "x"}, alert.Escalation{"D1", "x"}), func(a alert.Alert) ([]event.Event, error) { return a.Close(ann, "done") }, "", []string{"alert.closed"}},
		"an escalated one can still be judged":       {events{raised(), alert.Escalation{"D1", "x"}}, func(a alert.Alert) ([]event.Event, error) { return a.Same(ann, "h1", "x") }, "", []string{"alert.hit_same"}},
		"a snoozed one is not judged":                {events{raised(), alert.Snooze{day.Add(time.Hour), "x"}}, func(a alert.Alert) ([]event.Event, error) { return a.Same(ann, "h1", "x") }, "conflict", nil},
		"it is put off to a later time":              {events{raised()}, func(a alert.Alert) ([]event.Event, error) { return a.PutOff(ann, day, day, "x") }, "invalid", nil},
		"the system wakes it in time":                {events{raised(), alert.Snooze{day.Add(time.Hour), "x"}}, func(a alert.Alert) ([]event.Event, error) { return a.Wake(system, day.Add(time.Hour), "time") }, "", []string{"alert.woken"}},
		"not before":                                 {events{raised(), alert.Snooze{day.Add(time.Hour), "x"}}, func(a alert.Alert) ([]event.Event, error) { return a.Wake(system, day, "time") }, "conflict", nil},
		"a person wakes it at any time":              {events{raised(), alert.Snooze{day.Add(time.Hour), "x"}}, func(a alert.Alert) ([]event.Event, error) { return a.Wake(ann, day, "answer came") }, "", []string{"alert.woken"}},
		"a closed one is reopened before it changes": {append(both[:3:3], alert.Closure{"x"}), func(a alert.Alert) ([]event.Event, error) { return a.Same(ann, "h1", "x") }, "conflict", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := story()
			s.Tell(t, "ann", "bank", day, c.given...)
			got, err := c.when(s.Now)
			eventtest.Want(t, got, err, c.err, c.kinds...)
		})
	}
}

func TestNoAlertClosesWithAnOpenHit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := story()
		s.Tell(t, "bot", "bank", day, raised())
		who, key := rapid.SampledFrom([]roster.Person{ann, bob, robot, system}), rapid.SampledFrom([]string{"h1", "h2"})
		var by roster.Person
		try := func(events []event.Event, err error) {
			if err == nil {
				s.Tell(t, string(by.ID), "bank", day, events...)
			} else if fault.KindOf(err) == fault.Internal {
				t.Fatalf("%v", err)
			}
		}
		step := func(f func(t *rapid.T)) func(*rapid.T) { return func(t *rapid.T) { by = who.Draw(t, "by"); f(t) } }
		t.Repeat(map[string]func(*rapid.T){
			"same":      step(func(t *rapid.T) { try(s.Now.Same(by, key.Draw(t, "hit"), "r")) }),
			"different": step(func(t *rapid.T) { try(s.Now.Different(by, key.Draw(t, "hit"), "r")) }),
			"unsure":    step(func(t *rapid.T) { try(s.Now.Unsure(by, key.Draw(t, "hit"), "r")) }),
			"snooze":    step(func(t *rapid.T) { try(s.Now.PutOff(by, day, day.Add(time.Hour), "r")) }),
			"wake":      step(func(t *rapid.T) { try(s.Now.Wake(by, day, "r")) }),
			"escalate":  step(func(t *rapid.T) { try(s.Now.Escalate(by, "D1", "r")) }),
			"close":     step(func(t *rapid.T) { try(s.Now.Close(by, "r")) }),
			"reopen":    step(func(t *rapid.T) { try(s.Now.Reopen(by, "r")) }),
			"": func(t *rapid.T) {
				for _, h := range s.Now.Hits {
					if (h.State == alert.Waiting) != (h.By == "") || h.By == robot.ID || h.By == roster.System {
						t.Fatalf("hit %+v", h)
					}
					if s.Now.State == alert.Closed && (h.State == alert.Waiting || h.State == alert.Unsure || h.State == alert.Same && s.Now.Dossier == "") {
						t.Fatalf("closed with %+v", h)
					}
				}
			},
		})
		s.Refold(t, alert.Alert{})
	})
}

func requested() alert.Requested {
	return alert.Requested{ID: xid, Owner: "bank", Scope: scope, Code: "other_birth", Reason: "born 1990, listed 1957"}
}

func TestWhatMayHappenToAnExclusion(t *testing.T) {
	asked := requested()
	asked.Until = day.AddDate(0, 12, 0)
	type events = []event.Event
	ask := func(change func(*alert.Requested)) func(alert.Exclusion) ([]event.Event, error) {
		return func(x alert.Exclusion) ([]event.Event, error) {
			r := requested()
			change(&r)
			return x.Request(ann, day, r)
		}
	}
	for name, c := range map[string]struct {
		given events
		when  func(alert.Exclusion) ([]event.Event, error)
		err   string
		kinds []string
	}{
		"it is asked for":            {nil, ask(func(*alert.Requested) {}), "", []string{"alert.exclusion_requested"}},
		"never a bare name":          {nil, ask(func(r *alert.Requested) { r.Scope.Entry = "" }), "invalid", nil},
		"never of every version":     {nil, ask(func(r *alert.Requested) { r.Scope.EntryVersion = "" }), "invalid", nil},
		"never everywhere":           {nil, ask(func(r *alert.Requested) { r.Scope.Channel = alert.Anywhere }), "invalid", nil},
		"not longer than a year":     {nil, ask(func(r *alert.Requested) { r.Until = day.AddDate(0, 12, 1) }), "invalid", nil},
		"not without a reason":       {nil, ask(func(r *alert.Requested) { r.Reason = "" }), "invalid", nil},
		"another person approves":    {events{asked}, func(x alert.Exclusion) ([]event.Event, error) { return x.Approve(bob, day, "") }, "", []string{"alert.exclusion_approved"}},
		"who asked does not":         {events{asked}, func(x alert.Exclusion) ([]event.Event, error) { return x.Approve(ann, day, "") }, "forbidden", nil},
		"a program does not":         {events{asked}, func(x alert.Exclusion) ([]event.Event, error) { return x.Approve(robot, day, "") }, "forbidden", nil},
		"not when it is over":        {events{asked}, func(x alert.Exclusion) ([]event.Event, error) { return x.Approve(bob, day.AddDate(2, 0, 0), "") }, "conflict", nil},
		"not twice":                  {events{asked, alert.Approved{}}, func(x alert.Exclusion) ([]event.Event, error) { return x.Approve(bob, day, "") }, "conflict", nil},
		"what is over stays over":    {events{asked, alert.Approved{}, alert.Ended{Why: alert.TimeOver}}, func(x alert.Exclusion) ([]event.Event, error) { return x.Approve(bob, day, "") }, "conflict", nil},
		"no certificate, no revoker": {events{asked, alert.Approved{}}, func(x alert.Exclusion) ([]event.Event, error) { return x.Withdraw(alert.CertificateRevoked, "x") }, "invalid", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := exclusions()
			s.Tell(t, "ann", "bank", day, c.given...)
			got, err := c.when(s.Now)
			eventtest.Want(t, got, err, c.err, c.kinds...)
		})
	}
}

func TestAnExclusionLastsTwelveMonthsUnlessToldOtherwise(t *testing.T) {
	events, err := alert.Exclusion{}.Request(ann, day, requested())
	if err != nil || events[0].(alert.Requested).Until != day.AddDate(0, 12, 0) {
		t.Errorf("got %v, %v", events, err)
	}
}

func TestACertificateHoldsInEveryChannelForItsBearerAlone(t *testing.T) {
	s := exclusions()
	c := alert.Certified{ID: xid, Owner: "bank", Scope: scope, Certificate: "dec-1", Until: day.AddDate(1, 0, 0)}
	c.Scope.Channel = alert.Anywhere
	events, err := s.Now.Certify(day, c)
	if err != nil {
		t.Fatal(err)
	}
	s.Tell(t, "ann", "bank", day, events...)
	book, other := scope, scope
	book.Channel, other.Subject = alert.FromBook, "h2"
	if !s.Now.Covers(scope, day) || !s.Now.Covers(book, day) || s.Now.Covers(other, day) {
		t.Error("the certificate holds for too few or too many")
	}
	if s.Tell(t, "ann", "bank", day, alert.Ended{alert.CertificateRevoked, "decision 9"}); s.Now.Covers(scope, day) {
		t.Error("the exclusion outlives its certificate")
	}
}

func TestAnExclusionNeverOutlivesWhatItWasGivenFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := exclusions()
		now, at := scope, day
		who := rapid.SampledFrom([]roster.Person{ann, bob, robot, system})
		var by roster.Person
		try := func(events []event.Event, err error) {
			if err == nil {
				s.Tell(t, string(by.ID), "bank", at, events...)
			}
		}
		changed := false // since it was asked for
		t.Repeat(map[string]func(*rapid.T){
			"ask": func(t *rapid.T) {
				by = who.Draw(t, "by")
				r := requested()
				r.Scope = now
				events, err := s.Now.Request(by, at, r)
				if err == nil {
					changed = false
				}
				try(events, err)
			},
			"approve": func(t *rapid.T) { by = who.Draw(t, "by"); try(s.Now.Approve(by, at, "")) },
			"deny":    func(t *rapid.T) { by = who.Draw(t, "by"); try(s.Now.Deny(by, "r")) },
			"expire":  func(t *rapid.T) { by = system; try(s.Now.Expire(now, at), nil) },
			"time":    func(t *rapid.T) { at = at.AddDate(0, rapid.IntRange(0, 5).Draw(t, "months"), 0) },
			"change": func(t *rapid.T) {
				part := rapid.SampledFrom([]*string{&now.Subject, &now.Entry, &now.EntryVersion, &now.Name, &now.Profile}).Draw(t, "what")
				*part += "'"
				changed = true
			},
			"": func(t *rapid.T) {
				x := s.Now
				if !x.Covers(now, at) {
					return
				}
				if changed || at.After(x.Until) || x.AskedBy == x.AnsweredBy || x.AnsweredBy == robot.ID || x.AnsweredBy == "" {
					t.Fatalf("it covers: changed %v, at %v, %+v", changed, at, x)
				}
				if x.Until.After(x.From.AddDate(0, 12, 0)) {
					t.Fatalf("it lasts longer than a year: %+v", x)
				}
				if x.Expire(now, at) != nil {
					t.Fatalf("it covers and is over")
				}
			},
		})
		s.Refold(t, alert.Exclusion{})
	})
}
