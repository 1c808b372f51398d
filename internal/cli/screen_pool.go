package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/screen"
)

// batch is a run of rows that one worker screens.
type batch struct {
	rows []row
	done chan struct{}
}

const batchSize = 256

// each screens the rows of the book but the first ones, which an earlier call
// has done, and hands them on in the order of the book. When it returns nobody
// uses the register or the book any more.
func (r *bookRun) each(ctx context.Context, e *screen.Engine, customers iter.Seq2[book.Customer, error], skip int, write func(row) error) error {
	work, order := make(chan *batch, r.workers), make(chan *batch, 2*r.workers)
	var running sync.WaitGroup
	defer running.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for range r.workers {
		running.Go(func() {
			for b := range work {
				r.screen(ctx, e, b)
			}
		})
	}
	running.Go(func() {
		defer close(order)
		defer close(work)
		deal(ctx, rows(customers, skip), work, order)
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
// writes.
func deal(ctx context.Context, rows iter.Seq[row], work, order chan<- *batch) {
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
func rows(customers iter.Seq2[book.Customer, error], skip int) iter.Seq[row] {
	return func(yield func(row) bool) {
		var held []row
		read, n := false, 0
		pass := func(x row) bool {
			n++
			return n <= skip || yield(x)
		}
		for cu, err := range customers {
			x := row{number: cu.Row, customer: cu, err: err}
			if err != nil {
				if x.number = lineOf(err); x.number == 0 {
					yield(row{fatal: badBook(err)})
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
		err := held[0].err
		if len(held) > 1 {
			err = fmt.Errorf("none of %d rows can be read; the first: %w", len(held), err)
		}
		yield(row{fatal: badBook(err)})
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

func stopped(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return fault.As(fault.Unavailable, fmt.Errorf("the run was stopped: %w", context.Cause(ctx)))
}

// screen answers for the rows of a batch. Rows that are not screened because
// the run is stopped are marked: they must not pass for done.
func (r *bookRun) screen(ctx context.Context, e *screen.Engine, b *batch) {
	defer close(b.done)
	for i := range b.rows {
		x := &b.rows[i]
		switch err := stopped(ctx); {
		case x.fatal != nil:
		case err != nil:
			x.fatal = err
		case x.err != nil:
			x.answer = e.NoCustomer(x.err, r.options)
		default:
			x.answer, x.notes, x.fatal = e.Customer(x.customer, r.options)
		}
	}
}
