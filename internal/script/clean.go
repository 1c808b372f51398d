package script

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean brings a string to its canonical spelling: NFKC; lower case with the
// Turkish dotted and dotless i both plain i; all quotes and signs for hamza and
// ayn as ', all dashes as -, all blanks and controls as one space character
// each, digits of every script as ASCII digits. It drops invisible characters
// (Unicode category Cf, variation selectors, Hangul fillers), the Arabic
// tatweel and the vowel points of Arabic, Hebrew and Syriac. Letters of all
// scripts stay, Latin diacritics too. Bytes that are not UTF-8 become U+FFFD.
// Clean is idempotent.
func Clean(s string) (string, Flags) {
	if isPlain(s) {
		return s, 0
	}
	var flags Flags
	s = strings.ToValidUTF8(s, "\uFFFD")
	// One pass may uncover work for another: a compatibility form that
	// decomposes into a quote, a mark that composes once a joiner is gone.
	for {
		t, f := cleanOnce(s)
		flags |= f
		if t == s {
			return t, flags
		}
		s = t
	}
}

// isPlain reports whether Clean would return s as it is, for ASCII.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == 0x7f || c == '"' || c == '`' || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

func cleanOnce(s string) (string, Flags) {
	var flags Flags
	var b strings.Builder
	b.Grow(len(s))
	prev := rune(-1)
	for i, r := range s {
		switch {
		case isEveryday(r):
			b.WriteRune(r)
			prev = r
			continue
		case isDropped(r):
			if isSuspect(r, prev, s[i+utf8.RuneLen(r):]) {
				flags |= Invisible
			}
			continue
		case r == 0x307 && prev == 'i': // what İ becomes in other software
			continue
		}
		r = canonical(r)
		b.WriteRune(r)
		prev = r
	}
	return norm.NFKC.String(b.String()), flags
}

// isEveryday reports the commonest letters that Clean leaves as they are.
func isEveryday(r rune) bool {
	return 'a' <= r && r <= 'z' || r == ' ' || 0x430 <= r && r <= 0x45F || 0x621 <= r && r <= 0x63A || 0x641 <= r && r <= 0x64A ||
		0x4E00 <= r && r <= 0x9FFF || 0xAC00 <= r && r <= 0xD7A3
}

// canonical maps one rune to its lower-case, quote, dash, blank and digit form.
func canonical(r rune) rune {
	if r < utf8.RuneSelf {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case r == '"' || r == '`':
			return '\''
		case r < ' ' || r == 0x7f:
			return ' '
		}
		return r
	}
	switch {
	case r == 'İ' || r == 'ı':
		return 'i'
	case r == 'ς':
		return 'σ'
	case isQuote(r):
		return '\''
	case r == '\u2212' || r == '\u2043' || unicode.Is(unicode.Pd, r):
		return '-'
	case r == '\u2800' || unicode.In(r, unicode.Z, unicode.Cc):
		return ' '
	case unicode.Is(unicode.Nd, r):
		return digit(r)
	}
	return unicode.ToLower(r)
}

// digit gives the ASCII digit of a decimal digit of any script. Unicode keeps
// the ten digits of a script together and in order.
func digit(r rune) rune {
	for _, g := range unicode.Nd.R16 {
		if rune(g.Lo) <= r && r <= rune(g.Hi) {
			return '0' + (r-rune(g.Lo))%10
		}
	}
	for _, g := range unicode.Nd.R32 {
		if rune(g.Lo) <= r && r <= rune(g.Hi) {
			return '0' + (r-rune(g.Lo))%10
		}
	}
	return r
}

// isQuote reports quotes, primes, spacing accents used as apostrophes, and the
// modifier letters that stand for hamza, ayn, okina and the soft sign.
func isQuote(r rune) bool {
	switch {
	case 0x2B9 <= r && r <= 0x2BF, 0x2C8 <= r && r <= 0x2CB, r == 0x2EE, r == 0x2F4,
		0x2018 <= r && r <= 0x201F, 0x2032 <= r && r <= 0x2037, r == 0x2039, r == 0x203A,
		0x300C <= r && r <= 0x300F, 0x301D <= r && r <= 0x301F, 0xFF62 <= r && r <= 0xFF63,
		0x275B <= r && r <= 0x2760:
		return true
	}
	switch r {
	case 0xAB, 0xBB, 0xB4, 0x1FBD, 0x1FBF, 0x1FFE, 0x1FEF, 0x1FFD, 0x384, 0x55A, 0x55B, 0x5F3, 0x5F4, 0x7F4, 0x7F5, 0xA78B, 0xA78C, 0xFF02, 0xFF07, 0xFF40:
		return true
	}
	return false
}

// isDropped reports characters that Clean removes.
func isDropped(r rune) bool {
	if r < 0xAD {
		return false
	}
	switch {
	case r == 0x34F, r == 0x640, r == 0x7FA, // joiner, tatweel, N'Ko lajanyalan
		0x610 <= r && r <= 0x61A, 0x64B <= r && r <= 0x652, 0x656 <= r && r <= 0x65F, r == 0x670,
		0x6D6 <= r && r <= 0x6DC, 0x6DF <= r && r <= 0x6E8, 0x6EA <= r && r <= 0x6ED, 0x8D3 <= r && r <= 0x8FF, // harakat
		0x591 <= r && r <= 0x5BD, r == 0x5BF, r == 0x5C1, r == 0x5C2, r == 0x5C4, r == 0x5C5, r == 0x5C7, // niqqud
		r == 0x711, 0x730 <= r && r <= 0x74A, // Syriac points
		r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, // Hangul fillers
		isSelector(r):
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

func isSelector(r rune) bool {
	return 0xFE00 <= r && r <= 0xFE0F || 0xE0100 <= r && r <= 0xE01EF || 0x180B <= r && r <= 0x180F
}

// isSuspect reports whether a dropped character has no business at its place:
// joiners belong to cursive and Indic scripts, selectors to Han and symbols,
// points to their letters.
func isSuspect(r, prev rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case r == 0x200C || r == 0x200D:
		return !isJoining(prev) || rest != "" && unicode.IsLetter(next) && !isJoining(next)
	case isSelector(r):
		return unicode.In(prev, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Arabic)
	}
	return unicode.Is(unicode.Cf, r) || r == 0x34F || r == 0x115F || r == 0x1160 || r == 0x3164 || r == 0xFFA0
}

// isJoining reports letters of scripts whose orthography uses joiners.
func isJoining(r rune) bool {
	return 0x600 <= r && r <= 0x7FF || 0x8A0 <= r && r <= 0x109F || 0x1780 <= r && r <= 0x18AF || 0xFB50 <= r && r <= 0xFEFC
}
