package cli

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"runtime"

	"interdict/internal/match"
	"interdict/internal/replica"
	"interdict/internal/shard"
	"interdict/internal/wire"
)

var bulkWorkerVerb = verb{
	name: "bulk worker", short: "screen shards of books that other machines run", data: true,
	long: "Takes shards from the queue until it is stopped. The register comes over the same line; nothing of a\n" +
		"customer is written to disk. Only runs of the same scoring profile are served: keep programs alike.",
	examples: []string{
		"bulk worker --nats tls://nats.bank.example:4222 --credentials bulk.creds",
		"bulk worker --nats tls://10.0.0.5:4222 --credentials token --nats-ca hub.pem --workers 8",
	},
	setup: func(f *flag.FlagSet) action {
		var w wireFlags
		w.declare(f)
		workers := f.Int("workers", runtime.GOMAXPROCS(0), "shards screened at the same time: `N`")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			switch {
			case len(args) > 0:
				return false, wrongUsage("bulk worker takes no argument, but was given %q", args[0])
			case w.far.URL == "":
				return false, wrongUsage("give --nats URL")
			case *workers < 1:
				return false, wrongUsage("--workers %d is less than 1", *workers)
			}
			return false, work(ctx, c, w, *workers)
		}
	},
}

func work(ctx context.Context, c *call, w wireFlags, n int) error {
	l, err := wire.Dial(w.far)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := replica.OpenStore(ctx, l)
	if err != nil {
		return err
	}
	r, err := replica.New(s, replicaDir(c))
	if err != nil {
		return err
	}
	defer r.Close()
	fmt.Fprintf(c.err, "interdict works for %s, profile %s\n", w.far.URL, match.Profile())
	q, err := shard.Enter(ctx, l, shard.Usual)
	if err != nil {
		if ctx.Err() != nil { // nothing came until it was stopped
			return nil
		}
		return err
	}
	return q.Work(ctx, n, r.At)
}

// replicaDir is where registers lie that came over a line.
func replicaDir(c *call) string { return filepath.Join(c.Data, "replica") }
