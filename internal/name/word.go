package name

import (
	"strings"
	"unicode/utf8"

	"interdict/internal/script"
)

// endings are those of Slavic adjectives by the one that the table gives.
var endings = map[string][]string{
	"ый": {"ый", "ий", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ых", "ую", "ом"},
	"ий": {"ий", "ая", "ое", "ие", "ого", "ой", "ому", "им", "их", "ую", "ом"},
}

// inflected yields the words of a line of the lexicon; one with a stroke before
// its ending, as an adjective in Cyrillic letters may have, in all its forms.
func inflected(words string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, w := range strings.Fields(words) {
			stem, ending, cut := strings.Cut(w, "|")
			forms := endings[ending]
			if !cut {
				forms = []string{""}
			}
			for _, e := range forms {
				if !yield(stem + e) {
					return
				}
			}
		}
	}
}

// phraseSpellings are a phrase of a table as a name may have it: as it is, and if
// it is in Cyrillic letters romanised by each standard throughout.
func phraseSpellings(p string) []string {
	out := []string{script.Key(p)}
	if script.Of(p) != "Cyrl" {
		return out
	}
	words := strings.Fields(p)
	for i := range script.MaxCandidates {
		spelt := make([]string, len(words))
		for j, w := range words {
			all := romanisations(w)
			spelt[j] = all[min(i, len(all)-1)]
		}
		out = append(out, strings.Join(spelt, " "))
	}
	return out
}

// romanisations are the ways to write a word of a table in Latin letters. Of a
// script without short vowels they are the readings that a name gets, behind
// its article.
func romanisations(w string) []string {
	if lowerASCII(w) {
		return []string{w}
	}
	clean, _ := script.Clean(w)
	if rest, ok := strings.CutPrefix(clean, "ال"); ok && !isGod(clean) && utf8.RuneCountInString(rest) >= 3 {
		clean = rest
	}
	var out []string
	for _, r := range script.Romanise(unquote(clean), script.MaxCandidates) {
		out = append(out, r.Text)
	}
	return out
}
