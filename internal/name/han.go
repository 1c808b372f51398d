package name

import (
	_ "embed" // the words are part of the binary
	"strings"
	"sync"
	"unicode/utf8"
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
// lies between them.
func cutWords(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for at := 0; at < len(s); {
			n := knownWord(s[at:])
			if n == 0 {
				_, size := utf8.DecodeRuneInString(s[at:])
				at += size
				continue
			}
			if start < at && !yield(s[start:at]) {
				return
			}
			if !yield(s[at : at+n]) {
				return
			}
			at += n
			start = at
		}
		if start < len(s) {
			yield(s[start:])
		}
	}
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
