package cli

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"os"

	"interdict/internal/fault"
)

// keyVerbs are the verbs of the keys by which members sign their ballots.
func keyVerbs() []verb {
	return []verb{
		{
			name: "key new", args: "FILE", short: "make a key to sign ballots with, and show its public part",
			long: `The file holds the private key (Ed25519, PKCS #8 in PEM) and may be read by you alone; keep it off every server. What is shown is the
public part, to be stated before a session opens: roster state_key key=PUBLIC.`,
			examples: []string{"key new mine.key"},
			setup:    keyAction(newSigningKey),
		},
		{
			name: "key public", args: "FILE", short: "show the public part of a signing key",
			examples: []string{"key public mine.key"},
			setup:    keyAction(readSigningKey),
		},
	}
}

// keyAction shows the public part of the key that a file yields.
func keyAction(of func(file string) (ed25519.PrivateKey, error)) func(*flag.FlagSet) action {
	return func(*flag.FlagSet) action {
		return func(_ context.Context, c *call, args []string) (bool, error) {
			if len(args) != 1 {
				return false, wrongUsage("one file is needed")
			}
			key, err := of(args[0])
			if err != nil {
				return false, err
			}
			_, err = fmt.Fprintln(c.out, base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey)))
			return false, err
		}
	}
}

// newSigningKey makes a key in a new file. A file that is there stays as it is.
func newSigningKey(file string) (ed25519.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fault.As(fault.Invalid, fmt.Errorf("making a key: %w", err))
	}
	return key, errors.Join(pem.Encode(f, &pem.Block{Type: "PRIVATE KEY", Bytes: der}), f.Sync(), f.Close())
}

// readSigningKey reads a key that nobody else may read.
func readSigningKey(file string) (ed25519.PrivateKey, error) {
	text, err := readSecret(file)
	if err != nil {
		return nil, fmt.Errorf("reading a signing key: %w", err)
	}
	if block, _ := pem.Decode([]byte(text)); block != nil {
		if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if key, ok := key.(ed25519.PrivateKey); ok {
				return key, nil
			}
		}
	}
	return nil, fault.Hint(fault.New(fault.Invalid, "%s holds no Ed25519 key in PEM (PKCS #8)", file), "interdict key new FILE makes one")
}
