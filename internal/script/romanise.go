package script

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// defaultMax is the number of candidates when the caller names none.
const defaultMax = 5

// reader reads one run of letters of a script; the likeliest reading first.
type reader func(run string, max int) []Romanised

// readers by ISO 15924 code; scripts without one use the fallback.
var readers map[string]reader

func init() { readers = allReaders() }

// Romanise returns the Latin readings of one cleaned token, the likeliest
// first, at most max (0: 5; never more than MaxCandidates), each Text once.
// A token of several scripts is read run by run. A token without a letter or a
// digit has no readings.
func Romanise(token string, max int) []Romanised {
	if isBare(token) {
		if token == "" {
			return nil
		}
		return []Romanised{{Text: token, Table: "ascii"}}
	}
	if max <= 0 {
		max = defaultMax
	}
	max = min(max, MaxCandidates)
	var all []Romanised
	for _, r := range runs(token) {
		read := readers[r.code]
		if read == nil {
			read = fallback
		}
		next := diverse(tidy(read(r.text, max), 2*max), max)
		if len(next) == 0 {
			next = tidy(fallback(r.text, max), max)
		}
		all = product(all, next, max)
	}
	return all
}

// isBare reports a token that is its own romanisation.
func isBare(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

type run struct{ code, text string }

// runs cuts a token where the script changes. Digits are runs of their own
// ("Zyyy"); marks and signs stay with the letters before them.
func runs(token string) []run {
	var out []run
	start, code := 0, ""
	for i, r := range token {
		c := code
		switch k := runeScript(r); {
		case k >= 0:
			c = codeOf(k)
			if c == "Hira" {
				c = "Kana"
			}
		case '0' <= r && r <= '9' && !isPalochka(token, i):
			c = noScript
		}
		if c != code && code != "" {
			out = append(out, run{code, token[start:i]})
			start = i
		}
		code = c
	}
	if start < len(token) {
		out = append(out, run{code, token[start:]})
	}
	return out
}

// isPalochka reports a digit 1 typed for the Caucasian letter palochka: between
// two Cyrillic letters.
func isPalochka(token string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(token[:i])
	after, _ := utf8.DecodeRuneInString(token[i+1:])
	return token[i] == '1' && unicode.Is(unicode.Cyrillic, before) && unicode.Is(unicode.Cyrillic, after)
}

// tidy brings the texts to a-z0-9, drops empty and repeated ones, and cuts.
func tidy(in []Romanised, max int) []Romanised {
	out := in[:0]
next:
	for _, r := range in {
		r.Text = bare(r.Text)
		if r.Text == "" {
			continue
		}
		for _, o := range out {
			if o.Text == r.Text {
				continue next
			}
		}
		if out = append(out, r); len(out) == max {
			break
		}
	}
	return out
}

// product joins the readings of two neighbouring runs, the sum of the ranks
// deciding the order.
func product(a, b []Romanised, max int) []Romanised {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	var out []Romanised
	for sum := 0; sum < len(a)+len(b)-1; sum++ {
		for i := 0; i <= sum; i++ {
			if j := sum - i; i < len(a) && j < len(b) {
				out = append(out, Romanised{a[i].Text + b[j].Text, joinTables(a[i].Table, b[j].Table), a[i].Flags | b[j].Flags})
			}
		}
	}
	return tidy(out, max)
}

func joinTables(a, b string) string {
	if a == b || b == "ascii" {
		return a
	}
	if a == "ascii" {
		return b
	}
	return a + "+" + b
}

// bare keeps the ASCII letters and digits of s, diacritics stripped.
func bare(s string) string {
	if isBare(s) {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKD.String(s)) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		default:
			b.WriteString(latinLetter(r))
		}
	}
	return b.String()
}

// fallback reads letters of a script without a table: what compatibility
// decomposition leaves in Latin, else "u" and the hex code point per letter.
func fallback(text string, _ int) []Romanised {
	var b strings.Builder
	for _, r := range text {
		if t := bare(string(r)); t != "" {
			b.WriteString(t)
		} else if unicode.In(r, unicode.L, unicode.Nl, unicode.No, unicode.Nd) {
			b.WriteString("u" + strconv.FormatInt(int64(r), 16))
		}
	}
	if b.Len() == 0 {
		// A letter token of marks alone still needs a name.
		for _, r := range text {
			if runeScript(r) >= 0 {
				b.WriteString("u" + strconv.FormatInt(int64(r), 16))
			}
		}
	}
	if isBare(text) {
		return []Romanised{{Text: text, Table: "ascii"}}
	}
	return []Romanised{{Text: b.String(), Table: "codepoint"}}
}
