package name

import (
	"strings"

	"interdict/internal/script"
)

// Reader analyses names and texts as the functions of this package do, and
// remembers the words that it has read: words repeat. It is for one goroutine;
// the nil Reader remembers nothing. What it returns may be kept, and must not
// be changed.
type Reader struct {
	spellings
	heard  map[string]*entry // by what it is cleaned to
	spelt  map[string][]script.Romanised
	number uint32

	text  string // the last that was split
	cut   []word // its words
	rough []placed
	alone []Position // of plain words
}

// maxKnown is the number of words that a Reader remembers before it begins
// anew.
const maxKnown = 1 << 16

// entry is a cleaned word that was read, by kind.
type entry struct{ pieces [2][]*piece }

// memory is what a Reader knows of a piece that was read before.
type memory struct {
	number    uint32
	canon     *piece
	tokensBy  [2][]Token
	conceptBy []Token
	longest   int8   // phraseLength + 1, 0 if not asked for yet
	printed   traits // of the first reading
	glued     traits // of the first reading in canonical form
}

// Analyse reads a name as the function of that name does.
func (r *Reader) Analyse(s string, kind Kind) Reading {
	return r.analyse(withoutNotes(r.wordsOf(s), s), kind, mixed)
}

// Stream reads running text as positions of the given kind: as Analyse, but of
// any length, and a comma does not turn the words around. It writes them over
// out, which may be nil.
func (r *Reader) Stream(out []Position, text string, kind Kind) []Position {
	return r.positions(out[:0], r.wordsOf(text), kind, mixed)
}

// Forgets begins anew if r remembers very much, and reports that it did:
// numbers of words from before mean nothing then.
func (r *Reader) Forgets() bool {
	if len(r.known)+len(r.heard)+len(r.spelt) < maxKnown {
		return false
	}
	*r = Reader{}
	return true
}

// romanise is script.Romanise with a memory.
func (r *Reader) romanise(text string) []script.Romanised {
	if r == nil {
		return script.Romanise(text, script.MaxCandidates)
	}
	all, ok := r.spelt[text]
	if !ok {
		if r.spelt == nil {
			r.spelt = map[string][]script.Romanised{}
		}
		all = script.Romanise(text, script.MaxCandidates)
		r.spelt[strings.Clone(text)] = all
	}
	return all
}

// wordsOf is split with a memory of the last text: it is read in several ways.
func (r *Reader) wordsOf(text string) []word {
	if r == nil {
		return r.split(make([]word, 0, 8+len(text)/8), text)
	}
	if r.text != text || r.cut == nil {
		r.cut = r.split(r.cut[:0], text)
		r.text = text
	}
	return r.cut
}

// scratch is memory for n pieces that are gone with the next text.
func (r *Reader) scratch(n int) []placed {
	if r == nil {
		return make([]placed, 0, n)
	}
	return r.rough[:0]
}

// keep keeps the memory of scratch.
func (r *Reader) keep(pieces []placed) {
	if r != nil {
		r.rough = pieces
	}
}

func (r *Reader) entryOf(clean string) *entry {
	e, ok := r.heard[clean]
	if !ok {
		if r.heard == nil {
			r.heard = map[string]*entry{}
		}
		e = &entry{}
		r.heard[strings.Clone(clean)] = e
	}
	return e
}

// appendPieces is readPieces with a memory.
func (r *Reader) appendPieces(pieces []placed, w word, kind Kind, by system) []placed {
	if r == nil || len(by.tables) > 0 {
		return r.readPieces(pieces, w, kind, by)
	}
	e := w.entry
	if e == nil {
		e = r.entryOf(w.clean)
	}
	if e.pieces[kind] == nil {
		known := []*piece{}
		for _, p := range r.readPieces(nil, word{clean: strings.Clone(w.clean)}, kind, by) {
			r.number++
			p.known = &memory{number: r.number}
			known = append(known, p.piece)
		}
		e.pieces[kind] = known
	}
	for _, p := range e.pieces[kind] {
		pieces = append(pieces, placed{p, w.start, w.end})
	}
	return pieces
}

func (p *piece) number() uint32 {
	if p.known == nil {
		return 0
	}
	return p.known.number
}

func (m *memory) canonical(p *piece) *piece {
	if m.canon == nil {
		m.canon = p.compounds()
	}
	return m.canon
}

func (m *memory) tokens(p *piece, kind Kind) []Token {
	if m.tokensBy[kind] == nil {
		m.tokensBy[kind] = classed(p, kind)
	}
	return m.tokensBy[kind]
}

func (m *memory) concept(c concept, words []placed) []Token {
	if m.conceptBy == nil {
		m.conceptBy = conceptTokens(c, words)
	}
	return m.conceptBy
}

func (m *memory) phrase(p *piece) int {
	if m.longest == 0 {
		m.longest = int8(p.longestPhrase() + 1)
	}
	return int(m.longest - 1)
}
