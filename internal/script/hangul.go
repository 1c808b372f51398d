package script

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// jamo is one Hangul letter in the three general systems.
type jamo struct{ revised, mccune, voiced, foreign string }

// hangulTable holds the letters in Unicode's order and the customary spellings
// of family names and of syllables in given names.
type hangulTable struct {
	initial, vowel, final []jamo
	family, given         map[string][]alt
}

var hangul = sync.OnceValue(func() hangulTable {
	t := hangulTable{family: map[string][]alt{}, given: map[string][]alt{}}
	silent := func(s string) string { return strings.ReplaceAll(s, "-", "") }
	for row := range rows(tableText("hangul-letters")) {
		plain, voiced, _ := strings.Cut(row[3], "/")
		j := jamo{silent(row[2]), silent(plain), silent(voiced), silent(row[4])}
		switch row[0] {
		case "initial":
			t.initial = append(t.initial, j)
		case "vowel":
			t.vowel = append(t.vowel, j)
		case "final":
			t.final = append(t.final, j)
		}
	}
	for row := range rows(tableText("hangul-names")) {
		m := t.given
		if row[0] == "family" {
			m = t.family
		}
		m[row[1]] = merge(m[row[1]], parseAlts(row[2]))
	}
	return t
})

// Unicode's syllable arithmetic: 19 initials, 21 vowels, 28 finals.
const (
	firstSyllable = 0xAC00
	lastSyllable  = 0xD7A3
	finals        = 28
	vowels        = 21
)

type syllable struct {
	char    rune
	i, v, f int // indices of the letters; i < 0 if char is no syllable
}

// syllables cuts composed Hangul; other characters become syllables without
// letters.
func syllables(text string) []syllable {
	var out []syllable
	for _, r := range norm.NFC.String(text) {
		s := syllable{char: r, i: -1}
		if r >= firstSyllable && r <= lastSyllable {
			n := int(r - firstSyllable)
			s.i, s.v, s.f = n/(finals*vowels), n/finals%vowels, n%finals
		} else if !unicode.IsLetter(r) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// readHangul gives customary spellings first for a token that can be a Korean
// name (a known family name and at most four syllables), else the Revised
// Romanisation; then McCune-Reischauer, which North Korea also writes, and the
// way foreign names are spelt back.
func readHangul(text string, max int) []Romanised {
	t := hangul()
	ss := syllables(text)
	revised := []Romanised{{Text: t.revised(ss), Table: "rr"}}
	mccune := []Romanised{{Text: t.mccune(ss), Table: "mccune-reischauer"}}
	foreign := named(best(t.foreign(ss), 3), "hangul-foreign", 0)
	custom := named(best(t.custom(ss), 4), "hangul-custom", 0)
	if Family(text) > 0 || len(ss) == 1 {
		return interleave(max, custom, revised, mccune, foreign)
	}
	return interleave(max, revised, foreign, custom, mccune)
}

func (t hangulTable) custom(ss []syllable) [][]alt {
	var parts [][]alt
	chars := make([]rune, len(ss))
	for i, s := range ss {
		chars[i] = s.char
	}
	n := Family(string(chars))
	if len(chars) == 1 {
		n = 1
	}
	if alts, ok := t.family[string(chars[:n])]; ok {
		parts = append(parts, alts)
		ss = ss[n:]
	}
	for _, s := range ss {
		plain := t.revised([]syllable{s})
		parts = append(parts, merge(t.given[string(s.char)], []alt{{plain, 0}}))
	}
	return parts
}

// revised spells syllable by syllable as names are, except that l before r is ll.
func (t hangulTable) revised(ss []syllable) string {
	var b strings.Builder
	for k, s := range ss {
		if s.i < 0 {
			b.WriteString(unknown(s.char))
			continue
		}
		initial := t.initial[s.i].revised
		if initial == "r" && k > 0 && ss[k-1].i >= 0 && t.final[ss[k-1].f].revised == "l" {
			initial = "l"
		}
		b.WriteString(initial + t.vowel[s.v].revised + t.final[s.f].revised)
	}
	return b.String()
}

// mccune voices k, t, p, ch after a vowel or n, m, ng, l.
func (t hangulTable) mccune(ss []syllable) string {
	var b strings.Builder
	for k, s := range ss {
		if s.i < 0 {
			b.WriteString(unknown(s.char))
			continue
		}
		initial := t.initial[s.i].mccune
		if k > 0 && ss[k-1].i >= 0 && slices.Contains([]string{"", "n", "m", "ng", "l"}, t.final[ss[k-1].f].mccune) {
			initial = t.initial[s.i].voiced
		}
		b.WriteString(initial + t.vowel[s.v].mccune + t.final[s.f].mccune)
	}
	return b.String()
}

// foreign spells a foreign name back: the helping vowel eu is dropped, r may be
// l, a double l is one, b and p may be v and f.
func (t hangulTable) foreign(ss []syllable) [][]alt {
	var parts [][]alt
	for k, s := range ss {
		if s.i < 0 {
			parts = append(parts, []alt{{unknown(s.char), 0}})
			continue
		}
		initial := []alt{{t.initial[s.i].foreign, 0}}
		after := k > 0 && ss[k-1].i >= 0 && t.final[ss[k-1].f].revised == "l"
		switch t.initial[s.i].revised {
		case "r":
			if initial = append(initial, alt{"l", 9}); after {
				initial = []alt{{"", 0}, {"l", 9}}
			}
		case "b":
			initial = append(initial, alt{"v", 6})
		case "p":
			initial = append(initial, alt{"f", 5})
		case "j":
			initial = append(initial, alt{"z", 7})
		}
		vowel := []alt{{t.vowel[s.v].foreign, 0}}
		if t.vowel[s.v].revised == "eo" {
			vowel = append(vowel, alt{"o", 6}, alt{"u", 8})
		}
		parts = append(parts, initial, vowel, []alt{{t.final[s.f].foreign, 0}})
	}
	return parts
}
