package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/screen"
)

var screenBookVerb = verb{
	name: "screen book", args: "FILE", short: "screen a customer book, CSV or XLSX", json: true, data: true,
	long: "Writes the customers with hits, and those that could not be screened, as CSV or with --json as one\n" +
		"object a line. With --out FILE a run that was stopped goes on where it was when it is called again.\n" +
		"Columns are found by their headers; --column name=\"Nom complet\" names one. Exit code 1 means hits.",
	examples: []string{
		"screen book customers.csv --out alerts.csv",
		"screen book customers.xlsx --json --out alerts.jsonl",
		`screen book kunden.csv --column name=Kunde --column birth="geboren am"`,
	},
	setup: func(f *flag.FlagSet) action {
		var s screenFlags
		s.declare(f)
		r := &bookRun{columns: map[string]string{}}
		f.StringVar(&r.out, "out", "", "write to `FILE` instead of standard output; the run can be resumed")
		f.BoolVar(&r.all, "all", false, "write every customer, those without hits too")
		f.BoolVar(&r.restart, "restart", false, "begin again although --out FILE holds an unfinished or finished run")
		f.StringVar(&r.sheet, "sheet", "", "the `SHEET` of an XLSX file (default the first)")
		f.IntVar(&r.workers, "workers", runtime.GOMAXPROCS(0), "customers screened at the same time: `N`")
		f.Func("column", "`FIELD=HEADER` names the column of a field; may be repeated", func(v string) error {
			field, header, ok := strings.Cut(v, "=")
			if !ok {
				return fmt.Errorf("write FIELD=HEADER")
			}
			r.columns[field] = header
			return nil
		})
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) != 1 {
				return false, wrongUsage("give one book")
			}
			if r.workers < 1 {
				return false, wrongUsage("--workers %d is less than 1", r.workers)
			}
			var err error
			if r.options, r.at, err = s.options(); err != nil {
				return false, err
			}
			r.options.Brief = !c.JSON
			r.file = args[0]
			e, done, err := openEngine(c)
			if err != nil {
				return false, err
			}
			defer done()
			return r.run(ctx, c, e)
		}
	},
}

// bookRun is one run over a customer book.
type bookRun struct {
	file, out, sheet string
	all, restart     bool
	workers          int
	columns          map[string]string
	options          screen.Options
	at               time.Time

	hits, unscreened, broken, rows int
}

// row is one customer with its answer, or one row that could not be read.
type row struct {
	customer book.Customer
	answer   screen.Answer
	odd      []string
	err      error // of the row
	fatal    error // of the run
}

func (r *bookRun) run(ctx context.Context, c *call, e *screen.Engine) (hits bool, err error) {
	f, err := os.Open(r.file)
	if err != nil {
		return false, inputError(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, inputError(err)
	}
	sink, err := r.openSink(c, e, info)
	if err != nil {
		return false, err
	}
	defer sink.close()
	b := c.progress("screening "+r.file, info.Size())
	var warnings []string
	o := book.Options{Columns: r.columns, Sheet: r.sheet, Warn: func(m string) { warnings = append(warnings, m) }}
	customers := book.Read(r.file, io.TeeReader(f, b), o)
	err = r.each(ctx, e, customers, sink.progress.Row, func(x row) error { return r.write(sink, x) })
	b.finish()
	if err != nil {
		return r.hits > 0, errors.Join(err, sink.save())
	}
	if err := sink.finish(); err != nil {
		return r.hits > 0, err
	}
	for _, w := range warnings {
		fmt.Fprintf(c.err, "note: %s\n", w)
	}
	fmt.Fprintf(c.err, "%s: %s, %d with hits, %d not screened, %d rows not read; register %s, profile %s\n",
		r.file, plural(r.rows, "customer", "customers"), r.hits, r.unscreened, r.broken, e.Snapshot(), sink.stamp.Profile)
	return r.hits > 0, nil
}

// write counts a row and writes it where it is wanted.
func (r *bookRun) write(sink *bookSink, x row) error {
	r.rows++
	x.answer.At = r.at
	switch {
	case x.err != nil:
		r.broken++
	case x.answer.Status == screen.Hits:
		r.hits++
	case x.answer.Status == screen.NotScreened:
		r.unscreened++
	default:
		if !r.all {
			return sink.done(x.customer.Row, r)
		}
	}
	if err := sink.write(x); err != nil {
		return fmt.Errorf("writing the alerts: %w", err)
	}
	return sink.done(x.customer.Row, r)
}

// batch is a run of customers that one worker screens.
type batch struct {
	rows []row
	done chan struct{}
}

const batchSize = 256

// each screens the customers behind row `after` and hands them on in the order
// of the book.
func (r *bookRun) each(ctx context.Context, e *screen.Engine, customers func(func(book.Customer, error) bool), after int, write func(row) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	work, order := make(chan *batch, r.workers), make(chan *batch, 2*r.workers)
	for range r.workers {
		go func() {
			for b := range work {
				r.screen(ctx, e, b)
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(work)
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
		for cu, err := range customers {
			if err == nil && cu.Row <= after {
				continue
			}
			b.rows = append(b.rows, row{customer: cu, err: err})
			if len(b.rows) == batchSize && !send() {
				return
			}
		}
		send()
	}()
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
	if ctx.Err() != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("the run was stopped: %w", context.Cause(ctx)))
	}
	return nil
}

func (r *bookRun) screen(ctx context.Context, e *screen.Engine, b *batch) {
	defer close(b.done)
	for i := range b.rows {
		x := &b.rows[i]
		if x.err != nil || ctx.Err() != nil {
			continue
		}
		x.answer, x.odd, x.fatal = e.Customer(x.customer, r.options)
	}
}
