package cli

import (
	"context"
	"flag"
	"fmt"
	"strconv"

	"interdict/internal/bench"
	"interdict/internal/fault"
)

var benchLosslessVerb = verb{
	name: "bench lossless", args: "[SOURCE=FILE...]", short: "compare the search with scoring every listed name", json: true, data: true,
	long: "Asks listed names, every mutation of them, pairs of mutations, adversarial queries and names of nobody, at\n" +
		"thresholds .55 to .95, and counts what the search misses, what it finds too much, and where its numbers\n" +
		"differ; the same with mentions in texts. The register is that of the data folder, or of the lists named.\n" +
		"Everything random follows from --seed. Exit code 3 means a difference, and the first is shown.",
	examples: []string{
		"bench lossless",
		"bench lossless --cases 1000000 --seed 7",
		"bench lossless un=consolidated.xml ofac=sdn.csv ofac=alt.csv",
	},
	setup: func(f *flag.FlagSet) action {
		var o bench.LosslessOptions
		f.IntVar(&o.Cases, "cases", 200_000, "compare at least `N` queries at a threshold")
		f.IntVar(&o.Texts, "texts", 1000, "compare `N` texts")
		f.Uint64Var(&o.Seed, "seed", 1, "`SEED` of everything random")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if o.Cases < 1 || o.Texts < 0 {
				return false, wrongUsage("--cases %d or --texts %d is too few", o.Cases, o.Texts)
			}
			return false, lossless(ctx, c, args, o)
		}
	},
}

func lossless(ctx context.Context, c *call, lists []string, o bench.LosslessOptions) error {
	e, done, err := benchEngine(c, lists)
	if err != nil {
		return err
	}
	defer done()
	b := c.progress("comparing", int64(o.Queries()+o.Texts))
	o.Step = func() { b.add(1) }
	l, err := bench.CompareEngine(ctx, e, o)
	b.finish()
	if err != nil {
		return err
	}
	if err := c.report(l, func() error { return showLossless(c, l) }); err != nil || l.Whole() {
		return err
	}
	return fault.Hint(fault.New(fault.Internal, "the search is not lossless: %d differences in %d cases", l.Names.Differences()+l.Texts.Differences(), l.Names.Cases+l.Texts.Cases),
		"see what differs: interdict screen name %s --threshold %s, with and without --exhaustive", strconv.QuoteToASCII(l.First.Query), points(10*l.First.Threshold))
}

func showLossless(c *call, l bench.Lossless) error {
	fmt.Fprintf(c.out, "register %s (%s, %d distinct names), profile %s, seed %d\n", l.Snapshot, plural(l.Subjects, "subject", "subjects"), l.Distinct, l.Profile, l.Seed)
	fmt.Fprintf(c.out, "%d mutations and adversaries, thresholds %s to %s; %d queries without a word made anew; %d cases checked with --exhaustive too\n\n",
		l.Ways, points(10*l.Thresholds[0]), points(10*l.Thresholds[len(l.Thresholds)-1]), l.Refused, l.Rechecked)
	t := newTable("compared", ">queries", ">cases", ">hits", ">missed", ">extra", ">different")
	for _, g := range append(append([]bench.Compared{l.Names}, l.Groups...), l.Texts) {
		t.add(g.By+" "+g.Group, fmt.Sprint(g.Queries), fmt.Sprint(g.Cases), fmt.Sprint(g.Hits), fmt.Sprint(g.Missed), fmt.Sprint(g.Extra), fmt.Sprint(g.Different))
	}
	if err := t.write(c.out, c); err != nil || l.First == nil {
		return err
	}
	d := l.First
	fmt.Fprintf(c.out, "\nthe first difference: %s at %s, number %d (%s), seed %d\n", d.What, points(10*d.Threshold), d.Number, d.Sort, d.Seed)
	fmt.Fprintf(c.out, "  query      %s\n  subject    %s, name %d\n  search     %s\n  exhaustive %s\n", strconv.QuoteToASCII(d.Query), d.Subject, d.Name, d.Search, d.Exhaustive)
	return nil
}
