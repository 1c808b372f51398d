package signin

import (
	"net/http"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// Config is what a gate works with.
type Config struct {
	Store   Store
	Key     []byte        // 32 bytes, kept apart from the data: seals seeds of one-time codes and ceremonies
	Host    string        // domain of the pages, as browsers see it: passkeys are bound to it
	Origins []string      // of the pages: "https://interdict.example"
	Session time.Duration // how long one lasts from signing in, whatever happens in it
	Cost    Cost          // of passwords set from now on
}

// Gate signs people and machines in. It is safe for concurrent use.
type Gate struct {
	Config
	sealer   sealer
	passkeys *webauthn.WebAuthn
	hasher   *hasher
	limits   *limits
	client   *http.Client // to the OpenID Connect provider
}

// New returns a gate; a faulty configuration is Invalid.
func New(c Config) (*Gate, error) {
	s, err := newSealer(c.Key)
	if err != nil {
		return nil, fault.New(fault.Invalid, "opening the gate: %w", err)
	}
	if c.Session <= 0 {
		return nil, fault.New(fault.Invalid, "opening the gate: a session of %s", c.Session)
	}
	yes := true
	p, err := webauthn.New(&webauthn.Config{
		RPID: c.Host, RPDisplayName: "Interdict", RPOrigins: c.Origins,
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: &yes, ResidentKey: protocol.ResidentKeyRequirementRequired,
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fault.New(fault.Invalid, "opening the gate: %w", err)
	}
	h, err := newHasher(c.Cost)
	if err != nil {
		return nil, err
	}
	return &Gate{
		Config: c, sealer: s, passkeys: p, hasher: h, limits: newLimits(),
		client: &http.Client{Timeout: 10 * time.Second},
	}, nil
}

// Caller is who is there.
type Caller struct {
	Person roster.PersonID
	Scope  []access.Action // of a key or certificate; nil in a session
	With   string          // id of the key or certificate; "" in a session
	Since  time.Time       // of a session: when he signed in
}

// Entered is somebody who signs in. The token is good once the change is
// written.
type Entered struct {
	Person roster.PersonID
	Token  string // for the browser alone
	Until  time.Time
	Change
}

// refused is the one answer to whoever cannot be let in, whatever the cause.
func refused() error {
	return fault.Hint(fault.New(fault.Forbidden, "sign-in refused"),
		"look at what you entered; a lost credential is replaced with a code that an administrator issues")
}
