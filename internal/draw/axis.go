package draw

import (
	"math"
	"strconv"
	"time"
)

// steps returns a step of 1, 2 or 5 times a power of ten by which at most n steps
// reach from zero over a value, and where they end. The values are whole numbers
// if whole is set.
func steps(over float64, n int, whole bool) (step, top float64) {
	if over < 1e-6 {
		return 1, 1
	}
	raw := over / float64(n)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5, 10} {
		if step = m * power; step >= raw*(1-1e-9) {
			break
		}
	}
	if whole {
		step = max(step, 1)
	}
	return step, math.Ceil(over/step-1e-9) * step
}

// whole reports whether all values are whole numbers.
func whole(values []float64) bool {
	for _, v := range values {
		if v != math.Trunc(v) {
			return false
		}
	}
	return true
}

// plain writes a value as an axis does.
func plain(v float64) string { return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64) }

// most is the largest value that is drawn; what is larger is drawn as that.
const most = 1e15

// finite returns a value that can be drawn; what is none, and what is less than
// nothing, is nothing.
func finite(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return min(most, max(0, v))
}

// valueAxis draws the grid of values along the direction of reading, from x on
// over a width, between two heights, and the figures below it.
func (c *canvas) valueAxis(x, over, top, bottom, step, until float64) {
	for i := 0; float64(i)*step <= until*(1+1e-9); i++ {
		v := float64(i) * step
		at := x + over*v/until
		class := "grid"
		if i == 0 {
			class = "axis"
		}
		c.line(class, at, top, at, bottom)
		anchor := middle
		switch {
		case i == 0 && x < 10:
			anchor = start
		case v > until*(1-1e-9) && at > c.width-20:
			anchor = end
		}
		c.text("tick", anchor, at, bottom+smallSize+3, plain(v))
	}
}

// times is a scale of time along the direction of reading.
type times struct {
	from, to time.Time
	x, over  float64
}

func (s times) at(t time.Time) float64 {
	all := s.to.Sub(s.from).Seconds()
	if all <= 0 {
		return s.x
	}
	return s.x + s.over*min(1, max(0, t.Sub(s.from).Seconds()/all))
}

// pace is a distance of marks on a scale of time.
type pace struct {
	years, months int
	span          time.Duration
	form          string
}

var paces = []pace{
	{span: time.Minute, form: "15:04"},
	{span: 5 * time.Minute, form: "15:04"},
	{span: 15 * time.Minute, form: "15:04"},
	{span: time.Hour, form: "15:04"},
	{span: 3 * time.Hour, form: "01-02 15:04"},
	{span: 12 * time.Hour, form: "01-02 15:04"},
	{span: 24 * time.Hour, form: "2006-01-02"},
	{span: 2 * 24 * time.Hour, form: "2006-01-02"},
	{span: 7 * 24 * time.Hour, form: "2006-01-02"},
	{months: 1, form: "2006-01"},
	{months: 3, form: "2006-01"},
	{months: 6, form: "2006-01"},
	{years: 1, form: "2006"},
	{years: 2, form: "2006"},
	{years: 5, form: "2006"},
	{years: 10, form: "2006"},
	{years: 20, form: "2006"},
	{years: 50, form: "2006"},
	{years: 100, form: "2006"},
	{years: 500, form: "2006"},
}

// length is about how long one pace is.
func (p pace) length() time.Duration {
	const year = 8766 * time.Hour
	return time.Duration(p.years)*year + time.Duration(p.months)*year/12 + p.span
}

// first returns the first mark at or after an instant.
func (p pace) first(t time.Time) time.Time {
	switch {
	case p.years > 0:
		y := (t.Year() + p.years - 1) / p.years * p.years
		if at := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC); !at.Before(t) {
			return at
		}
		return time.Date(y+p.years, 1, 1, 0, 0, 0, 0, time.UTC)
	case p.months > 0:
		m := (int(t.Month()) - 1) / p.months * p.months
		at := time.Date(t.Year(), time.Month(m+1), 1, 0, 0, 0, 0, time.UTC)
		if at.Before(t) {
			at = at.AddDate(0, p.months, 0)
		}
		return at
	}
	at := t.Truncate(p.span)
	if at.Before(t) {
		at = at.Add(p.span)
	}
	return at
}

func (p pace) next(t time.Time) time.Time {
	if p.span > 0 {
		return t.Add(p.span)
	}
	return t.AddDate(p.years, p.months, 0)
}

// paceOf returns the shortest pace whose marks stand apart.
func (s times) paceOf() pace {
	for _, p := range paces {
		room := widthOf(p.form, smallSize) + 12
		if p.length().Seconds()/max(1, s.to.Sub(s.from).Seconds())*s.over >= room {
			return p
		}
	}
	return paces[len(paces)-1]
}

// timeAxis draws the grid of time between two heights, and the dates below it.
// Dates are written as ISO 8601 has them, in UTC, in every language.
func (c *canvas) timeAxis(s times, top, bottom float64) {
	c.line("axis", s.x, bottom, s.x+s.over, bottom)
	p := s.paceOf()
	for t := p.first(s.from.UTC()); !t.After(s.to); t = p.next(t) {
		at := s.at(t)
		c.line("grid", at, top, at, bottom)
		text := t.Format(p.form)
		half := widthOf(text, smallSize) / 2
		switch {
		case at-half < 0:
			c.text("tick", start, max(0, at-half), bottom+smallSize+3, text)
		case at+half > c.width:
			c.text("tick", end, c.width, bottom+smallSize+3, text)
		default:
			c.text("tick", middle, at, bottom+smallSize+3, text)
		}
	}
}
