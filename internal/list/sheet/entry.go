package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// entry is a row on its way to a record.
type entry struct {
	record.Record
	listing record.Listing

	implied    record.Kind // by a column that only such subjects have
	parts      []record.Part
	partsAt    []string
	named      map[*Column]bool // name columns that gave their first name
	birthDates []record.Birth
	birthPlace []record.Birth
	birthLand  []value
	address    record.Address

	m      *Mapping
	g      grid
	row    row
	cols   binding
	report *list.Report
}

// entry reads a row.
func (m *Mapping) entry(g grid, r row, cols binding, constant Constant, report *list.Report) *entry {
	e := &entry{m: m, g: g, row: r, cols: cols, report: report, named: map[*Column]bool{}}
	e.Source, e.File, e.Line = m.ID, g.file, r.line
	e.Element = fmt.Sprintf("row %d", r.line)
	if g.name != "" {
		e.Element = g.name + "/" + e.Element
	}
	e.Kind = record.Unknown
	e.listing.Authority = m.Authority
	e.constant(m.Constant)
	e.constant(constant)
	for i, cell := range r.cells {
		if cell == "" {
			continue
		}
		if c := cols.at(i); c != nil {
			e.column(c, cell, e.at(cols.title(i)))
		} else if v := list.Squeeze(clean(cell)); v != "" {
			e.Other = append(e.Other, record.Text{Role: cols.title(i), Text: v, At: e.at(cols.title(i))})
		}
	}
	e.finish()
	return e
}

func (e *entry) at(column string) string { return column + "@row " + strconv.Itoa(e.row.line) }

func (e *entry) warn(v value, format string, args ...any) {
	e.report.Warn(at(e.g.file, e.row.line, strings.TrimPrefix(e.g.name+"/"+v.at, "/")), fmt.Sprintf(format, args...))
}

func (e *entry) constant(c Constant) {
	if c.Authority != "" {
		e.listing.Authority = c.Authority
	}
	if k, ok := kind(c.Kind); ok {
		e.Kind = k
	}
	if c.Status != "" {
		e.listing.Ended = c.Status == "ended"
	}
	for _, x := range []struct {
		from []string
		to   *[]record.Text
	}{{c.Programmes, &e.listing.Programmes}, {c.LegalBases, &e.listing.LegalBases}, {c.Measures, &e.listing.Measures}} {
		for _, t := range x.from {
			*x.to = append(*x.to, record.Text{Text: t, At: "mapping"})
		}
	}
}

// column puts the values of a cell where they belong, then what can be taken
// out of its text.
func (e *entry) column(c *Column, cell, at string) {
	t := targets[c.To]
	for _, v := range e.m.values(c, cell) {
		t.put(e, c, value{v, at})
		if k, ok := kind(c.Implies); ok && e.implied == "" {
			e.implied = k
		}
		for i := range c.Extract {
			x := &c.Extract[i]
			for _, found := range x.pattern.FindAllStringSubmatch(v, -1) {
				e.column(x, found[len(found)-1], at)
			}
		}
	}
}

// cell returns the text of the named column in this row, "" if it says nothing.
func (e *entry) cell(name string) string {
	for i, cell := range e.row.cells {
		if c := e.cols.at(i); c != nil && c.Name == name {
			if v := list.Squeeze(clean(cell)); !e.m.silent(c, v) {
				return v
			}
		}
	}
	return ""
}

// dates reads what a cell says of days. What is not understood is kept as text
// and reported.
func (e *entry) dates(c *Column, v value) []date.Partial {
	if p, ok := e.serial(v); ok {
		return []date.Partial{p}
	}
	got, err := date.ParseAll(v.text, c.grammars...)
	if err != nil {
		e.warn(v, "%v", err)
		if len(got) == 0 {
			got = []date.Partial{{Text: v.text}}
		}
	}
	return got
}

