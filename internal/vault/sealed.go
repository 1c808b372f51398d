package vault

import (
	"crypto/sha256"
	"encoding/binary"
)

// Sealed is one thing as the vault keeps it.
type Sealed struct {
	Hash    [32]byte // SHA-256 of 16 bytes of salt and the plaintext
	Subject string   // whose key opens it: "dossier/D7K3", "material/M22"
	Cipher  []byte   // an age file of salt and plaintext
}

// Digest returns the hash of everything in s. Stored beside it, it shows damage
// to those who hold no key, and after erasure.
func (s Sealed) Digest() [32]byte {
	h := sha256.New()
	h.Write([]byte("interdict sealed v1\n"))
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s.Subject))))
	h.Write([]byte(s.Subject))
	h.Write(s.Hash[:])
	h.Write(s.Cipher)
	return [32]byte(h.Sum(nil))
}
