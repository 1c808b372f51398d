package ofac

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"interdict/internal/fault"
	"interdict/internal/list"
)

// table is one of the four kinds of file of an edition.
type table uint8

const (
	unknownTable table = iota
	mainTable
	altTable
	addTable
	commentTable
)

// shapes are the columns of each table, and the widths of its fixed-width
// form (cons_dat_spec.txt). A comments row has no upper length.
var shapes = map[table]struct {
	name   string
	widths []int
}{
	mainTable:    {"main", []int{10, 350, 12, 50, 200, 8, 25, 14, 8, 40, 150, 1000}},
	altTable:     {"other names", []int{10, 10, 8, 350, 200}},
	addTable:     {"addresses", []int{10, 10, 750, 116, 250, 200}},
	commentTable: {"comments", []int{10, 0}},
}

const maxLine = 1 << 20 // bytes of one row

// row is one row of a table.
type row struct {
	place fault.Place
	cells []string
	err   error
}

// tableFile is a file whose format and table are known from its name and its
// first row.
type tableFile struct {
	file      list.File
	in        *bufio.Reader
	delimiter byte // 0: fixed width
	table     table
	line      int
	scratch   *bufio.Reader // for one row at a time
}

func openTable(f list.File) (*tableFile, error) {
	t := &tableFile{file: f, in: bufio.NewReaderSize(f.Body, 64<<10), scratch: bufio.NewReader(nil)}
	head, err := t.in.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("reading %s: %w", f.Name, err)
	}
	first := strings.TrimPrefix(string(head), "\ufeff")
	if i := strings.IndexAny(first, "\r\n"); i >= 0 {
		first = first[:i]
	}
	if t.delimiter = delimiterOf(first); t.delimiter == 0 {
		t.delimiter = extensions[strings.ToLower(path.Ext(f.Name))]
	}
	t.table = tableOf(f.Name, first, t.delimiter)
	if t.table == unknownTable {
		return nil, fault.Hint(fault.At(fault.Place{File: f.Name, Line: 1}, "not a table of OFAC: its first row fits none of them"),
			"give the files their own names: sdn, alt, add, sdn_comments, or cons_prim, cons_alt, cons_add, cons_comments")
	}
	return t, nil
}

// extensions tell the format of a file whose first row is damaged.
var extensions = map[string]byte{".csv": ',', ".pip": '|', ".del": '@'}

// delimiterOf finds the mark after the number that starts a row, or 0.
func delimiterOf(line string) byte {
	line = strings.TrimPrefix(line, "\ufeff")
	i := 0
	for i < len(line) && '0' <= line[i] && line[i] <= '9' {
		i++
	}
	if i > 0 && i < len(line) && strings.IndexByte(",|@", line[i]) >= 0 {
		return line[i]
	}
	return 0
}

