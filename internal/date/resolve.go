package date

import "interdict/internal/fault"

// resolve turns a stamp into days.
func (s stamp) resolve(m manner) (Partial, error) {
	calendar := s.named
	if m.calendarSaid && (s.month == 0 || s.named == Gregorian) {
		calendar = m.calendar
	}
	if calendar != Gregorian {
		if s.lastYear != s.year || s.month > 12 {
			return Partial{}, fault.New(fault.Invalid, "no such Hijri date")
		}
		return islamic(calendar, s.year, s.month, s.day)
	}
	if s.year < firstYear && !(m.calendarSaid && s.year >= 1000) {
		return Partial{}, fault.New(fault.Invalid, "the year %d is no year of our era that lists mean, nor marked as Hijri", s.year)
	}
	if s.month == 0 {
		s.day = 0 // a day without a month says nothing
	}
	// 29 February of an unknown year lies in February all the same.
	if s.lastYear != s.year && s.month == 2 && s.day == 29 {
		s.day = 0
	}
	a, err := s.gregorian(s.year)
	if err != nil {
		return Partial{}, err
	}
	if s.lastYear == s.year {
		return m.part(s, a), nil
	}
	b, err := s.gregorian(s.lastYear)
	if err != nil {
		return Partial{}, err
	}
	return m.part(s, Between(a, b)), nil
}

func (s stamp) gregorian(y int) (Partial, error) {
	switch {
	case s.month > 12:
		return Partial{}, fault.New(fault.Invalid, "there is no month %d", s.month)
	case s.month == 0:
		return InYear(y), nil
	case s.day == 0:
		return InMonth(y, s.month), nil
	}
	c := Civil{int16(y), uint8(s.month), uint8(s.day)}
	if s.day > 31 || !c.Valid() {
		return Partial{}, fault.New(fault.Invalid, "there is no day %04d-%02d-%02d", y, s.month, s.day)
	}
	return Partial{From: c, To: c, Precision: Day}, nil
}

// part narrows a decade by "early" (years 0 to 4), "mid" (3 to 7) and "late"
// (5 to 9); such edges are never sharp, so the date is Circa. Of a year
// nothing is narrowed.
func (m manner) part(s stamp, p Partial) Partial {
	if !m.early && !m.middle && !m.late {
		return p
	}
	p.Circa = true
	if !s.decade {
		return p
	}
	switch {
	case m.early:
		p.To.Y -= 5
	case m.middle:
		p.From.Y, p.To.Y = p.From.Y+3, p.To.Y-2
	case m.late:
		p.From.Y += 5
	}
	return p
}
