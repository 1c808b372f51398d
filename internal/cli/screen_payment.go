package cli

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"os"

	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/payment"
	"interdict/internal/screen"
)

var screenPaymentVerb = verb{
	name: "screen payment", args: "FILE... | -", short: "find listed subjects in payment messages", json: true, data: true,
	long: "Reads any ISO 20022 message, alone or in an envelope, many in one file, and SWIFT MT messages. Every\n" +
		"element with letters is screened, whatever its name. Exit code 1 means hits, 0 that every message was\n" +
		"screened and names nobody, 2 that one could not be screened.",
	examples: []string{"screen payment pacs.008.xml", "screen payment outgoing/*.xml --json", "screen payment - <MT103.txt"},
	setup: func(f *flag.FlagSet) action {
		var r paymentRun
		r.declare(f, "a party's name", index.LowestThreshold, screen.DefaultThreshold)
		return r.run
	},
}

// paymentRun is one call of screen payment.
type paymentRun struct {
	screenFlags
	tally tally
}

func (r *paymentRun) run(ctx context.Context, c *call, args []string) (hits bool, err error) {
	if len(args) == 0 {
		return false, wrongUsage("no payment given")
	}
	threshold, at, err := r.read()
	if err != nil {
		return false, err
	}
	if err := mustExist(args); err != nil {
		return false, err
	}
	o := screen.Options{Threshold: threshold, Exhaustive: r.exhaustive, Brief: !c.JSON}
	e, done, err := openEngine(c)
	if err != nil {
		return false, err
	}
	defer done()
	for _, file := range args {
		for a, err := range screenPayments(c, e, file, o) {
			if err != nil {
				return false, err
			}
			if err := ctx.Err(); err != nil {
				return false, err
			}
			a.At = at
			r.tally.count(a.Status)
			if err := showPayment(c, a); err != nil {
				return false, err
			}
		}
	}
	return r.tally.result("message", "messages")
}

// screenPayments yields the answer to every message of a file. A message, or a
// file, that cannot be read was not screened.
func screenPayments(c *call, e *screen.Engine, file string, o screen.Options) iter.Seq2[screen.PaymentAnswer, error] {
	return func(yield func(screen.PaymentAnswer, error) bool) {
		in := c.in
		if file != "-" {
			f, err := os.Open(file)
			if err != nil {
				yield(screen.PaymentAnswer{}, inputError(err))
				return
			}
			defer f.Close()
			in = f
		}
		messages := 0
		for m, err := range payment.Read(file, in) {
			messages++
			var a screen.PaymentAnswer
			if err != nil {
				a, err = e.NoPayment(file, err, o), nil
			} else {
				a, err = e.Payment(file, m, o)
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
		if messages == 0 {
			yield(e.NoPayment(file, fault.New(fault.Invalid, "there is no message in the file"), o), nil)
		}
	}
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
	if err := showMentions(c, what, a.Status, a.Reason, a.Mentions); err != nil {
		return err
	}
	showWarnings(c, a.Warnings)
	writeStamp(c, a.Stamp)
	return c.out.Flush()
}
