package ledgertest_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/event"
	"interdict/internal/ledger"
	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/sqlite"
	"interdict/internal/store"
	"interdict/internal/vault"
)

const origin = "commission.example/ledger"

// place is where a ledger lies: "sqlite DIR" or "postgres DSN".
type place string

func (p place) cut() (engine, at string) {
	engine, at, _ = strings.Cut(string(p), " ")
	return engine, at
}

func (p place) open(ctx context.Context, signer string) (*store.Store, error) {
	engine, at := p.cut()
	if engine == "postgres" {
		return postgres.Open(ctx, at, signer)
	}
	return sqlite.Open(ctx, at, signer)
}

func (p place) look(ctx context.Context) (*store.Store, error) {
	engine, at := p.cut()
	if engine == "postgres" {
		return postgres.Look(ctx, at)
	}
	return sqlite.Look(ctx, at)
}

func (p place) keys(ctx context.Context) (*store.Keys, error) {
	engine, at := p.cut()
	if engine == "postgres" {
		return postgres.OpenKeys(ctx, at)
	}
	return sqlite.OpenKeys(ctx, at+"/keys")
}

// raw is the database itself, to be asked and damaged past the store.
func (p place) raw(t *testing.T) *sql.DB {
	t.Helper()
	engine, at := p.cut()
	var e store.Engine
	var err error
	if engine == "postgres" {
		e, err = postgres.Engine(t.Context(), at)
	} else {
		e, err = sqlite.Engine(t.Context(), at)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.DB.Close() })
	return e.DB
}

// suite is what both engines must pass.
var suite = []struct {
	name string
	test func(*testing.T, place)
}{
	{"what was appended is read back", readsBack},
	{"a stream goes on one version at a time", versions},
	{"one of many wins each version", conflicts},
	{"a command is done once", idempotent},
	{"a command that fails takes no other with it", isolation},
	{"a change beside the ledger shares its fate", within},
	{"nobody appends in the quiet", quiet},
	{"a ledger that is looked at is not written", looks},
	{"receipts hold and others find so too", receipts},
	{"one checkpoint is the beginning of the next", consistency},
	{"keys lie apart and can be destroyed", erasure},
	{"every query answers", queries},
	{"every altered bit is found", alterations},
	{"what is missing or out of order is found", disorder},
	{"what the signer rewrote is found", rewriting},
}

func TestSQLite(t *testing.T) {
	for _, c := range suite {
		t.Run(c.name, func(t *testing.T) { c.test(t, place("sqlite "+t.TempDir())) })
	}
}

func TestPostgres(t *testing.T) {
	server := postgrestest.Start(t)
	for _, c := range suite {
		t.Run(c.name, func(t *testing.T) { c.test(t, place("postgres "+server.Database(t))) })
	}
}

// world is an open ledger with its vault.
type world struct {
	place
	*store.Store
	vault    *vault.Vault
	signer   string
	verifier note.Verifier
}

func found(t *testing.T, p place) *world {
	t.Helper()
	signer, verifier, err := ledger.NewKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{place: p, signer: signer}
	if w.verifier, err = ledger.NewVerifier(verifier); err != nil {
		t.Fatal(err)
	}
	if w.Store, err = p.open(t.Context(), signer); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	keys, err := p.keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keys.Close() })
	master, err := vault.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	if w.vault, err = vault.New(master, keys, 1<<20); err != nil {
		t.Fatal(err)
	}
	return w
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// draft is an event of a stream, with a body and pieces of evidence.
func (w *world) draft(t *testing.T, stream string, version uint64, command, body string, evidence ...string) store.Draft {
	t.Helper()
	d := store.Draft{Envelope: event.Envelope{
		Kind: "test.happened", Stream: stream, Version: version,
		At: noon.Add(time.Duration(version) * time.Second), By: "m-7", For: "agency-2", Command: command,
	}}
	var err error
	if d.Body, err = w.vault.Seal(t.Context(), stream, []byte(body)); err != nil {
		t.Fatal(err)
	}
	for _, text := range evidence {
		s, err := w.vault.Seal(t.Context(), stream, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		d.Evidence = append(d.Evidence, s)
	}
	return d
}

// append keeps one command of some events.
func (w *world) append(t *testing.T, drafts ...store.Draft) store.Appended {
	t.Helper()
	a, err := w.Append(t.Context(), store.Change{Events: drafts})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// fill appends n events to three streams, every third with evidence.
func (w *world) fill(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		stream := fmt.Sprintf("dossier/d%d", i%3)
		var evidence []string
		if i%3 == 2 {
			evidence = []string{fmt.Sprintf("letter %d", i), fmt.Sprintf("photograph %d", i)}
		}
		w.append(t, w.draft(t, stream, uint64(i/3+1), fmt.Sprintf("c-%d", i), fmt.Sprintf("body %d", i), evidence...))
	}
}

// verify checks the whole ledger with the public key alone.
func (w *world) check(t *testing.T, since ...ledger.Checkpoint) (ledger.Report, error) {
	t.Helper()
	look, err := w.look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	return ledger.Verify(t.Context(), look, w.verifier, since, nil)
}
