package cli

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/list/starter"
	"interdict/internal/lookout"
	"interdict/internal/publish"
	"interdict/internal/signin"
)

// gateFile holds, in the folder of the keys, what seals the seeds of one-time
// codes.
const gateFile = "gate.key"

// authority is everything of one data folder, open and joined: a commission's, or
// an institution's.
type authority struct {
	clerk   *clerk.Clerk
	ledger  *openedLedger
	archive *archive.Archive
	lookout *lookout.Lookout
	feed    *publish.Feed // nil: nothing is published here
}

// Close closes what was opened.
func (a *authority) Close() error {
	return errors.Join(a.archive.Close(), a.ledger.Close())
}

// openAuthority opens a data folder for the work of a commission, or of an
// institution. The origin is where people see the pages.
func openAuthority(ctx context.Context, c *call, p ledgerPlace, host, origin string) (*authority, error) {
	l, err := openLedger(ctx, p)
	if err != nil {
		return nil, err
	}
	a := &authority{ledger: l}
	if a.archive, err = openArchive(c); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	if err := a.join(p, host, origin); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *authority) join(p ledgerPlace, host, origin string) error {
	key, err := gateKey(p)
	if err != nil {
		return err
	}
	gate, err := signin.New(signin.Config{
		Store: a.ledger.Queries(), Key: key, Host: host, Origins: []string{origin}, Session: 12 * time.Hour,
	})
	if err != nil {
		return err
	}
	if a.lookout, err = openLookout(a.archive); err != nil {
		return err
	}
	a.clerk = clerk.New(clerk.Config{
		Store: a.ledger.Store, Vault: a.ledger.Vault, Gate: gate, Register: a.lookout, Now: time.Now, Random: rand.Reader,
	})
	return nil
}

// publishes opens the published list, which the clerk writes from now on.
func (a *authority) publishes(p ledgerPlace) (err error) {
	a.feed, err = openFeed(p)
	a.clerk.Feed = a.feed
	return err
}

// openLookout opens the register in force of an archive.
func openLookout(a *archive.Archive) (*lookout.Lookout, error) {
	fallback, err := starterSnapshot()
	if err != nil {
		return nil, err
	}
	return lookout.Open(lookout.Config{Archive: a, Fallback: fallback, Notice: noticeOf, Now: time.Now})
}

// noticeOf warns wherever the starter register takes part.
func noticeOf(editions map[string]string) string {
	if editions[starter.Source.ID] != "" {
		return starterNotice
	}
	return ""
}

// gateKey returns the key of the gate, made if there is none.
func gateKey(p ledgerPlace) ([]byte, error) {
	file := filepath.Join(p.keys, gateFile)
	text, err := readSecret(file)
	if errors.Is(err, fs.ErrNotExist) {
		var fresh [32]byte
		rand.Read(fresh[:]) // never fails (crypto/rand)
		text, err = writeOnce(file, hex.EncodeToString(fresh[:]), 0o600)
	}
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != 32 {
		return nil, fault.New(fault.Corrupt, "%s is not 64 hexadecimal digits", file)
	}
	return key, nil
}

// writeSecret writes a secret to a file that nobody else may read and that must
// not be there yet.
func writeSecret(file, secret string) error {
	kept, err := writeOnce(file, secret, 0o600)
	if err == nil && kept != secret {
		err = isThere(file)
	}
	if err != nil {
		return fmt.Errorf("writing a secret: %w", err)
	}
	return nil
}
