package signin

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"interdict/internal/query"
)

// secret returns a new secret of 260 bits in letters and digits.
func secret() string { return strings.ToLower(rand.Text() + rand.Text()) }

// shortID returns a new id of 80 bits.
func shortID() string { return strings.ToLower(rand.Text()[:16]) }

// hash returns the hash under which a secret is stored. Secrets are long and
// random, so a plain hash is enough; what says for what it is.
func hash(what, secret string) []byte {
	h := sha256.Sum256([]byte("interdict " + what + "\x00" + secret))
	return h[:]
}

// idOf returns the id of a credential that is found by something public.
func idOf(kind Kind, public []byte) string {
	h := sha256.Sum256(public)
	return string(kind) + "/" + hex.EncodeToString(h[:])
}

func same(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }

// sealer seals what is stored or handed out, and must come back as it was.
type sealer struct{ aead cipher.AEAD }

func newSealer(key []byte) (sealer, error) {
	if len(key) != 32 {
		return sealer{}, fmt.Errorf("want a key of 32 bytes, got %d", len(key))
	}
	k, err := hkdf.Key(sha256.New, key, nil, "interdict signin", 32)
	if err != nil {
		return sealer{}, err
	}
	block, err := aes.NewCipher(k)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCM(block)
	return sealer{aead}, err
}

// seal encrypts for one purpose; only open with the same purpose reads it.
func (s sealer) seal(purpose string, plain []byte) string {
	nonce := make([]byte, s.aead.NonceSize())
	rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, plain, []byte(purpose)))
}

func (s sealer) open(purpose, text string) ([]byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) < s.aead.NonceSize() {
		return nil, errors.New("not sealed by us")
	}
	n := s.aead.NonceSize()
	return s.aead.Open(nil, b[:n], b[n:], []byte(purpose))
}

// ceremonyTime is how long a sign-in or an enrolment may take from its first
// step to its last.
const ceremonyTime = 10 * time.Minute

// ceremony is what the browser carries, sealed, from the first step of a
// ceremony to its last.
type ceremony struct {
	ID   string          `json:"id"` // used once
	Ends time.Time       `json:"ends"`
	Data json.RawMessage `json:"data"`
}

// begin seals the state of a ceremony.
func (g *Gate) begin(purpose string, now time.Time, data any) (string, error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return "", fmt.Errorf("beginning a ceremony: %w", err)
	}
	text, err := json.Marshal(ceremony{rand.Text(), now.Add(ceremonyTime), raw})
	if err != nil {
		return "", fmt.Errorf("beginning a ceremony: %w", err)
	}
	return g.sealer.seal(purpose, text), nil
}

// finish reads the state of a ceremony, once: the change that it yields fails if
// the same state was used before.
func (g *Gate) finish(ctx context.Context, purpose string, now time.Time, sealed string, data any) (Change, error) {
	text, err := g.sealer.open(purpose, sealed)
	if err != nil {
		return Change{}, refused()
	}
	var c ceremony
	if err := json.Unmarshal(text, &c); err != nil {
		return Change{}, fmt.Errorf("reading a ceremony: %w", err)
	}
	if err := json.Unmarshal(c.Data, data); err != nil {
		return Change{}, fmt.Errorf("reading a ceremony: %w", err)
	}
	mark := hash("ceremony", c.ID)
	_, err = g.Store.Login(ctx, mark)
	switch {
	case err == nil || !now.Before(c.Ends):
		return Change{}, refused()
	case !errors.Is(err, sql.ErrNoRows):
		return Change{}, unavailable(err, "looking a ceremony up")
	}
	var used Change
	used.then(func(ctx context.Context, s Store) error {
		// The mark is a row that no session has: it belongs to nobody.
		row := query.AddLoginParams{Token: mark, Created: micro(now), Expires: micro(c.Ends)}
		return unavailable(s.AddLogin(ctx, row), "using a ceremony")
	})
	return used, nil
}
