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

var odd = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\u200b", "", "\ufeff", "", "\x1a", "")

// clean undoes what workbooks and pages do to text: escaped line ends, no-break
// and zero-width blanks, byte order marks inside cells.
func clean(s string) string {
	if strings.Contains(s, "_x000") {
		s = escaped.ReplaceAllString(s, "\n")
	}
	if strings.ContainsAny(s, "\r\u00a0\u200b\ufeff\x1a") {
		s = odd.Replace(s)
	}
	return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
}

// values splits the text of a cell by the separators of its column and by
// enumeration, and leaves out what says nothing.
func (m *Mapping) values(c *Column, text string) []string {
	if text == "" {
		return nil
	}
	pieces := []string{clean(text)}
	if c.Enumerated {
		pieces = enumerated(pieces[0])
	}
	var out []string
	for _, piece := range pieces {
		for _, v := range split(c, piece) {
			v = list.Squeeze(v)
			if len(c.Split) > 0 {
				v = strings.Trim(v, ";, ")
			}
			if v != "" && !m.silent(c, v) {
				out = append(out, v)
			}
		}
	}
	return out
}

// silent reports whether a mapping says that this text means nothing.
func (m *Mapping) silent(c *Column, text string) bool {
	if len(m.nulls) == 0 && len(c.nulls) == 0 {
		return false
	}
	t := token(text)
	return m.nulls[t] || c.nulls[t]
}

func split(c *Column, text string) []string {
	if c.Quoted && strings.Contains(text, `"`) {
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

// enumerated takes "a) one b) two" apart. What stands before the first mark
// belongs to the first item if it is a label, else it is a value of its own.
func enumerated(text string) []string {
	head, items := list.Enumerate(text)
	if len(items) == 0 {
		return []string{text}
	}
	var out []string
	label := strings.HasSuffix(head, ":")
	if head != "" && !label {
		out = append(out, head)
	}
	for i, item := range items {
		if i == 0 && label {
			item.Text = head + " " + item.Text
		}
		out = append(out, item.Text)
	}
	return out
}
