package publish

import (
	"encoding/xml"
	"strconv"
	"time"

	"interdict/internal/date"
	"interdict/internal/record"
)

// The elements of the United Nations consolidated list, as far as the own list
// fills them.
type (
	unList struct {
		XMLName     xml.Name    `xml:"CONSOLIDATED_LIST"`
		Generated   string      `xml:"dateGenerated,attr"`
		Individuals []unSubject `xml:"INDIVIDUALS>INDIVIDUAL"`
		Entities    []unSubject `xml:"ENTITIES>ENTITY"`
	}
	unSubject struct {
		ID          string      `xml:"DATAID"`
		Version     int         `xml:"VERSIONNUM"`
		FirstName   string      `xml:"FIRST_NAME"`
		Reference   string      `xml:"REFERENCE_NUMBER"`
		ListedOn    string      `xml:"LISTED_ON"`
		Comments    string      `xml:"COMMENTS1,omitempty"`
		Nationality *unValues   `xml:"NATIONALITY"`
		Aliases     []unAlias   `xml:"INDIVIDUAL_ALIAS"`
		Other       []unAlias   `xml:"ENTITY_ALIAS"`
		Addresses   []unAddress `xml:"INDIVIDUAL_ADDRESS"`
		Offices     []unAddress `xml:"ENTITY_ADDRESS"`
		Births      []unBirth   `xml:"INDIVIDUAL_DATE_OF_BIRTH"`
		Places      []unAddress `xml:"INDIVIDUAL_PLACE_OF_BIRTH"`
		Documents   []unPaper   `xml:"INDIVIDUAL_DOCUMENT"`
	}
	unValues struct {
		Value []string `xml:"VALUE"`
	}
	unAlias struct {
		Quality string `xml:"QUALITY"`
		Name    string `xml:"ALIAS_NAME"`
	}
	unAddress struct {
		Street  string `xml:"STREET,omitempty"`
		City    string `xml:"CITY,omitempty"`
		Region  string `xml:"STATE_PROVINCE,omitempty"`
		Code    string `xml:"ZIP_CODE,omitempty"`
		Country string `xml:"COUNTRY,omitempty"`
		Note    string `xml:"NOTE,omitempty"`
	}
	unBirth struct {
		Type string `xml:"TYPE_OF_DATE"`
		Date string `xml:"DATE,omitempty"`
		Year string `xml:"YEAR,omitempty"`
		From string `xml:"FROM_YEAR,omitempty"`
		To   string `xml:"TO_YEAR,omitempty"`
		Note string `xml:"NOTE,omitempty"`
	}
	unPaper struct {
		Type    string `xml:"TYPE_OF_DOCUMENT"`
		Number  string `xml:"NUMBER"`
		Country string `xml:"ISSUING_COUNTRY,omitempty"`
	}
)

// writeXML writes the entries in force in the elements of the United Nations
// list. What is neither a person nor a group stands among the entities with its
// kind in the comments.
func writeXML(i Issue, at time.Time) ([]byte, error) {
	out := unList{Generated: at.UTC().Format("2006-01-02T15:04:05.000Z")}
	for _, e := range i.Entries {
		switch {
		case listing(e.Record).Ended:
		case e.Record.Kind == record.Person:
			out.Individuals = append(out.Individuals, individual(e.Record))
		default:
			out.Entities = append(out.Entities, group(e.Record))
		}
	}
	body, err := xml.MarshalIndent(out, "", " ")
	return append([]byte(xml.Header), append(body, '\n')...), err
}

func subject(r record.Record) (unSubject, []unAlias, []unAddress) {
	l := listing(r)
	s := unSubject{ID: r.Key, Version: 1, FirstName: r.PrimaryName(), Reference: l.Reference, ListedOn: l.ListedOn.String()}
	for _, t := range l.Reasons {
		s.Comments += t.Text
	}
	var aliases []unAlias
	for _, n := range r.Names {
		quality := "a.k.a."
		switch {
		case n.Full == s.FirstName:
			continue
		case n.Quality == record.Weak:
			quality = "Low"
		case n.Quality == record.Strong:
			quality = "Good"
		case n.Type == record.Former:
			quality = "f.k.a."
		}
		aliases = append(aliases, unAlias{quality, n.Full})
	}
	var addresses []unAddress
	for _, a := range r.Addresses {
		addresses = append(addresses, unAddress{a.Street, a.City, a.Region, a.PostCode, a.Country, a.Text})
	}
	return s, aliases, addresses
}

func individual(r record.Record) unSubject {
	s, aliases, addresses := subject(r)
	s.Aliases, s.Addresses = aliases, addresses
	if n := each(r.Nationalities, func(c record.Country) string { return c.Text }); len(n) > 0 {
		s.Nationality = &unValues{n}
	}
	for _, b := range r.Births {
		if b.Date.Known() {
			s.Births = append(s.Births, unDate(b.Date))
		}
		if p := b.Place; p != (record.Place{}) {
			s.Places = append(s.Places, unAddress{City: p.City, Region: p.Region, Country: p.Country, Note: p.Text})
		}
	}
	for _, i := range r.Identifiers {
		s.Documents = append(s.Documents, unPaper{i.Type, i.Number, i.Country})
	}
	return s
}

func group(r record.Record) unSubject {
	s, aliases, addresses := subject(r)
	s.Other, s.Offices = aliases, addresses
	for _, i := range r.Identifiers {
		s.Comments += "\n" + numbered(i)
	}
	if r.Kind != record.Organisation {
		s.Comments += "\nKind: " + string(r.Kind)
	}
	return s
}

// unDate writes a date with what is known of it. A month, which the form has no
// element for, stands in the note beside its year.
func unDate(p date.Partial) unBirth {
	b := unBirth{Type: "EXACT"}
	if p.Circa {
		b.Type = "APPROXIMATELY"
	}
	year := func(c date.Civil) string { return strconv.Itoa(int(c.Y)) }
	switch p.Precision {
	case date.Day:
		b.Date = p.From.String()
	case date.Range:
		b.Type, b.From, b.To = "BETWEEN", year(p.From), year(p.To)
	case date.Month:
		b.Year, b.Note = year(p.From), p.String()
	default:
		b.Year = year(p.From)
	}
	return b
}
