package date

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// kind is what a token is.
type kind uint8

const (
	number kind = iota
	word        // folded letters; the dot of an abbreviation belongs to it
	mask        // ?, _, *, or letters such as dd, mm, xx that stand for digits
	mark        // any other single rune; a line break is '\n'
)

// token is one piece of a text to read. from and to are byte offsets in the
// text as printed.
type token struct {
	kind     kind
	text     string // folded
	value    int    // of a number of at most 8 digits
	digits   int
	from, to int
	glued    bool // no white space before it
}

func (t token) is(s string) bool { return t.kind == mark && t.text == s }

// scan cuts text into tokens. Digits of every script become numbers.
func scan(text string) []token {
	var out []token
	glued := true
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029' {
			out = append(out, token{kind: mark, text: "\n", from: i, to: i + n})
			i, glued = i+n, false
			continue
		}
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			i, glued = i+n, glued && !unicode.IsSpace(r)
			continue
		}
		t := next(text, i, r, n)
		t.glued = glued
		out = append(out, t)
		i, glued = t.to, true
	}
	return out
}

func next(text string, i int, r rune, n int) token {
	switch {
	case unicode.IsDigit(r):
		return scanNumber(text, i)
	case unicode.IsLetter(r):
		return scanWord(text, i)
	case strings.ContainsRune("?_*؟？", r):
		run := len(text[i:]) - len(strings.TrimLeft(text[i:], string(r)))
		return token{kind: mask, text: plain(r), digits: run / n, from: i, to: i + run}
	}
	return token{kind: mark, text: plain(r), from: i, to: i + n}
}

func scanNumber(text string, i int) token {
	t := token{kind: number, from: i, to: i}
	for t.to < len(text) {
		r, n := utf8.DecodeRuneInString(text[t.to:])
		if !unicode.IsDigit(r) {
			break
		}
		if t.digits < 9 {
			t.value = t.value*10 + digit(r)
		}
		t.digits++
		t.to += n
	}
	t.text = text[t.from:t.to]
	return t
}

// digit returns the value of a decimal digit of any script: in Unicode each
// set of ten stands in order and, but for the mathematical ones, apart.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= 0x1D7CE && r <= 0x1D7FF:
		return int(r-0x1D7CE) % 10
	}
	v := 0
	for unicode.IsDigit(r-1) && v < 9 {
		r--
		v++
	}
	return v
}

func scanWord(text string, i int) token {
	t := token{kind: word, from: i, to: i}
	for t.to < len(text) {
		r, n := utf8.DecodeRuneInString(text[t.to:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("'’ʿʾ`", r) {
			break
		}
		t.to += n
	}
	t.text = fold(text[t.from:t.to])
	if digitsFor[t.text] {
		t.kind, t.digits = mask, len(t.text)
		return t
	}
	if t.to < len(text) && text[t.to] == '.' {
		t.to++
		if era := initials.FindString(text[i:]); era != "" {
			t.to, t.text = i+len(era), fold(strings.ReplaceAll(era, ".", ""))
		}
	}
	return t
}

// initials are eras that are written with dots, which would be two words.
var initials = regexp.MustCompile(`(?i)^(?:A\.H|S\.H|A\.P|A\.D|C\.E)\.`)

// plain maps the variants of a separator to the ASCII one.
func plain(r rune) string {
	switch r {
	case '‐', '‑', '‒', '–', '—', '−', '－', '~', '～':
		return "-"
	case '؛', '；':
		return ";"
	case '،', '、', '，':
		return ","
	case '／', '⁄':
		return "/"
	case '؟', '？':
		return "?"
	case '（', '[':
		return "("
	case '）', ']':
		return ")"
	case '．', '٫':
		return "."
	case '：':
		return ":"
	}
	return string(r)
}

var letters = strings.NewReplacer("ı", "i", "ي", "ی", "ى", "ی", "ك", "ک", "ـ", "", "ة", "ه",
	"'", "", "’", "", "ʿ", "", "ʾ", "", "`", "", "ß", "ss")

// fold makes words comparable: lower case, no accents, one form of the Arabic
// letters that are typed in several.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return letters.Replace(b.String())
}
