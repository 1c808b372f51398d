package store

import (
	"context"
	"database/sql"
	"errors"
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
	// not end the transaction; its error undoes this change alone. It may run
	// again, in another transaction and with another first index.
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

// apply keeps one change behind the edge, inside the transaction of a batch, and
// says whether it wrote before it failed.
func (c *Change) apply(ctx context.Context, tx *sql.Tx, edge ledger.Edge) (grown ledger.Edge, out Appended, wrote bool, err error) {
	q := query.New(tx)
	out, err = c.before(ctx, q)
	if err != nil || out.Repeated {
		return edge, out, false, err
	}
	out.First = edge.Size
	for i, d := range c.Events {
		if edge, err = d.keep(ctx, q, edge, i == 0); err != nil {
			return edge, out, true, err
		}
		out.Events = append(out.Events, d.Envelope)
	}
	if c.Within != nil {
		err = c.Within(ctx, tx, out.First)
	}
	return edge, out, true, err
}

// before answers a change that was done, and returns a Conflict unless each of
// its events is the next of its stream. It writes nothing.
func (c *Change) before(ctx context.Context, q *query.Queries) (done Appended, err error) {
	at := map[string]int64{}
	for i, d := range c.Events {
		e := d.Envelope
		if _, ok := at[e.Stream]; !ok {
			s, err := q.Standing(ctx, query.StandingParams{Command: sql.NullString{String: e.Command, Valid: true}, Stream: e.Stream})
			if err != nil {
				return done, unavailable("reading "+e.Stream, err)
			}
			if i == 0 && s.DoneAt >= 0 {
				if done, err = ofCommand(ctx, q, e.Command, s.DoneAt); err == nil {
					err = c.sameAs(done)
				}
				return done, err
			}
			at[e.Stream] = s.Version
		}
		if at[e.Stream]++; at[e.Stream] != int64(e.Version) {
			return done, conflict(ctx, q, e)
		}
	}
	return done, nil
}

// keep writes one event and what is sealed with it.
func (d Draft) keep(ctx context.Context, q *query.Queries, edge ledger.Edge, first bool) (ledger.Edge, error) {
	for _, s := range append([]vault.Sealed{d.Body}, d.Evidence...) {
		digest := s.Digest()
		n, err := q.AddSealed(ctx, query.AddSealedParams{Hash: s.Hash[:], Subject: s.Subject, Cipher: s.Cipher, Digest: digest[:]})
		if err != nil {
			return edge, unavailable("keeping what is sealed", err)
		}
		if n == 0 {
			return edge, fault.New(fault.Conflict, "%x of %s came with another event already", s.Hash[:8], s.Subject)
		}
	}
	leaf := d.Envelope.Encode()
	grown, nodes := edge.Append(leaf)
	err := q.AddEntry(ctx, query.AddEntryParams{
		Idx: edge.Size, Stream: d.Envelope.Stream, Version: int64(d.Envelope.Version),
		Command: sql.NullString{String: d.Envelope.Command, Valid: first},
		Body:    d.Envelope.Body[:], Leaf: leaf, Nodes: ledger.WriteNodes(nodes),
	})
	return grown, unavailable("keeping an event", err)
}

// conflict says why e is not the next event of its stream.
func conflict(ctx context.Context, q *query.Queries, e event.Envelope) error {
	last, err := q.LastOfStream(ctx, e.Stream)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Conflict, "%s has no events yet, and cannot become version %d", e.Stream, e.Version)
	}
	if err != nil {
		return unavailable("reading "+e.Stream, err)
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

// ofCommand returns what the command did whose first entry is given.
func ofCommand(ctx context.Context, q *query.Queries, key string, first int64) (Appended, error) {
	out := Appended{First: first, Repeated: true}
	const step = 16 // most commands have fewer events
	for from := first; ; from += step {
		rows, err := q.Entries(ctx, query.EntriesParams{Idx: from, Idx_2: from + step})
		if err != nil {
			return out, unavailable("reading command "+key, err)
		}
		for _, row := range rows {
			e, err := event.Decode(row.Leaf)
			if err != nil {
				return out, fmt.Errorf("entry %d: %w", row.Idx, err)
			}
			if e.Command != key {
				return out, nil
			}
			out.Events = append(out.Events, e)
		}
		if len(rows) < step {
			return out, nil
		}
	}
}
