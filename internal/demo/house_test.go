package demo_test

import (
	"crypto/rand"
	"testing"

	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/demo"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/list/own"
	"interdict/internal/list/starter"
	"interdict/internal/lookout"
	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/publish"
	"interdict/internal/register"
	"interdict/internal/sqlite"
	"interdict/internal/store"
	"interdict/internal/vault"
)

// engines are the databases that the story is told on.
var engines = []struct {
	name string
	open func(t *testing.T, signer string) (*store.Store, *store.Keys)
}{
	{"sqlite", func(t *testing.T, signer string) (*store.Store, *store.Keys) {
		dir := t.TempDir()
		s, err := sqlite.Open(t.Context(), dir, signer)
		must(t, err)
		k, err := sqlite.OpenKeys(t.Context(), dir+"/keys")
		must(t, err)
		return s, k
	}},
	{"postgres", func(t *testing.T, signer string) (*store.Store, *store.Keys) {
		server := postgrestest.Start(t)
		s, err := postgres.Open(t.Context(), server.Database(t), signer)
		must(t, err)
		k, err := postgres.OpenKeys(t.Context(), server.Database(t))
		must(t, err)
		return s, k
	}},
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v\n%s", err, fault.Hints(err))
	}
}

// house is an authority to which the story is told.
type house struct {
	clerk   *clerk.Clerk
	archive *archive.Archive
	lookout *lookout.Lookout
	clock   *demo.Clock
	verify  string
}

func openHouse(t *testing.T, open func(*testing.T, string) (*store.Store, *store.Keys)) *house {
	t.Helper()
	signer, verifier, err := ledger.NewKey(rand.Reader, "demo.example/ledger")
	must(t, err)
	s, keys := open(t, signer)
	t.Cleanup(func() { s.Close(); keys.Close() })
	master, err := vault.NewMaster()
	must(t, err)
	v, err := vault.New(master, keys, vault.DefaultMaxBytes)
	must(t, err)
	h := &house{clock: demo.NewClock(), verify: verifier}
	h.archive, err = archive.Open(t.TempDir(), own.Source, starter.Source)
	must(t, err)
	t.Cleanup(func() { h.archive.Close() })
	h.lookout, err = lookout.Open(lookout.Config{
		Archive: h.archive, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: h.clock.Now,
	})
	must(t, err)
	listKey, _, err := ledger.NewKey(rand.Reader, "demo.example/list")
	must(t, err)
	feed, err := publish.Open(t.TempDir(), listKey)
	must(t, err)
	h.clerk = clerk.New(clerk.Config{Store: s, Vault: v, Register: h.lookout, Feed: feed, Now: h.clock.Now, Random: rand.Reader})
	return h
}
