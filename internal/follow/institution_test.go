package follow_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/follow"
	"interdict/internal/report"
	"interdict/internal/roster"
)

// office is an institution with people at a desk of their own.
type office struct {
	house
	place
	opened
	now  func() time.Time
	desk *follow.Desk
}

const customers = `id,name,date of birth,passport
CUST-77,Anna Bergström,1980-01-01,P1111111
CUST-78,Ivan Primerow,1957-03-04,P2222222
CUST-79,???,,
`

// newOffice founds an office on a clock; nil: that of the machine.
func newOffice(t *testing.T, c *commission, clock *clock) *office {
	p, _ := newPlace(t, customers)
	o := &office{place: p, now: time.Now, desk: &follow.Desk{URL: c.url, Key: "bank-officer", Client: &http.Client{Timeout: 20 * time.Second}}}
	if clock != nil {
		o.now = clock.now
	}
	o.open(t, c)
	o.officers()
	return o
}

// open begins a process anew on the office's folder.
func (o *office) open(t *testing.T, c *commission) {
	t.Helper()
	o.opened = must(o.place.open(t.Context(), c.url+"/list", c.feed.Verifier(), o.now, o.desk))
	closes := o.close
	t.Cleanup(func() { closes() })
	o.house = house{t, o.opened.clerk}
}

func (o *office) look() (follow.Outcome, int) {
	o.t.Helper()
	out, raised, err := o.institution.Look(o.t.Context())
	if err != nil {
		o.t.Fatalf("looking: %v", err)
	}
	return out, raised
}

// alerts returns the alerts that an officer sees.
func (o *office) alerts(who string) []alert.Alert {
	o.t.Helper()
	var all []alert.Alert
	for _, row := range must(o.house.clerk.List(o.t.Context(), clerk.Order{By: roster.PersonID(who)}, "alert", "", "", 200)).Rows {
		all = append(all, readAs[alert.Alert](o.house, who, "alert", row.ID))
	}
	return all
}

func (o *office) report(id string) report.Report {
	o.t.Helper()
	return readAs[report.Report](o.house, "olga", "report", id)
}

func (o *office) files(b body) string {
	o.t.Helper()
	return o.do("olga", "report.file", "", b).ID
}

func frozen(entry, number string) body {
	return body{
		"what": "frozen", "edition": 0, "entry": entry, "customers": 1, "acted": noon, "reference": number,
		"assets": []body{{"limb": "owned", "count": 2, "amount": 1250000, "currency": "EUR"}},
	}
}

func TestCustomersBecomeAlertsInTheLedgerOfTheHouse(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	c.freezes("Ivan Primerov", "Иван Примеров")
	o := newOffice(t, c, clock)
	if out, raised := o.look(); out.Edition != 0 || raised != 1 {
		t.Fatalf("%+v, %d alerts", out, raised)
	}
	all := o.alerts("olga")
	if len(all) != 1 || all[0].Source != "CUST-78" || all[0].Owner != "bank" || all[0].Screened.PrimaryName() != "Ivan Primerow" || all[0].Screened.Identifiers[0].Number != "P2222222" {
		t.Fatalf("%+v", all)
	}
	if got := o.alerts("pavel"); len(got) != 0 {
		t.Errorf("a liaison sees the alerts of the officers: %+v", got)
	}
	s := must(o.institution.Status())
	if s.Edition != 0 || s.LastGood || s.Book.Customers != 2 || s.Book.Unscreened != 1 || s.Book.Rows[0].Row != 4 || len(s.Untold) > 0 {
		t.Errorf("%+v, book %+v", s, s.Book)
	}
	o.open(t, c) // another process
	if _, raised := o.look(); raised != 0 || len(o.alerts("olga")) != 1 {
		t.Errorf("after a restart %d alerts are raised again", raised)
	}
	changed := strings.Replace(customers, "1957-03-04", "1957-03-05", 1) + "CUST-80,Ivan Primerov,1957,\n"
	must(0, os.WriteFile(o.book(), []byte(changed), 0o600))
	if _, raised := o.look(); raised != 2 { // he is another, and one is new
		t.Errorf("a changed book raises %d alerts", raised)
	}
}

