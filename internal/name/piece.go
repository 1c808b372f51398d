package name

import (
	"slices"
	"unicode/utf8"

	"interdict/internal/script"
)

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
	case "Cyrl":
		if kind == AsOrganisation {
			if p := r.cyrillicLink(w.clean); p != nil {
				return append(pieces, placed{p, w.start, w.end})
			}
		}
	case "Mymr":
		if kind == AsPerson {
			for _, s := range script.BurmeseSyllables(w.clean) {
				pieces = r.appendRomanised(pieces, w, s, by)
			}
			return pieces
		}
	case "Hani", "Hang":
		if by.japanese() && script.Of(w.clean) == "Hani" {
			if family, given, ok := script.JapaneseName(w.clean); ok {
				pieces = r.appendRomanised(pieces, w, family, by)
				return r.appendRomanised(pieces, w, given, by)
			}
			break
		}
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
		if english := r.inEnglish(w.clean); english != "" {
			p.insert(1, english)
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
