package dossier_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/date"
	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/event/eventtest"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/material"
	"interdict/internal/record"
	"interdict/internal/roster"
)

var (
	day     = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	ann     = roster.Person{ID: "ann", Organisation: "mkp", Roles: []roster.Role{roster.Analyst}}
	bob     = roster.Person{ID: "bob", Organisation: "mkp", Roles: []roster.Role{roster.Lead}}
	robot   = roster.Person{ID: "bot", Organisation: "mkp", Roles: []roster.Role{roster.Machine}}
	did     = id.New[dossier.Dossier]([10]byte{1})
	other   = id.New[dossier.Dossier]([10]byte{2})
	mid     = id.New[material.Material]([10]byte{3})
	grounds = []dossier.Ground{{Code: "suspect_involvement", Elements: []string{"act", "link"}}}
	always  = deadline.Calendar{Name: "none", Title: "No days off", Source: "none", AsOf: deadline.Day{Year: 2026, Month: 1, Day: 1}, Verified: deadline.Official, Zone: "UTC"}
	rule    = deadline.Rule{Span: deadline.Span{Amount: 48, Unit: deadline.Hours}, Start: deadline.Instant, Roll: deadline.NoRoll, Calendar: "none", OnExpiry: deadline.Breach}
)

func clock(t eventtest.T, at time.Time) deadline.Clock {
	c, err := deadline.Start(rule, always, at)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return c
}

func subject(name string) record.Subject {
	return record.Subject{Kind: record.Organisation, Names: []record.Name{{Full: name, Type: record.Primary}}}
}

func span() dossier.Span {
	sum := sha256.Sum256([]byte("bad"))
	return dossier.Span{Material: mid, Document: "doc", Start: 4, End: 7, Quote: hex.EncodeToString(sum[:])}
}

func fact(key, element string) dossier.Allegation {
	return dossier.Allegation{Key: key, Ground: "suspect_involvement", Element: element, Text: "It did.", Assertion: dossier.Fact, Sort: material.Judicial, Spans: []dossier.Span{span()}}
}

func assessment(key string, on ...string) dossier.Allegation {
	return dossier.Allegation{Key: key, Ground: "suspect_involvement", Element: "link", Text: "It seems.", Assertion: dossier.Assessment, Sort: material.Intelligence, BasedOn: on}
}

func storyOf(i dossier.ID) *eventtest.Story[dossier.Dossier] {
	r := &event.Registry{}
	dossier.Events(r)
	return &eventtest.Story[dossier.Dossier]{Registry: r, Stream: dossier.Stream(i)}
}

func opened(i dossier.ID) dossier.Opened {
	return dossier.Opened{ID: i, Title: "The organisation", Subject: subject("ИГ")}
}

func ready() []event.Event {
	return []event.Event{opened(did), dossier.Alleged{fact("f1", "act")}, dossier.Written{dossier.Text{Open: "open", Closed: "secret"}}}
}

func submitted(t eventtest.T) []event.Event {
	s := storyOf(did)
	s.Tell(t, "ann", "mkp", day, ready()...)
	events, err := s.Now.Submit(ann, grounds, "model", "v1", "sn")
	if err != nil {
		t.Fatalf("%v", err)
	}
	return append(ready(), events...)
}

type verb = func(dossier.Dossier) ([]event.Event, error)

