package signin

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
)

// Provider is an OpenID Connect provider, as it is configured.
type Provider struct {
	Issuer       string // its URL; https, or http on this machine
	ClientID     string
	ClientSecret string
	Redirect     string // URL of ours to which it sends people back
}

// Identities is a provider that answers. People sign in with it once their
// identity there was added: by themselves when signed in, or by a code.
type Identities struct {
	gate     *Gate
	config   Provider
	provider *oidc.Provider
	oauth    oauth2.Config
}

// trip is what is remembered while somebody is with the provider.
type trip struct {
	State, Nonce, Verifier string
}

// fresh is how old what a provider says may be, and how far its clock ahead.
const (
	fresh = 10 * time.Minute
	ahead = time.Minute
)

// Discover asks a provider for its addresses and keys.
func (g *Gate) Discover(ctx context.Context, p Provider) (*Identities, error) {
	u, err := url.Parse(p.Issuer)
	if err != nil || u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost" && u.Hostname() != "::1") {
		return nil, fault.New(fault.Invalid, "provider %q: want an https address", p.Issuer)
	}
	if p.ClientID == "" || p.Redirect == "" {
		return nil, fault.New(fault.Invalid, "provider %s: want a client id and an address to come back to", p.Issuer)
	}
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, g.client), p.Issuer)
	if err != nil {
		return nil, unavailable(err, "asking the provider "+p.Issuer)
	}
	return &Identities{gate: g, config: p, provider: found, oauth: oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.ClientSecret, RedirectURL: p.Redirect,
		Endpoint: found.Endpoint(), Scopes: []string{oidc.ScopeOpenID},
	}}, nil
}

// BeginSignIn returns the address to which a browser is sent, and a state which
// it must bring back beside what the provider gives it.
func (i *Identities) BeginSignIn(now time.Time) (address, state string, err error) {
	return i.begin("identity sign-in", now)
}

// SignIn signs in who came back from the provider with answer and code.
func (i *Identities) SignIn(ctx context.Context, now time.Time, state, answer, code string) (Entered, error) {
	c, who, err := i.finish(ctx, "identity sign-in", now, state, answer, code)
	if err != nil {
		return Entered{}, err
	}
	row, ok, err := i.gate.find(ctx, now, Identity, i.id(who))
	if err != nil {
		return Entered{}, err
	}
	if !ok {
		return Entered{}, refused()
	}
	return i.gate.enter(now, roster.PersonID(row.Person), row.ID, c), nil
}

// BeginAdd is BeginSignIn for a person who adds his identity.
func (i *Identities) BeginAdd(now time.Time, r Right) (address, state string, err error) {
	return i.begin("identity/"+string(r.Person), now)
}

// Add adds the identity of who came back. One that was revoked is not added
// again.
func (i *Identities) Add(ctx context.Context, now time.Time, r Right, state, answer, code string) (Change, error) {
	c, who, err := i.finish(ctx, "identity/"+string(r.Person), now, state, answer, code)
	if err != nil {
		return Change{}, err
	}
	id := i.id(who)
	if err := i.gate.unused(ctx, id); err != nil {
		return Change{}, err
	}
	data, err := json.Marshal(label{Label: i.config.Issuer})
	if err != nil {
		return Change{}, fmt.Errorf("adding an identity: %w", err)
	}
	r.use(&c, now)
	c.add(query.AddCredentialParams{
		ID: id, Person: string(r.Person), Kind: string(Identity), Secret: []byte{}, Data: string(data), Created: micro(now),
	}, CredentialAdded{ID: id, Person: r.Person, As: Identity, Code: r.code})
	return c, nil
}

// id returns the id of the credential of a subject. Subjects are unique within
// an issuer and never given to another (OpenID Connect Core section 2).
func (i *Identities) id(subject string) string {
	return idOf(Identity, []byte(i.config.Issuer+"\x00"+subject))
}

func (i *Identities) begin(purpose string, now time.Time) (address, state string, err error) {
	t := trip{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier()}
	sealed, err := i.gate.begin(purpose, now, t)
	return i.oauth.AuthCodeURL(t.State, oidc.Nonce(t.Nonce), oauth2.S256ChallengeOption(t.Verifier)), sealed, err
}

// finish returns the subject that the provider vouches for.
func (i *Identities) finish(ctx context.Context, purpose string, now time.Time, sealed, answer, code string) (Change, string, error) {
	var t trip
	c, err := i.gate.finish(ctx, purpose, now, sealed, &t)
	if err != nil {
		return Change{}, "", err
	}
	if !same([]byte(answer), []byte(t.State)) {
		return Change{}, "", refused()
	}
	ctx = oidc.ClientContext(ctx, i.gate.client)
	tokens, err := i.oauth.Exchange(ctx, code, oauth2.VerifierOption(t.Verifier))
	if err != nil {
		return Change{}, "", refused()
	}
	raw, _ := tokens.Extra("id_token").(string)
	verifier := i.provider.VerifierContext(ctx, &oidc.Config{ClientID: i.config.ClientID, Now: func() time.Time { return now }})
	id, err := verifier.Verify(ctx, raw)
	if err != nil {
		return Change{}, "", refused()
	}
	if !same([]byte(id.Nonce), []byte(t.Nonce)) || id.Subject == "" || now.Sub(id.IssuedAt) > fresh || id.IssuedAt.Sub(now) > ahead {
		return Change{}, "", refused()
	}
	return c, id.Subject, nil
}
