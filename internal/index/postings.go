package index

import (
	"cmp"
	"iter"
	"slices"

	"interdict/internal/name"
)

// companions is how many other words of a name its postings tell of.
const companions = 6

// What a search asks of a posting first lies together, in two numbers: the marks of
// the companions, which are the other nodes of the sequence, and what it is like. A
// missing companion has the mark 0.
//
//	0: four marks | 1: two marks, what it is like in the upper half
const lookSize = 2

// What a name is like: its weight in 1/100, its kind, whether it has more companions
// than there are marks, and the letters that its words begin with.
const (
	weightBits = 13 // 64 words of at most 120
	kindBits   = 1
	moreBits   = 1
)

// alike is what a name is like.
type alike uint32

func (a alike) weight() int64      { return int64(a & (1<<weightBits - 1)) }
func (a alike) kind() name.Kind    { return name.Kind(a >> weightBits & (1<<kindBits - 1)) }
func (a alike) more() bool         { return a>>(weightBits+kindBits)&1 == 1 }
func (a alike) letters() letterSet { return letterSet(a >> (weightBits + kindBits + moreBits)) }

// mark is a hash of a node, never 0: a search knows its nodes by so few marks that
// they fit into the memory nearest to a processor. What is said of a mark holds for
// every node that has it, so that bounds by marks are never too low.
type mark uint16

func markOf(node uint32) mark { return mark(max(1, node*0x9e3779b1>>16)) }

// postings are the names that hold each node, the lightest first.
type postings struct {
	start []uint32 // node -> its first posting, by number
	seqs  []uint32 // posting -> sequence
	looks []uint64 // posting -> lookSize numbers
}

func (p *postings) len() int { return len(p.seqs) }

// length is the number of postings of a node.
func (p *postings) length(n uint32) uint32 { return p.start[n+1] - p.start[n] }

func (p *postings) extent(n uint32) extent { return extent{p.start[n], p.length(n)} }

// of are the sequences that hold a node.
func (p *postings) of(n uint32) []uint32 { return p.seqs[p.start[n]:p.start[n+1]] }

// alike is what the name of a posting is like.
func (p *postings) alike(posting uint32) alike { return likeness(p.looks[lookSize*uint64(posting)+1]) }

// likeness is what a name is like by the second number of its posting.
func likeness(second uint64) alike { return alike(second >> 32) }

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
	count := seg.posts.start[len(seg.nodes)]
	seg.posts.seqs, seg.posts.looks = make([]uint32, count), make([]uint64, lookSize*uint64(count))
	next := slices.Clone(seg.posts.start[:len(seg.nodes)])
	for _, q := range lightest {
		for n := range seg.distinctNodes(q) {
			seg.fill(next[n], n, q, weights[q])
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
func (seg *Segment) fill(posting, n, q uint32, weight uint16) {
	look := seg.posts.looks[lookSize*uint64(posting):][:lookSize]
	self, count, more, letters := false, 0, uint32(0), letterSet(0)
	for _, m := range seg.seqs.of(q) {
		letters |= seg.letters[m]
		switch {
		case m == n && !self:
			self = true
		case count == companions:
			more = 1
		default:
			look[count/4] |= uint64(markOf(m)) << (count % 4 * 16)
			count++
		}
	}
	is := uint32(weight) | (uint32(seg.kinds[q])|(more|uint32(letters)<<moreBits)<<kindBits)<<weightBits
	look[1] |= uint64(is) << 32
	seg.posts.seqs[posting] = q
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
