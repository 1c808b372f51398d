package clerk_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"interdict/internal/alert"
	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list/own"
	"interdict/internal/lookout"
	"interdict/internal/publish"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/report"
	"interdict/internal/roster"
	"interdict/internal/screen"
)

// bank founds an institution with two officers and a liaison officer.
func bank(t *testing.T, c *clerk.Clerk) {
	t.Helper()
	must(c.Found(t.Context(), clerk.Foundation{Commission: "bank", Nature: roster.Institution, Name: "Bank", Country: "XX", Administrator: "ada", PersonName: "Ada Admin"}))
	for id, role := range map[string]string{"olga": "officer", "pavel": "liaison", "bot": "machine"} {
		done(t, c, "ada", "roster.engage", "main", body{"id": id, "name": id, "organisation": "bank"})
		done(t, c, "ada", "roster.give_role", "main", body{"id": id, "role": role})
	}
	done(t, c, "ada", "roster.give_role", "main", body{"id": "bot", "role": "officer"})
}

func listed(key, name string, ended bool) record.Record {
	l := record.Listing{Authority: "Commission", Reference: key, ListedOn: date.OnDay(2026, 3, 1)}
	if ended {
		l.Ended, l.Delisted = true, date.OnDay(2026, 3, 2)
	}
	return record.Record{Source: own.ID, Key: key, Listings: []record.Listing{l}, Subject: record.Subject{
		Kind: record.Person, Names: []record.Name{{Full: name, Type: record.Primary, Quality: record.Strong}},
	}}
}

func lookoutOf(t *testing.T, now func() time.Time) *lookout.Lookout {
	kept := must(archive.Open(t.TempDir(), own.Source))
	t.Cleanup(func() { kept.Close() })
	return must(lookout.Open(lookout.Config{Archive: kept, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: now}))
}

func finding(c *clerk.Clerk, customer, name string) clerk.Finding {
	return clerk.Finding{
		Customer: customer, Subject: record.Subject{Kind: record.Person, Names: []record.Name{{Full: name}}},
		Answer: must(c.Register.Engine().Name(screen.Query{Name: name}, screen.Options{Brief: true})),
	}
}

