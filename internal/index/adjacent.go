package index

// adjacent holds which nodes stand side by side in a name, one bit a hash of
// the pair: it may say yes too often. A word is two of a listed name only where
// its halves do (R6), and most words of any text can be cut somehow.
type adjacent []uint64

// pairBits is the number of bits for each pair.
const pairBits = 8

func (seg *Segment) adjacentNodes() adjacent {
	size := uint64(1)
	for size < uint64(pairBits*len(seg.seqs.item)/64) {
		size *= 2
	}
	set := make(adjacent, size)
	for q := range uint32(seg.seqs.len()) {
		nodes := seg.seqs.of(q)
		for i := 1; i < len(nodes); i++ {
			at, bit := set.place(nodes[i-1], nodes[i])
			set[at] |= bit
		}
	}
	return set
}

// may reports whether a may stand right before b.
func (set adjacent) may(a, b uint32) bool {
	at, bit := set.place(a, b)
	return set[at]&bit != 0
}

func (set adjacent) place(a, b uint32) (at uint64, bit uint64) {
	h := (uint64(a)<<32 | uint64(b)) * 0x9e3779b97f4a7c15
	h ^= h >> 29
	return h >> 6 & uint64(len(set)-1), 1 << (h & 63)
}
