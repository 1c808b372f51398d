// Package ca reads the lists of Canada: the consolidated list of Global
// Affairs Canada (Special Economic Measures Act and Justice for Victims of
// Corrupt Foreign Officials Act) as XML, and the listed terrorist entities of
// Public Safety Canada as an Atom feed.
//
// It promises a record or an error for each record or feed entry. The
// consolidated list has no key: country, schedule and item are the only
// reference, they are renumbered, and where two entries share them the name is
// added. Its country is that of the regulations, not of the subject, and
// becomes the programme. Names in one field are split apart with care; where
// they were, the field is kept whole besides.
package ca

import (
	"bytes"
	"fmt"
	"iter"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

const (
	sourceID = "ca"
	affairs  = "Global Affairs Canada"
	safety   = "Public Safety Canada"
)

// Source is the lists of Canada.
var Source = list.Source{
	ID:        sourceID,
	Title:     "Consolidated Canadian Autonomous Sanctions List and listed terrorist entities",
	Authority: affairs,
	Formats: []list.Format{
		{Name: "xml", Accepts: holds("<data-set"), Read: reader([]string{"record"}, sanctioned)},
		{Name: "atom", Accepts: holds("<feed"), Read: reader([]string{"entry"}, terrorist)},
	},
}

func holds(mark string) func([]string, []byte) bool {
	return func(_ []string, head []byte) bool { return bytes.Contains(head, []byte(mark)) }
}

// reader reads an edition whose entries build turns into records.
func reader(entries []string, build func(*builder) error) list.Read {
	return func(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
		return func(yield func(record.Record, error) bool) {
			keys := map[string]int{}
			for _, f := range files {
				around := func(path string, n *list.Node) { outside(f.Name, path, n, report) }
				for e, err := range list.XML(f.Body, f.Name, entries, around) {
					report.Elements++
					var rec record.Record
					if err == nil {
						rec, err = one(f.Name, e, report, keys, build)
					}
					if !yield(rec, err) {
						return
					}
				}
			}
		}
	}
}

// outside takes the date of a feed and warns of what else stands around the
// entries; the head of a feed says nothing of them.
func outside(file, path string, n *list.Node, report *list.Report) {
	switch path {
	case "data-set":
		if n.Text != "" {
			report.Warn(fault.Place{File: file, Line: n.Line, Element: path}, fmt.Sprintf("text outside of a record: %q", n.Text))
		}
	case "feed/updated":
		report.Date, _ = date.Parse(n.Text)
	case "feed", "feed/title", "feed/id", "feed/link", "feed/author", "feed/author/name", "feed/rights", "feed/subtitle", "feed/generator", "feed/logo", "feed/icon":
	default:
		report.Warn(fault.Place{File: file, Line: n.Line, Element: path}, fmt.Sprintf("unknown element outside of an entry, text %q", n.Text))
	}
}

// builder holds one entry on its way to a record.
type builder struct {
	list.Entry
	file    string
	report  *list.Report
	rec     record.Record
	listing record.Listing
	known   map[string]bool
}

func one(file string, e list.Entry, report *list.Report, keys map[string]int, build func(*builder) error) (record.Record, error) {
	b := &builder{Entry: e, file: file, report: report, known: map[string]bool{}}
	b.rec = record.Record{Source: sourceID, File: file, Line: e.Line, Element: e.Path}
	if err := build(b); err != nil {
		return record.Record{}, err
	}
	list.Leftovers(e.Node, func(path string) bool { return b.known[path] }, func(path, value string) {
		b.warn(path, "unknown element, kept as it stands")
		b.rec.Other = append(b.rec.Other, record.Text{Role: path, Text: value, At: path})
	})
	b.rec.Listings = []record.Listing{b.listing}
	b.rec.Key = b.unique(keys)
	return b.rec, nil
}

// take returns the squeezed text of a child and marks it as understood.
func (b *builder) take(name string) string {
	b.known[name] = true
	return b.Value(name)
}

func (b *builder) warn(at, format string, args ...any) {
	b.report.Warn(fault.Place{File: b.file, Line: b.Line, Element: b.Path + "/" + at}, fmt.Sprintf(format, args...))
}

func (b *builder) fault(format string, args ...any) error {
	return fault.At(fault.Place{File: b.file, Line: b.Line, Element: b.Path}, format, args...)
}

func (b *builder) date(text, at string) date.Partial {
	d, err := date.Parse(text)
	if err != nil {
		b.warn(at, "%v", err)
	}
	return d
}

// unique adds the name to a reference that is used twice, then a number.
func (b *builder) unique(keys map[string]int) string {
	key := b.rec.Key
	if keys[key] > 0 {
		b.warn("Item", "the reference %q is used more than once", key)
		key += "#" + b.rec.PrimaryName()
	}
	keys[b.rec.Key]++
	if key != b.rec.Key {
		keys[key]++
		if n := keys[key]; n > 1 {
			key = fmt.Sprintf("%s#%d", key, n)
		}
	}
	return key
}
