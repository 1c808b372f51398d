package draw

import "time"

// Interval is one clock: from when it runs, until when it should be met, and
// when it was. A zero Done is one that runs still, or ran out.
type Interval struct {
	Label              string
	Note               string // how it stands, in words: "3 days late"
	Started, Due, Done time.Time
	Href               string
}

// state is where a clock stands at an instant, as a class.
func (v Interval) state(now time.Time) string {
	switch {
	case !v.Done.IsZero() && v.Done.After(v.Due):
		return "late"
	case !v.Done.IsZero():
		return "met"
	case now.After(v.Due):
		return "over"
	}
	return "running"
}

// Intervals draws clocks below one another on one scale of time, with a line for
// now: the time allowed as a track, the time used on it, and what was too late.
func Intervals(f Frame, now time.Time, clocks []Interval) string {
	c := newCanvas(f, "clocks", wide)
	s := times{from: now, to: now, over: c.width}
	for _, v := range clocks {
		for _, t := range []time.Time{v.Started, v.Due, v.Done} {
			s = s.with(t)
		}
	}
	s = s.padded()
	body := &canvas{Frame: c.Frame, width: c.width, role: c.role}
	y := 4.0
	for _, v := range clocks {
		y += body.row(v.Label, v.Note, "state "+v.state(now), v.Href, y) + 4
		body.clock(s, v, now, y)
		y += 22
	}
	c.timeAxis(s, 0, y)
	c.b.WriteString(body.b.String())
	c.role = body.role
	c.line("now", s.at(now), 0, s.at(now), y)
	return c.done(y + smallSize + 8)
}

// row writes the name of a row and at its other end a note, below it where they
// do not fit beside one another. It returns the height.
func (c *canvas) row(label, note, class, href string, y float64) float64 {
	high := 0.0
	c.anchor(href, func() {
		beside := widthOf(note, smallSize) + 12
		lines := wrap(label, textSize, c.width)
		if len(lines) == 1 && widthOf(label, textSize)+beside <= c.width {
			high = c.lines("label", 0, y, lines)
			c.text("value "+class, end, c.width, y+textSize, note)
			return
		}
		high = c.lines("label", 0, y, lines)
		for _, l := range wrap(note, smallSize, c.width) {
			c.text("value "+class, start, 0, y+high+smallSize, l)
			high += smallSize * lineUp
		}
	})
	return high
}

func (c *canvas) clock(s times, v Interval, now time.Time, y float64) {
	state, until := v.state(now), v.Done
	if until.IsZero() {
		until = now
	}
	const form = "2006-01-02 15:04"
	words := v.Label + ": " + v.Started.UTC().Format(form) + " – " + v.Due.UTC().Format(form)
	if !v.Done.IsZero() {
		words += " ✓ " + v.Done.UTC().Format(form)
	}
	from, due, at := s.at(v.Started), s.at(v.Due), s.at(until)
	c.titled(words, func() {
		c.rect("track", from, y, max(2, due-from), 10, 2)
		c.rect("used "+state, from, y+2, max(0, min(at, due)-from), 6, 1)
		c.rect("late "+state, due, y+2, at-due, 6, 1)
		c.line("due", due, y-2, due, y+12)
		if !v.Done.IsZero() {
			c.dot("done "+state, at, y+5, 4.5)
		}
	})
}

// with widens the scale to an instant.
func (s times) with(t time.Time) times {
	if t.IsZero() {
		return s
	}
	if s.from.IsZero() || t.Before(s.from) {
		s.from = t
	}
	if s.to.IsZero() || t.After(s.to) {
		s.to = t
	}
	return s
}

// padded leaves some room at both ends.
func (s times) padded() times {
	pad := max(s.to.Sub(s.from)/25, time.Minute)
	s.from, s.to = s.from.Add(-pad), s.to.Add(pad)
	return s
}
