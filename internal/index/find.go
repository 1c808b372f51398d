package index

import (
	"interdict/internal/match"
	"interdict/internal/name"
)

// finders are the complete enumerators of the relations (matching.md 4): for
// a probe token they give every dictionary token that may be related, and
// perhaps some that are not.
type finders struct {
	exact   table    // class and surface; R1
	folds   table    // fold, and fold with up to Reach letters deleted; R2, and R5, R6 by equal fold
	bones   table    // skeletons of all words, and one letter deleted; R3 for a probe without short vowels
	abjad   table    // the same, of words without short vowels; R3 for any other probe
	letters list     // first byte of a word's surface -> words; R4
	senses  list     // lexicon group -> words; R7
	sets    []uint64 // token -> symbols of its fold
	joins   joinSet  // folds of words that two words may be together
}

// joinSet holds the folds of words, one bit a hash: it may say yes too often.
type joinSet struct{ bitSet }

// remember makes what is not in the file of a segment.
func (f *finders) remember(tokens []name.Token) {
	f.joins = makeJoins(tokens)
	f.sets = make([]uint64, len(tokens))
	for i := range tokens {
		f.sets[i] = lettersOf(tokens[i].Fold)
	}
}

func makeJoins(tokens []name.Token) joinSet {
	set := joinSet{newBitSet(16 * len(tokens))}
	for i := range tokens {
		if t := &tokens[i]; t.Class == name.Word && len(t.Fold) >= match.MinJoined && len(t.Fold) <= name.LongWord {
			set.put(hash(t.Fold))
		}
	}
	return set
}

// may reports whether the folds a and b together may be the fold of a word.
func (set joinSet) may(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	h := uint32(hashStart)
	for i := range len(a) {
		h = (h ^ uint32(a[i])) * hashPrime
	}
	if a[len(a)-1] == b[0] {
		b = b[1:] // equal neighbours collapse
	}
	for i := range len(b) {
		h = (h ^ uint32(b[i])) * hashPrime
	}
	return set.has(finish(h))
}

func makeFinders(tokens []name.Token) finders {
	var f finders
	f.exact = makeTable(len(tokens), func(yield func(h, id uint32)) {
		for i := range tokens {
			yield(hashClass(tokens[i].Class, tokens[i].Surface), uint32(i))
		}
	})
	f.folds = variantTable(tokens, func(t *name.Token, add func(uint32)) {
		if editable(t) {
			deletions(t.Fold, reach(t.Fold), add)
		}
	})
	f.bones = variantTable(tokens, func(t *name.Token, add func(uint32)) { boneVariants(t, add) })
	f.abjad = variantTable(tokens, func(t *name.Token, add func(uint32)) {
		if t.Abjad {
			boneVariants(t, add)
		}
	})
	f.letters = makeList(256, func(yield func(k, item uint32)) {
		for i := range tokens {
			if tokens[i].Class == name.Word {
				yield(uint32(tokens[i].Surface[0]), uint32(i))
			}
		}
	})
	f.remember(tokens)
	groups := uint32(0)
	for i := range tokens {
		for _, s := range tokens[i].Senses {
			groups = max(groups, s.Group)
		}
	}
	f.senses = makeList(int(groups)+1, func(yield func(k, item uint32)) {
		for i := range tokens {
			for _, s := range tokens[i].Senses {
				yield(s.Group, uint32(i))
			}
		}
	})
	return f
}

func editable(t *name.Token) bool {
	return t.Fold != "" && (t.Class == name.Word || t.Class == name.Particle || t.Class == name.Initial)
}

// reach is the number of letters that one side deletes: its own reach, which
// is at least that of the shorter of two folds.
func reach(f string) int {
	if len(f) > name.LongWord {
		return 0
	}
	return match.Reach(len(f))
}

// deletions gives the hash of f and of every string left after deleting up to
// k of its letters. Two strings within k edits have one of these in common:
// each edit costs at most one deletion on each side.
func deletions(f string, k int, add func(uint32)) {
	add(hash(f))
	if k == 0 {
		return
	}
	var buf [name.LongWord]byte
	for i := range len(f) {
		if i > 0 && f[i] == f[i-1] {
			continue
		}
		one := append(append(buf[:0], f[:i]...), f[i+1:]...)
		add(hashBytes(one))
		if k == 1 {
			continue
		}
		before := uint32(hashStart) // of the letters before j
		for _, c := range one[:i] {
			before = (before ^ uint32(c)) * hashPrime
		}
		for j := i; j < len(one); j++ {
			if j == i || one[j] != one[j-1] {
				add(hashOn(before, one[j+1:]))
			}
			before = (before ^ uint32(one[j])) * hashPrime
		}
	}
}

// boneVariants gives hashes of which two words have one in common where relation R3
// may hold between their skeletons. One edit is allowed between skeletons of three
// symbols that begin alike, and between longer ones, which do not meet each other:
// their variants are hashed apart, or every short skeleton would meet most words.
func boneVariants(t *name.Token, add func(uint32)) {
	if t.Skeleton == "" || t.Class != name.Word {
		return
	}
	switch n := len(t.Skeleton); {
	case n < 3 || n > name.LongWord:
		add(hash(t.Skeleton))
	case n == 3:
		s := t.Skeleton
		add(hash(s))
		add(hash(s[:2]) ^ apartThree)
		add(hash(s[:1]+s[2:]) ^ apartThree)
	default:
		deletions(t.Skeleton, 1, func(h uint32) { add(h ^ apartLong) })
	}
}

// What hashes of skeletons with a letter deleted are changed by, so that they are
// no hashes of whole ones, nor of each other.
const (
	apartThree = 0x9e3779b9
	apartLong  = 0x7f4a7c15
)

const (
	hashStart = 2166136261
	hashPrime = 16777619
)

func hash(s string) uint32 {
	h := uint32(hashStart)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * hashPrime
	}
	return finish(h)
}

func hashBytes(s []byte) uint32 { return hashOn(hashStart, s) }

// hashOn is the hash of s behind what h is of.
func hashOn(h uint32, s []byte) uint32 {
	for _, c := range s {
		h = (h ^ uint32(c)) * hashPrime
	}
	return finish(h)
}

func hashClass(c name.Class, s string) uint32 {
	return finish(hash(s) ^ uint32(c)*hashPrime)
}

// finish spreads the bits: tables use the low ones.
func finish(h uint32) uint32 {
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	return h
}
