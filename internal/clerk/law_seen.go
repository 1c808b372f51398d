package clerk

import (
	"context"

	"interdict/internal/access"
	"interdict/internal/statute"
)

// Statute returns the version of a statute that something rests on; the one in
// force, if none is named. NotFound if there is none.
func (c *Clerk) Statute(ctx context.Context, o Order, id, version string) (statute.Statute, error) {
	if _, err := c.mayHouse(ctx, o, access.StatuteRead); err != nil {
		return statute.Statute{}, err
	}
	if id == "" {
		return c.law(ctx)
	}
	return c.lawThen(ctx, id, version)
}
