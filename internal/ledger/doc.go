// Package ledger is the arithmetic and the formats of the one append-only ledger:
// a Merkle tree of events (golang.org/x/mod/sumdb/tlog, RFC 6962), checkpoints
// as signed notes (C2SP tlog-checkpoint), inclusion and consistency proofs, and
// receipts that verify offline (C2SP tlog-proof).
//
// It promises that Verify names the first entry that was altered, is missing or
// was reordered, and that a receipt holds for its own event at its own place only. A proof is
// checked before it is given out.
//
// It never stores anything: it reads through Log, and writing is the business
// of internal/store. It never touches disk, network or clock, and it makes no
// randomness: keys come from a reader that the caller gives.
package ledger
