package clerk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"interdict/internal/access"
	"interdict/internal/erasure"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/vault"
)

var erasureCommands = []Command{
	making("erasure.request", "Ask that what was sealed of a material, an alert, a petition or a closed dossier be destroyed for ever.", func(*Turn, erasing) access.Resource {
		return access.Resource{}
	}, func(t *Turn, b erasing) error {
		item, err := t.clerk.Store.Queries().Item(t.ctx, b.Of)
		if err != nil {
			return hidden(b.Of)
		}
		id, err := newID[erasure.Order](t.clerk)
		if err != nil {
			return err
		}
		events, err := erasure.Order{}.Request(t.By, erasure.Asked{ID: id, Of: b.Of, Reason: b.Reason}, item.State)
		if err != nil {
			return err
		}
		return t.add(erasure.Stream(id), events...)
	}),
	onThing("erasure.approve", "Order an erasure that another person asked for. It cannot be undone.", func(t *Turn, stream string, o erasure.Order, b erasure.Allowed) error {
		events, err := o.Approve(t.By, b.Note)
		if err != nil {
			return err
		}
		t.beside = append(t.beside, func(ctx context.Context, q *query.Queries) error { return blank(ctx, q, o.Of) })
		return t.add(stream, events...)
	}),
	verb("erasure.deny", "Refuse an erasure.", func(t *Turn, o erasure.Order, b erasure.Refused) ([]event.Event, error) {
		return o.Deny(t.By, b.Reason)
	}),
}

// erasing asks for an erasure.
type erasing struct {
	Of     string `json:"of" doc:"what is to be erased, as material/M…"`
	Reason string `json:"reason" doc:"without personal data: it stays"`
}

var erasureRoom = roomOf("erasure", erasure.Events,
	func(o erasure.Order) row { return row{state: string(o.State)} },
	func(o erasure.Order) []tie {
		if o.State == erasure.Approved {
			return []tie{{"erases", o.Of}}
		}
		return nil
	},
	func(o erasure.Order) access.Resource {
		return access.Resource{Kind: "erasure", ID: o.ID.String(), State: string(o.State)}
	})

// blank leaves of a thing in the views only that it was there.
func blank(ctx context.Context, q *query.Queries, stream string) error {
	item, err := q.Item(ctx, stream)
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("erasing %s from the views: %w", stream, err))
	}
	item.State, item.Owner, item.Due = erasedState, "", 0
	if err := q.PutItem(ctx, query.PutItemParams(item)); err != nil {
		return err
	}
	ties, err := q.TiesFrom(ctx, stream)
	if err != nil {
		return err
	}
	for _, t := range ties {
		if _, err := q.DropTie(ctx, query.DropTieParams{Source: t.Source, Relation: t.Relation, Target: t.Target}); err != nil {
			return err
		}
	}
	return nil
}

// FinishErasures destroys the keys of everything whose erasure was approved:
// right after the order, with each tick until it is done, and at the start, if a
// process died in between.
func (c *Clerk) FinishErasures(ctx context.Context) error {
	c.erasing.Lock() // else one that saw less could say that all is done
	defer c.erasing.Unlock()
	c.unerased.Store(true)
	all, err := c.all(ctx, "erasure", string(erasure.Approved))
	if err != nil {
		return err
	}
	var faults []error
	for _, h := range all {
		if err := c.destroy(ctx, h.value.(erasure.Order)); err != nil {
			faults = append(faults, err)
		}
	}
	c.unerased.Store(len(faults) > 0)
	return errors.Join(faults...)
}

// destroy destroys the key of what was ordered to be erased.
func (c *Clerk) destroy(ctx context.Context, o erasure.Order) error {
	err := c.Vault.Erase(ctx, subjectOf(o.Of), vault.Erasure{By: string(o.By), Second: string(o.Second), Reason: o.Reason, At: o.At})
	c.memory.forget(o.Of)
	if isErased(err) {
		return nil // done before
	}
	return err
}

// replayErased writes the row of a thing whose events can be read no longer.
func replayErased(ctx context.Context, q *query.Queries, before held, env event.Envelope, index int64) (held, error) {
	if before.version == 0 {
		before.first, before.opened = index, env.At
	}
	before.version = env.Version
	kind, id, _ := strings.Cut(env.Stream, "/")
	return before, q.PutItem(ctx, query.PutItemParams{
		Stream: env.Stream, Kind: kind, ID: id, Version: int64(env.Version), State: erasedState,
		Opened: before.opened.UnixMicro(), Changed: env.At.UnixMicro(), FirstIdx: before.first, LastIdx: index,
	})
}
