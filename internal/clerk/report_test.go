package clerk_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/publish"
	"interdict/internal/report"
	"interdict/internal/roster"
)

// An edition is posted to the institutions of the day, each acknowledges by its
// own clock, and the clocks name who was silent: on both engines, with views that
// follow from the ledger.
func TestAnEditionAtTheInstitutions(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		clock := newClock()
		c := p.clerk(t, clock.now)
		people(t, c)
		for _, id := range []string{"savings", "exchange"} {
			done(t, c, "ada", "roster.register", "main", body{"id": id, "name": id, "nature": "institution", "country": "XX"})
			done(t, c, "ada", "roster.engage", "main", body{"id": id + "-officer", "name": id, "organisation": id})
			done(t, c, "ada", "roster.give_role", "main", body{"id": id + "-officer", "role": "officer"})
		}
		at := clock.now()
		must(0, c.PostEdition(t.Context(), publish.Manifest{Sequence: 0, At: at, Changed: 1, Entries: 1}))
		must(0, c.PostEdition(t.Context(), publish.Manifest{Sequence: 0, At: at.Add(time.Hour)})) // by a process that was late: nothing changes
		clock.move(time.Hour)
		for _, hop := range report.Hops() {
			done(t, c, "savings-officer", "acknowledgement.make", "", body{"edition": 0, "hop": hop, "done": at.Add(time.Minute)})
		}
		done(t, c, "exchange-officer", "acknowledgement.make", "", body{"edition": 0, "hop": "received", "done": at.Add(time.Minute)})
		if _, err := do(t.Context(), c, "exchange-officer", "acknowledgement.make", "", body{"edition": 7, "hop": "received", "done": at}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an edition that is not there was acknowledged: %v", err)
		}
		if _, err := do(t.Context(), c, "savings-officer", "report.file", "", body{"what": "nil", "edition": 0, "customers": 7, "reference": "1", "customer": "Ivan"}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a report with a field for a name was taken: %v", err)
		}
		first := done(t, c, "savings-officer", "report.file", "", body{"what": "nil", "edition": 0, "customers": 7, "reference": "1"}).ID
		if _, err := do(t.Context(), c, "exchange-officer", "report.file", "", body{"what": "nil", "edition": 0, "customers": 7, "reference": "1", "supersedes": first}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another's report was superseded: %v", err)
		}
		second := done(t, c, "savings-officer", "report.file", "", body{"what": "nil", "edition": 0, "customers": 8, "reference": "1", "supersedes": first}).ID
		done(t, c, "lead", "report.answer", second, body{"verdict": "noted"})
		if n, err := c.Tick(t.Context()); n != 0 || err != nil {
			t.Errorf("ticked %d too early, %v", n, err)
		}
		clock.move(24 * time.Hour)
		if n, err := c.Tick(t.Context()); n != 1 || err != nil {
			t.Errorf("ticked %d, %v", n, err)
		}
		if n, err := c.Tick(t.Context()); n != 0 || err != nil {
			t.Errorf("ticked %d again, %v", n, err)
		}
		d := must(c.Deliveries(t.Context(), clerk.Order{By: "lead"}, "000000"))
		if d.State != report.Overdue || !d.At.Equal(at) || !slices.Equal(d.Silence.Silent, []roster.OrganisationID{"exchange"}) || len(d.Courses) != 2 {
			t.Fatalf("%s", must(json.Marshal(d)))
		}
		if x := d.Courses[1]; x.Institution != "savings" || x.Silent || x.Filings != 2 || len(x.Steps) != 3 || x.Steps[report.Screened].Done != at.Add(time.Minute) || x.Steps[report.Screened].After < time.Hour {
			t.Errorf("savings: %+v", x)
		}
		if x := d.Courses[0]; !x.Silent || len(x.Steps) != 1 {
			t.Errorf("exchange: %+v", x)
		}
		if _, err := c.Deliveries(t.Context(), clerk.Order{By: "savings-officer"}, "000000"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an institution sees how others did: %v", err)
		}
		for id, state := range map[string]report.State{first: report.Superseded, second: report.Answered} {
			seen := must(c.Read(t.Context(), clerk.Order{By: "savings-officer", Purpose: "own"}, "report", id, clerk.When{}))
			if r := seen.Content.(report.Report); r.State != state {
				t.Errorf("report %s is %s, want %s", fmt.Sprint(id), r.State, state)
			}
		}
		whole(t, p, c)
	})
}
