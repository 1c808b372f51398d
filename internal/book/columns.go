package book

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"interdict/internal/fault"
)

// columnsText is the table that the comment at its head describes.
//
//go:embed columns.txt
var columnsText string

// field is a field of a customer, in the order of the table.
type field int

const (
	fieldID field = iota
	fieldName
	fieldFirst
	fieldMiddle
	fieldLast
	fieldAlias
	fieldKind
	fieldBirth
	fieldBirthPlace
	fieldCountry
	fieldGender
	fieldIdentifier
	fieldCount
)

// fieldNames are the words for the fields, in order.
var fieldNames, synonyms, accepted = readColumns(columnsText)

// readColumns returns the fields, the field of each header, and the headers
// of each field as written.
func readColumns(text string) (fields []string, byHeader map[string]field, written []string) {
	byHeader = map[string]field{}
	for _, line := range strings.Split(text, "\n") {
		word, headers, ok := strings.Cut(line, "=")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, h := range strings.Split(headers, ",") {
			byHeader[plain(h)] = field(len(fields))
		}
		fields = append(fields, strings.TrimSpace(word))
		written = append(written, strings.TrimSpace(headers))
	}
	return fields, byHeader, written
}

// plain reduces a header to its letters, without case and trailing numbers.
func plain(header string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(header) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(r)
		}
	}
	if cut := strings.TrimRightFunc(b.String(), unicode.IsDigit); cut != "" {
		return cut
	}
	return b.String()
}

// columns says which cells of a row make which field.
type columns struct {
	headers []string
	fields  [fieldCount][]int
	extra   []int // cells that no field claims
	values  int   // cells of fields that hold several values
}

// findColumns reads a header row. Headers named in o.Columns win over the
// table.
func findColumns(place fault.Place, headers []string, o Options) (columns, error) {
	c := columns{headers: headers}
	chosen, given, err := chooseColumns(place, headers, o)
	if err != nil {
		return c, err
	}
	for i, h := range headers {
		f, known := chosen[i]
		if !known {
			f, known = synonyms[plain(h)]
			known = known && !given[f]
		}
		switch {
		case known:
			c.fields[f] = append(c.fields[f], i)
			if f >= fieldAlias && f != fieldKind {
				c.values++
			}
		case strings.TrimSpace(h) != "":
			c.extra = append(c.extra, i)
		}
	}
	if len(c.fields[fieldName])+len(c.fields[fieldFirst])+len(c.fields[fieldLast]) == 0 {
		return c, fault.Hint(fault.At(place, "no column holds a name; the columns are %s", quoted(headers)),
			"Name one of them so, or say which it is. A name may be headed: %s; or in parts: %s; %s.",
			accepted[fieldName], accepted[fieldFirst], accepted[fieldLast])
	}
	return c, nil
}

// chooseColumns finds the columns that the caller named.
func chooseColumns(place fault.Place, headers []string, o Options) (chosen map[int]field, given map[field]bool, err error) {
	chosen, given = map[int]field{}, map[field]bool{}
	for _, word := range sortedKeys(o.Columns) {
		f := slices.Index(fieldNames, word)
		if f < 0 {
			return nil, nil, fault.Hint(fault.New(fault.Invalid, "no field %q to take a column for", word), "The fields are %s.", strings.Join(fieldNames, ", "))
		}
		want := strings.TrimSpace(o.Columns[word])
		at := slices.IndexFunc(headers, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), want) })
		if at < 0 {
			return nil, nil, fault.Hint(fault.At(place, "no column %q for %s", want, word), "The columns are %s.", quoted(headers))
		}
		chosen[at], given[field(f)] = field(f), true
	}
	return chosen, given, nil
}

func quoted(headers []string) string {
	out := make([]string, len(headers))
	for i, h := range headers {
		out[i] = fmt.Sprintf("%q", h)
	}
	return strings.Join(out, ", ")
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
