package index

import (
	"interdict/internal/match"
	"interdict/internal/name"
)

// foldEnds holds what the folds of words begin and end with, one bit a hash: it
// may say yes too often. Most words of a text are neither end of a word of the
// dictionary, and need not be joined with their neighbours.
type foldEnds struct{ begins, ends []uint64 }

const endBits = 21

func endsOf(tokens []name.Token) foldEnds {
	f := foldEnds{make([]uint64, 1<<endBits/64), make([]uint64, 1<<endBits/64)}
	for i := range tokens {
		t := &tokens[i]
		if t.Class != name.Word || len(t.Fold) < match.MinJoined || len(t.Fold) > name.LongWord {
			continue
		}
		front, back := uint32(hashStart), uint32(hashStart)
		for k := range len(t.Fold) - 1 {
			front = (front ^ uint32(t.Fold[k])) * hashPrime
			back = (back ^ uint32(t.Fold[len(t.Fold)-1-k])) * hashPrime
			setBit(f.begins, finish(front))
			setBit(f.ends, finish(back))
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
		if hasBit(f.begins, finish(h)) {
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
			if k <= 1 && hasBit(f.ends, finish(h)) {
				return true
			}
		}
	}
	return false
}

func setBit(bits []uint64, h uint32) {
	h >>= 32 - endBits
	bits[h/64] |= 1 << (h % 64)
}

func hasBit(bits []uint64, h uint32) bool {
	h >>= 32 - endBits
	return bits[h/64]>>(h%64)&1 == 1
}
