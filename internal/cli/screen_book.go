package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/screen"
)

var screenBookVerb = verb{
	name: "screen book", args: "FILE", short: "screen a customer book: CSV, XLSX or Parquet", json: true, data: true,
	long: "Writes the customers with hits, and those that could not be screened, as CSV or with --json as one\n" +
		"object a line; with --out FILE.parquet as Parquet. With --out FILE a run that was stopped goes on where it was when it is called again, and\n" +
		"leaves the same file as one that was not. Columns are found by their headers; --column name=\"Nom complet\"\n" +
		"names one. Exit code 1 means hits, 0 that every customer was screened and none found.",
	examples: []string{
		"screen book customers.csv --out alerts.csv",
		"screen book customers.xlsx --json --out alerts.jsonl",
		"screen book customers.parquet --out alerts.parquet",
		`screen book kunden.csv --column name=Kunde --column birth="geboren am"`,
	},
	setup: func(f *flag.FlagSet) action {
		r := newBookRun(f, 1)
		return r.run
	},
}

// newBookRun declares the flags of a run over a book; least is the lowest number of
// workers.
func newBookRun(f *flag.FlagSet, least int) *bookRun {
	r := &bookRun{columns: map[string]string{}, least: least}
	r.screen = r.screenHere
	r.declare(f, "a name", index.LowestThreshold, screen.DefaultThreshold)
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
	return r
}

// customers are the rows of a book.
type customers = iter.Seq2[book.Customer, error]

// bookRun is one run over a customer book.
type bookRun struct {
	screenFlags
	out, sheet   string
	all, restart bool
	json         bool // rows are written as objects
	workers      int
	least        int // workers that there must be
	columns      map[string]string

	// screen screens the customers behind those that the sink has.
	screen func(ctx context.Context, c *call, e *screen.Engine, customers customers, sink *bookSink) error

	file    string
	options screen.Options
	time    time.Time // that answers carry; of a resumed run that of its start
	tally   tally
	broken  int // rows that could not be read, among those not screened
}

// parquet reports whether Parquet is to be written.
func (r *bookRun) parquet() bool { return strings.EqualFold(filepath.Ext(r.out), ".parquet") }

func (r *bookRun) run(ctx context.Context, c *call, args []string) (hits bool, err error) {
	if len(args) != 1 {
		return false, wrongUsage("give one book")
	}
	if r.workers < r.least {
		return false, wrongUsage("--workers %d is less than %d", r.workers, r.least)
	}
	r.file = args[0]
	if r.parquet() && c.JSON {
		return false, wrongUsage("--json and --out %s are two forms: give one", r.out)
	}
	r.json = c.JSON || r.parquet()
	r.options = screen.Options{Exhaustive: r.exhaustive, Brief: !c.JSON}
	if r.options.Threshold, r.time, err = r.read(); err != nil {
		return false, err
	}
	f, err := os.Open(r.file)
	if err != nil {
		return false, inputError(err)
	}
	defer f.Close()
	e, done, err := openEngine(c)
	if err != nil {
		return false, err
	}
	defer done()
	sink, err := r.openSink(c, e, f)
	if err != nil {
		return false, err
	}
	defer sink.close()
	if err := r.screenAll(ctx, c, e, f, sink); err != nil {
		if r.out != "" && errors.Is(err, context.Canceled) {
			err = fault.Hint(err, "what was done is in %s; the same call goes on from there", r.out)
		}
		return false, errors.Join(err, sink.save())
	}
	if err := sink.finish(r); err != nil {
		return false, err
	}
	fmt.Fprintf(c.err, "%s: %s, %d with hits, %d not screened, %d of them rows that cannot be read; register %s, profile %s\n",
		r.file, plural(r.tally.all, "customer", "customers"), r.tally.hits, r.tally.unscreened, r.broken, e.Snapshot(), sink.stamp.Profile)
	return r.tally.result("customer", "customers")
}

// screenAll screens the rest of the book.
func (r *bookRun) screenAll(ctx context.Context, c *call, e *screen.Engine, f *os.File, sink *bookSink) error {
	size := int64(-1)
	if info, err := f.Stat(); err == nil {
		size = info.Size()
	}
	b := c.progress("screening "+r.file, size)
	defer b.finish()
	var warnings []string
	o := book.Options{Columns: r.columns, Sheet: r.sheet, Warn: func(m string) { warnings = append(warnings, m) }}
	err := r.screen(ctx, c, e, book.Read(r.file, watched{f, b}, o), sink)
	b.finish()
	for _, w := range warnings {
		fmt.Fprintf(c.err, "note: %s\n", w)
	}
	return err
}

// watched is a file whose reading moves a bar on.
type watched struct {
	*os.File
	b *bar
}

func (w watched) Read(p []byte) (int, error) {
	n, err := w.File.Read(p)
	w.b.add(n)
	return n, err
}

func (w watched) ReadAt(p []byte, at int64) (int, error) {
	n, err := w.File.ReadAt(p, at)
	w.b.add(n)
	return n, err
}

// screenHere screens in this process.
func (r *bookRun) screenHere(ctx context.Context, _ *call, e *screen.Engine, customers customers, sink *bookSink) error {
	run := screen.Run{Options: r.options, Workers: r.workers, Skip: sink.progress.Read}
	return e.Book(ctx, customers, run, func(x screen.Row) error { return r.write(sink, x) })
}

// write counts a row and writes it where it is wanted.
func (r *bookRun) write(sink *bookSink, x screen.Row) error {
	x.Answer.At = r.time
	r.tally.count(x.Answer.Status)
	if x.Err != nil {
		r.broken++
	}
	if x.Answer.Status != screen.None || r.all {
		if err := sink.write(x); err != nil {
			return fmt.Errorf("writing the alerts: %w", err)
		}
	}
	return sink.done(r)
}
