package index

import (
	"cmp"
	"slices"

	"interdict/internal/name"
)

// anchors say, for each node, which sequences to look for where a text has a
// word related to it. Beside each stands another node of the sequence that no
// mention can do without, or none.
type anchors struct {
	list
	other []uint32
}

// anchored is what all scanners of a segment share.
type anchored struct {
	of    [2]anchors  // by kind
	holds [2][]uint64 // by kind, the nodes of its sequences, as bits
	total []uint16    // sequence -> weight, 1/100
	floor []uint16    // sequence -> similarity that each of its words needs, if it is short, else 0
	ends  foldEnds
}

func (seg *Segment) anchors() *anchored {
	return &anchored{
		of:    [2]anchors{seg.anchorsOf(name.AsPerson), seg.anchorsOf(name.AsOrganisation)},
		holds: [2][]uint64{seg.nodesOf(name.AsPerson), seg.nodesOf(name.AsOrganisation)},
		total: seg.weights(), floor: seg.floors(), ends: endsOf(seg.tokens),
	}
}

// spare is the weight of a sequence, in 1/100, that a mention may lack.
func (a *anchored) spare(q uint32, theta int) int {
	return int(a.total[q]) * (1000 - theta) / 1000
}

// derived reports a sequence that holds an acronym made of the words of a name: texts
// are full of letters, and none is looked for in them.
func (seg *Segment) derived(q uint32) bool {
	return slices.ContainsFunc(seg.tags[seg.seqs.start[q]:seg.seqs.start[q+1]], func(t uint8) bool { return name.Tag(t)&name.Derived != 0 })
}

// nodesOf are the nodes of the sequences of a kind, as bits.
func (seg *Segment) nodesOf(kind name.Kind) []uint64 {
	bits := make([]uint64, (len(seg.nodes)+63)/64)
	for q := range uint32(seg.seqs.len()) {
		if name.Kind(seg.kinds[q]) == kind {
			for _, n := range seg.seqs.of(q) {
				bits[n/64] |= 1 << (n % 64)
			}
		}
	}
	return bits
}

// anchorsOf takes for each sequence of a kind the words with the shortest lists of which
// every mention has one.
func (seg *Segment) anchorsOf(kind name.Kind) anchors {
	type entry struct{ node, seq, other uint32 }
	var all []entry
	var order []uint32
	for q := range uint32(seg.seqs.len()) {
		if name.Kind(seg.kinds[q]) != kind || seg.derived(q) {
			continue
		}
		order = append(order[:0], seg.seqs.of(q)...)
		total := 0
		for _, n := range order {
			total += int(seg.heavy[n])
		}
		slices.SortStableFunc(order, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(seg.posts.length(a), seg.posts.length(b)), cmp.Compare(a, b))
		})
		taken := 0
		for i, n := range order {
			taken += int(seg.heavy[n])
			if !slices.Contains(order[:i], n) {
				all = append(all, entry{n, q, seg.needed(order, n, total)})
			}
			if 1000*taken > anchorShare*total {
				break
			}
		}
	}
	a := anchors{list: makeList(len(seg.nodes), func(yield func(k, item uint32)) {
		for i, e := range all {
			yield(e.node, uint32(i))
		}
	})}
	a.other = make([]uint32, len(all))
	for k, i := range a.item {
		a.item[k], a.other[k] = all[i].seq, all[i].other
	}
	return a
}

// floors are the similarities that the words of short sequences need.
func (seg *Segment) floors() []uint16 {
	floors := make([]uint16, seg.seqs.len())
	var p []name.Position
	for q := range floors {
		if p = seg.positions(uint32(q), p[:0]); short(p) {
			floors[q] = uint16(floorOf(p))
		}
	}
	return floors
}

// needed is the rarest node besides n that carries more than anchorShare of
// the weight by itself, or none.
func (seg *Segment) needed(order []uint32, n uint32, total int) uint32 {
	for _, m := range order {
		if m == n {
			continue
		}
		weight := 0
		for _, x := range order {
			if x == m {
				weight += int(seg.heavy[x])
			}
		}
		if 1000*weight > anchorShare*total {
			return m
		}
	}
	return none
}