// A book that cannot be read is no book without hits: it is said until it can be.
func TestABookThatCannotBeReadIsSaid(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	must(0, os.Remove(o.book()))
	for range 2 {
		clock.move(time.Minute)
		if _, _, err := o.institution.Look(t.Context()); fault.KindOf(err) != fault.Invalid {
			t.Errorf("without a book: %v", err)
		}
	}
	if b := must(o.institution.Status()).Book; b == nil || b.Failed == nil || !b.At.IsZero() || !b.Failed.Since.Equal(noon.Add(time.Minute)) {
		t.Errorf("without a book: %+v", b)
	}
	if got := must(c.clerk.List(t.Context(), clerk.Order{By: "lead"}, "acknowledgement", "screened", "", 10)).Rows; len(got) != 0 {
		t.Error("what was not screened was acknowledged")
	}
	must(0, os.WriteFile(o.book(), []byte(customers), 0o600))
	if _, raised := o.look(); raised != 1 {
		t.Errorf("%d alerts", raised)
	}
	if b := must(o.institution.Status()).Book; b.Failed != nil || b.Customers != 2 {
		t.Errorf("with one: %+v", b)
	}
}

// Once judged to be somebody else and excluded by two persons, a customer is marked
// and not hidden; of another entry of that name he is asked about anew.
func TestExclusionsAreHonouredAndNothingIsHidden(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	o.look()
	a := o.alerts("olga")[0]
	o.do("olga", "alert.different", a.ID.String(), body{"key": a.Hits[0].Key, "reason": "another birth date"})
	x := o.do("olga", "exclusion.request", "", body{"alert": a.ID, "hit": a.Hits[0].Key, "code": "dob", "reason": "another birth date"}).ID
	o.do("oleg", "exclusion.approve", x, body{})
	must(0, os.WriteFile(o.book(), []byte(strings.Replace(customers, "CUST-78", "CUST-99", 1)), 0o600)) // the same person under another number
	if _, raised := o.look(); raised != 1 {
		t.Fatalf("%d alerts for a customer under another number", raised)
	}
	for _, a := range o.alerts("olga") {
		if a.Source == "CUST-99" && a.Hits[0].Excluded.String() != x {
			t.Errorf("the exclusion is not marked: %+v", a.Hits)
		}
	}
	c.freezes("Ivan Primerov", "Zacharias Unverwandt") // another entry, of the same name
	if _, raised := o.look(); raised != 1 {
		t.Fatalf("%d alerts for another entry", raised)
	}
	others := 0
	for _, found := range o.alerts("olga") {
		for _, h := range found.Hits {
			if h.Entry == a.Hits[0].Entry {
				continue
			}
			if others++; !h.Excluded.IsZero() {
				t.Errorf("an exclusion of another entry is applied: %+v", h)
			}
		}
	}
	if others == 0 {
		t.Error("the other entry stands in no alert")
	}
}

// What is sent to the authority holds nothing of a customer, whatever is reported.
func TestNothingOfACustomerLeavesTheHouse(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	entry := c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	o.look()
	a := o.alerts("olga")[0]
	b := frozen(entry, "2026/17")
	b["alert"] = a.ID
	o.files(b)
	for i, what := range []string{"attempted", "rejected", "partial_match", "released"} {
		o.files(body{"what": what, "edition": 0, "entry": entry, "customers": 1, "acted": noon, "reference": fmt.Sprint("2026/", 20+i)})
	}
	o.files(body{"what": "nil", "edition": 0, "customers": 3, "reference": "2026/30"})
	o.look()
	wire := c.wire.String()
	for _, secret := range []string{"CUST-", "Primerow", "Bergstr", "P2222222", "1957-03-04", a.ID.String(), a.Subject, "olga"} {
		if strings.Contains(wire, secret) {
			t.Errorf("%q left the house", secret)
		}
	}
	for _, what := range report.Whats() {
		if !strings.Contains(wire, fmt.Sprintf(`"what":%q`, what)) {
			t.Errorf("%s was not reported", what)
		}
	}
	if got := must(c.clerk.List(t.Context(), clerk.Order{By: "lead"}, "report", "", "", 50)).Rows; len(got) != 6 {
		t.Errorf("the authority has %d reports", len(got))
	}
	if a := o.alerts("olga")[0]; len(a.Reports) != 1 {
		t.Errorf("the alert knows the reports %v", a.Reports)
	}
}

