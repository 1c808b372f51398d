package cli

import (
	"fmt"
	"os"

	"interdict/internal/bench"
	"interdict/internal/book"
)

// book measures what a book of customers costs in alerts.
func (q *qualityRun) book(c *call) error {
	customers, err := readCustomers(q.customers)
	if err != nil {
		return err
	}
	e, done, err := openEngine(c)
	if err != nil {
		return err
	}
	defer done()
	b := c.progress("screening customers", int64(len(customers)*len(bench.CostThresholds())))
	r, err := bench.ScreenCustomers(e, q.customers, customers, q.errors, func() { b.add(1) })
	b.finish()
	if err != nil {
		return err
	}
	return c.report(r, func() error { return showCustomers(c, r) })
}

// readCustomers reads a book of which every row must be a customer.
func readCustomers(file string) ([]book.Customer, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, inputError(err)
	}
	defer f.Close()
	var customers []book.Customer
	for cu, err := range book.Read(file, f, book.Options{}) {
		if err != nil {
			return nil, fmt.Errorf("reading the customers: %w", err)
		}
		customers = append(customers, cu)
	}
	return customers, nil
}

func showCustomers(c *call, r bench.Customers) error {
	fmt.Fprintf(c.out, "%s: %s against register %s, %s; alerts per 1,000 customers\n\n", c.bold(r.File),
		plural(r.Total.Customers, "customer", "customers"), r.Snapshot, plural(r.Subjects, "subject", "subjects"))
	fmt.Fprintln(c.out, c.bold("what a threshold costs"))
	if err := groupTable(c, r.Costs); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "\n%s\n", c.bold("at the shipped threshold "+points(10*r.Threshold)))
	if err := groupTable(c, append([]bench.CustomerGroup{r.Total}, r.Groups...)); err != nil {
		return err
	}
	if r.Worst.Customers > 0 {
		fmt.Fprintf(c.out, "\nworst group: %s %s, %s of 1,000 (95 %%: %s to %s), %.1f times the total\n",
			r.Worst.By, r.Worst.Group, perMille(r.Worst.Alerts.Share), perMille(r.Worst.Alerts.Low), perMille(r.Worst.Alerts.High), r.Ratio)
	}
	if len(r.Examples) == 0 {
		return nil
	}
	fmt.Fprintln(c.out)
	t := newTable("band", ">score", ">row", "customer", "listed")
	for _, x := range r.Examples {
		t.add(paintBand(c, x.Band), x.Score.String(), fmt.Sprint(x.Row), x.Name, x.Listed)
	}
	return t.write(c.out, c)
}

func groupTable(c *call, groups []bench.CustomerGroup) error {
	t := newTable("group", ">customers", ">strong", ">possible", ">weak", ">all", "95 %", ">strong or possible", "95 %", ">not screened")
	for _, g := range groups {
		n := max(1, g.Customers)
		each := func(k int) string { return perMille(float64(k) / float64(n)) }
		t.add(g.By+" "+g.Group, fmt.Sprint(g.Customers), each(g.Strong), each(g.Possible), each(g.Weak),
			perMille(g.Alerts.Share), perMille(g.Alerts.Low)+"-"+perMille(g.Alerts.High),
			perMille(g.Serious.Share), perMille(g.Serious.Low)+"-"+perMille(g.Serious.High), fmt.Sprint(g.NotScreened))
	}
	return t.write(c.out, c)
}

func perMille(f float64) string { return fmt.Sprintf("%.2f", 1000*f) }

// texts measures documents with gold links.
func (q *qualityRun) texts(c *call) error {
	f, err := os.Open(q.narratives)
	if err != nil {
		return inputError(err)
	}
	defer f.Close()
	texts, err := bench.ReadNarratives(q.narratives, f)
	if err != nil {
		return err
	}
	e, done, err := openEngine(c)
	if err != nil {
		return err
	}
	defer done()
	b := c.progress("screening texts", int64(len(texts)))
	r, err := bench.ScreenNarratives(e, q.narratives, texts, q.errors, func() { b.add(1) })
	b.finish()
	if err != nil {
		return err
	}
	return c.report(r, func() error { return showNarratives(c, r) })
}

func showNarratives(c *call, r bench.Narratives) error {
	fmt.Fprintf(c.out, "%s: %s, %d words, %s (%d of nobody in register %s); threshold %s\n\n", c.bold(r.File), plural(r.Documents, "text", "texts"),
		r.Words, plural(r.Anchors, "gold link", "gold links"), r.Unresolved, r.Snapshot, points(10*r.Threshold))
	t := newTable("the linked subject is mentioned", ">in the 200 characters before", "95 %", ">anywhere", "95 %")
	for _, row := range r.Recall {
		t.add("as "+string(row.Band)+" or better", ratio(row.Before.Share), interval(row.Before), ratio(row.Anywhere.Share), interval(row.Anywhere))
	}
	if err := t.write(c.out, c); err != nil {
		return err
	}
	fmt.Fprintln(c.out)
	t = newTable("mentions", ">number", ">of a linked subject", ">share", "95 %", ">of the text's own subject", ">of others")
	for _, row := range r.Mentions {
		t.add(paintBand(c, row.Band), fmt.Sprint(row.Linked.Of), fmt.Sprint(row.Linked.Count), ratio(row.Linked.Share), interval(row.Linked), fmt.Sprint(row.Own), fmt.Sprint(row.Others))
	}
	if err := t.write(c.out, c); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "\n%.1f mentions a text, %.1f per 1,000 words\n", r.PerText, r.PerWords)
	if len(r.Misses) == 0 {
		return nil
	}
	fmt.Fprintln(c.out)
	t = newTable("not mentioned before", "who", "text")
	for _, m := range r.Misses {
		t.add(m.Ref, m.Caption, m.Before)
	}
	return t.write(c.out, c)
}
