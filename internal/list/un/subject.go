package un

import (
	"fmt"
	"strings"

	"interdict/internal/country"
	"interdict/internal/list"
	"interdict/internal/record"
)

func (r *reader) subject() {
	if g := r.one("GENDER"); g != "" {
		r.rec.Genders = append(r.rec.Genders, record.Text{Text: g, At: "GENDER"})
	}
	r.rec.Titles = append(r.rec.Titles, r.values("TITLE")...)
	for _, t := range r.values("DESIGNATION") {
		r.rec.Positions = append(r.rec.Positions, enumerated(t)...)
	}
	for _, name := range []string{"NATIONALITY", "NATIONALITY2"} {
		for _, t := range r.values(name) {
			r.rec.Nationalities = append(r.rec.Nationalities, nationalities(t)...)
		}
	}
	r.births()
	r.addresses()
	r.documents()
}

// enumerated splits "a) this b) that", as the list numbers several values in
// one element.
func enumerated(t record.Text) []record.Text {
	parts := splitLetters(t.Text)
	if len(parts) == 1 {
		return []record.Text{t}
	}
	var out []record.Text
	for _, p := range parts {
		out = append(out, record.Text{Role: t.Role, Text: p, At: t.At})
	}
	return out
}

// splitLetters splits s before " b) ", " c) " and so on, in that order only.
func splitLetters(s string) []string {
	rest := strings.TrimPrefix(s, "a) ")
	var out []string
	for letter := 'b'; letter <= 'z'; letter++ {
		before, after, ok := strings.Cut(rest, fmt.Sprintf(" %c) ", letter))
		if !ok {
			break
		}
		out, rest = append(out, strings.TrimSpace(before)), after
	}
	return append(out, strings.TrimSpace(rest))
}

// nationalities keeps what is printed; "Sudan/South Sudan" names two.
func nationalities(t record.Text) []record.Country {
	parts := strings.Split(t.Text, "/")
	for _, p := range parts {
		if code(p) == "" {
			return []record.Country{{Role: "nationality", Text: t.Text, Code: code(t.Text), At: t.At}}
		}
	}
	var out []record.Country
	for _, p := range parts {
		c := record.Country{Role: "nationality", Text: strings.TrimSpace(p), Code: code(p), At: t.At}
		if len(parts) > 1 {
			c.Note = t.Text
		}
		out = append(out, c)
	}
	return out
}

// code maps a country as printed, without a word of doubt before it.
func code(printed string) string {
	c, ok := country.Code(printed)
	if !ok {
		for _, doubt := range []string{"Possibly ", "Probably ", "Reportedly "} {
			if rest, found := strings.CutPrefix(printed, doubt); found {
				c, _ = country.Code(rest)
			}
		}
	}
	return c
}

func (r *reader) addresses() {
	r.groups("ADDRESS", func(n *list.Node, at string) {
		p := r.place(n, at)
		a := record.Address{
			Street:   p.Text,
			City:     p.City,
			Region:   p.Region,
			PostCode: r.oneOf(n, "ZIP_CODE", at+"/ZIP_CODE"),
			Country:  p.Country,
			Code:     p.Code,
			Note:     r.oneOf(n, "NOTE", at+"/NOTE"),
		}
		if a == (record.Address{}) {
			return
		}
		a.At = at
		r.rec.Addresses = append(r.rec.Addresses, a)
	})
}