func TestWhatMayHappenToADossier(t *testing.T) {
	type events = []event.Event
	o, before := opened(did), submitted(t)
	pin := before[len(before)-1].(dossier.PutBefore).Pin
	stale := pin
	stale.Version--
	allege := func(a dossier.Allegation) verb {
		return func(d dossier.Dossier) ([]event.Event, error) { return d.Allege(ann, grounds, a) }
	}
	change := func(f func(*dossier.Allegation)) dossier.Allegation { a := fact("f2", "act"); f(&a); return a }
	based := events{o, dossier.Alleged{fact("f1", "act")}, dossier.Alleged{assessment("a1", "f1")}}
	for name, c := range map[string]struct {
		given events
		when  verb
		err   string
		kinds []string
	}{
		"it is opened":                         {nil, func(d dossier.Dossier) ([]event.Event, error) { return d.Open(ann, o) }, "", []string{"dossier.opened"}},
		"not by a program":                     {nil, func(d dossier.Dossier) ([]event.Event, error) { return d.Open(robot, o) }, "forbidden", nil},
		"not without a name":                   {nil, func(d dossier.Dossier) ([]event.Event, error) { p := o; p.Subject.Names = nil; return d.Open(ann, p) }, "invalid", nil},
		"a fact is alleged":                    {events{o}, allege(fact("f2", "act")), "", []string{"dossier.alleged"}},
		"a fact shows a span":                  {events{o}, allege(change(func(a *dossier.Allegation) { a.Spans = nil })), "invalid", nil},
		"a fact draws on no assessment":        {based, allege(change(func(a *dossier.Allegation) { a.BasedOn = []string{"a1"} })), "invalid", nil},
		"hearsay shows a span":                 {events{o}, allege(change(func(a *dossier.Allegation) { a.Assertion, a.Spans = dossier.Hearsay, nil })), "invalid", nil},
		"an assessment rests on something":     {events{o}, allege(assessment("a1")), "invalid", nil},
		"on what is there":                     {events{o}, allege(assessment("a1", "f9")), "not found", nil},
		"the ground is of the statute":         {events{o}, allege(change(func(a *dossier.Allegation) { a.Ground = "heresy" })), "invalid", nil},
		"so is the element":                    {events{o}, allege(change(func(a *dossier.Allegation) { a.Element = "mood" })), "invalid", nil},
		"a quotation has a hash":               {events{o}, allege(change(func(a *dossier.Allegation) { a.Spans[0].Quote = "bad" })), "invalid", nil},
		"a key stands once":                    {events{o, dossier.Alleged{fact("f2", "act")}}, allege(fact("f2", "act")), "conflict", nil},
		"what is drawn on stays":               {based, func(d dossier.Dossier) ([]event.Event, error) { return d.Strike(ann, "f1", "wrong") }, "conflict", nil},
		"what draws goes first":                {based, func(d dossier.Dossier) ([]event.Event, error) { return d.Strike(ann, "a1", "wrong") }, "", []string{"dossier.struck"}},
		"an empty one is not submitted":        {events{o}, func(d dossier.Dossier) ([]event.Event, error) { return d.Submit(ann, grounds, "s", "v", "sn") }, "conflict", nil},
		"one without statute is not submitted": {ready(), func(d dossier.Dossier) ([]event.Event, error) { return d.Submit(ann, grounds, "s", "", "sn") }, "invalid", nil},
		"a whole one is":                       {ready(), func(d dossier.Dossier) ([]event.Event, error) { return d.Submit(ann, grounds, "s", "v", "sn") }, "", []string{"dossier.submitted"}},
		"a submitted one is frozen":            {before, allege(fact("f2", "act")), "conflict", nil},
		"until it is returned":                 {append(slices.Clone(before), dossier.Returned{"more"}), allege(fact("f2", "act")), "", []string{"dossier.alleged"}},
		"it is decided as submitted":           {before, func(d dossier.Dossier) ([]event.Event, error) { return d.Decide(bob, pin, "dec-1") }, "", []string{"dossier.decided"}},
		"not in another version":               {before, func(d dossier.Dossier) ([]event.Event, error) { return d.Decide(bob, stale, "dec-1") }, "conflict", nil},
		"not unless submitted":                 {append(slices.Clone(before), dossier.Returned{"more"}), func(d dossier.Dossier) ([]event.Event, error) { return d.Decide(bob, pin, "dec-1") }, "conflict", nil},
		"who is recused does nothing":          {events{o, dossier.Recused{"ann", "cousin"}}, allege(fact("f1", "act")), "forbidden", nil},
		"and does not come back":               {events{o, dossier.Recused{"ann", "cousin"}}, func(d dossier.Dossier) ([]event.Event, error) { return d.Admit(bob, ann, "needed") }, "forbidden", nil},
		"somebody works on it":                 {events{o}, func(d dossier.Dossier) ([]event.Event, error) { return d.Release(bob, "ann", "leave") }, "conflict", nil},
		"a contact is in the past": {events{o}, func(d dossier.Dossier) ([]event.Event, error) {
			return d.LogContact(ann, day, dossier.Contact{Key: "c", With: "x", Means: "call", What: "y", At: day.Add(1)})
		}, "invalid", nil},
		"a contact is told after it took place": {events{o}, func(d dossier.Dossier) ([]event.Event, error) {
			return d.LogContact(ann, day, dossier.Contact{Key: "c", With: "x", Means: "call", What: "y", At: day, DiscloseOn: day.Add(-1)})
		}, "invalid", nil},
		"a fact of the timeline shows a span": {events{o}, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Date(ann, dossier.Entry{Key: "t", When: date.InYear(2006), Text: "Founded", Assertion: dossier.Fact})
		}, "invalid", nil},
		"an inquiry has an owner": {events{o}, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Link(ann, dossier.Link{Key: "l", To: "FR 12/15", Role: "parallel inquiry"})
		}, "invalid", nil},
		"no dossier is linked to itself": {events{o}, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Link(ann, dossier.Link{Key: "l", To: did.String(), Owner: "mkp", Role: "same"})
		}, "invalid", nil},
		"a closed one is reopened for a reason":  {append(ready(), dossier.ClosedFor{"no grounds"}), func(d dossier.Dossier) ([]event.Event, error) { return d.Reopen(ann, "") }, "invalid", nil},
		"a decided one is reopened for a review": {append(slices.Clone(before), dossier.DecidedOn{"dec-1"}), func(d dossier.Dossier) ([]event.Event, error) { return d.Reopen(ann, "review") }, "", []string{"dossier.reopened"}},
		"a split keeps what belongs together": {based, func(d dossier.Dossier) ([]event.Event, error) {
			m, _, err := d.Split(ann, opened(other), []string{"f1"}, "two men")
			return m, err
		}, "conflict", nil},
		"a foreign request keeps a dossier open": {events{o, dossier.Asked{Key: "q", What: dossier.ForeignIn, To: "mkp", From: "FR", Text: "designate", Clock: clock(t, day)}}, func(d dossier.Dossier) ([]event.Event, error) { return d.Close(ann, "x") }, "conflict", nil},
		"a foreign request is not cancelled":     {events{o, dossier.Asked{Key: "q", What: dossier.ForeignIn, To: "mkp", From: "FR", Text: "designate", Clock: clock(t, day)}}, func(d dossier.Dossier) ([]event.Event, error) { return d.Cancel(ann, "q", "x") }, "conflict", nil},
		"it is refused with reasons":             {events{o, dossier.Asked{Key: "q", What: dossier.ForeignIn, To: "mkp", From: "FR", Text: "designate", Clock: clock(t, day)}}, func(d dossier.Dossier) ([]event.Event, error) { return d.Decline(ann, "q", "") }, "invalid", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := storyOf(did)
			s.Tell(t, "ann", "mkp", day, c.given...)
			got, err := c.when(s.Now)
			eventtest.Want(t, got, err, c.err, c.kinds...)
		})
	}
}

