package script

import "unicode"

// codes lists the scripts that Of tells apart, the commonest first.
var codes = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin},
	{"Cyrl", unicode.Cyrillic},
	{"Arab", unicode.Arabic},
	{"Hani", unicode.Han},
	{"Hang", unicode.Hangul},
	{"Hira", unicode.Hiragana},
	{"Kana", unicode.Katakana},
	{"Hebr", unicode.Hebrew},
	{"Grek", unicode.Greek},
	{"Deva", unicode.Devanagari},
	{"Thai", unicode.Thai},
	{"Armn", unicode.Armenian},
	{"Geor", unicode.Georgian},
	{"Beng", unicode.Bengali},
	{"Taml", unicode.Tamil},
	{"Guru", unicode.Gurmukhi},
	{"Gujr", unicode.Gujarati},
	{"Orya", unicode.Oriya},
	{"Telu", unicode.Telugu},
	{"Knda", unicode.Kannada},
	{"Mlym", unicode.Malayalam},
	{"Sinh", unicode.Sinhala},
	{"Mymr", unicode.Myanmar},
	{"Khmr", unicode.Khmer},
	{"Laoo", unicode.Lao},
	{"Tibt", unicode.Tibetan},
	{"Ethi", unicode.Ethiopic},
	{"Thaa", unicode.Thaana},
	{"Syrc", unicode.Syriac},
	{"Mong", unicode.Mongolian},
	{"Bopo", unicode.Bopomofo},
	{"Tfng", unicode.Tifinagh},
	{"Nkoo", unicode.Nko},
	{"Cher", unicode.Cherokee},
	{"Copt", unicode.Coptic},
	{"Cans", unicode.Canadian_Aboriginal},
	{"Yiii", unicode.Yi},
	{"Vaii", unicode.Vai},
	{"Adlm", unicode.Adlam},
	{"Olck", unicode.Ol_Chiki},
}

// noScript is the ISO 15924 code for characters that belong to no script.
const noScript = "Zyyy"

// runeScript returns the index into codes, -1 for no letter, or len(codes) for
// a letter of a script that is not listed.
func runeScript(r rune) int {
	switch {
	case r < 0x80:
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return 0
		}
		return -1
	case 0x430 <= r && r <= 0x44F:
		return 1
	case 0x621 <= r && r <= 0x64A && r != 0x640:
		return 2
	case 0x4E00 <= r && r <= 0x9FFF:
		return 3
	case 0xAC00 <= r && r <= 0xD7A3:
		return 4
	}
	if !unicode.In(r, unicode.L, unicode.M, unicode.Nl) {
		return -1
	}
	for i := range codes {
		if unicode.Is(codes[i].table, r) {
			return i
		}
	}
	if unicode.In(r, unicode.Common, unicode.Inherited) {
		return -1
	}
	return len(codes)
}

func codeOf(i int) string {
	switch {
	case i < 0:
		return noScript
	case i >= len(codes):
		return "Zzzz"
	}
	return codes[i].code
}

// majority returns the index of the script most letters belong to (Latin on a
// tie, else the one met first), and how many scripts occur.
func majority(s string) (best, kinds int) {
	var count [64]int
	best = -1
	for _, r := range s {
		i := runeScript(r)
		if i < 0 {
			continue
		}
		if count[i] == 0 {
			kinds++
		}
		count[i]++
		if best < 0 {
			best = i
		}
	}
	if kinds < 2 {
		return best, kinds
	}
	for i, n := range count {
		if n > count[best] {
			best = i
		}
	}
	if count[0] == count[best] {
		best = 0
	}
	return best, kinds
}

// Of returns the ISO 15924 code of the script most letters of s belong to
// (Latin on a tie, else the first met), "Zyyy" if s has no letters, "Zzzz" for
// a script without a table here.
func Of(s string) string {
	best, _ := majority(s)
	return codeOf(best)
}