// Reports wait while the authority is away, are taken once although answers are
// lost, correct one another, and bring the authority's word back.
func TestReportsAreCarriedOnceAndAnswered(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	entry := c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	o.look()
	first := o.files(frozen(entry, "2026/17"))
	onReports := func(r *http.Request) bool { return r.Method == http.MethodPost && r.URL.Path == "/v1/reports" }
	c.loses(func(r *http.Request) (bool, bool) { return onReports(r), false })
	for range 2 {
		if _, _, err := o.institution.Look(t.Context()); fault.KindOf(err) != fault.Unavailable {
			t.Fatalf("%v", err)
		}
	}
	if e := must(o.institution.Status()).Reports; e.Untold != 1 || e.Why == "" || e.Since.IsZero() {
		t.Errorf("nobody is told that a report waits: %+v", e)
	}
	second := o.files(frozen(entry, "2026/17").with("supersedes", first)) // corrected before it left
	c.loses(func(r *http.Request) (bool, bool) { return false, onReports(r) })
	o.institution.Look(t.Context()) // taken, and the answer is lost
	c.loses(nil)
	o.look()
	at := must(c.clerk.List(t.Context(), clerk.Order{By: "lead"}, "report", "", "", 50)).Rows
	if len(at) != 2 {
		t.Fatalf("the authority has %d reports", len(at))
	}
	for id, state := range map[string]report.State{first: report.Superseded, second: report.Filed} {
		r := o.report(id)
		there := readAs[report.Report](c.house, "lead", "report", r.Delivery.As)
		if r.State != state || there.State != state || !strings.HasPrefix(r.Delivery.Receipt, "interdict receipt v1") {
			t.Errorf("report %s is %s here and %s there, receipt %.20q", id, r.State, there.State, r.Delivery.Receipt)
		}
	}
	as := o.report(second).Delivery.As
	c.do("lead", "report.answer", as, body{"verdict": "need_more", "note": "since when"})
	o.look()
	if r := o.report(second); r.State != report.Questioned || r.Answer.Note != "since when" {
		t.Errorf("asked for more: %+v", r)
	}
	c.do("lead", "report.answer", as, body{"verdict": "true_match", "note": "it is he"})
	o.look()
	if r := o.report(second); r.State != report.Answered || r.Answer.Verdict != report.TrueMatch || r.Answered.IsZero() {
		t.Errorf("answered: %+v", r)
	}
	if e := must(o.institution.Status()).Reports; e.Untold != 0 || e.Unanswered != 0 || e.Why != "" {
		t.Errorf("%+v", e)
	}
}

func (b body) with(key string, v any) body {
	b[key] = v
	return b
}

// A report that the authority will never take is not sent for ever; one from a clock that
// is ahead waits until the authority's has caught up.
func TestReportsThatAreTurnedDown(t *testing.T) {
	theirs, ours := &clock{at: time.Now()}, &clock{at: time.Now()}
	c := newCommission(t, theirs.now)
	entry := c.freezes("Ivan Primerov")
	o := newOffice(t, c, ours)
	o.look()
	ours.move(2 * time.Hour)
	ahead := o.files(frozen(entry, "1").with("acted", ours.now()))
	if _, _, err := o.institution.Look(t.Context()); err == nil || !strings.Contains(err.Error(), "ahead of ours") {
		t.Errorf("%v", err)
	}
	if r := o.report(ahead); r.State != report.Filed {
		t.Errorf("from a clock that is ahead: %s", r.State)
	}
	theirs.move(3 * time.Hour)
	o.look()
	if r := o.report(ahead); r.Delivery.As == "" {
		t.Errorf("the clocks agree again: %+v", r)
	}
	c.do("lead", "report.answer", o.report(ahead).Delivery.As, body{"verdict": "noted"})
	late := o.files(frozen(entry, "2").with("acted", ours.now()).with("supersedes", ahead)) // the authority has answered that one
	for range 4 {
		o.institution.Look(t.Context())
	}
	if r := o.report(late); r.State != report.Refused || !strings.Contains(r.Refused, "409") {
		t.Errorf("corrects what is answered: %s %q", r.State, r.Refused)
	}
	o.files(frozen(entry, "2").with("acted", ours.now()).with("supersedes", late))
	o.look()
	if e := must(o.institution.Status()).Reports; e.Untold != 0 {
		t.Errorf("%+v", e)
	}
}

