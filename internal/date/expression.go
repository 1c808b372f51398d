package date

import (
	"strings"

	"interdict/internal/fault"
)

// stamp is a date as printed, before its calendar is known. Zero parts are
// not known; lastYear is above year where digits of the year are not known.
type stamp struct {
	year, lastYear int
	month, day     int
	named          Calendar // of the month's name
	decade         bool
}

// manner is what the words around a date say of it.
type manner struct {
	circa                       bool
	calendar                    Calendar
	calendarSaid                bool
	before, after               bool
	early, middle, late, inside bool // inside: after "between"
}

// expression reads one date with the words before it. It yields two for
// "March 1968/1969".
func (r *reader) expression() ([]Partial, error) {
	var m manner
	if err := r.lead(&m); err != nil {
		return nil, err
	}
	if ps, ok, err := r.pairs(&m); ok || err != nil {
		return ps, err
	}
	first, err := r.stamp()
	if err != nil {
		return nil, err
	}
	second, ranged := r.tail(&m, first)
	r.trail(&m)
	a, err := first.resolve(m)
	if err != nil {
		return nil, err
	}
	if ranged {
		b, err := second.resolve(m)
		if err != nil {
			return nil, err
		}
		a, err = span(a, b)
		if err != nil {
			return nil, err
		}
	} else if m.inside {
		return nil, fault.New(fault.Invalid, "a range without its end")
	}
	a.Circa = a.Circa || m.circa
	a, err = m.bound(a)
	return []Partial{a}, err
}

// span is the range from a to b, which must not run backwards.
func span(a, b Partial) (Partial, error) {
	if a.From.Compare(b.To) > 0 {
		return Partial{}, fault.New(fault.Invalid, "a range that ends before it starts")
	}
	p := Between(a, b)
	p.Calendar = a.Calendar
	return p, nil
}

// bound opens a date on one side for "before" and "after".
func (m manner) bound(p Partial) (Partial, error) {
	switch {
	case m.before:
		t := p.From.Time().AddDate(0, 0, -1)
		p.From, p.To = Civil{1, 1, 1}, Civil{int16(t.Year()), uint8(t.Month()), uint8(t.Day())}
	case m.after:
		t := p.To.Time().AddDate(0, 0, 1)
		if t.Year() > 9999 {
			return Partial{}, fault.New(fault.Invalid, "nothing comes after the year 9999")
		}
		p.From, p.To = Civil{int16(t.Year()), uint8(t.Month()), uint8(t.Day())}, Civil{9999, 12, 31}
	default:
		return p, nil
	}
	p.Precision = Range
	return p, nil
}

// lead reads the words before a date.
func (r *reader) lead(m *manner) error {
	for r.pos < len(r.toks) {
		t := r.at(0)
		if t.kind == number || t.kind == mask || r.monthHere().number > 0 && !r.has(0, between) {
			return nil
		}
		if t.kind == word {
			if !r.manner(m, true) {
				return fault.New(fault.Invalid, "the word %q is not understood", t.text)
			}
			r.pos++
			continue
		}
		if !strings.Contains("():.\"'-/", t.text) || t.text == "" {
			return fault.New(fault.Invalid, "the sign %q is not understood", t.text)
		}
		// A sign that stands for digits: "--/--/1962".
		if t.is("-") && (r.at(1).is("-") || r.at(1).is("/")) {
			return nil
		}
		r.pos++
	}
	return fault.New(fault.Invalid, "no date")
}

// manner takes the word here into m; it reports false for a word without a
// sense that fits.
func (r *reader) manner(m *manner, leading bool) bool {
	switch {
	case r.has(0, void):
		return false
	case leading && r.has(0, before):
		m.before = true
	case leading && r.has(0, after):
		m.after = true
	case leading && r.has(0, between):
		m.inside = true
	case leading && r.has(0, early):
		m.early = true
	case leading && r.has(0, middle):
		m.middle = true
	case leading && r.has(0, late):
		m.late = true
	case r.has(0, circa), r.has(0, doubt):
		m.circa = true
	case r.has(0, gregorian):
		m.calendar, m.calendarSaid = Gregorian, true
	case r.has(0, solar):
		m.calendar, m.calendarSaid = SolarHijri, true
	case r.has(0, hijri), r.has(0, lunar):
		if m.calendar != SolarHijri {
			m.calendar, m.calendarSaid = Hijri, true
		}
	case r.has(0, filler):
	default:
		return false
	}
	return true
}

// trail reads the words and brackets after a date that belong to it.
func (r *reader) trail(m *manner) {
	for r.pos < len(r.toks) {
		t := r.at(0)
		switch {
		case r.numbering() > 0:
			return
		case t.kind == word && r.manner(m, false):
			r.pos++
		case t.kind == mask && t.text == "?":
			m.circa = true
			r.pos++
		case t.is("("):
			if !r.bracket(m) {
				return
			}
		default:
			return
		}
	}
}

// bracket reads "(approximately)", "(Hijri calendar)", "(?)" after a date. It
// stays where it is before any other bracket.
func (r *reader) bracket(m *manner) bool {
	start, kept := r.pos, *m
	for r.pos++; r.pos < len(r.toks); r.pos++ {
		t := r.at(0)
		switch {
		case t.is(")"):
			r.pos++
			return true
		case t.kind == mask && t.text == "?":
			m.circa = true
		case t.kind == word && r.manner(m, false):
		case t.is(".") || t.is(","):
		default:
			r.pos, *m = start, kept
			return false
		}
	}
	r.pos, *m = start, kept
	return false
}

// notes passes what may follow a date without changing it: brackets without
// digits or about an age, a full stop, and "Label: ..." up to the separator.
// Anything else that does not start a new date is an error.
func (r *reader) notes() error {
	for r.pos < len(r.toks) {
		t := r.at(0)
		switch {
		case t.is(".") || t.is(",") && r.pos+1 == len(r.toks) || t.is(")"):
			r.pos++
		case t.is("(") && r.numbering() == 0:
			end, note := r.noteEnd()
			if !note {
				return nil
			}
			r.pos = end
		case t.kind == word && r.at(1).is(":"):
			r.skip()
			return nil
		case r.startsNext(t):
			return nil
		default:
			return fault.New(fault.Invalid, "%q is not understood", t.text)
		}
	}
	return nil
}

func (r *reader) startsNext(t token) bool {
	if t.kind == mark && strings.Contains(";,\n/&|\"'", t.text) || r.numbering() > 0 || r.has(0, or) || r.has(0, and) {
		return true
	}
	return t.kind == number && !t.glued
}

// noteEnd returns the end of the bracket here and whether it is a mere note.
func (r *reader) noteEnd() (int, bool) {
	digits, old := false, false
	for i := r.pos + 1; i < len(r.toks); i++ {
		t := r.toks[i]
		switch {
		case t.kind == number || t.kind == mask:
			digits = true
		case t.kind == word:
			for _, s := range senses[strings.TrimSuffix(t.text, ".")] {
				old = old || s == age
			}
		case t.is(")"):
			return i + 1, !digits || old
		}
	}
	return r.pos, false
}
