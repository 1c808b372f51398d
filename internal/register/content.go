package register

import (
	"fmt"
	"slices"
	"strings"

	"interdict/internal/date"
	"interdict/internal/record"
)

// Value is one value of an entry with its path in the record.
type Value struct{ Path, Text string }

// Content returns what an entry says as a sorted multiset of values: the
// canonical content (list-formats 1.2). Where a value stood, in which order,
// with which white space or quotes, is no content. The list's own key is: the
// UN has changed keys of entries that stayed the same otherwise.
func Content(r record.Record) []Value {
	c := &content{}
	c.add("key", r.Key)
	c.add("kind", string(r.Kind))
	c.names(r.Names)
	for _, b := range r.Births {
		c.birth("birth", b)
	}
	for _, d := range r.Deaths {
		c.dated("death", d)
	}
	for _, d := range r.Dates {
		c.dated("date", d)
	}
	c.texts("gender", r.Genders)
	c.countries("nationality", r.Nationalities)
	c.countries("citizenship", r.Citizenships)
	c.countries("country", r.Countries)
	c.texts("title", r.Titles)
	c.texts("position", r.Positions)
	for _, a := range r.Addresses {
		c.add("address", join("street", a.Street, "city", a.City, "region", a.Region, "post code", a.PostCode,
			"country", a.Country, "text", a.Text, "note", a.Note))
	}
	for _, x := range r.Identifiers {
		c.add("identifier", join("type", x.Type, "number", x.Number, "country", x.Country, "detail", x.Detail, "issuer", x.Issuer,
			"issued", when(x.Issued), "expires", when(x.Expires), "note", x.Note))
	}
	for _, l := range r.Links {
		c.add("link", join("role", l.Role, "source", l.Source, "key", l.Key, "name", l.Name, "note", l.Note))
	}
	c.texts("remark", r.Remarks)
	c.texts("other", r.Other)
	for _, l := range r.Listings {
		c.listing(l)
	}
	slices.SortFunc(c.values, compareValues)
	return c.values
}

type content struct{ values []Value }

func (c *content) add(path, text string) {
	if text = plain(text); text != "" {
		c.values = append(c.values, Value{path, text})
	}
}

// plain removes what is no content of a text: white space and the style of
// its quotes.
func plain(s string) string {
	return quotes.Replace(strings.Join(strings.Fields(s), " "))
}

var quotes = strings.NewReplacer("’", "'", "‘", "'", "`", "'", "´", "'", "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

// join writes the filled ones of label and value pairs.
func join(pairs ...string) string {
	var s []string
	for i := 0; i < len(pairs); i += 2 {
		if v := plain(pairs[i+1]); v != "" {
			s = append(s, pairs[i]+"="+v)
		}
	}
	return strings.Join(s, "; ")
}

// when writes a date with what its printed text adds.
func when(d date.Partial) string {
	s := d.String()
	if d.Calendar != date.Gregorian {
		s += fmt.Sprintf(" (calendar %d: %s)", d.Calendar, plain(d.Text))
	}
	return s
}

func (c *content) names(names []record.Name) {
	for _, n := range names {
		path := "name/" + string(n.Type)
		if n.Quality != "" && n.Type != record.Primary {
			path += "/" + string(n.Quality)
		}
		c.add(path, join("full", n.Full, "script", n.Script, "language", n.Language, "note", n.Note))
		for _, p := range n.Parts {
			c.add("name part/"+string(p.Role), plain(n.Full)+": "+p.Text)
		}
		for _, b := range n.Births {
			c.birth("name birth/"+plain(n.Full), b)
		}
	}
}

func (c *content) birth(path string, b record.Birth) {
	c.add(path, join("date", when(b.Date), "place", placeText(b.Place), "note", b.Note))
}

func placeText(p record.Place) string {
	return join("city", p.City, "region", p.Region, "country", p.Country, "text", p.Text)
}

func (c *content) dated(path string, d record.Dated) {
	c.add(path, join("role", d.Role, "date", when(d.Date)))
}

func (c *content) texts(path string, texts []record.Text) {
	for _, t := range texts {
		p := path
		if t.Role != "" {
			p += "/" + t.Role
		}
		c.add(p, t.Text)
	}
}

func (c *content) countries(path string, countries []record.Country) {
	for _, x := range countries {
		c.add(path, join("role", x.Role, "text", x.Text, "note", x.Note))
	}
}

func (c *content) listing(l record.Listing) {
	const p = "listing/"
	c.add(p+"authority", l.Authority)
	c.add(p+"reference", reference(l.Reference))
	for _, s := range l.Former {
		c.add(p+"former reference", reference(s))
	}
	for _, x := range l.Also {
		c.add(p+"other list", x.Source+" "+reference(x.Value))
	}
	c.add(p+"listed on", when(l.ListedOn))
	c.add(p+"in force", when(l.InForce))
	for _, d := range l.Updated {
		c.add(p+"updated", when(d))
	}
	for _, d := range l.Reviewed {
		c.add(p+"reviewed", when(d))
	}
	c.texts(p+"programme", l.Programmes)
	c.texts(p+"legal basis", l.LegalBases)
	c.texts(p+"measure", l.Measures)
	c.texts(p+"reason", l.Reasons)
	for _, d := range l.History {
		c.dated(p+"history", d)
	}
	c.add(p+"delisted", when(l.Delisted))
	if l.Ended {
		c.add(p+"ended", "yes")
	}
}
