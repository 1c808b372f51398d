package uk

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// decode reads bytes as UTF-8 where they are, else as Windows-1252, which
// holds ISO-8859-1. The ConList has been published in all three.
func decode(b []byte) string {
	b = []byte(strings.TrimPrefix(string(b), "\ufeff"))
	if utf8.Valid(b) || utf8.Valid(trimPartial(b)) {
		return strings.ToValidUTF8(string(b), "")
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	return string(out)
}

// trimPartial takes off a rune that the end of a head cuts.
func trimPartial(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			return b[:len(b)-i]
		}
	}
	return b
}

func readCSV(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		keys := map[string]int{}
		for _, f := range files {
			if !readTable(f, report, keys, yield) {
				return
			}
		}
	}
}

func readTable(f list.File, report *list.Report, keys map[string]int, yield func(record.Record, error) bool) bool {
	fail := func(err error) bool {
		report.Elements++
		return yield(record.Record{}, err)
	}
	raw, err := io.ReadAll(f.Body)
	if err != nil {
		return fail(fmt.Errorf("reading %s: %w", f.Name, err))
	}
	t, errs := scan(f.Name, decode(raw), report)
	for _, err := range errs {
		if !fail(err) {
			return false
		}
	}
	if t == nil {
		return true
	}
	for _, key := range t.order {
		report.Elements++
		rec, err := build(t.entry(key), report)
		if err == nil {
			rec.Key = unique(rec, keys, report)
		}
		if !yield(rec, err) {
			return false
		}
	}
	return true
}

// unique makes a repeated key differ, and says so.
func unique(rec record.Record, keys map[string]int, report *list.Report) string {
	keys[rec.Key]++
	n := keys[rec.Key]
	if n == 1 {
		return rec.Key
	}
	report.Warn(fault.Place{File: rec.File, Line: rec.Line, Element: rec.Element}, fmt.Sprintf("key %q is used %d times in the edition", rec.Key, n))
	return fmt.Sprintf("%s#%d", rec.Key, n)
}

// table is a CSV file with its rows gathered by entry.
type table struct {
	file    string
	headers []string
	fields  []field
	groups  []columns
	// authority is the FCDO where the file has unique ids, else the Treasury.
	authority string
	order     []string         // keys in the order of their first row
	rows      map[string][]row // by key
}

type row struct {
	line  int
	cells []string
}

// scan reads the preamble, the header and all rows. Each row that cannot be
// read is an error of its own; without a header there is no table.
func scan(file, text string, report *list.Report) (*table, []error) {
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	var t *table
	var errs []error
	var key int
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			var at *csv.ParseError
			place := fault.Place{File: file}
			if errors.As(err, &at) {
				place.Line, err = at.Line, at.Err
			}
			errs = append(errs, fault.At(place, "row: %v", err))
			continue
		}
		line, _ := in.FieldPos(0)
		if t == nil {
			t, key = header(file, line, cells, report)
			continue
		}
		if err := t.add(line, key, cells); err != nil {
			errs = append(errs, err)
		}
	}
	if t == nil {
		errs = append(errs, fault.Hint(fault.At(fault.Place{File: file, Line: 1}, "no header row with the columns Name 6, Name 1 and Unique ID or Group ID"),
			"is this a CSV file of the UK Sanctions List or of the ConList?"))
	}
	return t, errs
}

// header makes a table of the header row. Rows before it are a preamble,
// which holds the date of the list.
func header(file string, line int, cells []string, report *list.Report) (*table, int) {
	t := &table{file: file, rows: map[string][]row{}}
	at := map[string]int{}
	for i, c := range cells {
		at[plain(c)] = i + 1
		t.headers = append(t.headers, list.Squeeze(c))
		f, known := fields[plain(c)]
		if !known {
			f = field{inUnknown, list.Squeeze(c)}
		}
		t.fields = append(t.fields, f)
	}
	key := at["uniqueid"]
	if key == 0 {
		key = at["groupid"]
	}
	if at["name6"] == 0 || at["name1"] == 0 || key == 0 {
		preamble(cells, report)
		return nil, 0
	}
	for i, f := range t.fields {
		if f.group == inUnknown && f.name != "" {
			report.Warn(fault.Place{File: file, Line: line, Element: t.headers[i]}, "unknown column; its values are kept as they stand")
		}
	}
	t.groups = t.gather()
	t.authority = treasury
	if at["uniqueid"] > 0 {
		t.authority = fcdo
	}
	return t, key - 1
}

