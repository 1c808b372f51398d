package ru

import (
	"fmt"
	"iter"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// reader reads one file.
type reader struct {
	file   string
	report *list.Report
	keys   map[string]int
}

func (r *reader) warn(line int, at, format string, args ...any) {
	r.report.Warn(fault.Place{File: r.file, Line: line, Element: at}, fmt.Sprintf(format, args...))
}

func readDecisions(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return each(files, report, (*reader).decisions)
}

func readList(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return each(files, report, (*reader).subjects)
}

// outside reads the head of a file. format is the version that is understood.
func (r *reader) outside(path string, n *list.Node) {
	_, name, _ := strings.Cut(path, "/")
	switch name {
	case "ДатаСписка", "ДатаПеречня":
		r.report.Date = r.date(n.Text, n.Line, path)
	case "ДатаПредыдущегоСписка", "ДатаПредыдущегоПеречня":
		r.report.Previous = r.date(n.Text, n.Line, path)
	case "ВерсияФормата":
		if v := list.Squeeze(n.Text); !strings.HasPrefix(v, "2.") && v != "2" {
			r.warn(n.Line, path, "version %q of the format is not known; read as 2.0", v)
		}
	case "", "СписокАктуальныхРешений", "СписокОтмененныхРешений", "АктуальныйПеречень", "ПоследниеВключенные", "ПоследниеИсключенные":
	default:
		r.warn(n.Line, path, "unknown element outside of an entry, text %q", n.Text)
	}
}

// date reads a date, without the zone or time that xs:date allows.
func (r *reader) date(text string, line int, at string) date.Partial {
	text = list.Squeeze(text)
	short := text
	if len(short) > 10 && short[4] == '-' && short[7] == '-' && strings.ContainsAny(short[10:11], "T+-Z ") {
		short = short[:10]
	}
	d, err := date.Parse(short)
	d.Text = text
	if err != nil {
		r.warn(line, at, "%v", err)
	}
	return d
}

// decisions reads Решение and ОтмененноеРешение. An element is a subject of a
// decision, or a decision without subjects.
func (r *reader) decisions(f list.File, yield yield) bool {
	for e, err := range list.XML(f.Body, f.Name, []string{"Решение", "ОтмененноеРешение"}, r.outside) {
		if err != nil {
			r.report.Elements++
			if !yield(record.Record{}, err) {
				return false
			}
			continue
		}
		if !r.decision(e, yield) {
			return false
		}
	}
	return true
}

func (r *reader) decision(e list.Entry, yield yield) bool {
	revoked := e.Name == "ОтмененноеРешение" || strings.Contains(e.Path, "СписокОтмененныхРешений")
	subjects := e.Child("СписокСубъектов").All("Субъект")
	subjects = append(subjects, e.All("Субъект")...)
	if len(subjects) == 0 {
		r.report.Elements++
		return yield(record.Record{}, fault.At(fault.Place{File: r.file, Line: e.Line, Element: e.Path}, "the decision %s has no subject", e.Value("НомерРешения")))
	}
	for i, n := range subjects {
		r.report.Elements++
		b := &builder{reader: r, node: n, path: fmt.Sprintf("%s/Субъект[%d]", e.Path, i+1)}
		rec, err := b.build(true)
		if err == nil {
			b.decided(e.Node, revoked)
			if i == 0 {
				b.leftovers(e.Node, inDecision)
			}
			rec = b.finish()
		}
		if !yield(rec, err) {
			return false
		}
	}
	return true
}

// subjects reads the list of article 6. Recently included subjects repeat
// those of the list, and a repetition is no entry of its own; excluded ones
// stand only in their own part.
func (r *reader) subjects(f list.File, yield yield) bool {
	const recent = "ПоследниеВключенные"
	seen := map[string]string{} // path of the entry with this key
	for e, err := range list.XML(f.Body, f.Name, []string{"Субъект"}, r.outside) {
		var rec record.Record
		if err == nil {
			b := &builder{reader: r, node: e.Node, path: e.Path}
			if rec, err = b.build(false); err == nil {
				if first := seen[b.key()]; first != "" && strings.Contains(first, recent) != strings.Contains(e.Path, recent) {
					r.report.Parts++
					continue
				}
				b.history(strings.Contains(e.Path, "ПоследниеИсключенные"))
				seen[b.key()] = e.Path
				rec = b.finish()
			}
		}
		r.report.Elements++
		if !yield(rec, err) {
			return false
		}
	}
	return true
}
