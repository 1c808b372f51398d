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

// clear takes away what a run left: shards that wait, bodies and answers.
func (q *Queue) clear(ctx context.Context, run string) error {
	err := q.stream.Purge(ctx, jetstream.WithPurgeSubject(subjects+match.Profile()+"."+run))
	all, e := q.bodies.List(ctx)
	if !wire.Gone(e) {
		err = errors.Join(err, e)
	}
	for _, o := range all {
		if strings.HasPrefix(o.Name, run+".") {
			err = errors.Join(err, q.bodies.Delete(ctx, o.Name))
		}
	}
	keys, e := q.answers.ListKeysFiltered(ctx, run+".*")
	if e != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("clearing the queue: %w", errors.Join(err, e)))
	}
	for key := range keys.Keys() {
		err = errors.Join(err, q.answers.Purge(ctx, key))
	}
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("clearing the queue: %w", err))
	}
	return nil
}
