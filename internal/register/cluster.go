package register

import (
	"cmp"
	"fmt"
	"slices"
)

// clusters groups the nodes of a linker into subjects.
type clusters struct {
	l       *linker
	head    []int   // of the group of each node
	members [][]int // by head, in order of age
	apart   map[[2]int]bool
}

// cluster joins the entries of the links of strength Same, best first. A join
// that would put two entries of one list together, which do not themselves
// agree, or two that a person keeps apart, is refused: its link becomes a
// possible one that says so.
func (l *linker) cluster(apart map[[2]int]bool) *clusters {
	c := &clusters{l: l, apart: apart, head: make([]int, len(l.nodes)), members: make([][]int, len(l.nodes))}
	for i := range l.nodes {
		c.head[i], c.members[i] = i, []int{i}
	}
	for _, p := range l.sorted(Same) {
		k := l.links[p]
		if why := c.refused(p[0], p[1], k.Reason); why != "" {
			k.Strength = Possible
			k.Contradictions = append(slices.Clone(k.Contradictions), why)
			l.links[p] = k
			continue
		}
		c.join(p[0], p[1])
	}
	return c
}

func (c *clusters) refused(i, j int, reason Reason) string {
	a, b := c.head[i], c.head[j]
	if a == b {
		return ""
	}
	for _, x := range c.members[a] {
		for _, y := range c.members[b] {
			n, m := c.l.nodes[x], c.l.nodes[y]
			if c.apart[[2]int{min(x, y), max(x, y)}] {
				return fmt.Sprintf("a decision keeps %s and %s apart", n.known.ID, m.known.ID)
			}
			if reason == Decided || n.rec.Source != m.rec.Source || c.l.links[[2]int{min(x, y), max(x, y)}].Strength == Same {
				continue
			}
			if !c.l.compare(x, y).twins() {
				return fmt.Sprintf("it would make one of %s and %s, two entries of %s", n.face.title(), m.face.title(), n.rec.Source)
			}
		}
	}
	return ""
}

func (c *clusters) join(i, j int) {
	a, b := c.head[i], c.head[j]
	if a == b {
		return
	}
	if a > b {
		a, b = b, a
	}
	for _, x := range c.members[b] {
		c.head[x] = a
	}
	c.members[a] = append(c.members[a], c.members[b]...)
	slices.Sort(c.members[a])
	c.members[b] = nil
}

// subjects makes the subjects of the groups, ordered by id.
func (c *clusters) subjects(s State) []Subject {
	ids, aliases := c.ids(s)
	var out []Subject
	at := map[int]int{} // head: index in out
	for h, members := range c.members {
		if members == nil {
			continue
		}
		x := Subject{ID: ids[h], Aliases: aliases[h]}
		for _, i := range members {
			x.Entries = append(x.Entries, c.l.nodes[i].entry())
		}
		x.Caption, x.Kind = x.Entries[0].PrimaryName(), x.Entries[0].Kind
		at[h] = len(out)
		out = append(out, x)
	}
	for _, p := range c.l.sorted(Same) {
		x := &out[at[c.head[p[0]]]]
		x.Links = append(x.Links, c.l.links[p])
	}
	for _, p := range c.l.sorted(Possible) {
		a, b := c.head[p[0]], c.head[p[1]]
		if a == b {
			continue
		}
		for _, h := range []int{a, b} {
			x := &out[at[h]]
			x.Possible = append(x.Possible, c.l.links[p])
		}
	}
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// subjectID is the id of the subject that begins with an entry.
func subjectID(entry string) string { return "s-" + entry[len("e-"):] }

func entryID(subject string) string { return "e-" + subject[len("s-"):] }

// ids gives each group the oldest id that it may bear: of its entries, or one
// that they bore before. An id whose own entry is in another group belongs to
// that one. The other ids of the group are its aliases.
func (c *clusters) ids(s State) (ids map[int]string, aliases map[int][]string) {
	home := map[string]int{} // subject id: group that holds its entry
	for i, n := range c.l.nodes {
		home[subjectID(n.known.ID)] = c.head[i]
	}
	ids, aliases = map[int]string{}, map[int][]string{}
	taken := map[string]bool{}
	for h, members := range c.members {
		if members == nil {
			continue
		}
		var may []string
		for _, i := range members {
			k := c.l.nodes[i].known
			for _, id := range append([]string{subjectID(k.ID)}, k.Subjects...) {
				if at, ok := home[id]; (!ok || at == h) && !taken[id] {
					taken[id] = true
					may = append(may, id)
				}
			}
		}
		slices.SortFunc(may, func(a, b string) int { return older(s.Entries[entryID(a)], s.Entries[entryID(b)]) })
		ids[h], aliases[h] = may[0], may[1:]
	}
	return ids, aliases
}
