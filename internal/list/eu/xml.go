package eu

import (
	"fmt"
	"iter"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
)

const entityElement = "sanctionEntity"

func readXML(f list.File, report *list.Report) iter.Seq2[*entry, error] {
	return func(yield func(*entry, error) bool) {
		around := func(path string, n *list.Node) {
			place := fault.Place{File: f.Name, Line: n.Line, Element: path}
			stated := n.Attr("generationDate")
			if path != "export" || stated == "" {
				report.Warn(place, fmt.Sprintf("unknown element outside of an entity, or no generationDate; text %q", n.Text))
				return
			}
			p, err := date.Parse(stated)
			if err != nil {
				report.Warn(place, err.Error())
			}
			report.Date = p
		}
		for e, err := range list.XML(f.Body, f.Name, []string{entityElement}, around) {
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			if !yield(fromXML(f.Name, e), nil) {
				return
			}
		}
	}
}

func fromXML(file string, x list.Entry) *entry {
	e := &entry{file: file, line: x.Line, path: x.Path}
	for _, a := range x.Attrs {
		e.fields.add(a.Name, a.Value)
	}
	e.fields.add("text", x.Text)
	numbers := map[string]int{}
	for _, c := range x.Children {
		if c.Name == "subjectType" {
			for _, a := range c.Attrs {
				e.fields.add("subjectType/"+a.Name, a.Value)
			}
			e.fields.add("subjectType", c.Text)
			continue
		}
		numbers[c.Name]++
		b := &block{kind: c.Name, at: place(c.Name, c.Attr("logicalId"), numbers[c.Name])}
		for _, a := range c.Attrs {
			b.fields.add(a.Name, a.Value)
		}
		b.fields.add("text", c.Text)
		for _, cc := range c.Children {
			nested(b, cc)
		}
		e.blocks = append(e.blocks, b)
	}
	return e
}

// nested flattens a child of a block: remarks and URLs by their text, contacts
// as the CSV writes them, all else by path.
func nested(b *block, n *list.Node) {
	switch n.Name {
	case "remark", "publicationUrl":
		b.fields.add(n.Name, n.Text)
		for _, a := range n.Attrs {
			b.fields.add(n.Name+"@"+a.Name, a.Value)
		}
		return
	case "contactInfo":
		if v := n.Attr("value"); v != "" {
			b.fields.add("contactInfo", fmt.Sprintf("%s[%s]", n.Attr("key"), v))
		}
		b.fields.add("contactInfo", n.Text)
		return
	}
	b.fields.add(n.Name, n.Text)
	for _, a := range n.Attrs {
		b.fields.add(n.Name+"/"+a.Name, a.Value)
	}
	for _, c := range n.Children {
		list.Leftovers(&list.Node{Children: []*list.Node{c}}, func(string) bool { return false }, func(path, value string) {
			b.fields.add(n.Name+"/"+path, value)
		})
	}
}
