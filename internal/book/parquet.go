package book

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"interdict/internal/fault"
)

// anywhere is a reader of which any part can be read, such as a file.
type anywhere interface {
	io.ReaderAt
	io.Seeker
}

// readParquet streams the rows of a Parquet file: a page of each column at a time.
// What cannot be read at an offset is taken into memory first.
func readParquet(name string, r io.Reader, in *bufio.Reader, o Options, yield func(Customer, error) bool) {
	stop := func(err error) { yield(Customer{}, err) }
	at, size, err := placed(r, in)
	if err != nil {
		stop(fmt.Errorf("reading %s: %w", name, err))
		return
	}
	p := &parquetBook{name: name}
	if err := p.open(at, size); err != nil {
		stop(err)
		return
	}
	if p.cols, err = findColumns(fault.Place{File: name}, p.headers(), o); err != nil {
		stop(err)
		return
	}
	row := 0
	for i, group := range p.file.RowGroups() {
		if row, err = p.group(i, row, group, yield); err != nil {
			stop(err)
			return
		}
		if row < 0 {
			return
		}
	}
}

// placed returns a reader at offsets, and the size.
func placed(r io.Reader, in *bufio.Reader) (io.ReaderAt, int64, error) {
	if a, ok := r.(anywhere); ok {
		if size, err := a.Seek(0, io.SeekEnd); err == nil { // not of a pipe
			return a, size, nil
		}
	}
	b, err := io.ReadAll(io.LimitReader(in, maxUnpacked+1))
	if err == nil && len(b) > maxUnpacked {
		err = fault.Hint(fault.New(fault.Invalid, "larger than %d bytes, and not a file of its own", maxUnpacked), "Give the file itself, not compressed and not through a pipe.")
	}
	return bytes.NewReader(b), int64(len(b)), err
}

// parquetBook is an open Parquet file.
type parquetBook struct {
	name   string
	file   *parquet.File
	leaves []leaf
	cols   columns
}

// leaf is a column that holds values.
type leaf struct {
	header string
	list   bool
	kind   parquet.Kind // of its values
	text   func(parquet.Value) (string, error)
}

// mend is what to do about a file that is not whole.
const mend = "Write the file again from where it comes from; what follows the damage was not screened."

func (p *parquetBook) open(at io.ReaderAt, size int64) error {
	err := guarded(func() (err error) {
		if p.file, err = parquet.OpenFile(at, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true)); err != nil {
			return err
		}
		schema := p.file.Schema()
		for _, path := range schema.Columns() {
			l, ok := schema.Lookup(path...)
			if !ok {
				return fmt.Errorf("the schema does not have its column %q", strings.Join(path, "."))
			}
			p.leaves = append(p.leaves, leaf{headerOf(path), l.MaxRepetitionLevel > 0, l.Node.Type().Kind(), textOf(l.Node.Type())})
		}
		return nil
	})
	if err != nil {
		return fault.Hint(fault.At(fault.Place{File: p.name}, "a Parquet file that cannot be opened: %w", err), mend)
	}
	return nil
}

// headerOf is the header of a column: the names on the way to it, without those
// that writers put around the values of a list.
func headerOf(path []string) string {
	kept := path[:1:1]
	for _, x := range path[1:] {
		if !slices.Contains([]string{"list", "element", "array", "array_element", "bag", "item"}, x) {
			kept = append(kept, x)
		}
	}
	return strings.Join(kept, ".")
}

func (p *parquetBook) headers() []string {
	out := make([]string, len(p.leaves))
	for i, l := range p.leaves {
		out[i] = l.header
	}
	return out
}

// group yields the rows of a row group and returns the number of rows so far, -1 if
// nobody wants more. An error is of the whole book.
func (p *parquetBook) group(n, row int, group parquet.RowGroup, yield func(Customer, error) bool) (int, error) {
	columns := make([]*cursor, len(p.leaves))
	for i, chunk := range group.ColumnChunks() {
		columns[i] = &cursor{pages: parquet.NewColumnChunkValueReader(chunk), list: p.leaves[i].list}
		defer columns[i].pages.Close()
	}
	damage := func(column int, err error) error {
		place := fmt.Sprintf("row group %d, row %d, column %q", n+1, row, p.leaves[column].header)
		return fault.Hint(fault.At(fault.Place{File: p.name, Element: place}, "damaged: %w", err), mend)
	}
	for range group.NumRows() {
		row++
		values := make([][]string, len(columns))
		var odd error
		for i, c := range columns {
			cell, err := c.next()
			if err != nil {
				return row, damage(i, err)
			}
			if values[i], err = p.leaves[i].texts(cell); err != nil && odd == nil {
				odd = fault.Hint(fault.At(fault.Place{File: p.name, Line: row, Element: fmt.Sprintf("row group %d, column %q", n+1, p.leaves[i].header)}, "%w", err),
					"Write the column as text, a number or a date.")
			}
		}
		c := Customer{}
		if odd == nil {
			c = p.customer(row, values)
		}
		if !yield(c, odd) {
			return -1, nil
		}
	}
	for i, c := range columns {
		if err := c.end(); err != nil {
			return row, damage(i, err)
		}
	}
	return row, nil
}

// customer builds the customer of a row. Of several names the first is the name.
func (p *parquetBook) customer(row int, values [][]string) Customer {
	cells := make([]string, len(values))
	var more []string
	for i, v := range values {
		if slices.Contains(p.cols.fields[fieldName], i) && len(v) > 1 {
			v, more = v[:1], append(more, v[1:]...)
		}
		cells[i] = strings.Join(v, "; ")
	}
	c := p.cols.customer(row, cells)
	c.Aliases = append(c.Aliases, more...)
	return c
}

// texts are the values of a cell as text, without those that are absent.
func (l leaf) texts(cell []parquet.Value) ([]string, error) {
	var out []string
	for _, v := range cell {
		if v.IsNull() {
			continue
		}
		if v.Kind() != l.kind {
			return nil, fmt.Errorf("a value of the type %s in a column of the type %s", v.Kind(), l.kind)
		}
		text, err := l.text(v)
		if err != nil {
			return nil, err
		}
		if !utf8.ValidString(text) {
			return nil, errors.New("not text in UTF-8")
		}
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, text)
		}
	}
	return out, nil
}
