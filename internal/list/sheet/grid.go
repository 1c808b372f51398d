package sheet

import (
	"iter"

	"interdict/internal/fault"
	"interdict/internal/list"
)

// grid is one table: the rows of a CSV file, of a sheet or of an HTML table.
type grid struct {
	file, name string
	rows       iter.Seq2[row, error]
}

// row is one row of a grid. Its line is that of the file in CSV, its number in
// the table elsewhere.
type row struct {
	line  int
	cells []string
}

// blank reports whether the row says nothing at all.
func (r row) blank() bool {
	for _, c := range r.cells {
		if clean(c) != "" {
			return false
		}
	}
	return true
}

// grids opens a file of the format that the mapping names.
func (m *Mapping) grids(f list.File) iter.Seq2[grid, error] {
	switch m.Format {
	case "xlsx":
		return m.workbook(f)
	case "html":
		return m.page(f)
	}
	return m.text(f)
}

func one(g grid, err error) iter.Seq2[grid, error] {
	return func(yield func(grid, error) bool) { yield(g, err) }
}

func at(file string, line int, element string) fault.Place {
	return fault.Place{File: file, Line: line, Element: element}
}
