package screen

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"
	"sync"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/recent"
)

// Row is one customer of a book with its answer, or one row that cannot be read.
type Row struct {
	Number   int // line of the book, row of the sheet
	Customer book.Customer
	Answer   Answer
	Notes    []string // what was left out of the comparison
	Err      error    // why the row cannot be read

	fatal error // of the run
}

// Run says how a book is screened.
type Run struct {
	Options
	Workers int // customers screened at the same time
	Skip    int // rows that an earlier run has done
}

// batch is a run of rows that one worker screens.
type batch struct {
	rows []Row
	done chan struct{}
}

const batchSize = 256

// Book screens the rows of a book, equal names once, and hands them on in the order of the book. A
// book of which nothing can be read is Invalid; a run whose context ends is
// Unavailable. When it returns nobody uses the register or the book any more.
func (e *Engine) Book(ctx context.Context, customers iter.Seq2[book.Customer, error], r Run, write func(Row) error) error {
	r.asked = &recent.Shared[asked]{}
	work, order := make(chan *batch, r.Workers), make(chan *batch, 2*r.Workers)
	var running sync.WaitGroup
	defer running.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for range r.Workers {
		running.Go(func() {
			for b := range work {
				e.screenBatch(ctx, r.Options, b)
			}
		})
	}
	running.Go(func() {
		defer close(order)
		defer close(work)
		deal(ctx, rows(customers, r.Skip), work, order)
	})
	for b := range order {
		<-b.done
		for _, x := range b.rows {
			if x.fatal != nil {
				return x.fatal
			}
			if err := write(x); err != nil {
				return err
			}
		}
	}
	return stopped(ctx)
}

// deal cuts the rows into batches; each goes to the workers, and to whoever
// writes. A reader that panics ends the run, and nothing else.
func deal(ctx context.Context, rows iter.Seq[Row], work, order chan<- *batch) {
	b := &batch{done: make(chan struct{})}
	send := func() bool {
		select {
		case order <- b:
		case <-ctx.Done():
			return false
		}
		work <- b
		b = &batch{done: make(chan struct{})}
		return true
	}
	defer func() {
		if p := recover(); p != nil {
			b.rows = append(b.rows, Row{fatal: panicked(p)})
			send()
		}
	}()
	for x := range rows {
		b.rows = append(b.rows, x)
		if len(b.rows) == batchSize && !send() {
			return
		}
	}
	send()
}

// rows yields the rows of a book behind the first ones. The rows before the
// first that can be read are kept back until there is one: without any, or when
// the book itself is broken, the run has failed.
func rows(customers iter.Seq2[book.Customer, error], skip int) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		var held []Row
		read, n := false, 0
		pass := func(x Row) bool {
			n++
			return n <= skip || yield(x)
		}
		for cu, err := range customers {
			x := Row{Number: cu.Row, Customer: cu, Err: err}
			if err != nil {
				if x.Number = lineOf(err); x.Number == 0 {
					yield(Row{fatal: badBook(err)})
					return
				}
				if !read {
					held = append(held, x)
					continue
				}
			}
			read = true
			for _, h := range held {
				if !pass(h) {
					return
				}
			}
			held = nil
			if !pass(x) {
				return
			}
		}
		if len(held) == 0 {
			return
		}
		err := held[0].Err
		if len(held) > 1 {
			err = fmt.Errorf("none of %d rows can be read; the first: %w", len(held), err)
		}
		yield(Row{fatal: badBook(err)})
	}
}

// lineOf is the line of a book that an error is about; 0 if it is about the
// book.
func lineOf(err error) int {
	var at *fault.PlaceError
	if errors.As(err, &at) {
		return at.Place.Line
	}
	return 0
}

// badBook marks a book that cannot be read as the caller's to mend.
func badBook(err error) error {
	if fault.KindOf(err) == fault.Internal {
		return fault.As(fault.Invalid, err)
	}
	return err
}

// panicked makes an error of a panic, with where it was: books come from outside,
// and none may end the process that serves others.
func panicked(p any) error {
	return fault.New(fault.Internal, "screening a book panicked: %v\n%s", p, debug.Stack())
}

func stopped(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return fault.As(fault.Unavailable, fmt.Errorf("the run was stopped: %w", context.Cause(ctx)))
}

// screenBatch answers for the rows of a batch. Rows that are not screened because
// the run is stopped are marked: they must not pass for done.
func (e *Engine) screenBatch(ctx context.Context, o Options, b *batch) {
	defer close(b.done)
	defer func() {
		if p := recover(); p != nil {
			b.rows = []Row{{fatal: panicked(p)}}
		}
	}()
	for i := range b.rows {
		x := &b.rows[i]
		switch err := stopped(ctx); {
		case x.fatal != nil:
		case err != nil:
			x.fatal = err
		case x.Err != nil:
			x.Answer = e.NoCustomer(x.Err, o)
		default:
			x.Answer, x.Notes, x.fatal = e.Customer(x.Customer, o)
		}
	}
}
