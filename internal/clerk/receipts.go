package clerk

import (
	"context"
	"errors"
	"strings"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/session"
)

// Receipts returns the proofs that the entries of a thing stand in the ledger,
// in their order. Who may see all of the thing gets one of every entry; anybody
// else who may know of it gets those that Receipt would give him. That all were
// given stands in the ledger like any other reading of the whole thing.
func (c *Clerk) Receipts(ctx context.Context, o Order, kind, id string) ([]ledger.Receipt, error) {
	stream := kind + "/" + id
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, hidden(stream)
	}
	faces, ok := faces[kind]
	if !ok {
		return nil, hidden(stream)
	}
	h, err := t.see(stream)
	if err != nil {
		return nil, t.hide(err, stream)
	}
	shown, err := t.shown(faces, h)
	if err != nil {
		return nil, t.hide(err, stream)
	}
	widest := shown[0].action
	all, err := t.whole(h.value)
	if err != nil {
		return nil, err
	}
	all = all && widest == faces[0].action
	happened, err := c.Store.Stream(ctx, stream, 0)
	if err != nil {
		return nil, err
	}
	var out []ledger.Receipt
	for _, e := range happened {
		if !all && e.Envelope.By != string(t.By.ID) && !t.ours(e.Envelope) {
			continue
		}
		r, err := c.Store.Receipt(ctx, e.Index)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	if entry, _ := access.Find(widest); !all || entry.Way != access.Restricted {
		return out, nil
	}
	return out, t.reading(Opened{Of: stream, Version: h.version, Parts: []access.Action{widest}, Purpose: o.Purpose})
}

// MaterialsOf returns the ids of the materials with a mention that was linked to
// a dossier, as far as the reader may know of them; NotFound if he may not know
// of the dossier.
func (c *Clerk) MaterialsOf(ctx context.Context, o Order, id string) ([]string, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, hidden("dossier/" + id)
	}
	if err := t.reaches("dossier", id); err != nil {
		return nil, err
	}
	var out []string
	var faults error // what may not be known of is no fault
	err = c.tied(ctx, "dossier/"+id, "about", func(h held) {
		_, of, _ := strings.Cut(h.stream, "/")
		switch err := t.reaches("material", of); {
		case err == nil:
			out = append(out, of)
		case fault.KindOf(err) != fault.NotFound:
			faults = errors.Join(faults, err)
		}
	})
	return out, errors.Join(err, faults)
}

// whole reports whether a reader to whom a session is shown sees all its items.
func (t *Turn) whole(value any) (bool, error) {
	s, ok := value.(session.Session)
	if !ok {
		return true, nil
	}
	seen, err := t.withoutOwnConflicts(s, s)
	if err != nil {
		return false, err
	}
	return len(seen.(session.Session).Items) == len(s.Items), nil
}
