package draw

import (
	"math"
	"slices"
	"strings"
)

// Kind is what a node of the graph is.
type Kind string

// Kinds of node.
const (
	Person       Kind = "person"
	Organisation Kind = "organisation"
	Vessel       Kind = "vessel"
	Aircraft     Kind = "aircraft"
	Wallet       Kind = "wallet"
	Account      Kind = "account"
	Dossier      Kind = "dossier"
	Material     Kind = "material"
	Other        Kind = "other"
)

// icons are drawn in a square of 16, without words, so that kinds differ by more
// than a colour.
var icons = map[Kind]string{
	Person:       "M8 2a3 3 0 0 1 0 6a3 3 0 0 1 0-6zM2 15c0-4 2.5-6 6-6s6 2 6 6z",
	Organisation: "M2 15V5l6-3 6 3v10zM5 7h2v2H5zM9 7h2v2H9zM5 11h2v2H5zM9 11h2v2H9z",
	Vessel:       "M1 10h14l-2 4H3zM7 2h2v3h3v4H4V5h3z",
	Aircraft:     "M8 1c1 0 1 1 1 2v3l6 4v2L9 10v3l2 1v1H5v-1l2-1v-3l-6 2v-2l6-4V3c0-1 0-2 1-2z",
	Wallet:       "M1 4h13v3h-4v4h4v3H1zM11 8h4v2h-4z",
	Account:      "M1 3h14v10H1zM1 5v2h14V5zM3 10h4v1H3z",
	Dossier:      "M1 3h5l2 2h7v9H1z",
	Material:     "M3 1h7l3 3v11H3zM5 7v1h6V7zM5 10v1h6v-1z",
	Other:        "M8 2a6 6 0 0 1 0 12a6 6 0 0 1 0-12z",
}

// Node is somebody or something in the graph. Its label stands in the original
// script, whole.
type Node struct {
	ID    string // unique in the graph
	Kind  Kind
	Label string
	Note  string // below the label, smaller; may be empty
	Href  string
	Focus bool // whom the graph is about; the first such stands in the middle
}

// Certainty is how sure a link is.
type Certainty string

// Certainties. They are drawn as lines of their own, whatever the sheet says.
const (
	Confirmed Certainty = "confirmed"
	Probable  Certainty = "probable"
	Possible  Certainty = "possible"
)

var dashes = map[Certainty]string{Probable: "7 3", Possible: "2 4"}

// Link is a directed tie between two nodes.
type Link struct {
	From, To  string
	Label     string
	Certainty Certainty
	Said      string // the certainty as the page writes it, for the title
}

// Graph draws nodes and the links between them: in the middle whom it is about,
// on both sides who is linked to it, then who is linked to those. Each link spans
// no more than one column. Links to nodes that are not there are left out. Parts
// that hang together with nothing else stand below.
func Graph(f Frame, nodes []Node, links []Link) string {
	l := layOut(nodes, links)
	c := newCanvas(f, "graph", l.width)
	for i := range l.ties {
		c.tie(l, &l.ties[i])
	}
	for _, s := range l.spots {
		c.node(s)
	}
	for i := range l.ties {
		c.tieLabel(&l.ties[i])
	}
	return c.done(l.height)
}

// spot is a node with its place: x, y are its middle.
type spot struct {
	Node
	lines, notes []string
	w, h, x, y   float64
	column       int // 0 the middle; to both sides of it -1, 1, -2, 2 …
}

const (
	labelMost = 170.0 // width of a label before it is broken
	iconRoom  = 22.0
	nodeGap   = 12.0
)

func spotOf(n Node) spot {
	if _, ok := icons[n.Kind]; !ok {
		n.Kind = Other
	}
	s := spot{Node: n, lines: wrap(n.Label, textSize, labelMost), notes: wrap(n.Note, smallSize, labelMost)}
	s.w = max(widest(textSize, s.lines...), widest(smallSize, s.notes...), 20) + iconRoom + 16
	s.h = float64(len(s.lines))*textSize*lineUp + float64(len(s.notes))*smallSize*lineUp + 10
	s.h = max(s.h, 28)
	return s
}

