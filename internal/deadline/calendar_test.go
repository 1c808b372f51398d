package deadline_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/deadline"
	"interdict/internal/fault"
)

func named(t testing.TB, name string) deadline.Calendar {
	t.Helper()
	c, err := deadline.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func day(t testing.TB, s string) deadline.Day {
	t.Helper()
	d, err := deadline.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The yearly production calendars of Russia give the sum of working days.
func TestTheRussianYearsAddUp(t *testing.T) {
	c := named(t, "ru")
	for year, want := range map[int]int{
		2015: 247, 2016: 247, 2017: 247, 2018: 247, 2019: 247, 2020: 248,
		2021: 247, 2022: 247, 2023: 247, 2024: 248, 2025: 247, 2026: 247,
	} {
		n := 0
		for d := (deadline.Day{Year: year, Month: time.January, Day: 1}); d.Year == year; d = d.AddDays(1) {
			if c.Working(d) {
				n++
			}
		}
		if n != want || !c.Knows(year) {
			t.Errorf("%d has %d working days (known: %t), want %d", year, n, c.Knows(year), want)
		}
	}
}

// easter is the algorithm of Meeus for the Gregorian calendar.
func easter(year int) deadline.Day {
	a, b, c := year%19, year/100, year%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return deadline.Day{Year: year, Month: time.Month(n / 31), Day: n%31 + 1}
}

func TestTheBankHolidaysOfEngland(t *testing.T) {
	c := named(t, "gb")
	extra := map[int]int{2022: 2, 2023: 1} // jubilee and funeral, coronation
	for year := c.Covers.From; year <= c.Covers.Until; year++ {
		if e := easter(year); c.Working(e.AddDays(-2)) || c.Working(e.AddDays(1)) {
			t.Errorf("%d: Good Friday or Easter Monday is worked", year)
		}
		off := 0
		for d := (deadline.Day{Year: year, Month: time.January, Day: 1}); d.Year == year; d = d.AddDays(1) {
			if w := d.Weekday(); w != time.Saturday && w != time.Sunday && !c.Working(d) {
				off++
			}
		}
		if want := 8 + extra[year]; off != want {
			t.Errorf("%d has %d bank holidays on weekdays, want %d", year, off, want)
		}
	}
}

func TestDaysOff(t *testing.T) {
	for _, x := range []struct {
		cal, day string
		worked   bool
		why      string
	}{
		{"ae", "2021-12-24", false, "a Friday under the earlier weekend"},
		{"ae", "2021-12-26", true, "a Sunday under the earlier weekend"},
		{"ae", "2021-12-31", false, "the last Friday of the earlier weekend"},
		{"ae", "2022-01-07", true, "a Friday since 2022, half a day"},
		{"ae", "2022-01-09", false, "a Sunday since 2022"},
		{"ae", "2021-12-01", false, "Commemoration Day"},
		{"ae", "2023-12-01", true, "no longer Commemoration Day"},
		{"ae", "2024-04-10", false, "Eid al-Fitr"},
		{"tr", "2016-07-15", true, "before there was a holiday"},
		{"tr", "2024-07-15", false, "Democracy and National Unity Day"},
		{"tr", "2024-10-28", true, "half a day"},
		{"tr", "2026-03-20", false, "Ramazan Bayramı"},
		{"ru", "2025-11-01", true, "a Saturday worked by decree"},
		{"ru", "2025-11-03", false, "the Monday for it"},
		{"ru", "2026-01-09", false, "a Friday off by decree"},
		{"gb", "2020-05-04", true, "the holiday moved to the 8th"},
		{"gb", "2020-05-08", false, "here"},
		{"gb", "2027-12-28", false, "Boxing Day falls on a Sunday"},
		{"in", "2026-01-26", false, "Republic Day"},
		{"weekdays", "2026-12-25", true, "no holidays"},
		{"none", "2026-11-29", true, "a Sunday"},
	} {
		if got := named(t, x.cal).Working(day(t, x.day)); got != x.worked {
			t.Errorf("%s %s, %s: worked %t", x.cal, x.day, x.why, got)
		}
	}
}

// drawRule draws a rule of a calendar that ships.
func drawRule(t *rapid.T) (deadline.Rule, deadline.Calendar) {
	c := rapid.SampledFrom(deadline.Calendars()).Draw(t, "calendar")
	return deadline.Rule{
		Span:     drawSpan(t, "span"),
		Start:    rapid.SampledFrom([]deadline.From{deadline.Instant, deadline.NextDay}).Draw(t, "start"),
		Roll:     rapid.SampledFrom([]deadline.Roll{deadline.NoRoll, deadline.Following, deadline.Preceding}).Draw(t, "roll"),
		Calendar: c.Name, OnExpiry: deadline.Breach,
	}, c
}

func drawSpan(t *rapid.T, label string) deadline.Span {
	return deadline.Span{
		Amount: rapid.IntRange(1, 90).Draw(t, label),
		Unit: rapid.SampledFrom([]deadline.Unit{
			deadline.Hours, deadline.CalendarDays, deadline.WorkingDays, deadline.BusinessDays, deadline.Months,
		}).Draw(t, label+" unit"),
	}
}

func start(t *rapid.T, r deadline.Rule, c deadline.Calendar, at time.Time) deadline.Clock {
	clock, err := deadline.Start(r, c, at)
	if err != nil {
		t.Fatal(err)
	}
	return clock
}

// before reports whether a ends before b: on an earlier day where hours roll,
// for those that were rolled end with their day.
func before(t *rapid.T, a, b deadline.Clock) bool {
	if a.Rule.Unit != deadline.Hours || a.Rule.Roll == deadline.NoRoll {
		return a.Due.Before(b.Due)
	}
	x, errX := a.LastDay()
	y, errY := b.LastDay()
	if errX != nil || errY != nil {
		t.Fatal(errX, errY)
	}
	return x.Before(y)
}

func TestWhatBeginsLaterIsNotDueEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, c := drawRule(t)
		at := drawTime(t, "at")
		later := at.Add(time.Duration(rapid.IntRange(0, 60*24*10).Draw(t, "minutes later")) * time.Minute)
		if a, b := start(t, r, c, at), start(t, r, c, later); before(t, b, a) {
			t.Fatalf("%s from %s is due %s, from %s already %s", r.Span, at, a.Due, later, b.Due)
		}
	})
}

func TestALongerTimeEndsNotEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, c := drawRule(t)
		at := drawTime(t, "at")
		short := start(t, r, c, at)
		r.Amount += rapid.IntRange(0, 30).Draw(t, "more")
		long := start(t, r, c, at)
		if before(t, long, short) {
			t.Fatalf("%s from %s ends %s, before %s", r.Span, at, long.Due, short.Due)
		}
		if r.Roll != deadline.Preceding && short.Due.Before(at) {
			t.Fatalf("%s from %s was due before it began: %s", r.Span, at, short.Due)
		}
	})
}

// In every calendar, a clock of n working days spans exactly n days that are
// worked, and ends with one.
func TestACountOfWorkingDaysIsThatOfAWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(deadline.Calendars()).Draw(t, "calendar")
		unit := rapid.SampledFrom([]deadline.Unit{deadline.WorkingDays, deadline.BusinessDays}).Draw(t, "unit")
		at, n := drawTime(t, "at"), rapid.IntRange(1, 120).Draw(t, "days")
		clock := start(t, rule(n, unit, c.Name), c, at)
		last, err := clock.LastDay()
		zone, unknown := c.Location()
		if err != nil || unknown != nil {
			t.Fatal(err, unknown)
		}
		worked := 0
		for d := deadline.DayOf(at, zone); d != last; {
			if d = d.AddDays(1); c.Working(d) {
				worked++
			}
		}
		if worked != n || !c.Working(last) {
			t.Fatalf("%d working days from %s end on %s, which is %d working days (worked: %t)", n, at, last, worked, c.Working(last))
		}
		unknownYear := false
		for y := deadline.DayOf(at, zone).Year; y <= last.Year; y++ {
			unknownYear = unknownYear || !c.Knows(y)
		}
		if unknownYear != (len(clock.Doubts) > 0) {
			t.Fatalf("%s to %s in %s: doubts %q", at, last, c.Name, clock.Doubts)
		}
	})
}

func TestAPauseShiftsAnyClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, c := drawRule(t)
		r.Roll, r.Start = deadline.Following, deadline.NextDay
		at := drawTime(t, "at")
		clock := start(t, r, c, at)
		length := time.Duration(rapid.IntRange(0, 100_000).Draw(t, "minutes")) * time.Minute
		paused, err := clock.Pause(at, "a question")
		if err != nil {
			t.Fatal(err)
		}
		resumed, err := paused.Resume(at.Add(length))
		if err != nil {
			t.Fatal(err)
		}
		if got := resumed.Due.Sub(clock.Due); got != length {
			t.Fatalf("a pause of %s moved the deadline by %s", length, got)
		}
	})
}

