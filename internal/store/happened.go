package store

import (
	"context"
	"fmt"
	"iter"
	"math"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/vault"
)

// Happened is one event with its sealed body.
type Happened struct {
	Index    int64
	Envelope event.Envelope
	Body     vault.Sealed
}

// Stream returns the events of a stream after a version, in order; none if it
// has none. A gap, or a body that is missing, is Corrupt.
func (s *Store) Stream(ctx context.Context, stream string, after uint64) ([]Happened, error) {
	return s.stream(ctx, stream, after, math.MaxInt64)
}

// StreamUpTo returns the events of a stream as it stood when the ledger ended
// with the entry of that index; see Stream.
func (s *Store) StreamUpTo(ctx context.Context, stream string, index int64) ([]Happened, error) {
	return s.stream(ctx, stream, 0, index)
}

func (s *Store) stream(ctx context.Context, stream string, after uint64, last int64) ([]Happened, error) {
	rows, err := s.q.EntriesOfStream(ctx, query.EntriesOfStreamParams{Stream: stream, Version: int64(after), Idx: last})
	if err != nil {
		return nil, unavailable("reading "+stream, err)
	}
	out := make([]Happened, 0, len(rows))
	for _, r := range rows {
		h, err := happened(query.HappenedFromRow(r))
		if err != nil {
			return nil, err
		}
		e := h.Envelope
		if after++; e.Version != after || e.Stream != stream {
			return nil, fault.New(fault.Corrupt, "entry %d is version %d of %s where version %d of %s is due", r.Idx, e.Version, e.Stream, after, stream)
		}
		out = append(out, h)
	}
	return out, nil
}

// Walk yields every event with an index of at least from, in order, and ends
// with the first error. A body that is missing is Corrupt.
func (s *Store) Walk(ctx context.Context, from int64) iter.Seq2[Happened, error] {
	return func(yield func(Happened, error) bool) {
		for r, err := range s.q.WalkHappened(ctx, from) {
			var h Happened
			if err = unavailable("reading events", err); err == nil {
				h, err = happened(r)
			}
			if !yield(h, err) || err != nil {
				return
			}
		}
	}
}

func happened(r query.HappenedFromRow) (Happened, error) {
	e, err := event.Decode(r.Leaf)
	if err != nil {
		return Happened{}, fmt.Errorf("entry %d: %w", r.Idx, err)
	}
	if r.Hash == nil {
		return Happened{}, fault.New(fault.Corrupt, "entry %d: its body is missing among the sealed", r.Idx)
	}
	body, err := sealedOf(r.Hash, r.Subject.String, r.Cipher)
	if err == nil && body.Hash != e.Body {
		err = fault.New(fault.Corrupt, "it has another body")
	}
	if err != nil {
		return Happened{}, fmt.Errorf("entry %d: %w", r.Idx, err)
	}
	return Happened{Index: r.Idx, Envelope: e, Body: body}, nil
}

// Queries returns the queries on what is kept beside the ledger (items, ties,
// credentials, logins), each call a transaction of its own. What must change
// together with an event is changed through Change.Within.
func (s *Store) Queries() *query.Queries { return s.q }
