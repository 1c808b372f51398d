package sheet

import (
	"fmt"
	"iter"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"interdict/internal/fault"
	"interdict/internal/list"
)

// page opens the tables of an HTML page that hold no tables themselves. A
// table is called by its caption or the heading above it, and the last text
// between that and the table, so that a mapping can tell tables apart.
func (m *Mapping) page(f list.File) iter.Seq2[grid, error] {
	in, err := m.decode(f.Body)
	if err != nil {
		return one(grid{}, err)
	}
	root, err := html.Parse(in)
	if err != nil {
		return one(grid{}, fault.At(at(f.Name, 0, ""), "the page cannot be read: %v", err))
	}
	p := &walker{file: f.Name}
	p.walk(root)
	return func(yield func(grid, error) bool) {
		for _, g := range p.grids {
			if !yield(g, nil) {
				return
			}
		}
	}
}

type walker struct {
	file          string
	heading, lead string
	grids         []grid
}

func (w *walker) walk(n *html.Node) {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template:
		return
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.heading, w.lead = list.Squeeze(plain(n)), ""
		return
	case atom.Table:
		if !holds(n, atom.Table) {
			w.table(n)
			return
		}
	}
	if n.Type == html.TextNode {
		if t := list.Squeeze(n.Data); t != "" {
			w.lead = t
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
}

func (w *walker) table(n *html.Node) {
	g := grid{file: w.file, name: w.heading}
	if w.lead != "" {
		g.name = strings.TrimSpace(fmt.Sprintf("%s: %s", w.heading, w.lead))
	}
	var rows []row
	each(n, func(c *html.Node) bool {
		switch c.DataAtom {
		case atom.Caption:
			g.name = list.Squeeze(plain(c))
			return false
		case atom.Tr:
			r := row{line: len(rows) + 1}
			for d := c.FirstChild; d != nil; d = d.NextSibling {
				if d.DataAtom == atom.Td || d.DataAtom == atom.Th {
					r.cells = append(r.cells, plain(d))
				}
			}
			rows = append(rows, r)
			return false
		}
		return true
	})
	g.rows = iter.Seq2[row, error](func(yield func(row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	})
	w.grids = append(w.grids, g)
	w.lead = ""
}

// each visits the nodes below n; those for which visit is false are not entered.
func each(n *html.Node, visit func(*html.Node) bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if visit(c) {
			each(c, visit)
		}
	}
}

func holds(n *html.Node, tag atom.Atom) bool {
	found := false
	each(n, func(c *html.Node) bool {
		found = found || c.DataAtom == tag
		return !found
	})
	return found
}

// plain returns the text of a node; line breaks and blocks end a line.
func plain(n *html.Node) string {
	var b strings.Builder
	each(n, func(c *html.Node) bool {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.DataAtom == atom.Br, c.DataAtom == atom.P, c.DataAtom == atom.Div, c.DataAtom == atom.Li:
			b.WriteByte('\n')
		}
		return c.DataAtom != atom.Script && c.DataAtom != atom.Style
	})
	return strings.TrimSpace(b.String())
}
