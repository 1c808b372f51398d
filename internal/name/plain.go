package name

// alone is what a word is where no word beside it matters: a plain word. Most
// words are; the others are part of a compound, a phrase or a number, or say
// what the next word is.
type alone struct {
	asked, plain bool
	positions    []Position
}

// apart are the words that a compound is made with.
const apart = abd | din | articleDin | rahman | allah

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
	for last < len(words) && r.plain(&words[last], kind) {
		last++
	}
	if last == len(words) {
		return last, last
	}
	calm = max(at, last-wordsBefore)
	// Two plain words more: what follows them reaches back no further.
	for end = last + 1; end < len(words) && end <= last+wordsBehind+wordsBefore; end++ {
		if !r.plain(&words[end], kind) {
			last = end
		}
	}
	return calm, min(end, last+wordsBehind+1)
}

func (r *Reader) plain(w *word, kind Kind) bool {
	if w.entry == nil || w.dot && oneLetter(w.clean) {
		return false
	}
	a := &w.entry.alone[kind]
	if !a.asked {
		*a = r.alone(*w, kind)
	}
	return a.plain
}

// alone reads a word by itself.
func (r *Reader) alone(w word, kind Kind) alone {
	pieces := r.appendPieces(nil, w, kind, mixed)
	for _, p := range pieces {
		c := p.canonical()
		if p.printedTraits()&apart != 0 || c.traits()&(aNasab|aKunya) != 0 || kind == AsOrganisation && c.phraseLength() > 1 {
			return alone{asked: true}
		}
	}
	var nobody lineage
	return alone{true, len(pieces) > 0, r.read(nil, []word{w}, kind, mixed, &nobody)}
}

// plain adds the positions of a plain word.
func (l *lineage) plain(out []Position, w *word, kind Kind) []Position {
	for _, pos := range w.entry.alone[kind].positions {
		pos.Start, pos.End, pos.Chain = w.start, w.end, l.chain
		out = append(out, l.named(pos))
	}
	return out
}
