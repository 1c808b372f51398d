package clerk

import (
	"context"

	"interdict/internal/publish"
)

// PostEdition records an edition without a decision that made it.
func (c *Clerk) PostEdition(ctx context.Context, m publish.Manifest) error { return c.postOne(ctx, m) }
