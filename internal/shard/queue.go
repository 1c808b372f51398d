package shard

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/wire"
)

// Names on the wire.
const (
	streamName = "INTERDICT_SHARDS"
	subjects   = "interdict.shards." // and profile.run
	bodies     = "interdict-shards"
	answers    = "interdict-answers"
)

// Bounds of what lies with the queue.
const (
	window    = 32     // shards of a run that wait or are worked on
	mostShard = 10_000 // of all runs
	keptFor   = 7 * 24 * time.Hour
)

// Queue is where shards wait for workers.
type Queue struct {
	line     *wire.Line
	patience Patience
	stream   jetstream.Stream
	bodies   jetstream.ObjectStore
	answers  jetstream.KeyValue
}

// Patience is how long a worker may be silent before its shard goes to another,
// and how many may try it. All machines of a cluster should have the same.
type Patience struct {
	Silence time.Duration
	Tries   uint64
}

// Usual is the patience of a bank's own network.
var Usual = Patience{Silence: 10 * time.Second, Tries: 5}

// Open opens the queue on a line; what is not there is made. Streams and buckets
// that a bank made itself, with copies on several machines for instance, are taken
// as they are.
func Open(ctx context.Context, l *wire.Line, p Patience) (*Queue, error) {
	return open(ctx, l, p, true)
}

// Enter opens the queue as a worker does: it waits until a run has made it, for only
// who runs a book knows where names of customers may be kept.
func Enter(ctx context.Context, l *wire.Line, p Patience) (*Queue, error) {
	for {
		q, err := open(ctx, l, p, false)
		if !missing(err) {
			return q, err
		}
		select {
		case <-ctx.Done():
			return nil, ended(ctx)
		case <-time.After(time.Second):
		}
	}
}

func open(ctx context.Context, l *wire.Line, p Patience, create bool) (*Queue, error) {
	q := &Queue{line: l, patience: p}
	if err := l.Ready(ctx); err != nil {
		return nil, err
	}
	var err error
	q.stream, err = l.Stream(ctx, streamName)
	if create && missing(err) {
		q.stream, err = l.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
			Name: streamName, Subjects: []string{subjects + ">"}, Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew,
			MaxMsgs: mostShard, MaxAge: keptFor, Storage: l.Keep, Duplicates: 2 * time.Minute,
		})
	}
	if err == nil {
		q.bodies, err = l.ObjectStore(ctx, bodies)
		if create && missing(err) {
			q.bodies, err = l.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: bodies, TTL: keptFor, Storage: l.Keep})
		}
	}
	if err == nil {
		q.answers, err = l.KeyValue(ctx, answers)
		if create && missing(err) {
			q.answers, err = l.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: answers, TTL: keptFor, Storage: l.Keep})
		}
	}
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("opening the queue of shards: %w", err))
	}
	return q, nil
}

// missing reports whether a part of the queue has not been made.
func missing(err error) bool {
	return errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, jetstream.ErrBucketNotFound)
}

// consumer is the one of all workers of this program's profile.
func (q *Queue) consumer(ctx context.Context) (jetstream.Consumer, error) {
	c, err := q.stream.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: "workers-" + match.Profile(), FilterSubject: subjects + match.Profile() + ".*", AckPolicy: jetstream.AckExplicitPolicy,
		AckWait: q.patience.Silence, MaxDeliver: -1, MaxAckPending: mostShard,
	})
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("entering the queue of shards: %w", err))
	}
	return c, nil
}

// ticket is what stands in the queue and among the answers: a shard by name, and
// what became of it.
type ticket struct {
	Name   string // run.id
	Span   string // its rows, for people
	Answer string `json:",omitempty"` // the object that holds the part
	Failed string `json:",omitempty"` // why no worker could end it
}

func (t ticket) id() string {
	_, id, _ := strings.Cut(t.Name, ".")
	return id
}

func (t ticket) bytes() []byte {
	b, _ := json.Marshal(t) // strings alone: it cannot fail
	return b
}

func readTicket(b []byte) (ticket, error) {
	var t ticket
	if err := json.Unmarshal(b, &t); err != nil || t.Name == "" {
		return t, fault.New(fault.Corrupt, "the queue holds what is no shard: %.80q", b)
	}
	return t, nil
}
