package script

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sign is a piece of an abugida. Kinds: v vowel letter; c consonant, which has
// a vowel of its own unless a sign follows; j consonant written below, which
// takes the vowel from the one above; s vowel sign or rhyme; x vowel killer;
// m mark that leaves the vowel.
type sign struct {
	kind byte
	alts []alt
}

// abugida reads a script whose consonants carry a vowel of their own.
type abugida struct {
	signs    map[string]sign
	inherent []alt
	// dropFinal: the inherent vowel is not spoken at the end of a word.
	dropFinal bool
	table     string
}

// longestSign is the greatest number of bytes in a piece.
const longestSign = 18

// abugidaReader makes a reader from a file of rows: characters, kind, readings.
func abugidaReader(file, inherent, table string, dropFinal bool) reader {
	load := sync.OnceValue(func() abugida {
		a := abugida{map[string]sign{}, parseAlts(inherent), dropFinal, table}
		for row := range rows(tableText(file)) {
			a.signs[row[0]] = sign{row[1][0], parseAlts(row[2])}
		}
		return a
	})
	return func(text string, max int) []Romanised { return load().read(text, max) }
}

func (a abugida) read(text string, max int) []Romanised {
	return named(best(a.parts(withoutNukta(text)), max), a.table, 0)
}

// withoutNukta removes dots below, which NFKC leaves decomposed in several
// scripts; the letters that sound different with one are kept whole.
func withoutNukta(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 0x93C, 0x9BC, 0xA3C, 0xABC, 0xB3C:
			return -1
		}
		return r
	}, nuktas.Replace(text))
}

// nuktas maps the precomposed letters that NFC excludes to their parts.
var nuktas = func() *strings.Replacer {
	var pairs []string
	for _, r := range []rune{0x958, 0x959, 0x95A, 0x95B, 0x95C, 0x95D, 0x95E, 0x95F, 0x9DC, 0x9DD, 0x9DF, 0xA33, 0xA36, 0xA59, 0xA5A, 0xA5B, 0xA5E, 0xB5C, 0xB5D} {
		pairs = append(pairs, norm.NFD.String(string(r)), string(r))
	}
	return strings.NewReplacer(pairs...)
}()

func (a abugida) parts(text string) [][]alt {
	var parts [][]alt
	open := false // a consonant waits for its vowel
	spoken := 0   // vowels so far
	dropped := false
	for len(text) > 0 {
		s, n := a.next(text)
		text = text[n:]
		if s.alts == nil {
			continue
		}
		if open && strings.IndexByte("sxj", s.kind) < 0 {
			vowel := a.inherent
			if a.dropFinal && s.kind == 'c' && spoken > 0 && !dropped {
				vowel, dropped = a.medial(text)
			} else {
				dropped = false
			}
			parts = append(parts, vowel)
			spoken++
		}
		open = s.kind == 'c' || s.kind == 'j'
		if s.kind == 'v' || s.kind == 's' {
			spoken++
		}
		parts = append(parts, s.alts)
	}
	if !open {
		return parts
	}
	if a.dropFinal && spoken > 0 {
		return append(parts, []alt{{"", 0}, {a.inherent[0].text, 6}})
	}
	return append(parts, a.inherent)
}

// medial reads the inherent vowel in the middle of a word, before a consonant
// that rest follows: it tends to fall silent if that consonant has a vowel sign.
func (a abugida) medial(rest string) (vowel []alt, dropped bool) {
	s, _ := a.next(rest)
	if rest != "" && (s.kind == 's' || s.kind == 'x') {
		return append([]alt{{"", 0}}, raised(a.inherent, 4)...), true
	}
	return append(raised(a.inherent, 0), alt{"", 5}), false
}

// raised returns the readings, each dearer by cost.
func raised(in []alt, cost int) []alt {
	out := make([]alt, len(in))
	for i, a := range in {
		out[i] = alt{a.text, a.cost + cost}
	}
	return out
}

// next returns the longest known piece at the start of text and its bytes; a
// mark that no table knows is silent (nil), a letter is spelt by its code point.
func (a abugida) next(text string) (sign, int) {
	for n := min(len(text), longestSign); n > 0; n-- {
		if s, ok := a.signs[text[:n]]; ok {
			return s, n
		}
	}
	r, n := utf8.DecodeRuneInString(text)
	if unicode.Is(unicode.M, r) {
		return sign{}, n
	}
	return sign{'v', []alt{{unknown(r), 0}}}, n
}