func TestARequestHasADeadlineThatMovesOnlyOnRecord(t *testing.T) {
	s := storyOf(did)
	s.Tell(t, "ann", "mkp", day, opened(did), dossier.Asked{Key: "q", What: dossier.Request, To: "bank", Text: "accounts?", Clock: clock(t, day)})
	for _, c := range []struct {
		name string
		at   time.Duration
		when verb
		err  string
		due  time.Duration // after day, once applied
	}{
		{"a new request starts no old clock", 0, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Ask(ann, day, dossier.Asked{Key: "r", What: dossier.Request, To: "bank", Text: "x", Clock: clock(t, day.Add(time.Hour))})
		}, "invalid", 48},
		{"it is paused", 1, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Pause(ann, day.Add(time.Hour), "q", "question back")
		}, "", 48},
		{"once", 2, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Pause(ann, day.Add(2*time.Hour), "q", "again")
		}, "conflict", 48},
		{"it runs again", 4, func(d dossier.Dossier) ([]event.Event, error) { return d.Resume(ann, day.Add(4*time.Hour), "q") }, "", 51},
		{"who asked does not extend", 5, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Extend(ann, day.Add(5*time.Hour), "q", deadline.Span{Amount: 9, Unit: deadline.Hours}, always, "big")
		}, "forbidden", 51},
		{"another does", 5, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Extend(bob, day.Add(5*time.Hour), "q", deadline.Span{Amount: 9, Unit: deadline.Hours}, always, "big")
		}, "", 60},
		{"it does not expire in time", 60, func(d dossier.Dossier) ([]event.Event, error) { return d.Expire("q", day.Add(60*time.Hour)) }, "", 60},
		{"it expires", 61, func(d dossier.Dossier) ([]event.Event, error) { return d.Expire("q", day.Add(61*time.Hour)) }, "", 60},
		{"once", 61, func(d dossier.Dossier) ([]event.Event, error) { return d.Expire("q", day.Add(62*time.Hour)) }, "", 60},
		{"and is still answered", 62, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Answer(bob, dossier.Answer{Key: "q", Text: "none"})
		}, "", 60},
		{"once", 63, func(d dossier.Dossier) ([]event.Event, error) {
			return d.Answer(bob, dossier.Answer{Key: "q", Text: "one"})
		}, "conflict", 60},
	} {
		events, err := c.when(s.Now)
		got := ""
		if err != nil {
			got = fault.KindOf(err).String()
		}
		if got != c.err {
			t.Fatalf("%s: got %v, want %q", c.name, err, c.err)
		}
		s.Tell(t, "ann", "mkp", day.Add(c.at*time.Hour), events...)
		if due := s.Now.Askings[0].Clock.Due; !due.Equal(day.Add(c.due * time.Hour)) {
			t.Fatalf("%s: due %v", c.name, due)
		}
	}
	if a := s.Now.Askings[0]; a.State != dossier.Answered || a.Clock.State(day).Late != 2*time.Hour {
		t.Errorf("answered two hours late: %+v", a)
	}
}

