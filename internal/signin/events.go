package signin

import (
	"slices"
	"time"

	"interdict/internal/event"
	"interdict/internal/roster"
)

// Kind is what somebody signs in with.
type Kind string

// Kinds of credentials. A code is for one use: it lets its person add a
// credential.
const (
	Code        Kind = "code"
	Password    Kind = "password" // with one-time codes by time (RFC 6238)
	Passkey     Kind = "passkey"
	Identity    Kind = "identity" // of an OpenID Connect provider
	Key         Kind = "key"
	Certificate Kind = "certificate"
)

// Stream returns the stream of a person's credentials.
func Stream(p roster.PersonID) string { return "signin/" + string(p) }

// Invited says that a person may add a credential with a code of one use.
type Invited struct {
	ID     string          `json:"id"`
	Person roster.PersonID `json:"person"`
	Until  time.Time       `json:"until"`
}

// CredentialAdded says that a person can sign in with something more.
type CredentialAdded struct {
	ID     string          `json:"id"`
	Person roster.PersonID `json:"person"`
	As     Kind            `json:"as"`
	Code   string          `json:"code,omitempty"`  // id of the code that was used up for it
	Scope  []string        `json:"scope,omitempty"` // of a key or certificate
	Until  time.Time       `json:"until,omitzero"`  // no end if zero
}

// CredentialRevoked says that a credential is good for nothing any longer.
type CredentialRevoked struct {
	ID     string          `json:"id"`
	Person roster.PersonID `json:"person"`
	Reason string          `json:"reason"`
}

// SignedIn says that a person signed in.
type SignedIn struct {
	Person roster.PersonID `json:"person"`
	With   string          `json:"with"` // id of the credential
}

// SessionsEnded says that all sessions of a person are over.
type SessionsEnded struct {
	Person roster.PersonID `json:"person"`
	Reason string          `json:"reason"`
}

// The kinds, stored for ever.

func (Invited) Kind() string           { return "signin.invited" }
func (CredentialAdded) Kind() string   { return "signin.credential_added" }
func (CredentialRevoked) Kind() string { return "signin.credential_revoked" }
func (SignedIn) Kind() string          { return "signin.signed_in" }
func (SessionsEnded) Kind() string     { return "signin.sessions_ended" }

// Events makes r read and write the events of signing in.
func Events(r *event.Registry) {
	event.Register[Invited](r)
	event.Register[CredentialAdded](r)
	event.Register[CredentialRevoked](r)
	event.Register[SignedIn](r)
	event.Register[SessionsEnded](r)
}

// Ring is what the ledger knows of a person's credentials: what there is and
// when it was used, and never a secret.
type Ring struct {
	Person  roster.PersonID
	Version uint64
	Good    []string  // ids of credentials and codes that are neither revoked nor used up
	Last    time.Time // of signing in
}

// Apply returns r as it is after e.
func (r Ring) Apply(e event.Event, env event.Envelope) Ring {
	r.Version = env.Version
	r.Good = slices.Clone(r.Good)
	gone := func(id string) {
		r.Good = slices.DeleteFunc(r.Good, func(x string) bool { return x == id })
	}
	switch e := e.(type) {
	case Invited:
		r.Person, r.Good = e.Person, append(r.Good, e.ID)
	case CredentialAdded:
		gone(e.Code)
		r.Person, r.Good = e.Person, append(r.Good, e.ID)
	case CredentialRevoked:
		gone(e.ID)
	case SignedIn:
		r.Last = env.At
	}
	return r
}
