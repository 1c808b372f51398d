package query

import (
	"context"
	"database/sql"
	"iter"
)

// WalkEntries yields the entries from an index up to and without another, in
// order, one row at a time. The bytes of a row are valid until the next one.
func (q *Queries) WalkEntries(ctx context.Context, from, end int64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		rows, err := q.db.QueryContext(ctx, entries, from, end)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		defer rows.Close()
		var body, leaf, nodes sql.RawBytes
		for rows.Next() {
			var e Entry
			err := rows.Scan(&e.Idx, &e.Stream, &e.Version, &e.Command, &body, &leaf, &nodes)
			e.Body, e.Leaf, e.Nodes = body, leaf, nodes
			if !yield(e, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Entry{}, err)
		}
	}
}

// WalkHappened yields the entries from idx on in order, each with its sealed body
// (hash NULL if that is missing), one row at a time.
func (q *Queries) WalkHappened(ctx context.Context, idx int64) iter.Seq2[HappenedFromRow, error] {
	return func(yield func(HappenedFromRow, error) bool) {
		rows, err := q.db.QueryContext(ctx, happenedFrom, idx)
		if err != nil {
			yield(HappenedFromRow{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var r HappenedFromRow
			err := rows.Scan(&r.Idx, &r.Leaf, &r.Hash, &r.Subject, &r.Cipher)
			if !yield(r, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(HappenedFromRow{}, err)
		}
	}
}

// WalkSealed yields everything sealed, in no order, one row at a time. The bytes
// of a row are valid until the next one.
func (q *Queries) WalkSealed(ctx context.Context) iter.Seq2[AllSealedRow, error] {
	return func(yield func(AllSealedRow, error) bool) {
		rows, err := q.db.QueryContext(ctx, allSealed)
		if err != nil {
			yield(AllSealedRow{}, err)
			return
		}
		defer rows.Close()
		var hash, cipher, digest sql.RawBytes
		for rows.Next() {
			var s AllSealedRow
			err := rows.Scan(&s.Size, &hash, &s.Subject, &cipher, &digest)
			s.Hash, s.Cipher, s.Digest = hash, cipher, digest
			if !yield(s, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(AllSealedRow{}, err)
		}
	}
}
