package starter

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/record"
	"interdict/internal/script"
)

// subject is one entry of the file. Names in several scripts are names alike;
// their script is read off their letters.
type subject struct {
	Key           string       `yaml:"key"`
	Kind          record.Kind  `yaml:"kind"`
	Names         []string     `yaml:"names"`
	Aliases       []string     `yaml:"aliases"`
	Weak          []string     `yaml:"weak"`
	Former        []string     `yaml:"former"`
	Born          []birth      `yaml:"born"`
	Died          string       `yaml:"died"`
	Dates         []dated      `yaml:"dates"`
	Gender        string       `yaml:"gender"`
	Nationalities []string     `yaml:"nationalities"`
	Countries     []tie        `yaml:"countries"`
	Positions     []string     `yaml:"positions"`
	Identifiers   []identifier `yaml:"identifiers"`
	Links         []link       `yaml:"links"`
	Remarks       []string     `yaml:"remarks"`
	Listings      []listing    `yaml:"listings"`
}

type birth struct {
	Date  string `yaml:"date"`
	Place string `yaml:"place"`
}

type dated struct {
	Role string `yaml:"role"`
	Date string `yaml:"date"`
}

type tie struct {
	Role string `yaml:"role"`
	Name string `yaml:"name"`
}

type identifier struct {
	Type   string `yaml:"type"`
	Number string `yaml:"number"`
	Detail string `yaml:"detail"`
}

type link struct {
	Role string `yaml:"role"`
	Key  string `yaml:"key"`
	Name string `yaml:"name"`
	Note string `yaml:"note"`
}

type listing struct {
	Authority  string   `yaml:"authority"`
	Source     string   `yaml:"source"` // list that prints the reference: un, ofac ...
	Reference  string   `yaml:"reference"`
	Former     []string `yaml:"former"`
	UN         string   `yaml:"un"` // UN reference that the authority prints
	Listed     string   `yaml:"listed"`
	Delisted   string   `yaml:"delisted"`
	Ended      bool     `yaml:"ended"`
	Programmes []string `yaml:"programmes"`
	Reasons    []string `yaml:"reasons"`
	History    []dated  `yaml:"history"`
}

// maker turns an entry into a record; the first error stands.
type maker struct {
	place fault.Place
	err   error
}

func entry(n ast.Node, place fault.Place) (record.Record, error) {
	var s subject
	if err := yaml.NodeToValue(n, &s, yaml.DisallowUnknownField()); err != nil {
		return record.Record{}, fault.At(place, "%s", strings.TrimSpace(yaml.FormatError(err, false, true)))
	}
	if s.Key == "" || len(s.Names) == 0 || len(s.Listings) == 0 {
		return record.Record{}, fault.At(place, "a subject needs a key, a name and a listing")
	}
	m := &maker{place: place}
	r := record.Record{Source: id, Key: s.Key, File: place.File, Line: place.Line, Element: place.Element, Subject: m.subject(s)}
	for i, l := range s.Listings {
		r.Listings = append(r.Listings, m.listing(l, fmt.Sprintf("listings[%d]", i+1)))
	}
	return r, m.err
}

func (m *maker) subject(s subject) record.Subject {
	out := record.Subject{Kind: s.Kind}
	switch s.Kind {
	case record.Person, record.Organisation, record.Vessel, record.Aircraft, record.Wallet:
	default:
		m.fail("kind %q is none", s.Kind)
	}
	for _, x := range []struct {
		names   []string
		kind    record.NameType
		quality record.Quality
		at      string
	}{
		{s.Names, record.Primary, record.Strong, "names"},
		{s.Aliases, record.Alias, record.Strong, "aliases"},
		{s.Former, record.Former, record.FormerName, "former"},
		{s.Weak, record.Alias, record.Weak, "weak"},
	} {
		for i, n := range x.names {
			out.Names = append(out.Names, record.Name{
				Full: n, Type: x.kind, Quality: x.quality, Script: script.Of(n),
				At: fmt.Sprintf("%s[%d]", x.at, i+1),
			})
		}
	}
	for i, b := range s.Born {
		at := fmt.Sprintf("born[%d]", i+1)
		out.Births = append(out.Births, record.Birth{Date: m.date(b.Date), Place: record.Place{Text: b.Place, Code: code(b.Place)}, At: at})
	}
	if s.Died != "" {
		out.Deaths = []record.Dated{{Role: "death", Date: m.date(s.Died), At: "died"}}
	}
	for i, d := range s.Dates {
		out.Dates = append(out.Dates, record.Dated{Role: d.Role, Date: m.date(d.Date), At: fmt.Sprintf("dates[%d]", i+1)})
	}
	if s.Gender != "" {
		out.Genders = []record.Text{{Text: s.Gender, At: "gender"}}
	}
	for i, n := range s.Nationalities {
		out.Nationalities = append(out.Nationalities, record.Country{Role: "nationality", Text: n, Code: code(n), At: fmt.Sprintf("nationalities[%d]", i+1)})
	}
	for i, c := range s.Countries {
		out.Countries = append(out.Countries, record.Country{Role: c.Role, Text: c.Name, Code: code(c.Name), At: fmt.Sprintf("countries[%d]", i+1)})
	}
	for i, d := range s.Identifiers {
		out.Identifiers = append(out.Identifiers, record.Identifier{Type: d.Type, Number: d.Number, Detail: d.Detail, At: fmt.Sprintf("identifiers[%d]", i+1)})
	}
	for i, l := range s.Links {
		out.Links = append(out.Links, record.Link{Role: l.Role, Key: l.Key, Name: l.Name, Note: l.Note, At: fmt.Sprintf("links[%d]", i+1)})
	}
	out.Positions = texts(s.Positions, "positions")
	out.Remarks = texts(s.Remarks, "remarks")
	out.Other = []record.Text{{Role: "notice", Text: Notice, At: "register"}}
	return out
}

func (m *maker) listing(l listing, at string) record.Listing {
	out := record.Listing{
		Authority: l.Authority, Reference: l.Reference, Former: l.Former, ListedOn: m.date(l.Listed),
		Programmes: texts(l.Programmes, at+"/programmes"), Reasons: texts(l.Reasons, at+"/reasons"),
		Delisted: m.date(l.Delisted), Ended: l.Ended || l.Delisted != "", At: at,
	}
	if l.Authority == "" {
		m.fail("%s has no authority", at)
	}
	if l.Source != "" && l.Reference != "" {
		out.Also = append(out.Also, record.Reference{Source: l.Source, Value: l.Reference, At: at + "/reference"})
	}
	if l.UN != "" {
		out.Also = append(out.Also, record.Reference{Source: "un", Value: l.UN, At: at + "/un"})
	}
	for i, d := range l.History {
		out.History = append(out.History, record.Dated{Role: d.Role, Date: m.date(d.Date), At: fmt.Sprintf("%s/history[%d]", at, i+1)})
	}
	return out
}

func (m *maker) date(text string) date.Partial {
	p, err := date.Parse(text)
	if err != nil {
		m.fail("%v", err)
	}
	return p
}

func (m *maker) fail(format string, args ...any) {
	if m.err == nil {
		m.err = fault.At(m.place, format, args...)
	}
}

func texts(list []string, at string) []record.Text {
	var out []record.Text
	for i, t := range list {
		out = append(out, record.Text{Text: t, At: fmt.Sprintf("%s[%d]", at, i+1)})
	}
	return out
}

func code(text string) string {
	c, _ := country.Code(text)
	return c
}
