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
	prev, next map[pair]*spelling
	ending     map[pair]*spelling
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
				s = &standard{prev: map[pair]*spelling{}, next: map[pair]*spelling{}, ending: map[pair]*spelling{}}
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
	for _, m := range [][2]map[pair]*spelling{{s.prev, base.prev}, {s.next, base.next}, {s.ending, base.ending}} {
		for k, v := range m[1] {
			m[0][k] = v
		}
	}
}

// add takes one cell "source=target".
func (s *standard) add(kind, cell string) {
	from, to, _ := strings.Cut(cell, "=")
	v := &spelling{to, bare(strings.ReplaceAll(to, "ё", "e"))}
	src := []rune(from)
	p := pair{0, src[len(src)-1]}
	if len(src) == 2 {
		p[0] = src[0]
	}
	switch kind {
	case "letter":
		s.letter[src[0]-firstCyrillic] = v
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
		s.full(&b, []rune(text[:n]))
		text = text[n:]
	}
	return b.String(), nil
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// full spells one word as published.
func (s *standard) full(b *strings.Builder, word []rune) {
	low := lower(string(word))
	s.spell(low, func(at int, v *spelling) {
		if word[at] != low[at] {
			b.WriteString(capital(v.full))
		} else {
			b.WriteString(v.full)
		}
	})
}

// ascii spells one lower-case word in a-z0-9.
func (s *standard) ascii(word []rune) string {
	var room [96]byte
	out := room[:0]
	s.spell(word, func(_ int, v *spelling) { out = append(out, v.ascii...) })
	if text := string(out); isBare(text) {
		return text
	}
	return bare(string(out))
}

// spell puts what each letter of a lower-case word becomes, and the last two of a
// longer one together, if they are an ending.
func (s *standard) spell(word []rune, put func(at int, v *spelling)) {
	stem := word
	ending := s.endingOf(word)
	if ending != nil {
		stem = word[:len(word)-2]
	}
	prev := rune(0)
	for i, r := range stem {
		next := rune(0)
		if i+1 < len(stem) {
			next = stem[i+1]
		}
		put(i, s.of(prev, r, next))
		prev = r
	}
	if ending != nil {
		put(len(stem), ending)
	}
}

// lower are the letters of a word, in lower case.
func lower(word string) []rune {
	out := []rune(word)
	for i, r := range out {
		if r < 0x430 || r > 0x45F { // those are so already
			out[i] = unicode.ToLower(r)
		}
	}
	return out
}

// endingOf is the spelling of the last two letters of a word of three or more, nil
// if they are no ending.
func (s *standard) endingOf(word []rune) *spelling {
	n := len(word)
	if len(s.ending) == 0 || n < 3 {
		return nil
	}
	return s.ending[pair{word[n-2], word[n-1]}]
}

func (s *standard) of(prev, r, next rune) *spelling {
	if !isCyrillic(r) {
		return &spelling{string(r), unknown(r)}
	}
	if s.context[r-firstCyrillic] {
		if v := s.prev[pair{prev, r}]; v != nil {
			return v
		}
		if v := s.next[pair{r, next}]; v != nil && next != 0 {
			return v
		}
	}
	if v := s.letter[r-firstCyrillic]; v != nil {
		return v
	}
	return &spelling{string(r), unknown(r)}
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
