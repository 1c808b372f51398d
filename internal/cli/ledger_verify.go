package cli

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/ledger"
	"interdict/internal/sqlite"
)

// files is a flag that may be given several times.
type files []string

func (f *files) String() string         { return strings.Join(*f, " ") }
func (f *files) Set(value string) error { *f = append(*f, value); return nil }

var ledgerVerifyVerb = verb{
	name:  "ledger verify",
	short: "walk the whole ledger and name the first entry that was altered",
	long: `Every event, every hash of the tree and everything sealed is read and compared with the signed checkpoint.
What was altered, is missing or stands in another order ends it with exit code 3, by the number of the entry.
No secret key is needed. Others may write meanwhile.

Keep checkpoints elsewhere (ledger checkpoint) and name them here: they find what even the holder of the
signer key rewrote. Keep the verifier key elsewhere too, and name it by --key.`,
	examples: []string{
		"ledger verify",
		"ledger verify --checkpoint 2026-11-24.note --key commission.pub",
		"ledger verify --postgres postgres://auditor@db.example/interdict --key commission.pub",
	},
	json: true, data: true,
	setup: func(f *flag.FlagSet) action {
		var p ledgerPlace
		var kept files
		postgresFlag(f, &p)
		key := f.String("key", "", "the verifier `KEY` or its file (default: ledger.pub in the data folder)")
		f.Var(&kept, "checkpoint", "a `FILE` with a checkpoint of before; may be given several times")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 {
				return false, wrongUsage("ledger verify takes no argument, but was given %q", args[0])
			}
			return false, verifyLedger(ctx, c, p.at(c), *key, kept)
		}
	},
}

// verifiedJSON is the answer of ledger verify.
type verifiedJSON struct {
	Whole   bool   `json:"whole"`
	Ledger  string `json:"ledger"`
	Entries int64  `json:"entries,omitempty"`
	Sealed  int64  `json:"sealed,omitempty"`
	Root    string `json:"root,omitempty"`
	Entry   *int64 `json:"entry,omitempty"` // the first that is not as it should be
	Problem string `json:"problem,omitempty"`
}

func verifyLedger(ctx context.Context, c *call, p ledgerPlace, key string, kept []string) error {
	v, err := verifierOf(p, key)
	if err != nil {
		return err
	}
	since, err := readCheckpoints(v, kept)
	if err != nil {
		return err
	}
	s, err := lookLedger(ctx, p)
	if err != nil {
		return err
	}
	defer s.Close()
	begun := time.Now()
	r, err := verifyShown(ctx, c, s, v, since)
	took := time.Since(begun)
	if f, ok := ledger.IsFinding(err); ok && c.JSON {
		out := verifiedJSON{Ledger: v.Name(), Problem: f.Problem}
		if f.Index >= 0 {
			out.Entry = &f.Index
		}
		if err := c.writeJSON(out); err != nil {
			return err
		}
	}
	if err == nil && p.postgres == "" {
		err = sqlite.Check(ctx, p.data)
	}
	if err != nil {
		return fmt.Errorf("the ledger %s is not whole: %w", v.Name(), err)
	}
	if c.JSON {
		return c.writeJSON(verifiedJSON{Whole: true, Ledger: v.Name(), Entries: r.Entries, Sealed: r.Sealed, Root: r.Checkpoint.Root.String()})
	}
	fmt.Fprintf(c.err, "%.0f entries a second\n", float64(r.Entries)/took.Seconds())
	_, err = fmt.Fprintf(c.out, "the ledger %s is whole: %d entries, %d things sealed, root %s\n", v.Name(), r.Entries, r.Sealed, r.Checkpoint.Root)
	return err
}

func verifyShown(ctx context.Context, c *call, log ledger.Log, v note.Verifier, since []ledger.Checkpoint) (ledger.Report, error) {
	var b *bar
	var shown int64
	r, err := ledger.Verify(ctx, log, v, since, func(done, total int64) {
		if b == nil {
			b = c.progress("verifying", total)
		}
		b.add(int(done - shown))
		shown = done
	})
	b.finish()
	return r, err
}

func readCheckpoints(v note.Verifier, files []string) ([]ledger.Checkpoint, error) {
	var all []ledger.Checkpoint
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("reading a checkpoint: %w", err)
		}
		point, err := ledger.OpenCheckpoint(text, v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, point)
	}
	return all, nil
}