// tableOf goes by the file's name, else by the columns of its first row.
func tableOf(name, first string, delimiter byte) table {
	base := strings.ToLower(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	switch {
	case strings.HasSuffix(base, "comments"):
		return commentTable
	case base == "alt" || strings.HasSuffix(base, "_alt"):
		return altTable
	case base == "add" || strings.HasSuffix(base, "_add"):
		return addTable
	case base == "sdn" || strings.HasSuffix(base, "_prim"):
		return mainTable
	}
	for _, t := range []table{mainTable, altTable, addTable, commentTable} {
		if delimiter == 0 {
			total := 0
			for _, w := range shapes[t].widths {
				total += w
			}
			if len(first) == total {
				return t
			}
			continue
		}
		if cells, err := split(bufio.NewReader(nil), first, delimiter); err == nil && len(cells) == len(shapes[t].widths) {
			return t
		}
	}
	return unknownTable
}

// rows yields the rows of a table. A lone 0x1A ends the files of DOS times and
// is no row; rows after it would still be read.
func (t *tableFile) rows() iter.Seq[row] {
	return func(yield func(row) bool) {
		next := ""
		for {
			line, err := next, error(nil)
			if next = ""; line == "" {
				line, err = t.readLine()
			}
			if err != nil {
				if !errors.Is(err, io.EOF) {
					yield(row{place: t.place(), err: err})
				}
				return
			}
			if strings.Trim(line, "\x1a \t") == "" {
				continue
			}
			place := t.place()
			line, next, err = t.whole(line)
			if err != nil {
				yield(row{place: place, err: err})
				return
			}
			cells, err := t.cells(strings.TrimRight(line, "\x1a"), place)
			if !yield(row{place: place, cells: cells, err: err}) {
				return
			}
		}
	}
}

func (t *tableFile) place() fault.Place {
	return fault.Place{File: t.file.Name, Line: t.line, Element: fmt.Sprintf("row %d", t.line)}
}

// whole joins the lines of a row whose quotes are still open, up to a line
// that starts a row of its own: that one is handed back.
func (t *tableFile) whole(line string) (joined, next string, err error) {
	for t.delimiter != 0 && strings.Count(line, `"`)%2 == 1 {
		more, err := t.readLine()
		if errors.Is(err, io.EOF) {
			return line, "", nil
		}
		if err != nil {
			return "", "", err
		}
		if delimiterOf(more) == t.delimiter {
			return line, more, nil
		}
		if line += "\n" + more; len(line) > maxLine {
			return "", "", fault.At(t.place(), "the row is longer than %d bytes", maxLine)
		}
	}
	return line, "", nil
}

// readLine reads one line, ended by CR, LF or both, as UTF-8.
func (t *tableFile) readLine() (string, error) {
	var b strings.Builder
	for {
		c, err := t.in.ReadByte()
		if errors.Is(err, io.EOF) && b.Len() > 0 {
			break
		}
		if err != nil {
			return "", err
		}
		if c == '\r' {
			if n, _ := t.in.Peek(1); len(n) == 1 && n[0] == '\n' {
				_, _ = t.in.Discard(1)
			}
			break
		}
		if c == '\n' {
			break
		}
		if b.WriteByte(c); b.Len() > maxLine {
			return "", fault.At(t.place(), "the line is longer than %d bytes", maxLine)
		}
	}
	t.line++
	line := b.String()
	if t.line == 1 {
		line = strings.TrimPrefix(line, "\ufeff")
	}
	if !utf8.ValidString(line) {
		// The old files are Windows-1252, of which every byte is a character.
		line, _ = charmap.Windows1252.NewDecoder().String(line)
	}
	return line, nil
}

func (t *tableFile) cells(line string, place fault.Place) ([]string, error) {
	shape := shapes[t.table]
	var cells []string
	if t.delimiter == 0 {
		cells = fixed(strings.TrimRight(line, " "), shape.widths)
	} else {
		var err error
		if cells, err = split(t.scratch, line, t.delimiter); err != nil {
			return nil, fault.At(place, "%v", err)
		}
	}
	if len(cells) != len(shape.widths) {
		return nil, fault.At(place, "the table of %s has %d columns, the row has %d", shape.name, len(shape.widths), len(cells))
	}
	for i, c := range cells {
		if strings.TrimSpace(c) == "-0-" {
			cells[i] = ""
		} else if i != len(cells)-1 || t.table == altTable || t.table == addTable {
			cells[i] = list.Squeeze(c)
		}
	}
	return cells, nil
}

// split cuts one row at its delimiters, through a reader that is used again
// for every row.
func split(scratch *bufio.Reader, line string, delimiter byte) ([]string, error) {
	scratch.Reset(strings.NewReader(line))
	r := csv.NewReader(scratch)
	r.Comma = rune(delimiter)
	// Blanks follow the nulls, and must not hide a quote after them.
	r.TrimLeadingSpace = true
	cells, err := r.Read()
	if err != nil {
		var p *csv.ParseError
		if errors.As(err, &p) {
			return nil, fmt.Errorf("column %d: %w", p.Column, p.Err)
		}
		return nil, err
	}
	return slices.Clip(cells), nil
}

// fixed cuts a row at the widths; the last column takes the rest.
func fixed(line string, widths []int) []string {
	runes := []rune(line)
	var out []string
	for i, w := range widths {
		if i == len(widths)-1 || w > len(runes) {
			w = len(runes)
		}
		out = append(out, string(runes[:w]))
		runes = runes[w:]
	}
	return out
}
