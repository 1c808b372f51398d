package date

import (
	"regexp"
	"strconv"
	"strings"

	"interdict/internal/fault"
)

// firstYear is the earliest Gregorian year that is read without a mark: what
// is lower is a Hijri year or a slip, and never a year of a listed subject.
const firstYear = 1500

var (
	iso   = regexp.MustCompile(`^(\d{4})-(\d\d)(?:-(\d\d))?(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?(?:$|[^\w-])`)
	yearZ = regexp.MustCompile(`^(\d{4})(?:Z|[+-]\d\d:\d\d)(?:$|[^\w-])`)
	clock = regexp.MustCompile(`^[T ]?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d\d:?\d\d)?(?:$|[^\w:])`)
)

// stamp reads one date as printed.
func (r *reader) stamp() (stamp, error) {
	if s, ok := r.isoStamp(); ok {
		return s, nil
	}
	start := r.pos
	for _, form := range []func() (stamp, bool){r.dayNamed, r.namedDay, r.named, r.triple, r.pair, r.alone} {
		r.pos = start
		if s, ok := form(); ok {
			r.clock()
			return s, nil
		}
	}
	r.pos = start
	t := r.at(0)
	switch {
	case r.monthHere().number > 0:
		return stamp{}, fault.New(fault.Invalid, "a month without a year")
	case t.kind == number && t.digits == 3:
		return stamp{}, fault.New(fault.Invalid, "the year %s has not four digits", t.text)
	}
	return stamp{}, fault.New(fault.Invalid, "no form of a date")
}

// isoStamp reads 1960-01-01, 1960-01, with or without time and zone: the day
// as printed counts, zones on the dates of lists are noise.
func (r *reader) isoStamp() (stamp, bool) {
	t := r.at(0)
	if t.kind != number || t.digits != 4 {
		return stamp{}, false
	}
	rest := r.text[t.from:]
	f := iso.FindStringSubmatch(rest)
	if f == nil {
		f = append(yearZ.FindStringSubmatch(rest), "", "")
	}
	if f[0] == "" {
		return stamp{}, false
	}
	end := len(f[0])
	if end < len(rest) {
		end--
	}
	s := stamp{year: atoi(f[1]), month: atoi(f[2]), day: atoi(f[3])}
	if s.month > 12 {
		return stamp{}, false
	}
	s.lastYear = s.year
	for r.pos < len(r.toks) && r.toks[r.pos].from < t.from+end && r.toks[r.pos].to <= t.from+len(f[0]) {
		r.pos++
	}
	return s, true
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n }

// clock passes a time of day after a date.
func (r *reader) clock() {
	if r.pos >= len(r.toks) {
		return
	}
	from := r.toks[r.pos].from
	f := clock.FindString(r.text[from:])
	if f == "" {
		return
	}
	for r.pos < len(r.toks) && r.toks[r.pos].to <= from+len(strings.TrimRight(f, " ,;)\n")) {
		r.pos++
	}
}

// monthHere returns the month whose name starts here and how many tokens it
// has; its number is 0 if there is none.
type namedMonth struct {
	month
	tokens int
}

func (r *reader) monthHere() namedMonth {
	var found namedMonth
	name, tokens := "", 0
	for range 3 {
		if tokens > 0 && r.at(tokens).is("-") {
			tokens++
		}
		t := r.at(tokens)
		if t.kind != word {
			break
		}
		if name != "" {
			name += " "
		}
		name += t.text
		tokens++
		if m, ok := months[name]; ok {
			found = namedMonth{m, tokens}
		}
	}
	return found
}

// between passes separators and the words "de", "of", "st", "nd" inside a date.
func (r *reader) inner() {
	for r.at(0).kind == mark && strings.Contains(".,-/", r.at(0).text) && r.at(0).text != "" ||
		r.has(0, filler) && r.monthHere().number == 0 {
		r.pos++
	}
}

// dayNumber reads a day, known or masked.
func (r *reader) dayNumber() (int, bool) {
	t := r.at(0)
	switch {
	case t.kind == number && t.digits <= 2 && t.value <= 31:
		r.pos++
		return t.value, true
	case t.kind == mask && t.digits <= 2:
		r.pos++
		return 0, true
	}
	return 0, false
}

// yearNumber reads a year: four digits, two if the grammar says so, or with
// unknown last digits: 19yy, 197x, 19??.
func (r *reader) yearNumber(s *stamp) bool {
	t, after := r.at(0), r.at(1)
	if t.kind != number {
		return false
	}
	switch {
	case t.digits == 4:
		s.year, s.lastYear = t.value, t.value
	case (t.digits == 2 || t.digits == 3) && after.kind == mask && after.glued && t.digits+after.digits == 4:
		s.year, s.lastYear = t.value*10, t.value*10+9
		if t.digits == 2 {
			s.year, s.lastYear = t.value*100, t.value*100+99
		}
		r.pos++
	case t.digits == 2 && r.century > 0:
		s.year = r.century*100 + t.value
		s.lastYear = s.year
	default:
		return false
	}
	r.pos++
	return true
}

