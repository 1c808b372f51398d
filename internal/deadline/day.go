package deadline

import (
	"fmt"
	"time"

	"interdict/internal/fault"
)

// Day is a day of the calendar, without a time zone. Its text is 2006-01-02,
// empty for the zero value, which is no day.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf returns the day that t falls on in the zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return Day{y, m, d}
}

// ParseDay reads a day as 2006-01-02. The error is Invalid.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Day{}, fault.New(fault.Invalid, "day %q: want an existing day as 2006-01-02", text)
	}
	return DayOf(t, time.UTC), nil
}

// IsZero reports whether d is no day.
func (d Day) IsZero() bool { return d == Day{} }

// String returns the day as 2006-01-02, empty for none.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText returns the text of the day.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Day{}
		return nil
	}
	read, err := ParseDay(string(text))
	if err == nil {
		*d = read
	}
	return err
}

func (d Day) date() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.date().Weekday() }

// Before reports whether d comes before e.
func (d Day) Before(e Day) bool { return d.date().Before(e.date()) }

// AddDays returns the day n days later, or earlier if n is negative.
func (d Day) AddDays(n int) Day { return DayOf(d.date().AddDate(0, 0, n), time.UTC) }

// AddMonths returns the same day n months later, or the last day of that month
// if it has no such day: 31 January and one month is the last of February.
func (d Day) AddMonths(n int) Day {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day{first.Year(), first.Month(), min(d.Day, last)}
}

// End returns the last microsecond of d in the zone. Where clocks jump over
// midnight the day ends at the jump; where they fall back over midnight it ends
// when it is over for the second time.
func (d Day) End(zone *time.Location) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, zone)
	for {
		_, end := t.ZoneBounds()
		h, m, s := t.Clock()
		midnight := t.Add(24*time.Hour - time.Duration(h)*time.Hour - time.Duration(m)*time.Minute - time.Duration(s)*time.Second)
		switch {
		case end.IsZero() || !end.Before(midnight.Add(12*time.Hour)):
			return midnight.Add(-time.Microsecond).UTC()
		case DayOf(end, zone) == d:
			t = end.In(zone)
		case end.Before(midnight):
			return end.Add(-time.Microsecond).UTC()
		default:
			return midnight.Add(-time.Microsecond).UTC()
		}
	}
}
