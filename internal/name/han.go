package name

import (
	_ "embed" // the words are part of the binary
	"strings"
	"sync"
	"unicode/utf8"

	"interdict/internal/script"
)

//go:embed table/han.txt
var hanText string

const longestHan = 8 // signs of a word of the table

var hanWords = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range lines(hanText) {
		for _, w := range strings.Fields(line) {
			out[w] = true
		}
	}
	return out
})

// cutWords cuts the name of an organisation in Han or Hangul, which has no
// blanks, into the words that the table knows, the longest first, and what
// lies between them: four signs are two words, as most words have two. A place
// in front, which firms are named with, ends at its kind: city, province, county.
func cutWords(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		if place, rest := cutPlace(s); place != "" {
			if !yield(place) {
				return
			}
			s = rest
		}
		for at := 0; at < len(s); {
			n := knownWord(s[at:])
			if n == 0 {
				_, size := utf8.DecodeRuneInString(s[at:])
				at += size
				continue
			}
			if start < at && !halves(s[start:at], yield) {
				return
			}
			if !yield(s[at : at+n]) {
				return
			}
			at += n
			start = at
		}
		if start < len(s) {
			halves(s[start:], yield)
		}
	}
}

// halves yields what the table does not know.
func halves(s string, yield func(string) bool) bool {
	if utf8.RuneCountInString(s) != 4 || script.Of(s) != "Hani" {
		return yield(s)
	}
	at := 0
	for range 2 {
		_, n := utf8.DecodeRuneInString(s[at:])
		at += n
	}
	return yield(s[:at]) && yield(s[at:])
}

// cutPlace cuts a place of two or three signs and the sign of its kind off the
// front of a longer name.
func cutPlace(s string) (place, rest string) {
	n := 0
	for i, r := range s {
		if n >= 2 && strings.ContainsRune("市省县縣", r) {
			if rest = s[i+utf8.RuneLen(r):]; rest != "" {
				return s[:i], rest
			}
		}
		if n++; n > 3 {
			break
		}
	}
	return "", s
}

// knownWord returns the length in bytes of the longest word of the table that
// s begins with, 0 if there is none.
func knownWord(s string) int {
	best, n := 0, 0
	for i, r := range s {
		if n == longestHan {
			break
		}
		n++
		if end := i + utf8.RuneLen(r); hanWords()[s[:end]] {
			best = end
		}
	}
	return best
}

// Family names of two signs; all others have one (names.md 3).
var twoSigns = []string{"欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "夏侯", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐", "宇文", "长孙", "長孫", "司徒", "남궁", "황보", "제갈", "선우", "독고"}

// cutFamily cuts a Han or Hangul personal name of two to four signs behind
// its family name.
func cutFamily(s string) (family, given string, ok bool) {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 4 {
		return "", "", false
	}
	_, cut := utf8.DecodeRuneInString(s)
	for _, f := range twoSigns {
		if n > 2 && strings.HasPrefix(s, f) {
			cut = len(f)
		}
	}
	return s[:cut], s[cut:], true
}
