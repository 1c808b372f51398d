package screen_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/book"
	"interdict/internal/screen"
)

// Given a book that repeats names, of other people too, when it is screened, then
// each row has the answer that it has by itself.
func TestABookAnswersAsItsRowsDo(t *testing.T) {
	e, people := invented(t, 300)
	var customers []book.Customer
	for i := range 900 {
		c := book.Customer{Row: i + 2, ID: people[i%7].Name, Name: people[i%60].Name}
		switch i % 5 {
		case 1:
			c.Aliases = []string{people[(i+1)%60].Name, "-", ""}
		case 2:
			c.Name, c.Births = "", []string{"1970"}
		case 3:
			c.Aliases, c.Countries = []string{"X", people[i%11].Name}, []string{"FR"}
		}
		customers = append(customers, c)
	}
	for _, o := range []screen.Options{{Brief: true}, {Threshold: 850}} {
		at, hits := 0, 0
		err := e.Book(t.Context(), func(yield func(book.Customer, error) bool) {
			for _, c := range customers {
				if !yield(c, nil) {
					return
				}
			}
		}, screen.Run{Options: o, Workers: 2}, func(r screen.Row) error {
			want, notes, err := e.Customer(customers[at], o)
			if err != nil {
				return err
			}
			if d := cmp.Diff(want, r.Answer) + cmp.Diff(notes, r.Notes); d != "" {
				t.Errorf("row %d: %s", at, d)
			}
			at++
			hits += len(want.Hits)
			return nil
		})
		if err != nil || at != len(customers) || hits == 0 {
			t.Errorf("%d rows, %d hits: %v", at, hits, err)
		}
	}
}
