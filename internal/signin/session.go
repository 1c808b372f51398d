package signin

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"interdict/internal/query"
	"interdict/internal/roster"
)

// enter begins a session after c for a person who showed a credential.
func (g *Gate) enter(now time.Time, p roster.PersonID, with string, c Change) Entered {
	e := Entered{Person: p, Token: secret(), Until: now.Add(g.Config.Session), Change: c}
	e.Events = append(e.Events, SignedIn{p, with})
	row := query.AddLoginParams{Token: hash("session", e.Token), Person: string(p), Created: micro(now), Expires: micro(e.Until)}
	e.then(func(ctx context.Context, s Store) error {
		if _, err := s.DropExpiredLogins(ctx, micro(now)); err != nil {
			return unavailable(err, "clearing old sessions")
		}
		return unavailable(s.AddLogin(ctx, row), "beginning a session")
	})
	return e
}

// Session returns who holds a token. One that is unknown, over or ended is
// refused.
func (g *Gate) Session(ctx context.Context, now time.Time, token string) (Caller, error) {
	row, err := g.Store.Login(ctx, hash("session", token))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Caller{}, refused()
	case err != nil:
		return Caller{}, unavailable(err, "looking a session up")
	case row.Expires <= micro(now):
		return Caller{}, refused()
	}
	return Caller{Person: roster.PersonID(row.Person), Since: time.UnixMicro(row.Created).UTC()}, nil
}

// Leave ends one session; that it is over already is no error.
func (g *Gate) Leave(token string) Change {
	var c Change
	c.then(func(ctx context.Context, s Store) error {
		_, err := s.DropLogin(ctx, hash("session", token))
		return unavailable(err, "ending a session")
	})
	return c
}

// LeaveAll ends every session of a person.
func (g *Gate) LeaveAll(p roster.PersonID, reason string) Change {
	c := Change{}
	c.Events = append(c.Events, SessionsEnded{p, reason})
	c.endSessions(p)
	return c
}

// Vouch begins a session of a person who showed nothing, on the word of the
// program that calls it. Only the demo does, where everybody may be anybody.
func (g *Gate) Vouch(now time.Time, p roster.PersonID) Entered {
	return g.enter(now, p, "demo", Change{})
}
