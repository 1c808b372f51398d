package store

import (
	"context"
	"database/sql"
	"fmt"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/query"
	"interdict/internal/vault"
)

// Draft is one event to be appended. The hashes of the envelope are set from
// what is sealed.
type Draft struct {
	Envelope event.Envelope
	Body     vault.Sealed
	Evidence []vault.Sealed // further things that came with it, sealed before by nobody
}

// Change is all that one command does, kept as a whole or not at all.
type Change struct {
	Events []Draft // at least one, all with the same command key

	// Within, if not nil, changes what the caller keeps in the same database, in
	// the same transaction. It runs in the line of all writers: be quick. It must
	// not end the transaction; its error undoes this change alone.
	Within func(ctx context.Context, tx *sql.Tx, first int64) error
}

// Appended is what a command did.
type Appended struct {
	First    int64            // index of its first event; the others follow it
	Events   []event.Envelope // as they stand in the ledger
	Repeated bool             // it had been done before
}

// Append keeps the change, durable on return. The stream version of each event
// must be one more than the stream's: else Conflict, saying by whom and when it
// was changed. A command key that was used before is answered with what was done
// then, or with Conflict if that was something else.
//
// Unavailable means that the outcome is not known, or that nothing was kept: the
// same change may be appended again.
func (s *Store) Append(ctx context.Context, c Change) (Appended, error) {
	if s.signer == nil {
		return Appended{}, fault.New(fault.Internal, "appending to a ledger that was opened to look only")
	}
	if err := c.prepare(); err != nil {
		return Appended{}, err
	}
	r := &request{ctx: ctx, change: c, done: make(chan struct{})}
	select {
	case s.waiting <- r:
	case <-s.closed:
		return Appended{}, fault.New(fault.Unavailable, "appending: the ledger is closed")
	case <-ctx.Done():
		return Appended{}, fmt.Errorf("appending: %w", ctx.Err())
	}
	<-r.done // once taken, it is carried to its end
	return r.out, r.err
}

// prepare fills in the hashes and checks everything that needs no database.
func (c *Change) prepare() error {
	if len(c.Events) == 0 {
		return fault.New(fault.Invalid, "appending a command without events")
	}
	events := make([]Draft, len(c.Events))
	for i, d := range c.Events {
		d.Envelope.Body = d.Body.Hash
		d.Envelope.Evidence = nil
		for _, e := range d.Evidence {
			d.Envelope.Evidence = append(d.Envelope.Evidence, e.Hash)
		}
		if err := d.Envelope.Check(); err != nil {
			return err
		}
		if d.Envelope.Command != c.Events[0].Envelope.Command {
			return fault.New(fault.Invalid, "appending events of two commands as one")
		}
		events[i] = d
	}
	c.Events = events
	return nil
}

// apply keeps one change behind the edge, inside the transaction of a batch.
func (c *Change) apply(ctx context.Context, tx *sql.Tx, edge ledger.Edge) (ledger.Edge, Appended, error) {
	q := query.New(tx)
	done, ok, err := ofCommand(ctx, q, c.Events[0].Envelope.Command)
	if err != nil || ok {
		if err == nil {
			err = c.sameAs(done)
		}
		return edge, done, err
	}
	out := Appended{First: edge.Size}
	for i, d := range c.Events {
		if err := due(ctx, q, d.Envelope); err != nil {
			return edge, out, err
		}
		for _, s := range append([]vault.Sealed{d.Body}, d.Evidence...) {
			digest := s.Digest()
			n, err := q.AddSealed(ctx, query.AddSealedParams{Hash: s.Hash[:], Subject: s.Subject, Cipher: s.Cipher, Digest: digest[:]})
			if err != nil {
				return edge, out, unavailable("keeping what is sealed", err)
			}
			if n == 0 {
				return edge, out, fault.New(fault.Conflict, "%x of %s came with another event already", s.Hash[:8], s.Subject)
			}
		}
		leaf := d.Envelope.Encode()
		grown, nodes, err := edge.Append(leaf)
		if err != nil {
			return edge, out, err
		}
		err = q.AddEntry(ctx, query.AddEntryParams{
			Idx: edge.Size, Stream: d.Envelope.Stream, Version: int64(d.Envelope.Version),
			Command: sql.NullString{String: d.Envelope.Command, Valid: i == 0},
			Body:    d.Envelope.Body[:], Leaf: leaf, Nodes: ledger.WriteNodes(nodes),
		})
		if err != nil {
			return edge, out, unavailable("keeping an event", err)
		}
		edge = grown
		out.Events = append(out.Events, d.Envelope)
	}
	if c.Within != nil {
		if err := c.Within(ctx, tx, out.First); err != nil {
			return edge, out, err
		}
	}
	return edge, out, nil
}

// due returns a Conflict unless e is the next event of its stream.
func due(ctx context.Context, q *query.Queries, e event.Envelope) error {
	last, err := q.LastOfStream(ctx, e.Stream)
	err = unavailable("reading "+e.Stream, err)
	switch {
	case fault.KindOf(err) == fault.NotFound && e.Version == 1:
		return nil
	case fault.KindOf(err) == fault.NotFound:
		return fault.New(fault.Conflict, "%s has no events yet, and cannot become version %d", e.Stream, e.Version)
	case err != nil:
		return err
	case last.Version == int64(e.Version)-1:
		return nil
	}
	was, err := event.Decode(last.Leaf)
	if err != nil {
		return fmt.Errorf("entry %d: %w", last.Idx, err)
	}
	return fault.Hint(fault.New(fault.Conflict, "%s is at version %d and cannot become version %d: %s changed it at %s (%s, entry %d)",
		e.Stream, last.Version, e.Version, was.By, was.At.Format("2006-01-02T15:04:05.000Z"), was.Kind, last.Idx), "look at it again, then decide anew")
}

// sameAs returns a Conflict unless what was done is what c would do. Bodies are
// salted and cannot be compared.
func (c *Change) sameAs(done Appended) error {
	same := len(done.Events) == len(c.Events)
	for i := 0; same && i < len(c.Events); i++ {
		a, b := c.Events[i].Envelope, done.Events[i]
		same = a.Kind == b.Kind && a.Stream == b.Stream && a.By == b.By && a.For == b.For && len(a.Evidence) == len(b.Evidence)
	}
	if same {
		return nil
	}
	return fault.New(fault.Conflict, "command %s was used for something else, at %s by %s (%s, entry %d)",
		done.Events[0].Command, done.Events[0].At.Format("2006-01-02T15:04:05.000Z"), done.Events[0].By, done.Events[0].Kind, done.First)
}

// ofCommand returns what the command of that key did, if it was done.
func ofCommand(ctx context.Context, q *query.Queries, key string) (Appended, bool, error) {
	first, err := q.EntryOfCommand(ctx, sql.NullString{String: key, Valid: true})
	if err = unavailable("looking for command "+key, err); err != nil {
		if fault.KindOf(err) == fault.NotFound {
			err = nil
		}
		return Appended{}, false, err
	}
	out := Appended{First: first, Repeated: true}
	for row, err := range q.WalkEntries(ctx, first) {
		if err != nil {
			return out, false, unavailable("reading command "+key, err)
		}
		e, err := event.Decode(row.Leaf)
		if err != nil {
			return out, false, fmt.Errorf("entry %d: %w", row.Idx, err)
		}
		if e.Command != key {
			break
		}
		out.Events = append(out.Events, e)
	}
	if len(out.Events) == 0 {
		return out, false, fault.New(fault.Corrupt, "entry %d is not of command %s", first, key)
	}
	return out, true, nil
}
