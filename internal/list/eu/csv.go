package eu

import (
	"bytes"
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
)

// maxCSV is the size above which a CSV is refused; the real one has 30 MB.
const maxCSV = 512 << 20

// readCSV gathers the rows of each entity in the order of their first rows.
func readCSV(f list.File, report *list.Report) iter.Seq2[*entry, error] {
	return func(yield func(*entry, error) bool) {
		t, err := newTable(f)
		if err != nil {
			yield(nil, err)
			return
		}
		t.report = report
		faults := t.rows()
		for _, e := range t.entries {
			if !yield(e, nil) {
				return
			}
		}
		for _, err := range faults {
			if !yield(nil, err) {
				return
			}
		}
	}
}

// table is a CSV being read.
type table struct {
	file    string
	report  *list.Report
	in      *csv.Reader
	wrapped bool // each row is one quoted cell of an outer CSV
	columns []column
	row     int // of the table, the header being 1
	line    int // of the file
	date    string
	data    []byte
	pending []rawRow // rows that a stray quote had made one
	entries []*entry
	byID    map[string]*entry
	numbers map[*entry]map[string]int
	seen    map[*entry]map[string]bool
}

func newTable(f list.File) (*table, error) {
	data, err := io.ReadAll(io.LimitReader(f.Body, maxCSV+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", f.Name, err)
	}
	if len(data) > maxCSV {
		return nil, fault.At(fault.Place{File: f.Name}, "the file is larger than %d bytes", maxCSV)
	}
	data = bytes.TrimRight(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), "\x1a\x00")
	if !utf8.Valid(data) {
		// The service once wrote Windows-1252.
		if data, err = charmap.Windows1252.NewDecoder().Bytes(data); err != nil {
			return nil, fmt.Errorf("decoding %s: %w", f.Name, err)
		}
	}
	t := &table{
		file: f.Name, data: data, byID: map[string]*entry{},
		numbers: map[*entry]map[string]int{}, seen: map[*entry]map[string]bool{},
	}
	t.in = separated(bytes.NewReader(data), ';')
	head, err := t.in.Read()
	if err != nil {
		return nil, fault.At(fault.Place{File: f.Name, Line: 1}, "no header row: %v", err)
	}
	if len(head) == 1 && strings.Contains(head[0], ";") {
		t.wrapped = true
		t.in = separated(bytes.NewReader(data), ',')
		if head, err = t.read(); err != nil {
			return nil, err
		}
	}
	t.row = 1
	t.columns = columnsOf(head)
	if !slices.ContainsFunc(t.columns, func(c column) bool { return c.block == "" && c.name == "logicalId" }) {
		return nil, fault.Hint(fault.At(fault.Place{File: f.Name, Line: 1}, "no column of the entity's logical id"),
			"the file is not one of the EU's CSV 1.1 or its predecessor")
	}
	return t, nil
}

func separated(r io.Reader, comma rune) *csv.Reader {
	in := csv.NewReader(r)
	in.Comma, in.LazyQuotes, in.FieldsPerRecord = comma, true, -1
	return in
}

// read returns the cells of the next row. A spreadsheet that took the file for
// comma-separated wrote each row as one quoted cell, its commas as tabs, and
// padded it with tabs.
func (t *table) read() ([]string, error) {
	if len(t.pending) > 0 {
		next := t.pending[0]
		t.pending, t.line = t.pending[1:], next.line
		return next.cells, nil
	}
	start := t.in.InputOffset()
	cells, err := t.in.Read()
	if err == nil {
		t.line, _ = t.in.FieldPos(0)
	}
	if err != nil {
		return nil, err
	}
	if !t.wrapped {
		if t.swallowed(cells) {
			t.pending = t.apart(string(t.data[start:t.in.InputOffset()]))
			return t.read()
		}
		return cells, nil
	}
	line := strings.ReplaceAll(strings.TrimRight(strings.Join(cells, ","), "\t"), "\t", ",")
	inner, err := separated(strings.NewReader(line), ';').Read()
	if errors.Is(err, io.EOF) {
		return []string{""}, nil
	}
	return inner, err
}

// rows reads all rows into entries, and returns the faults of those rows that
// belong to none.
func (t *table) rows() []error {
	var faults []error
	for {
		t.row++
		cells, err := t.read()
		if errors.Is(err, io.EOF) {
			return faults
		}
		if err != nil {
			faults = append(faults, fault.At(t.place(), "%v", err))
			continue
		}
		if err := t.take(cells); err != nil {
			faults = append(faults, err)
		}
	}
}

