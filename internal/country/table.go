package country

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed names.tsv
var curated string

// first are the languages whose names win over the same word elsewhere.
var first = []language.Tag{
	language.English, language.French, language.German, language.Spanish,
	language.Russian, language.Arabic, language.Italian, language.Portuguese,
	language.Dutch, language.Polish, language.Turkish, language.Ukrainian,
}

// reserved are codes that CLDR knows and ISO 3166-1 does not assign: parts of
// Saint Helena, and states and territories long absorbed by others.
var reserved = map[string]bool{
	"AC": true, "CP": true, "DG": true, "EA": true, "FQ": true, "IC": true, "JT": true, "MI": true,
	"CQ": true, "NT": true, "PC": true, "PU": true, "PZ": true, "TA": true, "WK": true,
}

// regions are the codes of ISO 3166-1 in order.
var regions = sync.OnceValue(func() []string {
	var out []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			c := string([]rune{a, b})
			r, err := language.ParseRegion(c)
			if err == nil && r.IsCountry() && r.String() == c && r.Canonicalize() == r && gone[c] == "" && !reserved[c] {
				out = append(out, c)
			}
		}
	}
	return out
})

// codes maps codes as they stand in data to alpha-2: two and three letters in
// upper and in lower case, and the codes of dissolved states.
var codes = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	add := func(k, c string) {
		out[k] = c
		out[strings.ToLower(k)] = c
	}
	for _, c := range regions() {
		add(c, c)
		add(language.MustParseRegion(c).ISO3(), c)
	}
	for c := range gone {
		add(c, c)
	}
	// In words and null tokens these two are no codes.
	delete(out, "no")
	delete(out, "na")
	return out
})

var english = sync.OnceValue(func() map[string]string {
	names := display.Regions(language.English)
	out := map[string]string{}
	for _, c := range regions() {
		out[c] = names.Name(language.MustParseRegion(c))
	}
	return out
})

// names maps folded names to codes. What the curated table says wins, then
// the first languages in their order, then the rest, where a word that names
// different countries in different languages is ambiguous.
var names = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(curated) {
		code, forms, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for form := range strings.SplitSeq(forms, "|") {
			out[fold(form)] = code
		}
	}
	for _, tag := range first {
		for name, code := range cldr(tag) {
			if _, taken := out[name]; !taken {
				out[name] = code
			}
		}
	}
	rest := map[string]string{}
	for _, tag := range display.Supported.Tags() {
		for name, code := range cldr(tag) {
			if old, taken := rest[name]; taken && old != code {
				code = ambiguous
			}
			rest[name] = code
		}
	}
	for name, code := range rest {
		if _, taken := out[name]; !taken && code != ambiguous {
			out[name] = code
		}
	}
	return out
})

// cldr returns the folded names of countries in one language. A name that
// folds to two countries is left out, and so are names so short that they
// look like codes.
func cldr(tag language.Tag) map[string]string {
	out := map[string]string{}
	namer := display.Regions(tag)
	if namer == nil {
		return out
	}
	for _, c := range regions() {
		name := fold(namer.Name(language.MustParseRegion(c)))
		if short(name) {
			continue
		}
		if old, taken := out[name]; taken && old != c {
			c = ambiguous
		}
		out[name] = c
	}
	for name, code := range out {
		if code == ambiguous {
			delete(out, name)
		}
	}
	return out
}

func short(name string) bool {
	n := utf8.RuneCountInString(name)
	r, _ := utf8.DecodeRuneInString(name)
	switch {
	case unicode.Is(unicode.Latin, r) || unicode.Is(unicode.Cyrillic, r):
		return n < 4
	case unicode.Is(unicode.Han, r):
		return n < 2
	}
	return n < 3
}
