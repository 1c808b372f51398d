package payment

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// rulesText is the table that the comment at its head describes.
//
//go:embed rules.txt
var rulesText string

// rules is the parsed table. It is never changed after parseRules.
type rules struct {
	classes  byLeaf
	known    byLeaf
	evidence byLeaf
	tables   map[string]map[string]bool
	split    map[string]bool
	inner    map[string]bool
}

// rule gives the leaves at a glob a class, a table or a key.
type rule struct {
	order int
	path  []segment // from the leaf up
	value string
	join  bool
}

// segment is one element of a glob.
type segment struct {
	any   bool // **
	names []pattern
}

// pattern is a name, or with star all names that begin and end so.
type pattern struct {
	head, tail string
	star       bool
}

// byLeaf finds the rules that may fit a leaf by the leaf's own name.
type byLeaf struct {
	named map[string][]*rule
	rest  []*rule // the last segment is ** or holds *
}

var table = mustRules(rulesText)

func mustRules(text string) *rules {
	r, err := parseRules(text)
	if err != nil {
		panic(err)
	}
	return r
}

func parseRules(text string) (*rules, error) {
	r := &rules{tables: map[string]map[string]bool{}, split: map[string]bool{}, inner: map[string]bool{}}
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if len(words) < 2 {
			return nil, fmt.Errorf("rules.txt:%d: a rule needs at least two words", i+1)
		}
		if err := r.add(i, words); err != nil {
			return nil, fmt.Errorf("rules.txt:%d: %w", i+1, err)
		}
	}
	for _, list := range r.known.all() {
		if r.tables[list.value] == nil && shapes[list.value] == nil {
			return nil, fmt.Errorf("rules.txt:%d: no table %s", list.order+1, list.value)
		}
	}
	return r, nil
}

func (r *rules) add(order int, words []string) error {
	switch words[0] {
	case "split":
		addAll(r.split, words[1:])
		return nil
	case "inner":
		addAll(r.inner, words[1:])
		return nil
	case "table":
		if r.tables[words[1]] == nil {
			r.tables[words[1]] = map[string]bool{}
		}
		addAll(r.tables[words[1]], words[2:])
		return nil
	}
	if len(words) < 3 {
		return fmt.Errorf("%s needs a value and a glob", words[0])
	}
	one := &rule{order: order, value: words[1], path: parseGlob(words[2]), join: len(words) > 3 && words[3] == "join"}
	switch words[0] {
	case "class":
		r.classes.add(one)
	case "known":
		r.known.add(one)
	case "evidence":
		r.evidence.add(one)
	default:
		return fmt.Errorf("unknown word %q", words[0])
	}
	return nil
}

func addAll(set map[string]bool, words []string) {
	for _, w := range words {
		set[w] = true
	}
}

// parseGlob splits a glob into segments, the leaf first.
func parseGlob(glob string) []segment {
	var path []segment
	for _, part := range strings.Split(glob, "/") {
		prefix := ""
		if rest, isAttr := strings.CutPrefix(part, "@"); isAttr {
			prefix, part = "@", rest
		}
		if part == "**" {
			path = append(path, segment{any: true})
			continue
		}
		names := strings.Split(strings.Trim(part, "{}"), ",")
		one := segment{}
		for _, n := range names {
			head, tail, star := strings.Cut(prefix+n, "*")
			one.names = append(one.names, pattern{head, tail, star})
		}
		path = append(path, one)
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path
}

func (b *byLeaf) add(r *rule) {
	last := r.path[0]
	if last.any || slices.ContainsFunc(last.names, func(p pattern) bool { return p.star }) {
		b.rest = append(b.rest, r)
		return
	}
	if b.named == nil {
		b.named = map[string][]*rule{}
	}
	for _, name := range last.names {
		b.named[name.head] = append(b.named[name.head], r)
	}
}

func (b *byLeaf) all() []*rule {
	out := append([]*rule(nil), b.rest...)
	for _, list := range b.named {
		out = append(out, list...)
	}
	return out
}

// first returns the first rule of the table that fits the path, which is
// given from the leaf up; nil if none does.
func (b *byLeaf) first(path []string) *rule {
	var best *rule
	for _, r := range b.named[path[0]] {
		if fits(r.path, path) {
			best = r
			break
		}
	}
	for _, r := range b.rest {
		if best != nil && best.order < r.order {
			break
		}
		if fits(r.path, path) {
			return r
		}
	}
	return best
}

// fits matches a glob and a path, both from the leaf up.
func fits(glob []segment, path []string) bool {
	for len(glob) > 0 {
		if glob[0].any {
			if len(glob) == 1 {
				return true
			}
			for i := range path {
				if fits(glob[1:], path[i:]) {
					return true
				}
			}
			return false
		}
		if len(path) == 0 || !glob[0].has(path[0]) {
			return false
		}
		glob, path = glob[1:], path[1:]
	}
	return len(path) == 0
}

// has says whether one of the segment's names is name.
func (s segment) has(name string) bool {
	for _, p := range s.names {
		switch {
		case !p.star:
			if p.head == name {
				return true
			}
		case len(name) >= len(p.head)+len(p.tail) && strings.HasPrefix(name, p.head) && strings.HasSuffix(name, p.tail):
			return true
		}
	}
	return false
}

// isKnown says whether value is in a table that holds for path.
func (r *rules) isKnown(path []string, value string) bool {
	for _, k := range r.known.named[path[0]] {
		if r.in(k.value, value) && fits(k.path, path) {
			return true
		}
	}
	for _, k := range r.known.rest {
		if (k.path[0].any || k.path[0].has(path[0])) && r.in(k.value, value) && fits(k.path, path) {
			return true
		}
	}
	return false
}

func (r *rules) in(table, value string) bool {
	if shape := shapes[table]; shape != nil {
		return shape(value)
	}
	return r.tables[table][value]
}
