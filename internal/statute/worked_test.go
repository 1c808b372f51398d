package statute

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/petition"
	"interdict/internal/roster"
)

// find returns a rule of s by what it is for: the use of a clock, "duty X",
// "stage X", "expiry TRACK", "challenge" or "exemption KIND".
func find(t *testing.T, s Statute, what string) deadline.Rule {
	t.Helper()
	kind, name, _ := strings.Cut(what, " ")
	for _, tr := range s.Tracks {
		for _, x := range tr.Stages {
			if kind == "stage" && x.ID == name && x.Rule != nil {
				return *x.Rule
			}
		}
		if kind == "expiry" && tr.ID == name && tr.Expiry != nil {
			return tr.Expiry.Rule
		}
	}
	for _, d := range s.Duties {
		if kind == "duty" && d.ID == name {
			return d.Rule
		}
	}
	for _, e := range s.Exemptions {
		if kind == "exemption" && e.Kind == name && e.Wait != nil {
			return *e.Wait
		}
	}
	if kind == "challenge" && s.Challenge.Within != nil {
		return *s.Challenge.Within
	}
	c, err := s.Clock(what)
	if err != nil {
		t.Fatal(err)
	}
	return c.Rule
}

// Each example can be counted on a wall calendar. Times are those of the
// jurisdiction; a day alone means until its end.
func TestWorkedExamples(t *testing.T) {
	const breach, lapse, refusal, approval, escalation = deadline.Breach, deadline.Lapse, deadline.DeemedRefusal, deadline.DeemedApproval, deadline.Escalation
	for _, x := range []struct {
		law, what, from, due string
		then                 deadline.Effect
		doubts               int
		why                  string
	}{
		{Default, "publication", "2026-03-06 22:00", "2026-03-07 02:00", breach, 0, "hours do not wait for Monday"},
		{Default, "duty freeze", "2026-03-06 22:00", "2026-03-07 22:00", breach, 0, "24 hours"},
		{Default, "request", "2026-03-06 12:00", "2026-03-20", escalation, 0, "ten working days, two weekends"},
		{Default, "petition.namesake", "2026-02-27 12:00", "2026-03-16", escalation, 0, "day 15 is Saturday 14 March"},
		{Default, "petition.delisting", "2026-01-05 12:00", "2026-03-06", refusal, 0, "60 days, a Friday"},
		{Default, "no_objection", "2026-03-05 12:00", "2026-03-12", approval, 0, "five working days"},
		{Default, "written", "2026-03-06 12:00", "2026-03-08 12:00", breach, 0, "48 hours over a Sunday"},
		{Default, "review", "2024-02-29 12:00", "2025-02-28", escalation, 0, "a year from a leap day, a Friday"},
		{Default, "exemption basic_expenses", "2026-03-06 12:00", "2026-03-11", approval, 0, "three working days without a negative decision"},
		{Default, "stage signature", "2026-03-06 12:00", "2026-03-07 12:00", escalation, 0, "24 hours"},
		{"ru-2015", "consideration", "2015-11-18 12:00", "2015-12-18", escalation, 0, "30 days from the day of the decree"},
		{"ru-2015", "consideration", "2015-12-02 12:00", "2016-01-11", escalation, 0, "1 January rolls over the holidays"},
		{"ru-2015", "duty freeze", "2025-10-31 18:00", "2025-11-01", breach, 0, "a Saturday worked by decree"},
		{"ru-2015", "duty freeze", "2015-12-31 09:00", "2016-01-11", breach, 0, "one working day, after the holidays"},
		{"ru-2015", "duty report", "2024-05-08 09:00", "2024-05-13", breach, 0, "over Victory Day and a day off moved from January"},
		{"ru-2015", "duty client_check", "2015-11-30 12:00", "2016-02-29", breach, 0, "three months to the last of February"},
		{"tr-6415", "stage submission", "2026-03-06 17:00", "2026-03-08 17:00", lapse, 0, "48 hours end on a Sunday"},
		{"tr-6415", "stage court", "2026-03-08 10:00", "2026-03-13", lapse, 0, "five days"},
		{"tr-6415", "duty freeze", "2026-03-08 10:00", "2026-03-08 10:00", breach, 0, "at once"},
		{"tr-6415", "request", "2026-03-13 10:00", "2026-03-30", escalation, 0, "the feast takes Friday 20 March"},
		{"uk-2019", "expiry urgent", "2026-02-02 10:00", "2026-03-29", lapse, 0, "56 days, the first is that of the designation; clocks change on the last"},
		{"uk-2019", "petition.namesake", "2026-03-23 10:00", "2026-04-22", breach, 0, "20 working days around Easter"},
		{"ae-74-2020", "duty freeze", "2024-04-09 10:00", "2024-04-10 10:00", breach, 0, "24 hours, on a feast too"},
		{"ae-74-2020", "duty report", "2021-12-30 10:00", "2022-01-07", breach, 0, "over the change of the weekend, to a Friday"},
		{"ae-74-2020", "petition.delisting", "2024-01-10 10:00", "2024-03-10", refusal, 0, "60 days, a Sunday, without rolling"},
		{"ae-74-2020", "petition.namesake", "2024-03-25 10:00", "2024-05-13", breach, 0, "30 working days, five of Eid left out"},
		{"ae-74-2020", "petition.namesake", "2026-03-25 10:00", "2026-05-06", breach, 1, "feasts of 2026 are not known"},
		{"ae-74-2020", "challenge", "2024-01-10 10:00", "2024-03-10", breach, 0, "60 days to court"},
		{"ae-74-2020", "review", "2024-02-29 12:00", "2025-02-28", breach, 0, "yearly"},
		{"in-uapa", "duty freeze", "2026-01-25 18:00", "2026-01-26 18:00", breach, 0, "24 hours, on Republic Day too"},
		{"in-uapa", "request", "2026-01-23 10:00", "2026-02-02", escalation, 1, "five working days over Republic Day; other holidays are not known"},
		{"in-uapa", "petition.namesake", "2026-03-02 10:00", "2026-03-23", breach, 1, "15 working days"},
	} {
		r := find(t, law(t, x.law), x.what)
		cal, err := deadline.Named(r.Calendar)
		if err != nil {
			t.Fatal(err)
		}
		zone, err := cal.Location()
		if err != nil {
			t.Fatal(err)
		}
		from, err := time.ParseInLocation("2006-01-02 15:04", x.from, zone)
		if err != nil {
			t.Fatal(err)
		}
		c, err := deadline.Start(r, cal, from)
		if err != nil {
			t.Fatal(err)
		}
		got := c.Due.In(zone).Format("2006-01-02 15:04")
		if end, isEnd := strings.CutSuffix(got, " 23:59"); isEnd {
			got = end
		}
		if got != x.due || r.OnExpiry != x.then || len(c.Doubts) != x.doubts {
			t.Errorf("%s, %s from %s: due %s, then %s, doubts %q; want %s, %s, %d (%s)", x.law, x.what, x.from, got, r.OnExpiry, c.Doubts, x.due, x.then, x.doubts, x.why)
		}
	}
}

