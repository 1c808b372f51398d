package script

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// sino holds the readings of a character, or of a family name of one or two
// characters, beside the common pinyin.
type sino struct {
	pinyin                   []string
	cantonese, korean, other []alt
}

// hanTable holds family names and single characters. Family names have
// customary spellings of their own (Lee, Wong, Park).
type hanTable struct {
	family map[string]sino
	char   map[rune]sino
	// japanese holds whole words in their Japanese reading.
	japanese map[string][]alt
}

var han = sync.OnceValue(func() hanTable {
	t := hanTable{map[string]sino{}, map[rune]sino{}, map[string][]alt{}}
	for row := range rows(tableText("kanji-names")) {
		t.japanese[row[0]] = parseAlts(row[1])
	}
	for row := range rows(tableText("han-given")) {
		s := sino{cantonese: known(row[1]), korean: known(row[2])}
		for _, r := range row[0] {
			old := t.char[r]
			t.char[r] = sino{nil, merge(old.cantonese, s.cantonese), merge(old.korean, s.korean), nil}
		}
	}
	for row := range rows(tableText("han-surnames")) {
		s := sino{strings.Fields(strings.Trim(row[1], "-")), known(row[2]), known(row[3]), known(row[4])}
		if strings.Contains(row[0], "/") {
			for _, name := range strings.FieldsFunc(row[0], func(r rune) bool { return r == '/' }) {
				t.family[name] = s
			}
			continue
		}
		for _, r := range row[0] {
			t.family[string(r)] = s
			if _, ok := t.char[r]; !ok {
				t.char[r] = sino{nil, s.cantonese, s.korean, nil}
			}
		}
	}
	return t
})

func known(cell string) []alt {
	if cell == "-" {
		return nil
	}
	return parseAlts(cell)
}

// merge appends the texts of b that a lacks, each dearer than the last of a.
func merge(a, b []alt) []alt {
	out := slices.Clone(a)
	for _, x := range b {
		out = append(out, alt{x.text, x.cost + 10*len(a)})
	}
	return distinct(out, len(out))
}

// pinyinKnown remembers what pinyinOf returned: rune -> []string.
var pinyinKnown sync.Map

