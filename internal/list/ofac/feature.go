package ofac

import (
	"fmt"
	"strings"

	"interdict/internal/list"
	"interdict/internal/record"
)

// feature reads all versions of one feature of a profile.
func (p *party) feature(n *list.Node, at string) {
	kind := p.word("FeatureType", n.Attr("FeatureTypeID"), at)
	for i, v := range n.All("FeatureVersion") {
		p.version(kind, v, fmt.Sprintf("%s/FeatureVersion[%d]", at, i+1))
	}
}

// version reads one FeatureVersion: a date, a place, or a text, under a label
// that the legacy formats print too.
func (p *party) version(kind string, n *list.Node, at string) {
	note := joined("; ", n.Value("Comment"), p.reliability(n, at))
	l, printed, rest, known := lookup(kind)
	f := fact{label: printed, note: note, at: at}
	done := false
	for _, period := range n.All("DatePeriod") {
		d := p.period(period, at)
		done = true
		switch l.use {
		case birthDate:
			p.rec.Births = append(p.rec.Births, record.Birth{Date: d, Note: note, At: at})
		default:
			role := strings.ToLower(kind)
			if known && l.use == dated {
				role = l.kind
			}
			p.rec.Dates = append(p.rec.Dates, record.Dated{Role: role, Date: d, At: at})
		}
	}
	for _, loc := range n.All("VersionLocation") {
		p.placed(kind, l, known, loc.Attr("LocationID"), note, at)
		done = true
	}
	for _, d := range n.All("VersionDetail") {
		value := list.Squeeze(d.Text)
		if id := d.Attr("DetailReferenceID"); id != "" {
			value = joined(" ", p.word("DetailReference", id, at), value)
		}
		if value == "" {
			continue
		}
		done = true
		f.value = strings.TrimSpace(rest + " " + value)
		if known && p.fact(l, f) {
			continue
		}
		p.builder.other(kind, value, at)
		if !known {
			p.warn(at, fmt.Sprintf("unknown type of feature %q, kept aside", kind))
		}
	}
	if !done {
		if note == "" {
			p.warn(at, fmt.Sprintf("feature %q says nothing", kind))
			return
		}
		p.builder.other(kind, note, at) // a comment is all it has
	}
}

func (p *party) reliability(n *list.Node, at string) string {
	if r := p.word("Reliability", n.Attr("ReliabilityID"), at); r != "" && !strings.EqualFold(r, "Unknown") {
		return "reliability: " + r
	}
	return ""
}

// placed reads a feature that is a place: birth, citizenship, flag, address.
func (p *party) placed(kind string, l label, known bool, id, note, at string) {
	n, ok := p.locations[id]
	if !ok {
		p.warn(at, fmt.Sprintf("location %q is not in the file", id))
		p.builder.other(kind, "location "+id, at)
		return
	}
	a := p.location(n, at)
	a.Note, a.At = joined("; ", a.Note, note), at
	whole := joined(", ", a.Text, a.Street, a.City, a.Region, a.PostCode, a.Country)
	switch {
	case known && l.use == bornAt:
		place := record.Place{City: a.City, Region: a.Region, Country: a.Country, Code: a.Code}
		if place.Text = joined(", ", a.Text, a.Street); place.Text == "" && place.City == "" {
			place.Text = whole
		}
		p.rec.Births = append(p.rec.Births, record.Birth{Place: place, Note: a.Note, At: at})
	case known && (l.use == nationality || l.use == citizenship || l.use == countryTie):
		f := fact{label: kind, value: joined(", ", a.Country), note: a.Note, at: at}
		if f.value == "" {
			f.value = whole
		}
		p.fact(l, f)
	case strings.EqualFold(kind, "Location"):
		p.rec.Addresses = append(p.rec.Addresses, a)
	default:
		p.builder.other(kind, whole, at)
	}
}

