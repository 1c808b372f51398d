package script

import (
	"strings"
	"sync"
)

// A clue tells the language of a Cyrillic token by its letters: some letter of
// any must occur (or the text after a ~), and none of the letters of no.
type clue struct {
	any, no string
	tables  []string
	// rare: the letters of any are all outside the Russian alphabet's block.
	rare bool
}

var clues = sync.OnceValue(func() []clue {
	var out []clue
	for row := range rows(tableText("cyrillic-languages")) {
		rare := strings.IndexFunc(row[0], func(r rune) bool { return !isRare(r) }) < 0
		out = append(out, clue{row[0], row[1], strings.Fields(row[2]), rare})
	}
	return out
})

func isRare(r rune) bool { return isCyrillic(r) && (r < 'а' || r > 'я') }

func (c clue) occurs(token string) bool {
	if part, ok := strings.CutPrefix(c.any, "~"); ok {
		return strings.Contains(token, part)
	}
	return c.any == "-" || strings.ContainsAny(token, c.any)
}

// cyrillicTables returns the tables for a token in order of likelihood.
func cyrillicTables(token string) []string {
	rare := strings.IndexFunc(token, isRare) >= 0
	for _, c := range clues() {
		if (rare || !c.rare) && c.occurs(token) && !strings.ContainsAny(token, c.no) {
			return c.tables
		}
	}
	return nil
}

// readCyrillic reads a token by the tables of the languages its letters allow.
// A 1 between letters is the palochka of the Caucasian languages.
func readCyrillic(text string, max int) []Romanised {
	text = strings.ReplaceAll(text, "1", "ӏ")
	names, letters := cyrillicTables(text), lower(text)
	out := make([]Romanised, 0, len(names))
	seen := 0
	for _, name := range names {
		t := standards()[name].ascii(letters)
		if t == "" || hasText(out, t) {
			continue
		}
		out = append(out, Romanised{Text: t, Table: name})
		if seen++; seen == 2*max {
			break
		}
	}
	return out
}

func hasText(in []Romanised, text string) bool {
	for i := range in {
		if in[i].Text == text {
			return true
		}
	}
	return false
}
