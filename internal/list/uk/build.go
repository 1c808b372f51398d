package uk

import (
	"fmt"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

// builder turns the pieces of one entry into a record.
type builder struct {
	entry
	report   *list.Report
	rec      record.Record
	listings []record.Listing
	dates    []record.Birth // dates of birth, without place
	places   []record.Birth // places of birth, without date
	refs     []record.Reference
	reasons  []record.Text // from the free text
	unique   string        // of the UK Sanctions List
	group    string        // of the ConList
}

func build(e entry, report *list.Report) (record.Record, error) {
	b := &builder{entry: e, report: report}
	b.rec = record.Record{Source: sourceID, File: e.file, Line: e.line, Element: e.element}
	b.rec.Kind = record.Unknown
	for _, p := range e.pieces {
		if p.group == inKey {
			b.keys(p)
		}
	}
	if b.rec.Key = b.unique; b.rec.Key == "" {
		b.rec.Key = b.group
	}
	place := fault.Place{File: e.file, Line: e.line, Element: e.element}
	if b.rec.Key == "" {
		return record.Record{}, fault.At(place, "the entry has neither a unique id nor a group id")
	}
	for _, p := range e.pieces {
		b.add(p)
	}
	b.births()
	b.primaryFirst()
	b.list()
	if len(b.rec.Names) == 0 {
		return record.Record{}, fault.At(place, "the entry %s has no name", b.rec.Key)
	}
	return b.rec, nil
}

func (b *builder) warn(at, format string, args ...any) {
	b.report.Warn(fault.Place{File: b.file, Line: b.line, Element: b.element + "/" + at}, fmt.Sprintf(format, args...))
}

func (b *builder) keys(p piece) {
	if b.unique == "" {
		b.unique = p.get("unique")
	}
	if b.group == "" {
		b.group = p.get("group")
	}
	if un := reference(p.get("un")); un != "" {
		b.also("un", un, p.at)
	}
	switch kind := p.get("kind"); strings.ToLower(kind) {
	case "individual":
		b.rec.Kind = record.Person
	case "entity":
		b.rec.Kind = record.Organisation
	case "ship":
		b.rec.Kind = record.Vessel
	case "":
	default:
		b.warn(p.at, "unknown type of subject %q", kind)
		b.other("designation type", kind, p.at)
	}
}

func (b *builder) other(role, text, at string) {
	b.rec.Other = append(b.rec.Other, record.Text{Role: role, Text: text, At: at})
}

// add hands a piece to what knows its group.
func (b *builder) add(p piece) {
	value := p.get("")
	switch p.group {
	case inKey:
	case inName:
		b.name(p)
	case inScript:
		b.script(p)
	case inListing:
		b.listing(p)
	case inAddress:
		b.address(p)
	case inBirth:
		b.place(p)
	case inPassport:
		b.papers("passport", p)
	case inNational:
		b.papers("national-id", p)
	case "title":
		b.rec.Titles = append(b.rec.Titles, texts("", value, p.at)...)
	case "position":
		b.rec.Positions = append(b.rec.Positions, texts("", value, p.at)...)
	case "gender":
		b.rec.Genders = append(b.rec.Genders, record.Text{Text: value, At: p.at})
	case "dob":
		b.dates = append(b.dates, record.Birth{Date: b.date(value, p.at), At: p.at})
	case "nationality":
		b.nationality(value, p.at)
	case "info":
		b.info(value, p.at)
	case "phone", "website", "email":
		b.contact(p.group, value, p.at)
	case "registration":
		b.registration(value, p.at)
	default:
		b.rest(p)
	}
}

// rest takes the values that only firms and ships have, and the unknown.
func (b *builder) rest(p piece) {
	value := p.get("")
	switch p.group {
	case "imo":
		for _, n := range numbers(value) {
			b.identifier(record.Identifier{Type: "imo", Number: n, Note: unless(value, n), At: p.at})
		}
	case "hull":
		b.identifier(record.Identifier{Type: "other", Number: value, Detail: "hull identification number", At: p.at})
	case "parent", "subsidiary", "owner", "previous owner":
		for _, t := range texts("", value, p.at) {
			b.rec.Links = append(b.rec.Links, record.Link{Role: p.group, Name: t.Text, At: p.at})
		}
	case "flag", "previous flag":
		b.rec.Countries = append(b.rec.Countries, tie(p.group, value, p.at))
	case "built":
		b.rec.Dates = append(b.rec.Dates, record.Dated{Role: "built", Date: b.date(value, p.at), At: p.at})
	case "entity type", "ship type", "tonnage", "length":
		b.other(p.group, value, p.at)
	case inIndicator:
		for name, v := range p.values {
			if strings.EqualFold(v, "true") || v == "1" {
				b.other("SanctionsImposedIndicators/"+name, v, p.at)
			}
		}
	default:
		for name, v := range p.values {
			b.other(name, v, p.at)
			if !strings.Contains(p.at, "@row") { // columns have been warned of once
				b.warn(p.at, "unknown element, kept as it stands")
			}
		}
	}
}

func unless(text, number string) string {
	if text == number {
		return ""
	}
	return text
}

// texts splits an enumeration. "-" stands for nothing.
func texts(role, value, at string) []record.Text {
	var out []record.Text
	head, items := list.Enumerate(value)
	if len(items) == 0 || head != "" {
		return []record.Text{{Role: role, Text: value, At: at}}
	}
	for _, it := range items {
		if it.Text != "" && it.Text != "-" {
			out = append(out, record.Text{Role: role, Text: it.Text, At: at})
		}
	}
	return out
}

func (b *builder) date(text, at string) date.Partial {
	d, err := date.Parse(text)
	if err != nil {
		b.warn(at, "%v", err)
	}
	return d
}

func tie(role, text, at string) record.Country {
	code, _ := country.Code(text)
	return record.Country{Role: role, Text: text, Code: code, At: at}
}

func (b *builder) nationality(value, at string) {
	for _, t := range texts("", value, at) {
		b.rec.Nationalities = append(b.rec.Nationalities, tie("nationality", t.Text, at))
	}
}

func (b *builder) address(p piece) {
	var lines []string
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		if v := p.get(n); v != "" && v != "-" {
			lines = append(lines, v)
		}
	}
	a := record.Address{PostCode: strings.Trim(p.get("postcode"), "-"), Country: p.get("country"), At: p.at}
	a.Code, _ = country.Code(a.Country)
	a.Street = strings.Join(lines, ", ")
	b.rec.Addresses = append(b.rec.Addresses, a)
}
