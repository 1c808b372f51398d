package sheet

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// accepts reports whether files look like this list.
func (m *Mapping) accepts(names []string, head []byte) bool {
	if m.Accept.file != nil && !slices.ContainsFunc(names, m.Accept.file.MatchString) {
		return false
	}
	switch m.Format {
	case "xlsx":
		return strings.HasPrefix(string(head), "PK\x03\x04") || strings.HasPrefix(string(head), string(oldExcel))
	case "html":
		return strings.HasPrefix(strings.TrimSpace(string(head)), "<") && (m.Accept.text == nil || m.Accept.text.Match(head))
	}
	if strings.ContainsAny(string(head[:min(1, len(head))]), "<{[") || strings.HasPrefix(string(head), "PK") {
		return false
	}
	in, err := m.decode(strings.NewReader(string(head)))
	if err != nil {
		return false
	}
	decoded, _ := in.Peek(headSize)
	_, found := m.comma(decoded)
	return found && (m.Accept.text == nil || m.Accept.text.Match(head))
}

// read turns the files of one edition into records.
func (m *Mapping) read(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		r := &reader{m: m, report: report, keys: map[string]int{}, yield: yield}
		for _, f := range files {
			if !r.file(f) {
				return
			}
		}
		r.flush()
	}
}

type reader struct {
	m      *Mapping
	report *list.Report
	keys   map[string]int
	order  []*group
	last   *group
	yield  func(record.Record, error) bool
}

// fail yields an error for an element that gave no record.
func (r *reader) fail(err error) bool {
	r.report.Elements++
	return r.yield(record.Record{}, err)
}

func (r *reader) emit(rec record.Record) bool {
	r.report.Elements++
	r.keys[rec.Key]++
	if n := r.keys[rec.Key]; n > 1 {
		base := rec.Key
		for ; r.keys[rec.Key] > 0; n++ {
			rec.Key = fmt.Sprintf("%s#%d", base, n)
		}
		r.keys[rec.Key] = 1
		r.report.Warn(at(rec.File, rec.Line, rec.Element), fmt.Sprintf("key %q stands twice, this entry is %q", base, rec.Key))
	}
	return r.yield(rec, nil)
}

func (r *reader) file(f list.File) bool {
	found := false
	for g, err := range r.m.grids(f) {
		if err != nil {
			return r.fail(err)
		}
		ok, more := r.grid(g)
		if !more {
			return false
		}
		found = found || ok
	}
	if found {
		return true
	}
	return r.fail(fault.Hint(fault.At(at(f.Name, 0, ""), "nothing in this file looks like the list %q: no %s", r.m.ID, r.m.looked()),
		"check that this is the list itself, not a page about it; if its columns have new names, add them to the mapping"))
}

func (m *Mapping) looked() string {
	if m.Header.None {
		return "table of that name"
	}
	var names []string
	for _, n := range m.Header.Require {
		names = append(names, fmt.Sprintf("%q", m.named[n].Header[0]))
	}
	if len(names) == 0 {
		return "header row"
	}
	return "header row with " + strings.Join(names, ", ")
}

// rule returns the rule for a grid, and whether there is one.
func (m *Mapping) rule(g grid) (SheetRule, bool) {
	for _, s := range m.Sheets {
		if (s.match == nil || s.match.MatchString(g.name)) && (s.file == nil || s.file.MatchString(g.file)) {
			return s, true
		}
	}
	return SheetRule{}, false
}

// grid reads one table. It reports whether the table belongs to the list and
// whether to go on.
func (r *reader) grid(g grid) (found, more bool) {
	rule, ruled := r.m.rule(g)
	if rule.Skip {
		return false, true
	}
	if r.m.Header.None && !ruled && len(r.m.Sheets) > 0 {
		r.report.Warn(at(g.file, 0, g.name), "the mapping does not know this table; it was not read")
		return false, true
	}
	cols, ready := binding{}, false
	if r.m.Header.None {
		cols, ready = r.m.positions(), true
	}
	var above []string
	rows := 0
	for w, err := range g.rows {
		if err != nil {
			if !r.fail(err) {
				return true, false
			}
			continue
		}
		if w.blank() {
			continue
		}
		rows++
		if !ready {
			if cols, ready = r.m.bind(w.cells); ready {
				r.unknown(g, w, cols)
			} else if above = append(above, list.Squeeze(clean(strings.Join(w.cells, " ")))); len(above) >= r.m.Header.Rows {
				break
			}
			continue
		}
		if !r.row(g, w, cols, rule.Constant) {
			return true, false
		}
	}
	switch {
	case len(above) > 0 && ready:
		r.report.Warn(at(g.file, 0, g.name), fmt.Sprintf("text above the header: %q", strings.Join(above, " | ")))
	case !ready && ruled:
		return false, r.fail(fault.At(at(g.file, 0, g.name), "no %s in the first %d rows", r.m.looked(), r.m.Header.Rows))
	case !ready && rows > 0 && r.m.Format != "csv":
		r.report.Warn(at(g.file, 0, g.name), "this table has no header row of the list; it was not read")
	}
	return ready, true
}

// unknown reports the columns that the mapping does not name.
func (r *reader) unknown(g grid, w row, cols binding) {
	for i := range w.cells {
		if cols.at(i) == nil && cols.titles[i] != "" {
			r.report.Warn(at(g.file, w.line, cols.title(i)), "the mapping does not name this column; its values are kept in Other")
		}
	}
}

func (r *reader) row(g grid, w row, cols binding, constant Constant) bool {
	if len(cols.header) > 0 && slices.Equal(cols.header, w.cells) {
		return true // the header again, on a new page
	}
	e := r.m.entry(g, w, cols, constant, r.report)
	for _, s := range r.m.Skip {
		if s.pattern.MatchString(e.cell(s.Column)) {
			r.report.Warn(e.place(), fmt.Sprintf("no entry: %q", e.cell(s.Column)))
			return true
		}
	}
	if r.m.Group.Column != "" {
		return r.collect(e)
	}
	if len(e.Names) == 0 {
		return r.fail(nameless(e))
	}
	return r.emit(e.Record)
}

func nameless(e *entry) error {
	return fault.Hint(fault.At(e.place(), "the entry has no name: %q", list.Squeeze(clean(strings.Join(e.row.cells, " ")))),
		"if this row is no entry, say so under skip in the mapping")
}
