package clerk_test

import (
	"strconv"
	"testing"
	"time"

	"interdict/internal/alert"
	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/date"
	"interdict/internal/list/own"
	"interdict/internal/lookout"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/roster"
)

// listing gives a clerk a register in which some people are listed.
func listing(tb testing.TB, c *clerk.Clerk, names ...string) {
	tb.Helper()
	a := must(archive.Open(tb.TempDir(), own.Source))
	tb.Cleanup(func() { a.Close() })
	c.Register = must(lookout.Open(lookout.Config{
		Archive: a, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: c.Now,
	}))
	list(c, names...)
}

func list(c *clerk.Clerk, names ...string) {
	var all []record.Record
	for i, n := range names {
		key := "OWN-" + strconv.Itoa(i+1)
		all = append(all, record.Record{
			Source: own.ID, Key: key, Listings: []record.Listing{{Authority: "Commission", Reference: key, ListedOn: date.OnDay(2026, 3, 1)}},
			Subject: record.Subject{Kind: record.Person, Names: []record.Name{{Full: n, Type: record.Primary, Quality: record.Strong}}},
		})
	}
	must(c.Register.Publish(all, "system"))
}

func raise(tb testing.TB, c *clerk.Clerk, name string) string {
	tb.Helper()
	return done(tb, c, "analyst", "alert.raise", "", body{
		"channel": "onboarding", "source": "permit", "subject": body{"kind": "person", "names": []body{{"full": name}}},
	}).ID
}

// The alert is closed with its last hit, and only if every hit is somebody else.
func TestClosedWithTheLastHit(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		clock := newClock()
		c := p.clerk(t, clock.now)
		people(t, c)
		listing(t, c, "Bartholomew Quindlesby", "Bartholomew Quindlesbie")
		cases := []struct {
			name, first string
			close       bool
			want        alert.State
		}{
			{"both are others", "alert.different", true, alert.Closed},
			{"it was not wished", "alert.different", false, alert.Open},
			{"one is not known yet", "alert.unsure", true, alert.Open},
			{"one is the subject", "alert.same", true, alert.Open},
		}
		for _, x := range cases {
			id := raise(t, c, "Bartholomew Quindlesby")
			done(t, c, "analyst", x.first, id, body{"key": "1", "reason": "r"})
			d := done(t, c, "analyst", "alert.different", id, body{"key": "2", "reason": "r", "close": x.close})
			o := clerk.Order{By: "analyst", Purpose: "test"}
			a := must(c.Read(t.Context(), o, "alert", id, clerk.When{})).Content.(alert.Alert)
			if a.State != x.want || d.Version != a.Version {
				t.Errorf("%s: %s at version %d of %d", x.name, a.State, d.Version, a.Version)
			}
		}
		whole(t, p, c)
	})
}

// The queue gives the oldest first, in parts that leave nothing out and give
// nothing twice; who began an alert comes back to it.
func TestQueue(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		clock := newClock()
		c := p.clerk(t, clock.now)
		people(t, c)
		listing(t, c, "Bartholomew Quindlesby")
		var want []string
		for range 7 {
			want = append(want, raise(t, c, "Bartholomew Quindlesby"))
			clock.move(time.Hour)
		}
		o := clerk.Order{By: "analyst", Purpose: "test"}
		var got []string
		for after := ""; ; {
			q := must(c.Alerts(t.Context(), o, "open", after, 3))
			for _, w := range q.Alerts {
				got = append(got, w.ID)
			}
			if after = q.Next; after == "" {
				break
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%d of %d", len(got), len(want))
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("place %d: %s, want %s", i, got[i], want[i])
			}
		}
		nobody := func(string) bool { return false }
		if id := must(c.NextAlert(t.Context(), o, nobody)); id != want[0] {
			t.Errorf("next: %s", id)
		}
		done(t, c, "analyst", "alert.unsure", want[4], body{"key": "1", "reason": "r"})
		if id := must(c.NextAlert(t.Context(), o, nobody)); id != want[4] {
			t.Errorf("what was begun: %s, want %s", id, want[4])
		}
		other := clerk.Order{By: "analyst-2", Purpose: "test"}
		if id := must(c.NextAlert(t.Context(), other, func(id string) bool { return id == want[0] })); id != want[1] {
			t.Errorf("past the first: %s", id)
		}
		if _, err := c.NextAlert(t.Context(), clerk.Order{By: "liaison", Purpose: "test"}, nobody); err == nil {
			t.Error("who triages nothing is sent to an alert")
		}
	})
}

// A hit is compared with what was listed then, also when that has changed or gone.
func TestCompare(t *testing.T) {
	clock := newClock()
	p := found(onSQLite(t.TempDir()))
	c := p.clerk(t, clock.now)
	people(t, c)
	listing(t, c, "Bartholomew Quindlesby", "Marta Lindqvist")
	id := raise(t, c, "Bartholomew Quindlesbee")
	o := clerk.Order{By: "analyst", Purpose: "test"}
	look := func() clerk.Compared {
		t.Helper()
		x := must(c.Compare(t.Context(), o, id))
		if x.Then != nil || len(x.Hits) != 1 || x.Hits[0].Found == nil || int(x.Hits[0].Found.Score) != x.Hits[0].Score {
			t.Fatalf("it was not counted again: %v %+v", x.Then, x.Hits)
		}
		if x.Hits[0].Listed == nil || x.Hits[0].Listed.Caption != "Bartholomew Quindlesby" {
			t.Fatalf("listed then: %+v", x.Hits[0].Listed)
		}
		return x.Hits[0]
	}
	if h := look(); h.Gone || h.Changed {
		t.Errorf("nothing changed, and yet gone %v, changed %v", h.Gone, h.Changed)
	}
	clock.move(24 * time.Hour)
	list(c, "Bartholomew Aurelius Quindlesby", "Marta Lindqvist")
	if h := look(); h.Gone || !h.Changed {
		t.Errorf("the entry changed: gone %v, changed %v", h.Gone, h.Changed)
	}
	for _, who := range []string{"liaison", "auditor", "secretary"} {
		if _, err := c.Compare(t.Context(), clerk.Order{By: roster.PersonID(who), Purpose: "test"}, id); err == nil {
			t.Errorf("%s compares an alert that is not his", who)
		}
	}
	if _, err := c.Compare(t.Context(), clerk.Order{By: "analyst"}, id); err == nil {
		t.Error("without a purpose")
	}
}
