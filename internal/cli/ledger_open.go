package cli

import (
	"context"
	"flag"
	"path/filepath"

	"interdict/internal/fault"
	"interdict/internal/postgres"
	"interdict/internal/sqlite"
	"interdict/internal/store"
	"interdict/internal/vault"
)

// ledgerPlace is where a ledger, its vault and their keys lie.
type ledgerPlace struct {
	data         string // data folder: ledger.db if there is no Postgres, and the verifier key
	postgres     string // DSN of the ledger; "": SQLite in the data folder
	keys         string // folder of the keys; "": keys in the data folder
	postgresKeys string // DSN of the key store beyond one machine; "": that of the ledger
}

// ledgerFlags declares the flags of where a ledger lies that is written.
func ledgerFlags(f *flag.FlagSet) *ledgerPlace {
	var p ledgerPlace
	postgresFlag(f, &p)
	f.StringVar(&p.keys, "keys", "", "the `DIR` of the signer key, the master key and the key store (default: keys in the data folder)")
	f.StringVar(&p.postgresKeys, "postgres-keys", "", "the `DSN` of the key store (default: that of --postgres)")
	return &p
}

// postgresFlag declares the flag that a reader of a ledger needs too.
func postgresFlag(f *flag.FlagSet, p *ledgerPlace) {
	f.StringVar(&p.postgres, "postgres", "", "the `DSN` of a ledger in Postgres; leave the password to PGPASSWORD or ~/.pgpass")
}

// at returns the place with the data folder of the call.
func (p ledgerPlace) at(c *call) ledgerPlace {
	p.data = c.Data
	if p.keys == "" {
		p.keys = filepath.Join(p.data, "keys")
	}
	if p.postgresKeys == "" {
		p.postgresKeys = p.postgres
	}
	return p
}

// openedLedger is a ledger open for writing, with its vault.
type openedLedger struct {
	*store.Store
	Vault *vault.Vault
	keys  *store.Keys
}

// Close closes the ledger and the key store.
func (o *openedLedger) Close() error {
	err := o.Store.Close()
	if closed := o.keys.Close(); err == nil {
		err = closed
	}
	return err
}

// openLedger opens the ledger of a place with its vault, and founds them with
// new keys where there is no ledger.
func openLedger(ctx context.Context, p ledgerPlace) (*openedLedger, error) {
	signer, master, err := ownKeys(ctx, p)
	if err != nil {
		return nil, err
	}
	keys, err := openKeys(ctx, p)
	if err != nil {
		return nil, err
	}
	o := &openedLedger{keys: keys}
	if o.Vault, err = vault.New(master, keys, vault.DefaultMaxBytes); err == nil {
		o.Store, err = openStore(ctx, p, signer)
	}
	if err != nil {
		keys.Close()
		return nil, err
	}
	return o, nil
}

func openStore(ctx context.Context, p ledgerPlace, signer string) (*store.Store, error) {
	if p.postgres != "" {
		return postgres.Open(ctx, p.postgres, signer)
	}
	return sqlite.Open(ctx, p.data, signer)
}

func openKeys(ctx context.Context, p ledgerPlace) (*store.Keys, error) {
	if p.postgresKeys != "" {
		return postgres.OpenKeys(ctx, p.postgresKeys)
	}
	return sqlite.OpenKeys(ctx, p.keys)
}

// lookLedger opens the ledger of a place to be read only. It needs no key.
func lookLedger(ctx context.Context, p ledgerPlace) (*store.Store, error) {
	if p.postgres != "" {
		return postgres.Look(ctx, p.postgres)
	}
	s, err := sqlite.Look(ctx, p.data)
	return s, fault.Hint(err, "name another data folder by --data, or a Postgres by --postgres")
}

// isFounded reports whether there is a ledger with a head.
func isFounded(ctx context.Context, p ledgerPlace) (bool, error) {
	s, err := lookLedger(ctx, p)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer s.Close()
	if _, err = s.Head(ctx); fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return true, err
}