// What screening finds among customers is raised once, by however many processes;
// what is reported and what came of it stands in the institution's own ledger.
func TestTheLedgerOfAnInstitution(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		clock := newClock()
		c, other := p.clerk(t, clock.now), p.clerk(t, clock.now)
		watch := lookoutOf(t, clock.now)
		c.Register, other.Register = watch, watch
		bank(t, c)
		must(watch.Publish([]record.Record{listed("OWN-E1", "Ivan Primerov", false)}, "system"))
		for range 2 {
			must(0, c.TakeEdition(t.Context(), publish.Manifest{Sequence: 0, At: clock.now(), Changed: 1, Entries: 1}))
		}
		var raised atomic.Int64
		var under sync.WaitGroup
		for _, k := range []*clerk.Clerk{c, other, c, other} {
			under.Go(func() {
				if must(k.Raise(t.Context(), finding(k, "K-1", "Ivan Primerov"))) {
					raised.Add(1)
				}
			})
		}
		under.Wait()
		rows := must(c.List(t.Context(), clerk.Order{By: "olga"}, "alert", "", "", 10)).Rows
		if raised.Load() != 1 || len(rows) != 1 {
			t.Fatalf("raised %d times, %d alerts", raised.Load(), len(rows))
		}
		if must(c.Raise(t.Context(), finding(c, "", "Ivan Primerov"))); len(must(c.List(t.Context(), clerk.Order{By: "olga"}, "alert", "", "", 10)).Rows) != 2 {
			t.Error("a customer without a number raises no alert")
		}
		frozen := body{
			"what": "frozen", "edition": 0, "entry": "OWN-E1", "customers": 1, "acted": clock.now(), "reference": "1", "alert": rows[0].ID,
			"assets": []body{{"limb": "owned", "count": 1, "amount": 1, "currency": "EUR"}},
		}
		for _, who := range []string{"pavel", "bot"} {
			o := clerk.Order{By: roster.PersonID(who)}
			if _, err := c.Read(t.Context(), clerk.Order{By: o.By, Purpose: "x"}, "alert", rows[0].ID, clerk.When{}); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s reads the alert: %v", who, err)
			}
			if _, err := do(t.Context(), c, who, "report.file", "", frozen); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s reports on the alert: %v", who, err)
			}
		}
		frozen["entry"] = "OWN-E2"
		if _, err := do(t.Context(), c, "olga", "report.file", "", frozen); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a report on another entry closes the alert: %v", err)
		}
		frozen["entry"] = "OWN-E1"
		id := must(reportID(done(t, c, "olga", "report.file", "", frozen).ID))
		if out := must(c.Outgoing(t.Context())); len(out.Untold) != 1 || len(out.Unanswered) != 0 {
			t.Errorf("%+v", out)
		}
		for range 2 {
			must(0, c.Delivered(t.Context(), id, report.Delivery{As: "R1", Index: 7, Taken: clock.now()}))
			must(0, c.Relayed(t.Context(), id, report.Relay{Answer: report.Answer{Verdict: report.NeedMore, Note: "since when"}}))
		}
		if err := c.Refused(t.Context(), id, "late"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("taken and refused: %v", err)
		}
		if out := must(c.Outgoing(t.Context())); len(out.Untold) != 0 || len(out.Unanswered) != 1 {
			t.Errorf("%+v", out)
		}
		if _, err := do(t.Context(), c, "olga", "report.answer", id.String(), body{"verdict": "noted"}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an institution answers its own report: %v", err)
		}
		must(watch.Publish([]record.Record{listed("OWN-E1", "Ivan Primerov", true)}, "system"))
		ended := map[string]record.Listing{"OWN-E1": listed("OWN-E1", "", true).Listings[0]}
		for range 2 {
			must(0, c.EndEntries(t.Context(), own.ID, 1, ended))
		}
		a := must(c.Read(t.Context(), clerk.Order{By: "olga", Purpose: "triage"}, "alert", rows[0].ID, clerk.When{})).Content.(alert.Alert)
		if len(a.Ended) != 1 || a.Ended[0].On != "2026-03-02" || len(a.Reports) != 1 {
			t.Errorf("%+v", a)
		}
		if must(c.Raise(t.Context(), finding(c, "K-1", "Ivan Primerov"))) {
			t.Error("that the entry ended is raised as a hit")
		}
		if _, err := c.ToRelease(t.Context(), clerk.Order{By: "olga"}); !errors.Is(err, clerk.ErrPurpose) {
			t.Errorf("what reports say is told without a purpose: %v", err)
		}
		for who, want := range map[roster.PersonID]int{"olga": 1, "pavel": 0} {
			if got := must(c.ToRelease(t.Context(), clerk.Order{By: who, Purpose: "release"})); len(got) != want {
				t.Errorf("%s is told to release %+v", who, got)
			}
		}
		frozen["supersedes"], frozen["customers"] = id, 2
		delete(frozen, "alert")
		again := done(t, c, "olga", "report.file", "", frozen).ID
		if got := must(c.ToRelease(t.Context(), clerk.Order{By: "olga", Purpose: "release"})); len(got) != 1 || got[0].Report != again {
			t.Errorf("a freeze reported anew is to be released: %+v", got)
		}
		whole(t, p, c)
	})
}

func reportID(text string) (id report.ID, err error) {
	err = id.UnmarshalText([]byte(text))
	return id, err
}

// The authority's own ledger takes no part in following.
func TestACommissionFollowsNobody(t *testing.T) {
	p := found(onSQLite(t.TempDir()))
	c := p.clerk(t, newClock().now)
	people(t, c)
	if err := c.TakeEdition(t.Context(), publish.Manifest{}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("%v", err)
	}
	if _, err := c.Raise(t.Context(), clerk.Finding{}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("%v", err)
	}
}
