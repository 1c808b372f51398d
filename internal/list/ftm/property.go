package ftm

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"interdict/internal/country"
	"interdict/internal/record"
)

// properties reads all properties but names and those of the listing.
func (r *reader) properties() {
	o := r.object
	r.births()
	for _, prop := range slices.Sorted(maps.Keys(o.props)) {
		for i, v := range o.props[prop] {
			r.property(prop, v, at(prop, i))
		}
	}
}

// elsewhere are properties that are read by functions of their own.
var elsewhere = set("name", "alias", "abbreviation", "previousName", "weakAlias",
	"firstName", "secondName", "middleName", "fatherName", "lastName", "motherName", "nameSuffix",
	"birthDate", "birthPlace", "birthCountry", "program", "programId", "createdAt", "modifiedAt")

func (r *reader) property(prop, v, at string) {
	switch {
	case elsewhere[prop]:
	case identifiers[prop] != "":
		id := record.Identifier{Type: identifiers[prop], Number: v, Detail: prop, At: at}
		if prop == "publicKey" {
			id.Detail = joined(", ", append(r.props["currencySymbol"], r.props["currency"]...)...)
		}
		r.rec.Identifiers = append(r.rec.Identifiers, id)
	case countries[prop] != "":
		r.rec.Countries = append(r.rec.Countries, land(countries[prop], v, at))
	case r.person(prop, v, at), r.dated(prop, v, at):
	case prop == "address":
		r.rec.Addresses = append(r.rec.Addresses, record.Address{Text: v, At: at})
	case prop == "notes" || prop == "summary" || prop == "description":
		r.rec.Remarks = append(r.rec.Remarks, record.Text{Role: prop, Text: v, At: at})
	case plain[prop]:
		r.keep(prop, v, at)
	default:
		r.link(prop, v, at)
	}
}

func (r *reader) person(prop, v, at string) bool {
	text := record.Text{Text: v, At: at}
	switch prop {
	case "gender":
		r.rec.Genders = append(r.rec.Genders, text)
	case "title":
		r.rec.Titles = append(r.rec.Titles, text)
	case "position":
		r.rec.Positions = append(r.rec.Positions, text)
	case "nationality":
		r.rec.Nationalities = append(r.rec.Nationalities, land(prop, v, at))
	case "citizenship":
		r.rec.Citizenships = append(r.rec.Citizenships, land(prop, v, at))
	default:
		return false
	}
	return true
}

func (r *reader) dated(prop, v, at string) bool {
	role := map[string]string{"incorporationDate": "founded", "dissolutionDate": "dissolved", "buildDate": "built"}[prop]
	switch {
	case prop == "deathDate":
		r.rec.Deaths = append(r.rec.Deaths, record.Dated{Role: "death", Date: r.date(v, at), At: at})
	case role != "":
		r.rec.Dates = append(r.rec.Dates, record.Dated{Role: role, Date: r.date(v, at), At: at})
	default:
		return false
	}
	return true
}

// link reads a property whose value is the id of another object.
func (r *reader) link(prop, v, at string) {
	other := r.byID[v]
	switch {
	case other != nil && other.subject():
		r.rec.Links = append(r.rec.Links, record.Link{Role: prop, Key: other.id, Name: other.title(), At: at})
		r.inline(other)
	case other != nil: // folded with the parts
	case slices.Contains(links, prop):
		r.warn(at, fmt.Sprintf("refers to %q, which is not in the edition", v))
		r.rec.Links = append(r.rec.Links, record.Link{Role: prop, Key: v, At: at})
	default:
		r.warn(at, fmt.Sprintf("the property is not in the model, kept as it stands: %q", v))
		r.keep(prop, v, at)
	}
}

// title is the caption of an object, or else its first name, whole or in pieces.
func (o *object) title() string {
	if o.caption != "" {
		return o.caption
	}
	for _, v := range o.props["name"] {
		return v
	}
	whole, _ := o.pieces()
	return whole
}

// births pairs one date with one place; more cannot be paired.
func (r *reader) births() {
	dates, places, lands := r.props["birthDate"], r.props["birthPlace"], r.props["birthCountry"]
	if len(dates) == 1 && len(places) <= 1 && len(lands) <= 1 {
		b := record.Birth{Date: r.date(dates[0], at("birthDate", 0)), At: at("birthDate", 0)}
		b.Place = birthPlace(places, lands)
		r.rec.Births = append(r.rec.Births, b)
		return
	}
	for i, d := range dates {
		r.rec.Births = append(r.rec.Births, record.Birth{Date: r.date(d, at("birthDate", i)), At: at("birthDate", i)})
	}
	if len(places) == 1 && len(lands) == 1 {
		r.rec.Births = append(r.rec.Births, record.Birth{Place: birthPlace(places, lands), At: at("birthPlace", 0)})
		return
	}
	for i, p := range places {
		r.rec.Births = append(r.rec.Births, record.Birth{Place: birthPlace([]string{p}, nil), At: at("birthPlace", i)})
	}
	for i, c := range lands {
		r.rec.Births = append(r.rec.Births, record.Birth{Place: birthPlace(nil, []string{c}), At: at("birthCountry", i)})
	}
}

func birthPlace(places, lands []string) record.Place {
	var p record.Place
	if len(places) > 0 {
		p.Text = places[0]
	}
	if len(lands) > 0 {
		p.Country, p.Code = lands[0], code(lands[0])
	}
	return p
}

func land(role, v, at string) record.Country {
	return record.Country{Role: role, Text: v, Code: code(v), At: at}
}

// gone are FtM's codes of states that are no more, as package country has them.
var gone = map[string]string{"suhh": "SU", "yucs": "YU", "cshh": "CS", "csxx": "CS", "ddde": "DD", "anhh": "AN"}

func code(v string) string {
	if c := gone[strings.ToLower(v)]; c != "" {
		return c
	}
	c, _ := country.Code(v)
	return c
}
