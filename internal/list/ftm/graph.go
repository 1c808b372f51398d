package ftm

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
)

// graph is all objects of an edition.
type graph struct {
	report *list.Report
	lines  []*object // one a line
	nested []*object
	byID   map[string]*object
	refs   map[string][]*object // parts that refer to an id
	keys   map[string]int
	folded map[string]bool
	latest date.Partial
}

func newGraph(report *list.Report) *graph {
	return &graph{
		report: report, byID: map[string]*object{}, refs: map[string][]*object{},
		keys: map[string]int{}, folded: map[string]bool{},
	}
}

// index makes objects findable by id and parts by what they refer to.
func (g *graph) index() {
	for _, o := range append(slices.Clone(g.lines), g.nested...) {
		if p, err := date.Parse(o.lastSeen); err == nil && p.Known() && p.From.Compare(g.latest.From) > 0 {
			g.latest = p
		}
		if o.id == "" {
			continue
		}
		switch first := g.byID[o.id]; {
		case first == nil:
			g.byID[o.id] = o
		case o.nested:
			first.merge(o)
		}
	}
	for _, o := range append(slices.Clone(g.lines), g.nested...) {
		if o.subject() || g.byID[o.id] != o {
			continue
		}
		seen := map[string]bool{}
		for _, ref := range append(g.references(o), o.back...) {
			if !seen[ref] {
				g.refs[ref] = append(g.refs[ref], o)
			}
			seen[ref] = true
		}
	}
}

// merge takes in what another copy of a nested object says besides.
func (o *object) merge(p *object) {
	o.back = append(o.back, p.back...)
	for prop, values := range p.props {
		for _, v := range values {
			if !slices.Contains(o.props[prop], v) {
				o.props[prop] = append(o.props[prop], v)
			}
		}
	}
}

// references returns the ids that a part's properties refer to.
func (g *graph) references(o *object) []string {
	var out []string
	for _, prop := range g.entityProps(o) {
		out = append(out, o.props[prop]...)
	}
	return out
}

// entityProps returns those properties of a part that hold ids, sorted.
func (g *graph) entityProps(o *object) []string {
	if props, ok := parts[o.schema]; ok {
		return props
	}
	var out []string
	for prop, values := range o.props {
		if slices.ContainsFunc(values, func(v string) bool { return g.byID[v] != nil }) {
			out = append(out, prop)
		}
	}
	slices.Sort(out)
	return out
}

// attached returns the parts of a subject: those it refers to, in the order of
// its properties, then those that refer to it.
func (g *graph) attached(o *object) []*object {
	var out []*object
	add := func(p *object) {
		if p != nil && !p.subject() && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, prop := range links {
		for _, v := range o.props[prop] {
			add(g.byID[v])
		}
	}
	for _, p := range g.refs[o.id] {
		add(p)
	}
	return out
}

// unique returns the key of a record, made to differ where ids repeat.
func (g *graph) unique(o *object) string {
	key := o.id
	for g.keys[key]++; g.keys[key] > 1; g.keys[key]++ {
		key = fmt.Sprintf("%s#%d", o.id, g.keys[o.id])
	}
	if key != o.id {
		g.report.Warn(fault.Place{File: o.file, Line: o.line, Element: o.place()}, fmt.Sprintf("the id %s is used twice in the edition", o.id))
	}
	return key
}

// alone reports the parts that no record took up, with all they say.
func (g *graph) alone() {
	for _, o := range append(slices.Clone(g.lines), g.nested...) {
		if o.subject() || g.folded[o.id] {
			continue
		}
		var said []string
		if o.caption != "" {
			said = append(said, "caption: "+o.caption)
		}
		for _, x := range plainly(o, nil) {
			said = append(said, x[0]+": "+x[1])
		}
		what := "belongs to no subject"
		if o.target == "true" {
			what = "is a target of a kind that is not screened by name"
		}
		g.report.Warn(fault.Place{File: o.file, Line: o.line, Element: o.place()}, fmt.Sprintf("%s: %s", what, strings.Join(said, "; ")))
	}
}

// plainly returns the properties and values of an object, sorted, but for
// those left out.
func plainly(o *object, without []string) [][2]string {
	var names []string
	for name := range o.props {
		if !slices.Contains(without, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out [][2]string
	for _, name := range names {
		for _, v := range o.props[name] {
			out = append(out, [2]string{name, v})
		}
	}
	return out
}
