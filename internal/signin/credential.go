package signin

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
)

// Held is a credential as its person may see it: never a secret.
type Held struct {
	ID      string
	Person  roster.PersonID
	Kind    Kind
	Label   string
	Scope   []access.Action
	Created time.Time
	Until   time.Time // zero without end
	Revoked time.Time // zero while good
}

// label is what every kind of data may say of itself.
type label struct {
	Label string          `json:"label,omitempty"`
	Scope []access.Action `json:"scope,omitempty"`
}

// Credentials returns everything that a person has or had.
func (g *Gate) Credentials(ctx context.Context, p roster.PersonID) ([]Held, error) {
	rows, err := g.Store.CredentialsOf(ctx, string(p))
	if err != nil {
		return nil, unavailable(err, "listing credentials")
	}
	var all []Held
	for _, r := range rows {
		var l label
		if err := json.Unmarshal([]byte(r.Data), &l); err != nil {
			return nil, fault.New(fault.Corrupt, "credential %s: %w", r.ID, err)
		}
		all = append(all, Held{
			ID: r.ID, Person: roster.PersonID(r.Person), Kind: Kind(r.Kind), Label: l.Label, Scope: l.Scope,
			Created: instant(r.Created), Until: instant(r.Expires), Revoked: instant(r.Revoked),
		})
	}
	return all, nil
}

// Revoke ends a credential and the sessions of its person.
func (g *Gate) Revoke(ctx context.Context, now time.Time, id, reason string) (Change, error) {
	row, err := g.Store.Credential(ctx, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Change{}, fault.New(fault.NotFound, "there is no credential %q", id)
	case err != nil:
		return Change{}, unavailable(err, "looking a credential up")
	case reason == "":
		return Change{}, fault.New(fault.Invalid, "revoking %s: want a reason", id)
	case row.Revoked != 0:
		return Change{}, fault.New(fault.Conflict, "revoking %s: it is over already", id)
	}
	var c Change
	c.end(row, now, reason)
	c.endSessions(roster.PersonID(row.Person))
	return c, nil
}

// RevokeAll ends every credential and session of a person who leaves.
func (g *Gate) RevokeAll(ctx context.Context, now time.Time, p roster.PersonID, reason string) (Change, error) {
	c := g.LeaveAll(p, reason)
	err := g.endThose(ctx, &c, now, p, reason, func(query.Credential) bool { return true })
	return c, err
}

// endThose ends the credentials of a person that are good and of some sort.
func (g *Gate) endThose(ctx context.Context, c *Change, now time.Time, p roster.PersonID, reason string, of func(query.Credential) bool) error {
	rows, err := g.Store.CredentialsOf(ctx, string(p))
	if err != nil {
		return unavailable(err, "listing credentials")
	}
	for _, r := range rows {
		if r.Revoked == 0 && of(r) {
			c.end(r, now, reason)
		}
	}
	return nil
}

func (c *Change) end(row query.Credential, now time.Time, reason string) {
	c.Events = append(c.Events, CredentialRevoked{row.ID, roster.PersonID(row.Person), reason})
	c.revoke(row.ID, now)
}

func ofKind(k Kind) func(query.Credential) bool {
	return func(r query.Credential) bool { return r.Kind == string(k) }
}
