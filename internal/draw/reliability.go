package draw

import "fmt"

// Outcome is what came of things that were foretold with one probability.
type Outcome struct {
	Foretold  float64 // 0 to 1
	Found     float64
	Low, High float64 // interval of Found
	Text      string  // both in words
}

// Foretelling is the outcomes of one way to foretell.
type Foretelling struct {
	Name   string
	Points []Outcome
}

// Reliability draws what was foretold across against what was found upward,
// each with its interval, and the diagonal on which both are the same. The two
// axes are named.
func Reliability(f Frame, across, upward string, series []Foretelling) string {
	c := newCanvas(f, "reliability", wide)
	var names []string
	for _, s := range series {
		names = append(names, s.Name)
	}
	top := c.legend(names)
	c.text("tick", start, 0, top+smallSize, upward)
	top += 2 * smallSize
	left := widthOf("1.00", smallSize) + 8
	side := c.width - left - 24
	bottom := top + side
	x := func(p float64) float64 { return left + side*unit(p) }
	y := func(p float64) float64 { return bottom - side*unit(p) }
	for i := range 6 {
		p := float64(i) / 5
		c.line("grid", left, y(p), left+side, y(p))
		c.line("grid", x(p), top, x(p), bottom)
		c.text("tick", start, 0, y(p)+smallSize*.36, fmt.Sprintf("%.1f", p))
		c.text("tick", middle, x(p), bottom+smallSize+3, fmt.Sprintf("%.1f", p))
	}
	c.line("axis", x(0), y(0), x(1), y(1))
	for i, s := range series {
		class := fmt.Sprint("bar s", i+1)
		for _, o := range s.Points {
			c.titled(s.Name+": "+o.Text, func() {
				c.rect(class, x(o.Foretold)-1, y(o.High), 2, y(o.Low)-y(o.High), 0)
				c.dot(class, x(o.Foretold), y(o.Found), 4.5)
			})
		}
	}
	c.text("tick", middle, left+side/2, bottom+2*smallSize+8, across)
	return c.done(bottom + 2*smallSize + 14)
}

// unit keeps a share between 0 and 1; what is no number is 0.
func unit(p float64) float64 { return max(0, min(1, finite(p))) }
