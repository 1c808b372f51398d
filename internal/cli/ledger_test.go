package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"interdict/internal/cli"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/sqlite"
	"interdict/internal/store"
)

// TestLedgerStories runs the scripts of testdata/ledger on SQLite and on
// Postgres: $AT is how a verb is told where the ledger lies.
func TestLedgerStories(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { ledgerStories(t, func(testing.TB) string { return "" }) })
	t.Run("postgres", func(t *testing.T) { ledgerStories(t, postgrestest.Start(t).Database) })
}

func ledgerStories(t *testing.T, database func(testing.TB) string) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/ledger",
		Setup: func(env *testscript.Env) error {
			env.Values[key{}] = t
			dsn := database(t)
			env.Setenv("DSN", dsn)
			env.Setenv("AT", "--data=interdict-data")
			if dsn != "" {
				env.Setenv("AT", "--postgres="+dsn)
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "fill": fill, "damage": damage},
	})
}

// fill appends N events to dossier/d1, each a command of its own.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	ctx := ts.Value(key{}).(*testing.T).Context()
	s, v, closeIt, err := cli.OpenLedger(ctx, ts.MkAbs("interdict-data"), "--postgres", ts.Getenv("DSN"))
	ts.Check(err)
	h, err := s.Head(ctx)
	ts.Check(err)
	for i := h.Size; i < h.Size+int64(n); i++ {
		body, err := v.Seal(ctx, "dossier/d1", fmt.Appendf(nil, "body %d", i))
		ts.Check(err)
		_, err = s.Append(ctx, store.Change{Events: []store.Draft{{Body: body, Envelope: event.Envelope{
			Kind: "test.happened", Stream: "dossier/d1", Version: uint64(i + 1), At: time.Unix(1_800_000_000+i, 0).UTC(),
			By: "m-7", For: "agency-2", Command: fmt.Sprintf("c-%d", i),
		}}}})
		ts.Check(err)
	}
	ts.Check(closeIt())
}

// damage changes the database past the program.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	ctx := ts.Value(key{}).(*testing.T).Context()
	e, err := sqlite.Engine(ctx, ts.MkAbs("interdict-data"))
	if dsn := ts.Getenv("DSN"); dsn != "" {
		e, err = postgres.Engine(ctx, dsn)
	}
	ts.Check(err)
	_, err = e.DB.ExecContext(ctx, args[0])
	ts.Check(err)
	ts.Check(e.DB.Close())
}

type key struct{}

// Keys of a ledger are made once, by whichever process is first.
func TestTheKeysOfALedgerAreMadeOnce(t *testing.T) {
	dir := t.TempDir()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			_, _, closeIt, err := cli.OpenLedger(t.Context(), dir)
			if err != nil {
				t.Error(err)
				return
			}
			if err := closeIt(); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for file, want := range map[string]os.FileMode{
		"keys": 0o700, "keys/ledger-signer.key": 0o600, "keys/vault-master.key": 0o600, "keys/vault-keys.db": 0o600,
		"ledger.pub": 0o644, "ledger.db": 0o600,
	} {
		info, err := os.Stat(filepath.Join(dir, file))
		if err != nil {
			t.Error(err)
		} else if runtime.GOOS != "windows" && info.Mode().Perm() != want {
			t.Errorf("%s has mode %o, want %o", file, info.Mode().Perm(), want)
		}
	}
}

func TestALedgerWithoutItsKeysIsRefused(t *testing.T) {
	for _, c := range []struct {
		what string
		hurt func(file string) error
		want fault.Kind
	}{
		{"gone", os.Remove, fault.NotFound},
		{"readable by others", func(file string) error { return os.Chmod(file, 0o640) }, fault.Invalid},
		{"of another ledger", func(file string) error {
			return os.WriteFile(file, []byte("PRIVATE+KEY+other+5c1e0f3c+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), 0o600)
		}, fault.Invalid},
	} {
		for _, file := range []string{"ledger-signer.key", "vault-master.key"} {
			t.Run(file+" "+c.what, func(t *testing.T) {
				if runtime.GOOS == "windows" && c.what == "readable by others" {
					t.Skip("modes are not kept on Windows")
				}
				dir := t.TempDir()
				_, _, closeIt, err := cli.OpenLedger(t.Context(), dir)
				if err != nil {
					t.Fatal(err)
				}
				if err := closeIt(); err != nil {
					t.Fatal(err)
				}
				if err := c.hurt(filepath.Join(dir, "keys", file)); err != nil {
					t.Fatal(err)
				}
				if _, _, _, err = cli.OpenLedger(t.Context(), dir); fault.KindOf(err) != c.want {
					t.Errorf("opened: %v, want %s", err, c.want)
				}
			})
		}
	}
}
