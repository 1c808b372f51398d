// Package sqlite opens the ledger, the vault and the key store in files of a
// data folder, by SQLite without cgo.
//
// It promises durable commits (write-ahead log, synchronised at every commit),
// a schema brought up to date on opening, and a file that nobody else on the
// machine may read. Any number may read while one writes; SQLite's own lock puts
// several writers in a line.
//
// It never holds a query: those are in package query, the same as for Postgres.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/store"
)

// LedgerFile and KeyFile are the names of the databases in their folders.
const (
	LedgerFile = "ledger.db"
	KeyFile    = "vault-keys.db"
)

// Open returns the ledger in folder dir, which are made if they are not there.
func Open(ctx context.Context, dir, signerKey string) (*store.Store, error) {
	e, err := Engine(ctx, dir)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, e, signerKey)
	if err != nil {
		e.DB.Close()
		return nil, fmt.Errorf("opening %s: %w", filepath.Join(dir, LedgerFile), err)
	}
	return s, nil
}

// Look opens the ledger in folder dir to be read only; NotFound if there is none.
func Look(_ context.Context, dir string) (*store.Store, error) {
	file := filepath.Join(dir, LedgerFile)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "there is no ledger in %s", dir)
	} else if err != nil {
		return nil, err
	}
	db, err := connect(dsn(file) + "&mode=ro")
	if err != nil {
		return nil, err
	}
	return store.Look(store.Engine{DB: db}), nil
}

// Check reads the whole database of the ledger in folder dir and returns what is
// wrong with its pages and indexes as Corrupt: queries could miss what verifying
// sees.
func Check(ctx context.Context, dir string) error {
	file := filepath.Join(dir, LedgerFile)
	db, err := connect(dsn(file) + "&mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	var first string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&first); err != nil {
		return fault.As(fault.Corrupt, fmt.Errorf("checking %s: %w", file, err))
	}
	if first != "ok" {
		return fault.New(fault.Corrupt, "checking %s: %s", file, first)
	}
	return nil
}

// OpenKeys returns the key store in folder dir, which are made if they are not
// there. Let it be another folder than the ledger's, with other backups.
func OpenKeys(ctx context.Context, dir string) (*store.Keys, error) {
	db, err := open(ctx, dir, KeyFile, "keymigration", query.KeyMigrations)
	if err != nil {
		return nil, err
	}
	return store.OpenKeys(store.Engine{DB: db}, func(ctx context.Context) error {
		// The overwritten page is in the log yet; this puts it into the file and
		// empties the log.
		_, err := db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		return err
	}), nil
}

// Engine opens the database of the ledger in folder dir and brings its schema up
// to date.
func Engine(ctx context.Context, dir string) (store.Engine, error) {
	db, err := open(ctx, dir, LedgerFile, "migration", query.Migrations)
	return store.Engine{DB: db}, err
}

func open(ctx context.Context, dir, name, folder string, migrations fs.FS) (*sql.DB, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.As(fault.Unavailable, err)
	}
	file := filepath.Join(dir, name)
	// SQLite gives its log the mode of the file.
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fault.As(fault.Unavailable, err)
	}
	if err := f.Close(); err != nil {
		return nil, fault.As(fault.Unavailable, err)
	}
	db, err := connect(dsn(file) + "&_pragma=journal_mode(WAL)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, db, folder, migrations); err != nil {
		db.Close()
		return nil, fault.As(fault.Unavailable, fmt.Errorf("opening %s: %w", file, err))
	}
	return db, nil
}

func connect(dsn string) (*sql.DB, error) {
	c, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("opening SQLite: %w", err))
	}
	db := sql.OpenDB(prepared{c})
	db.SetMaxIdleConns(16) // a new one reads the schema and prepares anew
	return db, nil
}

// dsn sets what every connection needs: to wait for a lock, to make each commit
// durable, and to overwrite what is deleted.
func dsn(file string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()}
	return u.String() + "?_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=secure_delete(ON)"
}

func migrate(ctx context.Context, db *sql.DB, folder string, migrations fs.FS) error {
	sub, err := fs.Sub(migrations, folder)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, sub)
	if err != nil {
		return err
	}
	// Another process may make the same schema at this instant. One of the two
	// fails, undoes its step, and finds it made the next time.
	for try := 0; ; try++ {
		if _, err = p.Up(ctx); err == nil || try == 20 || ctx.Err() != nil {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}
