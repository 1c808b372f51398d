package script

import (
	_ "embed"
	"sync"
)

//go:embed table/latin.tsv
var latinText string

var latinLetters = sync.OnceValue(func() map[rune][]string {
	out := map[rune][]string{}
	for row := range rows(latinText) {
		out[firstRune(row[0])] = row[1:]
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

func readLatin(text string, _ int) []Romanised {
	return []Romanised{{Text: bare(text), Table: "latin"}}
}