// pinyinOf lists the toneless readings of a character, the commonest first. The
// list must not be changed.
func pinyinOf(r rune) []string {
	if known, ok := pinyinKnown.Load(r); ok {
		return known.([]string)
	}
	var out []string
	for _, p := range strings.Split(pinyin.PinyinDict[int(r)], ",") {
		if t := bare(p); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	pinyinKnown.Store(r, out)
	return out
}

// Family returns the number of characters at the start of a Han or Hangul token
// that are a family name: 0; 1 in tokens of two or three
// characters; 2, a compound name, in tokens of three or four.
func Family(token string) int {
	chars := []rune(token)
	if len(chars) < 2 || len(chars) > 4 {
		return 0
	}
	known := func(s string) bool {
		_, han := han().family[s]
		_, hangul := hangul().family[s]
		return han || hangul
	}
	switch {
	case len(chars) > 2 && known(string(chars[:2])):
		return 2
	case len(chars) < 4 && known(string(chars[:1])):
		return 1
	}
	return 0
}

// piece is a family name or one character, with its readings in each system.
type piece struct {
	pinyin                   []alt
	cantonese, korean, other []alt
}

// pieces cuts a Han token into its family name, if it may have one, and single
// characters.
func pieces(token string) []piece {
	n := Family(token)
	if utf8.RuneCountInString(token) == 1 {
		n = 1
	}
	var out []piece
	chars := []rune(token)
	if s, ok := han().family[string(chars[:n])]; ok && n > 0 {
		p := piece{priced(s.pinyin), s.cantonese, s.korean, s.other}
		for _, r := range chars[:n] {
			if n == 1 {
				p.pinyin = merge(p.pinyin, priced(pinyinOf(r)))
			}
		}
		out = append(out, p)
		chars = chars[n:]
	}
	for _, r := range chars {
		s := han().char[r]
		p := piece{priced(pinyinOf(r)), s.cantonese, s.korean, nil}
		if len(p.pinyin) == 0 {
			p.pinyin = []alt{{unknown(r), 0}}
		}
		out = append(out, p)
	}
	return out
}

func priced(texts []string) []alt {
	out := make([]alt, len(texts))
	for i, t := range texts {
		out[i] = alt{t, 10 * i}
	}
	return out
}

// readHan joins the characters' readings by pinyin, Wade-Giles, the spellings
// of Hong Kong, Sino-Korean, Japanese for whole words, and regional family
// names; a system that lacks a character gives nothing. The best of every
// system come first.
func readHan(text string, max int) []Romanised {
	ps := pieces(text)
	mandarin := named(joinPieces(ps, func(p piece) []alt { return p.pinyin }), "pinyin", 0)
	wade := named(joinPieces(ps, func(p piece) []alt { return wadeGiles(p.pinyin[:1]) }), "wade-giles", 0)
	hk := named(joinPieces(ps, func(p piece) []alt { return p.cantonese }), "hk", 0)
	korean := named(joinPieces(ps, func(p piece) []alt { return p.korean }), "sino-korean", 0)
	other := named(joinPieces(ps[:1], func(p piece) []alt { return p.other }), "regional", 0)
	if len(ps) > 1 {
		other = nil
	}
	japanese := named(best([][]alt{han().japanese[text]}, 2), "kanji", 0)
	if han().japanese[text] == nil {
		japanese = nil
	}
	return interleave(max, mandarin, wade, hk, korean, japanese, other)
}

func joinPieces(ps []piece, of func(piece) []alt) []alt {
	parts := make([][]alt, len(ps))
	for i, p := range ps {
		if parts[i] = of(p); len(parts[i]) == 0 {
			return nil
		}
	}
	return best(parts, 3)
}

// interleave takes the first of every list, then the second, up to max texts.
func interleave(max int, lists ...[]Romanised) []Romanised {
	var out []Romanised
	for rank := range max {
		for _, l := range lists {
			if rank < len(l) && !hasText(out, l[rank].Text) {
				out = append(out, l[rank])
			}
		}
	}
	return out[:min(len(out), max)]
}

var wade = sync.OnceValue(func() map[string]map[string]string {
	out := map[string]map[string]string{"whole": {}, "initial": {}, "final": {}}
	for row := range rows(tableText("wade-giles")) {
		out[row[0]][row[1]] = row[2]
	}
	return out
})

// wadeGiles respells pinyin syllables; compound family names are left out.
func wadeGiles(in []alt) []alt {
	var out []alt
	for _, a := range in {
		out = append(out, alt{wadeSyllable(a.text), a.cost})
	}
	return out
}

func wadeSyllable(s string) string {
	t := wade()
	if w, ok := t["whole"][s]; ok {
		return w
	}
	n := strings.IndexAny(s, "aeiouv")
	if n < 0 {
		return s
	}
	initial, final := s[:n], s[n:]
	if w, ok := t["initial"][initial]; ok {
		initial = w
	}
	// After j, q, x and y the letter u is the rounded front vowel and stays.
	if w, ok := t["final"][final]; ok {
		final = w
	}
	return initial + final
}

// JapaneseName cuts a token of Han signs into two names that are known in Japanese,
// the family name and the given one; ok is false if there is no such cut, or if the
// whole token is one name.
func JapaneseName(token string) (family, given string, ok bool) {
	known := han().japanese
	if known[token] != nil {
		return "", "", false
	}
	for cut := range token {
		if cut > 0 && known[token[:cut]] != nil && known[token[cut:]] != nil {
			family, given, ok = token[:cut], token[cut:], true // the longest family name
		}
	}
	return family, given, ok
}

// Syllables gives the readings of every character of a Han, Hangul or Kana
// token, the likeliest first, the family name's own reading in front where the
// token starts with one. Other characters give what Romanise gives for them.
func Syllables(token string) [][]string {
	chars := []rune(token)
	out := make([][]string, 0, len(chars))
	family := Family(token)
	for i, r := range chars {
		var list []string
		add := func(alts []alt) {
			for _, a := range alts {
				if t := bare(a.text); t != "" && !slices.Contains(list, t) {
					list = append(list, t)
				}
			}
		}
		if i == 0 && family == 1 {
			s := han().family[string(r)]
			add(priced(s.pinyin))
			add(hangul().family[string(r)])
		}
		for _, c := range Romanise(string(r), MaxCandidates) {
			add([]alt{{c.Text, 0}})
		}
		out = append(out, list)
	}
	return out
}
