package bench

import (
	"fmt"
	"iter"

	"interdict/internal/date"
	"interdict/internal/index"
	"interdict/internal/mutate"
	"interdict/internal/name"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// MadeRegister is a register of a crowd that nobody listed, as large as one likes
// (mutate.Crowd). It follows from its seed.
type MadeRegister struct {
	Seed  uint64
	Names int // as the index counts them
}

// Subjects yields the subjects until they have the names. They are made as they
// are asked for, and not kept.
func (m MadeRegister) Subjects() iter.Seq2[index.Subject, error] {
	return func(yield func(index.Subject, error) bool) {
		crowd := mutate.NewCrowd(m.Seed, name.Common())
		for i, names := 0, 0; names < m.Names; i++ {
			s, err := screen.Listed(listing(crowd, m.Seed, i))
			if names += len(s.Names); !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// listing is what a list says of figure i of a crowd.
func listing(crowd *mutate.Crowd, seed uint64, i int) register.Subject {
	f := crowd.Figure(i)
	c := mutate.NewChance(seed ^ uint64(i)<<20)
	r := record.Record{Source: "made", Key: fmt.Sprint(i), Subject: record.Subject{Kind: record.Organisation}}
	if !f.Organisation {
		r.Kind = record.Person
		born := date.Civil{Y: int16(1935 + c.N(70)), M: uint8(1 + c.N(12)), D: uint8(1 + c.N(28))}
		r.Births = []record.Birth{{Date: date.Partial{From: born, To: born, Precision: date.Day}}}
	}
	for k, full := range f.Names {
		n := record.Name{Full: full, Type: record.Alias, Quality: record.Unspecified}
		if k == 0 {
			n.Type, n.Quality = record.Primary, record.Strong
		}
		r.Names = append(r.Names, n)
	}
	r.Listings = []record.Listing{{Authority: "nobody", Reference: fmt.Sprintf("M.%d", i)}}
	id := fmt.Sprintf("made-%07d", i)
	return register.Subject{ID: id, Kind: r.Kind, Caption: f.Names[0], Entries: []register.Entry{{ID: id, Record: r}}}
}
