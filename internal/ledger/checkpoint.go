package ledger

import (
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/fault"
)

// Checkpoint says how a ledger stood: so many entries under this root.
type Checkpoint struct {
	Origin string // the ledger's name, which is its key's name
	Size   int64
	Root   tlog.Hash
}

// NewKey returns a new Ed25519 key of a ledger called origin: the signer key to
// be kept secret, and the verifier key to be given to everybody. The origin is
// one word like "commission.example/ledger".
func NewKey(random io.Reader, origin string) (signer, verifier string, err error) {
	if origin == "" || strings.ContainsFunc(origin, func(r rune) bool { return r <= ' ' || r > '~' || r == '+' }) {
		return "", "", fault.New(fault.Invalid, "ledger name %q: want one word of ASCII without +", origin)
	}
	signer, verifier, err = note.GenerateKey(random, origin)
	if err != nil {
		return "", "", fmt.Errorf("making the key of %s: %w", origin, err)
	}
	return signer, verifier, nil
}

// NewVerifier reads a verifier key ("name+hash+key").
func NewVerifier(key string) (note.Verifier, error) {
	v, err := note.NewVerifier(strings.TrimSpace(key))
	if err != nil {
		return nil, fault.As(fault.Invalid, fmt.Errorf("reading the verifier key: %w", err))
	}
	return v, nil
}

// NewSigner reads a signer key and returns the verifier that belongs to it too.
func NewSigner(key string) (note.Signer, note.Verifier, error) {
	key = strings.TrimSpace(key)
	s, err := note.NewSigner(key)
	if err != nil {
		// The text of the error must not hold the key.
		return nil, nil, fault.New(fault.Invalid, "reading the signer key: it is not one")
	}
	public, err := VerifierKey(key)
	if err != nil {
		return nil, nil, err
	}
	v, err := NewVerifier(public)
	return s, v, err
}

// Sign returns c as a signed note. The signer's name must be the origin.
func (c Checkpoint) Sign(s note.Signer) ([]byte, error) {
	if s.Name() != c.Origin {
		return nil, fault.New(fault.Internal, "signing a checkpoint of %s with the key of %s", c.Origin, s.Name())
	}
	signed, err := note.Sign(&note.Note{Text: c.text()}, s)
	if err != nil {
		return nil, fmt.Errorf("signing a checkpoint: %w", err)
	}
	return signed, nil
}

func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
}

// OpenCheckpoint reads a signed note and checks its signature by v. Anything
// else than a checkpoint of v's ledger in canonical form is Invalid. Signatures of
// others beside (C2SP tlog-cosignature) are left aside.
func OpenCheckpoint(signed []byte, v note.Verifier) (Checkpoint, error) {
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fault.As(fault.Invalid, fmt.Errorf("checking a checkpoint: %w", err))
	}
	c, err := parse(n.Text)
	if err == nil {
		err = canonical(n.Sigs)
	}
	if err == nil && c.Origin != v.Name() {
		err = fmt.Errorf("it is of %s and not of %s", c.Origin, v.Name())
	}
	if err != nil {
		return Checkpoint{}, fault.As(fault.Invalid, fmt.Errorf("reading a checkpoint: %w", err))
	}
	return c, nil
}

// canonical refuses signatures in another base64 than the one they are written in:
// the last letter has bits that note.Open passes over, and a receipt has one form.
func canonical(signatures []note.Signature) error {
	for _, s := range signatures {
		if _, err := base64.StdEncoding.Strict().DecodeString(s.Base64); err != nil {
			return fmt.Errorf("the signature of %s is not in canonical form", s.Name)
		}
	}
	return nil
}

func parse(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[len(lines)-1] != "" {
		return Checkpoint{}, fmt.Errorf("want the lines origin, size, root")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, fmt.Errorf("size %q", lines[1])
	}
	root, err := parseHash(lines[2])
	if err != nil {
		return Checkpoint{}, fmt.Errorf("root: %w", err)
	}
	c := Checkpoint{Origin: lines[0], Size: size, Root: root}
	if c.text() != text {
		return Checkpoint{}, fmt.Errorf("not in canonical form")
	}
	return c, nil
}

// parseHash reads a hash in base64, in the one form that it is written in.
func parseHash(s string) (tlog.Hash, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != tlog.HashSize || tlog.Hash(b).String() != s {
		return tlog.Hash{}, fmt.Errorf("no hash: %q", s)
	}
	return tlog.Hash(b), nil
}
