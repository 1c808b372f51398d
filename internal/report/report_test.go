package report_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/deadline"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/report"
	"interdict/internal/roster"
)

var (
	noon  = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	one   = id.New[report.Report]([10]byte{1})
	ack   = id.New[report.Acknowledgement]([10]byte{3})
	two   = id.New[report.Report]([10]byte{2})
	lead  = roster.Person{ID: "lead", Organisation: "commission", Roles: []roster.Role{roster.Lead}}
	robot = roster.Person{ID: "robot", Organisation: "bank", Roles: []roster.Role{roster.Machine}}
)

// edition is the edition 3, posted to two banks, with a day to act on it.
func edition(t *testing.T) report.Edition {
	t.Helper()
	cal, err := deadline.Named("none")
	if err != nil {
		t.Fatal(err)
	}
	clock, err := deadline.Start(deadline.Rule{Span: deadline.Span{Amount: 24, Unit: deadline.Hours}, Start: deadline.Instant, Roll: deadline.NoRoll, OnExpiry: deadline.Breach, Calendar: "none"}, cal, noon)
	if err != nil {
		t.Fatal(err)
	}
	events, err := report.Edition{}.Post(report.Posted{Sequence: 3, At: noon, Decided: noon.Add(-time.Minute), Institutions: []roster.OrganisationID{"bank", "exchange"}, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return apply(report.Edition{}, "system", noon, events...)
}

func apply[A interface {
	Apply(event.Event, event.Envelope) A
}](a A, by string, at time.Time, events ...event.Event,
) A {
	for i, e := range events {
		a = a.Apply(e, event.Envelope{Kind: e.Kind(), By: by, At: at, Version: uint64(i + 1)})
	}
	return a
}

func acknowledged(t *testing.T, x report.Edition, owner roster.OrganisationID, h report.Hop, done, at time.Time) report.Acknowledgement {
	t.Helper()
	events, err := report.Acknowledgement{}.Make(at, report.Receipt{ID: ack, Owner: owner, Edition: 3, Hop: h, Done: done}, x)
	if err != nil {
		t.Fatal(err)
	}
	return apply(report.Acknowledgement{}, "robot", at, events...)
}

func frozen() report.Filing {
	return report.Filing{
		ID: one, Owner: "bank", What: report.Frozen, Edition: 3, Entry: "OWN-E041061050R3GG28AB", Customers: 1,
		Assets: []report.Asset{{Limb: report.Owned, Count: 2, Amount: 1_250_000, Currency: "EUR"}}, Matched: noon, Acted: noon.Add(time.Minute), Reference: "2026/17",
	}
}

func TestWhatMayBeFiled(t *testing.T) {
	x, at := edition(t), noon.Add(time.Hour)
	for name, c := range map[string]struct {
		spoil func(*report.Filing)
		want  fault.Kind // Internal: it is taken
	}{
		"what was frozen":              {func(*report.Filing) {}, fault.Internal},
		"an attempt by nobody of ours": {func(f *report.Filing) { f.What, f.Customers, f.Assets = report.Attempted, 0, nil }, fault.Internal},
		"nil":                          {func(f *report.Filing) { f.What, f.Entry, f.Assets, f.Customers = report.Nil, "", nil, 40000 }, fault.Internal},
		"nil with an entry":            {func(f *report.Filing) { f.What, f.Assets = report.Nil, nil }, fault.Invalid},
		"no entry":                     {func(f *report.Filing) { f.Entry = "" }, fault.Invalid},
		"a name for an entry":          {func(f *report.Filing) { f.Entry = "Ivan Primerov" }, fault.Invalid},
		"a name for a number":          {func(f *report.Filing) { f.Reference = "Ivan Primerov" }, fault.Invalid},
		"no sum":                       {func(f *report.Filing) { f.Assets = nil }, fault.Invalid},
		"no currency":                  {func(f *report.Filing) { f.Assets[0].Currency = "euro" }, fault.Invalid},
		"no limb":                      {func(f *report.Filing) { f.Assets[0].Limb = "his" }, fault.Invalid},
		"less than nothing":            {func(f *report.Filing) { f.Assets[0].Amount = -1 }, fault.Invalid},
		"another edition":              {func(f *report.Filing) { f.Edition = 4 }, fault.Invalid},
		"not said when":                {func(f *report.Filing) { f.Acted = time.Time{} }, fault.Invalid},
		"tomorrow":                     {func(f *report.Filing) { f.Acted = at.Add(24 * time.Hour) }, fault.Invalid},
		"a little ahead":               {func(f *report.Filing) { f.Acted = at.Add(4 * time.Minute) }, fault.Internal},
		"something else":               {func(f *report.Filing) { f.What = "seized" }, fault.Invalid},
	} {
		f := frozen()
		c.spoil(&f)
		events, err := report.Report{}.File(at, f, x)
		if fault.KindOf(err) != c.want || (err == nil) != (len(events) == 1) {
			t.Errorf("%s: %v, %v", name, events, err)
		}
	}
}

func TestTheWayOfAReport(t *testing.T) {
	x, at := edition(t), noon.Add(time.Hour)
	events, err := report.Report{}.File(at, frozen(), x)
	if err != nil {
		t.Fatal(err)
	}
	filed := apply(report.Report{}, "officer", at, events...)
	if filed.State != report.Filed || filed.At != at || filed.Acted != noon.Add(time.Minute) {
		t.Errorf("filed: %+v", filed)
	}
	if _, err := filed.Respond(robot, report.TrueMatch, ""); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a machine answered: %v", err)
	}
	if _, err := filed.Respond(lead, report.NeedMore, " "); fault.KindOf(err) != fault.Invalid {
		t.Errorf("more was asked for, not what: %v", err)
	}
	asked, err := filed.Respond(lead, report.NeedMore, "Which currency?")
	if err != nil {
		t.Fatal(err)
	}
	waiting := apply(filed, "lead", at, asked...)
	later := frozen()
	later.ID, later.Supersedes = two, one
	if _, err := waiting.Supersede(report.Filing{ID: two, Owner: "exchange"}); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("another institution corrected it: %v", err)
	}
	replaced, err := waiting.Supersede(later)
	if err != nil {
		t.Fatal(err)
	}
	if over := apply(waiting, "officer", at, replaced...); over.State != report.Superseded || over.Replaced != two {
		t.Errorf("superseded: %+v", over)
	} else if _, err := over.Respond(lead, report.TrueMatch, ""); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a superseded report was answered: %v", err)
	}
	answered, err := waiting.Respond(lead, report.TrueMatch, "")
	if err != nil {
		t.Fatal(err)
	}
	if done := apply(waiting, "lead", at, answered...); done.State != report.Answered || done.Answer.Verdict != report.TrueMatch || done.Answerer != "lead" {
		t.Errorf("answered: %+v", done)
	}
}

