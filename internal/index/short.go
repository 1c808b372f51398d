package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"interdict/internal/name"
)

// Similarity that each word of a short name needs, 1/1000: equal, equal in
// sound, or a customary variant; of the shortest names, equal.
const (
	shortFloor    = 930
	shortestFloor = 1000
	shortest      = 4 // symbols of the longest word
)

func floorOf(p []name.Position) int {
	for i := range p {
		if len(p[i].Alts[0].Surface) > shortest {
			return shortFloor
		}
	}
	return shortestFloor
}

// short reports a name with fewer than two distinctive words: one word, or one
// word and particles, or generic words only.
func short(p []name.Position) bool {
	words := 0
	for i := range p {
		if c := p[i].Class(); c == name.Word || c == name.Number {
			words++
		}
	}
	return words < 2
}

// printedAsName reports that a span of a text looks like a name. In a script
// with capitals its first word that is no particle and no number begins with one;
// a word of up to three letters is in capitals throughout, or has a word with a
// capital beside it in the span. Words of letters and digits need none. Or the span
// stands in quotes, or alone on its line or in its cell.
func printedAsName(text string, span []name.Position) bool {
	start, end := span[0].Start, span[0].End
	for _, p := range span {
		start, end = min(start, p.Start), max(end, p.End)
	}
	if r, _ := utf8.DecodeLastRuneInString(text[:span[0].Start]); isOpening(r) || alone(text, start, end) {
		return true
	}
	at := slices.IndexFunc(span, func(p name.Position) bool { return p.Class() != name.Particle && p.Class() != name.Number })
	if at < 0 {
		at = 0
	}
	c := caseOf(text, span[at])
	switch {
	case c.upper+c.lower == 0:
		return c.letters > 0
	case c.lower == 0 || c.digits > 0:
		return true
	case !c.capital:
		return false
	case c.letters > 3:
		return true
	case at > 0 && span[at-1].Weight() > name.LeastWeight && caseOf(text, span[at-1]).capital:
		return true
	case len(span[at].Alts[0].Surface) >= 2*c.letters && c.latin:
		return true // of a compound only the first word is looked at
	}
	return at+1 < len(span) && span[at+1].Start >= span[at].End && caseOf(text, span[at+1]).capital
}

// lettering is how a word is printed.
type lettering struct {
	letters, upper, lower, digits int
	capital                       bool // it begins with one
	latin                         bool // all its letters are
}

func caseOf(text string, p name.Position) lettering {
	out := lettering{latin: true}
	for _, r := range text[p.Start:p.End] {
		switch {
		case unicode.IsDigit(r):
			out.digits++
		case unicode.IsLetter(r):
			out.letters++
			out.latin = out.latin && unicode.Is(unicode.Latin, r)
			switch {
			case unicode.IsUpper(r), unicode.IsTitle(r):
				out.upper++
				out.capital = out.capital || out.letters == 1
			case unicode.IsLower(r):
				out.lower++
			}
		}
	}
	return out
}

// alone reports that nothing but marks of a list and punctuation stands beside a
// span on its line or in its cell: before it, and behind it no full stop either.
func alone(text string, from, to int) bool {
	return onlyMarks(text[:from], false) && onlyMarks(text[to:], true)
}

// onlyMarks reports that blanks, quotes and, before a span, marks of a list stand
// between it and the next line or cell.
func onlyMarks(text string, behind bool) bool {
	for text != "" {
		var r rune
		var n int
		if behind {
			r, n = utf8.DecodeRuneInString(text)
			text = text[n:]
		} else {
			r, n = utf8.DecodeLastRuneInString(text)
			text = text[:len(text)-n]
		}
		switch {
		case r == '\n' || r == '\t' || r == '|':
			return true
		case !behind && strings.ContainsRune("-–•*", r):
		case r != ' ' && r != '\r' && r != '\u00a0' && !unicode.In(r, unicode.Pi, unicode.Pf) && r != '"':
			return false
		}
	}
	return true
}

// mayBePrinted reports whether a span with this word may be printed as a name.
func mayBePrinted(text string, p name.Position) bool {
	c := caseOf(text, p)
	if c.capital || c.lower == 0 || c.digits > 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(text[:p.Start])
	return isOpening(r) || onlyMarks(text[:p.Start], false)
}

func isOpening(r rune) bool {
	switch r {
	case '"', '“', '„', '«', '‹', '‘', '「', '『', '《':
		return true
	}
	return false
}
