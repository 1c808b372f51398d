package name

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"interdict/internal/script"
)

//go:generate go run make_spelt.go

// Spelt returns the tables of the lexicon and of the words of organisations with every
// word in all its forms and spellings, as table/lexicon.spelt.txt and
// table/organisation.spelt.txt hold them: making them takes longer than a short run of
// the program. It is for who changes a table (go generate ./internal/name).
func Spelt() (lexicon, organisations string) { return speltLexicon(), speltOrganisations() }

// notByHand stands first in both.
const notByHand = "# Made by make_spelt.go of the table of that name; not to be changed by hand.\n"

func speltLexicon() string {
	var b strings.Builder
	b.WriteString(notByHand)
	for kind, words := range rows(lexiconText) {
		var all []string
		for w := range inflected(words) {
			all = append(all, romanisations(w)...)
		}
		b.WriteString(kind + ": " + strings.Join(unique(all), " ") + "\n")
	}
	return b.String()
}

func speltOrganisations() string {
	var b strings.Builder
	b.WriteString(notByHand)
	for head, phrases := range rows(organisationText) {
		var all []string
		for p := range strings.SplitSeq(phrases, ",") {
			p = strings.Join(strings.Fields(p), " ")
			if n := strings.Count(p, " ") + 1; n > maxPhrase {
				panic(fmt.Sprintf("name: phrase %q has %d words", p, n))
			}
			for _, form := range phraseForms(p) {
				form, _ = script.Clean(form)
				all = append(all, phraseSpellings(form)...)
			}
		}
		b.WriteString(head + ": " + strings.Join(unique(all), ",") + "\n")
	}
	return b.String()
}

// unique leaves the first of equal texts.
func unique(all []string) []string {
	seen := make(map[string]bool, len(all))
	return slices.DeleteFunc(all, func(s string) bool {
		was := seen[s]
		seen[s] = true
		return was
	})
}

// endings are those of Slavic words by the one that the table gives: of Russian
// adjectives in the nominative, of Ukrainian and Belarusian ones in the genitive,
// and of nouns by how their nominative ends, "" for a consonant.
var endings = map[string][]string{
	"ый":  {"ый", "ий", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ых", "ую", "ом"},
	"ий":  {"ий", "ая", "ое", "ее", "ие", "ого", "его", "ой", "ей", "ому", "ему", "им", "их", "ую", "ом"},
	"ой":  {"ой", "ая", "ое", "ые", "ие", "ого", "ому", "ым", "им", "ых", "их", "ую", "ом"},
	"ого": {"ий", "а", "е", "і", "ого", "ої", "ому", "им", "их", "у", "ій"},
	"ага": {"ы", "і", "ая", "ае", "ыя", "ія", "ага", "ай", "аму", "ым", "ім", "ых", "іх", "ую"},
	"яга": {"і", "яя", "яе", "ія", "яга", "яй", "яму", "ім", "іх", "юю"},
	"":    {"", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"},
	"а":   {"а", "ы", "и", "е", "у", "ой", "", "ам", "ами", "ах"},
	"я":   {"я", "и", "ю", "ей", "й", "ям", "ями", "ях"},
	"о":   {"о", "а", "у", "ом", "е", "", "ам", "ами", "ах"},
	"е":   {"е", "я", "ю", "ем", "и", "й", "ям", "ями", "ях"},
	"ь":   {"ь", "и", "ью", "я", "ю", "ем", "ей", "ям", "ями", "ях"},
}

// inflected yields the words of a line of the lexicon; one with a stroke before
// its ending, as a word in Cyrillic letters may have, in all its forms.
func inflected(words string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, w := range strings.Fields(words) {
			for _, f := range forms(w) {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// forms are a word of a table without its stroke, in all its endings.
func forms(w string) []string {
	stem, ending, cut := strings.Cut(w, "|")
	if !cut {
		return []string{w}
	}
	all, ok := endings[ending]
	if !ok {
		panic("name: no endings for " + w)
	}
	out := make([]string, len(all))
	for i, e := range all {
		out[i] = stem + e
	}
	return out
}

// phraseForms are a phrase of a table with every form of each of its words.
func phraseForms(p string) []string {
	out := []string{""}
	for w := range strings.FieldsSeq(p) {
		var longer []string
		for _, before := range out {
			for _, f := range forms(w) {
				longer = append(longer, strings.TrimSpace(before+" "+f))
			}
		}
		out = longer
	}
	return out
}

// phraseSpellings are a phrase of a table as a name may have it: as it is, and if
// it is in Cyrillic letters romanised by each standard throughout.
func phraseSpellings(p string) []string {
	out := []string{script.Key(p)}
	if script.Of(p) != "Cyrl" {
		return out
	}
	var ways [][]string // of each word
	most := 0
	for w := range strings.FieldsSeq(p) {
		all := romanisations(w)
		ways, most = append(ways, all), max(most, len(all))
	}
	for i := range most {
		spelt := make([]string, len(ways))
		for j, all := range ways {
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