// serial reads a date that a workbook holds as a bare count of days, which
// happens where a cell lost its format: only 1927 to 2064 are taken.
func (e *entry) serial(v value) (date.Partial, bool) {
	n, err := strconv.Atoi(v.text)
	if e.m.Format != "xlsx" || err != nil || n < 10000 || n > 60000 {
		return date.Partial{}, false
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
	p := date.OnDay(t.Year(), int(t.Month()), t.Day())
	p.Text = v.text
	e.warn(v, "%s is read as a workbook's count of days, %s", v.text, p)
	return p, true
}

func putBirthDate(e *entry, c *Column, v value) {
	for _, d := range e.dates(c, v) {
		e.birthDates = append(e.birthDates, record.Birth{Date: d, At: v.at})
	}
}

func putBirthPlace(e *entry, _ *Column, v value) {
	e.birthPlace = append(e.birthPlace, record.Birth{Place: record.Place{Text: v.text, Code: code(v.text)}, At: v.at})
}

func putBirthCountry(e *entry, _ *Column, v value) { e.birthLand = append(e.birthLand, v) }

// finish joins what several columns said of one thing. One date and one place
// are one birth; several are kept apart, as nobody said which goes with which.
func (e *entry) finish() {
	if e.Kind == record.Unknown && e.implied != "" {
		e.Kind = e.implied
	}
	e.joinParts()
	e.joinBirths()
	if e.address != (record.Address{}) {
		if e.address.Country != "" {
			e.address.Code = code(e.address.Country)
		}
		e.Addresses = append(e.Addresses, e.address)
	}
	e.Key = e.key()
	e.Listings = []record.Listing{e.listing}
}

func (e *entry) joinParts() {
	if len(e.parts) == 0 {
		return
	}
	if len(e.Names) > 0 && e.Names[0].Type == record.Primary && len(e.Names[0].Parts) == 0 {
		e.Names[0].Parts = e.parts
		return
	}
	texts := make([]string, len(e.parts))
	for i, p := range e.parts {
		texts[i] = p.Text
	}
	n := record.Name{
		Full: strings.Join(texts, " "), Parts: e.parts, Type: record.Primary, Quality: record.Strong,
		At: e.partsAt[0],
	}
	e.Names = append([]record.Name{n}, e.Names...)
}

func (e *entry) joinBirths() {
	if len(e.birthLand) > 0 {
		for i := range e.birthLand {
			v := e.birthLand[i]
			if i < len(e.birthPlace) && len(e.birthLand) == len(e.birthPlace) {
				e.birthPlace[i].Place.Country, e.birthPlace[i].Place.Code = v.text, code(v.text)
				continue
			}
			e.birthPlace = append(e.birthPlace, record.Birth{Place: record.Place{Country: v.text, Code: code(v.text)}, At: v.at})
		}
	}
	if len(e.birthDates) == 1 && len(e.birthPlace) == 1 {
		e.birthDates[0].Place = e.birthPlace[0].Place
		e.Births = append(e.Births, e.birthDates[0])
		return
	}
	e.Births = append(append(e.Births, e.birthDates...), e.birthPlace...)
}

// key makes the key of the row as the mapping says.
func (e *entry) key() string {
	k := e.m.Key
	if len(k.Columns) == 0 && len(k.Digest) == 0 {
		if e.listing.Reference != "" {
			return e.listing.Reference
		}
		return digest(e.row.cells)
	}
	var parts []string
	for _, c := range k.Columns {
		if v := e.cell(c); v != "" {
			parts = append(parts, v)
		}
	}
	if len(k.Digest) > 0 || len(parts) == 0 {
		cells := e.row.cells
		if len(k.Digest) > 0 {
			cells = nil
			for _, c := range k.Digest {
				cells = append(cells, e.cell(c))
			}
		}
		parts = append(parts, digest(cells))
	}
	return strings.Join(parts, "/")
}

func digest(cells []string) string {
	sum := sha256.Sum256([]byte(strings.TrimRight(strings.Join(cells, "\x1f"), "\x1f")))
	return hex.EncodeToString(sum[:6])
}

// place is where the row stands, for errors.
func (e *entry) place() fault.Place { return at(e.g.file, e.row.line, e.Element) }
