package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"interdict/internal/bench"
	"interdict/internal/document"
)

var benchSpeedVerb = verb{
	name: "bench speed", args: "[SOURCE=FILE...]", short: "measure how fast names, books, documents and payments are screened", json: true, data: true,
	long: "Measures single names, customer books, documents and payment messages, the building, saving and opening of\n" +
		"the index, and whole processes on the data folder. Every figure is the median of several runs, with the\n" +
		"least and the most; times and rates are of the processor, so that they hold for one core. The register is that\n" +
		"of the data folder, or of the lists named; of those no process is measured. With --names it is one\n" +
		"that is made, of people and organisations of many cultures: it is built, saved, and measured out of its file.",
	examples: []string{
		"bench speed",
		"bench speed --payments messages/ --document report.pdf --runs 9",
		"bench speed un=consolidated.xml",
		"bench speed --names 5000000 --runs 3",
	},
	setup: func(f *flag.FlagSet) action {
		r := &speedRun{}
		f.IntVar(&r.o.Runs, "runs", 5, "measure each figure `N` times")
		f.IntVar(&r.o.Queries, "queries", 2000, "ask `N` single names in a run")
		f.IntVar(&r.o.Bytes, "bytes", 1<<20, "size of the made texts: `N` bytes")
		f.Uint64Var(&r.o.Seed, "seed", 1, "`SEED` of everything random")
		f.Var(&r.documents, "document", "measure this `FILE` too; may be repeated")
		f.IntVar(&r.names, "names", 0, "measure a made register of `N` names, five a subject, instead")
		f.Var(&r.payments, "payments", "payment messages: a `FILE` or folder; may be repeated")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			return false, r.run(ctx, c, args)
		}
	},
}

// speedRun is one call of bench speed.
type speedRun struct {
	o                   bench.SpeedOptions
	names               int // of a made register; 0 measures lists
	documents, payments multi
}

// leastQueries is the number of queries whose 99th percentile says anything.
const leastQueries = 100

func (r *speedRun) run(ctx context.Context, c *call, lists []string) error {
	if r.o.Runs < 1 || r.o.Queries < leastQueries || r.o.Bytes < 1 {
		return wrongUsage("--runs %d, --queries %d (at least %d) or --bytes %d is too few", r.o.Runs, r.o.Queries, leastQueries, r.o.Bytes)
	}
	if r.names < 0 || r.names > 0 && len(lists) > 0 {
		return wrongUsage("--names %d: a made register has some names, and no list beside it", r.names)
	}
	if err := r.readSamples(c); err != nil {
		return err
	}
	b := c.progress("measuring", -1)
	defer b.finish()
	r.o.Step = func() { b.add(1) }
	if r.names > 0 {
		s, err := bench.MeasureMade(ctx, bench.MadeRegister{Seed: r.o.Seed, Names: r.names}, r.o)
		b.finish()
		if err != nil {
			return err
		}
		return c.report(s, func() error { return showSpeed(c, s) })
	}
	processes, err := r.processes(ctx, c, lists)
	if err != nil {
		return err
	}
	e, done, err := benchEngine(c, lists)
	if err != nil {
		return err
	}
	s, err := bench.MeasureSpeed(ctx, e, r.o)
	if err := errors.Join(err, done()); err != nil {
		return err
	}
	s.Figures = append(s.Figures, processes...)
	b.finish()
	return c.report(s, func() error { return showSpeed(c, s) })
}

// processes measures whole processes while this one is still small: a new
// process counts the memory of the one that starts it as its own.
func (r *speedRun) processes(ctx context.Context, c *call, lists []string) ([]bench.Figure, error) {
	if len(lists) > 0 {
		return nil, nil
	}
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("looking for this program: %w", err)
	}
	return bench.MeasureProgram(ctx, bench.Program{Path: program, Data: c.Data}, r.o)
}

// readSamples reads the documents and the payment files.
func (r *speedRun) readSamples(c *call) error {
	for _, file := range r.documents {
		t, err := readDocument(c, file)
		if err != nil {
			return err
		}
		r.o.Documents = append(r.o.Documents, sampleOf(file, t))
	}
	for _, top := range r.payments {
		err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			body, err := os.ReadFile(path)
			r.o.Payments = append(r.o.Payments, bench.Sample{Name: path, Body: body})
			return err
		})
		if err != nil {
			return inputError(err)
		}
	}
	return nil
}

func sampleOf(file string, t document.Text) bench.Sample {
	return bench.Sample{Name: filepath.Base(file), Body: []byte(t.Body)}
}

func showSpeed(c *call, s bench.Speed) error {
	m := s.Machine
	fmt.Fprintf(c.out, "%s, %s, %s, %d cores, GOMAXPROCS %d, load %s\n", m.Processor, m.System, m.Go, m.Cores, m.GOMAXPROCS, m.Load)
	fmt.Fprintf(c.out, "register %s (%s, %s), profile %s, seed %d, medians of %s\n\n", s.Snapshot, plural(s.Subjects, "subject", "subjects"),
		plural(s.Names, "name", "names"), s.Profile, s.Seed, plural(s.Runs, "run", "runs"))
	t := newTable("measured", ">median", ">least", ">most", "unit")
	for _, f := range s.Figures {
		t.add(f.What, figure(f.Median), figure(f.Low), figure(f.High), f.Unit)
	}
	return t.write(c.out, c)
}

// figure shows three digits of small numbers and all of large ones.
func figure(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}
