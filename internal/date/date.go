// Package date holds dates that may be uncertain, as lists print them.
//
// It promises that a date is never rounded: a year stays a year, a range a
// range, "circa" stays said, and the text as printed is kept. It compares such
// dates by what they can mean. It never asks the clock and never guesses a
// missing part.
package date

import (
	"fmt"
	"time"
)

// Precision says which part of a date is known.
type Precision uint8

// Precisions, from nothing known to the day.
const (
	Unknown Precision = iota // only the text is known
	Range                    // between two years or days
	Year
	Month
	Day
)

// Calendar is the calendar in which a date was printed. From and To of a
// [Partial] are always Gregorian.
type Calendar uint8

// Calendars that lists print.
const (
	Gregorian  Calendar = iota
	Hijri               // lunar Islamic calendar
	SolarHijri          // Iranian and Afghan calendar
)

// Civil is a day of the Gregorian calendar without a zone. The zero value is
// no day.
type Civil struct {
	Y int16
	M uint8 // 1..12
	D uint8 // 1..31
}

// IsZero reports whether c is no day.
func (c Civil) IsZero() bool { return c == Civil{} }

// Compare returns -1, 0 or 1 as c is before, equal to or after d.
func (c Civil) Compare(d Civil) int {
	a := int(c.Y)*372 + int(c.M)*31 + int(c.D)
	b := int(d.Y)*372 + int(d.M)*31 + int(d.D)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Time returns c at midnight UTC.
func (c Civil) Time() time.Time {
	return time.Date(int(c.Y), time.Month(c.M), int(c.D), 0, 0, 0, 0, time.UTC)
}

// Valid reports whether c is a day that exists.
func (c Civil) Valid() bool {
	if c.Y < 1 || c.M < 1 || c.M > 12 || c.D < 1 {
		return false
	}
	t := c.Time()
	return t.Day() == int(c.D) && t.Month() == time.Month(c.M)
}

// String writes c as 2006-01-02.
func (c Civil) String() string { return fmt.Sprintf("%04d-%02d-%02d", c.Y, c.M, c.D) }

// Partial is a date with what is known of it: all days from From to To are
// possible, ends included. Precision Unknown has neither end.
type Partial struct {
	From, To  Civil
	Precision Precision
	Circa     bool
	Calendar  Calendar
	Text      string // as printed
}

// OnDay returns the date of one day. It panics on no day.
func OnDay(y, m, d int) Partial {
	c := Civil{int16(y), uint8(m), uint8(d)}
	if !c.Valid() {
		panic(fmt.Sprintf("date: no such day %d-%d-%d", y, m, d))
	}
	return Partial{From: c, To: c, Precision: Day}
}

// InMonth returns a date of which year and month are known.
func InMonth(y, m int) Partial {
	last := time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return Partial{From: Civil{int16(y), uint8(m), 1}, To: Civil{int16(y), uint8(m), uint8(last)}, Precision: Month}
}

// InYear returns a date of which only the year is known.
func InYear(y int) Partial {
	return Partial{From: Civil{int16(y), 1, 1}, To: Civil{int16(y), 12, 31}, Precision: Year}
}

// Between returns a date that lies from the first possible day of a to the
// last of b.
func Between(a, b Partial) Partial {
	return Partial{From: a.From, To: b.To, Precision: Range, Circa: a.Circa || b.Circa}
}

// IsZero reports whether p says nothing, not even a text.
func (p Partial) IsZero() bool { return p == Partial{} }

// Known reports whether p has days to compare.
func (p Partial) Known() bool { return p.Precision != Unknown }

// Overlaps reports whether p and q can be the same day. "Circa" widens a date
// by a year on each side. Unknown dates overlap nothing.
func (p Partial) Overlaps(q Partial) bool {
	if !p.Known() || !q.Known() {
		return false
	}
	pf, pt := p.span()
	qf, qt := q.span()
	return pf.Compare(qt) <= 0 && qf.Compare(pt) <= 0
}

func (p Partial) span() (Civil, Civil) {
	f, t := p.From, p.To
	if p.Circa {
		f.Y--
		t.Y++
	}
	return f, t
}

// String writes the date at its precision: 1957, 1957-03, 1957-03-02,
// 1957..1960, "c. 1957", or the text where nothing is known.
func (p Partial) String() string {
	var s string
	switch p.Precision {
	case Day:
		s = p.From.String()
	case Month:
		s = p.From.String()[:7]
	case Year:
		s = p.From.String()[:4]
	case Range:
		s = p.rangeString()
	default:
		return p.Text
	}
	if p.Circa {
		return "c. " + s
	}
	return s
}

func (p Partial) rangeString() string {
	if p.From.M == 1 && p.From.D == 1 && p.To.M == 12 && p.To.D == 31 {
		return fmt.Sprintf("%04d..%04d", p.From.Y, p.To.Y)
	}
	return p.From.String() + ".." + p.To.String()
}
