package deadline_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interdict/internal/deadline"
	"interdict/internal/fault"
)

// week is a calendar with weekends and no holidays, written for tests.
func week(t testing.TB) deadline.Calendar {
	t.Helper()
	c, err := deadline.Named("none")
	if err != nil {
		t.Fatal(err)
	}
	c.Name, c.Zone = "week", "Europe/Berlin"
	c.Weekend = []string{"saturday", "sunday"}
	return c
}

func rule(n int, u deadline.Unit, c string) deadline.Rule {
	return deadline.Rule{Span: deadline.Span{Amount: n, Unit: u}, Start: deadline.NextDay, Roll: deadline.NoRoll, Calendar: c, OnExpiry: deadline.Breach}
}

func drawTime(t *rapid.T, label string) time.Time {
	return time.Unix(rapid.Int64Range(1_400_000_000, 2_000_000_000).Draw(t, label), 0).UTC()
}

// A clock of working days ends on the day that walking the days one by one
// finds, whatever the clocks of the zone do meanwhile.
func TestWorkingDaysAreCountedDayByDay(t *testing.T) {
	cal := week(t)
	zone, err := time.LoadLocation(cal.Zone)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		at, n := drawTime(t, "at"), rapid.IntRange(1, 300).Draw(t, "days")
		c, err := deadline.Start(rule(n, deadline.WorkingDays, "week"), cal, at)
		if err != nil {
			t.Fatal(err)
		}
		want := deadline.DayOf(at, zone)
		for left := n; left > 0; {
			want = want.AddDays(1)
			if d := want.Weekday(); d != time.Saturday && d != time.Sunday {
				left--
			}
		}
		got, err := c.LastDay()
		if err != nil || got != want {
			t.Fatalf("%d working days from %s: %s, want %s (%v)", n, at, got, want, err)
		}
	})
}

func TestAPauseMovesADeadlineByItsLength(t *testing.T) {
	cal := week(t)
	rapid.Check(t, func(t *rapid.T) {
		at := drawTime(t, "at")
		c, err := deadline.Start(rule(rapid.IntRange(10, 900).Draw(t, "hours"), deadline.Hours, "week"), cal, at)
		if err != nil {
			t.Fatal(err)
		}
		due := c.Due
		from := at.Add(time.Duration(rapid.IntRange(0, 9).Draw(t, "from")) * time.Hour)
		length := time.Duration(rapid.IntRange(0, 5000).Draw(t, "length")) * time.Minute
		paused, err := c.Pause(from, "awaiting an answer")
		if err != nil {
			t.Fatal(err)
		}
		if s := paused.State(due.Add(time.Hour)); s.Phase != deadline.Paused {
			t.Fatalf("a paused clock is %s", s.Phase)
		}
		resumed, err := paused.Resume(from.Add(length))
		if err != nil {
			t.Fatal(err)
		}
		if got := resumed.Due.Sub(due); got != length {
			t.Fatalf("a pause of %s moved the deadline by %s", length, got)
		}
		if !c.Due.Equal(due) || len(c.Pauses) != 0 {
			t.Fatal("the clock before the pause has changed")
		}
	})
}

func TestAStoredClockIsReadAsItWas(t *testing.T) {
	c, err := deadline.Start(rule(3, deadline.Months, "week"), week(t), time.Date(2025, 11, 30, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if d, _ := c.LastDay(); d.String() != "2026-02-28" {
		t.Errorf("three months from 30 November end on %s", d)
	}
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var back deadline.Clock
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(c, back); d != "" {
		t.Error(d)
	}
}

func TestPhases(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	r := rule(24, deadline.Hours, "week")
	r.Start = deadline.Instant
	c, err := deadline.Start(r, week(t), at)
	if err != nil {
		t.Fatal(err)
	}
	if s := c.State(at.Add(23 * time.Hour)); s.Phase != deadline.Running || s.Left != time.Hour {
		t.Errorf("an hour before: %+v", s)
	}
	if s := c.State(at.Add(26 * time.Hour)); s.Phase != deadline.Expired || s.Late != 2*time.Hour {
		t.Errorf("two hours after: %+v", s)
	}
	if _, err := c.Pause(at.Add(26*time.Hour), "late"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an expired clock was paused: %v", err)
	}
	if _, err := c.Extend(at.Add(26*time.Hour), deadline.Span{Amount: 1, Unit: deadline.Hours}, week(t), "late", "court"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an expired clock was extended: %v", err)
	}
	late, err := c.Met(at.Add(30 * time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if s := late.State(at.Add(900 * time.Hour)); s.Phase != deadline.Met || s.Late != 6*time.Hour {
		t.Errorf("met late: %+v", s)
	}
	if _, err := late.Met(at.Add(31 * time.Hour)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("met twice: %v", err)
	}
}

func TestARuleNamesEverythingThatIsWrong(t *testing.T) {
	if _, err := deadline.Start(deadline.Rule{}, week(t), time.Unix(0, 0)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an empty rule started: %v", err)
	}
}
