package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"

	"interdict/internal/bench"
	"interdict/internal/trial"
)

var benchCalibrationVerb = verb{
	name: "bench calibration", args: "[SOURCE=FILE...]", short: "measure whether the confidence of hits is right, and fit a better table", json: true, data: true,
	long: "Asks for every subject that two lists have, by its entry of one list, in a copy of the register without that\n" +
		"list: the hit of the subject itself is a match, that of another none if one list has both. Labelled pairs of\n" +
		"--pairs are asked besides. Entities are divided into two halves: on one half tables are fitted, from the log-odds of a hit as\n" +
		"they stand to those that they mean (Platt; isotonic), and on the other half all are compared, for every kind\n" +
		"of subject. A table is printed only where it foretells better beyond chance by the Brier score and the\n" +
		"logarithmic loss. The register is that of the data folder, or of the lists named.",
	examples: []string{
		"bench calibration --pairs name-bench.csv --out calibration",
		"bench calibration un=consolidated.xml ofac=sdn.csv ofac=alt.csv",
	},
	setup: func(f *flag.FlagSet) action {
		r := &calibrationRun{}
		f.Func("pairs", "labelled pairs (name1, name2, schema, is_match): `FILE`; may be given again", func(s string) error {
			r.pairs = append(r.pairs, s)
			return nil
		})
		f.StringVar(&r.out, "out", "", "write calibration.html and calibration.json into this `FOLDER` besides; it is made")
		f.Uint64Var(&r.seed, "seed", 1, "`SEED` of the halves and of the draws for intervals")
		return func(_ context.Context, c *call, args []string) (bool, error) {
			return false, r.run(c, args)
		}
	},
}

// calibrationRun is one call of bench calibration.
type calibrationRun struct {
	out   string
	pairs []string
	seed  uint64
}

func (r *calibrationRun) run(c *call, lists []string) error {
	pairs, err := r.labelled()
	if err != nil {
		return err
	}
	files, err := newPack(r.out, "calibration")
	if err != nil {
		return err
	}
	defer files.drop()
	e, done, err := benchEngine(c, lists)
	if err != nil {
		return err
	}
	b := c.progress("asking one list for another", -1)
	p := trial.CalibrationPage{Machine: bench.ThisMachine(), Date: time.Now().UTC().Truncate(time.Second)}
	p.Calibration, err = bench.MeasureCalibration(e, pairs, r.seed)
	b.finish()
	if err := errors.Join(err, done()); err != nil {
		return err
	}
	if err := files.write(p.WriteHTML, p.Calibration); err != nil {
		return err
	}
	return c.report(p.Calibration, func() error { return showCalibration(c, p.Calibration) })
}

func (r *calibrationRun) labelled() (map[string][]bench.LabelledPair, error) {
	out := map[string][]bench.LabelledPair{}
	for _, file := range r.pairs {
		p, err := labelledPairs(file)
		if err != nil {
			return nil, err
		}
		out[file] = p
	}
	return out, nil
}

func showCalibration(c *call, k bench.Calibration) error {
	fmt.Fprintf(c.out, "register %s, profile %s, seed %d; %d hits from %s of %s%s; %d between the halves left out\n\n", k.Snapshot, k.Profile, k.Seed,
		k.Cases, points(10*k.Threshold), strings.Join(k.Lists, ", "), strings.Join(append([]string{""}, k.Files...), " and "), k.Apart)
	t := newTable("kind", "method", ">fitted on", ">tested on", ">matches", ">Brier", "95 %", ">log loss", "95 %", ">ECE", "95 %", ">Brier gain", "95 %", ">log loss gain", "95 %", "")
	for _, x := range k.Kinds {
		for _, m := range x.Methods {
			note := ""
			switch {
			case x.Few:
				note = "too few to fit"
			case m.Method == x.Best:
				note = "best"
			}
			row := []string{x.Kind, m.Method, fmt.Sprint(x.Fit), fmt.Sprint(x.Matches.Of), ratio(x.Matches.Share)}
			for _, v := range []bench.Measured{m.Brier, m.LogLoss, m.ECE, m.BrierGain, m.LossGain} {
				row = append(row, fmt.Sprintf("%.4f", v.Value), fmt.Sprintf("%.4f-%.4f", v.Low, v.High))
			}
			t.add(append(row, note)...)
		}
	}
	if err := t.write(c.out, c); err != nil {
		return err
	}
	for _, x := range k.Kinds {
		fmt.Fprintf(c.out, "\n%s\n", c.bold(x.Kind+", "+x.Methods[0].Method))
		t := newTable(">hits", ">foretold", ">found", "95 %")
		for _, b := range x.Methods[0].Bins {
			t.add(fmt.Sprint(b.Cases), ratio(b.Foretold), ratio(b.Found.Share), interval(b.Found))
		}
		if err := t.write(c.out, c); err != nil {
			return err
		}
		if len(x.Table) > 0 {
			fmt.Fprintf(c.out, "better: %s; log-odds as they stand to log-odds (1/1000), of all cases: %s\n", x.Best, corners(x.Table))
		}
	}
	return nil
}

func corners(table []bench.Corner) string {
	var out []string
	for _, p := range table {
		out = append(out, fmt.Sprintf("{%d, %d}", p.Points, p.Logit))
	}
	return strings.Join(out, ", ")
}
