package eu

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

const (
	sourceID  = "eu"
	authority = "European Union"
)

// Source is the EU's consolidated list of financial sanctions (FSF).
var Source = list.Source{
	ID:        sourceID,
	Title:     "Consolidated list of persons, groups and entities subject to EU financial sanctions",
	Authority: authority,
	Formats: []list.Format{
		{Name: "xml", Accepts: acceptsXML, Read: read(readXML)},
		{Name: "csv", Accepts: acceptsCSV, Read: read(readCSV)},
	},
}

func acceptsXML(_ []string, head []byte) bool {
	return bytes.Contains(head, []byte("<sanctionEntity")) || bytes.Contains(head, []byte("fpi/fsd/export"))
}

func acceptsCSV(_ []string, head []byte) bool {
	line, _, _ := strings.Cut(strings.TrimPrefix(string(head), "\ufeff"), "\n")
	line = strings.ToLower(strings.NewReplacer("_", "", `"`, "").Replace(line))
	return strings.Contains(line, "entitylogicalid") && strings.Contains(line, ";")
}

// read makes a Read of a reader of the entries of one file.
func read(entries func(list.File, *list.Report) iter.Seq2[*entry, error]) list.Read {
	return func(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
		return func(yield func(record.Record, error) bool) {
			keys := map[string]int{}
			for _, f := range files {
				for e, err := range entries(f, report) {
					report.Elements++ // a file that breaks off is an element with an error
					rec := record.Record{}
					if err == nil {
						rec, err = (&reader{entry: e, report: report}).record(keys)
					}
					if !yield(rec, err) {
						return
					}
				}
			}
		}
	}
}

// reader turns one entry into a record.
type reader struct {
	*entry
	report *list.Report
	rec    record.Record
	lst    record.Listing
	dates  []date.Partial // publications and entries into force
	seen   map[string]bool
}

func (r *reader) record(keys map[string]int) (record.Record, error) {
	r.rec = record.Record{Source: sourceID, File: r.file, Line: r.line, Element: r.path}
	r.lst.Authority, r.lst.At = authority, "sanctionEntity"
	r.seen = map[string]bool{}
	r.rec.Key = r.fields.take("logicalId")
	r.lst.Reference = strings.TrimRight(r.fields.take("euReferenceNumber"), ". ")
	if r.rec.Key == "" {
		r.rec.Key = r.lst.Reference
		r.warn("@logicalId", "the entity has no logicalId; its reference serves as key")
	}
	if r.rec.Key == "" {
		return record.Record{}, r.fault("the entity has neither logicalId nor euReferenceNumber")
	}
	r.kind()
	r.unitedNations()
	for _, b := range r.blocks {
		r.block(b)
	}
	r.primary()
	if len(r.rec.Names) == 0 {
		return record.Record{}, r.fault("the entity has no name")
	}
	r.listing()
	r.rest("", &r.fields)
	for _, b := range r.blocks {
		r.rest(b.at+"/", &b.fields)
	}
	r.rec.Listings = []record.Listing{r.lst}
	r.unique(keys)
	return r.rec, nil
}

func (r *reader) block(b *block) {
	switch b.kind {
	case "regulation":
		r.regulation(b, "")
	case "nameAlias":
		r.name(b)
	case "address":
		r.address(b)
	case "birthdate":
		r.birth(b)
	case "identification":
		r.identification(b)
	case "citizenship":
		r.citizenship(b)
	case "remark":
		r.remark(b)
	}
	if b.kind != "regulation" {
		r.regulation(b, summary)
	}
	if b.kind != "remark" {
		b.fields.take("logicalId") // stands in At
	}
	if b.fields.peek("regulationLanguage") == "en" {
		b.fields.take("regulationLanguage")
	}
}

// kind reads the subject's type, which is printed as a word and as a letter,
// in either order.
func (r *reader) kind() {
	word, letter := r.fields.take("subjectType/code"), r.fields.take("subjectType/classificationCode")
	r.rec.Kind = record.Unknown
	for _, code := range []string{word, letter} {
		switch strings.ToLower(code) {
		case "person", "p":
			r.rec.Kind = record.Person
		case "enterprise", "entity", "e":
			r.rec.Kind = record.Organisation
		case "":
		default:
			r.warn("subjectType", fmt.Sprintf("the subject type %q is not known", code))
			r.keep("subjectType", code, "subjectType")
		}
	}
	if word+letter == "" {
		r.warn("subjectType", "the entity has no subject type")
	}
}

// primary puts the first name that is not weak in front.
func (r *reader) primary() {
	for i, n := range r.rec.Names {
		if n.Quality == record.Weak {
			continue
		}
		names := append([]record.Name{n}, r.rec.Names[:i]...)
		r.rec.Names = append(names, r.rec.Names[i+1:]...)
		break
	}
	if len(r.rec.Names) == 0 {
		return
	}
	first := &r.rec.Names[0]
	first.Type = record.Primary
	if first.Quality == record.Unspecified {
		first.Quality = record.Strong
	}
}

func (r *reader) unique(keys map[string]int) {
	key := r.rec.Key
	for keys[r.rec.Key]++; keys[r.rec.Key] > 1; keys[r.rec.Key]++ {
		r.rec.Key = fmt.Sprintf("%s#%d", key, keys[key])
	}
	if r.rec.Key != key {
		r.warn("@logicalId", fmt.Sprintf("the key %s is used twice in the edition", key))
	}
}

// rest keeps the fields that nothing took.
func (r *reader) rest(at string, f *fields) {
	for _, x := range f.left() {
		r.keep(at+x.name, x.value, at+x.name)
		r.warn(at+x.name, fmt.Sprintf("not understood, kept as it stands: %q", x.value))
	}
}

func (r *reader) keep(role, text, at string) {
	if text != "" {
		r.rec.Other = append(r.rec.Other, record.Text{Role: role, Text: text, At: at})
	}
}

// once reports whether it is called with these words for the first time.
func (r *reader) once(words ...string) bool {
	key := strings.Join(words, "\x00")
	if r.seen[key] {
		return false
	}
	r.seen[key] = true
	return true
}

func (r *reader) warn(at, text string) {
	r.report.Warn(fault.Place{File: r.file, Line: r.line, Element: r.path + "/" + at}, text)
}

func (r *reader) fault(format string, args ...any) error {
	return fault.At(fault.Place{File: r.file, Line: r.line, Element: r.path}, format, args...)
}

// date reads a date cell; what is no date is kept as text and reported.
func (r *reader) date(text, at string) date.Partial {
	p, err := date.Parse(text)
	if err != nil {
		r.warn(at, err.Error())
	}
	return p
}
