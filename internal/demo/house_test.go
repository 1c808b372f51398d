package demo_test

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/api"
	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/demo"
	"interdict/internal/fault"
	"interdict/internal/follow"
	"interdict/internal/ledger"
	"interdict/internal/list/own"
	"interdict/internal/list/starter"
	"interdict/internal/lookout"
	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/publish"
	"interdict/internal/register"
	"interdict/internal/signin"
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

// town is the three houses of the demo on one clock, joined over HTTP.
type town struct {
	t     *testing.T
	open  func(*testing.T, string) (*store.Store, *store.Keys)
	clock *demo.Clock
	url   string // of the authority
	list  note.Verifier
}

// house is one of them.
type house struct {
	demo.House
	verify string // key of the ledger
}

func (n *town) house(s demo.Server) house {
	n.t.Helper()
	signer, verifier, err := ledger.NewKey(rand.Reader, string(s)+".example/ledger")
	must(n.t, err)
	ledger, keys := n.open(n.t, signer)
	n.t.Cleanup(func() { ledger.Close(); keys.Close() })
	master, err := vault.NewMaster()
	must(n.t, err)
	v, err := vault.New(master, keys, vault.DefaultMaxBytes)
	must(n.t, err)
	h := house{verify: verifier}
	h.Archive, err = archive.Open(n.t.TempDir(), own.Source, starter.Source, follow.Source)
	must(n.t, err)
	n.t.Cleanup(func() { h.Archive.Close() })
	h.Lookout, err = lookout.Open(lookout.Config{
		Archive: h.Archive, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: n.clock.Now,
	})
	must(n.t, err)
	gate, err := signin.New(signin.Config{
		Store: ledger.Queries(), Key: make([]byte, 32), Host: "localhost", Origins: []string{"http://localhost"}, Session: time.Hour,
	})
	must(n.t, err)
	h.Clerk = clerk.New(clerk.Config{Store: ledger, Vault: v, Gate: gate, Register: h.Lookout, Now: n.clock.Now, Random: rand.Reader})
	return h
}

// authority serves its API and its list.
func (n *town) authority() house {
	n.t.Helper()
	h := n.house(demo.Authority)
	signer, verifier, err := ledger.NewKey(rand.Reader, "authority.example/list")
	must(n.t, err)
	n.list, err = ledger.NewVerifier(verifier)
	must(n.t, err)
	h.Clerk.Feed, err = publish.Open(n.t.TempDir(), signer)
	must(n.t, err)
	mux := http.NewServeMux()
	api.Mount(mux, api.Config{Clerk: h.Clerk, Version: "test", Identify: api.ByGate(h.Clerk, n.clock.Now)})
	mux.Handle("/list/", http.StripPrefix("/list", h.Clerk.Feed))
	mux.Handle("POST "+demo.EnterPath, demo.Enter(h.Clerk, demo.Authority))
	server := httptest.NewServer(mux)
	n.t.Cleanup(func() { h.Clerk.Feed.Close(); server.Close() })
	n.url = server.URL
	return h
}

// join opens the house of an institution.
func (n *town) join(_ context.Context, s demo.Server, key string) (demo.Joined, error) {
	h := n.house(s)
	dir := n.t.TempDir()
	j := demo.Joined{House: h.House, Book: filepath.Join(dir, "customers.csv")}
	var in *follow.Institution
	j.Key = func(key string) (err error) {
		in, err = follow.OpenInstitution(follow.Config{
			URL: n.url + "/list", Key: n.list, Dir: dir, Archive: h.Archive, Lookout: h.Lookout, Client: http.DefaultClient, Now: n.clock.Now,
			Every: time.Minute, Desk: &follow.Desk{URL: n.url, Key: key, Client: http.DefaultClient},
		}, h.Clerk, j.Book)
		return err
	}
	j.Look = func(ctx context.Context) error {
		_, _, err := in.Look(ctx)
		return err
	}
	return j, j.Key(key)
}
