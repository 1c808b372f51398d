package store

import (
	"context"
	"database/sql"

	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/vault"
)

// Keys is a store of wrapped keys, apart from the ledger.
type Keys struct {
	db *sql.DB
	q  *query.Queries
	// after is called when a key was replaced, to take its old bytes off the disk.
	after func(context.Context) error
}

var _ vault.Keys = (*Keys)(nil)

// OpenKeys returns the key store in e; after, if not nil, is called when a key
// was replaced. The key store closes the database.
func OpenKeys(e Engine, after func(context.Context) error) *Keys {
	return &Keys{db: e.DB, q: query.New(e.DB), after: after}
}

// Close closes the database.
func (k *Keys) Close() error { return unavailable("closing the key store", k.db.Close()) }

// Key implements vault.Keys.
func (k *Keys) Key(ctx context.Context, subject string) ([]byte, error) {
	wrapped, err := k.q.Key(ctx, subject)
	return wrapped, unavailable("reading a key", err)
}

// Add implements vault.Keys.
func (k *Keys) Add(ctx context.Context, subject string, wrapped []byte) error {
	n, err := k.q.AddKey(ctx, query.AddKeyParams{Subject: subject, Wrapped: wrapped})
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "there is a key of %s already", subject)
	}
	return unavailable("keeping a key", err)
}

// Replace implements vault.Keys.
func (k *Keys) Replace(ctx context.Context, subject string, wrapped []byte) error {
	n, err := k.q.ReplaceKey(ctx, query.ReplaceKeyParams{Subject: subject, Wrapped: wrapped})
	switch {
	case err != nil:
		return unavailable("replacing a key", err)
	case n == 0:
		return fault.New(fault.NotFound, "there is no key of %s", subject)
	case k.after == nil:
		return nil
	}
	return unavailable("taking a destroyed key off the disk", k.after(ctx))
}
