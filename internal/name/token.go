package name

import "strings"

// Class is what a token is for the score (matching.md 3.1).
type Class uint8

// Classes of token.
const (
	Word     Class = iota // any word of a name; weight by rarity
	Number                // a number by value: a different brigade is a different brigade
	Generic               // generic word of organisations, by concept
	Initial               // one letter
	Form                  // legal form
	Particle              // particle, honorific, nasab, article, kunya marker
)

var classNames = [...]string{"word", "number", "generic", "initial", "form", "particle"}

// String returns the class in lower case.
func (c Class) String() string { return classNames[c] }

// Weights in 1/100. A Word weighs between minWord and maxWord by rarity.
const (
	numberWeight   = 120
	genericWeight  = 45
	initialWeight  = 40
	formWeight     = 30
	particleWeight = 20
	articleWeight  = LeastWeight
	minWord        = 45
	maxWord        = 100
)

// Token is one word in comparable form. Tokens with the same Class, Surface
// and Abjad are the same token.
type Token struct {
	Class    Class
	Abjad    bool    // the script of origin writes no short vowels
	Weight   uint8   // 1/100
	Surface  string  // romanised, lower case a-z0-9, or a symbol "~concept"
	Fold     string  // classes of sound, for finding; one byte a symbol
	Skeleton string  // Fold without vowels; "" if shorter than two symbols
	Senses   []Sense // lexicon groups of this word, ascending
}

// Sense is membership of a token in a group of the lexicon (relation R7).
type Sense struct {
	Group uint32
	Kind  SenseKind
}

// SenseKind says why the words of a group stand for each other.
type SenseKind uint8

// Kinds of lexicon group.
const (
	Variant     SenseKind = iota // customary spellings of one name
	Nickname                     // short form of a given name
	Translation                  // the same name or word in another language
	Attested                     // seen in each other's place in names of one bearer; a group is a pair
)

// LeastWeight is the weight of the lightest token, in 1/100.
const LeastWeight = 10

// LongWord is the longest fold that edit relations look at; longer words match
// exactly or by the lexicon only. Part of the definition of the score.
const LongWord = 40

// newToken builds the token of a romanised surface.
func newToken(c Class, surface string, abjad bool) Token {
	t := Token{Class: c, Surface: surface, Abjad: abjad}
	switch c {
	case Number:
		t.Weight, t.Fold = numberWeight, surface
	case Generic:
		t.Weight, t.Fold = genericWeight, surface
	case Form:
		t.Weight, t.Fold = formWeight, surface
	case Initial:
		t.Weight, t.Fold = initialWeight, surface
	case Particle:
		t.Weight, t.Fold = particleWeight, fold(surface)
		if particles()[surface].kind == article {
			t.Weight = articleWeight
		}
	default:
		t.Weight, t.Fold = rarity(surface), fold(surface)
		t.Skeleton = skeleton(t.Fold)
		t.Senses = senses(surface)
	}
	return t
}

// Restore makes a token of its stored parts; only the lexicon is looked up.
func Restore(c Class, abjad bool, weight uint8, surface, fold, skeleton string) Token {
	t := Token{Class: c, Abjad: abjad, Weight: weight, Surface: surface, Fold: fold, Skeleton: skeleton}
	if c == Word {
		t.Senses = senses(surface)
	}
	return t
}

// fold maps a surface to classes of sound, longest rule first; equal
// neighbours collapse. S is sh, C is ch. It is a class for finding, not an
// equality: the score still prices the difference (matching.md 3.2).
func fold(s string) string {
	var buf [64]byte
	out := buf[:0]
	put := func(b byte) {
		if n := len(out); n == 0 || out[n-1] != b {
			out = append(out, b)
		}
	}
	for i := 0; i < len(s); {
		n, sym := foldAt(s, i)
		for j := 0; j < len(sym); j++ {
			put(sym[j])
		}
		i += n
	}
	return string(out)
}

// foldAt returns how many bytes of s at i one rule takes and its symbols.
func foldAt(s string, i int) (int, string) {
	next := func(k int) byte {
		if i+k < len(s) {
			return s[i+k]
		}
		return 0
	}
	switch c := s[i]; c {
	case 's':
		return foldS(next)
	case 'c':
		switch next(1) {
		case 'h':
			return 2, "C"
		case 'e', 'i', 'y':
			return 1, "s"
		case 'k':
			return 2, "k"
		}
		return 1, "k"
	case 'q':
		if next(1) == 'u' && (next(2) == 'e' || next(2) == 'i') {
			return 2, "k"
		}
		return 1, "k"
	case 'x':
		return 1, "ks"
	case 'k':
		if next(1) == 'h' {
			return 2, "h"
		}
	case 'g':
		if next(1) == 'h' {
			return 2, "g"
		}
	case 'd':
		switch {
		case next(1) == 'h':
			return 2, "d"
		case next(1) == 'j':
			return 2, "j"
		case next(1) == 'z' && next(2) == 'h':
			return 3, "j"
		}
	case 't':
		if n, sym := foldT(next); n > 0 {
			return n, sym
		}
	case 'z':
		if next(1) == 'h' {
			return 2, "j"
		}
		return 1, "s"
	case 'p':
		if next(1) == 'h' {
			return 2, "f"
		}
	case 'w':
		return 1, "v"
	case 'y':
		return 1, "i"
	case 'e':
		if next(1) == 'e' {
			return 2, "i"
		}
	case 'o':
		if next(1) == 'u' {
			return 2, "u"
		}
		return 1, "u"
	}
	return 1, s[i : i+1]
}

// foldS takes the rule at an s.
func foldS(next func(int) byte) (int, string) {
	switch {
	case next(1) == 'h' && next(2) == 'c' && next(3) == 'h':
		return 4, "S"
	case next(1) == 'h':
		return 2, "S"
	case next(1) == 'c' && next(2) == 'h':
		return 3, "S"
	}
	return 1, "s"
}

// foldT takes the rule at a t, if it is more than the letter.
func foldT(next func(int) byte) (int, string) {
	switch {
	case next(1) == 's' && next(2) == 'c' && next(3) == 'h':
		return 4, "C"
	case next(1) == 'c' && next(2) == 'h':
		return 3, "C"
	case next(1) == 'h':
		return 2, "t"
	case next(1) == 's', next(1) == 'z':
		return 2, "s"
	}
	return 0, ""
}

// skeleton is a fold without vowels. Shorter than two symbols it is of no use
// and empty.
func skeleton(f string) string {
	var b strings.Builder
	last := byte(0)
	for i := 0; i < len(f); i++ {
		c := f[i]
		if isVowel(c) || c == last {
			continue
		}
		b.WriteByte(c)
		last = c
	}
	if b.Len() < 2 {
		return ""
	}
	return b.String()
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	}
	return false
}
