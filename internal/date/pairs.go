package date

import "interdict/internal/fault"

// tail reads the second half of a range: "- 1964", "to 1964", "/1963", and
// "and 1972" after "between".
func (r *reader) tail(m *manner, first stamp) (stamp, bool) {
	start := r.pos
	slash := false
	switch {
	case r.at(0).is("-"), r.has(0, until):
	case r.at(0).is(".") && r.at(1).is("."):
		r.pos++
	case r.has(0, and) && m.inside:
	case r.at(0).is("/") && first.month == 0 && (r.at(1).digits == 4 || r.at(1).digits == 2):
		slash = true
	default:
		return stamp{}, false
	}
	r.pos++
	if t := r.at(0); t.kind == number && t.digits == 2 && first.month == 0 && t.value == (first.year+1)%100 && !r.more() {
		r.pos++
		return stamp{year: first.year + 1, lastYear: first.year + 1}, true
	}
	var inner manner
	if !slash && r.lead(&inner) != nil || inner.before || inner.after || inner.inside {
		r.pos = start
		return stamp{}, false
	}
	second, err := r.stamp()
	if err != nil || slash && second.month != 0 {
		r.pos = start
		return stamp{}, false
	}
	m.circa = m.circa || inner.circa
	return second, true
}

// more reports whether the number here is the start of a longer date.
func (r *reader) more() bool {
	return r.at(1).is(".") || r.at(1).is("/") || r.at(1).is("-")
}

// pairs reads two months of one year, "March/April 1965", as a range, and one
// month of two years, "March 1968/1969", as two dates.
func (r *reader) pairs(m *manner) ([]Partial, bool, error) {
	start := r.pos
	ps, ok, err := r.monthPair(m)
	if !ok && err == nil {
		r.pos = start
	}
	return ps, ok, err
}

func (r *reader) monthPair(m *manner) ([]Partial, bool, error) {
	var a, b stamp
	if !r.month(&a) {
		return nil, false, nil
	}
	sign := r.at(0)
	joined := sign.is("/") || sign.is("-") || r.has(0, or) || r.has(0, until) || r.has(0, and)
	if joined {
		r.pos++
		if !r.month(&b) || !r.yearNumber(&b) || a.named != b.named {
			return nil, false, nil
		}
		a.year, a.lastYear = b.year, b.lastYear
		return r.both(m, a, b, true)
	}
	r.inner()
	if !r.yearNumber(&a) || !r.at(0).is("/") || r.at(1).digits != 4 {
		return nil, false, nil
	}
	r.pos++
	b = a
	if !r.yearNumber(&b) || r.more() {
		return nil, false, nil
	}
	return r.both(m, a, b, false)
}

func (r *reader) both(m *manner, a, b stamp, ranged bool) ([]Partial, bool, error) {
	r.trail(m)
	if m.before || m.after || m.inside && !ranged {
		return nil, false, fault.New(fault.Invalid, "a bound on two dates")
	}
	p, err := a.resolve(*m)
	if err != nil {
		return nil, false, err
	}
	q, err := b.resolve(*m)
	if err != nil {
		return nil, false, err
	}
	p.Circa, q.Circa = p.Circa || m.circa, q.Circa || m.circa
	if !ranged {
		return []Partial{p, q}, true, nil
	}
	s, err := span(p, q)
	return []Partial{s}, err == nil, err
}
