package script

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"interdict/internal/fault"
)

// pair is two neighbouring letters; the first is 0 at the start of a word.
type pair [2]rune

// spelling is what a letter becomes, as published and in ASCII.
type spelling struct{ full, ascii string }

// standard is one Cyrillic romanisation: single letters, letters by the one
// before, letters by the one after, and the last two letters of longer words.
type standard struct {
	letter     [lastCyrillic - firstCyrillic]*spelling
	prev, next map[pair]spelling
	ending     map[pair]spelling
	// context marks the letters that occur second in prev or first in next.
	context [lastCyrillic - firstCyrillic]bool
}

// The Unicode blocks Cyrillic and Cyrillic Supplement.
const (
	firstCyrillic = 0x400
	lastCyrillic  = 0x530
)

func isCyrillic(r rune) bool { return firstCyrillic <= r && r < lastCyrillic }

var standards = sync.OnceValue(func() map[string]*standard {
	out := map[string]*standard{}
	for _, text := range []string{"cyrillic-standards", "cyrillic-tables"} {
		for row := range rows(tableText(text)) {
			name, kind, cells := row[0], row[1], row[2]
			s := out[name]
			if s == nil {
				s = &standard{prev: map[pair]spelling{}, next: map[pair]spelling{}, ending: map[pair]spelling{}}
				out[name] = s
			}
			if kind == "base" {
				s.copyOf(out[cells])
				continue
			}
			for _, cell := range strings.Fields(cells) {
				s.add(kind, cell)
			}
		}
	}
	// A letter that a table lacks is spelt as in the table of the others.
	for _, s := range out {
		for i, v := range out["other"].letter {
			if s.letter[i] == nil {
				s.letter[i] = v
			}
		}
	}
	return out
})

func (s *standard) copyOf(base *standard) {
	s.letter, s.context = base.letter, base.context
	for _, m := range [][2]map[pair]spelling{{s.prev, base.prev}, {s.next, base.next}, {s.ending, base.ending}} {
		for k, v := range m[1] {
			m[0][k] = v
		}
	}
}

// add takes one cell "source=target".
func (s *standard) add(kind, cell string) {
	from, to, _ := strings.Cut(cell, "=")
	v := spelling{to, bare(strings.ReplaceAll(to, "ё", "e"))}
	src := []rune(from)
	p := pair{0, src[len(src)-1]}
	if len(src) == 2 {
		p[0] = src[0]
	}
	switch kind {
	case "letter":
		s.letter[src[0]-firstCyrillic] = &v
	case "prev":
		s.prev[p] = v
		s.context[p[1]-firstCyrillic] = true
	case "next":
		s.next[p] = v
		s.context[p[0]-firstCyrillic] = true
	case "ending":
		s.ending[p] = v
	}
}

// Standards lists the names RomaniseBy knows, sorted: the published Cyrillic
// standards and the tables for single languages and habits.
func Standards() []string {
	names := make([]string, 0, len(standards()))
	for name := range standards() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// RomaniseBy spells Cyrillic text by one standard exactly as published, with
// its diacritics, signs and capitals; other characters stay. A name that
// Standards does not list is an Invalid fault.
func RomaniseBy(name, text string) (string, error) {
	s, ok := standards()[name]
	if !ok {
		return "", fault.New(fault.Invalid, "no romanisation is called %q; Standards lists the names", name)
	}
	var b strings.Builder
	for len(text) > 0 {
		n := strings.IndexFunc(text, isWordRune)
		if n < 0 {
			n = len(text)
		}
		b.WriteString(text[:n])
		text = text[n:]
		n = strings.IndexFunc(text, func(r rune) bool { return !isWordRune(r) })
		if n < 0 {
			n = len(text)
		}
		s.word(&b, text[:n], func(v spelling) string { return v.full })
		text = text[n:]
	}
	return b.String(), nil
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// ascii spells one lower-case word in a-z0-9.
func (s *standard) ascii(word string) string {
	var b strings.Builder
	b.Grow(2 * len(word))
	s.word(&b, word, func(v spelling) string { return v.ascii })
	if !isBare(b.String()) {
		return bare(b.String())
	}
	return b.String()
}

// word spells one word in the form asked for.
func (s *standard) word(b *strings.Builder, word string, form func(spelling) string) {
	stem, end, endTo := word, "", ""
	if v, cut, ok := s.endingOf(word); ok {
		stem, end, endTo = word[:cut], word[cut:], form(v)
	}
	prev := rune(0)
	for len(stem) > 0 {
		r, size := utf8.DecodeRuneInString(stem)
		stem = stem[size:]
		low, next := lower(r), rune(0)
		if stem != "" {
			next, _ = utf8.DecodeRuneInString(stem)
			next = lower(next)
		}
		to := form(s.of(prev, low, next))
		if low != r {
			to = capital(to)
		}
		b.WriteString(to)
		prev = low
	}
	if r, _ := utf8.DecodeRuneInString(end); end != "" && unicode.IsUpper(r) {
		endTo = capital(endTo)
	}
	b.WriteString(endTo)
}

// lower is unicode.ToLower, quick for the letters that are lower case already.
func lower(r rune) rune {
	if 0x430 <= r && r <= 0x45F {
		return r
	}
	return unicode.ToLower(r)
}

// endingOf finds the spelling of the last two letters of a word of three or
// more, and where they begin.
func (s *standard) endingOf(word string) (spelling, int, bool) {
	if len(s.ending) == 0 || utf8.RuneCountInString(word) < 3 {
		return spelling{}, 0, false
	}
	last, n := utf8.DecodeLastRuneInString(word)
	second, m := utf8.DecodeLastRuneInString(word[:len(word)-n])
	v, ok := s.ending[pair{lower(second), lower(last)}]
	return v, len(word) - n - m, ok
}

func (s *standard) of(prev, r, next rune) spelling {
	if !isCyrillic(r) {
		return spelling{string(r), unknown(r)}
	}
	if s.context[r-firstCyrillic] {
		if v, ok := s.prev[pair{prev, r}]; ok {
			return v
		}
		if v, ok := s.next[pair{r, next}]; ok && next != 0 {
			return v
		}
	}
	if v := s.letter[r-firstCyrillic]; v != nil {
		return *v
	}
	return spelling{string(r), unknown(r)}
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
