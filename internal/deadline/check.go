package deadline

import (
	"errors"
	"slices"
	"time"

	"interdict/internal/fault"
)

// Check returns everything that is wrong with the calendar, or nil.
func (c Calendar) Check() error {
	var errs []error
	say := func(format string, args ...any) {
		errs = append(errs, fault.New(fault.Invalid, "calendar %s: "+format, append([]any{c.Name}, args...)...))
	}
	if c.Name == "" || c.Title == "" || c.Source == "" || c.AsOf.IsZero() {
		say("name, title, source and as_of are needed")
	}
	if !slices.Contains(Levels, c.Verified) {
		say("verified is %q, want one of %q", c.Verified, Levels)
	}
	if _, err := c.Location(); err != nil {
		errs = append(errs, err)
	}
	c.checkWeekends(say)
	c.checkHolidays(say)
	if c.Covers.From > c.Covers.Until || c.Covers.Until-c.Covers.From > 100 || !c.Movable && c.Covers != (Range{}) {
		say("movable is %t, covers %d to %d", c.Movable, c.Covers.From, c.Covers.Until)
	}
	if c.idle() {
		say("more than %d days of a year may be off", mostOff)
	}
	return errors.Join(errs...)
}

func (c Calendar) checkWeekends(say func(string, ...any)) {
	days := slices.Clone(c.Weekend)
	var last Day
	for _, w := range c.Earlier {
		if w.Until.IsZero() || !last.Before(w.Until) {
			say("earlier weekend until %q, want days that follow one another", w.Until)
		}
		last = w.Until
		days = append(days, w.Days...)
	}
	for _, w := range days {
		if _, ok := weekdays[w]; !ok {
			say("weekend day %q, want monday to sunday", w)
		}
	}
}

func (c Calendar) checkHolidays(say func(string, ...any)) {
	for _, h := range c.Fixed {
		if _, err := time.Parse(time.DateOnly, "2000-"+h.Day); err != nil || h.Name == "" || h.Until != 0 && h.Until < h.Since {
			say("fixed holiday %q %q of %d to %d, want a day as 05-09, a name, and years in order", h.Day, h.Name, h.Since, h.Until)
		}
	}
	seen := map[Day]bool{}
	for _, h := range slices.Concat(c.Dated, c.Worked) {
		if h.Day.IsZero() || h.Name == "" || seen[h.Day] {
			say("day %q %q, want every day once, with a name", h.Day, h.Name)
		}
		if !h.Day.IsZero() && (!c.Movable || !c.Knows(h.Day.Year)) {
			say("day %s lies outside of the years that it covers", h.Day)
		}
		seen[h.Day] = true
	}
}

// mostOff is the most days of a year that may be off, so that a count of
// working days comes to an end.
const mostOff = 340

// idle reports whether more days than that may be off in some year.
func (c Calendar) idle() bool {
	week := len(c.Weekend)
	for _, w := range c.Earlier {
		week = max(week, len(w.Days))
	}
	everyYear := week*53 + len(c.Fixed)
	if everyYear > mostOff {
		return true
	}
	dated := map[int]int{}
	for _, h := range c.Dated {
		if dated[h.Day.Year]++; everyYear+dated[h.Day.Year] > mostOff {
			return true
		}
	}
	return false
}
