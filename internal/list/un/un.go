package un

import (
	"bytes"
	"fmt"
	"iter"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

const (
	sourceID  = "un"
	authority = "UN Security Council"
)

// Source is the consolidated list of the Security Council.
var Source = list.Source{
	ID:        sourceID,
	Title:     "United Nations Security Council Consolidated List",
	Authority: authority,
	Formats:   []list.Format{{Name: "xml", Accepts: accepts, Read: read}},
}

func accepts(_ []string, head []byte) bool {
	return bytes.Contains(head, []byte("<CONSOLIDATED_LIST"))
}

func read(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		keys := map[string]int{}
		for _, f := range files {
			if !readFile(f, report, keys, yield) {
				return
			}
		}
	}
}

func readFile(f list.File, report *list.Report, keys map[string]int, yield func(record.Record, error) bool) bool {
	around := func(path string, n *list.Node) { outside(f.Name, path, n, report) }
	for e, err := range list.XML(f.Body, f.Name, []string{"INDIVIDUAL", "ENTITY"}, around) {
		report.Elements++ // a stream that breaks off is an element with an error
		if err != nil {
			if !yield(record.Record{}, err) {
				return false
			}
			continue
		}
		r := &reader{file: f.Name, entry: e, report: report}
		rec, err := r.record()
		if err == nil {
			rec.Key = unique(rec.Key, keys, func(text string) { r.warn("DATAID", text) })
		}
		if !yield(rec, err) {
			return false
		}
	}
	return true
}

// unique makes a repeated key differ, and says so.
func unique(key string, keys map[string]int, warn func(string)) string {
	keys[key]++
	if keys[key] == 1 {
		return key
	}
	warn(fmt.Sprintf("key %q is used %d times in the edition", key, keys[key]))
	return unique(fmt.Sprintf("%s#%d", key, keys[key]), keys, warn)
}

func outside(file, path string, n *list.Node, report *list.Report) {
	place := fault.Place{File: file, Line: n.Line, Element: path}
	switch path {
	case "CONSOLIDATED_LIST":
		report.Date = isoDate(n.Attr("dateGenerated"))
		if !report.Date.Known() {
			report.Warn(place, fmt.Sprintf("dateGenerated %q is not a date", n.Attr("dateGenerated")))
		}
	case "CONSOLIDATED_LIST/INDIVIDUALS", "CONSOLIDATED_LIST/ENTITIES":
		if n.Text != "" {
			report.Warn(place, fmt.Sprintf("text outside of an entry: %q", n.Text))
		}
	default:
		report.Warn(place, fmt.Sprintf("unknown element outside of an entry, text %q", n.Text))
	}
}

// reader turns one entry into a record.
type reader struct {
	file   string
	entry  list.Entry
	report *list.Report
	rec    record.Record
	lst    record.Listing
}

func (r *reader) warn(at, text string) {
	r.report.Warn(fault.Place{File: r.file, Line: r.entry.Line, Element: r.entry.Path + "/" + at}, text)
}

func (r *reader) record() (record.Record, error) {
	n := r.entry.Node
	r.rec = record.Record{Source: sourceID, File: r.file, Line: n.Line, Element: r.entry.Path}
	r.rec.Kind = record.Organisation
	if n.Name == "INDIVIDUAL" {
		r.rec.Kind = record.Person
	}
	r.lst.Authority = authority
	r.listing()
	if err := r.key(); err != nil {
		return record.Record{}, err
	}
	r.primary()
	r.aliases()
	if len(r.rec.Names) == 0 {
		return record.Record{}, r.fault("the entry has no name")
	}
	r.subject()
	r.comments()
	r.rest()
	r.rec.Listings = []record.Listing{r.lst}
	return r.rec, nil
}

func (r *reader) fault(format string, args ...any) error {
	return fault.At(fault.Place{File: r.file, Line: r.entry.Line, Element: r.entry.Path}, format, args...)
}

// key takes DATAID; the reference stands in where a file lost it.
func (r *reader) key() error {
	r.rec.Key = r.one("DATAID")
	if r.rec.Key != "" {
		return nil
	}
	if r.lst.Reference == "" {
		return r.fault("the entry has neither DATAID nor REFERENCE_NUMBER")
	}
	r.rec.Key = r.lst.Reference
	r.warn("DATAID", "no DATAID; the reference serves as the key")
	return nil
}

