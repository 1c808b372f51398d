package clerk

import (
	"context"
	"fmt"

	"interdict/internal/fault"
	"interdict/internal/query"
)

// pageOf is how many rows of a view are read at once.
const pageOf = 200

// rows yields the rows of a kind in a state ("" for any), in the order of their
// streams, from after one on, until see answers false.
func (c *Clerk) rows(ctx context.Context, kind, state, after string, see func(query.Item) (bool, error)) error {
	return c.pages(ctx, kind, state, after, pageOf, func(items []query.Item) (bool, error) { return eachRow(items, see) })
}

func eachRow(items []query.Item, see func(query.Item) (bool, error)) (bool, error) {
	for _, i := range items {
		if more, err := see(i); err != nil || !more {
			return false, err
		}
	}
	return true, nil
}

// pages yields what rows does, so many at a time.
func (c *Clerk) pages(ctx context.Context, kind, state, after string, most int, see func([]query.Item) (bool, error)) error {
	for {
		items, err := c.Store.Queries().ItemsOfKind(ctx, query.ItemsOfKindParams{Kind: kind, State: state, Stream: after, Limit: int32(most)})
		if err != nil {
			return fault.As(fault.Unavailable, fmt.Errorf("reading the view of %ss: %w", kind, err))
		}
		if len(items) > 0 {
			if more, err := see(items); err != nil || !more {
				return err
			}
			after = items[len(items)-1].Stream
		}
		if len(items) < most {
			return nil
		}
		most = min(2*most, pageOf) // who knows of few of many is not asked for long
	}
}

// all returns every thing of a kind in a state; what was erased is left out.
func (c *Clerk) all(ctx context.Context, kind, state string) ([]held, error) {
	var out []held
	err := c.rows(ctx, kind, state, "", func(i query.Item) (bool, error) {
		if i.State == erasedState {
			return true, nil
		}
		h, err := c.thing(ctx, i.Stream)
		if isErased(err) {
			return true, nil
		}
		out = append(out, h)
		return true, err
	})
	return out, err
}
