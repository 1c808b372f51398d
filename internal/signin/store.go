package signin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
)

// Store keeps credentials and sessions. *query.Queries is one, outside a
// transaction or in it.
type Store interface {
	AddCredential(context.Context, query.AddCredentialParams) error
	Credential(ctx context.Context, id string) (query.Credential, error)
	CredentialsOf(ctx context.Context, person string) ([]query.Credential, error)
	RevokeCredential(context.Context, query.RevokeCredentialParams) (int64, error)
	UpdateCredentialData(context.Context, query.UpdateCredentialDataParams) (int64, error)
	AddLogin(context.Context, query.AddLoginParams) error
	Login(ctx context.Context, token []byte) (query.Login, error)
	DropLogin(ctx context.Context, token []byte) (int64, error)
	DropLoginsOf(ctx context.Context, person string) (int64, error)
	DropExpiredLogins(ctx context.Context, until int64) (int64, error)
}

// Change is what would happen: events for the ledger, and what must be written
// in the same transaction for them to be true.
type Change struct {
	Events []event.Event
	steps  []func(context.Context, Store) error
}

// Write writes the change. A Conflict means that another one came first; nothing
// of the transaction may stay then.
func (c Change) Write(ctx context.Context, s Store) error {
	for _, step := range c.steps {
		if err := step(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (c *Change) then(step func(context.Context, Store) error) { c.steps = append(c.steps, step) }

// add adds a credential and tells it.
func (c *Change) add(row query.AddCredentialParams, told event.Event) {
	c.Events = append(c.Events, told)
	c.then(func(ctx context.Context, s Store) error {
		return unavailable(s.AddCredential(ctx, row), "adding a credential")
	})
}

// revoke ends a credential that is good, or is a Conflict.
func (c *Change) revoke(id string, now time.Time) {
	c.then(func(ctx context.Context, s Store) error {
		n, err := s.RevokeCredential(ctx, query.RevokeCredentialParams{ID: id, Revoked: micro(now)})
		if err == nil && n != 1 {
			return fault.New(fault.Conflict, "ending credential %s: it is over already", id)
		}
		return unavailable(err, "ending a credential")
	})
}

// swap puts new data in the place of the old, or is a Conflict.
func (c *Change) swap(row query.Credential, data string) {
	c.then(func(ctx context.Context, s Store) error {
		n, err := s.UpdateCredentialData(ctx, query.UpdateCredentialDataParams{ID: row.ID, Data: data, Data_2: row.Data})
		if err == nil && n != 1 {
			return fault.New(fault.Conflict, "using credential %s: it was used or revoked meanwhile", row.ID)
		}
		return unavailable(err, "using a credential")
	})
}

// endSessions ends every session of a person.
func (c *Change) endSessions(p roster.PersonID) {
	c.then(func(ctx context.Context, s Store) error {
		_, err := s.DropLoginsOf(ctx, string(p))
		return unavailable(err, "ending sessions")
	})
}

// find returns a credential that is good now; false if there is none of that id
// and kind.
func (g *Gate) find(ctx context.Context, now time.Time, kind Kind, id string) (query.Credential, bool, error) {
	row, err := g.Store.Credential(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return query.Credential{}, false, nil
	}
	if err != nil {
		return query.Credential{}, false, unavailable(err, "looking a credential up")
	}
	return row, row.Kind == string(kind) && good(row, now), nil
}

// good reports whether a credential is neither revoked nor expired.
func good(row query.Credential, now time.Time) bool {
	return row.Revoked == 0 && (row.Expires == 0 || row.Expires > micro(now))
}

func unavailable(err error, doing string) error {
	if err == nil {
		return nil
	}
	return fault.As(fault.Unavailable, fmt.Errorf("%s: %w", doing, err))
}

// micro is an instant as the tables keep it; 0 for none.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// instant is the reverse of micro.
func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
