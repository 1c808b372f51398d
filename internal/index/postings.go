package index

import (
	"cmp"
	"slices"
)

// companions is how many other nodes of a name its postings hold.
const companions = 5

func (b *builder) postings() {
	seg := b.seg
	seg.seqs.start = append(seg.seqs.start, 0)
	seg.owners.start = append(seg.owners.start, 0)
	for i, s := range b.seqs {
		if i == 0 || b.compare(b.seqs[i-1], s) != 0 {
			from, to := s.from, s.from+uint32(s.words)
			seg.seqs.item = append(seg.seqs.item, b.nodes[from:to]...)
			seg.seqs.start = append(seg.seqs.start, uint32(len(seg.seqs.item)))
			seg.chains = append(seg.chains, b.chains[from:to]...)
			seg.tags = append(seg.tags, b.tags[from:to]...)
			seg.kinds = append(seg.kinds, uint8(s.kind))
			seg.owners.start = append(seg.owners.start, uint32(len(seg.owners.item)))
		}
		seg.owners.item = append(seg.owners.item, s.name)
		seg.owners.start[len(seg.owners.start)-1]++
	}
	b.seqs, b.nodes, b.chains, b.tags = nil, nil, nil, nil // all of it stands in the segment
	weights := seg.weights()
	lightest := make([]uint32, len(weights))
	for i := range lightest {
		lightest[i] = uint32(i)
	}
	slices.SortStableFunc(lightest, func(a, b uint32) int { return cmp.Compare(weights[a], weights[b]) })
	seg.posts = makeList(len(seg.nodes), func(yield func(k, item uint32)) {
		for _, i := range lightest {
			nodes := seg.seqs.of(i)
			for j, n := range nodes {
				if !slices.Contains(nodes[:j], n) {
					yield(n, i)
				}
			}
		}
	})
	seg.fillCompanions(weights)
}

// weights are the weights of whole sequences, 1/100.
func (seg *Segment) weights() []uint16 {
	out := make([]uint16, seg.seqs.len())
	for q := range out {
		for _, n := range seg.seqs.of(uint32(q)) {
			out[q] += uint16(seg.heavy[n])
		}
	}
	return out
}

// fillCompanions writes beside each posting the other nodes of its name, or a
// marker if there are too many, and the weight of the whole name.
func (seg *Segment) fillCompanions(weights []uint16) {
	seg.comps = make([]uint32, companions*len(seg.posts.item))
	seg.weight = make([]uint16, len(seg.posts.item))
	for n := range uint32(len(seg.nodes)) {
		for k := seg.posts.start[n]; k < seg.posts.start[n+1]; k++ {
			q := seg.posts.item[k]
			nodes := seg.seqs.of(q)
			seg.weight[k] = weights[q]
			own := seg.comps[companions*k : companions*(k+1)]
			for i := range own {
				own[i] = none
			}
			at, self := 0, false
			for _, m := range nodes {
				if m == n && !self {
					self = true
					continue
				}
				if at == companions {
					own[0] = many
					continue
				}
				own[at] = m
				at++
			}
		}
	}
}

// many marks a posting with more companions than it can hold.
const many = none - 1
