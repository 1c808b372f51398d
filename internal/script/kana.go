package script

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// kanaTable reads kana by Hepburn, by Kunrei, and as a foreign name spelt back.
type kanaTable struct{ hepburn, kunrei, foreign rules }

var kana = sync.OnceValue(func() kanaTable {
	t := kanaTable{rules{}, rules{}, rules{}}
	for row := range rows(tableText("kana")) {
		for i, to := range []rules{t.hepburn, t.kunrei, t.foreign} {
			r := rule{src: row[0], alts: parseAlts(row[i+1])}
			first := firstRune(row[0])
			if len(row[0]) > utf8.RuneLen(first) { // digraphs before single kana
				to[first] = append([]rule{r}, to[first]...)
			} else {
				to[first] = append(to[first], r)
			}
		}
	}
	return t
})

const (
	sokuon = 'ッ' // doubles the consonant that follows
	choon  = 'ー' // lengthens the vowel before
)

// readKana reads hiragana by Hepburn and Kunrei. Katakana, which also writes
// foreign names, is in addition spelt back: helping vowels dropped, r or l.
func readKana(text string, max int) []Romanised {
	t := kana()
	kata := katakana(text)
	hepburn := named(best(t.hepburn.kanaParts(kata, false), 4), "hepburn", 0)
	kunrei := named(best(t.kunrei.kanaParts(kata, false), 1), "kunrei", 0)
	var foreign []Romanised
	if kata == text {
		foreign = named(best(t.foreign.kanaParts(kata, true), max), "kana-foreign", 0)
	}
	for _, list := range [][]Romanised{hepburn, kunrei, foreign} {
		for i := range list {
			list[i].Text = doubled(list[i].Text, list[i].Table == "hepburn")
		}
	}
	return interleave(max, hepburn, foreign, kunrei)
}

func katakana(s string) string {
	return strings.Map(func(r rune) rune {
		if 'ぁ' <= r && r <= 'ゖ' {
			return r + 'ァ' - 'ぁ'
		}
		return r
	}, s)
}

// kanaParts reads kana; a long vowel is written once, twice, with h, or in a
// foreign name with r. The sokuon stays as a mark for doubled.
func (t rules) kanaParts(s string, foreign bool) [][]alt {
	var parts [][]alt
	vowel := byte(0)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		m := t.match(s, i, r)
		switch {
		case r == sokuon:
			parts = append(parts, []alt{{string(sokuon), 0}})
		case r == choon:
			parts = append(parts, longVowel(vowel, foreign))
		case r == 'ウ' && m.src == "ウ" && (vowel == 'o' || vowel == 'u') && !foreign:
			parts = append(parts, []alt{{"", 0}, {"u", 3}, {"h", 8}})
		case r == 'オ' && vowel == 'o' && !foreign:
			parts = append(parts, []alt{{"", 0}, {"o", 3}, {"h", 8}})
		case m != nil:
			parts = append(parts, m.alts)
			size = len(m.src)
			text := m.alts[0].text
			vowel = text[len(text)-1]
			if r == 'ン' && i+size < len(s) && strings.ContainsRune("バビブベボパピプペポマミムメモ", firstRune(s[i+size:])) {
				parts[len(parts)-1] = []alt{{"n", 0}, {"m", 4}}
			}
			i += size
			continue
		default:
			parts = append(parts, []alt{{unknown(r), 0}})
		}
		if r == 'ウ' || r == 'オ' {
			vowel = 0
		}
		i += size
	}
	return parts
}

func longVowel(vowel byte, foreign bool) []alt {
	switch {
	case foreign && vowel == 'a':
		return []alt{{"", 0}, {"r", 3}, {"er", 9}}
	case foreign:
		return []alt{{"", 0}, {"r", 5}}
	case vowel == 'o':
		return []alt{{"", 0}, {"h", 6}, {"u", 5}, {"o", 7}}
	case vowel != 0:
		return []alt{{"", 0}, {string(vowel), 8}}
	}
	return []alt{{"", 0}}
}

// doubled repeats the consonant after a sokuon (Hepburn: t before ch).
func doubled(s string, hepburn bool) string {
	var b strings.Builder
	for i, r := range s {
		if r != sokuon {
			b.WriteRune(r)
			continue
		}
		rest := s[i+utf8.RuneLen(r):]
		switch {
		case hepburn && strings.HasPrefix(rest, "ch"):
			b.WriteByte('t')
		case rest != "" && 'a' <= rest[0] && rest[0] <= 'z' && strings.IndexByte("aeiou", rest[0]) < 0:
			b.WriteByte(rest[0])
		}
	}
	return b.String()
}
