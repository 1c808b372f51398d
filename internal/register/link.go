package register

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/record"
)

// Reason says on what ground two entries are linked.
type Reason string

// Reasons for a link.
const (
	Printed    Reason = "printed reference"
	Identified Reason = "identifier"
	Named      Reason = "name and birth or country"
	Decided    Reason = "decision"
)

// Strength says what a link does.
type Strength string

// A Same link makes one subject of two entries; a Possible one is shown to
// people and does nothing.
const (
	Same     Strength = "same"
	Possible Strength = "possible"
)

// Link is a reason to take two entries for one subject.
type Link struct {
	A, B           string // entries, the older one first
	Reason         Reason
	Evidence       string
	Strength       Strength
	Contradictions []string `json:",omitempty"`
	points         int
}

// nameCrowd is the number of entries with one whole name from which on the
// name says nothing.
const nameCrowd = 8

// node is one entry in force while links are sought.
type node struct {
	known *Known
	rec   record.Record
	face  face
}

// linker finds the links between the entries in force.
type linker struct {
	nodes  []node // by age
	rarity rarity
	links  map[[2]int]Link  // by ordered pair; the strongest reason holds
	byName map[string][]int // whole names that are not weak
}

func newLinker(nodes []node) *linker {
	l := &linker{nodes: nodes, links: map[[2]int]Link{}, byName: map[string][]int{}}
	faces := make([]face, len(nodes))
	for i, n := range nodes {
		faces[i] = n.face
		for _, x := range n.face.names {
			if !x.weak && !slices.Contains(l.byName[x.key], i) {
				l.byName[x.key] = append(l.byName[x.key], i)
			}
		}
	}
	l.rarity = rarityOf(faces)
	return l
}

// comparison is what two entries say of each other.
type comparison struct {
	names  nameGrade
	text   string
	births birthGrade
	clash  bool
}

func (l *linker) compare(i, j int) comparison {
	a, b := l.nodes[i].face, l.nodes[j].face
	c := comparison{births: compareBirths(a.births, b.births), clash: clash(a.kind, b.kind)}
	c.names, c.text = compareNames(a, b, l.rarity)
	return c
}

// agrees reports whether names or births bear out a printed reference or an
// identifier, with nothing else against it.
func (c comparison) agrees() bool {
	switch {
	case c.clash:
		return c.names >= fullName
	case c.births == birthsApart:
		return c.names >= moreTokens
	}
	return c.names >= oneToken || c.births >= birthsOverlap
}

// twins reports whether two entries of one list may be one subject, or two
// entries that claim one entry of another list: for a list its entries are
// different, and a common alias or a shared word shows kinship only.
func (c comparison) twins() bool {
	return !c.clash && c.births != birthsApart && (c.names == primaryName || c.names == fullName && c.births >= birthsOverlap)
}

func (c comparison) points() int {
	return evidence{names: c.names, births: c.births}.points()
}

// evidence describes the agreement after the reason.
func (c comparison) evidence(what string) string {
	return what + evidence{names: c.names, nameText: c.text, births: c.births}.agreement()
}

func (l *linker) contradictions(i, j int, c comparison) []string {
	var out []string
	a, b := l.nodes[i], l.nodes[j]
	if c.names == namesApart || c.names == oneCommon {
		out = append(out, fmt.Sprintf("the names share no telling word: %s / %s", a.rec.PrimaryName(), b.rec.PrimaryName()))
	}
	if c.births == birthsApart {
		out = append(out, fmt.Sprintf("the births differ: %s / %s", dates(a.face.births), dates(b.face.births)))
	}
	if c.clash {
		out = append(out, fmt.Sprintf("the kinds differ: %s / %s", a.rec.Kind, b.rec.Kind))
	}
	return out
}

func dates(ds []date.Partial) string {
	var s []string
	for _, d := range ds {
		if t := d.String(); !slices.Contains(s, t) {
			s = append(s, t)
		}
	}
	return strings.Join(s, ", ")
}

func (l *linker) add(i, j int, k Link) {
	if i > j {
		i, j = j, i
	}
	k.A, k.B = l.nodes[i].known.ID, l.nodes[j].known.ID
	old, ok := l.links[[2]int{i, j}]
	if ok && (old.Strength == Same) == (k.Strength == Same) && old.points >= k.points {
		return
	}
	if ok && old.Strength == Same && k.Strength != Same {
		return
	}
	l.links[[2]int{i, j}] = k
}

