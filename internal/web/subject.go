package web

import (
	"net/url"
	"strconv"
	"strings"

	"interdict/internal/record"
)

// fillSubject puts what is known of a subject into the fields of a form.
func fillSubject(values url.Values, s record.Subject) {
	set := func(path, text string) {
		if text != "" && values.Get(path) == "" {
			values.Set(path, text)
		}
	}
	if s.Kind != record.Unknown {
		set("subject.kind", string(s.Kind))
	}
	for i, n := range s.Names {
		at := "subject.names." + strconv.Itoa(i) + "."
		set(at+"full", n.Full)
		set(at+"language", n.Language)
		if n.Quality == record.Weak {
			set(at+"weak", "true")
		}
		if n.Type == record.Former {
			set(at+"former", "true")
		}
	}
	var born, nations, countries, addresses, positions []string
	for _, b := range s.Births {
		born = append(born, b.Date.String())
		set("subject.born_in", placeOf(b.Place))
	}
	for _, c := range s.Nationalities {
		nations = append(nations, c.Text)
	}
	for _, c := range s.Countries {
		countries = append(countries, c.Text)
	}
	for _, a := range s.Addresses {
		addresses = append(addresses, addressOf(a))
	}
	for _, p := range s.Positions {
		positions = append(positions, p.Text)
	}
	for path, texts := range map[string][]string{
		"born": born, "nationalities": nations, "countries": countries, "addresses": addresses, "positions": positions,
	} {
		set("subject."+path, joinLines(texts))
	}
	for i, x := range s.Identifiers {
		at := "subject.identifiers." + strconv.Itoa(i) + "."
		set(at+"type", x.Type)
		set(at+"number", x.Number)
		set(at+"country", x.Country)
	}
}

func joinLines(texts []string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, "\n")
}

func joined(sep string, texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, sep)
}

func placeOf(p record.Place) string {
	if p.Text != "" {
		return p.Text
	}
	return joined(", ", p.City, p.Region, p.Country)
}

func addressOf(a record.Address) string {
	if a.Text != "" {
		return a.Text
	}
	return joined(", ", a.Street, a.PostCode, a.City, a.Region, a.Country)
}