func (c *canvas) node(s spot) {
	class := "node " + string(s.Kind)
	if s.Focus {
		class += " focus"
	}
	left, top := s.x-s.w/2, s.y-s.h/2
	c.anchor(s.Href, func() {
		c.b.WriteString(`<g class="` + class + `"><title>` + escape(strings.TrimSpace(s.Label+" "+s.Note)) + "</title>\n")
		c.rect("box", left, top, s.w, s.h, 6)
		iconLeft := c.x(left + 6)
		if c.RTL {
			iconLeft -= 16
		}
		c.b.WriteString(`<path class="icon" fill-rule="evenodd" transform="translate(` + num(iconLeft) + " " + num(s.y-8) + `)" d="` + icons[s.Kind] + "\"/>\n")
		// The middle of the room beside the icon: it holds whichever way a name runs.
		at, y := left+iconRoom+(s.w-iconRoom)/2-1, top+5
		for _, line := range s.lines {
			c.text("label", middle, at, y+textSize, line)
			y += textSize * lineUp
		}
		for _, line := range s.notes {
			c.text("note", middle, at, y+smallSize, line)
			y += smallSize * lineUp
		}
		c.b.WriteString("</g>\n")
	})
}

// tie is a link with its way: a cubic curve from the node nearer to the middle to
// a knee, and from there level to the other node, with room for the label. Within
// a column the knee is the other node.
type tie struct {
	Link
	from, to int        // spots
	x, y     [4]float64 // the curve
	ex, ey   float64    // where the level part ends
	inward   bool       // it points to the node where the curve begins
	lines    []string
	lx, ly   float64 // middle of its label
	lw, lh   float64
}

func (c *canvas) tie(l *layout, t *tie) {
	class := "link " + escape(string(t.Certainty))
	path := "M" + num(c.x(t.x[0])) + " " + num(t.y[0]) + "C"
	for i := 1; i < 4; i++ {
		path += num(c.x(t.x[i])) + " " + num(t.y[i]) + " "
	}
	path += "H" + num(c.x(t.ex))
	dash := ""
	if d := dashes[t.Certainty]; d != "" {
		dash = ` stroke-dasharray="` + d + `"`
	}
	words := l.spots[t.from].Label + " → " + l.spots[t.to].Label + ": " + t.Label
	if t.Said != "" {
		words += " (" + t.Said + ")"
	}
	c.titled(words, func() {
		c.b.WriteString(`<path class="` + class + `" fill="none"` + dash + ` d="` + path + "\"/>\n")
		// Both ends are level, so that the head is.
		x, y, back := t.ex, t.ey, t.x[2]-t.ex
		if t.inward {
			x, y, back = t.x[0], t.y[0], t.x[1]-t.x[0]
		}
		tip, tail := num(c.x(x)), num(c.x(x+math.Copysign(7, back)))
		c.b.WriteString(`<path class="head ` + escape(string(t.Certainty)) + `" d="M` + tip + " " + num(y) + "L" + tail + " " + num(y-3.5) + "L" + tail + " " + num(y+3.5) + "z\"/>\n")
	})
}

func (c *canvas) tieLabel(t *tie) {
	if len(t.lines) == 0 {
		return
	}
	c.rect("under", t.lx-t.lw/2, t.ly-t.lh/2, t.lw, t.lh, 3)
	for i, line := range t.lines {
		c.text("tie", middle, t.lx, t.ly-t.lh/2+smallSize+1+float64(i)*smallSize*lineUp, line)
	}
}

// at returns the point of a curve at a part of its way.
func (t *tie) at(p float64) (x, y float64) {
	q := 1 - p
	a, b, c, d := q*q*q, 3*q*q*p, 3*q*p*p, p*p*p
	return a*t.x[0] + b*t.x[1] + c*t.x[2] + d*t.x[3], a*t.y[0] + b*t.y[1] + c*t.y[2] + d*t.y[3]
}

// tiesOf returns the links between nodes that are there.
func tiesOf(spots []spot, links []Link) []tie {
	byID := map[string]int{}
	for i := len(spots) - 1; i >= 0; i-- {
		byID[spots[i].ID] = i
	}
	var out []tie
	for _, l := range links {
		from, ok := byID[l.From]
		to, there := byID[l.To]
		if !ok || !there {
			continue
		}
		t := tie{Link: l, from: from, to: to, lines: wrap(l.Label, smallSize, 120)}
		t.lw = widest(smallSize, t.lines...) + 6
		t.lh = float64(len(t.lines))*smallSize*lineUp + 2
		out = append(out, t)
	}
	return out
}

// neighbours returns for each spot the spots that it is linked to, each once, in
// the order of the links.
func neighbours(n int, ties []tie) [][]int {
	next := make([][]int, n)
	for _, t := range ties {
		for _, pair := range [][2]int{{t.from, t.to}, {t.to, t.from}} {
			if pair[0] != pair[1] && !slices.Contains(next[pair[0]], pair[1]) {
				next[pair[0]] = append(next[pair[0]], pair[1])
			}
		}
	}
	return next
}
