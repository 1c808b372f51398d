package screen

import (
	"interdict/internal/book"
	"interdict/internal/country"
	"interdict/internal/date"
	"interdict/internal/record"
)

// Customer screens one customer of a book. Birth dates, countries and genders
// that cannot be read are left out of the comparison and named in the second
// result.
func (e *Engine) Customer(c book.Customer, o Options) (Answer, []string, error) {
	q, odd := CustomerQuery(c)
	a, err := e.Name(q, o)
	return a, odd, err
}

// CustomerQuery is what is asked for a customer of a book, with what cannot be
// read and is left out.
func CustomerQuery(c book.Customer) (q Query, odd []string) {
	q = Query{ID: c.ID, Name: c.Name, Aliases: c.Aliases, Countries: c.Countries, Identifiers: c.Identifiers}
	switch c.Kind {
	case "person":
		q.Kind = record.Person
	case "organisation":
		q.Kind = record.Organisation
	}
	if len(c.Genders) > 0 {
		q.Gender = c.Genders[0]
	}
	for _, text := range c.Births {
		d, err := date.Parse(text)
		if err != nil {
			odd = append(odd, "birth date not understood: "+text)
			continue
		}
		q.Born = append(q.Born, d)
	}
	for _, text := range c.Countries {
		if _, ok := country.Code(text); !ok {
			odd = append(odd, "country not understood: "+text)
		}
	}
	if q.Gender != "" && gender(q.Gender) == "" {
		odd = append(odd, "gender not understood: "+q.Gender)
	}
	return q, odd
}

// NoCustomer is the answer to a row of a book that could not be read.
func (e *Engine) NoCustomer(reason error, o Options) Answer {
	return Answer{Status: NotScreened, Reason: because(reason), Stamp: e.stamp(), Threshold: Ratio(10 * o.NameThreshold()), Hits: []Hit{}}
}
