package clerk_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/roster"
	"interdict/internal/sqlite"
	"interdict/internal/store"
	"interdict/internal/vault"
)

// must is for what cannot fail in a test that works.
func must[T any](v T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("%v\n%s", err, fault.Hints(err)))
	}
	return v
}

// clock is a clock that the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond)
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// place is where the databases of a house are, so that several clerks work on
// one house as several processes do.
type place struct {
	name        string
	open        func(ctx context.Context, signer string) (*store.Store, error)
	openKeys    func(ctx context.Context) (*store.Keys, error)
	signer, pub string
	master      string
}

// onSQLite is a place in a folder.
func onSQLite(dir string) place {
	return place{
		name: "sqlite",
		open: func(ctx context.Context, signer string) (*store.Store, error) { return sqlite.Open(ctx, dir, signer) },
		openKeys: func(ctx context.Context) (*store.Keys, error) {
			return sqlite.OpenKeys(ctx, filepath.Join(dir, "keys"))
		},
	}
}

// onPostgres is a place on a server.
func onPostgres(dsn string) place {
	return place{
		name:     "postgres",
		open:     func(ctx context.Context, signer string) (*store.Store, error) { return postgres.Open(ctx, dsn, signer) },
		openKeys: func(ctx context.Context) (*store.Keys, error) { return postgres.OpenKeys(ctx, dsn) },
	}
}

// onBoth runs a test on both engines, each in a place of its own.
func onBoth(t *testing.T, test func(t *testing.T, p place)) {
	t.Run("sqlite", func(t *testing.T) { test(t, found(onSQLite(t.TempDir()))) })
	t.Run("postgres", func(t *testing.T) { test(t, found(onPostgres(postgrestest.Start(t).Database(t)))) })
}

// found gives a place its keys.
func found(p place) place {
	signer, pub, err := ledger.NewKey(rand.Reader, "commission.example/ledger")
	p.signer, p.pub = must(signer, err), pub
	p.master = must(vault.NewMaster())
	return p
}

// clerk opens a clerk of the place, who ends with the test.
func (p place) clerk(tb testing.TB, now func() time.Time) *clerk.Clerk {
	tb.Helper()
	s := must(p.open(tb.Context(), p.signer))
	keys := must(p.openKeys(tb.Context()))
	tb.Cleanup(func() { s.Close(); keys.Close() })
	return clerk.New(clerk.Config{Store: s, Vault: must(vault.New(p.master, keys, vault.DefaultMaxBytes)), Now: now, Random: rand.Reader})
}

type body map[string]any

// do carries out a command for somebody.
func do(ctx context.Context, c *clerk.Clerk, who, command, id string, b body) (clerk.Done, error) {
	return c.Do(ctx, clerk.Order{By: roster.PersonID(who)}, command, id, must(json.Marshal(b)))
}

// done carries out a command that must succeed.
func done(tb testing.TB, c *clerk.Clerk, who, command, id string, b body) clerk.Done {
	tb.Helper()
	d, err := do(tb.Context(), c, who, command, id, b)
	if err != nil {
		tb.Fatalf("%s: %s %s: %v", who, command, id, err)
	}
	return d
}

// people founds the authority with an analyst, a lead, a secretary, an auditor
// and an agency with its liaison officer.
func people(tb testing.TB, c *clerk.Clerk) {
	tb.Helper()
	must(c.Found(tb.Context(), clerk.Foundation{
		Commission: "commission", Name: "Commission", Country: "XX", Administrator: "ada", PersonName: "Ada Admin",
	}))
	done(tb, c, "ada", "roster.register", "main", body{"id": "bank", "name": "Bank", "nature": "agency", "country": "XX"})
	for _, p := range []struct{ id, organisation, role string }{
		{"analyst", "commission", "analyst"},
		{"analyst-2", "commission", "analyst"},
		{"lead", "commission", "lead"},
		{"secretary", "commission", "secretary"},
		{"auditor", "commission", "auditor"},
		{"liaison", "bank", "liaison"},
	} {
		done(tb, c, "ada", "roster.engage", "main", body{"id": p.id, "name": p.id, "organisation": p.organisation})
		done(tb, c, "ada", "roster.give_role", "main", body{"id": p.id, "role": p.role})
	}
	done(tb, c, "lead", "statute.adopt", "main", body{"preset": "model-1373", "reason": "decree 1"})
}

func someone(name string) body {
	return body{"kind": "organisation", "names": []body{{"full": name}}}
}

// opened opens a dossier and returns its id.
func opened(tb testing.TB, c *clerk.Clerk, title string) string {
	tb.Helper()
	return done(tb, c, "analyst", "dossier.open", "", body{"title": title, "subject": someone(title)}).ID
}

// whole fails the test unless the ledger of a clerk verifies and its views are
// what they are when they are made anew.
func whole(tb testing.TB, p place, c *clerk.Clerk) {
	tb.Helper()
	verifier := must(ledger.NewVerifier(p.pub))
	if _, err := c.Store.Verify(tb.Context(), verifier, nil, nil); err != nil {
		tb.Errorf("the ledger does not verify: %v", err)
	}
	if r := must(c.Rebuild(tb.Context(), nil)); len(r.Differ) > 0 {
		tb.Errorf("the views differ from the ledger: %q", r.Differ)
	}
}
