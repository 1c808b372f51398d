package signin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// Flags of authenticator data (WebAuthn level 3, section 6.1).
const (
	present  = 1 << 0
	verified = 1 << 2
	attested = 1 << 6
)

// authenticator is a passkey in software: it does what a security key and a
// browser do together, and what a faulty or hostile pair would do.
type authenticator struct {
	t      *testing.T
	key    *ecdsa.PrivateKey
	id     []byte
	handle []byte // of the person, as it was told when the passkey was made
	count  uint32
	// what it says of itself
	flags  byte
	origin string
	host   string
}

func newAuthenticator(t *testing.T) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	rand.Read(id)
	return &authenticator{t: t, key: key, id: id, flags: present | verified, origin: origin, host: host}
}

// options are what an authenticator reads of the options of both ceremonies.
type options struct {
	PublicKey struct {
		Challenge string
		User      struct{ ID string }
		RP        struct{ ID string }
		RPID      string                                         `json:"rpId"`
		Exclude   []struct{ ID string }                          `json:"excludeCredentials"`
		Allow     []struct{ ID string }                          `json:"allowCredentials"`
		Selection struct{ ResidentKey, UserVerification string } `json:"authenticatorSelection"`
		Verify    string                                         `json:"userVerification"`
	}
}

func (a *authenticator) read(raw json.RawMessage) options {
	a.t.Helper()
	var o options
	if err := json.Unmarshal(raw, &o); err != nil {
		a.t.Fatal(err)
	}
	return o
}

// create answers a registration.
func (a *authenticator) create(raw json.RawMessage) []byte {
	a.t.Helper()
	o := a.read(raw)
	a.handle = unbase(a.t, o.PublicKey.User.ID)
	xy, err := a.key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		a.t.Fatal(err)
	}
	public := a.cbor(map[int]any{1: 2, 3: -7, -1: 1, -2: xy[1:33], -3: xy[33:]}) // COSE: EC2, ES256, P-256
	data := a.data(attested)
	data = append(data, make([]byte, 16)...) // no model
	data = binary.BigEndian.AppendUint16(data, uint16(len(a.id)))
	data = append(append(data, a.id...), public...)
	return a.answer(map[string]string{
		"clientDataJSON":    base(a.client("webauthn.create", o.PublicKey.Challenge)),
		"attestationObject": base(a.cbor(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})),
	})
}

// get answers a sign-in.
func (a *authenticator) get(raw json.RawMessage) []byte {
	a.t.Helper()
	o := a.read(raw)
	client, data := a.client("webauthn.get", o.PublicKey.Challenge), a.data(0)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, digest[:])
	if err != nil {
		a.t.Fatal(err)
	}
	return a.answer(map[string]string{
		"clientDataJSON": base(client), "authenticatorData": base(data), "signature": base(signature), "userHandle": base(a.handle),
	})
}

func (a *authenticator) data(more byte) []byte {
	hash := sha256.Sum256([]byte(a.host))
	data := append(hash[:], a.flags|more)
	return binary.BigEndian.AppendUint32(data, a.count)
}

func (a *authenticator) client(what, challenge string) []byte {
	text, err := json.Marshal(map[string]any{"type": what, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
	if err != nil {
		a.t.Fatal(err)
	}
	return text
}

func (a *authenticator) answer(response map[string]string) []byte {
	text, err := json.Marshal(map[string]any{"id": base(a.id), "rawId": base(a.id), "type": "public-key", "response": response})
	if err != nil {
		a.t.Fatal(err)
	}
	return text
}

func (a *authenticator) cbor(v any) []byte {
	b, err := cbor.Marshal(v)
	if err != nil {
		a.t.Fatal(err)
	}
	return b
}

func base(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func unbase(t *testing.T, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