func TestWhatIsNotKnownOfAYearIsSaid(t *testing.T) {
	at := time.Date(2026, 12, 20, 9, 0, 0, 0, time.UTC)
	for name, x := range map[string]struct {
		r    deadline.Rule
		want string // in the doubt; empty: none
	}{
		"inside the years listed":   {rule(3, deadline.WorkingDays, "ru"), ""},
		"over into a year unlisted": {rule(20, deadline.WorkingDays, "ru"), "in 2027 they are not known and were counted as working days"},
		"none was ever listed":      {rule(1, deadline.WorkingDays, "in"), "lists movable days off of no year; in 2026"},
		"days off do not matter":    {rule(30, deadline.CalendarDays, "in"), ""},
		"nothing moves":             {rule(300, deadline.WorkingDays, "weekdays"), ""},
	} {
		c, err := deadline.Start(x.r, named(t, x.r.Calendar), at)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := strings.Join(c.Doubts, "; "); !strings.Contains(got, x.want) || (got == "") != (x.want == "") {
			t.Errorf("%s: doubts %q, want %q", name, got, x.want)
		}
	}
}

func TestBusinessDaysAreThoseOfTheInstitution(t *testing.T) {
	friday := time.Date(2025, 10, 31, 9, 0, 0, 0, time.UTC)
	bank := week(t)
	for name, x := range map[string]struct {
		unit deadline.Unit
		cal  deadline.Calendar
		want string // last day, or a part of the error
	}{
		"working days of the authority, a Saturday by decree": {deadline.WorkingDays, named(t, "ru"), "2025-11-01"},
		"business days by the same calendar":                  {deadline.BusinessDays, named(t, "ru"), "2025-11-01"},
		"business days of a bank elsewhere":                   {deadline.BusinessDays, bank, "2025-11-03"},
		"working days by another calendar":                    {deadline.WorkingDays, bank, `counts by the calendar "ru", not by "week"`},
	} {
		c, err := deadline.Start(rule(1, x.unit, "ru"), x.cal, friday)
		if err != nil {
			if !strings.Contains(err.Error(), x.want) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if d, err := c.LastDay(); err != nil || d.String() != x.want {
			t.Errorf("%s: %s, want %s (%v)", name, d, x.want, err)
		}
	}
}

const sound = `name: x
title: X
source: nobody
as_of: 2026-01-01
verified: assumed
zone: UTC
weekend: [sunday]
`

func TestWhatIsWrongWithACalendarIsSaid(t *testing.T) {
	if _, err := deadline.ParseCalendar("x.yaml", strings.NewReader(sound)); err != nil {
		t.Fatalf("a sound calendar: %v", err)
	}
	for name, x := range map[string]struct{ text, want string }{
		"unknown key":          {sound + "holiday: []\n", "x.yaml:8"},
		"unknown zone":         {strings.Replace(sound, "UTC", "Mars/Base", 1), `unknown time zone "Mars/Base"`},
		"the machine's zone":   {strings.Replace(sound, "UTC", "Local", 1), "unknown time zone"},
		"unknown weekday":      {strings.Replace(sound, "sunday", "sontag", 1), `"sontag"`},
		"unknown level":        {strings.Replace(sound, "assumed", "sure", 1), `"sure"`},
		"a day twice":          {sound + "movable: true\ncovers: {from: 2020, until: 2020}\ndated:\n- {day: 2020-03-03, name: a}\n- {day: 2020-03-03, name: b}\n", "every day once"},
		"a day of no year":     {sound + "movable: true\ndated:\n- {day: 2020-03-03, name: a}\n", "outside of the years"},
		"covers what is not":   {sound + "covers: {from: 2020, until: 2021}\n", "movable is false"},
		"weekends in disarray": {sound + "earlier:\n- {until: 2020-01-01, days: [monday]}\n- {until: 2019-01-01, days: [monday]}\n", "follow one another"},
		"a holiday reversed":   {sound + "fixed: [{day: \"05-09\", name: a, since: 2020, until: 2019}]\n", "years in order"},
		"nothing is worked":    {strings.Replace(sound, "[sunday]", "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]", 1), "may be off"},
		"two documents":        {sound + "---\n" + sound, "more than one document"},
	} {
		_, err := deadline.ParseCalendar("x.yaml", strings.NewReader(x.text))
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, want %q", name, err, x.want)
		}
	}
}

// Whatever text is given: an error, or a calendar that counts.
func FuzzParseCalendar(f *testing.F) {
	f.Add(sound)
	f.Add(sound + "earlier: [{until: 2020-01-01, days: [friday]}]\nfixed: [{day: \"05-09\", name: a}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := deadline.ParseCalendar("x.yaml", strings.NewReader(text))
		if err != nil {
			return
		}
		clock, err := deadline.Start(rule(3, deadline.WorkingDays, c.Name), c, time.Unix(1_700_000_000, 0))
		if err != nil || !clock.Due.After(clock.Started) {
			t.Errorf("a calendar that was read does not count: %v, %v", clock, err)
		}
	})
}
