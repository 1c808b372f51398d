package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/vault"
)

// The files of a ledger's keys: the first two in the folder of the keys, the
// last in the data folder.
const (
	signerFile   = "ledger-signer.key"
	masterFile   = "vault-master.key"
	verifierFile = "ledger.pub"
)

// ownKeys returns the signer key and the master key of a ledger, and makes them
// if there is no ledger yet. A ledger whose keys are gone is refused: new keys
// would make it another one.
func ownKeys(ctx context.Context, p ledgerPlace) (signer, master string, err error) {
	signer, err = readSecret(filepath.Join(p.keys, signerFile))
	if err == nil {
		master, err = readSecret(filepath.Join(p.keys, masterFile))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return signer, master, err
	}
	there, looked := isFounded(ctx, p)
	if looked != nil {
		return "", "", looked
	}
	if there {
		return "", "", fault.Hint(fault.As(fault.NotFound, fmt.Errorf("the ledger is there, but not its key: %w", err)),
			"put %s and %s back from their backup, or name their folder by --keys", signerFile, masterFile)
	}
	return newKeys(p)
}

// newKeys makes the keys of a ledger. If another process does so at the same
// time, both get those of the first.
func newKeys(p ledgerPlace) (signer, master string, err error) {
	if signer, _, err = ledger.NewKey(rand.Reader, "interdict/"+strings.ToLower(rand.Text()[:10])); err != nil {
		return "", "", err
	}
	if signer, err = writeOnce(filepath.Join(p.keys, signerFile), signer, 0o600); err != nil {
		return "", "", err
	}
	verifier, err := ledger.VerifierKey(signer)
	if err != nil {
		return "", "", err
	}
	if _, err = writeOnce(filepath.Join(p.data, verifierFile), verifier, 0o644); err != nil {
		return "", "", err
	}
	if master, err = vault.NewMaster(); err != nil {
		return "", "", err
	}
	master, err = writeOnce(filepath.Join(p.keys, masterFile), master, 0o600)
	return signer, master, err
}

// readSecret reads a key that nobody else may read.
func readSecret(file string) (string, error) {
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return "", fault.Hint(fault.New(fault.Invalid, "%s may be read by others (mode %o)", file, info.Mode().Perm()), "chmod 600 %s", file)
	}
	text, err := os.ReadFile(file)
	return strings.TrimSpace(string(text)), err
}

// writeOnce writes a line to a file, whole and durable, unless the file is there,
// and returns the line that is there now.
func writeOnce(file, line string, mode fs.FileMode) (string, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".new-")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name())
	_, err = fmt.Fprintln(f, line)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Link(f.Name(), file)
	}
	if errors.Is(err, fs.ErrExist) {
		text, err := os.ReadFile(file)
		return strings.TrimSpace(string(text)), err
	}
	return line, err
}

// verifierOf returns the verifier by the key or the file of a key that was
// given, else by the file in the data folder.
func verifierOf(p ledgerPlace, given string) (note.Verifier, error) {
	if strings.Contains(given, "+") {
		return ledger.NewVerifier(given)
	}
	if given == "" {
		given = filepath.Join(p.data, verifierFile)
	}
	text, err := os.ReadFile(given)
	if err != nil {
		return nil, fault.Hint(fault.As(fault.NotFound, fmt.Errorf("reading the verifier key: %w", err)), "name the key, or its file, by --key")
	}
	v, err := ledger.NewVerifier(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", given, err)
	}
	return v, nil
}
