package shard

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/wire"
)

// clear takes away what a run left: shards that wait, then bodies, then answers. A
// worker that ends later finds no body, and takes its answer back.
func (q *Queue) clear(ctx context.Context, run string) error {
	err := q.stream.Purge(ctx, jetstream.WithPurgeSubject(subjects+match.Profile()+"."+run))
	for left := true; left && err == nil; {
		left, err = q.clearBodies(ctx, run)
	}
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("clearing the queue: %w", err))
	}
	keys, err := q.answers.ListKeysFiltered(ctx, run+".*")
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("clearing the queue: %w", err))
	}
	for key := range keys.Keys() {
		err = errors.Join(err, q.answers.Purge(ctx, key))
	}
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("clearing the queue: %w", err))
	}
	return nil
}

// clearBodies deletes the bodies of a run, and reports whether there were any.
func (q *Queue) clearBodies(ctx context.Context, run string) (found bool, err error) {
	all, err := q.bodies.List(ctx)
	if wire.Gone(err) {
		return false, nil
	}
	for _, o := range all {
		if !strings.HasPrefix(o.Name, run+".") {
			continue
		}
		found = true
		if e := q.bodies.Delete(ctx, o.Name); !wire.Gone(e) {
			err = errors.Join(err, e)
		}
	}
	return found, err
}
