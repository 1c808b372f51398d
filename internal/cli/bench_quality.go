package cli

import (
	"context"
	"flag"
	"fmt"
	"os"

	"interdict/internal/bench"
	"interdict/internal/fault"
	"interdict/internal/screen"
)

var benchQualityVerb = verb{
	name: "bench quality", args: "[FILE...]", short: "measure how well names are told apart, and what a threshold costs", json: true, data: true,
	long: "FILE is a file of pairs, CSV or tab-separated, known by its header: labelled pairs (name1, name2, schema,\n" +
		"is_match) give precision, recall, F1 and average precision; pairs in two scripts (latin, other_script or\n" +
		"latin_name, original_script_name) give recall. The other measures are of the register in force.\n" +
		"Everything random follows from --seed. Shares have 95 % intervals (Wilson).",
	examples: []string{
		"bench quality name-bench.csv --errors 20",
		"bench quality eu-cross-script.csv ca-cross-script.csv",
		"bench quality --latin-only --errors 20",
		"bench quality --customers customers.csv.gz",
		"bench quality --thresholds --customers customers.csv.gz",
		"bench quality --narratives narratives.jsonl",
	},
	setup: func(f *flag.FlagSet) action {
		q := &qualityRun{}
		f.IntVar(&q.errors, "errors", 0, "list the worst `N` errors of each sort")
		f.IntVar(&q.negatives, "negatives", 200_000, "random pairs of two entities to compare pairs in two scripts with: `N`")
		f.Uint64Var(&q.seed, "seed", 1, "`SEED` of everything random")
		f.BoolVar(&q.latinOnly, "latin-only", false, "search names in original script in a copy of the register without them")
		f.StringVar(&q.customers, "customers", "", "count the alerts of a book of customers who are not listed: `FILE`")
		f.BoolVar(&q.thresholds, "thresholds", false, "say in plain words what each threshold finds and costs; customers are made unless --customers names them")
		f.StringVar(&q.narratives, "narratives", "", "screen texts with gold links, one JSON object a line: `FILE`")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			return false, q.run(ctx, c, args)
		}
	},
}

// qualityRun is what bench quality was told to do.
type qualityRun struct {
	latinOnly, thresholds bool
	customers, narratives string
	errors, negatives     int
	seed                  uint64
}

