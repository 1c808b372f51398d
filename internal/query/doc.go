// Package query is the SQL of the house: one schema, one set of queries, and
// the code that sqlc generates from them (sqlc.yaml), for SQLite and Postgres.
//
// It promises that every query runs on both engines with the same answer; the
// suite internal/ledger/ledgertest holds it to that. Written by hand are this
// file and walk.go only.
//
// What is changed once only is so by its query: RevokeCredential touches no
// revoked row, and UpdateCredentialData none whose data are not Data_2, so that
// of two at once one sees 1 row and the other 0.
//
// It never opens a database, never retries and knows no rule of the ledger.
package query

import "embed"

// Migrations holds the schema of the ledger, in the order of goose.
//
//go:embed migration/*.sql
var Migrations embed.FS

// KeyMigrations holds the schema of the key store, which lies apart.
//
//go:embed keymigration/*.sql
var KeyMigrations embed.FS