// location reads a Location: parts by their types, a country, an area.
func (p *party) location(n *list.Node, at string) record.Address {
	var a record.Address
	var street []string
	for _, part := range n.All("LocationPart") {
		kind := p.word("LocPartType", part.Attr("LocPartTypeID"), at)
		for _, v := range part.All("LocationPartValue") {
			text := joined(" ", v.Value("Value"), brackets(v.Value("Comment")))
			switch strings.ToUpper(kind) {
			case "ADDRESS1", "ADDRESS2", "ADDRESS3", "STREET":
				street = append(street, text)
			case "CITY":
				a.City = joined(", ", a.City, text)
			case "STATE/PROVINCE", "REGION", "STATE", "PROVINCE":
				a.Region = joined(", ", a.Region, text)
			case "POSTAL CODE":
				a.PostCode = joined(", ", a.PostCode, text)
			default:
				a.Text = joined(", ", a.Text, text)
			}
		}
	}
	a.Street = joined(", ", street...)
	for _, c := range n.All("LocationCountry") {
		text, iso := p.advancedCountry(c.Attr("CountryID"), at)
		a.Country, a.Code = joined(", ", a.Country, text), iso
	}
	for _, area := range n.All("LocationAreaCode") {
		text := p.word("AreaCode", area.Attr("AreaCodeID"), at)
		if a.Country == "" {
			a.Country, a.Code = text, code(text)
		} else if text != a.Country {
			a.Note = joined("; ", a.Note, text)
		}
	}
	return a
}

func brackets(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

// document adds an IDRegDocument of an identity. The IMO number of a ship
// stands among them.
func (p *party) document(n *list.Node, at string) {
	kind := p.word("IDRegDocType", n.Attr("IDRegDocTypeID"), at)
	l, printed, rest, known := lookup(kind)
	if !known || l.use != identifier && l.use != vesselNumber {
		if !known {
			p.warn(at, fmt.Sprintf("unknown type of document %q", kind))
		}
		l, printed, rest = label{identifier, "other"}, kind, ""
	}
	f := fact{label: printed, value: strings.TrimSpace(rest + " " + n.Value("IDRegistrationNo")), at: at, note: n.Value("Comment")}
	if v := p.word("Validity", n.Attr("ValidityID"), at); v != "" && !strings.EqualFold(v, "Valid") {
		f.note = joined("; ", f.note, "validity: "+v)
	}
	for _, r := range n.All("DocumentedNameReference") {
		f.note = joined("; ", f.note, joined(" ", "name:", p.docNames[r.Attr("DocumentedNameID")]))
	}
	if f.value == "" {
		p.builder.other(kind, joined("; ", "no number", f.note), at)
		return
	}
	before := len(p.rec.Identifiers)
	if !p.fact(l, f) {
		p.rec.Identifiers = append(p.rec.Identifiers, record.Identifier{Type: l.kind, Detail: printed, Number: f.value, Note: f.note, At: at})
	}
	id := p.rec.Identifiers[before]
	if c := n.Attr("IssuedBy-CountryID"); c != "" {
		id.Country, id.Code = p.advancedCountry(c, at)
	}
	id.Issuer = n.Value("IssuingAuthority")
	if loc, ok := p.locations[n.Attr("IssuedIn-LocationID")]; ok {
		a := p.location(loc, at)
		id.Issuer = joined(", ", id.Issuer, a.Text, a.City, a.Region, a.Country)
	}
	for _, d := range n.All("DocumentDate") {
		when := p.period(d.Child("DatePeriod"), at)
		switch role := strings.ToLower(p.word("IDRegDocDateType", d.Attr("IDRegDocDateTypeID"), at)); {
		case strings.Contains(role, "issu"):
			id.Issued = when
		case strings.Contains(role, "expir"):
			id.Expires = when
		default:
			id.Note = joined("; ", id.Note, role+" "+when.String())
		}
	}
	p.rec.Identifiers[before] = id
	p.leftovers(n)
}

// supInfo keeps further information of a sanctions entry.
func (p *party) supInfo(n *list.Node, at string) {
	kind := p.word("SupInfoType", n.Attr("SupInfoTypeID"), at)
	p.builder.other(joined(" ", "information", kind), joined(" ", list.Squeeze(n.Text), n.Value("Comment")), at)
}

// leftovers keeps the texts of an element that no other step reads.
func (p *party) leftovers(n *list.Node) {
	list.Leftovers(n, func(path string) bool {
		if strings.Contains(path, "@") {
			return true // attributes are ids, read where they matter
		}
		switch path[strings.LastIndex(path, "/")+1:] {
		case "Comment", "NamePartValue", "VersionDetail", "Year", "Month", "Day", "IDRegistrationNo", "IssuingAuthority",
			"LimitationsToListing", "SupInfo":
			return true
		}
		return false
	}, func(path, value string) {
		p.builder.other(path, value, path)
		p.warn(path, fmt.Sprintf("unknown element, kept aside: %q", value))
	})
}