func (q *qualityRun) run(ctx context.Context, c *call, files []string) error {
	switch {
	case len(files) == 0 && !q.latinOnly && !q.thresholds && q.customers == "" && q.narratives == "":
		return wrongUsage("give a file of pairs, --latin-only, --customers, --thresholds or --narratives")
	case q.negatives < 1000:
		return wrongUsage("--negatives %d is less than 1000: the rate is one in 1,000", q.negatives)
	case q.errors < 0:
		return wrongUsage("--errors %d is negative", q.errors)
	}
	for _, file := range files {
		if err := q.pairs(c, file); err != nil {
			return err
		}
	}
	for _, m := range []struct {
		asked bool
		run   func(*call) error
	}{{q.latinOnly, q.latin}, {q.customers != "" && !q.thresholds, q.book}, {q.thresholds, func(c *call) error { return q.steps(ctx, c) }}, {q.narratives != "", q.texts}} {
		if m.asked {
			if err := m.run(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// pairs measures one file of pairs.
func (q *qualityRun) pairs(c *call, file string) error {
	p, err := readPairs(file)
	if err != nil {
		return err
	}
	if len(p.Labelled) > 0 {
		l := bench.Label(file, p.Labelled, q.errors)
		return c.report(l, func() error { return showLabelled(c, l) })
	}
	b := c.progress("scoring "+file, -1)
	x, err := bench.CrossScripts(file, p.Cross, q.negatives, q.seed, q.errors)
	b.finish()
	if err != nil {
		return err
	}
	return c.report(x, func() error { return showCross(c, x) })
}

func readPairs(file string) (bench.PairFile, error) {
	f, err := os.Open(file)
	if err != nil {
		return bench.PairFile{}, inputError(err)
	}
	defer f.Close()
	return bench.ReadPairs(file, f)
}

// labelledPairs reads a file that must be of labelled pairs.
func labelledPairs(file string) ([]bench.LabelledPair, error) {
	p, err := readPairs(file)
	if err == nil && len(p.Labelled) == 0 {
		err = fault.New(fault.Invalid, "%s has no labelled pairs: the header must have name1, name2 and is_match", file)
	}
	return p.Labelled, err
}

func (q *qualityRun) latin(c *call) error {
	e, done, err := openEngine(c)
	if err != nil {
		return err
	}
	defer done()
	b := c.progress("searching across scripts", -1)
	l, err := bench.SearchLatinOnly(e, screen.DefaultThreshold, q.errors, func() { b.add(1) })
	b.finish()
	if err != nil {
		return err
	}
	return c.report(l, func() error { return showLatin(c, l) })
}

// report writes v as JSON if that was asked for, else as show does.
func (c *call) report(v any, show func() error) error {
	if c.JSON {
		return c.writeJSON(v)
	}
	return show()
}

func showLabelled(c *call, l bench.Labelled) error {
	fmt.Fprintf(c.out, "%s: %s; %s\n\n", c.bold(l.File), plural(l.Pairs, "labelled pair", "labelled pairs"), l.Direction)
	fmt.Fprintf(c.out, "%s\n", c.bold(fmt.Sprintf("at the shipped threshold %s", points(l.Rows[0].Shipped.Threshold))))
	t := newTable("group", ">pairs", ">matches", ">precision", ">recall", ">F1", ">AP", ">FP", ">FN", "recall, 95 %")
	for _, r := range l.Rows {
		if r.Scorer != bench.Ours {
			continue
		}
		o := r.Shipped
		t.add(r.By+" "+r.Group, fmt.Sprint(r.Pairs), fmt.Sprint(r.Matches), ratio(o.Precision), ratio(o.Recall), ratio(o.F1), ratio(r.AveragePrecision),
			fmt.Sprint(o.FP), fmt.Sprint(o.FN), interval(r.Recall))
	}
	if err := t.write(c.out, c); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "\n%s\n", c.bold("at the best threshold on this very file, chosen afterwards"))
	t = newTable("scorer", "group", ">threshold", ">precision", ">recall", ">F1", ">AP")
	for _, r := range l.Rows {
		if r.By != "all" && r.By != "kind" {
			continue
		}
		o := r.Best
		t.add(r.Scorer, r.Group, points(o.Threshold), ratio(o.Precision), ratio(o.Recall), ratio(o.F1), ratio(r.AveragePrecision))
	}
	if err := t.write(c.out, c); err != nil {
		return err
	}
	return showErrors(c, l.Errors)
}

func showErrors(c *call, errors []bench.PairError) error {
	if len(errors) == 0 {
		return nil
	}
	fmt.Fprintln(c.out)
	t := newTable("error", ">score", ">line", "query", "listed", "group")
	for _, e := range errors {
		what := "false alert"
		if e.Match {
			what = "missed"
		}
		t.add(what, points(e.Points), fmt.Sprint(e.Line), e.Query, e.Listed, e.Group)
	}
	return t.write(c.out, c)
}

func showCross(c *call, x bench.Cross) error {
	fmt.Fprintf(c.out, "%s: %s of %s, %d random pairs of two entities (seed %d); %s\n\n", c.bold(x.File), plural(x.Pairs, "pair", "pairs"),
		plural(x.Entities, "entity", "entities"), x.Negatives, x.Seed, x.Direction)
	t := newTable("scorer", "script", ">pairs", ">threshold", ">recall", "95 %", ">threshold", ">recall at 1/1000", "95 %")
	for _, s := range x.Scorers {
		for _, r := range s.Rows {
			shipped, recall, range95 := points(10*screen.DefaultThreshold), ratio(r.Shipped.Share), interval(r.Shipped)
			if s.Scorer != bench.Ours {
				shipped, recall, range95 = "", "", ""
			}
			t.add(s.Scorer, r.Script, fmt.Sprint(r.Shipped.Of), shipped, recall, range95, points(s.Rate), ratio(r.AtRate.Share), interval(r.AtRate))
		}
	}
	if err := t.write(c.out, c); err != nil {
		return err
	}
	f := x.Scorers[0].FalseAlerts
	fmt.Fprintf(c.out, "\nrandom pairs that are hits at the shipped threshold: %d of %d\n", f.Count, f.Of)
	return showErrors(c, x.Errors)
}

func showLatin(c *call, l bench.LatinOnly) error {
	fmt.Fprintf(c.out, "register %s without its %s in other scripts, %s; threshold %s\n", l.Snapshot, plural(l.TakenOut, "name", "names"),
		plural(l.Subjects, "subject", "subjects"), points(10*l.Threshold))
	if l.Mixed > 0 {
		fmt.Fprintf(c.out, "%s in two scripts not searched: a part of it is Latin\n", plural(l.Mixed, "name", "names"))
	}
	fmt.Fprintln(c.out)
	t := newTable("list", "script", ">names", ">first", "95 %", ">found", "95 %")
	for _, r := range l.Rows {
		t.add(r.Source, r.Script, fmt.Sprint(r.First.Of), ratio(r.First.Share), interval(r.First), ratio(r.Found.Share), interval(r.Found))
	}
	if err := t.write(c.out, c); err != nil || len(l.Misses) == 0 {
		return err
	}
	fmt.Fprintln(c.out)
	t = newTable("name", "of", ">rank", ">score", "first was")
	for _, m := range l.Misses {
		rank, score := "not found", ""
		if m.Rank > 0 {
			rank, score = fmt.Sprint(m.Rank), points(m.Points)
		}
		t.add(m.Query, m.Caption, rank, score, m.First)
	}
	return t.write(c.out, c)
}

// points shows a score of 1/10000.
func points(n int) string { return screen.Ratio(n).String() }

func ratio(f float64) string { return fmt.Sprintf("%.3f", f) }

func interval(s bench.Share) string { return fmt.Sprintf("%.3f-%.3f", s.Low, s.High) }
