package payment

import "strings"

// cyrillicCountries are the BIC countries whose banks write names in RUR6.
var cyrillicCountries = []string{"RU", "BY"}

// rur6 is the table of SWIFT-RUR6, the Russian banks' transliteration: one
// Latin sign for each Cyrillic letter. Quote signs enclose what is Latin.
var rur6 = map[rune]rune{
	'A': 'А', 'B': 'Б', 'V': 'В', 'G': 'Г', 'D': 'Д', 'E': 'Е', 'o': 'Ё', 'J': 'Ж', 'Z': 'З', 'I': 'И', 'i': 'Й',
	'K': 'К', 'L': 'Л', 'M': 'М', 'N': 'Н', 'O': 'О', 'P': 'П', 'R': 'Р', 'S': 'С', 'T': 'Т', 'U': 'У', 'F': 'Ф',
	'H': 'Х', 'C': 'Ц', 'c': 'Ч', 'Q': 'Ш', 'q': 'Щ', 'x': 'Ъ', 'Y': 'Ы', 'X': 'Ь', 'e': 'Э', 'u': 'Ю', 'a': 'Я', 'n': '№',
}

// fromRUR6 decodes a text.
func fromRUR6(s string) string {
	var b strings.Builder
	latin := false
	for _, r := range s {
		if r == '\'' {
			latin = !latin
			continue
		}
		if c, ok := rur6[r]; ok && !latin {
			r = c
		}
		b.WriteRune(r)
	}
	return b.String()
}

// looksRUR6 says whether a text in capitals holds small letters, and none but
// those of the table.
func looksRUR6(s string) bool {
	capital, small := false, false
	for _, r := range s {
		switch {
		case 'A' <= r && r <= 'Z':
			capital = true
		case 'a' <= r && r <= 'z':
			if _, ok := rur6[r]; !ok {
				return false
			}
			small = true
		}
	}
	return capital && small
}

// mtCyrillic finds the marks of a message written in RUR6: a reference that
// begins with +, or a bank of a country that uses it.
func mtCyrillic(fields []mtField) bool {
	for _, f := range fields {
		for _, line := range f.lines {
			if f.tag == "20" && strings.HasPrefix(line.text, "+") {
				return true
			}
			text := strings.TrimSpace(line.text)
			if bic.MatchString(text) && strings.HasSuffix(f.tag, "A") {
				for _, c := range cyrillicCountries {
					if text[4:6] == c {
						return true
					}
				}
			}
		}
	}
	return false
}
