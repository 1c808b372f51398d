package script

import (
	"strings"
	"sync"
)

// latinLetters gives the customary ASCII spellings of Latin letters, the
// likeliest first.
var latinLetters = sync.OnceValue(func() map[rune][]string {
	out := map[rune][]string{}
	for row := range rows(tableText("latin")) {
		out[firstRune(row[0])] = strings.Fields(row[1])
	}
	return out
})

// latinLetter gives the customary ASCII spelling of a Latin letter that does
// not decompose, or nothing.
func latinLetter(r rune) string {
	if alts := latinLetters()[r]; alts != nil {
		return alts[0]
	}
	return ""
}

// readLatin strips diacritics, then spells all letters the second way (German
// ae, Turkish sh), then the third: a writer keeps to one habit in a word.
func readLatin(text string, max int) []Romanised {
	letters := latinLetters()
	ways := 1
	for _, r := range text {
		if n := len(letters[r]); n > ways {
			ways = n
		}
	}
	var out []Romanised
	for way := range min(ways, max) {
		var b strings.Builder
		for _, r := range text {
			switch alts := letters[r]; {
			case r < 0x80:
				b.WriteRune(r)
			case alts == nil:
				b.WriteString(bare(string(r)))
			default:
				b.WriteString(alts[min(way, len(alts)-1)])
			}
		}
		out = append(out, Romanised{Text: b.String(), Table: "latin"})
	}
	return out
}
