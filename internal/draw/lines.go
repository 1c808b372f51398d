package draw

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Series is a line of values, one for each place of the axis. NaN is a gap.
type Series struct {
	Label  string
	Values []float64
}

// Lines draws series over named places, as months, with a legend where there is
// more than one.
func Lines(f Frame, places []string, series []Series) string {
	c := newCanvas(f, "lines", wide)
	var names []string
	var values []float64
	for _, s := range series {
		names = append(names, s.Label)
		for _, v := range s.Values {
			values = append(values, finite(v))
		}
	}
	y0 := c.legend(names)
	step, top := steps(slices.Max(append(values, 0)), 5, whole(values))
	left := widthOf(plain(top), smallSize) + 10
	p := plot{left: left, over: c.width - left - 12, y: y0, high: 150, top: top, n: len(places)}
	for v := 0.0; v <= top*(1+1e-9); v += step {
		c.line("grid", left, p.up(v), left+p.over, p.up(v))
		c.text("tick", end, left-5, p.up(v)+4, plain(v))
	}
	c.line("axis", left, p.up(0), left+p.over, p.up(0))
	every := p.every(places)
	for i := 0; i < len(places); i += every {
		anchor := middle
		if at := p.at(i); at+widthOf(places[i], smallSize)/2 > c.width {
			anchor = end
		}
		c.text("tick", anchor, p.at(i), p.up(0)+smallSize+4, places[i])
	}
	for i, s := range series {
		c.series(p, i, s, places)
	}
	return c.done(y0 + p.high + smallSize + 12)
}

// plot is where values over places are drawn.
type plot struct {
	left, over, y, high, top float64
	n                        int
}

func (p plot) up(v float64) float64 { return p.y + p.high - p.high*finite(v)/p.top }

func (p plot) at(i int) float64 {
	if p.n < 2 {
		return p.left + p.over/2
	}
	return p.left + p.over*float64(i)/float64(p.n-1)
}

// every returns which places can be named without one name over another.
func (p plot) every(places []string) int {
	room := widest(smallSize, places...) + 8
	for k := 1; ; k++ {
		if k >= len(places) || p.at(k)-p.at(0) >= room {
			return max(1, k)
		}
	}
}

func (c *canvas) series(p plot, i int, s Series, places []string) {
	class := fmt.Sprint(" s", i+1)
	values := s.Values[:min(len(s.Values), len(places))]
	c.path(p, class, values)
	for j, v := range values {
		if math.IsNaN(v) {
			continue
		}
		c.titled(s.Label+", "+places[j]+": "+plain(v), func() { c.dot("dot"+class, p.at(j), p.up(v), 3) })
	}
}

// path draws the line of some values with its gaps.
func (c *canvas) path(p plot, class string, values []float64) {
	var path strings.Builder
	pen := "M"
	for j, v := range values {
		if math.IsNaN(v) {
			pen = "M"
			continue
		}
		path.WriteString(pen + num(c.x(p.at(j))) + " " + num(p.up(v)))
		pen = "L"
	}
	if path.Len() > 0 {
		c.b.WriteString(`<path class="line` + class + `" fill="none" d="` + path.String() + "\"/>\n")
	}
}

// Spark draws a small line of values to stand in a line of text. The last value
// has a dot.
func Spark(f Frame, values []float64) string {
	c := newCanvas(f, "spark", 100)
	top := 1.0
	for _, v := range values {
		top = max(top, finite(v))
	}
	p := plot{left: 3, over: 94, y: 3, high: 18, top: top, n: len(values)}
	c.path(p, " s1", values)
	if n := len(values); n > 0 && !math.IsNaN(values[n-1]) {
		c.dot("dot s1", p.at(n-1), p.up(values[n-1]), 2.5)
	}
	return c.done(24)
}
