package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/query"
)

const (
	maxBatch  = 256              // commands in one transaction
	batchTime = 30 * time.Second // a transaction that takes longer is given up
)

// request is one Append that waits for the writer.
type request struct {
	ctx    context.Context
	change Change
	out    Appended
	err    error
	done   chan struct{}
}

// write is the one writer of this process: it gathers the commands that came in
// while the last transaction was made durable, and puts them into the next.
func (s *Store) write() {
	for {
		select {
		case r := <-s.waiting:
			s.answer(s.gather(r))
		case <-s.closed:
			return
		}
	}
}

func (s *Store) gather(first *request) []*request {
	batch := []*request{first}
	for len(batch) < maxBatch {
		select {
		case r := <-s.waiting:
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}

// answer carries out a batch and tells everyone who waits for it. Without its
// transaction nobody's change was kept, or nobody knows; and whoever lost to
// another of the same batch may not have lost.
func (s *Store) answer(batch []*request) {
	ctx, cancel := context.WithTimeout(context.Background(), batchTime)
	defer cancel()
	failed := s.carryOut(ctx, batch, false)
	if errors.Is(failed, errWrote) {
		failed = s.carryOut(ctx, batch, true)
	}
	for _, r := range batch {
		if failed != nil {
			r.out, r.err = Appended{}, failed
		}
		close(r.done)
	}
}

// errWrote ends a batch without savepoints when a command of it must be undone.
var errWrote = errors.New("a command failed after it had written")

// carryOut keeps the batch in one transaction. With savepoints, a command that
// fails takes no other with it. Without, one that fails after it has written
// ends all with errWrote. Savepoints cost two statements a command and are
// seldom needed, so it is tried without.
func (s *Store) carryOut(ctx context.Context, batch []*request, savepoints bool) error {
	tx, err := s.db.BeginTx(ctx, s.tx)
	if err != nil {
		return unavailable("appending", err)
	}
	defer tx.Rollback()
	edge, err := s.lock(ctx, tx)
	if err != nil {
		return err
	}
	before := edge.Size
	carry := (*request).carryOut
	if savepoints {
		carry = (*request).carryOutAlone
	}
	for _, r := range batch {
		if r.out, r.err = (Appended{}), r.ctx.Err(); r.err != nil {
			continue // who asked has gone before it was begun
		}
		if edge, err = carry(r, ctx, tx, edge); err != nil {
			return err
		}
	}
	if edge.Size == before {
		return nil // repeated or refused, all of them
	}
	if err := s.move(ctx, tx, edge); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fault.Hint(unavailable("appending: the outcome is not known", err), "send the same command again, under the same key")
	}
	return nil
}

// carryOut applies one request. The error that it returns is of the batch; that
// of the command stands in r.
func (r *request) carryOut(ctx context.Context, tx *sql.Tx, edge ledger.Edge) (ledger.Edge, error) {
	grown, out, wrote, err := r.change.apply(ctx, tx, edge)
	switch {
	case err == nil:
		r.out = out
		return grown, nil
	case wrote, fault.KindOf(err) == fault.Unavailable: // Postgres goes on after no error
		return edge, errWrote
	}
	r.err = err
	return edge, nil
}

// carryOutAlone applies one request under a savepoint.
func (r *request) carryOutAlone(ctx context.Context, tx *sql.Tx, edge ledger.Edge) (ledger.Edge, error) {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT command"); err != nil {
		return edge, unavailable("appending", err)
	}
	grown, out, _, err := r.change.apply(ctx, tx, edge)
	if err == nil {
		r.out = out
		_, err = tx.ExecContext(ctx, "RELEASE SAVEPOINT command")
		return grown, unavailable("appending", err)
	}
	r.err = err
	if _, err := tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT command"); err != nil {
		return edge, unavailable("appending", errors.Join(err, r.err))
	}
	return edge, nil
}

// lock takes this writer's turn among all processes and returns the edge that
// it stands on. A head that does not hold is Corrupt: nothing is built on it.
func (s *Store) lock(ctx context.Context, tx *sql.Tx) (ledger.Edge, error) {
	h, err := query.New(tx).LockHead(ctx)
	if err != nil {
		return ledger.Edge{}, unavailable("waiting for the turn to append", err)
	}
	if _, err := ledger.CheckHead(ledger.Head{Size: h.Size, Edge: h.Edge, Checkpoint: h.Checkpoint}, s.verify); err != nil {
		return ledger.Edge{}, err
	}
	return ledger.ReadEdge(h.Size, h.Edge)
}

// move signs the new checkpoint and puts it into the head.
func (s *Store) move(ctx context.Context, tx *sql.Tx, edge ledger.Edge) error {
	root, err := edge.Root()
	if err != nil {
		return err
	}
	signed, err := ledger.Checkpoint{Origin: s.signer.Name(), Size: edge.Size, Root: root}.Sign(s.signer)
	if err != nil {
		return err
	}
	n, err := query.New(tx).MoveHead(ctx, query.MoveHeadParams{Size: edge.Size, Edge: edge.Bytes(), Checkpoint: signed})
	if err == nil && n != 1 {
		err = fmt.Errorf("%d heads", n)
	}
	return unavailable("moving the head", err)
}
