package uk

import (
	"fmt"
	"iter"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

func readXML(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		keys := map[string]int{}
		for _, f := range files {
			around := func(path string, n *list.Node) { outside(f.Name, path, n, report) }
			for e, err := range list.XML(f.Body, f.Name, []string{"Designation"}, around) {
				report.Elements++
				var rec record.Record
				if err == nil {
					rec, err = build(designation(f.Name, e), report)
				}
				if err == nil {
					rec.Key = unique(rec, keys, report)
				}
				if !yield(rec, err) {
					return
				}
			}
		}
	}
}

func outside(file, path string, n *list.Node, report *list.Report) {
	place := fault.Place{File: file, Line: n.Line, Element: path}
	switch {
	case n.Name == "DateGenerated":
		d, err := date.Parse(firstWord(n.Text))
		report.Date = d
		if err != nil {
			report.Warn(place, err.Error())
		}
	case path != "Designations" || n.Text != "":
		report.Warn(place, fmt.Sprintf("unknown element outside of a designation, text %q", n.Text))
	}
}

// firstWord drops the time behind a date.
func firstWord(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "T")
	if f := strings.Fields(s); len(f) > 0 {
		return f[0]
	}
	return ""
}

// designation turns the tree into the same pieces that the CSV has, by the
// names of the leaves; how deep they nest does not matter. Leaves of one group
// below one parent belong together.
func designation(file string, x list.Entry) entry {
	e := entry{file: file, element: x.Path, line: x.Line, authority: fcdo}
	e.walk(x.Node, "")
	return e
}

func (e *entry) walk(n *list.Node, path string) {
	open := map[string]*piece{}
	for i, c := range n.Children {
		at := fmt.Sprintf("%s[%d]", c.Name, nth(n, i))
		if path != "" {
			at = path + "/" + at
		}
		for _, a := range c.Attrs {
			if a.Value != "" {
				e.pieces = append(e.pieces, piece{group: inUnknown, values: map[string]string{c.Name + "@" + a.Name: a.Value}, at: at + "@" + a.Name})
			}
		}
		if c.Text != "" {
			e.leaf(n, c, at, open)
		}
		e.walk(c, at)
	}
	for _, group := range groups {
		if p := open[group]; p != nil {
			e.pieces = append(e.pieces, *p)
		}
	}
}

// groups of several fields, in the order of the format.
var groups = []string{inKey, inName, inScript, inListing, inAddress, inBirth, inPassport, inNational}

func (e *entry) leaf(parent, c *list.Node, at string, open map[string]*piece) {
	value := list.Squeeze(c.Text)
	f, known := fields[plain(c.Name)]
	switch {
	case parent.Name == "SanctionsImposedIndicators":
		e.pieces = append(e.pieces, piece{group: inIndicator, values: map[string]string{c.Name: value}, at: at})
		return
	case !known:
		e.pieces = append(e.pieces, piece{group: inUnknown, values: map[string]string{c.Name: value}, at: at})
		return
	case f.name == "":
		e.pieces = append(e.pieces, piece{group: f.group, values: map[string]string{"": value}, at: at})
		return
	}
	p := open[f.group]
	if p == nil || p.values[f.name] != "" {
		if p != nil {
			e.pieces = append(e.pieces, *p)
		}
		p = &piece{group: f.group, values: map[string]string{}, at: at}
		open[f.group] = p
	}
	p.values[f.name] = value
	p.ats = located(p.ats, f.name, at)
}

// nth is the 1-based place of child i among its namesakes.
func nth(n *list.Node, i int) int {
	count := 0
	for _, c := range n.Children[:i+1] {
		if c.Name == n.Children[i].Name {
			count++
		}
	}
	return count
}
