package clerk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"interdict/internal/access"
	"interdict/internal/fault"
)

// Duplicate is another material that says the same.
type Duplicate struct {
	ID   string `json:"id"`
	Same int    `json:"same_documents"` // with the same bytes
	Near int    `json:"near"`           // of 16 keys of near-same text that agree; any one makes a duplicate likely
}

// Duplicates returns the materials that enclose the same bytes or near-same text
// as one, as far as the reader may know of them, the likeliest first.
func (c *Clerk) Duplicates(ctx context.Context, o Order, id string) ([]Duplicate, error) {
	stream := "material/" + id
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, hidden(stream)
	}
	h, err := t.see(stream)
	if err != nil {
		return nil, t.hide(err, stream)
	}
	on, err := t.resource(h)
	if err != nil {
		return nil, err
	}
	if err := t.need(access.MaterialRead, on); err != nil {
		return nil, t.hide(err, stream)
	}
	found, err := c.alike(ctx, stream)
	if err != nil {
		return nil, err
	}
	out := []Duplicate{}
	for other, d := range found {
		_, d.ID, _ = strings.Cut(other, "/")
		if t.reaches("material", d.ID) == nil {
			out = append(out, *d)
		}
	}
	slices.SortFunc(out, func(a, b Duplicate) int {
		if a.Same != b.Same {
			return b.Same - a.Same
		}
		if a.Near != b.Near {
			return b.Near - a.Near
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out, nil
}

// alike counts for every other material what it shares with one.
func (c *Clerk) alike(ctx context.Context, stream string) (map[string]*Duplicate, error) {
	rows, err := c.Store.Queries().AlikeTo(ctx, stream)
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("looking for duplicates: %w", err))
	}
	found := map[string]*Duplicate{}
	for _, r := range rows {
		if found[r.Source] == nil {
			found[r.Source] = &Duplicate{}
		}
		if r.Relation == "near" {
			found[r.Source].Near = int(r.Shared)
		} else {
			found[r.Source].Same = int(r.Shared)
		}
	}
	return found, nil
}
