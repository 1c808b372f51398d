package cli

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/report"
)

// deliveriesVerb shows how an edition went at each institution.
func deliveriesVerb() verb {
	return verb{
		name: "edition deliveries", args: "ID", short: "show each hop of an edition at each institution, and who was silent", json: true,
		long: "Hours are those from publication until the authority received the acknowledgement, by its clock. What an\n" +
			"institution's own clock said is in --json.",
		examples: []string{"edition deliveries 000007"},
		setup: func(f *flag.FlagSet) action {
			r := remoteFlags(f)
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				id, err := idOf("edition deliveries", "edition", args)
				if err != nil {
					return false, err
				}
				text, err := r.get(ctx, address("edition", id)+"/deliveries", "")
				if err != nil {
					return false, err
				}
				if c.JSON {
					_, err = c.out.Write(text)
					return false, err
				}
				var d clerk.Delivery
				if err := json.Unmarshal(text, &d); err != nil {
					return false, fmt.Errorf("reading the answer: %w", err)
				}
				return false, writeDelivery(c, d)
			}
		},
	}
}

func writeDelivery(c *call, d clerk.Delivery) error {
	fmt.Fprintf(c.out, "edition %d, published %s, %s\n", d.Sequence, d.At.Format(time.RFC3339), d.State)
	if !d.Decided.IsZero() {
		fmt.Fprintf(c.out, "decided %s, %s h before\n", d.Decided.Format(time.RFC3339), hours(d.At.Sub(d.Decided)))
	}
	if !d.Clock.Due.IsZero() {
		fmt.Fprintf(c.out, "to be screened until %s\n", d.Clock.Due.Format(time.RFC3339))
	}
	t := newTable("institution", "received, h", "loaded, h", "screened, h", "reports", "")
	for _, x := range d.Courses {
		cells := []string{string(x.Institution)}
		skewed := false
		for _, h := range report.Hops() {
			step, ok := x.Steps[h]
			if !ok {
				cells = append(cells, "–")
				continue
			}
			skewed = skewed || step.Skewed
			cells = append(cells, hours(step.After))
		}
		remark := ""
		switch {
		case x.Silent:
			remark = "silent when the time was over"
		case x.Late:
			remark = "late"
		case skewed:
			remark = "its clock is behind"
		}
		t.add(append(cells, fmt.Sprint(x.Filings), remark)...)
	}
	return t.write(c.out, c)
}

func hours(d time.Duration) string { return fmt.Sprintf("%.2f", d.Hours()) }
