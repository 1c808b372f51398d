package name

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"interdict/internal/script"
)

// word is one raw word of the string with its bytes.
type word struct {
	start, end int    // bytes in the string as given
	clean      string // script.Clean of it, one word
	flags      script.Flags
	entry      *entry // what a Reader remembers of clean; nil if nothing
	place      uint32 // of the printed word among those of the Reader
	comma      bool   // a comma stands behind it
	dot        bool   // a full stop stands behind it, and the next word right behind that
}

// split adds the words of a string: letters, digits and marks stay together,
// signs of apostrophe, ayn and hamza vanish inside a word, and all else
// separates (matching.md 3, step 3).
func (r *Reader) split(words []word, s string) []word {
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		if !inWord(c) {
			if len(words) > 0 {
				last := &words[len(words)-1]
				switch c {
				case ',', '،', '，':
					last.comma = true
				case '.':
					next, _ := utf8.DecodeRuneInString(s[i+n:])
					last.dot = last.end == i && inWord(next)
				}
			}
			i += n
			continue
		}
		start := i
		for i < len(s) {
			c, n = utf8.DecodeRuneInString(s[i:])
			if !inWord(c) && !joins(c, s[i+n:]) {
				break
			}
			i += n
		}
		words = r.appendCleaned(words, s, start, i)
		i += ordinalEnding(s[start:i], s[i:])
	}
	return words
}

// appendCleaned adds the words of s[start:end]; compatibility forms may clean
// to several, which then share the span.
func (r *Reader) appendCleaned(words []word, s string, start, end int) []word {
	raw := s[start:end]
	switch {
	case r != nil:
		return r.spell(words, raw, start, end)
	case lowerASCII(raw) && !strings.ContainsAny(raw, "01"):
		return append(words, word{start: start, end: end, clean: raw})
	}
	for _, w := range clean(raw) {
		w.start, w.end = start, end
		words = append(words, w)
	}
	return words
}

// clean makes the words of one raw word.
func clean(raw string) []word {
	var words []word
	clean, flags := script.Clean(raw)
	for piece := range strings.FieldsFuncSeq(clean, func(r rune) bool { return !inWord(r) && !isQuote(r) }) {
		piece = unquote(unowned(piece))
		if piece == "" {
			continue
		}
		fixed, more := script.Homoglyphs(piece)
		if script.Lettered(fixed) != nil {
			more |= script.Digits
		}
		words = append(words, word{clean: fixed, flags: flags | more})
	}
	return words
}

// acronyms joins single letters that are written with full stops and no
// blanks, "A.B.C.", to one word.
func acronyms(words []word) []word {
	if !slices.ContainsFunc(words, func(w word) bool { return w.dot }) {
		return words
	}
	out := make([]word, 0, len(words))
	for i := 0; i < len(words); i++ {
		w := words[i]
		for i+1 < len(words) && words[i].dot && oneLetter(words[i].clean) && oneLetter(words[i+1].clean) {
			i++
			w.clean += words[i].clean
			w.entry = nil
			w.end, w.comma, w.flags = words[i].end, words[i].comma, w.flags|words[i].flags
		}
		out = append(out, w)
	}
	return out
}

func oneLetter(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && unicode.IsLetter(r)
}

func lowerASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.Cf)
}

// joins reports an apostrophe between two parts of one word.
func joins(r rune, rest string) bool {
	if !isQuote(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return inWord(next)
}

func isQuote(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʺ', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', 'ˈ', '＇':
		return true
	}
	return false
}

// unowned takes the English 's off a word: "Al-Qaida's" speaks of Al-Qaida.
func unowned(s string) string {
	stem, ok := strings.CutSuffix(s, "s")
	if !ok {
		return s
	}
	if r, n := utf8.DecodeLastRuneInString(stem); isQuote(r) && len(stem) > n+1 {
		return stem[:len(stem)-n]
	}
	return s
}

// unquote takes the apostrophes out of a word.
func unquote(s string) string {
	if !strings.ContainsFunc(s, isQuote) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isQuote(r) {
			return -1
		}
		return r
	}, s)
}
