package name

import (
	"strconv"
	"strings"
	"sync"
)

// lineage is what the words of a person's name so far say of the next ones.
type lineage struct {
	chain uint8 // number of nasab markers
	kunya bool  // the word of a kunya is yet to come
}

// person adds the positions of the pieces of a person's name.
func (l *lineage) person(out []Position, pieces []placed) []Position {
	for i := range pieces {
		p := pieces[i]
		pos := Position{Word: p.number(), Start: p.start, End: p.end, Chain: l.chain, Alts: p.tokens(AsPerson)}
		is := p.traits()
		switch {
		case is&aNasab != 0:
			if l.chain < 255 {
				l.chain++
			}
		case is&aKunya != 0:
			pos.Tags |= Kunya
			l.kunya = true
			out = append(out, pos)
			continue
		}
		if is&patronymic != 0 {
			pos.Tags |= Patronymic
		}
		if p.syllable {
			pos.Tags |= Syllable
		}
		out = append(out, l.named(pos))
	}
	return out
}

// named marks the word of a kunya.
func (l *lineage) named(pos Position) Position {
	if l.kunya && pos.Class() == Word {
		pos.Tags |= Kunya
		l.kunya = false
	}
	return pos
}

func isPatronymic(s string) bool {
	for _, end := range []string{"ovich", "evich", "ovna", "evna", "ovych", "evych", "ivna", "ichna"} {
		if len(s) > len(end)+1 && strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// organisation adds the positions of the pieces of an organisation's name: the
// longest phrase that names a concept is one position.
func organisation(out []Position, pieces []placed) []Position {
	for i := 0; i < len(pieces); {
		if p, ok := compoundNumber(pieces[i:]); ok {
			out = append(out, p)
			i += 2
			continue
		}
		c, n := phrase(pieces[i:])
		if n == 0 {
			p := pieces[i]
			out = append(out, Position{Word: p.number(), Start: p.start, End: p.end, Alts: p.tokens(AsOrganisation)})
			i++
			continue
		}
		if p := pieces[i]; n == 1 && p.known != nil {
			out = append(out, Position{Word: p.number(), Start: p.start, End: p.end, Alts: p.known.concept(c, pieces[i:i+1])})
			i++
			continue
		}
		first, last := pieces[i], pieces[i+n-1]
		out = append(out, Position{Start: first.start, End: max(first.end, last.end), Alts: conceptTokens(c, pieces[i:i+n])})
		i += n
	}
	return out
}

// compoundNumber reads tens and units in words, "forty-four", as one number.
func compoundNumber(pieces []placed) (Position, bool) {
	if len(pieces) < 2 || pieces[0].phraseLength() == 0 {
		return Position{}, false
	}
	tens, err1 := strconv.Atoi(numberWords()[pieces[0].first()])
	units, err2 := strconv.Atoi(numberWords()[pieces[1].first()])
	if err1 != nil || err2 != nil || tens < 20 || tens > 90 || units < 1 || units > 9 || len(pieces[1].first()) < 3 {
		return Position{}, false
	}
	t := newToken(Number, strconv.Itoa(tens+units), false)
	return Position{Start: pieces[0].start, End: pieces[1].end, Alts: []Token{t}}, true
}

// conceptTokens are the readings of a concept: legal forms are their symbol
// only; a generic word is also itself, for its translation is close, not equal.
func conceptTokens(c concept, words []placed) []Token {
	symbol := newToken(c.class, c.surface, false)
	if c.class == Form {
		if len(words) == 1 && words[0].meant != "" {
			// Also the word as printed: it may be no misspelling.
			return []Token{symbol, newToken(Word, words[0].first(), false)}
		}
		return []Token{symbol}
	}
	var literal strings.Builder
	for _, w := range words {
		literal.WriteString(w.first())
	}
	out := []Token{newToken(c.class, literal.String(), false), symbol}
	if len(words) == 1 && literal.Len() >= shortestReading {
		// Also a word like others, for spellings that the table does not know.
		out = append(out, newToken(Word, literal.String(), false))
	}
	return out
}

// phrase finds the longest run of pieces that is a concept, by its first
// reading or as printed. A word alone may be a concept by a later reading too,
// unless that is so short that it is many words.
func phrase(pieces []placed) (concept, int) {
	longest := pieces[0].phraseLength()
	if longest == 0 {
		return concept{}, 0
	}
	var best concept
	found := 0
	var buf, own [128]byte
	key, native := buf[:0], own[:0]
	for n := 1; n <= longest && n <= len(pieces); n++ {
		if n > 1 {
			key = append(key, ' ')
			native = append(native, ' ')
		}
		key = append(key, pieces[n-1].first()...)
		native = append(native, pieces[n-1].native...)
		if c, ok := concepts()[string(key)]; ok {
			best, found = c, n
		} else if c, ok := concepts()[string(native)]; ok {
			best, found = c, n
		}
	}
	if c, n := misspelt(pieces, longest); n > found {
		best, found = c, n
	}
	if found > 0 {
		return best, found
	}
	for _, a := range pieces[0].alts[1:] {
		if c, ok := concepts()[a]; ok && len(a) >= shortestReading {
			return c, 1
		}
	}
	return best, 0
}

// shortestReading is the length from which a reading that is not the likeliest
// may make a word a concept.
const shortestReading = 4

// phraseLength is the number of words of the longest phrase or number that the
// piece may begin, 0 if it begins none.
func (p *piece) phraseLength() int {
	if p.known != nil {
		return p.known.phrase(p)
	}
	return p.longestPhrase()
}

func (p *piece) longestPhrase() int {
	n := int(phraseStarts()[p.first()])
	if p.native != "" {
		n = max(n, int(phraseStarts()[p.native]))
	}
	if p.meant != "" {
		n = max(n, int(phraseStarts()[p.meant]))
	}
	for _, a := range p.alts[1:] {
		if _, ok := concepts()[a]; ok && len(a) >= shortestReading {
			n = max(n, 1)
		}
	}
	return n
}

// phraseStarts maps the first word of every phrase and compound number to the
// number of words of the longest.
var phraseStarts = sync.OnceValue(func() map[string]uint8 {
	out := map[string]uint8{}
	for p := range concepts() {
		first, _, _ := strings.Cut(p, " ")
		out[first] = max(out[first], uint8(strings.Count(p, " ")+1))
	}
	for w := range numberWords() {
		out[w] = max(out[w], 2)
	}
	return out
})

// tokens classes the alternatives of a piece.
func (p *piece) tokens(kind Kind) []Token {
	if p.known != nil {
		return p.known.tokens(p, kind)
	}
	return classed(p, kind)
}

func classed(p *piece, kind Kind) []Token {
	out := make([]Token, 0, len(p.alts))
	add := func(t Token) {
		for _, o := range out {
			if o.Class == t.Class && o.Surface == t.Surface && o.Abjad == t.Abjad {
				return
			}
		}
		out = append(out, t)
	}
	for i, s := range p.alts {
		class, surface := classOf(s, p.one, kind)
		add(newToken(class, surface, p.isAbjad(i)))
		if class == Particle && surface != s {
			add(newToken(class, s, p.isAbjad(i)))
		}
	}
	return out
}

// classOf tells the class of a surface and the form in which it is compared:
// numbers by value, particles by their canonical spelling.
func classOf(s string, one bool, kind Kind) (Class, string) {
	if v, ok := number(s, kind); ok {
		return Number, v
	}
	switch p := particles()[s]; {
	case p.kind == notParticle:
	case p.kind == honorific && kind == AsOrganisation, p.kind == stop && kind == AsPerson:
	default:
		return Particle, p.canonical
	}
	if one && len(s) == 1 {
		return Initial, s
	}
	return Word, s
}

// number reads digits, ordinals in digits, and in organisations number words
// and roman numerals.
func number(s string, kind Kind) (string, bool) {
	if s[0] >= '0' && s[0] <= '9' {
		digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz")
		switch s[len(digits):] {
		case "", "st", "nd", "rd", "th", "er", "eme", "oi", "yi", "ya", "go", "aya":
			if n, err := strconv.ParseUint(digits, 10, 64); err == nil {
				return strconv.FormatUint(n, 10), true
			}
			return strings.TrimLeft(digits, "0"), strings.Trim(digits, "0123456789") == ""
		}
		return "", false
	}
	if kind != AsOrganisation {
		return "", false
	}
	v, ok := numberWords()[s]
	return v, ok
}
