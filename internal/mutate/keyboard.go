package mutate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// layout is a keyboard: three rows of keys from the left, a blank between keys.
// The same place in two layouts is the same key.
type layout [3][]string

func rows(a, b, c string) layout {
	return layout{strings.Fields(a), strings.Fields(b), strings.Fields(c)}
}

// The layouts of Windows: US, Russian, Arabic 101.
var (
	qwerty = rows(
		"q w e r t y u i o p [ ]",
		"a s d f g h j k l ; '",
		"z x c v b n m , .")
	jcuken = rows(
		"й ц у к е н г ш щ з х ъ",
		"ф ы в а п р о л д ж э",
		"я ч с м и т ь б ю")
	arabic101 = rows(
		"ض ص ث ق ف غ ع ه خ ح ج د",
		"ش س ي ب ل ا ت ن م ك ط",
		"ئ ء ؤ ر لا ى ة و ز")
)

// neighbours returns for every key with a letter the letters beside, above and
// below it.
func (l layout) neighbours() []swap {
	at := func(row, col int) string {
		if row < 0 || row >= len(l) || col < 0 || col >= len(l[row]) {
			return ""
		}
		return l[row][col]
	}
	var all []swap
	for row := range l {
		for col, key := range l[row] {
			if !isLetter(key) {
				continue
			}
			s := swap{from: key}
			for _, near := range []string{at(row, col-1), at(row, col+1), at(row-1, col), at(row-1, col+1), at(row+1, col), at(row+1, col-1)} {
				if isLetter(near) {
					s.to = append(s.to, near)
				}
			}
			all = append(all, s)
		}
	}
	return all
}

func isLetter(key string) bool {
	r, _ := utf8.DecodeRuneInString(key)
	return key != "" && unicode.IsLetter(r)
}

// neighbour hits the key beside the one meant.
func neighbour(l layout) func(*Chance, string) (string, bool) {
	keys := l.neighbours()
	return func(c *Chance, s string) (string, bool) { return swapOne(c, s, keys) }
}

// wrongLayout types Latin letters with the keyboard switched to l, and letters
// of l with the keyboard switched to Latin.
func wrongLayout(l layout) func(*Chance, string) (string, bool) {
	var there, back []swap
	for row := range l {
		for col, key := range l[row] {
			there = append(there, swap{qwerty[row][col], []string{key}})
			back = append(back, swap{key, []string{qwerty[row][col]}})
		}
	}
	return func(c *Chance, s string) (string, bool) {
		if in(s, unicode.Latin) {
			return swapAll(c, s, there)
		}
		return swapAll(c, s, back)
	}
}