// dayNamed reads "12 March 1962", "12-Mar-1962", "12 de marzo de 1962".
func (r *reader) dayNamed() (s stamp, ok bool) {
	if s.day, ok = r.dayNumber(); !ok {
		return s, false
	}
	r.inner()
	if !r.month(&s) {
		return s, false
	}
	r.inner()
	return s, r.yearNumber(&s)
}

// namedDay reads "March 12th, 1962", "March, 12th 1962" and "1962 March 12".
func (r *reader) namedDay() (s stamp, ok bool) {
	start := r.pos
	if r.month(&s) {
		r.inner()
		if s.day, ok = r.dayNumber(); ok && s.day > 0 {
			r.inner()
			if r.yearNumber(&s) {
				return s, true
			}
		}
	}
	r.pos = start
	if r.at(0).digits != 4 || !r.yearNumber(&s) {
		return s, false
	}
	r.inner()
	if !r.month(&s) {
		return s, false
	}
	end := r.pos
	r.inner()
	if s.day, ok = r.dayNumber(); !ok {
		s.day, r.pos = 0, end
	}
	return s, true
}

// named reads "March 1962".
func (r *reader) named() (s stamp, ok bool) {
	if !r.month(&s) {
		return s, false
	}
	r.inner()
	t := r.at(0)
	if t.digits == 2 && t.kind == number && r.at(1).kind != mask {
		return s, false // "Jul-21" may be a day
	}
	return s, r.yearNumber(&s)
}

func (r *reader) month(s *stamp) bool {
	m := r.monthHere()
	if m.number == 0 {
		return false
	}
	s.month, s.named = m.number, m.calendar
	r.pos += m.tokens
	return true
}

// numeric reads a number or a mask of at most four digits.
func (r *reader) numeric() (token, bool) {
	t := r.at(0)
	if t.kind == number && t.digits <= 4 || t.kind == mask && t.digits <= 4 {
		r.pos++
		return t, true
	}
	// "--" and "-" before "/" stand for digits.
	if t.is("-") && r.at(1).is("-") && r.at(2).is("/") {
		r.pos += 2
		return token{kind: mask, digits: 2}, true
	}
	return t, false
}

// joint reads one separator of a numeric date.
func (r *reader) joint() (string, bool) {
	t := r.at(0)
	if t.is(".") || t.is("/") || t.is("-") {
		r.pos++
		return t.text, true
	}
	return "", false
}

// triple reads 6.10.2001, 03/04/1960, 1971/10/24, dd/mm/1970, 15/08/19yy.
func (r *reader) triple() (s stamp, ok bool) {
	a, ok := r.numeric()
	if !ok {
		return s, false
	}
	one, ok := r.joint()
	if !ok {
		return s, false
	}
	b, ok := r.numeric()
	if !ok {
		return s, false
	}
	if two, ok := r.joint(); !ok || two != one || a.digits > 2 && a.kind == number && a.digits != 4 || b.digits > 2 {
		return s, false
	}
	if a.digits == 4 {
		c, ok := r.numeric()
		if !ok || c.digits > 2 || a.kind == mask {
			return s, false
		}
		s.year, s.lastYear, s.month, s.day = a.value, a.value, b.value, c.value
		return s, s.month <= 12
	}
	if !r.yearNumber(&s) {
		return s, false
	}
	s.day, s.month = a.value, b.value
	if r.mdy {
		s.day, s.month = s.month, s.day
	}
	// The other order is taken where this one makes no day at all.
	if s.month > 12 && s.day <= 12 && s.day > 0 {
		s.day, s.month = s.month, s.day
	}
	return s, true
}

// pair reads 03/1968, mm/1970, 1968/03.
func (r *reader) pair() (s stamp, ok bool) {
	a, ok := r.numeric()
	if !ok {
		return s, false
	}
	if _, ok := r.joint(); !ok {
		return s, false
	}
	if a.digits <= 2 && (a.kind == mask || a.value <= 12) {
		s.month = a.value
		return s, r.at(0).digits == 4 && r.yearNumber(&s) || r.at(1).kind == mask && r.yearNumber(&s)
	}
	b, ok := r.numeric()
	if !ok || a.kind != number || a.digits != 4 || b.digits > 2 || b.value > 12 || b.kind == mask {
		return s, false
	}
	s.year, s.lastYear, s.month = a.value, a.value, b.value
	return s, true
}

// alone reads 1962, 1960s, 19600102.
func (r *reader) alone() (s stamp, ok bool) {
	t := r.at(0)
	if t.kind == number && t.digits == 8 {
		r.pos++
		s = stamp{year: t.value / 10000, lastYear: t.value / 10000, month: t.value / 100 % 100, day: t.value % 100}
		return s, s.year >= firstYear && s.month <= 12
	}
	if t.digits == 2 && t.kind == number && r.at(1).kind != mask || !r.yearNumber(&s) {
		return s, false
	}
	if next := r.at(0); next.kind == word && (next.text == "s" || next.text == "er") && next.glued && s.year%10 == 0 {
		r.pos++
		s.lastYear, s.decade = s.year+9, true
	}
	return s, true
}
