package follow

import (
	"context"
	"io"
	"runtime"

	"interdict/internal/book"
	"interdict/internal/clerk"
	"interdict/internal/clientele"
	"interdict/internal/screen"
)

// keptBook is a book that was screened to its end, kept so that only whom a
// changed list touches is screened again. What that comes to is the same as
// screening the book whole.
type keptBook struct {
	book      string // size and time of the file
	engine    *screen.Engine
	profile   string // of the answers
	customers *clientele.Clientele
	lines     []int // customer -> its place among the rows
	rows      []row // of the book, in order
	whys      map[int]string
}

// row is what screening a row of the book came to.
type row struct {
	number   int32
	screened bool // in full or in part
	hit      bool
}

// briefly is how books are screened: alerts need no explanation.
func briefly() screen.Run {
	return screen.Run{Options: screen.Options{Brief: true}, Workers: runtime.GOMAXPROCS(0)}
}

// screenWhole screens every row of a book and keeps it. It returns how many
// alerts it raised.
func (in *Institution) screenWhole(ctx context.Context, e *screen.Engine, file io.Reader, stamp string) (k *keptBook, raised int, err error) {
	k = &keptBook{book: stamp, engine: e, whys: map[int]string{}}
	var b clientele.Builder
	err = e.Book(ctx, book.Read(in.book, file, book.Options{}), briefly(), func(x screen.Row) error {
		if x.Err == nil {
			k.lines = append(k.lines, len(k.rows))
			if err := b.Add(x.Customer); err != nil {
				return err
			}
		}
		k.rows = append(k.rows, row{})
		return in.take(ctx, x, k, len(k.rows)-1, &raised)
	})
	if err != nil {
		return nil, raised, err
	}
	k.customers, err = b.Clientele()
	return k, raised, err
}

// screenChanged screens whom the difference of the register in force to that of
// the last screening touches.
func (in *Institution) screenChanged(ctx context.Context, e *screen.Engine, k *keptBook) (raised int, err error) {
	d, err := screen.Compare(k.engine, e)
	if err != nil {
		return 0, err
	}
	run := briefly()
	places, err := k.customers.Touched(d, run.Options)
	if err != nil {
		return 0, err
	}
	n := 0
	err = e.Book(ctx, k.customers.Customers(places), run, func(x screen.Row) error {
		n++
		return in.take(ctx, x, k, k.lines[places[n-1]], &raised)
	})
	k.engine = e
	return raised, err
}

// take notes what a row came to and raises what is new of its customer.
func (in *Institution) take(ctx context.Context, x screen.Row, k *keptBook, at int, raised *int) error {
	delete(k.whys, at)
	k.rows[at] = row{number: int32(x.Number)}
	if x.Err != nil || x.Answer.Status == screen.NotScreened {
		k.whys[at] = x.Answer.Reason
		return nil
	}
	k.profile = x.Answer.Profile
	if x.Answer.Reason != "" {
		k.whys[at] = "in part: " + x.Answer.Reason
	}
	k.rows[at].screened, k.rows[at].hit = true, len(x.Answer.Hits) > 0
	if !k.rows[at].hit {
		return nil
	}
	isNew, err := in.clerk.Raise(ctx, clerk.Finding{Customer: x.Customer.ID, Subject: subjectOf(x.Customer, x.Notes), Answer: x.Answer})
	if isNew {
		*raised++
		in.raised.Add(1)
	}
	return err
}

// tally counts the rows.
func (k *keptBook) tally(s *Screening) {
	s.Profile = k.profile
	for at, r := range k.rows {
		why, named := k.whys[at]
		switch {
		case !r.screened:
			s.Unscreened++
		case named:
			s.Partly++
		}
		if r.screened {
			s.Customers++
		}
		if r.hit {
			s.Hits++
		}
		if named && len(s.Rows) < mostRows {
			s.Rows = append(s.Rows, Unscreened{int(r.number), why})
		}
	}
}
