package script

import (
	"embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed table/*.tsv
var tables embed.FS

// tableText returns an embedded table. A name that is not embedded is a
// mistake in this package.
func tableText(name string) string {
	b, err := tables.ReadFile("table/" + name + ".tsv")
	if err != nil {
		panic(err)
	}
	return string(b)
}

// alphabet makes a reader from a table of rules.
func alphabet(file, name string, flags Flags, prepare func(string) string) reader {
	load := sync.OnceValue(func() rules { return parseRules(tableText(file)) })
	return func(text string, max int) []Romanised {
		if prepare != nil {
			text = prepare(text)
		}
		return named(best(load().parts(text), max), name, flags)
	}
}

// unaccented removes the accents of Greek but keeps the diaeresis, which says
// that two vowels are not a digraph.
func unaccented(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if r != 0x308 && unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

var hebrew = sync.OnceValue(func() abjad {
	return loadAbjad(tableText("hebrew-rules"), tableText("hebrew-names"), "", hebrewKey, "'", "heb", "heb-name")
})

// hebrewKey gives the letter under which names are known; other characters vanish.
func hebrewKey(r rune) rune {
	if !unicode.IsLetter(r) {
		return -1
	}
	return r
}

// readHebrew reads known names by their customary spellings, then by letters.
// A ' after a letter is the geresh that changes its sound.
func readHebrew(text string, max int) []Romanised {
	return hebrew().read(text, max, Abjad)
}
