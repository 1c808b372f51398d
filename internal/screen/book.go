package screen

import (
	"interdict/internal/book"
	"interdict/internal/date"
	"interdict/internal/record"
)

// Customer screens one customer of a book. Dates that cannot be read are left
// out of the comparison and named in the second result.
func (e *Engine) Customer(c book.Customer, o Options) (Answer, []string, error) {
	q := Query{ID: c.ID, Name: c.Name, Aliases: c.Aliases, Countries: c.Countries, Identifiers: c.Identifiers}
	switch c.Kind {
	case "person":
		q.Kind = record.Person
	case "organisation":
		q.Kind = record.Organisation
	}
	if len(c.Genders) > 0 {
		q.Gender = c.Genders[0]
	}
	var odd []string
	for _, text := range c.Births {
		d, err := date.Parse(text)
		if err != nil {
			odd = append(odd, "birth date not understood: "+text)
			continue
		}
		q.Born = append(q.Born, d)
	}
	a, err := e.Name(q, o)
	return a, odd, err
}
