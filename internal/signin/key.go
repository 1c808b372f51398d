package signin

import (
	"context"
	"crypto/x509"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
)

// longest is how long a key or a mapped certificate is good at most.
const longest = 366 * 24 * time.Hour

// Grant is what a key or a certificate is for.
type Grant struct {
	Person roster.PersonID // person or machine
	Scope  []access.Action // what may be done with it, if the person may; never empty
	Label  string          // for people who list keys
	Until  time.Time       // a year at most
}

// IssueKey returns a new API key, "ik_id_secret", which is shown once.
func (g *Gate) IssueKey(now time.Time, grant Grant) (string, Change, error) {
	id, word := shortID(), secret()
	c, err := grant.add(now, Key, string(Key)+"/"+id, hash("key", word))
	return "ik_" + id + "_" + word, c, err
}

// EnrolKey returns the first API key of somebody who works at a terminal, by the
// right that a code gave. The code is used up with it.
func (g *Gate) EnrolKey(now time.Time, r Right, grant Grant) (string, Change, error) {
	grant.Person = r.Person
	text, c, err := g.IssueKey(now, grant)
	if err != nil {
		return "", c, err
	}
	added, _ := c.Events[0].(CredentialAdded)
	added.Code = r.code
	c.Events[0] = added
	r.use(&c, now)
	return text, c, nil
}

// Key returns who calls with an API key.
func (g *Gate) Key(ctx context.Context, now time.Time, text string) (Caller, error) {
	id, word := split("ik", text)
	row, ok, err := g.find(ctx, now, Key, string(Key)+"/"+id)
	if err != nil {
		return Caller{}, err
	}
	if !same(row.Secret, hash("key", word)) || !ok {
		return Caller{}, refused()
	}
	return callerOf(row)
}

// MapCertificate lets the holder of a client certificate's key call. The key is
// what counts (SHA-256 of its SubjectPublicKeyInfo), so that a renewed
// certificate for the same key needs no new mapping.
func (g *Gate) MapCertificate(ctx context.Context, now time.Time, cert *x509.Certificate, grant Grant) (Change, error) {
	id := idOf(Certificate, cert.RawSubjectPublicKeyInfo)
	if err := g.unused(ctx, id); err != nil {
		return Change{}, err
	}
	return grant.add(now, Certificate, id, []byte{})
}

// Certificate returns who calls with a client certificate. That the caller holds
// its key is what the TLS handshake has shown.
func (g *Gate) Certificate(ctx context.Context, now time.Time, cert *x509.Certificate) (Caller, error) {
	row, ok, err := g.find(ctx, now, Certificate, idOf(Certificate, cert.RawSubjectPublicKeyInfo))
	if err != nil {
		return Caller{}, err
	}
	if !ok || now.Before(cert.NotBefore) || now.After(cert.NotAfter) {
		return Caller{}, refused()
	}
	return callerOf(row)
}

// add returns the change that adds the credential.
func (grant Grant) add(now time.Time, kind Kind, id string, secret []byte) (Change, error) {
	switch {
	case grant.Person == "" || grant.Person == roster.System:
		return Change{}, fault.New(fault.Invalid, "adding a %s: for whom?", kind)
	case len(grant.Scope) == 0:
		return Change{}, fault.New(fault.Invalid, "adding a %s: it must name what it is for", kind)
	case !grant.Until.After(now) || grant.Until.Sub(now) > longest:
		return Change{}, fault.New(fault.Invalid, "adding a %s: it must end after now and within a year, not at %s", kind, grant.Until.Format(time.RFC3339))
	}
	scope := make([]string, len(grant.Scope))
	for i, a := range grant.Scope {
		if _, ok := access.Find(a); !ok {
			return Change{}, fault.New(fault.Invalid, "adding a %s: there is no action %q", kind, a)
		}
		scope[i] = string(a)
	}
	data, err := json.Marshal(label{grant.Label, grant.Scope})
	if err != nil {
		return Change{}, fmt.Errorf("adding a %s: %w", kind, err)
	}
	var c Change
	c.add(query.AddCredentialParams{
		ID: id, Person: string(grant.Person), Kind: string(kind), Secret: secret, Data: string(data),
		Created: micro(now), Expires: micro(grant.Until),
	}, CredentialAdded{ID: id, Person: grant.Person, As: kind, Scope: scope, Until: grant.Until})
	return c, nil
}

// unused returns a Conflict if a credential of that id is there, or was.
func (g *Gate) unused(ctx context.Context, id string) error {
	_, err := g.Store.Credential(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return unavailable(err, "looking a credential up")
	}
	return fault.New(fault.Conflict, "adding %s: it is known already, or was revoked", id)
}

func callerOf(row query.Credential) (Caller, error) {
	var l label
	if err := json.Unmarshal([]byte(row.Data), &l); err != nil {
		return Caller{}, fault.New(fault.Corrupt, "credential %s: %w", row.ID, err)
	}
	if len(l.Scope) == 0 {
		return Caller{}, fault.New(fault.Corrupt, "credential %s names no scope", row.ID)
	}
	return Caller{Person: roster.PersonID(row.Person), Scope: l.Scope, With: row.ID}, nil
}
