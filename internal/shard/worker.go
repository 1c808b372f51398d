package shard

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"interdict/internal/fault"
	"interdict/internal/screen"
	"interdict/internal/wire"
)

// Engines gives the engine on a register; done is called when its answers have been
// written.
type Engines func(ctx context.Context, snapshot string) (e *screen.Engine, done func(), err error)

// Work takes shards from the queue, n at a time, until the context ends. What goes
// wrong with a shard is tried again, by whoever comes first, and is told when
// nobody can.
func (q *Queue) Work(ctx context.Context, n int, engines Engines) error {
	c, err := q.consumer(ctx)
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	for range n {
		all.Go(func() { q.take(ctx, c, engines) })
	}
	all.Wait()
	return nil
}

// take works on one shard after another.
func (q *Queue) take(ctx context.Context, c jetstream.Consumer, engines Engines) {
	var told time.Time
	for ctx.Err() == nil {
		msg, err := c.Next(jetstream.FetchContext(ctx))
		if err == nil {
			q.try(ctx, msg, engines)
			continue
		}
		if errors.Is(err, jetstream.ErrConsumerDeleted) || errors.Is(err, jetstream.ErrConsumerNotFound) {
			var again jetstream.Consumer
			if again, err = q.consumer(ctx); err == nil {
				c = again
			}
		}
		if err != nil && !idle(err) && ctx.Err() == nil && time.Since(told) > time.Minute {
			told = time.Now()
			slog.Warn("the queue gives no shards", "error", err)
		}
		rest(ctx)
	}
}

// idle reports that the queue has nothing to do.
func idle(err error) bool {
	return errors.Is(err, nats.ErrTimeout) || errors.Is(err, jetstream.ErrNoMessages) || errors.Is(err, context.DeadlineExceeded)
}

// longest is how many quarters of the silence a worker may take for a shard.
const longest = 240

func rest(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(100 * time.Millisecond):
	}
}

// try answers a shard, and gives it back if that does not succeed.
func (q *Queue) try(ctx context.Context, msg jetstream.Msg, engines Engines) {
	defer q.working(msg)()
	t, err := readTicket(msg.Data())
	if err != nil {
		slog.Error("a message was thrown away", "error", err)
		_ = msg.Term()
		return
	}
	tries := uint64(1)
	if m, err := msg.Metadata(); err == nil {
		tries = m.NumDelivered
	}
	err = fault.New(fault.Internal, "every worker that took it stopped before it had ended") // unless it is told below
	if tries <= q.patience.Tries {
		err = q.answer(ctx, t, engines)
	}
	if err != nil && ctx.Err() == nil && tries >= q.patience.Tries {
		t.Failed = fmt.Sprintf("tried %d times; the last: %v", min(tries, q.patience.Tries), err)
		err = q.settle(ctx, t)
	}
	if err == nil {
		err = msg.DoubleAck(ctx)
	}
	if err != nil { // also of a worker that is told to stop: another takes it up at once
		level := slog.LevelWarn
		if ctx.Err() != nil {
			level = slog.LevelDebug
		}
		slog.Log(context.WithoutCancel(ctx), level, "a shard goes back to the queue", "shard", t.Name, "error", err)
		_ = msg.NakWithDelay(time.Duration(tries) * 200 * time.Millisecond)
	}
}

// working says now and then that a shard is being worked on, but not for ever: one
// that has no end goes to others, and counts as tried.
func (q *Queue) working(msg jetstream.Msg) (stop func()) {
	ended := make(chan struct{})
	go func() {
		tick := time.NewTicker(q.patience.Silence / 4)
		defer tick.Stop()
		for range longest {
			select {
			case <-ended:
				return
			case <-tick.C:
				_ = msg.InProgress() // if it is lost, another worker begins too, and the first to end counts
			}
		}
	}()
	return func() { close(ended) }
}

// answer screens a shard and puts the part down. A shard that is not there any more
// is of a run that has ended.
func (q *Queue) answer(ctx context.Context, t ticket, engines Engines) error {
	b, err := q.bodies.GetBytes(ctx, t.Name)
	if wire.Gone(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("fetching a shard: %w", err)
	}
	s, err := decode(b, t.id())
	if err != nil {
		return err
	}
	plain, err := screened(ctx, s, engines)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(plain)
	if b, err = pack(plain); err != nil {
		return err
	}
	t.Answer = t.Name + "." + hex.EncodeToString(sum[:16])
	if _, err := q.bodies.PutBytes(ctx, t.Answer, b); err != nil {
		return fmt.Errorf("putting an answer down: %w", err)
	}
	return q.settle(ctx, t)
}

// settle writes what became of a shard. Where its run has ended meanwhile, nothing
// stays: whoever clears up behind a run takes the bodies away first.
func (q *Queue) settle(ctx context.Context, t ticket) error {
	err := q.put(ctx, t)
	last, end := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer end()
	if _, e := q.bodies.GetInfo(last, t.Name); wire.Gone(e) {
		return q.drop(last, t)
	}
	return err
}

func screened(ctx context.Context, s *shard, engines Engines) ([]byte, error) {
	e, done, err := engines(ctx, s.Snapshot)
	if err != nil {
		return nil, fmt.Errorf("opening register %s: %w", s.Snapshot, err)
	}
	defer done()
	rows := s.rows()
	if err := e.Rows(ctx, rows, s.Options); err != nil {
		return nil, err
	}
	p, err := s.part(rows)
	if err != nil {
		return nil, err
	}
	return json.Marshal(p)
}

// put writes what became of a shard, once: an answer stands, a failure gives way to
// an answer, and two different answers are a failure that everybody sees.
func (q *Queue) put(ctx context.Context, t ticket) error {
	_, err := q.answers.Create(ctx, t.Name, t.bytes())
	if !errors.Is(err, jetstream.ErrKeyExists) {
		return err
	}
	before, err := q.answers.Get(ctx, t.Name)
	if err != nil {
		return fmt.Errorf("reading an answer: %w", err)
	}
	old, err := readTicket(before.Value())
	if err != nil {
		return err
	}
	if t.Failed != "" || old.Answer == t.Answer {
		return nil
	}
	if old.Failed == "" {
		t.Failed, t.Answer = "two workers answered differently: are their programs and data the same?", ""
	}
	_, err = q.answers.Update(ctx, t.Name, t.bytes(), before.Revision())
	return err
}
