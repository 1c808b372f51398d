package sheet

import (
	"strings"
)

// binding ties the columns of one table to those of a mapping.
type binding struct {
	cols   []*Column
	titles []string
	header []string // the cells of the header row as they stand
	known  int      // columns that the mapping knows
}

// at returns the mapping's column for the i-th cell, nil if it has none.
func (b binding) at(i int) *Column {
	if i < len(b.cols) {
		return b.cols[i]
	}
	return nil
}

// title returns the header above the i-th cell, or its number.
func (b binding) title(i int) string {
	if i < len(b.titles) && b.titles[i] != "" {
		return b.titles[i]
	}
	return "column " + letters(i)
}

// letters writes a column as a workbook does: A, B .. Z, AA.
func letters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// bind tries a row as the header row: it must have a column of names, every
// required column, and, in a workbook or page, another known one.
func (m *Mapping) bind(cells []string) (binding, bool) {
	b := binding{cols: make([]*Column, len(cells)), titles: make([]string, len(cells)), header: cells}
	seen := map[string]bool{}
	named := false
	for i, cell := range cells {
		b.titles[i] = strings.Join(strings.Fields(clean(cell)), " ")
		if c := m.columnOf(b.titles[i]); c != nil {
			b.cols[i], seen[c.Name] = c, true
			named = named || c.gives("name")
		}
	}
	b.known = len(seen)
	enough := 2
	if m.Format == "csv" {
		enough = 1
	}
	if !named {
		return binding{}, false
	}
	for _, name := range m.Header.Require {
		if !seen[name] {
			return binding{}, false
		}
	}
	return b, b.known >= enough
}

// columnOf finds the column of a header text. "Alias 2" is found by "Alias";
// "Name 2" is not found by "Name", as lists number the parts of a name so.
func (m *Mapping) columnOf(title string) *Column {
	f := fold(title)
	if c := m.columns[f]; c != nil || f == "" {
		return c
	}
	c := m.columns[strings.TrimSpace(strings.TrimRight(f, "0123456789"))]
	if c != nil && c.gives("name") {
		return nil
	}
	return c
}

// positions is the binding of a table without a header.
func (m *Mapping) positions() binding {
	var b binding
	for i := range m.Columns {
		c := &m.Columns[i]
		for len(b.cols) < c.Position {
			b.cols, b.titles = append(b.cols, nil), append(b.titles, "")
		}
		b.cols[c.Position-1], b.titles[c.Position-1] = c, c.Name
	}
	return b
}
