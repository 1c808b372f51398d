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

// authority is everything of one data folder, open and joined.
type authority struct {
	clerk   *clerk.Clerk
	ledger  *openedLedger
	archive *archive.Archive
	lookout *lookout.Lookout
	feed    *publish.Feed
}

// Close closes what was opened.
func (a *authority) Close() error {
	return errors.Join(a.archive.Close(), a.ledger.Close())
}

// openAuthority opens a data folder for the commission's work. The origin is
// where people see the pages.
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
	fallback, err := starterSnapshot()
	if err != nil {
		return err
	}
	if a.lookout, err = lookout.Open(lookout.Config{Archive: a.archive, Fallback: fallback, Notice: noticeOf, Now: time.Now}); err != nil {
		return err
	}
	if a.feed, err = openFeed(p); err != nil {
		return err
	}
	a.clerk = clerk.New(clerk.Config{
		Store: a.ledger.Store, Vault: a.ledger.Vault, Gate: gate, Register: a.lookout, Feed: a.feed, Now: time.Now, Random: rand.Reader,
	})
	return nil
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
		err = fault.Hint(fault.New(fault.Conflict, "%s is there already", file), "name another file")
	}
	if err != nil {
		return fmt.Errorf("writing a secret: %w", err)
	}
	return nil
}
