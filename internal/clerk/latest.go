package clerk

import (
	"context"
	"fmt"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/query"
)

// Latest returns, of a kind and state, what the reader's organisation began last,
// as far as he may know of it, the last first. Titles are shown, and recorded, as
// List does.
func (c *Clerk) Latest(ctx context.Context, o Order, kind, state string, most int) ([]Row, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	action := access.Action(kind + ".list")
	if _, ok := access.Find(action); !ok {
		return nil, fault.New(fault.NotFound, "there is no list of %q", kind)
	}
	items, err := c.Store.Queries().ItemsLatest(ctx, query.ItemsLatestParams{Kind: kind, State: state, Owner: string(t.By.Organisation), Limit: pageOf})
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("looking for the latest of %s: %w", t.By.Organisation, err))
	}
	var rows []Row
	var shown []string
	for _, i := range items {
		if len(rows) == most {
			break
		}
		row, ok, err := t.rowOf(i, action)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if rows = append(rows, row); row.Title != "" {
			shown = append(shown, row.ID)
		}
	}
	if len(shown) == 0 {
		return rows, nil
	}
	return rows, t.reading(Listed{Of: kind, Shown: shown, Purpose: o.Purpose})
}
