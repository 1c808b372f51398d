package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"strings"
	"sync"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/replica"
	"interdict/internal/screen"
	"interdict/internal/shard"
	"interdict/internal/wire"
)

var bulkRunVerb = verb{
	name: "bulk run", args: "FILE", short: "screen a customer book on several machines", json: true, data: true,
	long: "Cuts the book into shards, which workers screen, and joins the answers: to the byte what screen book writes.\n" +
		"Workers of this process take part (--workers 0: none). Others come by a NATS cluster (--nats URL), or to\n" +
		"this process (--hub ADDR); beyond this machine only with TLS and credentials. A worker that is killed loses\n" +
		"nothing; a run that was stopped goes on when it is called again with the same --out FILE. See docs/bulk.md.",
	examples: []string{
		"bulk run customers.csv --out alerts.csv",
		"bulk run customers.csv --out alerts.csv --hub 10.0.0.5:4222 --credentials token --nats-cert hub.pem --nats-key hub.key",
		"bulk run customers.csv --out alerts.csv --nats tls://nats.bank.example:4222 --credentials bulk.creds --workers 0",
	},
	setup: func(f *flag.FlagSet) action {
		b := &bulkRun{bookRun: newBookRun(f, 0)}
		b.bookRun.screen = b.spread
		b.wire.declare(f)
		b.wire.declareHub(f, "")
		return b.run
	},
}

// bulkRun is a run over a book whose shards may be screened elsewhere.
type bulkRun struct {
	*bookRun
	wire wireFlags
}

func (b *bulkRun) run(ctx context.Context, c *call, args []string) (bool, error) {
	switch {
	case b.wire.far.URL != "" && b.wire.hub != "":
		return false, wrongUsage("--nats and --hub are two ways to the same: give one")
	case b.workers == 0 && b.wire.far.URL == "" && b.wire.hub == "":
		return false, wrongUsage("--workers 0, and nobody else can come: give --nats or --hub")
	}
	return b.bookRun.run(ctx, c, args)
}

// spread screens the rest of the book through the queue of shards.
func (b *bulkRun) spread(ctx context.Context, c *call, e *screen.Engine, customers customers, sink *bookSink) error {
	l, done, err := b.wire.open(ctx, c)
	if err != nil {
		return err
	}
	defer done()
	q, err := shard.Open(ctx, l, shard.Usual)
	if err != nil {
		return err
	}
	engines := func(context.Context, string) (*screen.Engine, func(), error) { return e, func() {}, nil }
	if b.wire.far.URL != "" || b.wire.hub != "" {
		r, err := b.share(ctx, c, l, e)
		if err != nil {
			return err
		}
		defer r.Close()
		engines = func(ctx context.Context, snapshot string) (*screen.Engine, func(), error) {
			if snapshot == e.Snapshot() {
				return e, func() {}, nil
			}
			return r.At(ctx, snapshot) // a shard of another run
		}
	}
	ctx, stop := context.WithCancel(ctx)
	var working sync.WaitGroup
	defer working.Wait()
	defer stop()
	if b.workers > 0 {
		working.Go(func() {
			if err := q.Work(ctx, b.workers, engines); err != nil {
				fmt.Fprintf(c.err, "note: nobody works here: %v\n", err)
			}
		})
	}
	return b.drive(ctx, c, q, customers, e, sink)
}

// drive runs the book under the name that its progress has, or a new one.
func (b *bulkRun) drive(ctx context.Context, c *call, q *shard.Queue, customers customers, e *screen.Engine, sink *bookSink) error {
	if sink.progress.Run == "" {
		sink.progress.Run = strings.ToLower(rand.Text())
		if err := sink.save(); err != nil {
			return err
		}
	}
	err := q.Run(ctx, screen.Rows(customers, sink.progress.Read), shard.Run{
		Name:  sink.progress.Run,
		Work:  shard.Work{Snapshot: e.Snapshot(), Profile: match.Profile(), Options: b.options, JSON: b.json, All: b.all, Time: b.time},
		Join:  func(p shard.Part) error { return sink.join(b.bookRun, p) },
		Alone: func(n int, what string) { fmt.Fprintf(c.err, "note: %d shards wait: %s\n", n, what) },
	})
	if errors.Is(err, shard.ErrShard) {
		sink.progress.Run = "" // what failed is begun anew
	}
	return err
}

// share puts the register of the run where workers find it, and returns where this
// process finds the registers of other runs.
func (b *bulkRun) share(ctx context.Context, c *call, l *wire.Line, e *screen.Engine) (*replica.Replica, error) {
	s, err := replica.OpenStore(ctx, l)
	if err != nil {
		return nil, err
	}
	now, done, err := compiledRegister(c)
	if err != nil {
		return nil, err
	}
	defer done()
	if now.snapshot != e.Snapshot() {
		return nil, fault.New(fault.Conflict, "the register has changed while the run began: give the same call again")
	}
	if _, err := s.Push(ctx, now.snapshot, now.notice, now.write); err != nil {
		return nil, err
	}
	if url := l.URL(); url != "" {
		fmt.Fprintf(c.err, "workers may come: interdict bulk worker --nats %s\n", url)
	}
	return replica.New(s, replicaDir(c))
}