func TestALiftingIsTold(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	entry := c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	o.look()
	report := o.files(frozen(entry, "2026/17"))
	o.look()
	releases := func(who roster.PersonID) []clerk.Release {
		return must(o.house.clerk.ToRelease(t.Context(), clerk.Order{By: who, Purpose: "release"}))
	}
	if got := releases("olga"); len(got) != 0 {
		t.Fatalf("before the lifting: %+v", got)
	}
	c.lifts()
	if out, raised := o.look(); out.Edition != 1 || raised != 0 {
		t.Errorf("%+v, %d alerts", out, raised)
	}
	if a := o.alerts("olga")[0]; len(a.Ended) != 1 || a.Ended[0].Reference != entry || a.Ended[0].On == "" || a.State != alert.Open {
		t.Errorf("the alert does not say so: %+v", a)
	}
	o.open(t, c)
	o.look()
	if a := o.alerts("olga")[0]; len(a.Ended) != 1 {
		t.Errorf("it is said again: %+v", a.Ended)
	}
	if got := releases("olga"); len(got) != 1 || got[0].Report != report || got[0].Entry != entry || got[0].Lifted.Edition != 1 {
		t.Errorf("to be released: %+v", got)
	}
	if got := releases("pavel"); len(got) != 0 {
		t.Errorf("a liaison is told: %+v", got)
	}
	o.files(body{"what": "released", "edition": 1, "entry": entry, "customers": 1, "acted": noon, "reference": "2026/17"})
	if got := releases("olga"); len(got) != 0 {
		t.Errorf("after the release: %+v", got)
	}
}

// While the authority is away, or shows what must be refused, the desk works on
// the last good state and says so; in good order again, nothing is left of it.
func TestStatusSaysWhyWorkIsOnTheLastGoodState(t *testing.T) {
	clock := &clock{at: noon}
	c := newCommission(t, clock.now)
	c.freezes("Ivan Primerov")
	o := newOffice(t, c, clock)
	o.look()
	seen := must(o.institution.Status()).Seen
	clock.move(time.Hour)
	c.loses(func(*http.Request) (bool, bool) { return true, false })
	for range 2 {
		o.institution.Look(t.Context())
		clock.move(time.Minute)
	}
	s := must(o.institution.Status())
	if !s.LastGood || s.Away == nil || !s.Away.Since.Equal(noon.Add(time.Hour)) || !s.Seen.Equal(seen) || s.Edition != 0 {
		t.Errorf("away: %+v", s)
	}
	c.loses(nil)
	o.look()
	if s := must(o.institution.Status()); s.LastGood || s.Away != nil || !s.Seen.After(seen) {
		t.Errorf("back: %+v", s)
	}
	c.alters(func(path string, b []byte) []byte {
		if path == "/list/checkpoint" {
			return bytes.Replace(b, []byte("\n1\n"), []byte("\n2\n"), 1)
		}
		return b
	})
	if _, _, err := o.institution.Look(t.Context()); fault.KindOf(err) != fault.Corrupt {
		t.Errorf("an altered checkpoint: %v", err)
	}
	o.open(t, c)
	if s := must(o.institution.Status()); !s.LastGood || s.Refused == nil || s.Away != nil || s.Edition != 0 || !strings.Contains(s.Refused.Why, "not signed") {
		t.Errorf("refused: %+v", s)
	}
	c.alters(nil)
	o.look()
	if s := must(o.institution.Status()); s.LastGood || s.Refused != nil {
		t.Errorf("in order again: %+v", s)
	}
}

// The desk goes on while what the authority shows is refused, and takes what is good as
// soon as it comes.
func TestRunGoesOnAfterARefusal(t *testing.T) {
	c := newCommission(t, time.Now)
	c.freezes("Ivan Primerov")
	o := newOffice(t, c, nil)
	c.alters(func(_ string, b []byte) []byte { return []byte("x") })
	ctx, cancel := context.WithCancel(t.Context())
	looks := make(chan error, 1000)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		o.institution.Run(ctx, func(_ follow.Outcome, _ int, err error) { looks <- err })
	}()
	for n := 0; n < 2; {
		if fault.KindOf(<-looks) == fault.Corrupt {
			n++
		}
	}
	c.alters(nil)
	for err := range looks {
		if err == nil {
			break
		}
	}
	id := o.files(body{"what": "nil", "edition": 0, "customers": 3, "reference": "1"})
	for deadline := time.Now().Add(time.Minute); o.report(id).Delivery.As == ""; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the report was not carried within a minute")
		}
	}
	cancel()
	<-ended
}
