package follow_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/follow"
	"interdict/internal/ledger"
	"interdict/internal/lookout"
	"interdict/internal/register"
	"interdict/internal/roster"
	"interdict/internal/sqlite"
	"interdict/internal/vault"
)

// place is an office's folder and keys.
type place struct{ Dir, Signer, Master string }

func (p place) book() string { return filepath.Join(p.Dir, "customers.csv") }

// newPlace is a place with a book of customers, and the verifier key of its ledger.
func newPlace(t *testing.T, customers string) (place, string) {
	t.Helper()
	signer, public, err := ledger.NewKey(rand.Reader, "bank.example/ledger")
	p := place{t.TempDir(), must(signer, err), must(vault.NewMaster())}
	must(0, os.WriteFile(p.book(), []byte(customers), 0o600))
	return p, public
}

// opened is an office as one process has it open.
type opened struct {
	institution *follow.Institution
	clerk       *clerk.Clerk
	close       func() error
}

// open opens the office as another process would.
func (p place) open(ctx context.Context, url string, v note.Verifier, now func() time.Time, desk *follow.Desk) (o opened, err error) {
	kept, err := archive.Open(p.Dir, follow.Source)
	if err != nil {
		return o, err
	}
	watch, err := lookout.Open(lookout.Config{Archive: kept, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: now})
	if err != nil {
		return o, err
	}
	own, err := sqlite.Open(ctx, p.Dir, p.Signer)
	if err != nil {
		return o, err
	}
	keys, err := sqlite.OpenKeys(ctx, p.Dir+"/keys")
	if err != nil {
		return o, err
	}
	v2, err := vault.New(p.Master, keys, vault.DefaultMaxBytes)
	if err != nil {
		return o, err
	}
	o.close = func() error { return errors.Join(own.Close(), keys.Close(), kept.Close()) }
	o.clerk = clerk.New(clerk.Config{Store: own, Vault: v2, Register: watch, Now: now, Random: rand.Reader})
	o.institution, err = follow.OpenInstitution(follow.Config{
		URL: url, Key: v, Dir: filepath.Join(p.Dir, "follow"), Archive: kept, Lookout: watch, Now: now,
		Client: &http.Client{Timeout: 20 * time.Second}, Every: 50 * time.Millisecond, Desk: desk,
	}, o.clerk, p.book())
	return o, err
}

// people founds the office with its officers.
func (h house) officers() {
	h.t.Helper()
	must(h.clerk.Found(h.t.Context(), clerk.Foundation{Commission: "bank", Nature: roster.Institution, Name: "Bank", Country: "XX", Administrator: "ada", PersonName: "Ada"}))
	h.person("olga", "bank", "officer")
	h.person("oleg", "bank", "officer")
	h.person("pavel", "bank", "liaison")
}

// hundred are customers of whom each is near somebody listed.
func hundred() string {
	var b strings.Builder
	b.WriteString("id,name\n")
	for n := range 100 {
		fmt.Fprintf(&b, "C-%03d,Ivan Primerov %c\n", n, 'A'+n%26)
	}
	return b.String()
}
