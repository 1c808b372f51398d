package material

import (
	"hash/fnv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Near-same texts are found by MinHash over shingles of three words (Broder,
// "On the resemblance and containment of documents", 1997) with banding, so
// that looking for one is looking up a few keys.
const (
	shingle = 3
	rows    = 4  // places of a band
	bands   = 16 // a text of the same shingles by 80 % shares a band in 9998 of 10000 cases
)

// Sketch is the MinHash of a text; the zero value is that of a text without words.
type Sketch [rows * bands]uint64

// SketchOf returns the sketch of a text. Case, punctuation, spacing and
// compatibility forms do not matter. A text of fewer than three words is one
// shingle.
func SketchOf(text string) Sketch {
	var s Sketch
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
	if len(words) == 0 {
		return s
	}
	for i := range s {
		s[i] = ^uint64(0)
	}
	for i := 0; i == 0 || i+shingle <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i:min(i+shingle, len(words))] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		x := h.Sum64()
		for j := range s {
			s[j] = min(s[j], mix(x+uint64(j)*0x9e3779b97f4a7c15))
		}
	}
	return s
}

// mix is the finaliser of splitmix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Agree returns in how many of its 64 places s agrees with t: an estimate of
// the share of shingles that both texts have.
func (s Sketch) Agree(t Sketch) int {
	n := 0
	for i := range s {
		if s[i] == t[i] && s != (Sketch{}) {
			n++
		}
	}
	return n
}

// Bands returns the keys of s: two near-same texts share at least one. A text
// without words has none.
func (s Sketch) Bands() []uint64 {
	if s == (Sketch{}) {
		return nil
	}
	keys := make([]uint64, bands)
	for i := range keys {
		x := uint64(i)
		for _, v := range s[i*rows : (i+1)*rows] {
			x = mix(x ^ v)
		}
		keys[i] = x
	}
	return keys
}
