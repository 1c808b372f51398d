package book

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"interdict/internal/document/charset"
	"interdict/internal/fault"
)

// readCSV streams a CSV file.
func readCSV(name string, in *bufio.Reader, o Options, yield func(Customer, error) bool) {
	text, err := decoded(in, o)
	if err != nil {
		yield(Customer{}, fmt.Errorf("reading %s: %w", name, err))
		return
	}
	skipped := 0
	delimiter := o.Delimiter
	if delimiter == 0 {
		delimiter, skipped = sniffDelimiter(text)
	}
	rows := csv.NewReader(text)
	rows.Comma = delimiter
	rows.FieldsPerRecord = -1
	rows.ReuseRecord = true
	header, err := rows.Read()
	if errors.Is(err, io.EOF) {
		yield(Customer{}, fault.At(fault.Place{File: name}, "the book is empty"))
		return
	}
	if err != nil {
		yield(Customer{}, rowError(name, skipped, err))
		return
	}
	line, _ := rows.FieldPos(0)
	cols, err := findColumns(fault.Place{File: name, Line: line + skipped}, append([]string(nil), header...), o)
	if err != nil {
		yield(Customer{}, err)
		return
	}
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		var c Customer
		if err != nil {
			var parse *csv.ParseError
			if err = rowError(name, skipped, err); !errors.As(err, &parse) {
				yield(Customer{}, err)
				return
			}
		} else {
			line, _ := rows.FieldPos(0)
			if len(cells) == 1 && cells[0] == "\x1a" { // the DOS end-of-file sign
				continue
			}
			c, err = cols.row(fault.Place{File: name, Line: line + skipped}, cells)
		}
		if !yield(c, err) {
			return
		}
	}
}

// rowError says on which line a row is broken.
func rowError(name string, skipped int, err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return fault.Hint(fault.At(fault.Place{File: name, Line: parse.StartLine + skipped}, "a row that cannot be read, up to line %d: %w", parse.Line+skipped, parse),
		"Quote the cell, and double the quote signs inside it.")
}

// row checks a row's width and charset, and builds its customer.
func (c *columns) row(place fault.Place, cells []string) (Customer, error) {
	for len(cells) > len(c.headers) && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != len(c.headers) {
		return Customer{}, fault.Hint(fault.At(place, "%d cells where the header has %d", len(cells), len(c.headers)), "Look for an unquoted separator or line end in the row.")
	}
	for i, cell := range cells {
		if !utf8.ValidString(cell) {
			return Customer{}, fault.At(place, "column %q: invalid UTF-8", c.headers[i])
		}
	}
	return c.customer(place.Line, cells), nil
}

// decoded turns the stream into UTF-8. It looks ahead for a byte order mark
// and, in text that is not UTF-8, for the likeliest charset.
func decoded(in *bufio.Reader, o Options) (*bufio.Reader, error) {
	head, err := in.Peek(1024)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("\ufeff")) {
		_, err := in.Discard(3)
		return in, err
	}
	if enc := charset.UTF16(head); enc != nil {
		return bufio.NewReaderSize(enc.NewDecoder().Reader(in), 64<<10), nil
	}
	return bufio.NewReaderSize(&lateDecoder{in: in, warn: o.warn}, 64<<10), nil
}

// lateDecoder passes ASCII on and decides on a charset when the first other
// byte comes: UTF-8, or else the set in which the text ahead looks most like
// words.
type lateDecoder struct {
	in      *bufio.Reader
	warn    func(string, ...any)
	decided bool
	table   *charmap.Charmap // nil: UTF-8, or not decided
	pending []byte
}

func (d *lateDecoder) Read(p []byte) (int, error) {
	if len(d.pending) > 0 {
		n := copy(p, d.pending)
		d.pending = d.pending[n:]
		return n, nil
	}
	if d.decided && d.table == nil {
		return d.in.Read(p)
	}
	head, err := d.in.Peek(d.in.Size())
	if len(head) == 0 {
		return 0, err
	}
	if !d.decided {
		ascii := bytes.IndexFunc(head, func(r rune) bool { return r >= utf8.RuneSelf })
		if ascii != 0 {
			if ascii < 0 {
				ascii = len(head)
			}
			n := copy(p, head[:ascii])
			_, err := d.in.Discard(n)
			return n, err
		}
		d.decide(head)
	}
	if d.table != nil {
		d.pending = []byte(charset.Decode(d.table, head))
	} else {
		d.pending = bytes.Clone(head)
	}
	if _, err := d.in.Discard(len(head)); err != nil {
		return 0, err
	}
	return d.Read(p)
}

func (d *lateDecoder) decide(head []byte) {
	d.decided = true
	whole := head
	for i := 0; i < utf8.UTFMax && len(whole) > 0 && !utf8.Valid(whole); i++ { // a sign cut by the buffer's end
		whole = whole[:len(whole)-1]
	}
	if len(whole) > 0 && utf8.Valid(whole) || charset.MostlyUTF8(head) {
		return
	}
	var name string
	name, d.table = charset.Guess(head)
	d.warn("the charset is not UTF-8: read as %s, guessed", name)
}

// sniffDelimiter counts the candidates outside quotes in the first line. It
// also takes the line "sep=;" that Excel understands, and returns how many
// lines it took.
func sniffDelimiter(text *bufio.Reader) (delimiter rune, skipped int) {
	head, _ := text.Peek(32 << 10)
	line, _, _ := strings.Cut(strings.TrimLeft(string(head), "\r\n"), "\n")
	line = strings.TrimRight(line, "\r")
	if sep, ok := strings.CutPrefix(strings.ToLower(line), "sep="); ok && len(sep) == 1 {
		_, _ = text.ReadString('\n')
		return rune(sep[0]), 1
	}
	quoted := false
	count := map[rune]int{}
	for _, r := range line {
		if r == '"' {
			quoted = !quoted
		} else if !quoted {
			count[r]++
		}
	}
	delimiter = ','
	for _, r := range ",;\t|" {
		if count[r] > count[delimiter] {
			delimiter = r
		}
	}
	return delimiter, 0
}
