package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/query"
	"interdict/internal/vault"
)

var _ ledger.Log = (*Store)(nil)

// Head implements ledger.Log.
func (s *Store) Head(ctx context.Context) (ledger.Head, error) {
	h, err := s.q.Head(ctx)
	if err != nil {
		return ledger.Head{}, unavailable("reading the head of the ledger", err)
	}
	return ledger.Head{Size: h.Size, Edge: h.Edge, Checkpoint: h.Checkpoint, Last: h.LastIdx}, nil
}

// Entry implements ledger.Log.
func (s *Store) Entry(ctx context.Context, index int64) (ledger.Entry, error) {
	e, err := s.q.Entry(ctx, index)
	if err != nil {
		return ledger.Entry{}, unavailable(fmt.Sprintf("reading entry %d", index), err)
	}
	return entryOf(e), nil
}

// Entries implements ledger.Log.
func (s *Store) Entries(ctx context.Context, from, end int64) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		for e, err := range s.q.WalkEntries(ctx, from, end) {
			if !yield(entryOf(e), unavailable("reading entries", err)) {
				return
			}
		}
	}
}

func entryOf(e query.Entry) ledger.Entry {
	return ledger.Entry{Index: e.Idx, Stream: e.Stream, Version: e.Version, Command: e.Command.String, Body: e.Body, Leaf: e.Leaf, Nodes: e.Nodes}
}

// Sealed implements ledger.Log.
func (s *Store) Sealed(ctx context.Context) iter.Seq2[ledger.Stored, error] {
	return func(yield func(ledger.Stored, error) bool) {
		for row, err := range s.q.WalkSealed(ctx) {
			var out ledger.Stored
			if err = unavailable("reading what is sealed", err); err == nil {
				out.Digest, out.Size = row.Digest, row.Size
				out.Sealed, err = sealedOf(row.Hash, row.Subject, row.Cipher)
			}
			if !yield(out, err) || err != nil {
				return
			}
		}
	}
}

func sealedOf(hash []byte, subject string, cipher []byte) (vault.Sealed, error) {
	if len(hash) != 32 {
		return vault.Sealed{}, fault.New(fault.Corrupt, "something of %s is sealed under a hash of %d bytes", subject, len(hash))
	}
	return vault.Sealed{Hash: [32]byte(hash), Subject: subject, Cipher: cipher}, nil
}

// Take returns one sealed thing; NotFound if there is none of that hash, Corrupt
// if it is not what was kept.
func (s *Store) Take(ctx context.Context, hash [32]byte) (vault.Sealed, error) {
	row, err := s.q.SealedOf(ctx, hash[:])
	if err != nil {
		return vault.Sealed{}, unavailable(fmt.Sprintf("taking %x", hash[:8]), err)
	}
	out, err := sealedOf(row.Hash, row.Subject, row.Cipher)
	if d := out.Digest(); err == nil && string(d[:]) != string(row.Digest) {
		err = fault.New(fault.Corrupt, "sealed %x of %s is altered", hash[:8], row.Subject)
	}
	return out, err
}

// Command returns what the command of a key did; NotFound if it was not done.
// Ask before deciding anew: the state has changed by the command itself.
func (s *Store) Command(ctx context.Context, key string) (Appended, error) {
	first, err := s.q.EntryOfCommand(ctx, sql.NullString{String: key, Valid: true})
	if errors.Is(err, sql.ErrNoRows) {
		return Appended{}, fault.New(fault.NotFound, "command %s was not done", key)
	}
	if err != nil {
		return Appended{}, unavailable("looking for command "+key, err)
	}
	return ofCommand(ctx, s.q, key, first)
}

// Receipt returns the proof that an entry stands in the ledger, under the
// present checkpoint.
func (s *Store) Receipt(ctx context.Context, index int64) (ledger.Receipt, error) {
	return ledger.Prove(ctx, s, s.verify, index)
}

// Verify walks the whole ledger; see ledger.Verify.
func (s *Store) Verify(ctx context.Context, v note.Verifier, since []ledger.Checkpoint, progress func(done, total int64)) (ledger.Report, error) {
	return ledger.Verify(ctx, s, v, since, progress)
}
