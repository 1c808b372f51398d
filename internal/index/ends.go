package index

import (
	"interdict/internal/match"
	"interdict/internal/name"
)

// foldEnds holds what the folds of words begin and end with, one bit a hash: it
// may say yes too often. Most words of a text are neither end of a word of the
// dictionary, and need not be joined with their neighbours.
type foldEnds struct{ begins, ends bitSet }

// leastEnds is the number of bits that any dictionary has: as many as lie near a
// processor.
const leastEnds = 1 << 17

func endsOf(tokens []name.Token) foldEnds {
	size := max(leastEnds, 32*len(tokens))
	f := foldEnds{newBitSet(size), newBitSet(size)}
	for i := range tokens {
		t := &tokens[i]
		if t.Class != name.Word || len(t.Fold) < match.MinJoined || len(t.Fold) > name.LongWord {
			continue
		}
		front, back := uint32(hashStart), uint32(hashStart)
		for k := range len(t.Fold) - 1 {
			front = (front ^ uint32(t.Fold[k])) * hashPrime
			back = (back ^ uint32(t.Fold[len(t.Fold)-1-k])) * hashPrime
			f.begins.put(finish(front))
			f.ends.put(finish(back))
		}
	}
	return f
}

// begin reports whether one of the readings may be the first of two words that
// are one of the dictionary.
func (f *foldEnds) begin(alts []name.Token) bool {
	for i := range min(len(alts), match.JoinAlternatives) {
		h := uint32(hashStart)
		for k := range len(alts[i].Fold) {
			h = (h ^ uint32(alts[i].Fold[k])) * hashPrime
		}
		if f.begins.has(finish(h)) {
			return true
		}
	}
	return false
}

// end reports whether one of the readings may be the second of them: with its
// first letter, or without if that is the last of the first word too.
func (f *foldEnds) end(alts []name.Token) bool {
	for i := range min(len(alts), match.JoinAlternatives) {
		fold, h := alts[i].Fold, uint32(hashStart)
		for k := len(fold) - 1; k >= 0; k-- {
			h = (h ^ uint32(fold[k])) * hashPrime
			if k <= 1 && f.ends.has(finish(h)) {
				return true
			}
		}
	}
	return false
}

// bitSet holds hashes by their high bits.
type bitSet struct {
	words []uint64
	shift uint8
}

// newBitSet makes a set of at least so many bits.
func newBitSet(size int) bitSet {
	bits := uint8(6)
	for bits < 32 && 1<<bits < size {
		bits++
	}
	return bitSet{make([]uint64, 1<<bits/64), 32 - bits}
}

func (b bitSet) put(h uint32) {
	h >>= b.shift
	b.words[h/64] |= 1 << (h % 64)
}

func (b bitSet) has(h uint32) bool {
	h >>= b.shift
	return b.words[h/64]>>(h%64)&1 == 1
}