func preamble(cells []string, report *list.Report) {
	for _, c := range cells {
		if _, after, ok := strings.Cut(c, ":"); ok {
			c = after
		}
		if d, err := date.Parse(list.Squeeze(c)); err == nil && d.Precision == date.Day {
			report.Date = d
		}
	}
}

func (t *table) add(line, key int, cells []string) error {
	for i, c := range cells {
		if i >= len(t.headers) && strings.TrimSpace(c) != "" {
			return fault.At(fault.Place{File: t.file, Line: line}, "the row has %d cells, the header %d columns", len(cells), len(t.headers))
		}
	}
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return nil
	}
	if key >= len(cells) || strings.TrimSpace(cells[key]) == "" {
		return fault.At(fault.Place{File: t.file, Line: line, Element: t.headers[key]}, "the row has no %s: it cannot be told whose it is", t.headers[key])
	}
	k := strings.TrimSpace(cells[key])
	if _, seen := t.rows[k]; !seen {
		t.order = append(t.order, k)
	}
	t.rows[k] = append(t.rows[k], row{line, cells})
	return nil
}

func located(ats map[string]string, name, at string) map[string]string {
	if ats == nil {
		ats = map[string]string{}
	}
	ats[name] = at
	return ats
}

// columns are the columns of one group, in the order of the header.
type columns struct {
	group string
	at    []int
}

// gather groups the columns once for all rows. An unknown column is a group of
// its own.
func (t *table) gather() []columns {
	var out []columns
	for i, f := range t.fields {
		n := slices.IndexFunc(out, func(c columns) bool { return c.group == f.group && f.group != inUnknown })
		if n < 0 {
			out = append(out, columns{group: f.group})
			n = len(out) - 1
		}
		out[n].at = append(out[n].at, i)
	}
	return out
}

// entry gathers the rows of one key: each group of columns counts once for
// each set of values that differs.
func (t *table) entry(key string) entry {
	rows := t.rows[key]
	e := entry{file: t.file, element: "entry " + key, line: rows[0].line, authority: t.authority}
	seen := make([]map[string]bool, len(t.groups))
	var id []byte
	for _, r := range rows {
		for g, cols := range t.groups {
			id = id[:0]
			empty := true
			for _, c := range cols.at {
				if c < len(r.cells) && !(cols.group == inScript && t.fields[c].name != "text") {
					empty = empty && r.cells[c] == ""
					id = append(append(id, r.cells[c]...), 0)
				}
			}
			if empty || seen[g][string(id)] {
				continue
			}
			if seen[g] == nil {
				seen[g] = map[string]bool{}
			}
			seen[g][string(id)] = true
			if p, ok := t.piece(cols, r); ok {
				e.pieces = append(e.pieces, p)
			}
		}
	}
	return e
}

// piece reads one group of one row.
func (t *table) piece(cols columns, r row) (piece, bool) {
	p := piece{group: cols.group, values: map[string]string{}}
	for _, c := range cols.at {
		if c >= len(r.cells) {
			continue
		}
		value := list.Squeeze(r.cells[c])
		if value == "" {
			continue
		}
		at := fmt.Sprintf("%s@row %d", t.headers[c], r.line)
		if p.at == "" {
			p.at = at
		}
		p.values[t.fields[c].name] = value
		if p.group == inListing {
			p.ats = located(p.ats, t.fields[c].name, at)
		}
	}
	// The script belongs to the name of its row.
	if p.group == inScript {
		for i, f := range t.fields {
			if f == (field{inName, "type"}) && i < len(r.cells) {
				p.values["name type"] = r.cells[i]
			}
		}
	}
	return p, p.at != ""
}
