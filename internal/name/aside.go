package name

// Aside is a piece of a running text that is read by itself, because a
// compound (matching.md 3 step 6) reaches over its edge in the text, or because
// one stands or falls with the turn of "Family, Given" (matching.md 10).
type Aside struct {
	Positions []Position
	Starts    bool // it begins within a compound of the text
	Ends      bool // it ends within one
	Turned    bool // it is "Family, Given", turned round: all of it, or nothing
	Start     int  // bytes of the text
	End       int
}

// Bounds of asides, in words: part of the definition of a mention.
const (
	longestAside = 16
	longestTurn  = 12 // before and behind the comma
	familyWords  = 5  // before the comma
)

// Asides returns the pieces of a text that are to be read by themselves too:
// from each word within a compound on, and up to it; and "Family, Given" turned
// round where the words that meet at its ends or at its comma make a compound.
func (r *Reader) Asides(text string, kind Kind) []Aside {
	words := r.wordsOf(text)
	if !r.anyCompound(words, kind) {
		return nil // most texts
	}
	if kind == AsOrganisation {
		words = acronyms(words)
	}
	var out []Aside
	cuts := r.cuts(words, kind)
	for n, at := range cuts {
		from, to := max(0, at-longestAside), min(len(words), at+longestAside)
		out = append(out, r.aside(words[at:to], kind, Aside{Starts: true}), r.aside(words[from:at], kind, Aside{Ends: true}))
		for _, end := range cuts[n+1:] {
			if end <= to {
				out = append(out, r.aside(words[at:end], kind, Aside{Starts: true, Ends: true}))
			}
		}
	}
	if kind == AsPerson {
		out = r.turns(out, words)
	}
	return out
}

func (r *Reader) aside(words []word, kind Kind, a Aside) Aside {
	a.Positions = r.positions(nil, words, kind, mixed)
	a.Start, a.End = words[0].start, words[len(words)-1].end
	return a
}

// anyCompound reports whether one of the words makes a compound.
func (r *Reader) anyCompound(words []word, kind Kind) bool {
	for i := range words {
		if r.compounds(&words[i], kind) {
			return true
		}
	}
	return false
}

// compounds reports whether a word makes one with the words beside it.
func (r *Reader) compounds(w *word, kind Kind) bool {
	if r != nil && w.entry != nil && r.known[w.place].words == 1 {
		if a := &r.known[w.place].alone[kind]; a.asked {
			return a.compounds
		}
	}
	return r.traitsOf(w, kind)&apart != 0
}

func (r *Reader) traitsOf(w *word, kind Kind) (is traits) {
	var room [8]placed
	for _, p := range r.appendPieces(room[:0], *w, kind, mixed) {
		is |= p.printedTraits()
	}
	return is
}

// cuts are the words within compounds of the text, but for their first.
func (r *Reader) cuts(words []word, kind Kind) []int {
	var pieces []placed
	for i := range words {
		pieces = r.appendPieces(pieces, words[i], kind, mixed)
	}
	var out []int
	at := 0
	for _, p := range glue(pieces) {
		for at < len(words) && words[at].start <= p.start {
			at++
		}
		for ; at < len(words) && words[at].start < p.end; at++ {
			out = append(out, at)
		}
	}
	return out
}

// turns adds the spans with one comma that make a compound when they are
// turned, or when they are not.
func (r *Reader) turns(out []Aside, words []word) []Aside {
	is := make([]traits, len(words))
	for i := range words {
		is[i] = r.traitsOf(&words[i], AsPerson)
	}
	first := 0 // word behind the last comma
	for c := 1; c < len(words); c++ {
		if !words[c-1].comma {
			continue
		}
		for from := max(first, c-familyWords); from < c; from++ {
			for to := c + 1; to <= min(len(words), from+longestTurn); to++ {
				if meet(is[c:to], is[from:c]) || meet(is[from:c], is[c:to]) {
					turned := append(append([]word{}, words[c:to]...), words[from:c]...)
					a := Aside{Turned: true, Positions: r.positions(nil, turned, AsPerson, mixed)}
					paternal(a.Positions, words[c].start)
					a.Start, a.End = words[from].start, words[to-1].end
					out = append(out, a)
				}
				if words[to-1].comma {
					break
				}
			}
		}
		first = c
	}
	return out
}

// meet reports that a compound may reach from words over to those that follow.
func meet(words, next []traits) bool {
	last, first := words[len(words)-1], next[0]
	before, second := traits(0), traits(0)
	if len(words) > 1 {
		before = words[len(words)-2]
	}
	if len(next) > 1 {
		second = next[1]
	}
	return last&abd != 0 || last&anArticle != 0 && (before&abd != 0 || first&(din|rahman) != 0) ||
		first&(articleDin|allah|persian) != 0 || last&dinStem != 0 && first&din != 0 || last&abu != 0 && first&bakr != 0 || first&anArticle != 0 && second&(din|rahman) != 0
}
