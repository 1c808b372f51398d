package cli

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/fault"
)

// writeThing shows a thing that the API has told.
func writeThing(c *call, kind string, text []byte) error {
	n, err := nodeOf(text)
	if err != nil || !n.object() {
		return fault.New(fault.Unavailable, "unavailable: what answered is no server of ours")
	}
	fmt.Fprintf(c.out, "%s %s  version %s", kind, c.bold(n.field("id").text), n.field("version").text)
	if at := n.field("as_of"); !at.empty() {
		fmt.Fprintf(c.out, "  %s", c.yellow("as it was at entry "+at.text))
	}
	fmt.Fprintf(c.out, "  %s\n", c.dim(n.field("parts").brief()))
	content := n.field("content")
	for i, key := range content.keys {
		if key == "id" || key == "version" {
			content.items[i] = node{} // they stand in the first line
		}
	}
	return writeObject(c, "", content)
}

// writeObject writes what fits on a line first, then each part under its
// heading.
func writeObject(c *call, heading string, n node) error {
	lines := newTable("", "")
	for i, key := range n.keys {
		if x := n.items[i]; !x.empty() && x.short() {
			lines.add(spaced(key), x.brief())
		}
	}
	if len(lines.rows) > 0 {
		if heading != "" {
			fmt.Fprintf(c.out, "\n%s\n", c.bold(heading))
		}
		var b strings.Builder
		if err := lines.write(&b, c); err != nil {
			return err
		}
		fmt.Fprint(c.out, strings.TrimPrefix(b.String(), "\n")) // there is no head
	}
	for i, key := range n.keys {
		if x := n.items[i]; !x.empty() && !x.short() {
			if err := writePart(c, strings.TrimSpace(heading+" "+spaced(key)), x); err != nil {
				return err
			}
		}
	}
	return nil
}

// writePart writes a list as a table, and an object whose fields are all objects
// likewise.
func writePart(c *call, heading string, n node) error {
	plain := slices.ContainsFunc(n.items, func(x node) bool { return !x.object() || x.short() })
	if n.object() && plain {
		return writeObject(c, heading, n)
	}
	fmt.Fprintf(c.out, "\n%s\n", c.bold(heading))
	if plain {
		for _, x := range n.items {
			if !x.empty() {
				fmt.Fprintf(c.out, "  %s\n", x.brief())
			}
		}
		return nil
	}
	columns := slices.DeleteFunc(n.columns(), func(key string) bool { return writeCommon(c, n, key) })
	var head []string
	named := n.object() && slices.ContainsFunc(n.keys, func(key string) bool { return n.field(key).field("id").text != key })
	if named {
		head = append(head, "")
	}
	for _, key := range columns {
		head = append(head, spaced(key))
	}
	t := newTable(head...)
	for i, row := range n.items {
		var cells []string
		if named {
			cells = append(cells, n.keys[i])
		}
		for _, key := range columns {
			cells = append(cells, row.field(key).brief())
		}
		t.add(cells...)
	}
	return t.write(c.out, c)
}

// columns returns the fields that some row of a list has.
func (n node) columns() []string {
	var columns []string
	for _, row := range n.items {
		for i, key := range row.keys {
			if !row.items[i].empty() && !slices.Contains(columns, key) {
				columns = append(columns, key)
			}
		}
	}
	return columns
}

// writeCommon writes once what is long and the same in every row of a list, such
// as the document that all mentions stand in. It reports whether it did.
func writeCommon(c *call, n node, key string) bool {
	value := n.items[0].field(key).brief()
	if len(n.items) < 2 || len(value) < 24 || slices.ContainsFunc(n.items, func(x node) bool { return x.field(key).brief() != value }) {
		return false
	}
	fmt.Fprintf(c.out, "%s of all: %s\n", spaced(key), value)
	return true
}

func spaced(key string) string { return strings.ToLower(strings.ReplaceAll(key, "_", " ")) }
