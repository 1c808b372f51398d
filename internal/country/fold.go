package country

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings spellings of one name together: compatibility forms, case,
// marks, Arabic letter variants and punctuation do not count.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			continue
		case r == '\'' || r == '’' || r == '‘' || r == '`' || r == 'ʼ' || r == '.':
			continue
		case r == '&':
			writeWord(&b, "and", true)
			gap = true
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mc, r):
			writeWord(&b, letter(r), gap)
			gap = false
		default:
			gap = b.Len() > 0
		}
	}
	return b.String()
}

func writeWord(b *strings.Builder, s string, gap bool) {
	if gap && b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(s)
}

// letter folds letters that Unicode does not decompose.
func letter(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'ø', 'Ø':
		return "o"
	case 'ł', 'Ł':
		return "l"
	case 'đ', 'Đ':
		return "d"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'ı', 'I':
		return "i"
	case 'ی', 'ى':
		return "ي"
	case 'ک':
		return "ك"
	case 'ة':
		return "ه"
	}
	return string(unicode.ToLower(r))
}
