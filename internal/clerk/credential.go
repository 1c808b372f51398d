package clerk

import (
	"context"
	"slices"
	"time"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

var signinRoom = roomOf("signin", signin.Events,
	func(signin.Ring) row { return row{state: "kept"} },
	func(signin.Ring) []tie { return nil },
	func(r signin.Ring) access.Resource {
		return access.Resource{Kind: "credential", ID: string(r.Person), Assigned: []roster.PersonID{r.Person}}
	})

// credentials adds a change of a person's credentials to the turn.
func (t *Turn) credentials(p roster.PersonID, change signin.Change) error {
	if err := t.add(signin.Stream(p), change.Events...); err != nil {
		return err
	}
	t.beside = append(t.beside, func(ctx context.Context, q *query.Queries) error { return change.Write(ctx, q) })
	return nil
}

// revokeAll ends what a person signed in with.
func (t *Turn) revokeAll(p roster.PersonID, reason string) error {
	if t.clerk.Gate == nil {
		return nil
	}
	change, err := t.clerk.Gate.RevokeAll(t.ctx, t.At, p, reason)
	if err != nil || len(change.Events) == 0 {
		return err
	}
	return t.credentials(p, change)
}

// Keep appends a change of credentials that a person makes by himself: signing
// in and out, adding what he signs in with.
func (c *Clerk) Keep(ctx context.Context, p roster.PersonID, change signin.Change) error {
	if len(change.Events) == 0 {
		return change.Write(ctx, c.Store.Queries())
	}
	person, _, err := c.person(ctx, p)
	if err != nil {
		return err
	}
	t := c.turnOf(ctx, Order{By: p}, person)
	if err := t.credentials(p, change); err != nil {
		return err
	}
	_, err = t.commit()
	return err
}

// Person returns who is here by that id, and who else there is; Forbidden if
// nobody is.
func (c *Clerk) Person(ctx context.Context, p roster.PersonID) (roster.Person, roster.Roster, error) {
	return c.person(ctx, p)
}

// Here returns an error unless the person is here still.
func (c *Clerk) Here(ctx context.Context, p roster.PersonID) (roster.Person, error) {
	person, _, err := c.person(ctx, p)
	return person, err
}

// mayKeep returns NotFound unless the person of the turn may do that to the
// credentials of somebody.
func (t *Turn) mayKeep(a access.Action, of roster.PersonID) error {
	on := access.Resource{Kind: "credential", ID: string(of), Assigned: []roster.PersonID{of}}
	if err := t.need(a, on); err != nil {
		return fault.New(fault.NotFound, "there is nobody %q", of)
	}
	if p, ok := t.Roster.Person(of); !ok || !p.Left.IsZero() {
		return fault.New(fault.NotFound, "there is nobody %q", of)
	}
	return nil
}

// Invite issues a code of one use with which another person adds a credential.
func (c *Clerk) Invite(ctx context.Context, o Order, person roster.PersonID) (string, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return "", err
	}
	if err := t.mayKeep(access.CredentialInvite, person); err != nil {
		return "", err
	}
	code, change, err := c.Gate.Invite(ctx, t.At, o.By, person)
	if err != nil {
		return "", err
	}
	return code, t.keep(person, change)
}

// Welcome issues the code of the first administrator, on the word of whoever
// holds the machine.
func (c *Clerk) Welcome(ctx context.Context, person roster.PersonID) (string, error) {
	t := c.turnOf(ctx, Order{By: roster.System}, roster.Person{ID: roster.System})
	code, change, err := c.Gate.Invite(ctx, t.At, roster.System, person)
	if err != nil {
		return "", err
	}
	return code, t.keep(person, change)
}

func (t *Turn) keep(p roster.PersonID, change signin.Change) error {
	if err := t.credentials(p, change); err != nil {
		return err
	}
	_, err := t.commit()
	return err
}

// KeyWish asks for an API key of a person or machine.
type KeyWish struct {
	Person roster.PersonID `json:"person"`
	Scope  []access.Action `json:"scope" minItems:"1" doc:"what may be done with it, if the person may"`
	Label  string          `json:"label" doc:"for people who list keys"`
	Until  time.Time       `json:"until,omitzero" doc:"a year at most; a year, if none is given"`
}

// IssueKey issues an API key: for oneself, or for a machine by an administrator.
// A key issues none that may do more than it may itself, a session only within
// ten minutes after its beginning. The key is shown once.
func (c *Clerk) IssueKey(ctx context.Context, o Order, w KeyWish) (string, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return "", err
	}
	action := access.CredentialAdd
	if w.Person != o.By {
		action = access.CredentialEquip
	}
	if err := t.mayKeep(action, w.Person); err != nil {
		return "", err
	}
	if p, _ := t.Roster.Person(w.Person); action == access.CredentialEquip && p.Human() {
		return "", fault.New(fault.NotFound, "there is nobody %q", w.Person)
	}
	if !o.Since.IsZero() {
		if err := signin.Recent(o.Since, t.At); err != nil {
			return "", err
		}
	}
	if more := slices.DeleteFunc(slices.Clone(w.Scope), func(a access.Action) bool { return o.Scope == nil || slices.Contains(o.Scope, a) }); len(more) > 0 {
		return "", fault.New(fault.Forbidden, "a key that may not do %s itself issues none that may", more[0])
	}
	if w.Until.IsZero() {
		w.Until = t.At.AddDate(1, 0, 0)
	}
	key, change, err := c.Gate.IssueKey(t.At, signin.Grant{Person: w.Person, Scope: w.Scope, Label: w.Label, Until: w.Until.UTC()})
	if err != nil {
		return "", err
	}
	return key, t.keep(w.Person, change)
}

// EnrolKey issues the first API key of the person who holds an enrolment code,
// for whatever the wish names, or for everything that the person may do.
func (c *Clerk) EnrolKey(ctx context.Context, code string, w KeyWish) (string, error) {
	at := c.now()
	right, err := c.Gate.Redeem(ctx, at, code)
	if err != nil {
		return "", err
	}
	if len(w.Scope) == 0 {
		w.Scope = access.All()
	}
	if w.Until.IsZero() {
		w.Until = at.AddDate(1, 0, 0)
	}
	key, change, err := c.Gate.EnrolKey(at, right, signin.Grant{Scope: w.Scope, Label: w.Label, Until: w.Until.UTC()})
	if err != nil {
		return "", err
	}
	return key, c.Keep(ctx, right.Person, change)
}

// Credentials lists what a person signs in with; never a secret.
func (c *Clerk) Credentials(ctx context.Context, o Order, of roster.PersonID) ([]signin.Held, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := t.mayKeep(access.CredentialList, of); err != nil {
		return nil, err
	}
	return c.Gate.Credentials(ctx, of)
}

// Revoke ends a credential of a person.
func (c *Clerk) Revoke(ctx context.Context, o Order, of roster.PersonID, id, reason string) error {
	t, err := c.turn(ctx, o)
	if err != nil {
		return err
	}
	if err := t.mayKeep(access.CredentialRevoke, of); err != nil {
		return err
	}
	held, err := c.Gate.Credentials(ctx, of)
	if err != nil {
		return err
	}
	for _, h := range held {
		if h.ID != id {
			continue
		}
		change, err := c.Gate.Revoke(ctx, t.At, id, reason)
		if err != nil {
			return err
		}
		return t.keep(of, change)
	}
	return fault.New(fault.NotFound, "%s has no credential %q", of, id)
}
