package script

import (
	"strings"
	"sync"
)

// look-alikes: script code -> letter of any script -> letter of that script.
var homoglyphs = sync.OnceValue(func() map[string]map[rune]rune {
	out := map[string]map[rune]rune{"Latn": {}, "Cyrl": {}, "Grek": {}, "Armn": {}}
	columns := []string{"Latn", "Cyrl", "Grek", "Armn"}
	for row := range rows(tableText("homoglyphs")) {
		for i, to := range row {
			if to == "-" {
				continue
			}
			for j, from := range row {
				if i == j || from == "-" {
					continue
				}
				for _, f := range from {
					if _, known := out[columns[i]][f]; !known {
						out[columns[i]][f] = firstRune(to)
					}
				}
			}
		}
	}
	return out
})

// Homoglyphs maps the letters of other scripts inside one cleaned token to the
// look-alike letters of the token's majority script (Latin on a tie). The flag
// Mixed says that the token mixes scripts, even if some letter has no
// look-alike. Scripts that are written together (Han, Kana, Hangul, and Latin
// beside them) are no mixture.
func Homoglyphs(token string) (string, Flags) {
	best, kinds := majority(token)
	if kinds < 2 || writtenTogether(token) {
		return token, 0
	}
	table := homoglyphs()[codeOf(best)]
	if table == nil {
		return token, Mixed
	}
	return strings.Map(func(r rune) rune {
		if i := runeScript(r); i >= 0 && i != best {
			if to, ok := table[r]; ok {
				return to
			}
		}
		return r
	}, token), Mixed
}

func writtenTogether(token string) bool {
	for _, r := range token {
		switch codeOf(runeScript(r)) {
		case "Hani", "Hira", "Kana", "Hang", "Bopo":
			return true
		}
	}
	return false
}
