package ch

import (
	"fmt"
	"strings"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// builder turns one target into a record.
type builder struct {
	list.Entry
	reader  *reader
	rec     record.Record
	listing record.Listing
	needs   []need // places that the record refers to
	sets    []string
	subject *list.Node
}

func (b *builder) warn(at, format string, args ...any) {
	b.reader.report.Warn(fault.Place{File: b.reader.file, Line: b.rec.Line, Element: b.rec.Element + "/" + at}, fmt.Sprintf(format, args...))
}

func (b *builder) build() error {
	b.rec = record.Record{Source: sourceID, Key: b.Attr("ssid"), File: b.reader.file, Line: b.Line, Element: b.Path}
	place := fault.Place{File: b.reader.file, Line: b.Line, Element: b.Path}
	if b.rec.Key == "" {
		return fault.At(place, "the target has no ssid")
	}
	if !b.kind() {
		return fault.At(place, "the target %s is no individual, entity or object", b.rec.Key)
	}
	b.listing = record.Listing{Authority: authority, Reference: b.rec.Key, At: "target"}
	for i, id := range b.children("identity") {
		b.identity(id, fmt.Sprintf("identity[%d]", i+1))
	}
	if len(b.rec.Names) == 0 {
		return fault.At(place, "the target %s has no name", b.rec.Key)
	}
	b.notes()
	b.modifications()
	b.programmes()
	b.leftovers()
	return nil
}

// kind finds the subject and says what it is.
func (b *builder) kind() bool {
	for _, c := range b.Children {
		switch c.Name {
		case "individual":
			b.rec.Kind = record.Person
		case "entity":
			b.rec.Kind = record.Organisation
		case "object":
			b.rec.Kind = record.Unknown
			switch t := strings.ToLower(c.Attr("object-type")); t {
			case "vessel":
				b.rec.Kind = record.Vessel
			case "aircraft":
				b.rec.Kind = record.Aircraft
			default:
				b.warn("object@object-type", "unknown type of object %q", t)
				b.rec.Other = append(b.rec.Other, record.Text{Role: "object-type", Text: t, At: "object@object-type"})
			}
		default:
			continue
		}
		b.subject = c
		if sex := c.Attr("sex"); sex != "" {
			b.rec.Genders = append(b.rec.Genders, record.Text{Text: sex, At: c.Name + "@sex"})
		}
		return true
	}
	return false
}

// children are those of the subject and, in some exports, of the target.
func (b *builder) children(name string) []*list.Node {
	return append(b.subject.All(name), b.All(name)...)
}

func (b *builder) notes() {
	for _, n := range b.children("justification") {
		if t := list.Squeeze(n.Text); t != "" {
			b.listing.Reasons = append(b.listing.Reasons, record.Text{Text: t, At: "justification"})
		}
	}
	for _, n := range b.children("relation") {
		b.rec.Links = append(b.rec.Links, record.Link{
			Role: n.Attr("relation-type"), Key: n.Attr("target-id"), Note: list.Squeeze(n.Text + " " + n.Value("remark")), At: "relation",
		})
	}
	for _, n := range b.children("other-information") {
		b.information(list.Squeeze(n.Text))
	}
	for _, n := range b.children("generic-attribute") {
		b.rec.Other = append(b.rec.Other, record.Text{Role: n.Attr("name"), Text: list.Squeeze(n.Text), At: "generic-attribute"})
	}
	for _, n := range b.All("foreign-identifier") {
		if ref := strings.Trim(list.Squeeze(n.Text), ". "); ref != "" {
			b.listing.Also = append(b.listing.Also, record.Reference{Source: "un", Value: ref, At: "foreign-identifier"})
		}
	}
}

// information reads one line of other information: "IMO number: 9074729",
// "Date of registration: 27.7.1992", or prose.
func (b *builder) information(text string) {
	const at = "other-information"
	if text == "" {
		return
	}
	b.rec.Remarks = append(b.rec.Remarks, record.Text{Text: text, At: at})
	b.rec.Identifiers = append(b.rec.Identifiers, list.Labelled(text, at)...)
	label, value, ok := strings.Cut(text, ":")
	if !ok {
		return
	}
	value = strings.Trim(value, " .")
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "imo number", "imo", "imo no":
		b.rec.Identifiers = append(b.rec.Identifiers, record.Identifier{Type: "imo", Number: value, At: at})
	case "call sign":
		b.rec.Identifiers = append(b.rec.Identifiers, record.Identifier{Type: "call-sign", Number: value, At: at})
	case "date of registration", "registration date":
		d, err := date.Parse(value)
		if err != nil {
			b.warn(at, "%v", err)
		}
		b.rec.Dates = append(b.rec.Dates, record.Dated{Role: "founded", Date: d, At: at})
	}
}

// programmes notes the sanctions sets, an attribute or child elements.
func (b *builder) programmes() {
	if id := b.Attr("sanctions-set-id"); id != "" {
		b.sets = append(b.sets, id)
	}
	for _, n := range b.children("sanctions-set-id") {
		if id := list.Squeeze(n.Text); id != "" {
			b.sets = append(b.sets, id)
		}
	}
}

func (b *builder) setKnown() bool {
	for _, id := range b.sets {
		if _, ok := b.reader.sets[id]; !ok {
			return false
		}
	}
	return true
}

// finish fills in what other tables say, and makes the key unique.
func (b *builder) finish() record.Record {
	for _, n := range b.needs {
		n.fill(b)
	}
	for _, id := range b.sets {
		p, ok := b.reader.sets[id]
		if !ok {
			b.warn("@sanctions-set-id", "the sanctions set %q is not in the file", id)
			p.set = id
		}
		b.listing.Programmes = append(b.listing.Programmes, p.keys...)
		if p.set != "" {
			b.listing.Programmes = append(b.listing.Programmes, record.Text{Role: "sanctions-set", Text: p.set, At: "sanctions-set-id"})
		}
		b.listing.LegalBases = append(b.listing.LegalBases, p.ordinances...)
	}
	b.rec.Listings = []record.Listing{b.listing}
	key := b.rec.Key
	b.reader.keys[key]++
	if n := b.reader.keys[key]; n > 1 {
		b.warn("@ssid", "key %q is used %d times in the edition", key, n)
		b.rec.Key = fmt.Sprintf("%s#%d", key, n)
	}
	return b.rec
}
