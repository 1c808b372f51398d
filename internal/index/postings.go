package index

import (
	"cmp"
	"iter"
	"slices"

	"interdict/internal/name"
)

// companions is how many other nodes of a name its postings hold.
const companions = 4

// A posting is a run of numbers, for what a search asks of one lies together:
// the sequence; what it is like; the companions, which are the other nodes of the
// sequence, and a node that is not there for each that is missing. What it is like
// is its weight in 1/100, its kind, the number of companions, and the letters that
// its words begin with.
const (
	postingSize = 2 + companions
	weightBits  = 13 // 64 words of at most 120
	kindBits    = 1
	countBits   = 3
	// many stands for the number of companions if they are more than fit.
	many = companions + 1
)

// alike is what a name is like.
type alike uint32

func (a alike) weight() int64      { return int64(a & (1<<weightBits - 1)) }
func (a alike) kind() name.Kind    { return name.Kind(a >> weightBits & (1<<kindBits - 1)) }
func (a alike) count() uint32      { return uint32(a >> (weightBits + kindBits) & (1<<countBits - 1)) }
func (a alike) letters() letterSet { return letterSet(a >> (weightBits + kindBits + countBits)) }

// postings are the names that hold each node, the lightest first.
type postings struct {
	start []uint32 // node -> its first posting, by number
	item  []uint32
}

func (p *postings) len() int { return len(p.item) / postingSize }

// length is the number of postings of a node.
func (p *postings) length(n uint32) uint32 { return p.start[n+1] - p.start[n] }

func (p *postings) extent(n uint32) extent { return extent{p.start[n], p.length(n)} }

// of are the postings from a number on, one after the other.
func (p *postings) of(from, count uint32) []uint32 {
	return p.item[uint64(from)*postingSize : uint64(from+count)*postingSize]
}

// seqs are the sequences that hold a node.
func (p *postings) seqs(n uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for all := p.of(p.start[n], p.length(n)); len(all) > 0; all = all[postingSize:] {
			if !yield(all[0]) {
				return
			}
		}
	}
}

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
	seg.post()
}

// post makes the postings of the sequences.
func (seg *Segment) post() {
	weights := seg.weights()
	seg.letters = seg.firstLetters()
	lightest := make([]uint32, len(weights))
	for i := range lightest {
		lightest[i] = uint32(i)
	}
	slices.SortStableFunc(lightest, func(a, b uint32) int { return cmp.Compare(weights[a], weights[b]) })
	seg.posts.start = make([]uint32, len(seg.nodes)+1)
	for q := range uint32(seg.seqs.len()) {
		for n := range seg.distinctNodes(q) {
			seg.posts.start[n+1]++
		}
	}
	for n := range seg.nodes {
		seg.posts.start[n+1] += seg.posts.start[n]
	}
	seg.posts.item = make([]uint32, uint64(seg.posts.start[len(seg.nodes)])*postingSize)
	next := slices.Clone(seg.posts.start[:len(seg.nodes)])
	for _, q := range lightest {
		for n := range seg.distinctNodes(q) {
			seg.fill(seg.posts.of(next[n], 1), n, q, weights[q])
			next[n]++
		}
	}
}

// distinctNodes yields each node of a sequence once.
func (seg *Segment) distinctNodes(q uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		nodes := seg.seqs.of(q)
		for i, n := range nodes {
			if !slices.Contains(nodes[:i], n) && !yield(n) {
				return
			}
		}
	}
}

// fill writes the posting of a node of a sequence. Of a node that stands there
// several times the others are companions.
func (seg *Segment) fill(p []uint32, n, q uint32, weight uint16) {
	p[0] = q
	own, self, count, letters := p[2:], false, uint32(0), letterSet(0)
	for i := range own {
		own[i] = uint32(len(seg.nodes))
	}
	for _, m := range seg.seqs.of(q) {
		letters |= seg.letters[m]
		switch {
		case m == n && !self:
			self = true
		case count >= companions:
			count = many
		default:
			own[count] = m
			count++
		}
	}
	p[1] = uint32(weight) | (uint32(seg.kinds[q])|(count|uint32(letters)<<countBits)<<kindBits)<<weightBits
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
