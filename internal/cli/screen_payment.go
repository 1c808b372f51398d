package cli

import (
	"context"
	"flag"
	"fmt"
	"os"

	"interdict/internal/fault"
	"interdict/internal/payment"
	"interdict/internal/screen"
)

var screenPaymentVerb = verb{
	name: "screen payment", args: "FILE... | -", short: "find listed subjects in payment messages", json: true, data: true,
	long: "Reads any ISO 20022 message, alone or in an envelope, many in one file, and SWIFT MT messages.\n" +
		"Every element with letters is screened, whatever its name. Exit code 1 means that there are hits.",
	examples: []string{"screen payment pacs.008.xml", "screen payment outgoing/*.xml --json", "screen payment - <MT103.txt"},
	setup: func(f *flag.FlagSet) action {
		var s screenFlags
		s.declare(f)
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) == 0 {
				return false, wrongUsage("no payment given")
			}
			o, at, err := s.options()
			if err != nil {
				return false, err
			}
			o.Brief = !c.JSON
			e, done, err := openEngine(c)
			if err != nil {
				return false, err
			}
			defer done()
			hits := false
			for _, file := range args {
				found, err := screenPayments(c, e, file, o, func(a screen.PaymentAnswer) error {
					a.At = at
					return showPayment(c, a)
				})
				hits = hits || found
				if err != nil {
					return hits, err
				}
				if ctx.Err() != nil {
					return hits, ctx.Err()
				}
			}
			return hits, nil
		}
	},
}

// screenPayments answers for every message of a file.
func screenPayments(c *call, e *screen.Engine, file string, o screen.Options, show func(screen.PaymentAnswer) error) (hits bool, err error) {
	in := c.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return false, inputError(err)
		}
		defer f.Close()
		in = f
	}
	for m, err := range payment.Read(file, in) {
		a := screen.PaymentAnswer{}
		if err != nil {
			a = e.NoPayment(file, err, o)
		} else if a, err = e.Payment(file, m, o); err != nil {
			return hits, err
		}
		hits = hits || a.Status == screen.Hits
		if err := show(a); err != nil {
			return hits, err
		}
	}
	return hits, nil
}

// inputError marks a file that cannot be opened as the caller's to mend.
func inputError(err error) error {
	return fault.As(fault.Invalid, fmt.Errorf("opening the input: %w", err))
}

func showPayment(c *call, a screen.PaymentAnswer) error {
	if c.JSON {
		if err := c.writeJSON(a); err != nil {
			return err
		}
		return c.out.Flush()
	}
	what := a.Document
	if a.Message != "" {
		what += " (" + a.Message
		if id := a.Evidence["UETR"]; id != "" {
			what += ", UETR " + id
		}
		what += ")"
	}
	showMentions(c, what, a.Status, a.Reason, a.Mentions)
	for _, w := range a.Warnings {
		fmt.Fprintf(c.out, "%s %s\n", c.yellow("note:"), w)
	}
	writeStamp(c, a.Stamp)
	return c.out.Flush()
}
