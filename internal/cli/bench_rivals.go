package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"interdict/internal/bench"
)

var benchRivalsVerb = verb{
	name: "bench rivals", args: "[SOURCE=FILE...]", short: "compare with other ways to screen names, on the same data and machine", json: true, data: true,
	long: "Asks changed listed names of the screening and of three others, written by us after published descriptions:\n" +
		"Jaro-Winkler best pairs against every name; a text search whose first fifty candidates are compared; an index\n" +
		"of Soundex codes. Each has the lowest threshold at which the customers bring no more alerts than ours.\n" +
		"Hidden are subjects meant whose own score reaches the threshold and that were never looked at; hard names\n" +
		"are of two or three words with a slip or two in each, half as many as the others. Labelled\n" +
		"pairs give F1 (others at their best threshold on this very file) and average precision. The register is\n" +
		"that of the data folder, or of the lists named. Everything random follows from --seed.",
	examples: []string{
		"bench rivals --customers customers.csv.gz --pairs name-bench.csv",
		"bench rivals --customers customers.csv.gz --first 5000 un=consolidated.xml",
	},
	setup: func(f *flag.FlagSet) action {
		r := &rivalsRun{}
		f.StringVar(&r.o.File, "customers", "", "customers who are not listed: `FILE`")
		f.IntVar(&r.first, "first", 1000, "use the first `N` customers")
		f.StringVar(&r.o.Pairs, "pairs", "", "labelled pairs: `FILE`")
		f.IntVar(&r.o.Queries, "queries", 400, "ask `N` changed names")
		f.Uint64Var(&r.o.Seed, "seed", 1, "`SEED` of everything random")
		return func(_ context.Context, c *call, args []string) (bool, error) {
			return false, r.run(c, args)
		}
	},
}

// rivalsRun is one call of bench rivals.
type rivalsRun struct {
	first int
	o     bench.RivalOptions
}

func (r *rivalsRun) run(c *call, lists []string) (err error) {
	switch {
	case r.o.File == "":
		return wrongUsage("give customers who are not listed: --customers FILE")
	case r.o.Queries < 1 || r.first < 1:
		return wrongUsage("--queries %d or --first %d is too few", r.o.Queries, r.first)
	}
	if r.o.Customers, err = readCustomers(r.o.File); err != nil {
		return err
	}
	r.o.Customers = r.o.Customers[:min(r.first, len(r.o.Customers))]
	if r.o.Pairs != "" {
		if r.o.Labelled, err = labelledPairs(r.o.Pairs); err != nil {
			return err
		}
	}
	e, done, err := benchEngine(c, lists)
	if err != nil {
		return err
	}
	b := c.progress("comparing", -1)
	r.o.Step = func(string) { b.add(1) }
	x, err := bench.CompareRivals(e, r.o)
	b.finish()
	if err := errors.Join(err, done()); err != nil {
		return err
	}
	return c.report(x, func() error { return showRivals(c, x) })
}

func showRivals(c *call, x bench.Rivals) error {
	fmt.Fprintf(c.out, "register %s, %s, profile %s, seed %d; %d changed names, %d hard ones, %d customers of %s\n%s, %s, %d cores, load %s\n\n", x.Snapshot,
		plural(x.Subjects, "subject", "subjects"), x.Profile, x.Seed, x.Queries, x.Hard, x.Customers, x.File, x.Machine.Processor, x.Machine.Go, x.Machine.Cores, x.Machine.Load)
	t := newTable("way", ">threshold", ">alerts per 1,000", ">found", "95 %", ">first", ">across scripts", ">hidden", "95 %", ">hard found", ">hard hidden", "95 %", ">µs a query, median", ">99 %")
	for _, r := range x.Rows {
		t.add(r.Name, points(r.Threshold), perMille(r.Alerts.Share), ratio(r.Found.Share), interval(r.Found), ratio(r.First.Share), ratio(r.Scripts.Share),
			ratio(r.Hidden.Share), interval(r.Hidden), ratio(r.Hard.Share), ratio(r.HardGone.Share), interval(r.HardGone), fmt.Sprintf("%.0f", r.Micros.Median), fmt.Sprintf("%.0f", r.Slowest))
	}
	if err := t.write(c.out, c); err != nil || x.Pairs == "" {
		return err
	}
	fmt.Fprintf(c.out, "\n%s: ours at the shipped threshold, others at their best on this very file\n", c.bold(x.Pairs))
	t = newTable("way", "pairs", ">number", ">threshold", ">precision", ">recall", ">F1", ">AP")
	for _, r := range x.Rows {
		for _, g := range append([]bench.RivalF1{r.F1}, r.Kinds...) {
			t.add(r.Name, g.Group, fmt.Sprint(g.Pairs), points(g.Best.Threshold), ratio(g.Best.Precision), ratio(g.Best.Recall), ratio(g.Best.F1), ratio(g.AveragePrecision))
		}
	}
	return t.write(c.out, c)
}
