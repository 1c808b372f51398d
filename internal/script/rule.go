package script

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A rule rewrites a piece of a token in a context. A table of rules is a file
// with the columns
//
//	source  readings  [letters that must follow]  [letters that must precede]
//
// where the source may start with ^ and end with $ (start and end of the
// token), and the readings are separated by blanks, the likeliest first, each
// 10 dearer than the one before unless written as text:cost; "-" is empty.
// The longest source wins, then the one with more context, then file order.
type rule struct {
	src           string
	start, end    bool
	after, before string
	alts          []alt
}

type rules map[rune][]rule

func parseRules(text string) rules {
	t := rules{}
	for row := range rows(text) {
		r := rule{src: row[0], alts: parseAlts(row[1])}
		if s, ok := strings.CutPrefix(r.src, "^"); ok {
			r.src, r.start = s, true
		}
		if s, ok := strings.CutSuffix(r.src, "$"); ok {
			r.src, r.end = s, true
		}
		if len(row) > 2 {
			r.after = row[2]
		}
		if len(row) > 3 {
			r.before = row[3]
		}
		t[firstRune(r.src)] = append(t[firstRune(r.src)], r)
	}
	for _, list := range t {
		slices.SortStableFunc(list, func(a, b rule) int {
			if d := len(b.src) - len(a.src); d != 0 {
				return d
			}
			return b.context() - a.context()
		})
	}
	return t
}

func (r rule) context() int {
	n := 0
	for _, on := range []bool{r.start, r.end, r.after != "", r.before != ""} {
		if on {
			n++
		}
	}
	return n
}

func parseAlts(cell string) []alt {
	var out []alt
	for i, word := range strings.Fields(cell) {
		text, cost, priced := strings.Cut(word, ":")
		a := alt{text, 10 * i}
		if priced {
			a.cost, _ = strconv.Atoi(cost)
		}
		if text == "-" {
			a.text = ""
		}
		out = append(out, a)
	}
	return out
}

// parts cuts s into pieces and gives the readings of each.
func (t rules) parts(s string) [][]alt {
	parts := make([][]alt, 0, len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if m := t.match(s, i, r); m != nil {
			parts = append(parts, m.alts)
			i += len(m.src)
			continue
		}
		parts = append(parts, []alt{{unknown(r), 0}})
		i += size
	}
	return parts
}

func (t rules) match(s string, i int, r rune) *rule {
	list := t[r]
	for k := range list {
		m := &list[k]
		if !strings.HasPrefix(s[i:], m.src) {
			continue
		}
		rest := s[i+len(m.src):]
		if m.start && i > 0 || m.end && rest != "" {
			continue
		}
		if m.after != "" && (rest == "" || !strings.ContainsRune(m.after, firstRune(rest))) {
			continue
		}
		if m.before != "" {
			last, _ := utf8.DecodeLastRuneInString(s[:i])
			if i == 0 || !strings.ContainsRune(m.before, last) {
				continue
			}
		}
		return m
	}
	return nil
}

// unknown spells a letter that the script's table does not hold: its Latin
// decomposition, else "u" and its code point; marks and signs are silent.
func unknown(r rune) string {
	if t := bare(string(r)); t != "" {
		return t
	}
	if unicode.In(r, unicode.L, unicode.Nl) {
		return "u" + strconv.FormatInt(int64(r), 16)
	}
	return ""
}
