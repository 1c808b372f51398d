package ca

import (
	"strings"

	"interdict/internal/date"
	"interdict/internal/record"
)

// sanctioned reads a record of the consolidated list.
func sanctioned(b *builder) error {
	if err := b.subject(); err != nil {
		return err
	}
	b.aliases(b.take("Aliases"), "Aliases")
	b.dates(b.take("DateOfBirthOrShipBuildDate"))
	if imo := b.take("ShipIMONumber"); imo != "" {
		b.rec.Identifiers = append(b.rec.Identifiers, record.Identifier{Type: "imo", Number: imo, At: "ShipIMONumber"})
	}
	regime, schedule, item := b.take("Country"), b.take("Schedule"), b.take("Item")
	if regime == "" && item == "" {
		return b.fault("the record has neither Country nor Item")
	}
	// "Russia / Russie": the English half names the regulations.
	short, _, _ := strings.Cut(regime, " / ")
	reference := []string{short}
	if schedule != "" {
		reference = append(reference, "Schedule "+schedule)
	}
	reference = append(reference, "Item "+item)
	b.rec.Key = strings.Join(reference, ", ")
	b.listing = record.Listing{
		Authority:  affairs,
		Reference:  b.rec.Key,
		ListedOn:   b.date(b.take("DateOfListing"), "DateOfListing"),
		Programmes: []record.Text{{Text: regime, At: "Country"}},
		At:         "Country",
	}
	return nil
}

func (b *builder) subject() error {
	last, given, entity, title := b.take("LastName"), b.take("GivenName"), b.take("EntityOrShip"), b.take("TitleOrShip")
	imo := b.Value("ShipIMONumber")
	switch {
	case entity != "" && (last != "" || given != ""):
		return b.fault("the record names a person (%s %s) and an entity or ship (%s)", given, last, entity)
	case entity == "" && last == "" && given == "":
		return b.fault("the record has no name")
	case entity != "" && (imo != "" || title != ""):
		b.rec.Kind = record.Vessel
	case entity != "":
		b.rec.Kind = record.Organisation
	default:
		b.rec.Kind = record.Person
	}
	n := record.Name{Full: entity, Type: record.Primary, Quality: record.Strong, At: "EntityOrShip"}
	if b.rec.Kind == record.Person {
		n.At = "LastName"
		n.Full = strings.TrimSpace(given + " " + last)
		if given != "" {
			n.Parts = append(n.Parts, record.Part{Role: record.Given, Text: given})
		}
		if last != "" {
			n.Parts = append(n.Parts, record.Part{Role: record.Family, Text: last})
		}
	}
	b.rec.Names = append(b.rec.Names, n)
	switch {
	case title == "":
	case b.rec.Kind == record.Person:
		b.rec.Titles = append(b.rec.Titles, record.Text{Text: title, At: "TitleOrShip"})
	default:
		b.rec.Other = append(b.rec.Other, record.Text{Role: "ship type", Text: title, At: "TitleOrShip"})
	}
	return nil
}

// dates reads the birth or building date, of which there may be two.
func (b *builder) dates(text string) {
	const at = "DateOfBirthOrShipBuildDate"
	if text == "" {
		return
	}
	all, err := date.ParseAll(text)
	if err != nil {
		b.warn(at, "%v", err)
	}
	if len(all) > 1 {
		b.rec.Other = append(b.rec.Other, record.Text{Role: at, Text: text, At: at})
	}
	for _, d := range all {
		if b.rec.Kind == record.Person {
			b.rec.Births = append(b.rec.Births, record.Birth{Date: d, At: at})
		} else {
			b.rec.Dates = append(b.rec.Dates, record.Dated{Role: "built", Date: d, At: at})
		}
	}
}
