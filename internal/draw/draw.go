// Package draw makes drawings for pages as SVG: charts, clocks, timelines, and
// the graph of who is linked to whom.
//
// It promises that the same input gives the same bytes; that nothing in a
// drawing is a colour, a font or a style, only classes for a sheet, so that dark
// pages, print and a strict content policy work; that every text stands whole, in
// its own script, and can be selected; that every value is also written, as a
// text or as the title of its shape; and that a drawing for a page that is read
// from right to left is mirrored, its texts are not.
//
// It knows nothing of cases, translates nothing, and reads no clock.
package draw

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
)

// Frame is what a drawing is called, and for which page.
type Frame struct {
	ID    string // unique on the page: begins the ids of title and description
	Title string
	About string // what it shows, for whoever does not see it
	RTL   bool   // the page is read from right to left
}

// Sizes of text, as the sheet must set them for what is measured here to fit.
const (
	textSize  = 13.0
	smallSize = 11.0
	lineUp    = 1.3 // of lines, in sizes
)

// wide is the width of all charts, in units of the viewBox.
const wide = 480.0

// canvas collects the shapes of one drawing. Callers count from the side where
// reading begins.
type canvas struct {
	Frame
	kind  string
	role  string
	width float64
	b     strings.Builder
}

func newCanvas(f Frame, kind string, width float64) *canvas {
	return &canvas{Frame: f, kind: kind, role: "img", width: width}
}

// done returns the drawing of that height.
func (c *canvas) done(height float64) string {
	var o strings.Builder
	o.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" class="draw draw-` + c.kind + `" viewBox="0 0 ` + num(c.width) + " " + num(height) + `" width="` + num(c.width) + `" height="` + num(height) + `" role="` + c.role + `"`)
	if c.RTL {
		o.WriteString(` direction="rtl"`)
	}
	id := escape(c.ID)
	o.WriteString(` aria-labelledby="` + id + `-title ` + id + `-about"><title id="` + id + `-title">` + escape(c.Title) + `</title><desc id="` + id + `-about">` + escape(c.About) + "</desc>\n")
	o.WriteString(c.b.String())
	o.WriteString("</svg>\n")
	return o.String()
}

// x mirrors a distance from the side where reading begins.
func (c *canvas) x(v float64) float64 {
	if c.RTL {
		return c.width - v
	}
	return v
}

// titled wraps a shape in a group that says what it is; title may be empty.
func (c *canvas) titled(title string, shape func()) {
	if title == "" {
		shape()
		return
	}
	c.b.WriteString("<g><title>" + escape(title) + "</title>")
	shape()
	c.b.WriteString("</g>\n")
}

// rect draws a rectangle; one without width or height is nothing.
func (c *canvas) rect(class string, x, y, w, h, round float64) {
	if w <= 0 || h <= 0 {
		return
	}
	left := x
	if c.RTL {
		left = c.width - x - w
	}
	c.b.WriteString(`<rect class="` + class + `" x="` + num(left) + `" y="` + num(y) + `" width="` + num(w) + `" height="` + num(h) + `"`)
	if round > 0 {
		c.b.WriteString(` rx="` + num(round) + `"`)
	}
	c.b.WriteString("/>\n")
}

func (c *canvas) line(class string, x1, y1, x2, y2 float64) {
	c.b.WriteString(`<line class="` + class + `" x1="` + num(c.x(x1)) + `" y1="` + num(y1) + `" x2="` + num(c.x(x2)) + `" y2="` + num(y2) + "\"/>\n")
}

func (c *canvas) dot(class string, x, y, r float64) {
	c.b.WriteString(`<circle class="` + class + `" cx="` + num(c.x(x)) + `" cy="` + num(y) + `" r="` + num(r) + "\"/>\n")
}

// Anchors of text, by the direction of reading.
const (
	start  = "start"
	middle = "middle"
	end    = "end"
)

// text writes one line with its baseline at y.
func (c *canvas) text(class, anchor string, x, y float64, s string) {
	if s == "" {
		return
	}
	c.b.WriteString(`<text class="` + class + `" text-anchor="` + anchor + `" x="` + num(c.x(x)) + `" y="` + num(y) + `">` + escape(s) + "</text>\n")
}

// lines writes lines of labels downwards and returns the height that they take.
func (c *canvas) lines(class string, x, top float64, all []string) float64 {
	for i, s := range all {
		c.text(class, start, x, top+textSize+float64(i)*textSize*lineUp, s)
	}
	return float64(len(all)) * textSize * lineUp
}

// num writes a coordinate, to a tenth.
func num(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "0"
	}
	return strconv.FormatFloat(math.Round(v*10)/10+0, 'f', -1, 64)
}

// escape makes a text safe between tags and in attributes. What XML cannot hold
// becomes U+FFFD.
func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

// linked reports whether an address may be followed from a drawing: one of this
// site, or one over TLS.
func linked(href string) bool {
	switch {
	case strings.HasPrefix(href, "//"), strings.HasPrefix(href, `/\`):
		return false
	}
	return strings.HasPrefix(href, "/") || strings.HasPrefix(href, "#") || strings.HasPrefix(href, "?") || strings.HasPrefix(href, "https://")
}

// anchor wraps shapes in a link, if there is one.
func (c *canvas) anchor(href string, shapes func()) {
	if !linked(href) {
		shapes()
		return
	}
	c.role = "group" // what is in an img cannot be reached by keyboard
	c.b.WriteString(`<a href="` + escape(href) + `">`)
	shapes()
	c.b.WriteString("</a>\n")
}
