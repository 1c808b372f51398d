package draw

import (
	"time"

	"interdict/internal/date"
)

// Dated is an entry of a timeline.
type Dated struct {
	When  date.Partial
	Said  string // the date as the page writes it
	Label string
	Class string // kind of entry, for the sheet: "fact", "assessment", "hearsay"
	Href  string
}

// Timeline draws entries below one another on one scale of time, in the order
// given. A day is a dot; a year, a month or a time between two days is a span as
// long as what is not known; circa has open ends. What has no date has its words
// and no mark.
func Timeline(f Frame, entries []Dated) string {
	c := newCanvas(f, "timeline", wide)
	s := times{over: c.width}
	for _, e := range entries {
		if from, to, ok := span(e.When); ok {
			s = s.with(from).with(to)
		}
	}
	dated := !s.from.IsZero()
	if dated {
		s = s.padded()
	}
	body := &canvas{Frame: c.Frame, width: c.width, role: c.role}
	y := 4.0
	for _, e := range entries {
		y += body.row(e.Label, e.Said, "when", e.Href, y) + 4
		if from, to, ok := span(e.When); ok {
			body.mark(e, s.at(from), s.at(to), y)
			y += 12
		}
		y += 8
	}
	if dated {
		c.timeAxis(s, 0, y)
	}
	c.b.WriteString(body.b.String())
	c.role = body.role
	return c.done(y + smallSize + 8)
}

// span returns the time that a date can mean: from the first instant of its first
// day to the last of its last.
func span(p date.Partial) (from, to time.Time, ok bool) {
	if !p.Known() || p.From.IsZero() || p.To.IsZero() {
		return from, to, false
	}
	return p.From.Time(), p.To.Time().AddDate(0, 0, 1), true
}

func (c *canvas) mark(e Dated, from, to, y float64) {
	class := "span " + escape(e.Class)
	if e.When.Circa {
		class += " circa"
	}
	c.titled(e.Said+": "+e.Label, func() {
		switch {
		case e.When.Circa:
			// Dashed beyond its ends: how far circa reaches is not known.
			c.line("about "+escape(e.Class), max(0, from-14), y+5, min(c.width, to+14), y+5)
			c.rect(class, from, y, max(3, to-from), 10, 5)
		case to-from < 9:
			c.dot("day "+escape(e.Class), (from+to)/2, y+5, 5)
		default:
			c.rect(class, from, y, to-from, 10, 2)
		}
	})
}
