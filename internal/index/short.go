package index

import (
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

// printedAsName reports that a span of a text looks like a name: in a script
// with capitals its first word that is no particle begins with one, words of
// up to three letters are in capitals throughout, or it stands in quotes.
func printedAsName(text string, span []name.Position) bool {
	first := span[0]
	for _, p := range span {
		if p.Class() != name.Particle {
			first = p
			break
		}
	}
	word := text[first.Start:first.End]
	if r, _ := utf8.DecodeLastRuneInString(text[:span[0].Start]); isOpening(r) {
		return true
	}
	letters, upper, lower := 0, 0, 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.IsUpper(r) || unicode.IsTitle(r) {
			upper++
		}
		if unicode.IsLower(r) {
			lower++
		}
	}
	if upper+lower == 0 {
		return letters > 0
	}
	if letters <= 3 {
		return lower == 0
	}
	r, _ := utf8.DecodeRuneInString(word)
	return !unicode.IsLower(r)
}

func isOpening(r rune) bool {
	switch r {
	case '"', '“', '„', '«', '‹', '‘', '「', '『', '《':
		return true
	}
	return false
}
