package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"interdict/internal/mutate"
)

// customer is a row of an institution's book.
type customer struct{ number, name, kind, born, country string }

// crowd is how many invented customers an institution has beside those of the
// story.
const crowd = 320

// customers returns the book of an institution as CSV: the same bytes each time.
func (b bank) customers() []byte {
	rows := [][]string{{"customer id", "name", "kind", "date of birth", "country"}}
	c := mutate.NewChance(b.seed)
	letter := string(b.planted[0].number[0])
	for i, p := range mutate.Invent(b.seed, crowd) {
		row := []string{fmt.Sprintf("%s-%d", letter, 10000+i), p.Name, "person", fmt.Sprintf("%d-%02d-%02d", 1941+c.N(63), 1+c.N(12), 1+c.N(28)), state}
		if p.Organisation {
			row[2], row[3] = "organisation", ""
		}
		rows = append(rows, row)
	}
	for _, p := range b.planted { // not all at the end, where nobody would look for them
		at := 1 + c.N(len(rows)-1)
		rows = append(rows[:at], append([][]string{{p.number, p.name, p.kind, p.born, p.country}}, rows[at:]...)...)
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.WriteAll(rows) // a buffer takes everything
	return out.Bytes()
}
