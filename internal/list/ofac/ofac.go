package ofac

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
)

const (
	sourceID  = "ofac"
	authority = "OFAC"
)

// Source is the lists of OFAC.
var Source = list.Source{
	ID:        sourceID,
	Title:     "OFAC sanctions lists (SDN and consolidated non-SDN)",
	Authority: authority,
	Formats: []list.Format{
		{Name: "advanced", Accepts: acceptsAdvanced, Read: readAdvanced},
		{Name: "xml", Accepts: acceptsLegacy, Read: readLegacy},
		{Name: "tables", Accepts: acceptsTables, Read: readTables},
	},
}

func acceptsAdvanced(_ []string, head []byte) bool {
	return bytes.Contains(head, []byte("<Sanctions")) && !bytes.Contains(head, []byte("<sdnList"))
}

func acceptsLegacy(_ []string, head []byte) bool { return bytes.Contains(head, []byte("<sdnList")) }

// acceptsTables looks for the name of one of the tables, or for a first row
// that starts with a number and has a null of the format.
func acceptsTables(names []string, head []byte) bool {
	if bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) {
		return false
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if d := delimiterOf(string(line)); d != 0 && bytes.Contains(line, []byte("-0-")) {
		return true
	}
	for _, n := range names {
		base := strings.ToLower(strings.TrimSuffix(n, path.Ext(n)))
		switch base {
		case "sdn", "alt", "add", "sdn_comments", "cons_prim", "cons_alt", "cons_add", "cons_comments":
			return true
		}
	}
	return false
}

// builder collects one entry, whatever format it comes from.
type builder struct {
	report *list.Report
	place  fault.Place
	rec    record.Record
	lst    record.Listing
}

func newBuilder(report *list.Report, place fault.Place) *builder {
	return &builder{
		report: report,
		place:  place,
		rec:    record.Record{Source: sourceID, File: place.File, Line: place.Line, Element: place.Element},
		lst:    record.Listing{Authority: authority},
	}
}

// done returns the record, or an error if it names nobody.
func (b *builder) done() (record.Record, error) {
	if len(b.rec.Names) == 0 {
		return record.Record{}, fault.At(b.place, "the entry has no name")
	}
	b.rec.Listings = []record.Listing{b.lst}
	return b.rec, nil
}

func (b *builder) warn(at, text string) {
	p := b.place
	p.Element = strings.TrimPrefix(p.Element+"/"+at, "/")
	b.report.Warn(p, text)
}

func (b *builder) other(role, text, at string) {
	if text != "" {
		b.rec.Other = append(b.rec.Other, record.Text{Role: role, Text: text, At: at})
	}
}

// kind maps a type of party; the tables print none for an entity.
func (b *builder) kind(printed, at string) {
	switch strings.ToLower(printed) {
	case "individual":
		b.rec.Kind = record.Person
	case "", "entity":
		b.rec.Kind = record.Organisation
	case "vessel":
		b.rec.Kind = record.Vessel
	case "aircraft":
		b.rec.Kind = record.Aircraft
	default:
		b.rec.Kind = record.Unknown
		b.other("type", printed, at)
		b.warn(at, fmt.Sprintf("unknown type of entry %q", printed))
	}
}

// name adds a name printed "LAST, First Middle" for a person.
func (b *builder) name(full string, kind record.NameType, q record.Quality, note, at string) {
	full = list.Squeeze(full)
	if full == "" {
		return
	}
	n := record.Name{Full: full, Type: kind, Quality: q, Note: note, At: at}
	if family, given, ok := strings.Cut(full, ", "); ok && b.rec.Kind == record.Person {
		n.Parts = []record.Part{{Role: record.Family, Text: family}, {Role: record.Given, Text: given}}
	}
	b.rec.Names = append(b.rec.Names, n)
}

// aliasType maps the types of other names, as the tables and the XML print
// them. "Now known as" is a name in use: an alias.
func (b *builder) aliasType(printed, at string) (t record.NameType, note string) {
	printed = strings.TrimSpace(printed)
	switch strings.ToLower(strings.ReplaceAll(printed, ".", "")) {
	case "aka":
		return record.Alias, ""
	case "fka":
		return record.Former, ""
	case "nka":
		return record.Alias, "now known as"
	}
	b.other("alias type", printed, at)
	b.warn(at, fmt.Sprintf("unknown type of alias %q", printed))
	return record.Alias, printed
}

func (b *builder) programme(text, at string) {
	if text = list.Squeeze(text); text != "" {
		b.lst.Programmes = append(b.lst.Programmes, record.Text{Text: text, At: at})
	}
}

// positions splits the titles of an entry, which are joined by semicolons.
func (b *builder) positions(text, at string) {
	for _, p := range strings.Split(text, ";") {
		if p = list.Squeeze(p); p != "" {
			b.rec.Positions = append(b.rec.Positions, record.Text{Text: p, At: at})
		}
	}
}

func code(printed string) string {
	c, _ := country.Code(printed)
	return c
}

// parseDate reads a date as OFAC prints it: "1962", "12 Mar 1962", "circa
// 1962", "1962 to 1964".
func parseDate(text string) date.Partial {
	text = list.Squeeze(text)
	if text == "" {
		return date.Partial{}
	}
	p, _ := date.Parse(text) // what it cannot read comes back as its text
	p = wholeSpan(p)
	p.Text = text
	return p
}

// wholeSpan turns a range that is one whole year or month into that: OFAC
// prints a year as "01 Jan 1973 to 31 Dec 1973" (list-formats 2.3).
func wholeSpan(p date.Partial) date.Partial {
	if p.Precision != date.Range || p.From.Y != p.To.Y || p.From.D != 1 {
		return p
	}
	y, m := int(p.From.Y), int(p.From.M)
	if year := date.InYear(y); p.From == year.From && p.To == year.To {
		p.Precision = date.Year
	} else if month := date.InMonth(y, m); p.To == month.To {
		p.Precision = date.Month
	}
	return p
}

// birthPlace takes a place printed in one line, the country last: its last
// part, or the last two ("Korea, North").
func birthPlace(text string) record.Place {
	p := record.Place{Text: list.Squeeze(text)}
	parts := strings.Split(p.Text, ", ")
	for n := 1; n <= min(2, len(parts)); n++ {
		last := strings.Join(parts[len(parts)-n:], ", ")
		if c := code(last); c != "" {
			p.Country, p.Code = last, c
			break
		}
	}
	return p
}
