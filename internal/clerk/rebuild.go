package clerk

import (
	"context"
	"database/sql"
	"fmt"

	"interdict/internal/query"
	"interdict/internal/store"
)

// Rebuilt is what walking the ledger anew came to.
type Rebuilt struct {
	Entries int64    `json:"entries"`
	Items   int      `json:"items"`
	Ties    int      `json:"ties"`
	Differ  []string `json:"differ,omitempty"` // what the views said otherwise, the first hundred
}

// Rebuild makes every view anew from the ledger, compares it with what is there
// and puts it in its place, in one transaction in which nothing is appended.
func (c *Clerk) Rebuild(ctx context.Context, progress func(done int64)) (Rebuilt, error) {
	var out Rebuilt
	err := c.Store.Quiet(ctx, func(ctx context.Context, tx *sql.Tx) error {
		q := query.New(tx)
		items, ties, err := viewsOf(ctx, q)
		if err != nil {
			return err
		}
		if err := q.ClearItems(ctx); err != nil {
			return err
		}
		if err := q.ClearTies(ctx); err != nil {
			return err
		}
		if out.Entries, err = c.replay(ctx, q, progress); err != nil {
			return err
		}
		newItems, newTies, err := viewsOf(ctx, q)
		if err != nil {
			return err
		}
		out.Items, out.Ties = len(newItems), len(newTies)
		out.Differ = append(differ(items, newItems), differ(ties, newTies)...)
		out.Differ = out.Differ[:min(len(out.Differ), 100)]
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("rebuilding the views: %w", err)
	}
	return out, nil
}

// viewsOf returns every row of the views, as text under its key.
func viewsOf(ctx context.Context, q *query.Queries) (items, ties map[string]string, err error) {
	allItems, err := q.AllItems(ctx)
	if err != nil {
		return nil, nil, err
	}
	allTies, err := q.AllTies(ctx)
	if err != nil {
		return nil, nil, err
	}
	items, ties = map[string]string{}, map[string]string{}
	for _, i := range allItems {
		items[i.Stream] = fmt.Sprintf("%+v", i)
	}
	for _, t := range allTies {
		ties[t.Source+" "+t.Relation+" "+t.Target] = fmt.Sprintf("%+v", t)
	}
	return items, ties, nil
}

func differ(was, is map[string]string) []string {
	var out []string
	for k, v := range is {
		switch old, ok := was[k]; {
		case !ok:
			out = append(out, "missing: "+v)
		case old != v:
			out = append(out, "was "+old+", is "+v)
		}
	}
	for k, v := range was {
		if _, ok := is[k]; !ok {
			out = append(out, "too much: "+v)
		}
	}
	return out
}

// replay walks the ledger and writes the views as every command did.
func (c *Clerk) replay(ctx context.Context, q *query.Queries, progress func(int64)) (int64, error) {
	things := map[string]held{}
	var n int64
	for e, err := range c.Store.Walk(ctx, 0) {
		if err != nil {
			return n, err
		}
		if err := c.replayOne(ctx, q, things, e); err != nil {
			return n, fmt.Errorf("entry %d: %w", e.Index, err)
		}
		if n++; progress != nil && n%1024 == 0 {
			progress(n)
		}
	}
	return n, nil
}

func (c *Clerk) replayOne(ctx context.Context, q *query.Queries, things map[string]held, e store.Happened) error {
	stream := e.Envelope.Stream
	r, err := roomFor(stream)
	if err != nil {
		return err
	}
	before, ok := things[stream]
	if !ok {
		before = held{stream: stream}
	}
	after, err := c.foldOn(ctx, before, []store.Happened{e})
	if isErased(err) {
		things[stream], err = replayErased(ctx, q, before, e.Envelope, e.Index)
		return err
	}
	if err != nil {
		return err
	}
	things[stream] = after
	return r.moved(before, after).put(ctx, q, e.Index, e.Envelope.At)
}
