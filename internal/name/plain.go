package name

import (
	"strings"
	"sync"
)

// alone says what a word is where no word beside it matters: a plain word. Most
// words are; the others are part of a compound, a phrase or a number, or say
// what the next word is.
type alone struct {
	at           uint32 // its first position among those of the reader
	positions    uint16
	asked, plain bool
	phrase       bool // plain, unless the next word goes on with a phrase or number
	compounds    bool // makes a compound with the words beside it
}

// apart are the words that a compound is made with.
const apart = abd | din | articleDin | rahman | allah | persian | bakr

// Words beside one that is not plain, which it may change: before it, the stem
// of its compound and an article; behind it, the rest of its acronym and phrase.
const (
	wordsBefore = 2
	wordsBehind = maxPhrase
)

// run tells from where on the words are to be read with regard to each other:
// those from at to calm are plain, and those from calm to end a run that
// changes no word outside of it.
func (r *Reader) run(words []word, at int, kind Kind) (calm, end int) {
	last := at
	for last < len(words) && r.plain(words[last:], kind) {
		last++
	}
	if last == len(words) {
		return last, last
	}
	calm = max(at, last-wordsBefore)
	// Two plain words more: what follows them reaches back no further.
	for end = last + 1; end < len(words) && end <= last+wordsBehind+wordsBefore; end++ {
		if !r.plain(words[end:], kind) {
			last = end
		}
	}
	return calm, min(end, last+wordsBehind+1)
}

// plain reports whether the first of the words is.
func (r *Reader) plain(words []word, kind Kind) bool {
	w := &words[0]
	if w.entry == nil || w.dot && oneLetter(w.clean) || r.known[w.place].words > 1 {
		return false
	}
	a := r.known[w.place].alone[kind]
	if !a.asked {
		a = r.readAlone(*w, kind)
		r.known[w.place].alone[kind] = a
	}
	return a.plain && !(a.phrase && len(words) > 1 && r.goesOn(words[:2], kind))
}

// goesOn reports whether two words may begin a phrase, or are a number.
func (r *Reader) goesOn(words []word, kind Kind) bool {
	var room [8]placed
	pieces := room[:0]
	for i := range words {
		pieces = r.appendPieces(pieces, words[i], kind, mixed)
	}
	if len(pieces) != 2 {
		return true
	}
	for i, p := range pieces {
		pieces[i].piece = p.canonical()
	}
	if _, ok := compoundNumber(pieces); ok {
		return true
	}
	return phrasePairs()[pieces[0].first()+" "+pieces[1].first()] || phrasePairs()[pieces[0].native+" "+pieces[1].native] ||
		phrasePairs()[pieces[0].intended()+" "+pieces[1].intended()]
}

// phrasePairs are the first two words of every phrase.
var phrasePairs = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for p := range concepts() {
		if first, rest, ok := strings.Cut(p, " "); ok {
			second, _, _ := strings.Cut(rest, " ")
			out[first+" "+second] = true
		}
	}
	return out
})

func (r *Reader) readAlone(w word, kind Kind) alone {
	pieces := r.appendPieces(nil, w, kind, mixed)
	phrase, compounds := false, false
	for _, p := range pieces {
		compounds = compounds || p.printedTraits()&apart != 0
	}
	for _, p := range pieces {
		c := p.canonical()
		if p.printedTraits()&apart != 0 || c.traits()&(aNasab|aKunya) != 0 {
			return alone{asked: true, compounds: compounds}
		}
		phrase = phrase || kind == AsOrganisation && c.phraseLength() > 1
	}
	var nobody lineage
	from := len(r.alone)
	r.alone = r.read(r.alone, []word{w}, kind, mixed, &nobody)
	return alone{uint32(from), uint16(len(r.alone) - from), true, len(pieces) > 0, phrase, compounds}
}

// plainly adds the positions of a plain word.
func (r *Reader) plainly(out []Position, w *word, kind Kind, before *lineage) []Position {
	a := r.known[w.place].alone[kind]
	for _, pos := range r.alone[a.at : a.at+uint32(a.positions)] {
		pos.Start, pos.End, pos.Chain = w.start, w.end, before.chain
		out = append(out, before.named(pos))
	}
	return out
}