func (t *table) place() fault.Place {
	return fault.Place{File: t.file, Line: t.line, Element: fmt.Sprintf("row %d", t.row)}
}

func (t *table) take(cells []string) error {
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return nil
	}
	for len(cells) > len(t.columns) && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	id, ref := t.cell(cells, "logicalId"), t.cell(cells, "euReferenceNumber")
	key := id
	if key == "" {
		key = "reference " + ref
	}
	if id == "" && ref == "" {
		return fault.At(t.place(), "a row without the entity's logical id: %q", strings.Join(cells, ";"))
	}
	e := t.byID[key]
	if e == nil {
		p := t.place()
		e = &entry{file: t.file, line: p.Line, path: p.Element}
		t.byID[key], t.numbers[e], t.seen[e] = e, map[string]int{}, map[string]bool{}
		t.entries = append(t.entries, e)
	}
	if len(cells) != len(t.columns) {
		// A shifted row would be misread: it is kept whole and not taken apart.
		e.fields.add("logicalId", id)
		e.fields.add(fmt.Sprintf("row %d", t.row), strings.Join(cells, ";"))
		t.report.Warn(t.place(), fmt.Sprintf("a row of %d cells under %d columns, kept as it stands", len(cells), len(t.columns)))
		return nil
	}
	t.fill(e, cells)
	return nil
}

func (t *table) cell(cells []string, name string) string {
	for i, c := range t.columns {
		if c.block == "" && c.name == name && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
	}
	return ""
}

// rawRow is a row that was read apart from its neighbours.
type rawRow struct {
	cells []string
	line  int
}

// swallowed reports whether a stray quote made one cell of several rows: each
// row starts with the date of the file.
func (t *table) swallowed(cells []string) bool {
	if t.date == "" && t.columns != nil && t.columns[0].name == "fileGenerationDate" {
		t.date = cells[0]
	}
	return t.date != "" && slices.ContainsFunc(cells, func(c string) bool { return strings.Contains(c, "\n"+t.date+";") })
}

// apart cuts such a row up where the next rows start. A piece whose quotes do
// not pair is split at every semicolon.
func (t *table) apart(raw string) []rawRow {
	raw = strings.TrimRight(strings.ReplaceAll(raw, "\r\n", "\n"), "\n")
	t.report.Warn(t.place(), "a stray quote joined several rows; they are read one by one")
	var out []rawRow
	line := t.line
	for i, piece := range strings.Split(raw, "\n"+t.date+";") {
		if i > 0 {
			piece = t.date + ";" + piece
		}
		cells := strings.Split(piece, ";")
		if strings.Count(piece, `"`)%2 == 0 {
			if read, err := separated(strings.NewReader(piece), ';').Read(); err == nil {
				cells = read
			}
		} else {
			for i := range cells {
				cells[i] = strings.Trim(cells[i], `"`)
			}
		}
		out = append(out, rawRow{cells, line})
		line += strings.Count(piece, "\n") + 1
	}
	return out
}

// fill adds what a row says to its entity. Rows repeat the entity's own cells.
func (t *table) fill(e *entry, cells []string) {
	blocks := map[string]*block{}
	var order []*block
	for i, c := range t.columns {
		value := list.Squeeze(strings.ReplaceAll(cells[i], `\n`, "\n"))
		switch {
		case value == "":
		case c.name == "fileGenerationDate":
			t.stated(value)
		case c.block == "":
			if c.name == "logicalId" && value == e.fields.peek("logicalId") {
				continue // stands in every block of the older file
			}
			if t.fresh(e, c.name, value) {
				e.fields.add(c.name, value)
			}
		default:
			b := blocks[c.block]
			if b == nil {
				b = &block{kind: c.block}
				blocks[c.block] = b
				order = append(order, b)
			}
			b.fields.add(c.name, value)
		}
	}
	for _, b := range order {
		if !t.fresh(e, b.kind, fmt.Sprint(b.fields.values)) {
			continue
		}
		t.numbers[e][b.kind]++
		b.at = place(b.kind, b.fields.peek("logicalId"), t.numbers[e][b.kind]) + fmt.Sprintf("@row %d", t.row)
		e.blocks = append(e.blocks, b)
	}
}

func (t *table) fresh(e *entry, name, value string) bool {
	key := name + "\x00" + value
	if t.seen[e][key] {
		return false
	}
	t.seen[e][key] = true
	return true
}

func (t *table) stated(value string) {
	if t.report.Date.Text == value {
		return
	}
	p, err := date.Parse(value)
	if err != nil {
		t.report.Warn(t.place(), err.Error())
	}
	if t.report.Date.IsZero() {
		t.report.Date = p
	}
}
