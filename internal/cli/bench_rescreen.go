package cli

import (
	"context"
	"flag"
	"fmt"

	"interdict/internal/bench"
	"interdict/internal/fault"
)

var benchRescreenVerb = verb{
	name: "bench rescreen", args: "[SOURCE=FILE...]", short: "measure how fast a book is screened again after a list changed", json: true, data: true,
	long: "Makes a book of customers and keeps it, changes some entries of the register, screens again only the\n" +
		"customers whom that can touch, and compares a sample of the book with screening it whole. The register is that\n" +
		"of the data folder, or of the lists named. Everything random follows from --seed. Exit code 3 means that\n" +
		"somebody with another answer was not screened again.",
	examples: []string{
		"bench rescreen",
		"bench rescreen --customers 10000000 --changes 130",
		"bench rescreen un=consolidated.xml --customers 20000",
	},
	setup: func(f *flag.FlagSet) action {
		var o bench.RescreenOptions
		f.IntVar(&o.Customers, "customers", 1_000_000, "make a book of `N` customers")
		f.IntVar(&o.Changes, "changes", 130, "change `N` entries")
		f.IntVar(&o.Sample, "sample", 20_000, "compare `N` customers with screening the whole book")
		f.IntVar(&o.Runs, "runs", 5, "measure each figure `N` times")
		f.Uint64Var(&o.Seed, "seed", 1, "`SEED` of everything random")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if o.Customers < 1 || o.Changes < 1 || o.Sample < 1 || o.Runs < 1 {
				return false, wrongUsage("--customers %d, --changes %d, --sample %d or --runs %d is too few", o.Customers, o.Changes, o.Sample, o.Runs)
			}
			return false, rescreen(ctx, c, args, o)
		}
	},
}

func rescreen(ctx context.Context, c *call, lists []string, o bench.RescreenOptions) error {
	e, done, err := benchEngine(c, lists)
	if err != nil {
		return err
	}
	defer done()
	b := c.progress("measuring", -1)
	o.Step = func() { b.add(1) }
	r, err := bench.MeasureRescreen(ctx, e, o)
	b.finish()
	if err != nil {
		return err
	}
	if err := c.report(r, func() error { return showRescreen(c, r) }); err != nil || r.Missed == 0 {
		return err
	}
	return fault.New(fault.Internal, "%d of %d customers with another answer were not screened again; the first is %q", r.Missed, r.Differ, r.Examples[0])
}

func showRescreen(c *call, r bench.Rescreen) error {
	m := r.Machine
	fmt.Fprintf(c.out, "%s, %s, %s, %d cores, GOMAXPROCS %d, load %s\n", m.Processor, m.System, m.Go, m.Cores, m.GOMAXPROCS, m.Load)
	fmt.Fprintf(c.out, "register of %s, of which %d changed; profile %s, seed %d\n", plural(r.Subjects, "subject", "subjects"), r.Changed, r.Profile, r.Seed)
	fmt.Fprintf(c.out, "book of %s, %s of their names, %d of them distinct, %s\n", plural(r.Customers, "customer", "customers"), plural(r.Rows, "reading", "readings"), r.Distinct, plural(r.Words, "distinct word", "distinct words"))
	fmt.Fprintf(c.out, "screened again: %s, of whom %d have a hit\n", plural(r.Touched, "customer", "customers"), r.Hits)
	fmt.Fprintf(c.out, "compared with the whole run: %s, of whom %d have another answer and %d were missed\n\n", plural(r.Sample, "customer", "customers"), r.Differ, r.Missed)
	t := newTable("measured", ">median", ">least", ">most", "unit")
	for _, f := range r.Figures {
		t.add(f.What, figure(f.Median), figure(f.Low), figure(f.High), f.Unit)
	}
	return t.write(c.out, c)
}
