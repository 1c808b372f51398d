package cli

import (
	"context"
	"flag"
	"fmt"

	"interdict/internal/fault"
)

var ledgerRebuildVerb = verb{
	name:  "ledger rebuild",
	short: "make every view anew from the ledger and compare it with what was there",
	long: `Nothing is appended meanwhile. Views follow from the ledger alone: if one was otherwise, it is put right, named,
and the exit code is 3, for then somebody changed the database past the program.`,
	examples: []string{"ledger rebuild", "ledger rebuild --postgres postgres://interdict@db.example/interdict"},
	json:     true, data: true,
	setup: func(f *flag.FlagSet) action {
		place := ledgerFlags(f)
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 {
				return false, wrongUsage("ledger rebuild takes no argument, but was given %q", args[0])
			}
			return false, rebuildViews(ctx, c, place.at(c))
		}
	},
}

func rebuildViews(ctx context.Context, c *call, p ledgerPlace) error {
	if there, err := isFounded(ctx, p); err != nil || !there {
		if err == nil {
			err = fault.New(fault.NotFound, "there is no ledger in %s", p.data)
		}
		return err
	}
	a, err := openAuthority(ctx, c, p, "localhost", "http://localhost")
	if err != nil {
		return err
	}
	defer a.Close()
	h, err := a.ledger.Head(ctx)
	if err != nil {
		return err
	}
	b := c.progress("rebuilding", h.Size)
	r, err := a.clerk.Rebuild(ctx, func(int64) { b.add(1024) })
	b.finish()
	if err != nil {
		return err
	}
	if c.JSON {
		err = c.writeJSON(r)
	} else {
		_, err = fmt.Fprintf(c.out, "%d entries walked: %d rows of things, %d ties\n", r.Entries, r.Items, r.Ties)
	}
	if err == nil && len(r.Differ) > 0 {
		return fault.New(fault.Corrupt, "the views were otherwise and are put right; the first: %s", r.Differ[0])
	}
	return err
}
