package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode"

	"interdict/internal/list"
)

// fold makes header texts comparable: lower case, without marks, every run of
// blanks, underscores and punctuation one blank, the Turkish dotted and
// dotless letters one.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range clean(s) {
		r = unicode.ToLower(r)
		switch {
		case r == 'ı':
			r = 'i'
		case r == 'ё':
			r = 'е'
		case unicode.Is(unicode.Mn, r) || r == 'ـ':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '#':
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

// token makes the words of a cell comparable with those of a mapping: case
// and outer or repeated blanks do not matter, everything else does.
func token(s string) string { return strings.ToLower(list.Squeeze(s)) }

// escaped is a carriage return or line feed that a workbook holds escaped.
var escaped = regexp.MustCompile(`_x000[DdAa]_`)

// clean undoes what workbooks and pages do to text: escaped line ends, no-break
// and zero-width blanks, byte order marks inside cells.
func clean(s string) string {
	if strings.Contains(s, "_x000") {
		s = escaped.ReplaceAllString(s, "\n")
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\u200b", "", "\ufeff", "", "\x1a", "").Replace(s)
	return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
}

// values splits the text of a cell by the separators of its column and by
// enumeration, and leaves out what says nothing.
func (m *Mapping) values(c *Column, text string) []string {
	var out []string
	for _, part := range split(c, clean(text)) {
		items := []string{part}
		if c.Enumerated {
			items = enumerated(part)
		}
		for _, item := range items {
			item = list.Squeeze(item)
			if len(items) > 1 || len(c.Split) > 0 {
				item = strings.TrimSpace(strings.Trim(item, ";,"))
			}
			if item != "" && !m.nulls[token(item)] && !c.nulls[token(item)] {
				out = append(out, item)
			}
		}
	}
	return out
}

func split(c *Column, text string) []string {
	if c.Quoted {
		if parts, err := quoted(text, rune(c.Split[0][0])); err == nil {
			return parts
		}
	}
	parts := []string{text}
	for _, sep := range c.Split {
		var next []string
		for _, p := range parts {
			next = append(next, strings.Split(p, sep)...)
		}
		parts = next
	}
	return parts
}

// quoted reads a cell as one CSV record of its own.
func quoted(text string, comma rune) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.TrimLeadingSpace, r.FieldsPerRecord = comma, true, -1
	var out []string
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, rec...)
	}
}

// marker is the sign before an item: "a)", "(b)", "1.", "iv)".
var marker = regexp.MustCompile(`(?:^|[\s;,])\(?([a-z]{1,4}|[0-9]{1,2})[).](?:\s+|$)?`)

// enumerated splits "a) one b) two" where the text begins with a sign and the
// signs follow one another; any other text is one value. A sign must be
// followed by its successor, so that "Unit b) 12" inside an item stays.
func enumerated(text string) []string {
	at := marker.FindAllStringSubmatchIndex(text, -1)
	if len(at) == 0 || strings.TrimSpace(text[:at[0][0]]) != "" {
		return []string{text}
	}
	var out []string
	want := text[at[0][2]:at[0][3]]
	if first(want) == nil {
		return []string{text}
	}
	follow := first(want)
	start, expect := at[0][1], follow(want)
	for _, m := range at[1:] {
		if sign := text[m[2]:m[3]]; sign == expect && m[0] >= start {
			out = append(out, text[start:m[0]])
			start, expect = m[1], follow(sign)
		}
	}
	// One sign alone is an enumeration only if it is the first of its kind:
	// "1. Mai" is a date, "a) 1963" is an item.
	if len(out) == 0 && want != "a" {
		return []string{text}
	}
	return append(out, text[start:])
}

var roman = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"}

// first returns how signs go on after the first one of an enumeration, nil if
// this is no first sign.
func first(sign string) func(string) string {
	switch sign {
	case "i":
		return func(s string) string { return after(roman, s) }
	case "a":
		return func(s string) string {
			if s == "z" {
				return ""
			}
			return string(s[0] + 1)
		}
	case "1":
		return func(s string) string { return after(numbers, s) }
	}
	return nil
}

var numbers = func() []string {
	out := make([]string, 0, 99)
	for tens := range 10 {
		for ones := range 10 {
			if n := tens*10 + ones; n > 0 {
				s := string(rune('0' + ones))
				if tens > 0 {
					s = string(rune('0'+tens)) + s
				}
				out = append(out, s)
			}
		}
	}
	return out
}()

func after(list []string, s string) string {
	for i, v := range list {
		if v == s && i+1 < len(list) {
			return list[i+1]
		}
	}
	return ""
}
