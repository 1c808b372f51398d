package index

import (
	"slices"

	"interdict/internal/name"
)

// table maps 32-bit hashes to ids: by the low bits to a bucket, in which each id
// has the highest bits of its hash beside it. Collisions add candidates and lose
// none. The sieve, where there is one, has a bit for each hash that the table
// holds, by the high bits: it is small enough to stay near the processor, and most
// hashes that are asked for are not there.
type table struct {
	list
	sieve []uint32
}

const (
	// sieveBits is the number of bits of a sieve for each hash in it.
	sieveBits = 8
	// bucketSize is how many ids share a bucket, about.
	bucketSize = 4
	// tagBits is how much of a hash stands beside its id.
	tagBits = 8
	// mostIDs is more than any id.
	mostIDs = 1 << (32 - tagBits)
)

// find adds the ids of a hash to out.
func (t *table) find(h uint32, out []uint32) []uint32 {
	if len(t.item) == 0 {
		return out
	}
	if len(t.sieve) > 0 {
		if at := t.bit(h); t.sieve[at/32]>>(at%32)&1 == 0 {
			return out
		}
	}
	for _, x := range t.list.of(h & uint32(t.len()-1)) {
		if (x^h)>>(32-tagBits) == 0 {
			out = append(out, x%mostIDs)
		}
	}
	return out
}

// makeTable makes a table of (hash, id) pairs; ids of a hash stay in order.
func makeTable(count int, pairs func(yield func(h, id uint32))) table {
	size := 1
	for size*bucketSize < count {
		size *= 2
	}
	mask := uint32(size - 1)
	return table{list: makeList(size, func(yield func(k, item uint32)) {
		pairs(func(h, id uint32) { yield(h&mask, id|h&^(mostIDs-1)) })
	})}
}

// bit is the place of a hash in the sieve.
func (t *table) bit(h uint32) uint32 {
	return uint32(uint64(h) * uint64(32*len(t.sieve)) >> 32)
}

func sieveWords(hashes int) int { return (sieveBits*hashes + 31) / 32 }

// sift makes the sieve.
func (t *table) sift(hashes []uint32) {
	t.sieve = make([]uint32, sieveWords(len(hashes)))
	for _, h := range hashes {
		at := t.bit(h)
		t.sieve[at/32] |= 1 << (at % 32)
	}
}

// variantTable makes a table of the distinct variants of each token.
func variantTable(tokens []name.Token, variants func(t *name.Token, add func(h uint32))) table {
	var hashes []uint32
	var ends []int
	for i := range tokens {
		from := len(hashes)
		variants(&tokens[i], func(h uint32) { hashes = append(hashes, h) })
		own := hashes[from:]
		slices.Sort(own)
		hashes = hashes[:from+len(slices.Compact(own))]
		ends = append(ends, len(hashes))
	}
	t := makeTable(len(hashes), func(yield func(h, id uint32)) {
		at := 0
		for i, end := range ends {
			for ; at < end; at++ {
				yield(hashes[at], uint32(i))
			}
		}
	})
	t.sift(hashes)
	return t
}