func person(i string) roster.Person {
	return roster.Person{ID: roster.PersonID(i), Roles: []roster.Role{roster.Signatory}}
}

// play applies events one after the other.
func play(d decision.Decision, by string, at time.Time, events []event.Event) decision.Decision {
	for _, e := range events {
		d = d.Apply(e, event.Envelope{By: by, At: at})
	}
	return d
}

// frozen returns a freeze under Law 6415 that both ministers signed.
func frozen(t *testing.T) decision.Decision {
	t.Helper()
	way, err := law(t, "tr-6415").Way(decision.Freeze, "")
	if err != nil {
		t.Fatal(err)
	}
	d := play(decision.Decision{}, "drafter", at, []event.Event{decision.Drafted{Measure: decision.Freeze, Stages: way.Way()}})
	for i, office := range way.Stages[1].Offices {
		if d.State == decision.InForce {
			t.Fatal("one minister alone froze")
		}
		events, err := d.Sign(person(office), at, office, d.Digest(), deadline.Named)
		if err != nil {
			t.Fatalf("minister %d: %v", i, err)
		}
		d = play(d, office, at, events)
	}
	if d.State != decision.InForce || !d.Clock.Due.Equal(at.Add(48*time.Hour)) {
		t.Fatalf("after both signed: %s, due %s", d.State, d.Clock.Due)
	}
	return d
}

func expire(t *testing.T, d decision.Decision, at time.Time) decision.Decision {
	t.Helper()
	events, err := d.Expire(at, deadline.Named)
	if err != nil {
		t.Fatal(err)
	}
	return play(d, "system", at, events)
}

