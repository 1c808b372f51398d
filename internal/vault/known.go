package vault

import (
	"crypto/sha256"
	"sync"

	"filippo.io/age"
)

// maxKnown is how many recipients are remembered; then all are forgotten.
const maxKnown = 10_000

// known remembers the public half of identities, because taking it out of what
// is kept costs more than sealing. It answers only for the very bytes that are
// kept now, so that a subject that another process erased is not sealed for.
type known struct {
	mu sync.Mutex
	of map[string]recipient
}

type recipient struct {
	kept [sha256.Size]byte
	to   *age.X25519Recipient
}

func (k *known) get(subject string, kept []byte) *age.X25519Recipient {
	k.mu.Lock()
	defer k.mu.Unlock()
	if r, ok := k.of[subject]; ok && r.kept == sha256.Sum256(kept) {
		return r.to
	}
	return nil
}

func (k *known) put(subject string, kept []byte, to *age.X25519Recipient) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil || len(k.of) >= maxKnown {
		k.of = map[string]recipient{}
	}
	k.of[subject] = recipient{sha256.Sum256(kept), to}
}
