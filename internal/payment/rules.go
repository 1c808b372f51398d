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
	all    leafRules             // in the order of the file
	leaves map[string]*leafRules // those that may fit a leaf of a name that a rule ends in
	others *leafRules            // those that may fit any other leaf
	tables map[string]map[string]bool
	split  map[string]bool
	inner  map[string]bool
}

// leafRules are the rules that may fit leaves of one name.
type leafRules struct{ classes, known, evidence []*rule }

// rule gives the leaves at a glob a class, a table or a key.
type rule struct {
	path  []segment // from the leaf up
	value string    // class, table or key
	join  bool
	in    func(string) bool // of a known rule: whether a value is in its table
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
		if err := r.add(words); err != nil {
			return nil, fmt.Errorf("rules.txt:%d: %w", i+1, err)
		}
	}
	for _, k := range r.all.known {
		values := r.tables[k.value]
		if k.in = shapes[k.value]; k.in == nil {
			k.in = func(s string) bool { return values[s] }
			if values == nil {
				return nil, fmt.Errorf("rules.txt: no table %s", k.value)
			}
		}
	}
	r.index()
	return r, nil
}

// index sorts the rules by the leaves that they may fit.
func (r *rules) index() {
	r.leaves = map[string]*leafRules{}
	r.others = r.all.filter(func(last segment) bool {
		return last.any || slices.ContainsFunc(last.names, func(p pattern) bool { return p.star })
	})
	for _, list := range [][]*rule{r.all.classes, r.all.known, r.all.evidence} {
		for _, one := range list {
			for _, p := range one.path[0].names {
				if name := p.head; !p.star && r.leaves[name] == nil {
					r.leaves[name] = r.all.filter(func(last segment) bool { return last.any || last.has(name) })
				}
			}
		}
	}
}

func (l *leafRules) filter(keep func(last segment) bool) *leafRules {
	pick := func(list []*rule) (out []*rule) {
		for _, one := range list {
			if keep(one.path[0]) {
				out = append(out, one)
			}
		}
		return out
	}
	return &leafRules{pick(l.classes), pick(l.known), pick(l.evidence)}
}

// at returns the rules for leaves of a name.
func (r *rules) at(name string) *leafRules {
	if l := r.leaves[name]; l != nil {
		return l
	}
	return r.others
}

func (r *rules) add(words []string) error {
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
	one := &rule{value: words[1], path: parseGlob(words[2]), join: len(words) > 3 && words[3] == "join"}
	switch words[0] {
	case "class":
		r.all.classes = append(r.all.classes, one)
	case "known":
		r.all.known = append(r.all.known, one)
	case "evidence":
		r.all.evidence = append(r.all.evidence, one)
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

// first returns the first rule that fits the path, which is given from the
// leaf up; nil if none does.
func first(list []*rule, path []string) *rule {
	for _, r := range list {
		if fits(r.path, path) {
			return r
		}
	}
	return nil
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
func (l *leafRules) isKnown(path []string, value string) bool {
	for _, k := range l.known {
		if k.in(value) && fits(k.path, path) {
			return true
		}
	}
	return false
}
