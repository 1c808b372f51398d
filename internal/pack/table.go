package pack

import (
	"reflect"

	"interdict/internal/paper"
)

// mostColumns is how many columns a table has at most; what has more is told
// line by line.
const mostColumns = 8

// tellTable makes a table of a list whose things consist of texts only; false:
// it cannot be one.
func tellTable(v reflect.Value) (paper.Table, bool) {
	var t paper.Table
	if v.Len() < 2 || v.Type().Elem().Kind() != reflect.Struct {
		return t, false
	}
	columns := map[string]bool{}
	var order []string
	rows := make([]map[string]string, v.Len())
	for i := range v.Len() {
		rows[i] = map[string]string{}
		for _, b := range tellValue("", v.Index(i)) {
			l, ok := b.(paper.Labelled)
			if !ok || rows[i][l.Label] != "" {
				return t, false
			}
			rows[i][l.Label] = l.Text
			if !columns[l.Label] {
				columns[l.Label], order = true, append(order, l.Label)
			}
		}
	}
	if len(order) > mostColumns {
		return t, false
	}
	t.Head = order
	for _, row := range rows {
		var cells []string
		for _, name := range order {
			cells = append(cells, row[name])
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Widths = widths(t)
	return t, true
}

// widths gives each column a share by its longest text, within bounds.
func widths(t paper.Table) []float64 {
	var out []float64
	for i, head := range t.Head {
		longest := len([]rune(head))
		for _, row := range t.Rows {
			longest = max(longest, len([]rune(row[i])))
		}
		out = append(out, float64(min(max(longest, 6), 30)))
	}
	return out
}