func TestSilenceIsNamedOnceWhenTheTimeIsOver(t *testing.T) {
	x := edition(t)
	screened := acknowledged(t, x, "bank", report.Screened, noon.Add(time.Minute), noon.Add(2*time.Minute))
	received := acknowledged(t, x, "exchange", report.Received, noon, noon.Add(time.Minute))
	if events, err := x.Expire(noon.Add(23*time.Hour), nil); err != nil || len(events) > 0 {
		t.Errorf("too early: %v %v", events, err)
	}
	over := noon.Add(25 * time.Hour)
	events, err := x.Expire(over, []report.Acknowledgement{screened, received})
	if err != nil || len(events) != 1 || !slices.Equal(events[0].(report.Silence).Silent, []roster.OrganisationID{"exchange"}) {
		t.Fatalf("silence: %+v %v", events, err)
	}
	late := apply(x, "system", over, events...)
	if again, err := late.Expire(over, nil); late.State != report.Overdue || err != nil || len(again) > 0 {
		t.Errorf("%s, and again: %v %v", late.State, again, err)
	}
	other := screened
	other.Owner, other.Edition = "exchange", 4
	if events, _ := x.Expire(over, []report.Acknowledgement{screened, other}); len(events) != 1 || events[0] != (report.InTime{}) {
		t.Errorf("who screened a later edition was silent: %v", events)
	}
	after := acknowledged(t, x, "exchange", report.Screened, noon.Add(-time.Hour), over)
	courses := late.Courses([]report.Acknowledgement{screened, received, after}, nil)
	if len(courses) != 2 || courses[0].Silent || courses[0].Late || courses[0].Steps[report.Screened].After != 2*time.Minute {
		t.Errorf("the bank: %+v", courses)
	}
	if c := courses[1]; !c.Silent || !c.Late || !c.Steps[report.Screened].Skewed || c.Steps[report.Received].Skewed {
		t.Errorf("the exchange: %+v", c)
	}
}

func TestAcknowledgementsAreOfWhatIsPublished(t *testing.T) {
	x := edition(t)
	good := report.Receipt{ID: ack, Owner: "bank", Edition: 3, Hop: report.Loaded, Done: noon}
	for name, spoil := range map[string]func(*report.Receipt){
		"another edition": func(a *report.Receipt) { a.Edition = 2 },
		"no hop":          func(a *report.Receipt) { a.Hop = "printed" },
		"no time":         func(a *report.Receipt) { a.Done = time.Time{} },
		"a clock ahead":   func(a *report.Receipt) { a.Done = noon.Add(time.Hour) },
		"nobody":          func(a *report.Receipt) { a.Owner = "" },
	} {
		a := good
		spoil(&a)
		if _, err := (report.Acknowledgement{}).Make(noon, a, x); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (report.Acknowledgement{}).Make(noon, good, report.Edition{}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("nothing was published: %v", err)
	}
}

// No text that an institution writes can hold a name of two words, or one with a
// blank: whatever is taken has none.
func TestNoNamePasses(t *testing.T) {
	x := edition(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := frozen()
		f.Entry, f.Reference = rapid.String().Draw(rt, "entry"), rapid.String().Draw(rt, "reference")
		f.Assets[0].Currency = rapid.StringN(0, 4, 8).Draw(rt, "currency")
		events, err := report.Report{}.File(noon.Add(time.Hour), f, x)
		if err != nil {
			return
		}
		text, err := json.Marshal(events[0])
		if err != nil || strings.ContainsAny(string(text), " \t\\") {
			rt.Fatalf("taken: %s %v", text, err)
		}
	})
}

func TestKindsAndStatesFit(t *testing.T) {
	var r event.Registry
	report.Events(&r)
	for state, arrows := range report.Transitions {
		for kind := range arrows {
			if !slices.Contains(r.Kinds(), kind) {
				t.Errorf("%q: no event is of kind %q", state, kind)
			}
		}
	}
	for state, arrows := range report.EditionTransitions {
		for kind := range arrows {
			if !slices.Contains(r.Kinds(), kind) {
				t.Errorf("%q: no event is of kind %q", state, kind)
			}
		}
	}
}
