package ftm

import (
	"bytes"
	"fmt"
	"iter"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

const sourceID = "ftm"

// Source is any list in the FollowTheMoney format.
var Source = list.Source{
	ID:        sourceID,
	Title:     "List in the FollowTheMoney format",
	Authority: "as each entry states",
	Formats: []list.Format{
		{Name: "delta", Accepts: acceptsDelta, Read: refuseDelta},
		{Name: "json", Accepts: acceptsJSON, Read: readJSON},
		{Name: "simple", Accepts: acceptsSimple, Read: readSimple},
	},
}

func acceptsJSON(_ []string, head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(head, " \r\n\ufeff"), []byte("{")) &&
		bytes.Contains(head, []byte(`"schema"`)) && bytes.Contains(head, []byte(`"properties"`))
}

func readJSON(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		g := newGraph(report)
		var faults []error
		for _, f := range files {
			faults = append(faults, g.load(f)...)
		}
		g.index()
		for _, o := range g.lines {
			if !o.subject() {
				report.Parts++
				continue
			}
			report.Elements++
			if !yield(newReader(g, o).record()) {
				return
			}
		}
		for _, err := range faults {
			report.Elements++
			if !yield(record.Record{}, err) {
				return
			}
		}
		g.alone()
		report.Date = g.latest
	}
}

// kinds are the schemata whose objects are subjects.
var kinds = map[string]record.Kind{
	"Person":       record.Person,
	"Organization": record.Organisation,
	"Company":      record.Organisation,
	"LegalEntity":  record.Organisation,
	"PublicBody":   record.Organisation,
	"Vessel":       record.Vessel,
	"Airplane":     record.Aircraft,
	"CryptoWallet": record.Wallet,
}

// subject reports whether an object is an entry and no part of one.
func (o *object) subject() bool {
	if kinds[o.schema] != "" {
		return true
	}
	_, known := parts[o.schema]
	return !known && (len(o.props["name"]) > 0 || o.caption != "" || o.schema == "")
}

// reader turns one object and its parts into a record.
type reader struct {
	*graph
	*object
	rec     record.Record
	inlined map[string]bool
}

func newReader(g *graph, o *object) *reader {
	return &reader{graph: g, object: o, inlined: map[string]bool{}}
}

func (r *reader) record() (record.Record, error) {
	o := r.object
	r.rec = record.Record{Source: sourceID, Key: o.id, File: o.file, Line: o.line, Element: o.place()}
	r.rec.Kind = kinds[o.schema]
	if r.rec.Kind == "" {
		r.rec.Kind = record.Unknown
		r.warn("schema", fmt.Sprintf("the schema %q is not in the model", o.schema))
		r.keep("schema", o.schema, "schema")
	}
	if o.id == "" {
		return record.Record{}, r.fault("the object has no id")
	}
	r.names()
	if len(r.rec.Names) == 0 {
		return record.Record{}, r.fault("the object has no name")
	}
	r.properties()
	for _, p := range r.attached(o) {
		r.fold(p)
	}
	r.listings()
	r.rest()
	r.rec.Key = r.unique(o)
	return r.rec, nil
}

// rest keeps what the object says of itself.
func (r *reader) rest() {
	o := r.object
	if len(kinds[o.schema]) > 0 && o.schema != "Person" {
		r.keep("schema", o.schema, "schema")
	}
	if o.target != "" {
		r.keep("target", o.target, "target")
	}
	for _, d := range o.datasets {
		r.keep("datasets", d, "datasets")
	}
	for _, x := range []struct{ name, value string }{
		{"first_seen", o.firstSeen}, {"last_seen", o.lastSeen}, {"last_change", o.lastChange},
	} {
		r.keep(x.name, x.value, x.name)
	}
	for _, x := range o.unknown {
		r.keep(x[0], x[1], x[0])
		r.warn(x[0], "not in the format's description, kept as it stands")
	}
}

func (r *reader) keep(role, text, at string) {
	if text != "" {
		r.rec.Other = append(r.rec.Other, record.Text{Role: role, Text: text, At: at})
	}
}

func (r *reader) warn(at, text string) {
	r.report.Warn(fault.Place{File: r.file, Line: r.line, Element: r.object.place() + "/" + at}, text)
}

func (r *reader) fault(format string, args ...any) error {
	return fault.At(fault.Place{File: r.file, Line: r.line, Element: r.object.place()}, format, args...)
}

// date reads a date; what is no date is kept as text and reported.
func (r *reader) date(text, at string) date.Partial {
	p, err := date.Parse(text)
	if err != nil {
		r.warn(at, err.Error())
	}
	return p
}

// place names an object by its schema and id.
func (o *object) place() string { return fmt.Sprintf("%s(%s)", o.schema, o.id) }

// at names the nth value of a property; folded parts name themselves first.
func at(prop string, n int) string { return fmt.Sprintf("%s[%d]", prop, n+1) }

func joined(sep string, words ...string) string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, sep)
}
