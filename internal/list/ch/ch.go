// Package ch reads the sanctions list of Switzerland as the State Secretariat
// for Economic Affairs (SECO) publishes it in XML, with names taken apart.
//
// It promises one record for each target, de-listed ones included: they stay
// in the file with their history, and the latest modification by effective
// date says whether a target is still listed. Whole names are the product of
// the spellings of their parts, language by language and script by script.
// Places stand in a table of their own, which may follow the targets; targets
// that need a place not yet read are held until it is.
package ch

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
	sourceID  = "ch"
	authority = "State Secretariat for Economic Affairs (SECO)"
)

// Source is the list of Switzerland.
var Source = list.Source{
	ID:        sourceID,
	Title:     "Swiss sanctions list (SECO)",
	Authority: authority,
	Formats:   []list.Format{{Name: "xml", Accepts: accepts, Read: read}},
}

func accepts(_ []string, head []byte) bool {
	return bytes.Contains(head, []byte("<swiss-sanctions-list"))
}

func read(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		keys := map[string]int{}
		for _, f := range files {
			r := &reader{file: f.Name, report: report, keys: keys, places: map[string]*list.Node{}, sets: map[string]program{}}
			if !r.read(f, yield) {
				return
			}
		}
	}
}

// reader reads one file.
type reader struct {
	file   string
	report *list.Report
	keys   map[string]int
	places map[string]*list.Node // by ssid
	sets   map[string]program    // by the ssid of a sanctions set
	held   []*builder            // targets that wait for a place, in their order
}

func (r *reader) read(f list.File, yield func(record.Record, error) bool) bool {
	around := func(path string, n *list.Node) { r.outside(path, n) }
	for e, err := range list.XML(f.Body, f.Name, []string{"target", "place", "sanctions-program"}, around) {
		switch {
		case err != nil:
			r.report.Elements++
			if !yield(record.Record{}, err) {
				return false
			}
		case e.Name == "place":
			r.report.Parts++
			r.places[e.Attr("ssid")] = e.Node
		case e.Name == "sanctions-program":
			r.report.Parts++
			r.program(e)
		default:
			r.report.Elements++
			if !r.target(e, yield) {
				return false
			}
		}
	}
	for _, b := range r.held {
		if !yield(b.finish(), nil) {
			return false
		}
	}
	return true
}

// target hands on a target as soon as its places are known, in the order of
// the file.
func (r *reader) target(e list.Entry, yield func(record.Record, error) bool) bool {
	b := &builder{Entry: e, reader: r}
	if err := b.build(); err != nil {
		return yield(record.Record{}, err)
	}
	if len(r.held) > 0 || !b.placesKnown() || !b.setKnown() {
		b.Entry.Node = nil // the tree is large and no longer needed
		r.held = append(r.held, b)
		return true
	}
	return yield(b.finish(), nil)
}

func (r *reader) outside(path string, n *list.Node) {
	if path != "swiss-sanctions-list" {
		r.report.Warn(fault.Place{File: r.file, Line: n.Line, Element: path}, fmt.Sprintf("unknown element outside of a target, text %q", n.Text))
		return
	}
	if text := n.Attr("date"); text != "" {
		d, err := date.Parse(text)
		r.report.Date = d
		if err != nil {
			r.report.Warn(fault.Place{File: r.file, Line: n.Line, Element: path + "@date"}, err.Error())
		}
	}
}

// program is what a sanctions set stands for.
type program struct {
	keys, ordinances []record.Text
	set              string
}

// program notes the sets of a programme, in English where there is English.
func (r *reader) program(e list.Entry) {
	p := program{keys: inEnglish(e.All("program-key"), "programme"), ordinances: inEnglish(e.All("program-name"), "ordinance")}
	for _, set := range e.All("sanctions-set") {
		id := set.Attr("ssid")
		if old, ok := r.sets[id]; ok && set.Attr("lang") != "eng" {
			p.set = old.set
		} else {
			p.set = list.Squeeze(set.Text)
		}
		r.sets[id] = p
	}
}

func inEnglish(nodes []*list.Node, role string) []record.Text {
	var all, english []record.Text
	for _, n := range nodes {
		t := record.Text{Role: role, Text: list.Squeeze(n.Text), At: n.Name}
		if t.Text == "" {
			continue
		}
		all = append(all, t)
		if n.Attr("lang") == "eng" {
			english = append(english, t)
		}
	}
	if len(english) > 0 {
		return english
	}
	return all
}
