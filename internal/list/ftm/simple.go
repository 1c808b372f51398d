package ftm

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// listColumns hold several values, joined by semicolons and quoted as CSV.
var listColumns = map[string]string{
	"aliases": "alias", "birth_date": "birthDate", "countries": "country", "addresses": "address", "identifiers": "",
	"sanctions": "", "phones": "phone", "emails": "email", "program_ids": "programId",
}

func acceptsSimple(_ []string, head []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(head, []byte("\ufeff")), []byte("\n"))
	line = bytes.ReplaceAll(line, []byte(`"`), nil)
	return bytes.HasPrefix(line, []byte("id,schema,name")) && bytes.Contains(line, []byte("aliases"))
}

func readSimple(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		g := newGraph(report)
		for _, f := range files {
			if !g.simple(f, yield) {
				return
			}
		}
		report.Date = g.latest
	}
}

func (g *graph) simple(f list.File, yield func(record.Record, error) bool) bool {
	in := csv.NewReader(f.Body)
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if err != nil {
		g.report.Elements++
		return yield(record.Record{}, fault.At(fault.Place{File: f.Name, Line: 1}, "no header row: %v", err))
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return true
		}
		place := fault.Place{File: f.Name}
		var rec record.Record
		switch {
		case err != nil:
			var where *csv.ParseError
			if !errors.As(err, &where) {
				g.report.Elements++
				return yield(record.Record{}, fmt.Errorf("reading %s: %w", f.Name, err))
			}
			place.Line = where.StartLine
			err = fault.At(place, "%v", where.Err)
		case len(cells) != len(head):
			place.Line, _ = in.FieldPos(0)
			err = fault.At(place, "a row of %d cells under %d columns: %q", len(cells), len(head), strings.Join(cells, ","))
		default:
			place.Line, _ = in.FieldPos(0)
			o := g.row(place, head, cells)
			if !o.subject() {
				g.report.Parts++
				g.lines = append(g.lines, o)
				g.alone()
				g.lines = nil
				continue
			}
			rec, err = g.entry(o)
		}
		g.report.Elements++
		if !yield(rec, err) {
			return false
		}
	}
}

// row makes an object of a row.
func (g *graph) row(place fault.Place, head, cells []string) *object {
	o := &object{file: place.File, line: place.Line, props: map[string][]string{}, target: "true"}
	for i, column := range head {
		v := strings.ToValidUTF8(list.Squeeze(cells[i]), "\ufffd")
		if v == "" {
			continue
		}
		prop, several := listColumns[column]
		switch {
		case several && prop != "":
			o.props[prop] = split(v)
		case several:
			o.props[column] = split(v)
		default:
			g.cell(o, column, v)
		}
	}
	return o
}

func (g *graph) cell(o *object, column, v string) {
	switch column {
	case "id":
		o.id = v
	case "schema":
		o.schema = v
	case "name":
		o.caption, o.props["name"] = v, []string{v}
	case "dataset":
		o.datasets = split(v)
	case "first_seen":
		o.firstSeen = v
	case "last_seen":
		o.lastSeen = v
	case "last_change":
		o.lastChange = v
	default:
		o.unknown = append(o.unknown, [2]string{column, v})
	}
}

// entry reads a row that is an entry. The sanctions of a row are words
// without parts: each is a programme of the one listing.
func (g *graph) entry(o *object) (record.Record, error) {
	sanctions, numbers := o.props["sanctions"], o.props["identifiers"]
	delete(o.props, "sanctions")
	delete(o.props, "identifiers")
	g.lines = []*object{o}
	g.index()
	rec, err := newReader(g, o).record()
	g.lines, g.byID, g.refs = nil, map[string]*object{}, map[string][]*object{}
	if err != nil {
		return rec, err
	}
	for i, v := range numbers {
		rec.Identifiers = append(rec.Identifiers, record.Identifier{Type: "other", Number: v, Detail: "identifiers", At: at("identifiers", i)})
	}
	for i, v := range sanctions {
		rec.Listings[0].Programmes = append(rec.Listings[0].Programmes, record.Text{Role: "sanctions", Text: v, At: at("sanctions", i)})
	}
	return rec, nil
}

// split cuts a list cell at its semicolons, minding inner quotes.
func split(cell string) []string {
	in := csv.NewReader(strings.NewReader(cell))
	in.Comma, in.LazyQuotes = ';', true
	values, err := in.Read()
	if err != nil {
		return []string{cell}
	}
	var out []string
	for _, v := range values {
		if v = list.Squeeze(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}
