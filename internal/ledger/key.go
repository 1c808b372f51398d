package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/fault"
)

// VerifierKey returns the verifier key that belongs to a signer key, whose form is
// "PRIVATE+KEY+name+hash+base64(algorithm, seed)" (package note).
func VerifierKey(signer string) (string, error) {
	// The text of an error must not hold the key.
	bad := fault.New(fault.Invalid, "reading the signer key: it is not one")
	parts := strings.SplitN(strings.TrimSpace(signer), "+", 5)
	if len(parts) != 5 {
		return "", bad
	}
	b, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(b) != 1+ed25519.SeedSize {
		return "", bad
	}
	public, ok := ed25519.NewKeyFromSeed(b[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return "", bad
	}
	key, err := note.NewEd25519VerifierKey(parts[2], public)
	if err != nil {
		return "", bad
	}
	return key, nil
}
