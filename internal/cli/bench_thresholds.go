package cli

import (
	"context"
	"fmt"

	"interdict/internal/trial"
)

// steps says what each threshold finds and costs.
func (q *qualityRun) steps(ctx context.Context, c *call) error {
	o := trial.Options{Seed: q.seed, Sample: 40, File: q.customers}
	if q.customers != "" {
		customers, err := readCustomers(q.customers)
		if err != nil {
			return err
		}
		o.Customers = customers
	}
	e, done, err := openEngine(c)
	if err != nil {
		return err
	}
	defer done()
	b := c.progress("measuring thresholds", -1)
	r, err := trial.MeasureThresholds(ctx, e, o)
	b.finish()
	if err != nil {
		return err
	}
	return c.report(r, func() error { return showThresholds(c, r) })
}

func showThresholds(c *call, r trial.Thresholds) error {
	for _, w := range r.Words {
		fmt.Fprintln(c.out, w)
	}
	for _, x := range []struct {
		what  string
		steps []trial.Step
	}{{"names", r.Names}, {"mentions in texts of one sentence", r.Mentions}} {
		fmt.Fprintf(c.out, "\n%s\n", c.bold(x.what))
		t := newTable("threshold", ">changed names found", "95 %", ">of", ">alerts per 1,000", "95 %", ">strong or possible", "")
		for _, s := range x.steps {
			shipped := ""
			if s.Shipped {
				shipped = "shipped"
			}
			t.add(points(10*s.Threshold), ratio(s.Found.Share), interval(s.Found), fmt.Sprint(s.Found.Of), perMille(s.Alerts.Share),
				perMille(s.Alerts.Low)+"-"+perMille(s.Alerts.High), perMille(s.Serious.Share), shipped)
		}
		if err := t.write(c.out, c); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.out, "\n%s\n", c.bold("bands of names at the shipped threshold"))
	t := newTable("band", ">alerts per 1,000", "95 %", ">changed names found here or stronger", "95 %")
	for _, b := range r.Bands {
		t.add(paintBand(c, b.Band), perMille(b.Alerts.Share), perMille(b.Alerts.Low)+"-"+perMille(b.Alerts.High), ratio(b.Found.Share), interval(b.Found))
	}
	return t.write(c.out, c)
}
