package vault

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"

	"interdict/internal/fault"
)

// Keys keeps the wrapped identities, one a subject, apart from what they open.
// All may be called from many goroutines and processes.
type Keys interface {
	// Key returns what is kept for subject; NotFound if nothing is.
	Key(ctx context.Context, subject string) (wrapped []byte, err error)
	// Add keeps wrapped, durable on return; Conflict if something is kept already.
	Add(ctx context.Context, subject string, wrapped []byte) error
	// Replace puts wrapped in the place of what is kept, durable on return, and
	// overwrites the old bytes as far as the engine can; NotFound if nothing is kept.
	Replace(ctx context.Context, subject string, wrapped []byte) error
}

// ErrErased is in the error of opening what was erased, and of sealing for a
// subject that was.
var ErrErased = errors.New("erased")

const (
	saltSize   = 16
	maxSubject = 200
)

// Vault seals and opens. It is safe for concurrent use.
type Vault struct {
	master *age.X25519Identity
	keys   Keys
	max    int
	known  known
}

// NewMaster returns a new master identity in the form that New takes.
func NewMaster() (string, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", fmt.Errorf("making a master identity: %w", err)
	}
	return id.String(), nil
}

// New returns the vault whose keys are wrapped by the master identity
// ("AGE-SECRET-KEY-1…") and which takes things of at most maxBytes.
func New(master string, keys Keys, maxBytes int) (*Vault, error) {
	id, err := age.ParseX25519Identity(strings.TrimSpace(master))
	if err != nil {
		return nil, fault.As(fault.Invalid, fmt.Errorf("reading the master identity: %w", err))
	}
	if maxBytes <= 0 {
		return nil, fault.New(fault.Invalid, "a vault for things of %d bytes", maxBytes)
	}
	return &Vault{master: id, keys: keys, max: maxBytes}, nil
}

// Seal encrypts plain under the key of subject, which is made if there is none.
// Too large a thing is Invalid, an erased subject Conflict.
func (v *Vault) Seal(ctx context.Context, subject string, plain []byte) (Sealed, error) {
	if len(plain) > v.max {
		return Sealed{}, fault.New(fault.Invalid, "sealing for %s: %d bytes, at most %d are taken", subject, len(plain), v.max)
	}
	to, err := v.recipient(ctx, subject)
	if errors.Is(err, ErrErased) {
		return Sealed{}, fault.As(fault.Conflict, fmt.Errorf("sealing for %s: %w", subject, err))
	}
	if err != nil {
		return Sealed{}, fmt.Errorf("sealing for %s: %w", subject, err)
	}
	salted := make([]byte, saltSize, saltSize+len(plain))
	rand.Read(salted) // never fails (crypto/rand)
	salted = append(salted, plain...)
	cipher, err := encrypt(salted, to)
	if err != nil {
		return Sealed{}, fmt.Errorf("sealing for %s: %w", subject, err)
	}
	return Sealed{Hash: sha256.Sum256(salted), Subject: subject, Cipher: cipher}, nil
}

// SealEvidence seals a file of a media type; see CheckType.
func (v *Vault) SealEvidence(ctx context.Context, subject, mediaType string, content []byte) (Sealed, error) {
	if err := CheckType(mediaType, content); err != nil {
		return Sealed{}, err
	}
	return v.Seal(ctx, subject, content)
}

// Open returns the bytes that were sealed. Anything changed since is Corrupt;
// after erasure it is NotFound and ErrErased.
func (v *Vault) Open(ctx context.Context, s Sealed) ([]byte, error) {
	id, err := v.identity(ctx, s.Subject)
	if err == nil {
		return open(id, s)
	}
	if fault.KindOf(err) == fault.NotFound && !errors.Is(err, ErrErased) {
		err = fault.As(fault.Corrupt, err) // it was sealed, so there was a key
	}
	return nil, fmt.Errorf("opening %x: %w", s.Hash[:8], err)
}

// Opened is what OpenAll found of one thing: the bytes, or why not.
type Opened struct {
	Plain []byte
	Err   error
}

// OpenAll opens many things, fetching each subject's key once. What cannot be
// opened has its error in its place.
func (v *Vault) OpenAll(ctx context.Context, all []Sealed) []Opened {
	type found struct {
		id  *age.X25519Identity
		err error
	}
	ids := map[string]found{}
	out := make([]Opened, len(all))
	for i, s := range all {
		f, ok := ids[s.Subject]
		if !ok {
			f.id, f.err = v.identity(ctx, s.Subject)
			ids[s.Subject] = f
		}
		if f.err != nil {
			out[i].Err = fmt.Errorf("opening %x: %w", s.Hash[:8], f.err)
			continue
		}
		out[i].Plain, out[i].Err = open(f.id, s)
	}
	return out
}

func open(id *age.X25519Identity, s Sealed) ([]byte, error) {
	salted, err := decrypt(s.Cipher, id)
	if err == nil && (len(salted) < saltSize || sha256.Sum256(salted) != s.Hash) {
		err = errors.New("its bytes do not have its hash")
	}
	if err != nil {
		return nil, fault.As(fault.Corrupt, fmt.Errorf("opening %x of %s: %w", s.Hash[:8], s.Subject, err))
	}
	return salted[saltSize:], nil
}

// Erasure is the order to destroy a subject's key.
type Erasure struct {
	By, Second string    // two different persons
	Reason     string    // without personal data: it stays
	At         time.Time // UTC
}

// Erase destroys the key of subject: everything sealed for it can never be
// opened again, by anybody. The order stays as a tombstone. Erasing twice is
// Conflict.
func (v *Vault) Erase(ctx context.Context, subject string, order Erasure) error {
	switch {
	case order.By == "" || order.Second == "" || order.By == order.Second:
		return fault.New(fault.Forbidden, "erasing %s: needs two different persons", subject)
	case order.Reason == "" || order.At.IsZero():
		return fault.New(fault.Invalid, "erasing %s: needs a reason and a time", subject)
	}
	if _, err := v.identity(ctx, subject); errors.Is(err, ErrErased) {
		return fault.As(fault.Conflict, fmt.Errorf("erasing %s: %w", subject, err))
	} else if err != nil {
		return fmt.Errorf("erasing %s: %w", subject, err)
	}
	order.At = order.At.UTC()
	text, err := v.wrap(wrapped{Form: tombstone, Subject: subject, Erased: &order})
	if err == nil {
		err = v.keys.Replace(ctx, subject, text)
	}
	if err != nil {
		return fmt.Errorf("erasing %s: %w", subject, err)
	}
	return nil
}

// Tombstone returns the order by which subject was erased; NotFound if it is not.
func (v *Vault) Tombstone(ctx context.Context, subject string) (Erasure, error) {
	_, err := v.identity(ctx, subject)
	var e *erased
	if errors.As(err, &e) {
		return e.order, nil
	}
	if err == nil {
		err = fault.New(fault.NotFound, "%s is not erased", subject)
	}
	return Erasure{}, err
}

func encrypt(plain []byte, to age.Recipient) ([]byte, error) {
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func decrypt(cipher []byte, id age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(cipher), id)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
