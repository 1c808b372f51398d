package name

import (
	"slices"
	"strings"
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

// piece is a word in romanised form, not yet a token.
type piece struct {
	alts     []string
	abjad    []bool  // per alternative; nil if none is
	one      bool    // a single letter as printed
	syllable bool    // a single sign of Han or Hangul
	native   string  // the word in its own script (script.Key), if that is not Latin
	meant    string  // the word of a legal form of which it is a misspelling
	known    *memory // what a Reader remembers of it; nil if nothing
}

// placed is a piece where it stands in the string as given.
type placed struct {
	*piece
	start, end int
}

func (p *piece) first() string { return p.alts[0] }

// join makes one piece of p and q; how writes each pair of alternatives.
func (p placed) join(q placed, how func(a, b string) string) placed {
	out := placed{&piece{}, p.start, q.end}
	if q.start < p.start {
		out.end = p.end
	}
	for i, a := range p.alts {
		for j, b := range q.alts {
			out.add(how(a, b), p.isAbjad(i) || q.isAbjad(j))
		}
	}
	return out
}

func (p *piece) isAbjad(i int) bool { return p.abjad != nil && p.abjad[i] }

// add adds an alternative unless it is there or there are enough.
func (p *piece) add(s string, abjad bool) {
	if len(p.alts) >= maxAlternatives || s == "" {
		return
	}
	for i, a := range p.alts {
		if a == s && p.isAbjad(i) == abjad {
			return
		}
	}
	p.alts = append(p.alts, s)
	if abjad && p.abjad == nil {
		p.abjad = make([]bool, len(p.alts)-1, maxAlternatives)
	}
	if p.abjad != nil {
		p.abjad = append(p.abjad, abjad)
	}
}

// insert puts an alternative of a script with vowels at a place, and drops the
// last one if there are too many.
func (p *piece) insert(at int, s string) {
	if p.abjad == nil && !slices.Contains(p.alts, s) {
		p.alts = slices.Insert(p.alts, min(at, len(p.alts)), s)
		p.alts = p.alts[:min(len(p.alts), maxAlternatives)]
	}
}

// canonical writes compounds within each alternative in one way.
func (p *piece) canonical() *piece {
	if p.known != nil {
		return p.known.canonical(p)
	}
	return p.compounds()
}

func (p *piece) compounds() *piece {
	out := *p
	if len(p.alts) == 1 {
		if c := compound(p.alts[0]); c != p.alts[0] {
			out.alts = []string{c}
		}
		return &out
	}
	out.alts, out.abjad = nil, nil
	for i, a := range p.alts {
		out.add(compound(a), p.isAbjad(i))
	}
	return &out
}

// readPieces romanises a word: usually one piece; two where an Arabic article is
// written with its word, or a Han or Hangul name with its family name in front.
func (r *Reader) readPieces(pieces []placed, w word, kind Kind, by system) []placed {
	if lowerASCII(w.clean) {
		p := &piece{alts: append(append(script.Lettered(w.clean), w.clean), habits(w.clean)...), one: len(w.clean) == 1}
		if kind == AsOrganisation {
			p.alts = append(p.alts, towns(w.clean)...)
			p.meant = meant(w.clean)
		}
		return append(pieces, placed{p, w.start, w.end})
	}
	switch script.Of(w.clean) {
	case "Arab":
		return r.appendArabic(pieces, w, kind)
	case "Mymr":
		if kind == AsPerson {
			for _, s := range script.BurmeseSyllables(w.clean) {
				pieces = r.appendRomanised(pieces, w, s, by)
			}
			return pieces
		}
	case "Hani", "Hang":
		if family, given, ok := cutFamily(w.clean); ok && kind == AsPerson {
			pieces = r.appendRomanised(pieces, w, family, by)
			return r.appendRomanised(pieces, w, given, by)
		}
		if kind == AsOrganisation {
			for part := range cutWords(w.clean) {
				pieces = r.appendRomanised(pieces, w, part, by)
			}
			return pieces
		}
	}
	pieces = r.appendRomanised(pieces, w, w.clean, by)
	if n := len(pieces); kind == AsOrganisation && n > 0 && script.Of(w.clean) == "Cyrl" {
		p := pieces[n-1].piece
		for i, town := range towns(p.first()) {
			p.insert(1+i, town)
		}
	}
	return pieces
}

func (r *Reader) appendRomanised(pieces []placed, w word, text string, by system) []placed {
	p := &piece{native: script.Key(text), one: utf8.RuneCountInString(text) == 1 && hasInitials(text)}
	p.syllable = isSyllable(text)
	var folds []string
	for i, c := range r.candidates(text, by) {
		// Behind the first two, a reading must sound different to earn a place.
		f := fold(c.Text)
		if i >= 2 && slices.Contains(folds, f) {
			continue
		}
		folds = append(folds, f)
		p.add(c.Text, c.Flags&script.Abjad != 0)
	}
	if len(p.alts) == 0 {
		return pieces
	}
	return append(pieces, placed{p, w.start, w.end})
}

// hasInitials reports a text in a script whose single letters stand for names.
func hasInitials(text string) bool {
	switch script.Of(text) {
	case "Latn", "Cyrl", "Grek", "Armn", "Geor":
		return true
	}
	return false
}

// isSyllable reports a single sign of Han or Hangul.
func isSyllable(text string) bool {
	if utf8.RuneCountInString(text) != 1 {
		return false
	}
	s := script.Of(text)
	return s == "Hani" || s == "Hang"
}

// Family names of two signs; all others have one (names.md 3).
var twoSigns = []string{"欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "夏侯", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐", "宇文", "长孙", "長孫", "司徒", "남궁", "황보", "제갈", "선우", "독고"}

// cutFamily cuts a Han or Hangul personal name of two to four signs behind
// its family name.
func cutFamily(s string) (family, given string, ok bool) {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 4 {
		return "", "", false
	}
	_, cut := utf8.DecodeRuneInString(s)
	for _, f := range twoSigns {
		if n > 2 && strings.HasPrefix(s, f) {
			cut = len(f)
		}
	}
	return s[:cut], s[cut:], true
}
