package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"interdict/internal/fault"
	"interdict/internal/list"
)

const headSize = 4096

// decode gives r as UTF-8: a byte order mark decides, else the charset of the
// mapping. Bytes that are not UTF-8 in a UTF-8 file stay as they are, so that
// the row which holds them can be named.
func (m *Mapping) decode(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	start, _ := in.Peek(3)
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, _ = in.Discard(3)
		return in, nil
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		return bufio.NewReaderSize(transform.NewReader(in, utf16.NewDecoder()), 64<<10), nil
	case m.Charset == "":
		return in, nil
	}
	enc, err := htmlindex.Get(m.Charset)
	if err != nil {
		return nil, fault.New(fault.Invalid, "charset %q is not known", m.Charset)
	}
	if name, _ := htmlindex.Name(enc); name == "utf-8" {
		return in, nil
	}
	return bufio.NewReaderSize(transform.NewReader(in, enc.NewDecoder()), 64<<10), nil
}

// text opens a CSV file.
func (m *Mapping) text(f list.File) iter.Seq2[grid, error] {
	in, err := m.decode(f.Body)
	if err != nil {
		return one(grid{}, fault.As(fault.Invalid, err))
	}
	head, _ := in.Peek(headSize)
	comma, _ := m.comma(head)
	return one(grid{file: f.Name, rows: csvRows(in, f.Name, comma)}, nil)
}

// comma finds the delimiter: the one with which the head shows a header row
// of the most known columns, else a comma.
func (m *Mapping) comma(head []byte) (rune, bool) {
	candidates := []rune{',', ';', '\t', '|'}
	if m.Delimiter != "" {
		candidates = []rune{rune(m.Delimiter[0])}
	}
	best, found, most := candidates[0], false, 0
	for _, comma := range candidates {
		// The last line of the head may be cut in the middle.
		n := 0
		for r, err := range csvRows(bytes.NewReader(head), "", comma) {
			if n++; n > m.Header.Rows {
				break
			}
			if err != nil {
				continue
			}
			if cols, ok := m.bind(r.cells); ok && cols.known > most {
				best, found, most = comma, true, cols.known
			}
		}
	}
	return best, found
}

func csvRows(in io.Reader, file string, comma rune) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		r := csv.NewReader(in)
		r.Comma, r.FieldsPerRecord = comma, -1
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			var parse *csv.ParseError
			if errors.As(err, &parse) {
				if !yield(row{line: parse.StartLine}, fault.Hint(fault.At(at(file, parse.StartLine, ""), "the row is no CSV: %v", parse.Err),
					"a quote inside a value is written twice, and a value with a quote stands in quotes")) {
					return
				}
				continue
			}
			if err != nil {
				yield(row{}, err)
				return
			}
			line, _ := r.FieldPos(0)
			if !utf8.ValidString(strings.Join(cells, "")) {
				err = fault.Hint(fault.At(at(file, line, ""), "the row holds bytes that are not UTF-8"),
					"save the file as UTF-8, or state its charset in a mapping")
			}
			if !yield(row{line: line, cells: cells}, err) {
				return
			}
		}
	}
}
