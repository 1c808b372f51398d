package paper

import "time"

// Sheet describes a paper.
type Sheet struct {
	Title  string
	Mark   string    // how it may be passed on, such as TLP:AMBER; on every page
	Header string    // on every page, beside the mark
	Footer string    // on every page, beside the page number
	At     time.Time // when it was made
	Blocks []Block
}

// Block is one of Heading, Paragraph, Labelled and Table.
type Block interface{ block() }

// Heading opens a part of the paper; it is a bookmark too.
type Heading struct {
	Level int // 1 or 2
	Text  string
}

// Paragraph is running text. A line feed ends a line.
type Paragraph struct{ Text string }

// Labelled is a label with what stands beside it.
type Labelled struct{ Label, Text string }

// Table has a head, which is repeated on every page, and rows as wide as it.
type Table struct {
	Head   []string
	Widths []float64 // shares of the width, one a column; none: equal
	Rows   [][]string
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (Labelled) block()  {}
func (Table) block()     {}
