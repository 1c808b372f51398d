package script

import (
	"strings"
	"sync"
)

// syllabic reads Thai and Lao, whose vowels stand around their consonant.
type syllabic struct {
	start, end map[rune][]alt
	patterns   []pattern
	inherent   []alt // between two bare consonants, the first of which begins a syllable
	ending     []alt // behind a bare consonant at the end
	table      string
	learned    *syllabic // by the letters' values in words of Pali and Sanskrit; nil for Lao
}

// pattern is a vowel: before and after are the signs around the consonant;
// closed says that a final consonant must follow.
type pattern struct {
	before, after []rune
	closed        bool
	alts          []alt
}

const (
	dependent = "ะาิีึืุูัำ็ะຽາິີຶືຸູັຳົໍະ" // signs that need a consonant before them
	leading   = "เแโไใເແໂໄໃ"                // vowels written before their consonant
)

func syllabicReader(file, table string) reader {
	load := sync.OnceValue(func() syllabic {
		t := syllabic{start: map[rune][]alt{}, end: map[rune][]alt{}, inherent: []alt{{"o", 0}, {"a", 5}}, ending: []alt{{"a", 0}, {"", 6}}, table: table}
		values := map[rune][]alt{}
		for row := range rows(tableText(file)) {
			t.start[firstRune(row[0])] = parseAlts(row[2])
			if row[3] != "-" {
				t.end[firstRune(row[0])] = parseAlts(row[3])
			}
			if len(row) > 4 {
				values[firstRune(row[0])] = parseAlts(row[4])
			}
		}
		for row := range rows(tableText(file + "-vowels")) {
			before, after, _ := strings.Cut(row[0], "C")
			after, closed := strings.CutSuffix(after, "C")
			t.patterns = append(t.patterns, pattern{[]rune(before), []rune(after), closed, parseAlts(row[1])})
		}
		if len(values) > 0 {
			t.learned = &syllabic{start: values, end: values, patterns: t.patterns, inherent: []alt{{"a", 0}, {"", 2}}, ending: []alt{{"", 0}, {"a", 2}}, table: "etymological"}
		}
		return t
	})
	return func(text string, max int) []Romanised {
		t := load()
		sound := named(best(t.parts([]rune(toneless(text))), max), t.table, 0)
		if t.learned == nil {
			return sound
		}
		return interleave(max, sound, named(best(t.learned.parts([]rune(toned(text))), 2), t.learned.table, 0))
	}
}

// toned is toneless, but for letters that the mark above them silences: in names they
// are written.
func toned(text string) string {
	return toneless(strings.ReplaceAll(text, "์", ""))
}

// toneless removes tone marks, and letters silenced by the mark above them. NFKC
// has taken the vowel am apart; it is put together again.
func toneless(text string) string {
	text = strings.NewReplacer("ํา", "ำ", "ໍາ", "ຳ").Replace(text)
	var out []rune
	for _, r := range text {
		switch {
		case r == '์' || r == '໌':
			for len(out) > 0 && strings.ContainsRune(dependent, out[len(out)-1]) {
				out = out[:len(out)-1]
			}
			if len(out) > 1 {
				out = out[:len(out)-1]
			}
		case '่' <= r && r <= '๋', '່' <= r && r <= '໋', r == 'ๆ', r == 'ໆ', r == 'ฺ', r == 'ํ', r == '๎':
		default:
			out = append(out, r)
		}
	}
	return strings.NewReplacer("ํา", "ำ", "ໍາ", "ຳ").Replace(string(out))
}

