package name

import (
	"slices"
	"unicode/utf8"

	"interdict/internal/script"
)

// Kind is the way a string is read.
type Kind uint8

// The two ways to read a name. Vessels, aircraft and wallets are read as
// organisations; a subject of unknown kind is read both ways.
const (
	AsPerson Kind = iota
	AsOrganisation
)

// Tag marks what a position is in the structure of a name. Tags feed
// penalties only, never gains.
type Tag uint8

// Tags of positions.
const (
	Kunya      Tag = 1 << iota // "Abu" and the word behind it
	Patronymic                 // -ovich, -ovna and the like
	Syllable                   // one sign of Han or Hangul
	Letter                     // a letter at the end of the name of an organisation or a vessel
	Paternal                   // the first of two family names that stand before a comma
	Derived                    // no word of the name, but made of the first letters of its words
)

// Position is one place in a name: a word, or words that count as one.
type Position struct {
	Word  uint32  // number of the word with the Reader that read it; 0 if it has none
	Alts  []Token // readings of the word, the likeliest first, which gives class and weight
	Start int     // bytes in the string as given
	End   int
	Chain uint8 // number of nasab markers before it
	Tags  Tag
}

// Weight returns the weight of the position in 1/100.
func (p Position) Weight() int { return int(p.Alts[0].Weight) }

// Class returns the class of the position.
func (p Position) Class() Class { return p.Alts[0].Class }

// Reading is a name taken apart in one way.
type Reading struct {
	Kind      Kind
	Positions []Position
	Flags     script.Flags
}

// MaxPositions is the number of positions of the longest name that is
// compared. A longer text is for document screening; it is never cut.
const MaxPositions = 64

// maxAlternatives bounds the readings of one word: part of the definition of
// the score, not an optimisation.
const maxAlternatives = 6

// Analyse reads s as a name of the given kind. A string without a letter or a
// digit gives a reading without positions. Signs of Han are read by all
// systems at once; [Readings] keeps them apart.
func Analyse(s string, kind Kind) Reading {
	var r *Reader
	return r.Analyse(s, kind)
}

func (r *Reader) analyse(words []word, kind Kind, by system) Reading {
	out := Reading{Kind: kind}
	for _, w := range words {
		out.Flags |= w.flags
	}
	given := len(words)
	if kind == AsPerson {
		words, given = familyLast(words)
	}
	out.Positions = r.positions(nil, words, kind, by)
	if given < len(words) {
		paternal(out.Positions, words[0].start)
	}
	if kind == AsOrganisation {
		out.mark(words)
	}
	return out
}

// mark tags what the words of an organisation's name by themselves do not tell.
func (r *Reading) mark(words []word) {
	last := len(r.Positions) - 1
	if last > 0 && r.Positions[last].Class() == Initial {
		r.Positions[last].Tags |= Letter
	}
	if bearer(words) {
		// What such a name may lack is judged as of a person.
		for i := range r.Positions {
			r.Positions[i].Tags |= Syllable
		}
	}
}

// bearer reports words that are a person's name by their looks: two to four
// signs of Han or Hangul with a blank among them, and no word of organisations.
func bearer(words []word) bool {
	signs := 0
	for _, w := range words {
		if s := script.Of(w.clean); s != "Hani" && s != "Hang" || knownWord(w.clean) > 0 {
			return false
		}
		signs += utf8.RuneCountInString(w.clean)
	}
	return len(words) > 1 && signs <= 4
}

// positions adds the positions of words, those of plain words from memory.
func (r *Reader) positions(out []Position, words []word, kind Kind, by system) []Position {
	if out == nil {
		out = make([]Position, 0, len(words))
	}
	var before lineage
	if r == nil || len(by.tables) > 0 {
		return r.read(out, words, kind, by, &before)
	}
	for at := 0; at < len(words); {
		calm, end := r.run(words, at, kind)
		for ; at < calm; at++ {
			out = r.plainly(out, &words[at], kind, &before)
		}
		if at < end {
			out = r.read(out, words[at:end], kind, by, &before)
			at = end
		}
	}
	return out
}

// read adds the positions of words, each with regard to those beside it.
func (r *Reader) read(out []Position, words []word, kind Kind, by system, before *lineage) []Position {
	if kind == AsOrganisation {
		words = acronyms(words)
	}
	pieces := r.scratch(len(words))
	for _, w := range words {
		pieces = r.appendPieces(pieces, w, kind, by)
	}
	r.keep(pieces)
	pieces = glue(pieces)
	if kind == AsOrganisation {
		return organisation(out, pieces)
	}
	return before.person(out, pieces)
}

// familyLast turns "Family, Given" into "Given Family", and returns the number
// of given names: of all words if there is no comma.
func familyLast(words []word) (turned []word, given int) {
	for i, w := range words {
		if w.comma && i+1 < len(words) {
			given = len(words) - i - 1
			return append(slices.Clone(words[i+1:]), words[:i+1]...), given
		}
	}
	return words, len(words)
}

// paternal tags the first of two family names, side by side, before the byte at
// which the given names begin. A particle between them makes other names: of a
// husband, "de", or of a tribe, "al".
func paternal(p []Position, given int) {
	for i := range p {
		if p[i].Start >= given || p[i].Class() != Word {
			continue
		}
		if i+1 < len(p) && p[i+1].Class() == Word {
			p[i].Tags |= Paternal
		}
		return
	}
}
