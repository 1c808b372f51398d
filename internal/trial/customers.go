package trial

import (
	"fmt"

	"interdict/internal/bench"
	"interdict/internal/book"
	"interdict/internal/mutate"
	"interdict/internal/screen"
)

// madeCustomers is the size of a book that is made because none was given.
const madeCustomers = 10_000

// falseAlerts screens customers none of whom is listed. A made book is kept in
// the options, for the line is drawn through the same customers.
func falseAlerts(e *screen.Engine, o *Options) (c bench.Customers, made bool, err error) {
	if len(o.Customers) == 0 {
		o.File, o.Customers, made = fmt.Sprintf("%d made customers", madeCustomers), inventCustomers(o.Seed), true
	}
	c, err = bench.ScreenCustomers(e, o.File, o.Customers, 20, func() {})
	return c, made, err
}

func inventCustomers(seed uint64) []book.Customer {
	c := mutate.ChanceOf(seed, "customers")
	out := make([]book.Customer, madeCustomers)
	for i, n := range mutate.Invent(c.Next(), madeCustomers) {
		out[i] = book.Customer{Row: i + 1, ID: fmt.Sprint(i + 1), Name: n.Name, Kind: "organisation"}
		if !n.Organisation {
			out[i].Kind = "person"
			out[i].Births = []string{fmt.Sprintf("%d-%02d-%02d", 1940+c.N(65), 1+c.N(12), 1+c.N(28))}
		}
		out[i].Countries = []string{mutate.Pick(c, []string{"DE", "FR", "TR", "EG", "RU", "CN", "IN", "BR"})}
	}
	return out
}
