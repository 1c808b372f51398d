package clerk

import (
	"context"
	"fmt"

	"interdict/internal/fault"
)

// Glance returns at which version a thing is, to who may read any part of it now;
// to anybody else it is NotFound. Nothing of it is shown, so that it is no
// reading.
func (c *Clerk) Glance(ctx context.Context, o Order, kind, id string) (uint64, error) {
	stream := kind + "/" + id
	t, err := c.turn(ctx, o)
	if err != nil {
		return 0, hidden(stream)
	}
	h, err := t.see(stream)
	if err != nil {
		return 0, t.hide(err, stream)
	}
	shown, err := t.shown(faces[kind], h)
	if err != nil || len(shown) == 0 {
		return 0, t.hideOr(err, stream)
	}
	for _, f := range shown {
		if f.show(t.By, h.value, nil) != nil {
			return h.version, nil
		}
	}
	return 0, hidden(stream)
}

// Versions returns the versions of streams as they are now. It asks for nobody:
// whom they are told must be seen to by Glance.
func (c *Clerk) Versions(ctx context.Context, streams []string) (map[string]uint64, error) {
	items, err := c.Store.Queries().ItemsOf(ctx, streams)
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("looking for what changed: %w", err))
	}
	out := map[string]uint64{}
	for _, i := range items {
		out[i.Stream] = uint64(i.Version)
	}
	return out, nil
}
