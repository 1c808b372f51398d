package cli

import (
	"context"
	"flag"

	"interdict/internal/store"
	"interdict/internal/vault"
)

// OpenLedger opens the ledger that the flags of a writing verb name, for tests
// that fill it.
func OpenLedger(ctx context.Context, data string, args ...string) (*store.Store, *vault.Vault, func() error, error) {
	f := flag.NewFlagSet("test", flag.ContinueOnError)
	p := ledgerFlags(f)
	if err := f.Parse(args); err != nil {
		return nil, nil, nil, err
	}
	o, err := openLedger(ctx, p.at(&call{Data: data}))
	if err != nil {
		return nil, nil, nil, err
	}
	return o.Store, o.Vault, o.Close, nil
}
