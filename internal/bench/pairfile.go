package bench

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/script"
)

// LabelledPair is two names and whether they name one bearer.
type LabelledPair struct {
	Name1, Name2   string // the query and the listed name
	Schema         string
	Match          bool
	Group, Quality string // case_group and quality, where the file has them
	Line           int
}

// CrossPair is two names of one entity in two scripts.
type CrossPair struct {
	Latin, Other string // the listed name and the query
	Schema       string
	Script       string // ISO 15924, of Other
	Entity       string // equal for pairs of one entity
	Line         int
}

// PairFile is a file of pairs of either kind; the other list is empty.
type PairFile struct {
	Labelled []LabelledPair
	Cross    []CrossPair
}

// ReadPairs reads a file of pairs, comma- or tab-separated, by its header:
// labelled pairs have name1, name2 and is_match; pairs in two scripts have
// latin and other_script, or latin_name and original_script_name. Columns may
// stand in any order and more may stand beside them. file names it in errors,
// which are Invalid.
func ReadPairs(file string, r io.Reader) (PairFile, error) {
	t, err := readTable(file, r)
	if err != nil {
		return PairFile{}, err
	}
	switch {
	case t.has("name1", "name2", "is_match"):
		return t.labelled()
	case t.has("latin", "other_script"):
		return t.cross("latin", "other_script")
	case t.has("latin_name", "original_script_name"):
		return t.cross("latin_name", "original_script_name")
	}
	err = fault.New(fault.Invalid, "%s: no pairs: the header is %s", file, strings.Join(t.header, ", "))
	return PairFile{}, fault.Hint(err, "labelled pairs have name1, name2, is_match; pairs in two scripts latin, other_script")
}

// sheet is a file with a header row.
type sheet struct {
	file   string
	header []string
	rows   [][]string
	lines  []int
}

func readTable(file string, r io.Reader) (sheet, error) {
	t := sheet{file: file}
	b := bufio.NewReaderSize(r, 64<<10)
	start, err := b.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) {
		return t, fmt.Errorf("reading %s: %w", file, err)
	}
	first, _, _ := strings.Cut(string(start), "\n")
	c := csv.NewReader(b)
	if strings.Contains(first, "\t") {
		c.Comma = '\t'
		c.LazyQuotes = true
	}
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t, fault.As(fault.Invalid, fmt.Errorf("reading %s: %w", file, err))
		}
		if t.header == nil {
			for _, h := range row {
				t.header = append(t.header, strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))))
			}
			continue
		}
		line, _ := c.FieldPos(0)
		t.rows, t.lines = append(t.rows, row), append(t.lines, line)
	}
	if len(t.rows) == 0 {
		return t, fault.New(fault.Invalid, "%s has no rows", file)
	}
	return t, nil
}

func (t sheet) has(columns ...string) bool {
	for _, c := range columns {
		if !slices.Contains(t.header, c) {
			return false
		}
	}
	return true
}

// cell returns a column of a row, "" where the file has no such column.
func (t sheet) cell(row []string, column string) string {
	if i := slices.Index(t.header, column); i >= 0 && i < len(row) {
		return row[i]
	}
	return ""
}

func (t sheet) labelled() (PairFile, error) {
	var out PairFile
	for i, row := range t.rows {
		p := LabelledPair{
			Name1: t.cell(row, "name1"), Name2: t.cell(row, "name2"), Schema: t.cell(row, "schema"),
			Group: t.cell(row, "case_group"), Quality: t.cell(row, "quality"), Line: t.lines[i],
		}
		switch said := t.cell(row, "is_match"); strings.ToLower(said) {
		case "true", "1", "yes":
			p.Match = true
		case "false", "0", "no":
		default:
			return out, fault.New(fault.Invalid, "%s:%d: is_match is %q, neither true nor false", t.file, p.Line, said)
		}
		out.Labelled = append(out.Labelled, p)
	}
	return out, nil
}

// entityColumns are the columns that together say which entity a row is of.
var entityColumns = [][]string{{"entity"}, {"reference"}, {"celex", "line"}, {"schedule", "item"}}

func (t sheet) cross(latin, other string) (PairFile, error) {
	var out PairFile
	for i, row := range t.rows {
		p := CrossPair{
			Latin: t.cell(row, latin), Other: t.cell(row, other), Line: t.lines[i],
			Schema: t.cell(row, "schema") + t.cell(row, "kind"),
		}
		if p.Latin == "" || p.Other == "" {
			return out, fault.New(fault.Invalid, "%s:%d: a pair without %s or %s", t.file, p.Line, latin, other)
		}
		p.Script = script.Of(p.Other)
		for _, columns := range entityColumns {
			if t.has(columns...) {
				for _, c := range columns {
					p.Entity += t.cell(row, c) + "\x00"
				}
				break
			}
		}
		out.Cross = append(out.Cross, p)
	}
	joinEntities(out.Cross)
	return out, nil
}

// joinEntities makes one entity of all that share a name, letter for letter:
// lists name one entity in several entries. A negative pair is then of two
// entities for sure. Pairs without an entity of their own are each one.
func joinEntities(pairs []CrossPair) {
	root := map[string]string{}
	var find func(string) string
	find = func(k string) string {
		if r, ok := root[k]; ok && r != k {
			r = find(r)
			root[k] = r
			return r
		}
		return k
	}
	for i, p := range pairs {
		if p.Entity == "" {
			pairs[i].Entity = fmt.Sprint("row ", i)
		}
		for _, other := range []string{"l" + p.Latin, "o" + p.Other} {
			root[find(other)] = find("e" + pairs[i].Entity)
		}
	}
	for i := range pairs {
		pairs[i].Entity = find("e" + pairs[i].Entity)
	}
}
