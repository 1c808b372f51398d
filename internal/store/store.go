package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/query"
)

// Store is an open ledger and vault. It is safe for concurrent use.
type Store struct {
	db      *sql.DB
	q       *query.Queries
	tx      *sql.TxOptions
	signer  note.Signer // nil: opened to look only
	verify  note.Verifier
	waiting chan *request
	closing sync.Once
	closed  chan struct{}  // no more requests are taken
	writer  sync.WaitGroup // the one writer of this process
}

// Engine is an open database with the schema in place.
type Engine struct {
	DB *sql.DB
	Tx *sql.TxOptions // of appending; a writer must see what was committed before its lock
}

// Open returns the ledger in e, signed by the signer key, and founds it if there
// is none. A head that does not hold is Corrupt. The store closes the database.
func Open(ctx context.Context, e Engine, signerKey string) (*Store, error) {
	signer, verifier, err := ledger.NewSigner(signerKey)
	if err != nil {
		return nil, err
	}
	s := &Store{
		db: e.DB, q: query.New(e.DB), tx: e.Tx, signer: signer, verify: verifier,
		waiting: make(chan *request), closed: make(chan struct{}),
	}
	edge := ledger.Edge{}
	root, err := edge.Root()
	if err != nil {
		return nil, err
	}
	signed, err := ledger.Checkpoint{Origin: signer.Name(), Root: root}.Sign(signer)
	if err != nil {
		return nil, err
	}
	if err := s.q.FoundHead(ctx, query.FoundHeadParams{Edge: edge.Bytes(), Checkpoint: signed}); err != nil {
		return nil, unavailable("founding the ledger", err)
	}
	head, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := ledger.CheckHead(head, verifier); err != nil {
		return nil, fault.Hint(err, "is it the right signer key (%s)?", verifier.Name())
	}
	s.writer.Go(s.write)
	return s, nil
}

// Look returns the ledger in e to be read only, without a key.
func Look(e Engine) *Store {
	return &Store{db: e.DB, q: query.New(e.DB)}
}

// Verifier returns the verifier of the key that the store signs with, nil if it
// only looks.
func (s *Store) Verifier() note.Verifier { return s.verify }

// Close waits for the commands under way and closes the database. Appending
// afterwards is Unavailable.
func (s *Store) Close() error {
	if s.closed != nil {
		s.closing.Do(func() { close(s.closed) })
		s.writer.Wait()
	}
	if err := s.db.Close(); err != nil {
		return unavailable("closing the ledger", err)
	}
	return nil
}

// unavailable wraps an error of the database: NotFound if there was no such row,
// else Unavailable.
func unavailable(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.NotFound, "%s: there is none", what)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: %w", what, err)
	}
	return fault.As(fault.Unavailable, fmt.Errorf("%s: %w", what, err))
}