// one returns the value of an element that stands once in an entry; further
// ones are kept and reported.
func (r *reader) one(name string) string { return r.oneOf(r.entry.Node, name, name) }

func (r *reader) oneOf(n *list.Node, name, at string) string {
	first := ""
	for _, c := range n.All(name) {
		v := list.Squeeze(c.Text)
		switch {
		case v == "":
		case first == "":
			first = v
		case v != first:
			r.keep(at, v)
			r.warn(at, fmt.Sprintf("stands more than once; %q is kept aside", v))
		}
	}
	return first
}

func (r *reader) keep(at, value string) {
	r.rec.Other = append(r.rec.Other, record.Text{Role: at, Text: value, At: at})
}

// values returns the texts of an element that is a list of VALUE, or in some
// files holds its text itself, with their places.
func (r *reader) values(name string) []record.Text {
	var out []record.Text
	add := func(text, at string) {
		if text = list.Squeeze(text); text != "" {
			out = append(out, record.Text{Text: text, At: at})
		}
	}
	for i, n := range r.entry.All(name) {
		at := name
		if i > 0 {
			at = fmt.Sprintf("%s[%d]", name, i+1)
		}
		add(n.Text, at)
		for j, v := range n.All("VALUE") {
			add(v.Text, fmt.Sprintf("%s/VALUE[%d]", at, j+1))
		}
	}
	return out
}

// known holds the leaves that this reader understands.
var known = leaves(`
DATAID VERSIONNUM SORT_KEY SORT_KEY_LAST_MOD FIRST_NAME SECOND_NAME THIRD_NAME FOURTH_NAME UN_LIST_TYPE
REFERENCE_NUMBER LISTED_ON SUBMITTED_ON DELISTED_ON GENDER NAME_ORIGINAL_SCRIPT COMMENTS1 NATIONALITY2 SUBMITTED_BY
TITLE TITLE/VALUE DESIGNATION DESIGNATION/VALUE NATIONALITY NATIONALITY/VALUE LIST_TYPE LIST_TYPE/VALUE
LAST_DAY_UPDATED LAST_DAY_UPDATED/VALUE @xsi @xmlns @noNamespaceSchemaLocation @schemaLocation`,
	"ALIAS", "QUALITY ALIAS_NAME DATE_OF_BIRTH CITY_OF_BIRTH COUNTRY_OF_BIRTH NOTE",
	"ADDRESS", "STREET CITY STATE_PROVINCE ZIP_CODE COUNTRY NOTE",
	"DATE_OF_BIRTH", "TYPE_OF_DATE DATE YEAR FROM_YEAR TO_YEAR NOTE",
	"PLACE_OF_BIRTH", "CITY STATE_PROVINCE STREET COUNTRY NOTE",
	"DOCUMENT", "TYPE_OF_DOCUMENT TYPE_OF_DOCUMENT2 NUMBER ISSUING_COUNTRY COUNTRY_OF_ISSUE CITY_OF_ISSUE DATE_OF_ISSUE NOTE")

func leaves(single string, groups ...string) map[string]bool {
	out := map[string]bool{}
	for _, p := range strings.Fields(single) {
		out[p] = true
	}
	for i := 0; i < len(groups); i += 2 {
		for _, leaf := range strings.Fields(groups[i+1]) {
			out["INDIVIDUAL_"+groups[i]+"/"+leaf] = true
			out["ENTITY_"+groups[i]+"/"+leaf] = true
		}
	}
	return out
}

// rest keeps what no other step understood.
func (r *reader) rest() {
	if r.entry.Text != "" {
		r.keep("text", list.Squeeze(r.entry.Text))
		r.warn("text", "text directly in the entry")
	}
	list.Leftovers(r.entry.Node, func(p string) bool { return known[p] }, func(path, value string) {
		r.keep(path, value)
		r.warn(path, fmt.Sprintf("unknown element, kept aside: %q", value))
	})
}

// groups calls use for each element INDIVIDUAL_<name> or ENTITY_<name> with
// its place.
func (r *reader) groups(name string, use func(n *list.Node, at string)) {
	for _, prefix := range []string{"INDIVIDUAL_", "ENTITY_"} {
		for i, n := range r.entry.All(prefix + name) {
			use(n, fmt.Sprintf("%s%s[%d]", prefix, name, i+1))
		}
	}
}
