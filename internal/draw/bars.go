package draw

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Bar is one value with its name. A value below zero is drawn as zero.
type Bar struct {
	Label string
	Value float64
	Text  string // the value as the page writes it; empty: a plain number
}

// Bars draws values as bars along the direction of reading, each with its name
// and value in words.
func Bars(f Frame, bars []Bar) string {
	groups := make([]Group, len(bars))
	for i, b := range bars {
		groups[i] = Group{b.Label, []Bar{b}}
	}
	return barChart(newCanvas(f, "bars", wide), nil, groups)
}

// Group is the values of several series under one name, in the order of the
// series. The labels of its bars are not shown: the legend names the series.
type Group struct {
	Label string
	Bars  []Bar
}

// GroupedBars draws groups of bars, one bar a series, with a legend.
func GroupedBars(f Frame, series []string, groups []Group) string {
	return barChart(newCanvas(f, "bars", wide), series, groups)
}

func barChart(c *canvas, series []string, groups []Group) string {
	thick, values, reserve := 14.0, []float64{}, 0.0
	for _, g := range groups {
		if len(g.Bars) > 1 {
			thick = 10
		}
		for _, b := range g.Bars {
			values = append(values, finite(b.Value))
			reserve = max(reserve, widthOf(b.words(), smallSize)+8)
		}
	}
	over := max(80, c.width-reserve)
	step, top := steps(slices.Max(append(values, 0)), 5, whole(values))
	y := c.legend(series)
	body := &canvas{Frame: c.Frame, width: c.width}
	head := y
	for _, g := range groups {
		y += body.lines("label", 0, y, wrap(g.Label, textSize, c.width)) + 5
		for i, b := range g.Bars {
			body.bar(b, g, series, i, y, thick, over*finite(b.Value)/top)
			y += thick + 2
		}
		y += 8
	}
	c.valueAxis(0, over, head, y, step, top)
	c.b.WriteString(body.b.String())
	return c.done(y + smallSize + 8)
}

func (b Bar) words() string { return cmp.Or(b.Text, plain(b.Value)) }

func (c *canvas) bar(b Bar, g Group, series []string, i int, y, thick, long float64) {
	name := g.Label
	if i < len(series) {
		name += ", " + series[i]
	}
	c.titled(name+": "+b.words(), func() {
		c.rect(fmt.Sprint("bar s", i+1), 0, y, long, thick, 2)
		c.text("value", start, long+5, y+thick/2+smallSize*.36, b.words())
	})
}

// legend names the series at the top and returns where it ends.
func (c *canvas) legend(series []string) float64 {
	if len(series) == 0 {
		return 4
	}
	x, y := 0.0, 4.0
	for i, s := range series {
		w := widthOf(s, smallSize) + 30
		if x > 0 && x+w > c.width {
			x, y = 0, y+18
		}
		c.rect(fmt.Sprint("bar s", i+1), x, y, 12, 12, 2)
		c.text("value", start, x+17, y+10, s)
		x += w
	}
	return y + 24
}

// Mark is a value on an axis that has a name, as the median.
type Mark struct {
	Label string
	Value float64
	Class string // "median", "p95", "limit"
}

// Histogram draws how many values lie where, in bins of one width, and marks.
// If few values lie far out, the last bin holds all that are beyond. The unit
// stands at the axis: "hours".
func Histogram(f Frame, unit string, values []float64, marks []Mark) string {
	c := newCanvas(f, "histogram", wide)
	var sorted []float64
	for _, v := range values {
		sorted = append(sorted, finite(v))
	}
	slices.Sort(sorted)
	far := 0.0
	for _, m := range marks {
		far = max(far, finite(m.Value))
	}
	step, top, open := binsOf(sorted, far)
	counts := make([]float64, int(math.Round(top/step)))
	for _, v := range sorted {
		counts[int(min(v/step, float64(len(counts)-1)))]++
	}
	return c.histogram(unit, counts, step, top, open, marks)
}

// binsOf returns the width of bins, where the last ends, and whether it is open.
func binsOf(sorted []float64, marks float64) (step, top float64, open bool) {
	if len(sorted) == 0 {
		step, top = steps(marks, 10, false)
		return step, top, false
	}
	most := sorted[len(sorted)-1]
	usual := max(sorted[(len(sorted)-1)*95/100], marks)
	if most > 2*usual && usual > 0 {
		step, top = steps(usual*1.2, 10, false)
		return step, top + step, true
	}
	step, top = steps(max(most, marks), 10, false)
	if top <= most {
		top += step // a bin ends before its upper edge
	}
	return step, top, false
}

func (c *canvas) histogram(unit string, counts []float64, step, top float64, open bool, marks []Mark) string {
	upStep, up := steps(slices.Max(append(counts, 0)), 4, true)
	left := widthOf(plain(up), smallSize) + 8
	over, high := c.width-left-14, 150.0
	y0 := 8 + 16*float64(len(marks))
	for v := 0.0; v <= up*(1+1e-9); v += upStep {
		at := y0 + high - high*v/up
		c.line("grid", left, at, left+over, at)
		c.text("tick", end, left-5, at+4, plain(v))
	}
	bin := over * step / top
	for i, n := range counts {
		from, to := plain(float64(i)*step), plain(float64(i+1)*step)
		words := from + "–" + to + " " + unit
		if open && i == len(counts)-1 {
			words = "≥ " + from + " " + unit
		}
		c.titled(words+": "+plain(n), func() { c.rect("bar s1", left+float64(i)*bin+1, y0+high-high*n/up, bin-2, high*n/up, 1) })
		if i == len(counts)-1 && open {
			c.text("tick", middle, left+(float64(i)+.5)*bin, y0+high+smallSize+3, "≥ "+from)
		} else {
			c.text("tick", middle, left+float64(i)*bin, y0+high+smallSize+3, from)
		}
	}
	if !open {
		c.text("tick", middle, left+over, y0+high+smallSize+3, plain(top))
	}
	c.line("axis", left, y0+high, left+over, y0+high)
	c.text("tick", middle, left+over/2, y0+high+2*smallSize+8, unit)
	for i, m := range marks {
		at, y := left+over*min(1, finite(m.Value)/top), 4+16*float64(i)
		c.line("mark "+escape(m.Class), at, y, at, y0+high)
		words, anchor, x := m.Label+" "+plain(math.Round(m.Value*100)/100), start, at+4
		if at+4+widthOf(words, smallSize) > c.width {
			anchor, x = end, at-4
		}
		c.text("value", anchor, x, y+smallSize, words)
	}
	return c.done(y0 + high + 2*smallSize + 14)
}
