package cli

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/ledger"
)

var ledgerReceiptVerb = verb{
	name: "ledger receipt", args: "FILE",
	short: "verify a receipt offline, with nothing but the verifier key",
	long: `A receipt proves that an event stands in the ledger. It holds the event, the proof and the signed checkpoint;
"-" reads it from standard input. What does not hold ends with exit code 2.`,
	examples: []string{"ledger receipt material.receipt --key commission.pub", "ledger receipt - --json < material.receipt"},
	json:     true, data: true,
	setup: func(f *flag.FlagSet) action {
		key := f.String("key", "", "the verifier `KEY` or its file (default: ledger.pub in the data folder)")
		return func(_ context.Context, c *call, args []string) (bool, error) {
			if len(args) != 1 {
				return false, wrongUsage("ledger receipt needs one file")
			}
			return false, checkReceipt(c, args[0], *key)
		}
	},
}

// receiptJSON is the answer of ledger receipt.
type receiptJSON struct {
	Holds   bool   `json:"holds"`
	Ledger  string `json:"ledger"`
	Entry   int64  `json:"entry"`
	Entries int64  `json:"entries"` // of the checkpoint
	Root    string `json:"root"`
	Kind    string `json:"kind"`
	Stream  string `json:"stream"`
	Version uint64 `json:"version"`
	At      string `json:"at"`
	By      string `json:"by"`
	For     string `json:"for,omitempty"`
	Command string `json:"command"`
	Body    string `json:"body"` // hash
}

func checkReceipt(c *call, file, key string) error {
	v, err := verifierOf(ledgerPlace{}.at(c), key)
	if err != nil {
		return err
	}
	text, err := readAll(c, file)
	if err != nil {
		return err
	}
	r, e, point, err := ledger.VerifyReceipt(text, v)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if key == "" {
		fmt.Fprintln(c.err, "checked by the key in the data folder; whoever doubts this ledger takes its key from elsewhere, by --key")
	}
	if c.JSON {
		return c.writeJSON(receiptJSON{
			Holds: true, Ledger: point.Origin, Entry: r.Index, Entries: point.Size, Root: point.Root.String(), Kind: e.Kind, Stream: e.Stream,
			Version: e.Version, At: e.At.Format(time.RFC3339Nano), By: e.By, For: e.For, Command: e.Command, Body: fmt.Sprintf("%x", e.Body),
		})
	}
	fmt.Fprintf(c.out, "the receipt holds: entry %d of the %d of %s\n", r.Index, point.Size, point.Origin)
	return writeEnvelope(c.out, e)
}

func readAll(c *call, file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(c.in)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading a receipt: %w", err)
	}
	return text, nil
}

func writeEnvelope(w io.Writer, e event.Envelope) error {
	by := e.By
	if e.For != "" {
		by += " for " + e.For
	}
	_, err := fmt.Fprintf(w, "  %s, %s version %d\n  at %s by %s\n  body %x and %d things with it\n",
		e.Kind, e.Stream, e.Version, e.At.Format(time.RFC3339Nano), by, e.Body, len(e.Evidence))
	return err
}

var ledgerProveVerb = verb{
	name: "ledger prove", args: "INDEX",
	short:    "write the receipt of an entry",
	long:     "The receipt goes to standard output. It was checked before it is written; give it on together with the verifier key.",
	examples: []string{"ledger prove 17 > entry-17.receipt"},
	data:     true,
	setup: func(f *flag.FlagSet) action {
		var p ledgerPlace
		postgresFlag(f, &p)
		key := f.String("key", "", "the verifier `KEY` or its file (default: ledger.pub in the data folder)")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) != 1 {
				return false, wrongUsage("ledger prove needs the number of one entry")
			}
			index, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return false, wrongUsage("ledger prove needs the number of one entry, not %q", args[0])
			}
			return false, prove(ctx, c, p.at(c), *key, index)
		}
	},
}

func prove(ctx context.Context, c *call, p ledgerPlace, key string, index int64) error {
	v, err := verifierOf(p, key)
	if err != nil {
		return err
	}
	s, err := lookLedger(ctx, p)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := ledger.Prove(ctx, s, v, index)
	if err != nil {
		return err
	}
	_, err = c.out.Write(r.Text())
	return err
}

var ledgerCheckpointVerb = verb{
	name:  "ledger checkpoint",
	short: "write the signed checkpoint of now, to be kept elsewhere",
	long: `A checkpoint is a signed note: the name of the ledger, the number of entries and the root of the tree. Keep one
where the operator of the ledger cannot reach it; ledger verify --checkpoint shows later that nothing before it changed.`,
	examples: []string{"ledger checkpoint > 2026-11-24.note"},
	json:     true, data: true,
	setup: func(f *flag.FlagSet) action {
		var p ledgerPlace
		postgresFlag(f, &p)
		key := f.String("key", "", "the verifier `KEY` or its file (default: ledger.pub in the data folder)")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 {
				return false, wrongUsage("ledger checkpoint takes no argument, but was given %q", args[0])
			}
			return false, writeCheckpoint(ctx, c, p.at(c), *key)
		}
	},
}

func writeCheckpoint(ctx context.Context, c *call, p ledgerPlace, key string) error {
	v, err := verifierOf(p, key)
	if err != nil {
		return err
	}
	s, err := lookLedger(ctx, p)
	if err != nil {
		return err
	}
	defer s.Close()
	h, err := s.Head(ctx)
	if err != nil {
		return err
	}
	point, err := ledger.CheckHead(h, v)
	if err != nil {
		return fault.Hint(err, "see: interdict ledger verify")
	}
	if c.JSON {
		return c.writeJSON(struct {
			Ledger  string `json:"ledger"`
			Entries int64  `json:"entries"`
			Root    string `json:"root"`
			Note    string `json:"note"`
		}{point.Origin, point.Size, point.Root.String(), string(h.Checkpoint)})
	}
	_, err = c.out.Write(h.Checkpoint)
	return err
}
