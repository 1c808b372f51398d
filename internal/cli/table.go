package cli

import (
	"io"
	"strings"

	"github.com/rivo/uniseg"
)

// table lays out rows in columns by the width that text takes on a terminal:
// Han and Hangul are two cells wide, combining marks none. It cuts nothing.
type table struct {
	head  []string
	rows  [][]string
	right map[int]bool // columns of numbers
}

// newTable returns a table with the given headings; a heading that begins with
// ">" makes its column stand to the right.
func newTable(head ...string) *table {
	t := &table{right: map[int]bool{}}
	for i, h := range head {
		h, right := strings.CutPrefix(h, ">")
		t.head = append(t.head, h)
		t.right[i] = right
	}
	return t
}

// add appends a row. Line breaks and tabs in a cell become blanks.
func (t *table) add(cells ...string) {
	row := make([]string, len(cells))
	for i, s := range cells {
		row[i] = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
			return r == '\n' || r == '\r' || r == '\t'
		}), " ")
	}
	t.rows = append(t.rows, row)
}

// write prints the table to w, the headings in bold where c allows colour.
func (t *table) write(w io.Writer, c *call) error {
	var b strings.Builder
	widths := t.widths()
	t.line(&b, widths, t.head, c.bold)
	for _, row := range t.rows {
		t.line(&b, widths, row, func(s string) string { return s })
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *table) widths() []int {
	var widths []int
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, s := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(s))
		}
	}
	return widths
}

// line writes one row. Nothing follows its last word.
func (t *table) line(b *strings.Builder, widths []int, row []string, paint func(string) string) {
	var l strings.Builder
	for i, s := range row {
		if i > 0 {
			l.WriteString("  ")
		}
		pad := strings.Repeat(" ", widths[i]-width(s))
		if t.right[i] {
			l.WriteString(pad + paint(s))
		} else {
			l.WriteString(paint(s) + pad)
		}
	}
	b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
}

// width is the number of terminal cells that s takes, colour codes left out.
func width(s string) int {
	n := uniseg.StringWidth(s)
	for _, code := range colours {
		n -= strings.Count(s, code) * (len(code) - 1)
	}
	return n
}

// Colour codes. The escape character itself has no width.
const (
	codeReset  = "\x1b[0m"
	codeBold   = "\x1b[1m"
	codeDim    = "\x1b[2m"
	codeRed    = "\x1b[31m"
	codeGreen  = "\x1b[32m"
	codeYellow = "\x1b[33m"
)

var colours = []string{codeReset, codeBold, codeDim, codeRed, codeGreen, codeYellow}

func (c *call) paint(code, s string) string {
	if !c.colour || s == "" {
		return s
	}
	return code + s + codeReset
}

func (c *call) bold(s string) string   { return c.paint(codeBold, s) }
func (c *call) dim(s string) string    { return c.paint(codeDim, s) }
func (c *call) red(s string) string    { return c.paint(codeRed, s) }
func (c *call) green(s string) string  { return c.paint(codeGreen, s) }
func (c *call) yellow(s string) string { return c.paint(codeYellow, s) }
