package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/fault"
)

// verifierOf returns the verifier that belongs to a signer key, whose form is
// "PRIVATE+KEY+name+hash+base64(algorithm, seed)" (package note).
func verifierOf(signer string) (note.Verifier, error) {
	bad := fault.New(fault.Invalid, "reading the signer key: it is not one")
	parts := strings.SplitN(signer, "+", 5)
	if len(parts) != 5 {
		return nil, bad
	}
	b, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(b) != 1+ed25519.SeedSize {
		return nil, bad
	}
	public, ok := ed25519.NewKeyFromSeed(b[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return nil, bad
	}
	key, err := note.NewEd25519VerifierKey(parts[2], public)
	if err != nil {
		return nil, bad
	}
	return NewVerifier(key)
}
