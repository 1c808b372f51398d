// Package store appends to the ledger and reads it back, over database/sql and
// the queries of package query, on whichever engine has opened the database.
//
// It promises: what Append returned is durable, whole and in the tree, all of a
// command or nothing; commands on one stream win one at a time and the others
// get a Conflict that says who was first and when; a command repeated under its
// key is answered with what it did the first time. Events, sealed bodies, tree
// hashes, signed checkpoint and whatever the caller changes beside them share
// one transaction. Several processes may write to one Postgres.
//
// It never decides what may happen, never opens what is sealed and never tries
// again by itself: an Unavailable answer says that the command may be repeated
// under the same key.
package store
