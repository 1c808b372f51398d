package date

import (
	"time"

	"interdict/internal/fault"
)

// unixJDN is the Julian day number of 1970-01-01.
const unixJDN = 2440588

// Years of the Hijri calendars that are read: 1785 to 2077 of the lunar and
// 1821 to 2121 of the solar one.
const (
	firstHijri = 1200
	lastHijri  = 1500
)

// lunarJDN is the tabular (civil) Islamic calendar: 30-year cycle, epoch
// 16 July 622 Julian. The observed calendar differs by a day either way.
func lunarJDN(y, m, d int) int {
	return d + (59*(m-1)+1)/2 + (y-1)*354 + (3+11*y)/30 + 1948439
}

// solarJDN is the arithmetic Persian calendar with the 33-year cycle, which
// agrees with the astronomical one throughout [firstHijri, lastHijri].
func solarJDN(y, m, d int) int {
	days := 31 * (m - 1)
	if m > 7 {
		days = 30*(m-1) + 6
	}
	return 1948319 + 365*(y-1) + (8*y+21)/33 + days + d
}

func solarMonthDays(y, m int) int {
	if m == 12 {
		return solarJDN(y+1, 1, 1) - solarJDN(y, 12, 1)
	}
	return solarJDN(y, m+1, 1) - solarJDN(y, m, 1)
}

func civil(jdn int) Civil {
	t := time.Unix(int64(jdn-unixJDN)*86400, 0).UTC()
	return Civil{int16(t.Year()), uint8(t.Month()), uint8(t.Day())}
}

// islamic returns the Gregorian days that a date of a Hijri calendar can be.
// A lunar date is widened by a day on each side, since months began by sight.
func islamic(c Calendar, y, m, d int) (Partial, error) {
	if y < firstHijri || y > lastHijri {
		return Partial{}, fault.New(fault.Invalid, "the Hijri year %d is outside %d to %d", y, firstHijri, lastHijri)
	}
	first, last := [3]int{y, m, d}, [3]int{y, m, d}
	jdn, slack := solarJDN, 0
	longest := 30
	if c == Hijri {
		jdn, slack = lunarJDN, 1
	} else if m > 0 {
		longest = solarMonthDays(y, m)
	}
	if d > longest {
		return Partial{}, fault.New(fault.Invalid, "month %d of the Hijri year %d has no day %d", m, y, d)
	}
	switch {
	case m == 0:
		first, last = [3]int{y, 1, 1}, [3]int{y + 1, 1, 0}
	case d == 0:
		first, last = [3]int{y, m, 1}, [3]int{y, m + 1, 0}
		if m == 12 {
			last = [3]int{y + 1, 1, 0}
		}
	}
	p := Partial{
		From:      civil(jdn(first[0], first[1], first[2]) - slack),
		To:        civil(jdn(last[0], last[1], last[2]) + slack),
		Precision: Range,
		Calendar:  c,
	}
	if p.From == p.To {
		p.Precision = Day
	}
	return p, nil
}
