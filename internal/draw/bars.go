package draw

import (
	"cmp"
	"fmt"
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
