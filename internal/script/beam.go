package script

import (
	"slices"
	"strings"
)

// alt is one reading of a piece of text; a lower cost is likelier.
type alt struct {
	text string
	cost int
}

// best combines one reading per part and returns the max cheapest texts, the
// cheapest first, earlier alternatives first on equal cost.
func best(parts [][]alt, max int) []alt {
	return bestJoined(parts, max, func(a, b string) string { return a + b })
}

// apart joins readings of letters that write no short vowels: an h behind a
// consonant of another letter is no "sh", "kh" or "th", there is a vowel
// between them.
func apart(a, b string) string {
	if a != "" && b != "" && b[0] == 'h' && strings.IndexByte("skczpt", a[len(a)-1]) >= 0 {
		return a + "a" + b
	}
	return a + b
}

// bestJoined is best with its own way to write two readings together.
func bestJoined(parts [][]alt, max int, join func(a, b string) string) []alt {
	width := 4 * max
	beam := []alt{{}}
	for _, part := range parts {
		if len(part) == 1 {
			for i := range beam {
				beam[i].text = join(beam[i].text, part[0].text)
				beam[i].cost += part[0].cost
			}
			continue
		}
		next := make([]alt, 0, len(beam)*len(part))
		for _, b := range beam {
			for _, p := range part {
				next = append(next, alt{join(b.text, p.text), b.cost + p.cost})
			}
		}
		slices.SortStableFunc(next, func(a, b alt) int { return a.cost - b.cost })
		beam = distinct(next, width)
	}
	return distinct(beam, max)
}

// distinct keeps the first of equal texts, at most max.
func distinct(in []alt, max int) []alt {
	out := in[:0]
	for _, a := range in {
		if len(out) == max {
			break
		}
		if !slices.ContainsFunc(out, func(o alt) bool { return o.text == a.text }) {
			out = append(out, a)
		}
	}
	return out
}

// named makes readings of a table out of texts.
func named(alts []alt, table string, flags Flags) []Romanised {
	out := make([]Romanised, len(alts))
	for i, a := range alts {
		out[i] = Romanised{a.text, table, flags}
	}
	return out
}
