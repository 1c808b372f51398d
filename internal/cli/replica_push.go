package cli

import (
	"context"
	"flag"
	"fmt"
	"time"

	"interdict/internal/replica"
)

var replicaPushVerb = verb{
	name: "replica push", short: "push the register in force to replicas, and each that follows", data: true,
	long: "Puts the compiled register into the store of a NATS cluster, announces it, and does so again when another\n" +
		"comes into force, until it is stopped; with --once it ends after the first. Without --nats this process is\n" +
		"the hub that replicas come to.",
	examples: []string{
		"replica push",
		"replica push --nats tls://nats.bank.example:4222 --credentials push.creds",
		"replica push --once --nats tls://nats.bank.example:4222 --credentials push.creds",
	},
	setup: func(f *flag.FlagSet) action {
		var w wireFlags
		w.declare(f)
		w.declareHub(f, "127.0.0.1:4222")
		once := f.Bool("once", false, "end after the register in force")
		return func(ctx context.Context, c *call, args []string) (bool, error) {
			switch {
			case len(args) > 0:
				return false, wrongUsage("replica push takes no argument, but was given %q", args[0])
			case *once && w.far.URL == "":
				return false, wrongUsage("--once wants --nats URL: a hub that has ended serves nobody")
			}
			return false, push(ctx, c, w, *once)
		}
	},
}

// push announces the register in force, and each that follows.
func push(ctx context.Context, c *call, w wireFlags, once bool) error {
	l, done, err := w.open(ctx, c)
	if err != nil {
		return err
	}
	defer done()
	s, err := replica.OpenStore(ctx, l)
	if err != nil {
		return err
	}
	if url := l.URL(); url != "" {
		fmt.Fprintf(c.err, "replicas may come: interdict replica --nats %s\n", url)
	}
	last := ""
	for {
		now, err := announce(ctx, c, s, last)
		switch {
		case err == nil && now != last:
			last = now
			fmt.Fprintf(c.err, "register %s is announced\n", now)
		case err != nil && (once || last == ""):
			return err
		case err != nil && ctx.Err() == nil:
			fmt.Fprintf(c.err, "note: the register was not pushed: %v\n", err)
		}
		if once {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(10 * time.Second):
		}
	}
}

// announce pushes the register in force unless it is the last one pushed.
func announce(ctx context.Context, c *call, s *replica.Store, last string) (string, error) {
	file, done, err := compiledRegister(c)
	if err != nil {
		return "", err
	}
	defer done()
	if file.snapshot == last {
		return last, nil
	}
	r, err := s.Push(ctx, file.snapshot, file.notice, file.write)
	if err != nil {
		return "", err
	}
	return file.snapshot, s.Announce(ctx, r)
}
