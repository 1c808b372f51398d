package payment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineGroups gathers equal-named siblings that a format has cut from one
// text, and adds them joined.
type lineGroups struct {
	walk  *walk
	order []int32 // first siblings
	lines map[int32][]leaf
	names map[int32]leaf // the Nm of a party element
}

// see notes a leaf; joins says whether its siblings are to be joined.
func (g *lineGroups) see(l leaf, joins bool) {
	if l.attr != "" {
		return
	}
	if n := g.walk.t.nodes[l.node]; n.name == "Nm" {
		if g.names == nil {
			g.names = map[int32]leaf{}
		}
		g.names[n.parent] = l
	}
	if joins {
		g.add(l)
	}
}

func (g *lineGroups) add(l leaf) {
	first := g.walk.t.nodes[l.node].first
	if g.lines == nil {
		g.lines = map[int32][]leaf{}
	}
	if g.lines[first] == nil {
		g.order = append(g.order, first)
	}
	g.lines[first] = append(g.lines[first], l)
}

func (g *lineGroups) flush() {
	for _, first := range g.order {
		lines := g.lines[first]
		g.name(lines)
		if len(lines) < 2 {
			continue
		}
		texts := make([]string, len(lines))
		for i, l := range lines {
			texts[i] = l.text
		}
		g.emit(lines[0], texts)
	}
}

// emit adds the joined forms of texts as fields like that of leaf l.
func (g *lineGroups) emit(l leaf, texts []string) {
	w := g.walk
	class := w.class(l)
	path := w.node(l.node)
	if i := strings.LastIndexByte(path, '['); i >= 0 && strings.HasSuffix(path, "]") {
		path = path[:i]
	}
	b := w.at(w.owner[l.node])
	for _, j := range joins(texts) {
		if !hasLetter(j.text) && class != FreeText {
			continue
		}
		b.fields = append(b.fields, Field{
			Path: path + "[*]", Class: class, Text: j.text, Variant: j.how, Offset: int64(l.offset), Party: w.party(l.node, class),
		})
	}
}

// name adds a party's name with its first address line when the name fills
// its line: converters from MT cut names at 35 and 70 signs and let the rest
// run on into the address.
func (g *lineGroups) name(lines []leaf) {
	w := g.walk
	adr := w.t.nodes[lines[0].node].parent
	if adr < 0 || w.t.nodes[lines[0].node].name != "AdrLine" {
		return
	}
	l, have := g.names[w.t.nodes[adr].parent]
	if !have || utf8.RuneCountInString(l.text) < 33 {
		return
	}
	class := w.class(l)
	b := w.at(w.owner[l.node])
	for _, j := range joins([]string{l.text, lines[0].text}) {
		b.fields = append(b.fields, Field{
			Path: w.node(l.node), Class: class, Text: j.text, Variant: j.how + " with the address", Offset: int64(l.offset),
			Party: w.party(l.node, class),
		})
	}
}

// joined is one way of joining lines.
type joined struct{ text, how string }

// joins joins lines in every way that may restore the text: with blanks;
// without, if a word may be cut at a border; and, if only some borders can be
// such cuts, without blanks after the lines that are full.
func joins(lines []string) []joined {
	longest, cuts := 0, 0
	for i, line := range lines {
		longest = max(longest, utf8.RuneCountInString(line))
		if i > 0 && mayCut(lines[i-1], line) {
			cuts++
		}
	}
	out := []joined{{strings.Join(lines, " "), "joined"}}
	if strings.IndexByte(out[0].text, '<') >= 0 {
		out = append(out, joined{untag(strings.Join(lines, "")), "joined without tags"})
	}
	if cuts == 0 {
		return out
	}
	out = append(out, joined{strings.Join(lines, ""), "joined without blank"})
	if len(lines) < 3 {
		return out
	}
	var b strings.Builder
	for i, line := range lines {
		if i > 0 && !(mayCut(lines[i-1], line) && utf8.RuneCountInString(lines[i-1]) == longest) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	if mixed := b.String(); mixed != out[0].text && mixed != out[len(out)-1].text {
		out = append(out, joined{mixed, "joined at full lines"})
	}
	return out
}

// mayCut says whether a word may run from the end of a to the start of b.
func mayCut(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return (unicode.IsLetter(last) || unicode.IsMark(last) || unicode.IsDigit(last)) && (unicode.IsLetter(first) || unicode.IsDigit(first))
}

// untag replaces markup by line ends: a document that was cut into lines, of
// which parts may be missing, is still read as text.
func untag(s string) string {
	var b strings.Builder
	for s != "" {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		b.WriteString(s[:open])
		b.WriteByte('\n')
		end := strings.IndexByte(s[open:], '>')
		if end < 0 {
			b.WriteString(s[open+1:])
			return b.String()
		}
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return b.String()
}
