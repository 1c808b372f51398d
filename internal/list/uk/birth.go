package uk

import (
	"interdict/internal/country"
	"interdict/internal/list"
	"interdict/internal/record"
)

// place reads town and country of birth, where both may be enumerations with
// the same numbers: "(1) Tunis (2)-(3) -" and "(1)-(2) Tunisia (3) Libya".
func (b *builder) place(p piece) {
	towns, countries := spread(p.get("town")), spread(p.get("country"))
	for i := range max(len(towns), len(countries)) {
		pl := record.Place{City: pick(towns, i), Country: pick(countries, i)}
		if pl.City == "" && pl.Country == "" {
			continue
		}
		pl.Code, _ = country.Code(pl.Country)
		known := false
		for _, o := range b.places {
			known = known || o.Place == pl
		}
		if !known {
			b.places = append(b.places, record.Birth{Place: pl, At: p.at})
		}
	}
}

// spread writes an enumeration out, one value for each of its numbers.
func spread(text string) []string {
	head, items := list.Enumerate(text)
	if len(items) == 0 || head != "" {
		if text == "" || text == "-" {
			return nil
		}
		return []string{text}
	}
	var out []string
	for _, it := range items {
		for range it.To - it.From + 1 {
			if it.Text == "-" {
				it.Text = ""
			}
			out = append(out, it.Text)
		}
	}
	return out
}

// pick returns value i; one value alone holds for all numbers.
func pick(values []string, i int) string {
	switch {
	case len(values) == 1:
		return values[0]
	case i < len(values):
		return values[i]
	}
	return ""
}

// births joins date and place where there is one of each. The lists do not
// say which of several dates belongs to which place.
func (b *builder) births() {
	if len(b.dates) == 1 && len(b.places) == 1 {
		one := b.dates[0]
		one.Place = b.places[0].Place
		b.rec.Births = []record.Birth{one}
		return
	}
	b.rec.Births = append(b.dates, b.places...)
}
