package store

import (
	"context"
	"database/sql"
)

// Quiet calls do in a transaction of its own in which nobody appends: whoever
// wants to waits. What do changes beside the ledger is kept if it returns nil.
func (s *Store) Quiet(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, s.tx)
	if err != nil {
		return unavailable("waiting for a quiet ledger", err)
	}
	defer tx.Rollback()
	if _, err := s.lock(ctx, tx); err != nil {
		return err
	}
	if err := do(ctx, tx); err != nil {
		return err
	}
	return unavailable("keeping what was made in the quiet", tx.Commit())
}