// printed links entries by references of other lists that they print. A
// reference that nothing bears out is a misprint until a person says
// otherwise; so are, of several entries of one list that print the same, those
// that have not its name.
func (l *linker) printed() {
	target := map[string][]int{}
	for j, n := range l.nodes {
		for _, s := range append(slices.Clone(n.face.refs), n.known.face().former...) {
			k := n.rec.Source + " " + s
			if !slices.Contains(target[k], j) {
				target[k] = append(target[k], j)
			}
		}
	}
	type claim struct {
		i, j int
		ref  record.Reference
	}
	var claims []claim
	seen := map[[2]int]bool{}
	rivals := map[string][]int{} // entries of one list that claim one entry
	for i, n := range l.nodes {
		for _, listing := range n.rec.Listings {
			for _, also := range listing.Also {
				for _, s := range references(also.Source, also.Value) {
					for _, j := range target[also.Source+" "+s] {
						if i != j && !seen[[2]int{i, j}] {
							seen[[2]int{i, j}] = true
							claims = append(claims, claim{i, j, also})
							of := fmt.Sprint(n.rec.Source, " ", j)
							rivals[of] = append(rivals[of], i)
						}
					}
				}
			}
		}
	}
	for _, x := range claims {
		c := l.compare(x.i, x.j)
		k := Link{Reason: Printed, Strength: Possible, points: 50 + c.points()}
		k.Evidence = c.evidence(fmt.Sprintf("%s prints %s %s", l.nodes[x.i].rec.Source, x.ref.Source, x.ref.Value))
		k.Contradictions = l.contradictions(x.i, x.j, c)
		enough := c.agrees()
		if n := len(rivals[fmt.Sprint(l.nodes[x.i].rec.Source, " ", x.j)]); n > 1 {
			k.Contradictions = append(k.Contradictions, fmt.Sprintf("%d entries of %s print this reference", n, l.nodes[x.i].rec.Source))
			enough = c.twins()
		}
		namesake := -1
		if c.names < fullName {
			namesake = l.namesake(x.i, x.j)
		}
		if namesake >= 0 {
			k.Contradictions = append(k.Contradictions, fmt.Sprintf("another entry of %s, %s, has a whole name in common", x.ref.Source, l.nodes[namesake].face.title()))
		}
		if enough && namesake < 0 {
			k.Strength = Same
		}
		l.add(x.i, x.j, k)
	}
}

// namesake returns an entry of the list of j, other than j, that shares a
// whole name with i, or -1.
func (l *linker) namesake(i, j int) int {
	for _, x := range l.nodes[i].face.names {
		for _, o := range l.byName[x.key] {
			if o != j && !x.weak && len(x.tokens) > 1 && l.nodes[o].rec.Source == l.nodes[j].rec.Source {
				return o
			}
		}
	}
	return -1
}

// identified links entries by strong identifiers. Two entries of one list are
// two for that list; there the whole name must agree too.
func (l *linker) identified() {
	index := map[string][]int{}
	var keys []string
	for i, n := range l.nodes {
		for _, x := range n.face.ids {
			if index[x.key] == nil {
				keys = append(keys, x.key)
			}
			if !slices.Contains(index[x.key], i) {
				index[x.key] = append(index[x.key], i)
			}
		}
	}
	for _, key := range keys {
		if len(index[key]) > crowd {
			continue
		}
		pairs(index[key], func(i, j int) {
			a, b := l.nodes[i], l.nodes[j]
			if sharedIdentifier(a.face.ids, b.face.ids) == "" {
				return
			}
			c := l.compare(i, j)
			k := Link{Reason: Identified, Strength: Possible, points: 35 + c.points()}
			k.Evidence = c.evidence("both have " + key)
			k.Contradictions = l.contradictions(i, j, c)
			enough := c.agrees() && c.names >= oneToken && c.births != birthsApart
			if a.rec.Source == b.rec.Source {
				k.Contradictions = append(k.Contradictions, "for "+a.rec.Source+" they are two entries")
				enough = c.twins()
			}
			if enough {
				k.Strength = Same
			}
			l.add(i, j, k)
		})
	}
}

// named notes entries with one whole name whose births or countries agree as
// possible links. A name borne by many says nothing and is left out.
func (l *linker) named() {
	for _, key := range slices.Sorted(maps.Keys(l.byName)) {
		members, tokens := l.byName[key], strings.Fields(key)
		if len(members) > nameCrowd || len(tokens) < 2 || !slices.ContainsFunc(tokens, l.rarity.telling) {
			continue
		}
		pairs(members, func(i, j int) {
			a, b := l.nodes[i].face, l.nodes[j].face
			if clash(a.kind, b.kind) {
				return
			}
			births := compareBirths(a.births, b.births)
			land := shared(a.country, b.country)
			if births == birthsApart || births < birthsOverlap && land == "" {
				return
			}
			c := comparison{names: fullName, text: key, births: births}
			text := c.evidence("names alone")
			if land != "" {
				text += ", both tied to " + land
			}
			l.add(i, j, Link{Reason: Named, Strength: Possible, Evidence: text, points: c.points()})
		})
	}
}

func pairs(members []int, each func(i, j int)) {
	for x, i := range members {
		for _, j := range members[x+1:] {
			each(i, j)
		}
	}
}

// sorted returns the links of a strength, the best first.
func (l *linker) sorted(s Strength) [][2]int {
	var out [][2]int
	for p, k := range l.links {
		if k.Strength == s {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int {
		x, y := l.links[a], l.links[b]
		return cmp.Or(cmp.Compare(rank(x.Reason), rank(y.Reason)), cmp.Compare(y.points, x.points), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out
}

func rank(r Reason) int {
	return slices.Index([]Reason{Decided, Printed, Identified, Named}, r)
}
