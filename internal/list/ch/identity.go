package ch

import (
	"fmt"
	"strings"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/list"
	"interdict/internal/record"
)

// need is a reference to a place that is filled in when the table is read.
type need struct {
	id   string
	fill func(*builder)
}

func (b *builder) placesKnown() bool {
	for _, n := range b.needs {
		if b.reader.places[n.id] == nil && n.id != "" {
			return false
		}
	}
	return true
}

func (b *builder) identity(n *list.Node, at string) {
	for i, c := range n.All("name") {
		b.name(c, fmt.Sprintf("%s/name[%d]", at, i+1))
	}
	for _, c := range n.All("day-month-year") {
		b.day1(c, at+"/day-month-year")
	}
	for _, c := range n.All("nationality") {
		for _, land := range c.All("country") {
			b.rec.Nationalities = append(b.rec.Nationalities, nation(land, at+"/nationality"))
		}
		if text := list.Squeeze(c.Text); text != "" {
			b.rec.Nationalities = append(b.rec.Nationalities, record.Country{Role: "nationality", Text: text, At: at + "/nationality"})
		}
	}
	// One date and one place of one identity belong together; of several the
	// list does not say which.
	alone := b.rec.Kind == record.Person && len(n.All("day-month-year")) == 1 && len(n.All("place-of-birth")) == 1
	for _, c := range n.All("place-of-birth") {
		if !alone {
			b.rec.Births = append(b.rec.Births, record.Birth{At: at + "/place-of-birth"})
		}
		i, node := len(b.rec.Births)-1, c
		b.needs = append(b.needs, need{c.Attr("place-id"), func(b *builder) {
			p, also := b.place(node, at)
			b.rec.Births[i].Place, b.rec.Births[i].Note = p, also
		}})
	}
	for _, c := range n.All("address") {
		b.address(c, at+"/address")
	}
	for _, c := range n.All("identification-document") {
		b.document(c, at+"/identification-document")
	}
}

// day1 reads a date given in parts. For a person it is the date of birth, for
// others that of their founding or building.
func (b *builder) day1(n *list.Node, at string) {
	d := b.partial(n, at)
	switch b.rec.Kind {
	case record.Person:
		b.rec.Births = append(b.rec.Births, record.Birth{Date: d, At: at})
	case record.Organisation:
		b.rec.Dates = append(b.rec.Dates, record.Dated{Role: "founded", Date: d, At: at})
	default:
		b.rec.Dates = append(b.rec.Dates, record.Dated{Role: "built", Date: d, At: at})
	}
}

// partial reads @day, @month and @year, of which any may be missing or 0.
func (b *builder) partial(n *list.Node, at string) date.Partial {
	day, month, year := number(n.Attr("day")), number(n.Attr("month")), n.Attr("year")
	text := year
	if month > 0 {
		text = fmt.Sprintf("%s-%02d", year, month)
		if day > 0 {
			text = fmt.Sprintf("%s-%02d", text, day)
		}
	}
	d, err := date.Parse(text)
	if err != nil || year == "" {
		d = date.Partial{Text: strings.Join([]string{n.Attr("day"), n.Attr("month"), year}, ".")}
		b.warn(at, "day %q, month %q, year %q are no date", n.Attr("day"), n.Attr("month"), year)
	}
	return d
}

// nation reads a country with its code.
func nation(n *list.Node, at string) record.Country {
	c := record.Country{Role: "nationality", Text: list.Squeeze(n.Text), At: at}
	c.Code = land(n)
	return c
}

func land(n *list.Node) string {
	if code, ok := country.Code(n.Attr("iso-code")); ok {
		return code
	}
	code, _ := country.Code(n.Text)
	return code
}

// place reads the place that n refers to, or what n itself says of it, and
// its other spellings.
func (b *builder) place(n *list.Node, at string) (record.Place, string) {
	table := b.reader.places[n.Attr("place-id")]
	if table == nil {
		if id := n.Attr("place-id"); id != "" {
			b.warn(at, "the place %q is not in the file", id)
			return record.Place{Text: "place " + id}, ""
		}
		table = n
	}
	p := record.Place{City: table.Value("location"), Region: table.Value("area"), Country: table.Value("country")}
	p.Code = land(table.Child("country"))
	var also []string
	for _, v := range append(table.All("location-variant"), table.All("area-variant")...) {
		if t := list.Squeeze(v.Text); t != "" {
			also = append(also, t)
		}
	}
	note := n.Value("remarks")
	if len(also) > 0 {
		note = strings.TrimSpace(note + " also: " + strings.Join(also, "; "))
	}
	return p, note
}

func (b *builder) address(n *list.Node, at string) {
	a := record.Address{PostCode: n.Value("zip-code"), At: at}
	var street []string
	for _, s := range []string{prefixed("c/o ", n.Value("c-o")), n.Value("address-details"), prefixed("P.O. Box ", n.Value("p-o-box"))} {
		if s != "" {
			street = append(street, s)
		}
	}
	a.Street = strings.Join(street, ", ")
	b.rec.Addresses = append(b.rec.Addresses, a)
	i := len(b.rec.Addresses) - 1
	b.needs = append(b.needs, need{n.Attr("place-id"), func(b *builder) {
		p, note := b.place(n, at)
		a := &b.rec.Addresses[i]
		a.City, a.Region, a.Country, a.Code, a.Text, a.Note = p.City, p.Region, p.Country, p.Code, p.Text, note
	}})
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// documents are the types of identification documents.
var documents = map[string]string{
	"passport": "passport", "diplomatic-passport": "passport", "service-passport": "passport", "driving-license": "other", "driving-licence": "other",
	"id-card": "national-id", "identity-card": "national-id", "national-id": "national-id", "residence-permit": "other", "other": "other",
}

func (b *builder) document(n *list.Node, at string) {
	kind := n.Attr("document-type")
	id := record.Identifier{Type: documents[kind], Detail: kind, Number: n.Value("number"), Note: n.Value("remark"), At: at}
	if id.Type == "" {
		id.Type = "other"
		b.warn(at, "unknown type of document %q", kind)
	}
	issuer := n.Child("issuer")
	if text := list.Squeeze(issuer.Text); text != "" || issuer.Attr("code") != "" {
		id.Country = text
		code, ok := country.Code(issuer.Attr("code"))
		if !ok {
			code, ok = country.Code(text)
		}
		if id.Code = code; !ok {
			id.Issuer = text
		}
	}
	id.Issued = b.documentDay(n, "date-of-issue", at)
	id.Expires = b.documentDay(n, "expiry-date", at)
	if id.Number == "" {
		b.rec.Other = append(b.rec.Other, record.Text{Role: kind, Text: strings.TrimSpace(id.Country + " " + id.Note), At: at})
		return
	}
	b.rec.Identifiers = append(b.rec.Identifiers, id)
}

// documentDay reads a date that is text or parts.
func (b *builder) documentDay(n *list.Node, name, at string) date.Partial {
	c := n.Child(name)
	if c.Text == "" && c.Attr("year") != "" {
		return b.partial(c, at+"/"+name)
	}
	d, err := date.Parse(list.Squeeze(c.Text))
	if err != nil {
		b.warn(at+"/"+name, "%v", err)
	}
	return d
}
