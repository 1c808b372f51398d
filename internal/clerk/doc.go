// Package clerk is the one door to the ledger: it checks access, asks the pure
// rooms of the casework what would happen, appends that to the ledger and moves
// the views, all in one transaction.
//
// It promises that nothing changes by another way, so that the ledger is the
// whole audit; that a command is done wholly or not at all, and once however
// often it is sent under its key; that what a person may not see is not found,
// in commands, reads, lists and errors alike; that every read of restricted
// content stands in the ledger with its purpose; that views follow from the
// ledger alone and are rebuilt to the same rows.
//
// It decides nothing about a case: rules are in the rooms, rights in the
// policies, the law in the statute. It holds no personal data beside the vault:
// views have ids, states and times.
package clerk
