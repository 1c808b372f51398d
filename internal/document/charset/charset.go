// Package charset tells in which character set a text without any declaration
// is written.
//
// It knows UTF-16, UTF-8 and four single-byte sets of the languages that lists
// and letters come in: Western, Cyrillic (two) and Arabic. It reads bytes and
// returns values, and says when its answer is a guess, for people to see.
package charset

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
)

// charsets are tried, in this order, on text that is not UTF-8.
var charsets = []struct {
	name     string
	table    *charmap.Charmap
	frequent []rune // small letters beyond ASCII of its languages, the commonest first
}{
	{"windows-1252", charmap.Windows1252, []rune("éèàäöüóáíñçßãåøæêúâëïîûôõýðþœ")},
	{"windows-1251", charmap.Windows1251, []rune("оеаинтсрвлкмдпуяыьгзібїє")},
	{"KOI8-R", charmap.KOI8R, []rune("оеаинтсрвлкмдпуяыьгзб")},
	{"windows-1256", charmap.Windows1256, []rune("اليمنورتبدهعسفحكقأجشةى")},
}

// UTF16 is the encoding of text that begins with a UTF-16 byte order
// mark, or that is Latin text in unmarked UTF-16.
func UTF16(in []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(in, []byte{0xFF, 0xFE}):
		return utf16.UTF16(utf16.LittleEndian, utf16.ExpectBOM)
	case bytes.HasPrefix(in, []byte{0xFE, 0xFF}):
		return utf16.UTF16(utf16.BigEndian, utf16.ExpectBOM)
	}
	head := in[:min(len(in), 1024)/2*2]
	zeros := [2]int{}
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch half := len(head) / 2; {
	case half >= 4 && zeros[1]*10 > half*7 && zeros[0]*50 < half:
		return utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)
	case half >= 4 && zeros[0]*10 > half*7 && zeros[1]*50 < half:
		return utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)
	}
	return nil
}

// MostlyUTF8 says whether nine in ten of the bytes beyond ASCII are part of
// valid UTF-8.
func MostlyUTF8(in []byte) bool {
	good, bad := 0, 0
	for len(in) > 0 {
		r, size := utf8.DecodeRune(in)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good += size
		}
		in = in[size:]
	}
	return good > 9*bad
}

// Guess picks the single-byte set in which the text looks most like words. It
// looks at the first 64 KiB beyond ASCII.
func Guess(in []byte) (name string, table *charmap.Charmap) {
	best := -1 << 62
	from := max(0, bytes.IndexFunc(in, func(r rune) bool { return r >= 0x80 })-64)
	sample := in[from:min(len(in), from+64<<10)]
	for _, c := range charsets {
		if score := wordiness(Decode(c.table, sample), c.frequent); score > best {
			best, name, table = score, c.name, c.table
		}
	}
	return name, table
}

// Decode reads bytes by a table.
func Decode(table *charmap.Charmap, in []byte) string {
	var b strings.Builder
	b.Grow(len(in) * 2)
	for _, c := range in {
		b.WriteRune(table.DecodeByte(c))
	}
	return b.String()
}

// wordiness scores the signs beyond ASCII: frequent letters and neighbours of
// one script speak for a reading; mixed scripts, capitals within words,
// accented letters in a row and signs that are no letters speak against it.
func wordiness(text string, frequent []rune) int {
	score := 0
	last := ' '
	for _, r := range text {
		switch {
		case r < 0x80:
			if isLatin(r) && last >= 0x80 && unicode.IsLetter(last) && !isLatin(last) {
				score -= 3
			}
		case r == utf8.RuneError || unicode.IsControl(r):
			score -= 10
		case unicode.IsLetter(r):
			score += weight(slices.Index(frequent, unicode.ToLower(r)))
		default:
			score--
		}
		if r >= 0x80 && unicode.IsLetter(r) && unicode.IsLetter(last) {
			switch {
			case isLatin(r) != isLatin(last):
				score -= 3
			case isLatin(r) && last >= 0x80:
				score -= 2
			case unicode.IsUpper(r) && unicode.IsLower(last):
				score -= 2
			default:
				score++
			}
		}
		last = r
	}
	return score
}

// weight scores a letter by its place among the frequent ones.
func weight(place int) int {
	switch {
	case place < 0:
		return -1
	case place < 10:
		return 3
	}
	return 1
}

func isLatin(r rune) bool {
	return r < 0x80 && unicode.IsLetter(r) || r >= 0x80 && unicode.Is(unicode.Latin, r)
}
