package webhook

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/vault"
)

// Overlap is how long the former secret signs beside a new one.
const Overlap = 24 * time.Hour

// subjectOf is whose key seals the secrets of an endpoint: that of its subscription.
func subjectOf(endpoint string) string { return "subscription/" + endpoint }

// NewSecret draws a secret of 32 bytes in the form that receivers take ("whsec_…").
func NewSecret(random io.Reader) (string, error) {
	var b [32]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fault.As(fault.Unavailable, fmt.Errorf("drawing a secret: %w", err))
	}
	return "whsec_" + base64.StdEncoding.EncodeToString(b[:]), nil
}

// Pack puts what is sealed into one column, its hash before the rest.
func Pack(s vault.Sealed) []byte { return append(s.Hash[:], s.Cipher...) }

// unpack opens what Pack packed.
func (s *Sender) unpack(ctx context.Context, endpoint string, packed []byte) (string, error) {
	sealed := vault.Sealed{Subject: subjectOf(endpoint)}
	if len(packed) <= len(sealed.Hash) {
		return "", fault.New(fault.Corrupt, "the secret of subscription %s is cut short", endpoint)
	}
	sealed.Cipher = packed[copy(sealed.Hash[:], packed):]
	plain, err := s.Vault.Open(ctx, sealed)
	return string(plain), err
}

// signatures returns the header of a message: by the secret in use, and after a
// rotation by the former one too while it is good, each "v1,…", a blank between.
func (s *Sender) signatures(ctx context.Context, e query.Endpoint, id string, at time.Time, body []byte) (string, error) {
	secrets := [][]byte{e.Secret}
	if len(e.Former) > 0 && at.UnixMicro() < e.Until {
		secrets = append(secrets, e.Former)
	}
	var all []string
	for _, packed := range secrets {
		secret, err := s.unpack(ctx, e.ID, packed)
		if err != nil {
			return "", fmt.Errorf("opening the secret of subscription %s: %w", e.ID, err)
		}
		w, err := standard.NewWebhook(secret)
		if err != nil {
			return "", fault.New(fault.Corrupt, "the secret of subscription %s cannot be read", e.ID)
		}
		signature, err := w.Sign(id, at, body)
		if err != nil {
			return "", fmt.Errorf("signing: %w", err)
		}
		all = append(all, signature)
	}
	return strings.Join(all, " "), nil
}
