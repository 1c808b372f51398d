package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"time"

	"interdict/internal/bench"
	"interdict/internal/fault"
	"interdict/internal/trial"
)

var benchValidationVerb = verb{
	name: "bench validation", args: "[SOURCE=FILE...]", short: "write the validation pack of a register: one page with charts, and its figures", json: true, data: true,
	long: "Asks every entry for itself by every name in every channel, puts canaries into a copy of the register, changes\n" +
		"listed names in every way, screens customers who are not listed, and draws pairs just above and just below the\n" +
		"threshold for a person to judge. Writes validation.html and validation.json into the folder, in which\n" +
		"neither may stand. The register is that of the data folder, or of the lists named. Everything random follows\n" +
		"from --seed. Exit code 3 means that an entry did not find itself or a canary was not answered as it must be\n" +
		"(docs/validation.md).",
	examples: []string{
		"bench validation --out pack",
		"bench validation --out pack --customers customers.csv.gz --seed 7",
		"bench validation --out pack un=consolidated.xml ofac=sdn.csv ofac=alt.csv",
	},
	setup: func(f *flag.FlagSet) action {
		r := &validationRun{}
		f.StringVar(&r.out, "out", "", "write into this `FOLDER`; it is made")
		f.StringVar(&r.o.File, "customers", "", "customers who are not listed: `FILE`; without it they are made")
		f.IntVar(&r.o.Sample, "sample", 40, "change `N` names of each list and field in each way")
		f.Uint64Var(&r.o.Seed, "seed", 1, "`SEED` of everything random")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			return false, r.run(ctx, c, args)
		}
	},
}

// validationRun is one call of bench validation.
type validationRun struct {
	out string
	o   trial.Options
}

func (r *validationRun) run(ctx context.Context, c *call, lists []string) error {
	switch {
	case r.out == "":
		return wrongUsage("give a folder to write into: --out FOLDER")
	case r.o.Sample < 1:
		return wrongUsage("--sample %d is too few", r.o.Sample)
	}
	if r.o.File != "" {
		customers, err := readCustomers(r.o.File)
		if err != nil {
			return err
		}
		r.o.Customers = customers
	}
	files, err := newPack(r.out, "validation")
	if err != nil {
		return err
	}
	defer files.drop()
	e, done, err := benchEngine(c, lists)
	if err != nil {
		return err
	}
	r.o.Machine, r.o.At = bench.ThisMachine(), time.Now().UTC().Truncate(time.Second)
	b := c.progress("validating", -1)
	r.o.Step = func(string) { b.add(1) }
	p, err := trial.Run(ctx, e, r.o)
	b.finish()
	if err := errors.Join(err, done()); err != nil {
		return err
	}
	if err := files.write(p.WriteHTML, p); err != nil {
		return err
	}
	if err := c.report(p, func() error { return showValidation(c, r.out, p) }); err != nil || p.Failure() == nil {
		return err
	}
	return fault.Hint(p.Failure(), "what failed stands first in %s", filepath.Join(r.out, "validation.html"))
}

func showValidation(c *call, out string, p trial.Pack) error {
	fmt.Fprintf(c.out, "register %s, %s, profile %s, seed %d\n\n", p.Snapshot, plural(p.Subjects, "subject", "subjects"), p.Profile, p.Seed)
	t := newTable("measured", ">of", ">share", "95 %")
	for _, x := range []struct {
		what string
		bench.Share
	}{
		{"entries that find themselves by every name in every channel", p.SelfTest.Entries},
		{"canaries answered as they must be", bench.NewShare(p.Canaries.Asked-len(p.Canaries.Failures), p.Canaries.Asked)},
		{"changed names, days and numbers that find their entry", p.Recall.All.Found},
		{"of these strong or possible", p.Recall.All.Serious},
		{"customers not listed, with an alert", p.Customers.Total.Alerts},
		{"of these strong or possible", p.Customers.Total.Serious},
	} {
		t.add(x.what, fmt.Sprint(x.Of), fmt.Sprintf("%.4f", x.Share.Share), fmt.Sprintf("%.4f-%.4f", x.Low, x.High))
	}
	if err := t.write(c.out, c); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.out, "\nwritten: %s and validation.json\n", filepath.Join(out, "validation.html"))
	return err
}
