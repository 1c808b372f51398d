package clerk

import (
	"cmp"
	"context"
	"fmt"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// History returns what happened to a thing, by whom and when, from its beginning
// on: the envelopes, to who may read the widest part of it. Nothing of what was
// said stands in them, so that it is no reading of it.
func (c *Clerk) History(ctx context.Context, o Order, kind, id string) ([]Entry, error) {
	stream := kind + "/" + id
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, hidden(stream)
	}
	all, ok := faces[kind]
	if !ok {
		return nil, hidden(stream)
	}
	h, err := t.see(stream)
	if err != nil {
		return nil, t.hide(err, stream)
	}
	on, err := t.resource(h)
	if err != nil {
		return nil, err
	}
	on.Kind = all[0].action.Kind()
	if t.need(all[0].action, on) != nil {
		return nil, hidden(stream)
	}
	if all, err := t.whole(h.value); err != nil || !all { // of a session with an item that he stands aside from
		return nil, cmp.Or(err, hidden(stream))
	}
	happened, err := c.Store.Stream(ctx, stream, 0)
	if err != nil {
		return nil, err
	}
	var out []Entry
	for _, e := range happened {
		v := e.Envelope
		out = append(out, Entry{e.Index, v.Kind, v.Stream, v.Version, v.At, roster.PersonID(v.By), v.For})
	}
	return out, nil
}

// Related is a thing that is tied to another one.
type Related struct {
	Relation string // "item", "on", "target" …
	Kind     string
	Row
}

// RelatedTo returns what is tied to a thing by one of these relations, as far as
// the reader may know of it. Titles are not told: nothing is read.
func (c *Clerk) RelatedTo(ctx context.Context, o Order, kind, id string, relations ...string) ([]Related, error) {
	o.Purpose = ""
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := t.reaches(kind, id); err != nil {
		return nil, err
	}
	ties, err := c.tiesTo(ctx, kind+"/"+id)
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("looking for what is tied to %s/%s: %w", kind, id, err))
	}
	var out []Related
	for _, tie := range ties {
		if !contains(relations, tie.Relation) {
			continue
		}
		r, ok, err := t.related(tie.Source)
		if err != nil {
			return nil, err
		}
		if r.Relation = tie.Relation; ok {
			out = append(out, r)
		}
	}
	return out, nil
}

// related returns a thing by its stream, false if the reader may not know of it.
func (t *Turn) related(stream string) (Related, bool, error) {
	i, err := t.clerk.Store.Queries().Item(t.ctx, stream)
	if err != nil {
		return Related{}, false, fault.As(fault.Unavailable, fmt.Errorf("reading the view of %s: %w", stream, err))
	}
	sight := access.Action(i.Kind + ".list")
	if _, listed := access.Find(sight); !listed {
		return Related{}, false, nil
	}
	row, ok, err := t.rowOf(i, sight)
	return Related{Kind: i.Kind, Row: row}, ok, err
}
