package ftm

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/record"
)

// fold takes a part into the record: what its schema has a field for, the
// links it makes, and all else as it stands.
func (r *reader) fold(p *object) {
	r.folded[p.id] = true
	switch p.schema {
	case "Address":
		r.address(p)
	case "Sanction":
		r.sanction(p)
	case "Passport", "Identification":
		r.paper(p)
	default:
		r.edge(p)
	}
	for _, x := range p.unknown {
		r.keep(p.place()+"/"+x[0], x[1], p.place()+"/"+x[0])
	}
}

// cursor reads a part's properties and remembers which were read.
type cursor struct {
	*object
	read []string
}

func (c *cursor) all(prop string) []string {
	c.read = append(c.read, prop)
	return c.props[prop]
}

// one returns all values of a property as one text.
func (c *cursor) one(prop string) string { return strings.Join(c.all(prop), "; ") }

// first returns the first value; further ones stay unread and so are kept.
func (c *cursor) first(prop string) string {
	if len(c.props[prop]) == 1 {
		return c.one(prop)
	}
	if len(c.props[prop]) == 0 {
		return ""
	}
	return c.props[prop][0]
}

// left keeps what was not read of a part, under its own name.
func (r *reader) left(c *cursor) {
	for _, x := range plainly(c.object, append(c.read, parts[c.schema]...)) {
		r.keep(c.schema+"/"+x[0], x[1], c.place()+"/"+x[0])
	}
}

func (r *reader) address(p *object) {
	c := &cursor{object: p}
	a := record.Address{
		Text: c.one("full"), Street: joined(", ", c.one("street"), c.one("street2")), City: c.one("city"),
		Region: joined(", ", c.one("region"), c.one("state")), PostCode: c.one("postalCode"), Country: c.one("country"), At: p.place(),
	}
	a.Code = code(a.Country)
	if box := c.one("postOfficeBox"); box != "" {
		a.Note = "PO box " + box
	}
	a.Note = joined("; ", a.Note, c.one("remarks"))
	if a.Text == "" && a.Street+a.City+a.Region+a.PostCode == "" {
		a.Text = p.title()
	}
	r.rec.Addresses = append(r.rec.Addresses, a)
	r.left(c)
}

func (r *reader) paper(p *object) {
	c := &cursor{object: p}
	id := record.Identifier{
		Type: "national-id", Detail: c.one("type"), Country: c.one("country"), Issuer: c.one("authority"), Note: c.one("summary"), At: p.place(),
		Issued: r.date(c.first("startDate"), p.place()+"/startDate"), Expires: r.date(c.first("endDate"), p.place()+"/endDate"),
	}
	if p.schema == "Passport" {
		id.Type = "passport"
	} else if t := strings.ToLower(id.Detail); strings.Contains(t, "passport") {
		id.Type = "passport"
	} else if t != "" && !strings.Contains(t, "national") && !strings.Contains(t, "identity") && !strings.Contains(t, "id ") && t != "id" {
		id.Type = "other"
	}
	if id.Detail == "" {
		id.Detail = p.schema
	}
	id.Code = code(id.Country)
	var numbers []string
	for _, prop := range []string{"number", "passportNumber"} {
		for _, v := range c.all(prop) {
			if !slices.Contains(numbers, v) {
				numbers = append(numbers, v)
			}
		}
	}
	for _, v := range numbers {
		id.Number = v
		r.rec.Identifiers = append(r.rec.Identifiers, id)
	}
	for _, v := range c.all("personalNumber") {
		personal := id
		personal.Type, personal.Detail, personal.Number, personal.At = "national-id", "personalNumber", v, p.place()+"/personalNumber"
		r.rec.Identifiers = append(r.rec.Identifiers, personal)
	}
	if len(numbers) == 0 {
		r.warn(p.place(), "a paper without a number")
		r.keep(p.schema, joined(", ", id.Detail, id.Country, id.Issuer, id.Note, p.title()), p.place())
	}
	r.left(c)
}

// edge reads an object that joins others: one link to each of the others. What
// it says besides is the link's note; where it joins nothing, it is kept.
func (r *reader) edge(p *object) {
	c := &cursor{object: p}
	how := joined(", ", c.one("relationship"), c.one("role"), c.one("ownershipType"))
	props := r.entityProps(p)
	var said []string
	for _, x := range plainly(p, append(c.read, props...)) {
		said = append(said, x[0]+": "+x[1])
	}
	note, linked := strings.Join(said, "; "), false
	for _, prop := range props {
		for _, id := range p.props[prop] {
			if id == r.id {
				continue
			}
			linked = true
			l := record.Link{Role: strings.ToLower(p.schema) + " " + prop, Key: id, Note: note, At: p.place() + "/" + prop}
			if how != "" {
				l.Role += ": " + how
			}
			r.toOther(&l)
			r.rec.Links = append(r.rec.Links, l)
		}
	}
	if !linked {
		r.left(&cursor{object: p})
	}
}

// toOther completes a link, and takes in what its other end says if that is
// no record of its own.
func (r *reader) toOther(l *record.Link) {
	o := r.byID[l.Key]
	if o == nil {
		r.warn(l.At, fmt.Sprintf("refers to %q, which is not in the edition", l.Key))
		return
	}
	l.Name = o.title()
	r.inline(o)
}

// inline keeps what an object says that has no record of its own.
func (r *reader) inline(o *object) {
	if o.subject() && !o.nested || r.inlined[o.id] {
		return
	}
	r.inlined[o.id] = true
	r.folded[o.id] = true
	for _, x := range plainly(o, parts[o.schema]) {
		r.keep(o.schema+"/"+x[0], x[1], o.place()+"/"+x[0])
	}
}