func TestASpanHoldsOnlyOverItsWords(t *testing.T) {
	for text, want := range map[string]string{"the bad one": "", "the sad one": "corrupt", "the": "invalid"} {
		got := ""
		if err := span().Holds([]byte(text)); err != nil {
			got = fault.KindOf(err).String()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestTheOpenVersionHoldsNothingClosed(t *testing.T) {
	s := storyOf(did)
	hidden, says := fact("f2", "link"), assessment("a1", "f1", "f2")
	hidden.Closed, hidden.Text = true, "agent 7"
	s.Tell(t, "ann", "mkp", day, append(ready(), dossier.Alleged{hidden}, dossier.Alleged{says},
		dossier.Dated{dossier.Entry{Key: "t1", When: date.InYear(2006), Text: "Founded", Assertion: dossier.Hearsay}},
		dossier.Dated{dossier.Entry{Key: "t2", When: date.InYear(2015), Text: "Met agent 7", Assertion: dossier.Hearsay, Closed: true}},
		dossier.Spoken{dossier.Contact{Key: "c1", With: "FR", At: day, Means: "call", What: "agent 7"}})...)
	text, c := s.Now.OpenVersion()
	if d := cmp.Diff([]string{"f1", "a1", "t1"}, c.Keys()); d != "" || text != "open" {
		t.Errorf("%q, %s", text, d)
	}
	if d := cmp.Diff([]string{"f1"}, c.Allegations[1].BasedOn); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"f1", "f2"}, s.Now.Content.Allegations[2].BasedOn); d != "" {
		t.Errorf("the closed version changed: %s", d)
	}
}

func TestGapsAreElementsWithoutAFact(t *testing.T) {
	s := storyOf(did)
	s.Tell(t, "ann", "mkp", day, append(ready(), dossier.Alleged{assessment("a1", "f1")})...)
	if d := cmp.Diff([]dossier.Gap{{"suspect_involvement", "link"}}, s.Now.Gaps(grounds)); d != "" {
		t.Error(d)
	}
}

func TestStatementsOfPartiesSideBySide(t *testing.T) {
	s := storyOf(did)
	say := func(key, party, field, value string) dossier.Stated {
		return dossier.Stated{dossier.Statement{Key: key, Party: party, Field: field, Value: value}}
	}
	s.Tell(t, "ann", "mkp", day, opened(did), say("1", "RU", "listed", "2014-12-29"), say("2", "US", "listed", "2014-05-14"), say("3", "FR", "need to act", "Yes"),
		say("4", "RU", "need to act", " yes "), say("5", "US", "listed", "2004-12-17"))
	want := []dossier.Field{
		{Name: "listed", Sayings: []dossier.Saying{{"2014-12-29", []string{"RU"}}, {"2014-05-14", []string{"US"}}, {"2004-12-17", []string{"US"}}}, Silent: []string{"FR"}},
		{Name: "need to act", Sayings: []dossier.Saying{{"Yes", []string{"FR", "RU"}}}, Silent: []string{"US"}},
	}
	got := s.Now.Compare()
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if !got[0].Differs() || got[0].Agreed() || !got[1].Agreed() || got[1].Differs() {
		t.Error("agreement and difference are mixed up")
	}
}

func TestDossiersMergeAndSplitWithoutLosingAnything(t *testing.T) {
	a, b := storyOf(did), storyOf(other)
	a.Tell(t, "ann", "mkp", day, append(ready(), dossier.Alleged{assessment("a1", "f1")})...)
	b.Tell(t, "ann", "mkp", day, opened(other), dossier.Alleged{fact("f1", "link")})
	mine, theirs, err := a.Now.Merge(ann, b.Now, "same leader")
	if err != nil {
		t.Fatal(err)
	}
	was := a.Now.Content
	a.Tell(t, "ann", "mkp", day, mine...)
	b.Tell(t, "ann", "mkp", day, theirs...)
	p := did.String() + "/"
	if d := cmp.Diff([]string{"f1", p + "f1", p + "a1"}, b.Now.Content.Keys()); d != "" || a.Now.State != dossier.Merged || a.Now.Into != other {
		t.Fatalf("%s, %+v", d, a.Now)
	}
	if b.Now.Content.Allegations[2].BasedOn[0] != p+"f1" || was.Allegations[1].BasedOn[0] != "f1" {
		t.Error("the assessment draws on something else now")
	}
	if _, _, err := a.Now.Merge(ann, b.Now, "again"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("merged twice: %v", err)
	}
	third := id.New[dossier.Dossier]([10]byte{9})
	mine, theirs, err = b.Now.Split(ann, opened(third), []string{p + "f1", p + "a1"}, "two organisations after all")
	if err != nil {
		t.Fatal(err)
	}
	c := storyOf(third)
	b.Tell(t, "ann", "mkp", day, mine...)
	c.Tell(t, "ann", "mkp", day, theirs...)
	if d := cmp.Diff([]string{"f1"}, b.Now.Content.Keys()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{p + "f1", p + "a1"}, c.Now.Content.Keys()); d != "" || len(c.Now.From) != 1 || c.Now.From[0] != other {
		t.Errorf("%s, from %v", d, c.Now.From)
	}
}

func TestWhatWasSubmittedIsWhatIsDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := storyOf(did)
		s.Tell(t, "ann", "mkp", day, opened(did))
		at := day
		var by roster.Person
		pins := map[string]dossier.Pin{}
		due := map[string]time.Time{}
		try := func(events []event.Event, err error) {
			if err != nil {
				if fault.KindOf(err) == fault.Internal {
					t.Fatalf("%v", err)
				}
				return
			}
			if len(events) > 0 && slices.Contains(s.Now.Recused, by.ID) {
				t.Fatalf("%s is recused and did %v", by.ID, eventtest.Kinds(events))
			}
			s.Tell(t, string(by.ID), "mkp", at, events...)
		}
		who := rapid.SampledFrom([]roster.Person{ann, bob, robot})
		key := rapid.SampledFrom([]string{"k1", "k2", "k3"})
		step := func(f func(*rapid.T)) func(*rapid.T) {
			return func(t *rapid.T) { by, at = who.Draw(t, "by"), at.Add(time.Hour); f(t) }
		}
		t.Repeat(map[string]func(*rapid.T){
			"allege": step(func(t *rapid.T) { try(s.Now.Allege(by, grounds, fact(key.Draw(t, "key"), "act"))) }),
			"assess": step(func(t *rapid.T) { try(s.Now.Allege(by, grounds, assessment(key.Draw(t, "key"), key.Draw(t, "on")))) }),
			"strike": step(func(t *rapid.T) { try(s.Now.Strike(by, key.Draw(t, "key"), "r")) }),
			"write": step(func(t *rapid.T) {
				try(s.Now.Write(by, dossier.Text{Open: fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "text"))}))
			}),
			"submit": step(func(t *rapid.T) { try(s.Now.Submit(by, grounds, "s", "v", "sn")) }),
			"return": step(func(t *rapid.T) { try(s.Now.Return(by, "r")) }),
			"decide": step(func(t *rapid.T) {
				if len(s.Now.Pins) > 0 {
					try(s.Now.Decide(by, rapid.SampledFrom(s.Now.Pins).Draw(t, "pin"), "dec"))
				}
			}),
			"reopen": step(func(t *rapid.T) { try(s.Now.Reopen(by, "r")) }),
			"recuse": step(func(t *rapid.T) { try(s.Now.Recuse(by, "r")) }),
			"ask": step(func(t *rapid.T) {
				k := key.Draw(t, "key")
				try(s.Now.Ask(by, at, dossier.Asked{Key: k, What: dossier.Request, To: "bank", Text: "x", Clock: clock(t, at)}))
			}),
			"pause":  step(func(t *rapid.T) { try(s.Now.Pause(by, at, key.Draw(t, "key"), "r")) }),
			"resume": step(func(t *rapid.T) { try(s.Now.Resume(by, at, key.Draw(t, "key"))) }),
			"extend": step(func(t *rapid.T) {
				try(s.Now.Extend(by, at, key.Draw(t, "key"), deadline.Span{Amount: 5, Unit: deadline.Hours}, always, "r"))
			}),
			"answer": step(func(t *rapid.T) { try(s.Now.Answer(by, dossier.Answer{Key: key.Draw(t, "key"), Text: "x"})) }),
			"expire": step(func(t *rapid.T) { by = roster.Person{ID: roster.System}; try(s.Now.Expire(key.Draw(t, "key"), at)) }),
			"": func(t *rapid.T) {
				d := s.Now
				if n := len(d.Pins); n > 0 && (d.State == dossier.Submitted || d.State == dossier.Decided) && d.Pins[n-1].Digest != d.Digest() {
					t.Fatalf("a %s dossier says something else than was submitted", d.State)
				}
				for i, p := range d.Pins {
					k := fmt.Sprint(i)
					if old, ok := pins[k]; ok && old != p {
						t.Fatalf("pin %d changed", i)
					}
					pins[k] = p
				}
				keys := d.Content.Keys()
				for _, a := range d.Content.Allegations {
					for _, b := range a.BasedOn {
						if !slices.Contains(keys, b) {
							t.Fatalf("%s draws on nothing", a.Key)
						}
					}
				}
				for _, a := range d.Askings {
					last := s.Events[len(s.Events)-1].Event.Kind()
					if old, ok := due[a.Key]; ok && !old.Equal(a.Clock.Due) && last != "dossier.clock_resumed" && last != "dossier.clock_extended" && last != "dossier.answered" {
						t.Fatalf("the deadline of %s moved by %s", a.Key, last)
					}
					due[a.Key] = a.Clock.Due
				}
			},
		})
		s.Refold(t, dossier.Dossier{})
	})
}

func TestTheDigestNoticesEveryPart(t *testing.T) {
	s := storyOf(did)
	s.Tell(t, "ann", "mkp", day, ready()...)
	seen := map[string]string{s.Now.Digest(): "nothing"}
	for _, e := range []event.Event{
		dossier.Alleged{fact("f2", "link")},
		dossier.Dated{dossier.Entry{Key: "t", When: date.InYear(2006), Text: "x"}},
		dossier.Tied{dossier.Link{Key: "l"}},
		dossier.Spoken{dossier.Contact{Key: "c"}},
		dossier.Stated{dossier.Statement{Key: "s"}},
		dossier.Written{dossier.Text{Open: "o"}},
		dossier.Identified{Subject: subject("x")},
	} {
		s.Tell(t, "ann", "mkp", day, e)
		d := s.Now.Digest()
		if by, ok := seen[d]; ok {
			t.Errorf("%s changes no more than %s", reflect.TypeOf(e), by)
		}
		seen[d] = e.Kind()
	}
}
