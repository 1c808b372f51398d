package signin

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
)

// holder is a person as an authenticator knows him. The handle tells nobody who
// that is.
type holder struct {
	person roster.PersonID
	name   string
	keys   []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return handleOf(h.person) }
func (h holder) WebAuthnName() string                       { return h.name }
func (h holder) WebAuthnDisplayName() string                { return h.name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func handleOf(p roster.PersonID) []byte {
	sum := sha256.Sum256([]byte("interdict passkey\x00" + string(p)))
	return sum[:]
}

// BeginPasskey returns the options for the browser to make a passkey with
// (PublicKeyCredentialCreationOptions as JSON), and a state to be given back. An
// authenticator that already holds one of the person is left out.
func (g *Gate) BeginPasskey(ctx context.Context, now time.Time, r Right, name string) (options json.RawMessage, state string, err error) {
	h := holder{person: r.Person, name: name}
	rows, err := g.Store.CredentialsOf(ctx, string(r.Person))
	if err != nil {
		return nil, "", unavailable(err, "listing passkeys")
	}
	for _, row := range rows {
		if row.Kind == string(Passkey) && good(row, now) {
			key, err := passkeyOf(row)
			if err != nil {
				return nil, "", err
			}
			h.keys = append(h.keys, key)
		}
	}
	o, session, err := g.passkeys.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	if err != nil {
		return nil, "", fmt.Errorf("beginning a passkey: %w", err)
	}
	return g.hand("passkey/"+string(r.Person), now, o, session)
}

// AddPasskey adds the passkey that the browser answered with.
func (g *Gate) AddPasskey(ctx context.Context, now time.Time, r Right, state string, answer []byte) (Change, error) {
	var session webauthn.SessionData
	c, err := g.finish(ctx, "passkey/"+string(r.Person), now, state, &session)
	if err != nil {
		return Change{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Change{}, fault.New(fault.Invalid, "reading the passkey: %w", err)
	}
	key, err := g.passkeys.CreateCredential(holder{person: r.Person}, session, parsed)
	if err != nil {
		return Change{}, fault.New(fault.Invalid, "verifying the passkey: %w", err)
	}
	id := idOf(Passkey, key.ID)
	if err := g.unused(ctx, id); err != nil {
		return Change{}, err
	}
	data, err := json.Marshal(key)
	if err != nil {
		return Change{}, fmt.Errorf("adding a passkey: %w", err)
	}
	r.use(&c, now)
	c.add(query.AddCredentialParams{
		ID: id, Person: string(r.Person), Kind: string(Passkey), Secret: []byte{}, Data: string(data), Created: micro(now),
	}, CredentialAdded{ID: id, Person: r.Person, As: Passkey, Code: r.code})
	return c, nil
}

// BeginPasskeySignIn returns the options for the browser to sign in with
// (PublicKeyCredentialRequestOptions as JSON), and a state to be given back. It
// is the same for everybody, so that it tells nothing of who there is.
func (g *Gate) BeginPasskeySignIn(now time.Time) (options json.RawMessage, state string, err error) {
	o, session, err := g.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, "", fmt.Errorf("beginning to sign in: %w", err)
	}
	return g.hand("passkey sign-in", now, o, session)
}

// SignInPasskey signs in by what the browser answered. A passkey whose counter
// went back may have been copied and is refused.
func (g *Gate) SignInPasskey(ctx context.Context, now time.Time, state string, answer []byte) (Entered, error) {
	var session webauthn.SessionData
	c, err := g.finish(ctx, "passkey sign-in", now, state, &session)
	if err != nil {
		return Entered{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Entered{}, refused()
	}
	var row query.Credential
	var broken error                                       // of ours; the library tells its own errors alone
	find := func(rawID, _ []byte) (webauthn.User, error) { // the handle is held against the holder's
		var ok bool
		var key webauthn.Credential
		if row, ok, broken = g.find(ctx, now, Passkey, idOf(Passkey, rawID)); broken != nil {
			return nil, broken
		}
		p := roster.PersonID(row.Person)
		if !ok {
			return nil, refused()
		}
		if key, broken = passkeyOf(row); broken != nil {
			return nil, broken
		}
		return holder{person: p, keys: []webauthn.Credential{key}}, nil
	}
	_, key, err := g.passkeys.ValidatePasskeyLogin(find, session, parsed)
	switch {
	case broken != nil:
		return Entered{}, broken
	case err != nil || key.Authenticator.CloneWarning:
		return Entered{}, refused()
	}
	data, err := json.Marshal(key)
	if err != nil {
		return Entered{}, fmt.Errorf("using a passkey: %w", err)
	}
	c.swap(row, string(data))
	return g.enter(now, roster.PersonID(row.Person), row.ID, c), nil
}

// hand returns the options of a ceremony for the browser, and its sealed state.
func (g *Gate) hand(purpose string, now time.Time, options any, session *webauthn.SessionData) (json.RawMessage, string, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return nil, "", fmt.Errorf("beginning with a passkey: %w", err)
	}
	state, err := g.begin(purpose, now, session)
	return text, state, err
}

func passkeyOf(row query.Credential) (webauthn.Credential, error) {
	var key webauthn.Credential
	if err := json.Unmarshal([]byte(row.Data), &key); err != nil {
		return key, fault.New(fault.Corrupt, "credential %s: %w", row.ID, err)
	}
	return key, nil
}
