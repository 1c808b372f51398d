// Package postgres opens the ledger, the vault and the key store in a Postgres
// database, beyond one machine.
//
// It promises that a commit is durable when it returns: a server that is set
// otherwise is refused. Any number of processes may append to one ledger; a row
// lock puts them in a line, and a process that hangs in its turn loses it. The
// schema is brought up to date on opening, by one process at a time.
//
// It never holds a query: those are in package query, the same as for SQLite.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/store"
)

// keySchema is where the key store lies if it lies in the same database.
const keySchema = "interdict_keys"

// binary makes the collation that SQLite has by that name, so that both engines
// order texts alike. Another process may make it at the same instant.
const binary = `DO $$ BEGIN
	CREATE COLLATION "BINARY" (LOCALE = 'C');
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$`

// Open returns the ledger in the database of dsn, which is founded there if it is
// not.
func Open(ctx context.Context, dsn, signerKey string) (*store.Store, error) {
	e, err := Engine(ctx, dsn)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, e, signerKey)
	if err != nil {
		e.DB.Close()
		return nil, fmt.Errorf("opening the ledger in Postgres: %w", err)
	}
	return s, nil
}

// Look opens the ledger in the database of dsn to be read only; NotFound if there
// is none.
func Look(ctx context.Context, dsn string) (*store.Store, error) {
	db, err := connect(dsn, map[string]string{"default_transaction_read_only": "on"})
	if err != nil {
		return nil, err
	}
	var found bool
	err = db.QueryRowContext(ctx, "SELECT to_regclass('head') IS NOT NULL AND to_regclass('entry') IS NOT NULL").Scan(&found)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "there is no ledger in this database")
	} else if err != nil {
		err = fault.As(fault.Unavailable, fmt.Errorf("opening the ledger in Postgres: %w", err))
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return store.Look(store.Engine{DB: db}), nil
}

// OpenKeys returns the key store in the database of dsn, in a schema of its own.
// Let it be another database than the ledger's, with other backups: rows that
// were replaced stay in Postgres' files and archives until those are cleaned.
func OpenKeys(ctx context.Context, dsn string) (*store.Keys, error) {
	db, err := connect(dsn, map[string]string{"search_path": keySchema})
	if err != nil {
		return nil, err
	}
	_, err = db.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+keySchema)
	if err == nil {
		err = migrate(ctx, db, "keymigration", query.KeyMigrations)
	}
	if err == nil {
		err = durable(ctx, db)
	}
	if err != nil {
		db.Close()
		return nil, fault.As(fault.Unavailable, fmt.Errorf("opening the key store in Postgres: %w", err))
	}
	return store.OpenKeys(store.Engine{DB: db}, func(ctx context.Context) error {
		_, err := db.ExecContext(ctx, "VACUUM (FULL) subject_key")
		return err
	}), nil
}

// Engine opens the database of dsn, brings its schema up to date, and refuses a
// server whose commits are not durable.
func Engine(ctx context.Context, dsn string) (store.Engine, error) {
	db, err := connect(dsn, nil)
	if err != nil {
		return store.Engine{}, err
	}
	if _, err = db.ExecContext(ctx, binary); err == nil {
		err = migrate(ctx, db, "migration", query.Migrations)
	}
	if err == nil {
		err = durable(ctx, db)
	}
	if err != nil {
		db.Close()
		return store.Engine{}, fault.As(fault.Unavailable, fmt.Errorf("opening the ledger in Postgres: %w", err))
	}
	// A writer reads what was committed before it got the lock, not before it
	// began to wait for it.
	return store.Engine{DB: db, Tx: &sql.TxOptions{Isolation: sql.LevelReadCommitted}}, nil
}

// connect opens a pool whose sessions have the settings, and lose their turn when
// they hang.
func connect(dsn string, settings map[string]string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		// The text of the error may hold the DSN, and with it a password.
		return nil, fault.Hint(fault.New(fault.Invalid, "reading the DSN of Postgres: it is not one"), "postgres://user@host:5432/database")
	}
	defaults := map[string]string{
		"application_name": "interdict", "lock_timeout": "20s", "idle_in_transaction_session_timeout": "10s",
	}
	for _, m := range []map[string]string{defaults, settings} {
		for k, v := range m {
			config.RuntimeParams[k] = v
		}
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(4)
	return db, nil
}

// durable refuses settings under which an acknowledged event could be lost.
func durable(ctx context.Context, db *sql.DB) error {
	for _, name := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		var value string
		if err := db.QueryRowContext(ctx, "SELECT current_setting($1)", name).Scan(&value); err != nil {
			return err
		}
		if value == "off" {
			return fault.Hint(errors.New("commits are not durable: "+name+" is off"), "set %s = on", name)
		}
	}
	return nil
}

func migrate(ctx context.Context, db *sql.DB, folder string, migrations fs.FS) error {
	sub, err := fs.Sub(migrations, folder)
	if err != nil {
		return err
	}
	one, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, sub, goose.WithSessionLocker(one))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}
