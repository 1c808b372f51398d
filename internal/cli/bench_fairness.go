package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"interdict/internal/bench"
	"interdict/internal/fault"
	"interdict/internal/trial"
)

var benchFairnessVerb = verb{
	name: "bench fairness", args: "[SOURCE=FILE...]", short: "measure how false alerts fall on people of different cultures and scripts", json: true, data: true,
	long: "Invents clean customers of some fifty cultures, in their own script and in Latin, screens them at the shipped\n" +
		"threshold, and compares each group with the whole; the same with the customers of --customers, by script and\n" +
		"nationality. Customers with a listed name, word for word, are left out and counted. Where a group of at least\n" +
		"100 has more than twice the rate of the whole, and not by chance, the reason is printed as counted: which\n" +
		"names and words, how short, how many people share them; then the exit code is 3. The register is that of\n" +
		"the data folder, or of the lists named. Everything random follows from --seed.",
	examples: []string{
		"bench fairness",
		"bench fairness --each 1000 --seed 7 --out fair",
		"bench fairness --customers customers.csv.gz un=consolidated.xml",
	},
	setup: func(f *flag.FlagSet) action {
		r := &fairnessRun{}
		f.StringVar(&r.out, "out", "", "write fairness.html and fairness.json into this `FOLDER` besides; it is made")
		f.StringVar(&r.o.File, "customers", "", "customers who are not listed: `FILE`")
		f.IntVar(&r.o.Each, "each", 400, "make `N` customers of each culture")
		f.Uint64Var(&r.o.Seed, "seed", 1, "`SEED` of everything random")
		return func(_ context.Context, c *call, args []string) (bool, error) {
			return false, r.run(c, args)
		}
	},
}

// fairnessRun is one call of bench fairness.
type fairnessRun struct {
	out string
	o   bench.FairnessOptions
}

func (r *fairnessRun) run(c *call, lists []string) (err error) {
	if r.o.Each < 1 {
		return wrongUsage("--each %d is too few", r.o.Each)
	}
	if r.o.File != "" {
		if r.o.Customers, err = readCustomers(r.o.File); err != nil {
			return err
		}
	}
	files, err := newPack(r.out, "fairness")
	if err != nil {
		return err
	}
	defer files.drop()
	e, done, err := benchEngine(c, lists)
	if err != nil {
		return err
	}
	p := trial.FairnessPage{Machine: bench.ThisMachine(), Date: time.Now().UTC().Truncate(time.Second)}
	b := c.progress("screening customers", int64(r.o.Steps()))
	r.o.Step = func() { b.add(1) }
	p.Fairness, err = bench.MeasureFairness(e, r.o)
	b.finish()
	if err := errors.Join(err, done()); err != nil {
		return err
	}
	if err := files.write(p.WriteHTML, p.Fairness); err != nil {
		return err
	}
	if err := c.report(p.Fairness, func() error { return showFairness(c, p.Fairness) }); err != nil || p.Fairness.Failure() == nil {
		return err
	}
	return fault.Hint(p.Fairness.Failure(), "the reasons are printed with the figures")
}

func showFairness(c *call, f bench.Fairness) error {
	fmt.Fprintf(c.out, "register %s, %s, profile %s, threshold %s, seed %d; alerts per 1,000 customers\n", f.Snapshot,
		plural(f.Subjects, "subject", "subjects"), f.Profile, points(10*f.Threshold), f.Seed)
	for _, b := range f.Books {
		fmt.Fprintf(c.out, "\n%s: %d customers; %d more left out, whose name is listed word for word\n", c.bold(b.Book), b.Total.Customers, b.Total.Namesakes)
		t := newTable("group", ">customers", ">left out", ">strong", ">possible", ">weak", ">all", "95 %", ">ratio", ">strong or possible", "95 %", ">ratio", "")
		for _, g := range append([]bench.FairGroup{b.Total}, b.Groups...) {
			each := func(k int) string { return perMille(float64(k) / float64(max(1, g.Customers))) }
			over := ""
			if g.Over {
				over = "over"
			}
			t.add(g.By+" "+g.Group, fmt.Sprint(g.Customers), fmt.Sprint(g.Namesakes), each(g.Strong), each(g.Possible), each(g.Weak),
				perMille(g.Alerts.Share), perMille(g.Alerts.Low)+"-"+perMille(g.Alerts.High), fmt.Sprintf("%.1f", g.Ratio),
				perMille(g.Serious.Share), perMille(g.Serious.Low)+"-"+perMille(g.Serious.High), fmt.Sprintf("%.1f", g.SeriousRatio), over)
		}
		if err := t.write(c.out, c); err != nil {
			return err
		}
		for _, r := range b.Reasons {
			fmt.Fprintf(c.out, "\n%s %s\n", c.bold("why"), r.Text())
		}
	}
	return nil
}