func TestTwoMinistersThenTheCourt(t *testing.T) {
	if d := expire(t, frozen(t), at.Add(48*time.Hour)); d.State != decision.InForce {
		t.Errorf("within 48 hours it is %s", d.State)
	}
	if d := expire(t, frozen(t), at.Add(48*time.Hour+time.Second)); d.State != decision.Lapsed {
		t.Errorf("never submitted, it is %s", d.State)
	}
	d := frozen(t)
	later := at.Add(30 * time.Hour)
	events, err := d.Sign(person("clerk"), later, "office that submits to the court", d.Digest(), deadline.Named)
	if err != nil {
		t.Fatal(err)
	}
	d = play(d, "clerk", later, events)
	if silent := expire(t, d, later.AddDate(0, 0, 7)); silent.State != decision.Lapsed {
		t.Errorf("the court silent, it is %s", silent.State)
	}
	ruled, err := d.Rule(person("judge"), later.Add(time.Hour), true, "2026/1", "", deadline.Named)
	if err != nil {
		t.Fatal(err)
	}
	if d = play(d, "judge", later.Add(time.Hour), ruled); expire(t, d, later.AddDate(1, 0, 0)).State != decision.InForce {
		t.Errorf("confirmed, it is %s after a year", d.State)
	}
}

func TestAnUrgentFreezeEndsByItself(t *testing.T) {
	s := law(t, "uk-2019")
	way, err := s.Way(decision.Freeze, "urgent")
	if err != nil {
		t.Fatal(err)
	}
	c, ok, err := way.Ends(at, deadline.Named)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	d := play(decision.Decision{}, "drafter", at, []event.Event{decision.Drafted{Measure: decision.Freeze, Stages: way.Way(), Until: c.Due}})
	events, err := d.Sign(person("minister"), at, "HM Treasury", d.Digest(), deadline.Named)
	if err != nil {
		t.Fatal(err)
	}
	d = play(d, "minister", at, events)
	if got := expire(t, d, c.Due).State; got != decision.InForce {
		t.Errorf("on its last day it is %s", got)
	}
	if got := expire(t, d, c.Due.Add(time.Second)).State; got != decision.Ended {
		t.Errorf("after 56 days it is %s", got)
	}
	if x := way.Expiry.Extend; x == nil || x.Times != 1 || x.Amount != 56 {
		t.Errorf("extension %+v", x)
	}
	standard, err := s.Way(decision.Freeze, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := standard.Ends(at, deadline.Named); ok {
		t.Error("a standard designation ends by itself")
	}
}

func TestSilenceRefusesAGrievance(t *testing.T) {
	c, err := law(t, "ae-74-2020").Starts("petition.delisting", at, deadline.Named)
	if err != nil {
		t.Fatal(err)
	}
	p := petition.Petition{}.Apply(petition.Lodging{Plea: petition.Delisting, Clock: c}, event.Envelope{At: at})
	events, err := p.Expire(c.Due.Add(time.Second))
	if err != nil || len(events) != 1 {
		t.Fatalf("%v, %v", events, err)
	}
	if p = p.Apply(events[0], event.Envelope{}); p.State != petition.DeemedRefused {
		t.Errorf("after 60 days of silence it is %s", p.State)
	}
}

func TestAClockThatIsNotSetIsNotFound(t *testing.T) {
	if _, err := law(t, "ru-2015").Starts("review", at, deadline.Named); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a review that the law does not know: %v", err)
	}
	if _, err := law(t, "ru-2015").Starts("request", at, func(string) (deadline.Calendar, error) {
		return deadline.Calendar{}, fault.New(fault.Unavailable, "no calendar")
	}); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("without a calendar: %v", err)
	}
}

// Every rule of every statute runs, from any instant, and ends after it began
// unless it is due at once.
func TestEveryRuleRuns(t *testing.T) {
	all := All()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(all).Draw(t, "statute")
		from := time.Unix(rapid.Int64Range(1_400_000_000, 2_000_000_000).Draw(t, "from"), 0)
		s.rules(func(path string, r *deadline.Rule) {
			cal, err := deadline.Named(r.Calendar)
			if err != nil {
				t.Fatal(err)
			}
			c, err := deadline.Start(*r, cal, from)
			if err != nil {
				t.Fatalf("%s, %s: %v", s.ID, path, err)
			}
			if c.Due.Before(from) || c.Due.Equal(from) != (r.Amount == 0) {
				t.Fatalf("%s, %s from %s is due %s", s.ID, path, from, c.Due)
			}
		})
	})
}
