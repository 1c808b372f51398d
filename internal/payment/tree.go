package payment

import (
	"slices"
	"strconv"
	"strings"
)

// tree is one root element as nodes and leaves, both in document order. XML
// and JSON are turned into it, and everything else is read from it.
type tree struct {
	nodes    []node
	leaves   []leaf
	spaces   []space // by node
	siblings map[sibling]int32
	cur      int32 // the open node, -1 before the root
	pending  []piece
}

// node is an element.
type node struct {
	name   string // local name
	prefix string
	parent int32 // -1 for the root
	first  int32 // the first of the equal-named siblings
	nth    int32 // 1-based place among them
	total  int32 // how many there are, kept at the first
	offset int
}

// leaf is one text of an element or one attribute.
type leaf struct {
	node    int32
	attr    string // "@name" for an attribute
	text    string // trimmed
	offset  int
	variant string // how text was derived from the input; "" as it stands
}

type sibling struct {
	parent int32
	name   string
}

// space is a namespace declaration on a node.
type space struct {
	node        int32
	prefix, uri string
}

// piece is a stretch of text that awaits the end of its run: comments and
// CDATA borders cut a run, they do not end it.
type piece struct {
	text   string
	offset int
}

func (t *tree) reset() {
	clear(t.leaves) // they hold on to the text
	clear(t.nodes)
	t.nodes, t.leaves, t.spaces = t.nodes[:0], t.leaves[:0], t.spaces[:0]
	if t.siblings == nil || len(t.siblings) > 4096 {
		t.siblings = map[sibling]int32{}
	}
	clear(t.siblings)
	t.cur = -1
	t.pending = t.pending[:0]
}

func (t *tree) start(name string, attrs []attr, offset int) {
	t.flush()
	prefix, local, found := strings.Cut(name, ":")
	if !found {
		prefix, local = "", name
	}
	n := t.open(local, offset)
	t.nodes[n].prefix = prefix
	for _, a := range attrs {
		t.attribute(n, a)
	}
}

func (t *tree) attribute(n int32, a attr) {
	prefix, local, found := strings.Cut(a.name, ":")
	switch {
	case a.name == "xmlns":
		t.spaces = append(t.spaces, space{node: n, uri: a.value})
		local = "xmlns"
	case found && prefix == "xmlns":
		t.spaces = append(t.spaces, space{node: n, prefix: local, uri: a.value})
		local = "xmlns"
	case !found:
		local = a.name
	}
	if text, lead := trim(a.value); text != "" {
		t.leaves = append(t.leaves, leaf{node: n, attr: "@" + local, text: text, offset: a.offset + lead})
	}
}

// open adds a child to the open node and makes it the open one.
func (t *tree) open(local string, offset int) int32 {
	n := int32(len(t.nodes))
	one := node{name: local, parent: t.cur, first: n, nth: 1, total: 1, offset: offset}
	key := sibling{t.cur, local}
	if first, ok := t.siblings[key]; ok {
		t.nodes[first].total++
		one.first, one.nth = first, t.nodes[first].total
	} else {
		t.siblings[key] = n
	}
	t.nodes = append(t.nodes, one)
	t.cur = n
	return n
}

func (t *tree) text(s string, offset int) {
	t.pending = append(t.pending, piece{s, offset})
}

func (t *tree) end(string) {
	t.flush()
	t.cur = t.nodes[t.cur].parent
}

// flush turns the pending text into a leaf unless it is blank.
func (t *tree) flush() {
	if len(t.pending) == 0 {
		return
	}
	pieces := t.pending
	for len(pieces) > 0 && strings.TrimSpace(pieces[0].text) == "" {
		pieces = pieces[1:]
	}
	if len(pieces) > 0 {
		whole := pieces[0].text
		if len(pieces) > 1 {
			var b strings.Builder
			for _, p := range pieces {
				b.WriteString(p.text)
			}
			whole = b.String()
		}
		text, lead := trim(whole)
		t.leaves = append(t.leaves, leaf{node: t.cur, text: text, offset: pieces[0].offset + lead})
	}
	t.pending = t.pending[:0]
}

// trim cuts blanks and says how many bytes it cut in front.
func trim(s string) (string, int) {
	cut := strings.TrimLeft(s, " \t\r\n")
	return strings.TrimRight(cut, " \t\r\n"), len(s) - len(cut)
}

// namespace is the URI that a node's prefix stands for, "" if none.
func (t *tree) namespace(n int32) string {
	prefix := t.nodes[n].prefix
	for at := n; at >= 0; at = t.nodes[at].parent {
		from, _ := slices.BinarySearchFunc(t.spaces, at, func(s space, n int32) int { return int(s.node - n) })
		for _, s := range t.spaces[from:] {
			if s.node != at {
				break
			}
			if s.prefix == prefix {
				return s.uri
			}
		}
	}
	return ""
}

// path writes the path of node n, with [i] where it has siblings of its name.
// known holds the paths written so far.
func (t *tree) path(known []string, n int32) string {
	if known[n] != "" {
		return known[n]
	}
	one := t.nodes[n]
	name := one.name
	if t.nodes[one.first].total > 1 {
		name += "[" + strconv.Itoa(int(one.nth)) + "]"
	}
	if one.parent >= 0 {
		name = t.path(known, one.parent) + "/" + name
	}
	known[n] = name
	return name
}

// up appends the names from leaf l up to the root.
func (t *tree) up(names []string, l leaf) []string {
	if l.attr != "" {
		names = append(names, l.attr)
	}
	for at := l.node; at >= 0; at = t.nodes[at].parent {
		names = append(names, t.nodes[at].name)
	}
	return names
}
