// Package ledgertest holds the one suite of tests that the ledger, the vault,
// their store and every query must pass on SQLite and on a real Postgres alike.
//
// It promises that both engines are asked the same, and that what they answer is
// compared with what is written here, never with one another alone. Receipts are
// verified a second time by an implementation that is not ours. Processes are
// killed for real.
//
// It holds no code of the product and nothing imports it.
package ledgertest
