package shard

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/screen"
	"interdict/internal/wire"
)

// Run is one book on its way through the queue.
type Run struct {
	Work
	Name  string                         // of the run, the same when it goes on; letters and digits
	Join  func(Part) error               // takes the parts in the order of the book; what it returns from is kept for good
	Alone func(waiting int, what string) // told when nothing moves and no worker is there; may be nil
}

// ErrShard is in the error of a run that a shard has ended. Its name must not be
// used again: what was tried in vain is begun anew under another.
var ErrShard = errors.New("a shard could not be screened")

// Run cuts rows into shards, waits for their answers and hands them on. A run of the
// same name that was stopped is taken up: give it the rows behind those that were
// joined. When it returns without an error, or with ErrShard, nothing of the run is
// left with the queue.
func (q *Queue) Run(ctx context.Context, rows iter.Seq2[screen.Row, error], r Run) error {
	if _, err := q.consumer(ctx); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	watch, err := q.answers.Watch(ctx, r.Name+".*")
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("watching for answers: %w", err))
	}
	defer func() { _ = watch.Stop() }()
	order := make(chan offered, window)
	go func() {
		defer close(order)
		q.offerAll(ctx, rows, r, order)
	}()
	w := waiting{q: q, r: r, watch: watch, ready: map[string]ticket{}}
	for o := range order {
		if err = o.err; err == nil {
			err = w.joinNext(ctx, o.ticket)
		}
		if err != nil {
			break
		}
	}
	if err == nil && ctx.Err() != nil { // the book was not cut to its end
		err = ended(ctx)
	}
	stop()
	for range order { // until whoever reads the book has ended
	}
	if err == nil || errors.Is(err, ErrShard) {
		clean, end := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer end()
		err = errors.Join(err, q.clear(clean, r.Name))
	}
	return err
}

// offered is a shard in the queue, or why the book ended.
type offered struct {
	ticket
	err error
}

// offerAll cuts the book and puts the shards into the queue, never more than the
// window ahead of the joined ones.
func (q *Queue) offerAll(ctx context.Context, rows iter.Seq2[screen.Row, error], r Run, order chan<- offered) {
	send := func(o offered) bool {
		select {
		case order <- o:
			return o.err == nil
		case <-ctx.Done():
			return false
		}
	}
	s, size := &shard{Work: r.Work}, 0
	flush := func() bool {
		t, err := q.offer(ctx, s, r.Name)
		s, size = &shard{Work: r.Work}, 0
		return send(offered{t, err})
	}
	for x, err := range rows {
		if err != nil {
			send(offered{err: err})
			return
		}
		size += s.add(x)
		if (len(s.Rows) == mostRows || size > mostBytes) && !flush() {
			return
		}
	}
	if err := ctx.Err(); err != nil {
		return
	}
	if len(s.Rows) > 0 {
		flush()
	}
}

// offer puts a shard into the queue, unless it is there or has been answered. A
// queue that is full is waited for.
func (q *Queue) offer(ctx context.Context, s *shard, run string) (ticket, error) {
	b, id, err := s.encode()
	if err != nil {
		return ticket{}, err
	}
	t := ticket{Name: run + "." + id, Span: s.span()}
	if _, err := q.answers.Get(ctx, t.Name); err == nil {
		return t, nil
	} else if !wire.Gone(err) {
		return t, fault.As(fault.Unavailable, fmt.Errorf("asking for an answer: %w", err))
	}
	if _, err = q.bodies.GetInfo(ctx, t.Name); wire.Gone(err) {
		_, err = q.bodies.PutBytes(ctx, t.Name, b)
	}
	if err != nil {
		return t, fault.As(fault.Unavailable, fmt.Errorf("putting %s into the queue: %w", t.Span, err))
	}
	for {
		_, err := q.line.Publish(ctx, subjects+match.Profile()+"."+run, t.bytes(), jetstream.WithMsgID(t.Name))
		var full *jetstream.APIError
		if err == nil || ctx.Err() != nil {
			return t, err
		}
		if !errors.As(err, &full) || full.Code != 503 { // 503: the queue is full
			return t, fault.As(fault.Unavailable, fmt.Errorf("putting %s into the queue: %w", t.Span, err))
		}
		rest(ctx)
	}
}

// waiting is the end of the queue where answers come out.
type waiting struct {
	q     *Queue
	r     Run
	watch jetstream.KeyWatcher
	ready map[string]ticket // answered before it was their turn
}

// joinNext waits for the answer of a shard, hands it on and takes it away.
func (w *waiting) joinNext(ctx context.Context, t ticket) error {
	got, err := w.await(ctx, t)
	if err != nil {
		return err
	}
	delete(w.ready, t.Name)
	if got.Failed != "" {
		return fault.Hint(fault.As(fault.Unavailable, fmt.Errorf("%w: %s, %s", ErrShard, t.Span, got.Failed)),
			"what was joined before is kept; mend the cause and give the same call again")
	}
	b, err := w.q.bodies.GetBytes(ctx, got.Answer)
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("fetching the answer of %s: %w", t.Span, err))
	}
	plain, err := unpack(b)
	if err != nil {
		return fmt.Errorf("reading the answer of %s: %w", t.Span, err)
	}
	var p Part
	if err := json.Unmarshal(plain, &p); err != nil {
		return fault.As(fault.Corrupt, fmt.Errorf("reading the answer of %s: %w", t.Span, err))
	}
	if err := w.r.Join(p); err != nil {
		return err
	}
	return w.q.drop(ctx, got)
}

// await returns the answer of a shard. While nothing moves, it looks whether anybody
// works.
func (w *waiting) await(ctx context.Context, t ticket) (ticket, error) {
	still := time.NewTicker(2 * w.q.patience.Silence)
	defer still.Stop()
	for {
		if got, ok := w.ready[t.Name]; ok {
			return got, nil
		}
		select {
		case <-ctx.Done():
			return t, ended(ctx)
		case e, ok := <-w.watch.Updates():
			if !ok && ctx.Err() != nil {
				return t, ended(ctx)
			}
			if !ok {
				return t, fault.New(fault.Unavailable, "the queue of shards has gone away")
			}
			if e == nil || e.Operation() != jetstream.KeyValuePut {
				continue
			}
			got, err := readTicket(e.Value())
			if err != nil {
				return t, err
			}
			w.ready[got.Name] = got
		case <-still.C:
			w.alone(ctx, t)
		}
	}
}

func ended(ctx context.Context) error {
	return fault.As(fault.Unavailable, fmt.Errorf("the run was stopped: %w", context.Cause(ctx)))
}

func (w *waiting) alone(ctx context.Context, t ticket) {
	if w.r.Alone == nil {
		return
	}
	c, err := w.q.consumer(ctx)
	if err != nil {
		w.r.Alone(0, "the queue does not answer: "+err.Error())
		return
	}
	if i := c.CachedInfo(); i.NumWaiting == 0 && i.NumAckPending == 0 {
		w.r.Alone(int(i.NumPending), "no worker of profile "+match.Profile()+" is there; next are "+t.Span)
	}
}

// drop takes a joined shard away: first its answer, so that who is stopped between
// finds a shard to work on again, not an answer without its object.
func (q *Queue) drop(ctx context.Context, t ticket) error {
	err := q.answers.Purge(ctx, t.Name)
	for _, name := range []string{t.Name, t.Answer} {
		if name == "" { // it failed
			continue
		}
		if e := q.bodies.Delete(ctx, name); !wire.Gone(e) {
			err = errors.Join(err, e)
		}
	}
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("taking a shard from the queue: %w", err))
	}
	return nil
}