func (t syllabic) parts(text []rune) [][]alt {
	var parts [][]alt
	for i := 0; i < len(text); {
		if p, n, used := t.vowel(text, i); used > 0 {
			parts = append(parts, t.onset(text[i+len(p.before):], n)...)
			parts = append(parts, p.alts)
			i += used
			if !p.complete() && t.isFinal(text, i) {
				parts = append(parts, t.end[text[i]])
				i++
			}
			continue
		}
		n := t.cluster(text[i:])
		if n == 0 {
			parts = append(parts, []alt{{unknown(text[i]), 0}})
			i++
			continue
		}
		parts = append(parts, t.onset(text[i:], n)...)
		i += n
		if t.isFinal(text, i) { // two bare consonants: o between them
			parts = append(parts, t.inherent, t.end[text[i]])
			i++
			continue
		}
		if i == len(text) {
			parts = append(parts, t.ending)
		} else {
			parts = append(parts, []alt{{"a", 0}, {"", 6}})
		}
	}
	return parts
}

// vowel finds the first pattern that fits at i, the number of consonants in it
// and of characters it takes.
func (t syllabic) vowel(text []rune, i int) (p pattern, consonants, used int) {
	for _, p := range t.patterns {
		if !hasPrefix(text[i:], p.before) {
			continue
		}
		at := i + len(p.before)
		most := t.cluster(text[at:])
		if most == 1 && len(p.after) == 0 && len(text) == at+2 && strings.ContainsRune("ไใໄໃ", p.before[0]) {
			most = t.cluster(append(text[at:at+2:at+2], 0)) // ai takes no final consonant
		}
		for n := most; n > 0; n-- {
			end := at + n
			if !hasPrefix(text[end:], p.after) || carries(text, end+len(p.after)) || p.closed && !t.isFinal(text, end+len(p.after)) {
				continue
			}
			return p, n, end + len(p.after) - i
		}
	}
	return pattern{}, 0, 0
}

// carries reports that the vowel before the sign at i is none, but the silent letter
// that carries that sign: Silpa-archa.
func carries(text []rune, i int) bool {
	return i > 0 && i < len(text) && (text[i-1] == 'อ' || text[i-1] == 'ອ') && strings.ContainsRune(dependent, text[i])
}

// complete reports vowels that no final consonant follows: ai, am, ao and the
// short vowels written with a sign of their own.
func (p pattern) complete() bool {
	switch p.alts[0].text {
	case "ai", "am", "ao":
		return true
	}
	return len(p.after) > 0 && strings.ContainsRune("ะະ", p.after[len(p.after)-1])
}

func hasPrefix(text, prefix []rune) bool {
	return len(text) >= len(prefix) && string(text[:len(prefix)]) == string(prefix)
}

// cluster returns 0, 1, or 2: how many consonants may begin a syllable together.
func (t syllabic) cluster(text []rune) int {
	if len(text) == 0 || t.start[text[0]] == nil {
		return 0
	}
	if len(text) > 2 && t.start[text[1]] != nil && (strings.ContainsRune("กขคปผพตทศກຂຄປຜພ", text[0]) && strings.ContainsRune("รลวລວຣ", text[1]) ||
		strings.ContainsRune("หຫ", text[0]) && strings.ContainsRune("งญนมยรลวງຍນມຣລວ", text[1])) {
		return 2
	}
	return 1
}

// onset reads one consonant or a cluster; a leading h is silent.
func (t syllabic) onset(text []rune, n int) [][]alt {
	if n == 2 && (text[0] == 'ห' || text[0] == 'ຫ') {
		return [][]alt{t.start[text[1]]}
	}
	parts := make([][]alt, 0, 2)
	for _, r := range text[:n] {
		parts = append(parts, t.start[r])
	}
	return parts
}

// isFinal reports a consonant at i that can close a syllable and does not begin
// the next one.
func (t syllabic) isFinal(text []rune, i int) bool {
	if i >= len(text) || t.end[text[i]] == nil {
		return false
	}
	if i+2 == len(text) && i > 0 && strings.ContainsRune("ลนงม", text[i+1]) && t.start[text[i-1]] == nil {
		return false // these two are a syllable: Bhumi-bol
	}
	if i+1 == len(text) || strings.ContainsRune(leading, text[i+1]) {
		return true
	}
	return t.start[text[i+1]] != nil && !(text[i+1] == 'อ' || text[i+1] == 'ອ' || text[i+1] == 'ว' && i+2 < len(text) && t.start[text[i+2]] != nil)
}
