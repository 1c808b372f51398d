package clerk

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/fault"
	"interdict/internal/query"
)

// erasedState is the state, in the view, of what was erased.
const erasedState = "erased"

// moved is what an event changes in the views. The same is found when the
// ledger is walked again, so views are rebuilt to the same rows.
type moved struct {
	item    query.Item // indexes are set when the event has one
	added   []tie
	dropped []tie
}

// moved compares a thing before and after its last event.
func (r room) moved(before, after held) moved {
	see := r.row(after.value)
	_, id, _ := strings.Cut(after.stream, "/")
	m := moved{item: query.Item{
		Stream: after.stream, Kind: r.name, ID: id, Version: int64(after.version), State: see.state, Owner: see.owner,
		Opened: after.opened.UnixMicro(), Due: see.due, FirstIdx: after.first,
	}}
	var was []tie
	if before.version > 0 {
		was = r.ties(before.value)
	}
	now := r.ties(after.value)
	for _, t := range now {
		if !slices.Contains(was, t) {
			m.added = append(m.added, t)
		}
	}
	for _, t := range was {
		if !slices.Contains(now, t) {
			m.dropped = append(m.dropped, t)
		}
	}
	return m
}

// put writes it for the event of an index.
func (m moved) put(ctx context.Context, q *query.Queries, index int64, at time.Time) error {
	m.item.LastIdx, m.item.Changed = index, at.UnixMicro()
	if m.item.Version == 1 {
		m.item.FirstIdx = index
	}
	if err := q.PutItem(ctx, query.PutItemParams(m.item)); err != nil {
		return err
	}
	for _, t := range m.added {
		if err := q.PutTie(ctx, query.PutTieParams{Source: m.item.Stream, Relation: t.relation, Target: t.target, Idx: index}); err != nil {
			return err
		}
	}
	for _, t := range m.dropped {
		if _, err := q.DropTie(ctx, query.DropTieParams{Source: m.item.Stream, Relation: t.relation, Target: t.target}); err != nil {
			return err
		}
	}
	return nil
}

// move writes the views of a turn inside its transaction. A stream that began in
// this very turn learns its first index here.
func (t *Turn) move(ctx context.Context, tx *sql.Tx, first int64) error {
	q := query.New(tx)
	began := map[string]int64{}
	for i, d := range t.drafts {
		index := first + int64(i)
		if d.envelope.Version == 1 {
			began[d.envelope.Stream] = index
		}
		if at, ok := began[d.envelope.Stream]; ok {
			d.moved.item.FirstIdx = at
		}
		if err := d.moved.put(ctx, q, index, d.envelope.At); err != nil {
			return fault.As(fault.Unavailable, fmt.Errorf("moving the views: %w", err))
		}
	}
	for _, write := range t.beside {
		if err := write(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// micro is an instant as the views keep it; 0 for none.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
