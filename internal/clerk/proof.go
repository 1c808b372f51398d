package clerk

import (
	"cmp"
	"context"
	"strings"
	"time"

	"interdict/internal/access"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/roster"
)

// Entry is the envelope of one event.
type Entry struct {
	Index   int64           `json:"index"`
	Kind    string          `json:"kind"`
	Stream  string          `json:"stream"`
	Version uint64          `json:"version"`
	At      time.Time       `json:"at"`
	By      roster.PersonID `json:"by"`
	For     string          `json:"for,omitempty"`
}

// Ledger returns envelopes from an index on.
func (c *Clerk) Ledger(ctx context.Context, o Order, from int64, limit int) ([]Entry, error) {
	if _, err := c.mayHouse(ctx, o, access.LedgerRead); err != nil {
		return nil, err
	}
	out := []Entry{}
	for e, err := range c.Store.Walk(ctx, from) {
		if err != nil {
			return nil, err
		}
		if len(out) == limit {
			break
		}
		v := e.Envelope
		out = append(out, Entry{e.Index, v.Kind, v.Stream, v.Version, v.At, roster.PersonID(v.By), v.For})
	}
	return out, nil
}

// mayHouse returns NotFound unless the person may do that to the house itself.
func (c *Clerk) mayHouse(ctx context.Context, o Order, a access.Action) (*Turn, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	on := access.Resource{Kind: a.Kind(), ID: "main", Owner: t.By.Organisation}
	if err := t.need(a, on); err != nil {
		return nil, cmp.Or(c.purposeless(t.By, o, a, on), fault.New(fault.NotFound, "there is no such thing"))
	}
	if restricted(a) {
		err = t.reading(Opened{Of: a.Kind() + "/main", Parts: []access.Action{a}, Purpose: o.Purpose})
	}
	return t, err
}

// WhoSaw returns the readings of a thing, in the order in which they happened;
// NotFound if there is no such thing.
func (c *Clerk) WhoSaw(ctx context.Context, o Order, stream string) ([]Reading, error) {
	if _, err := c.mayHouse(ctx, o, access.AuditRead); err != nil {
		return nil, err
	}
	out := []Reading{}
	err := c.tied(ctx, stream, "read", func(h held) { out = append(out, h.value.(Reading)) })
	if err != nil || len(out) > 0 {
		return out, err
	}
	versions, err := c.Versions(ctx, []string{stream})
	if _, ok := versions[stream]; err == nil && !ok {
		err = hidden(stream)
	}
	return out, err
}

// Receipt returns the proof that an entry stands in the ledger: to who made it,
// to those of his organisation who may know of what it is about, and to who may
// read the ledger.
func (c *Clerk) Receipt(ctx context.Context, o Order, index int64) ([]byte, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	nothing := fault.New(fault.NotFound, "there is no receipt %d for you", index)
	e, err := c.Store.Entry(ctx, index)
	if fault.KindOf(err) == fault.NotFound {
		return nil, cmp.Or(t.asIfThere("dossier/none"), nothing)
	}
	if err != nil {
		return nil, err
	}
	env, err := event.Decode(e.Leaf)
	if err != nil {
		return nil, err
	}
	if env.By != string(t.By.ID) && !t.ours(env) {
		if _, err := c.mayHouse(ctx, o, access.LedgerRead); err != nil {
			return nil, nothing
		}
	}
	r, err := c.Store.Receipt(ctx, index)
	if err != nil {
		return nil, err
	}
	return r.Text(), nil
}

// ours reports whether an entry was made for the person's organisation and is
// about something that he may know of.
func (t *Turn) ours(e event.Envelope) bool {
	kind, id, _ := strings.Cut(e.Stream, "/")
	_, listed := access.Find(access.Action(kind + ".list"))
	if !listed || e.For == "" || e.For != string(t.By.Organisation) {
		kind, id = "dossier", "none" // as much work as with one that is
	}
	return t.reaches(kind, id) == nil
}

// File is a document with its name.
type File struct {
	Name    string
	Media   string
	Content []byte
}

// File returns the very bytes of a document of a material, or of a text derived
// from it; that it was read stands in the ledger.
func (c *Clerk) File(ctx context.Context, o Order, id, hash string) (File, error) {
	stream := "material/" + id
	t, err := c.turn(ctx, o)
	if err != nil {
		return File{}, hidden(stream)
	}
	h, err := t.see(stream)
	if err != nil {
		return File{}, t.hide(err, stream)
	}
	on, err := t.resource(h)
	if err != nil {
		return File{}, err
	}
	if err := t.need(access.MaterialReadClosed, on); err != nil {
		return File{}, cmp.Or(c.purposeless(t.By, o, access.MaterialReadClosed, on), hidden(stream))
	}
	m := h.value.(material.Material)
	out := File{Name: hash + ".txt", Media: "text/plain"}
	for _, d := range m.Documents {
		if d.Hash == hash {
			out.Name, out.Media = d.Name, d.Media
		}
	}
	if out.Content, err = c.document(ctx, m.ID, hash); err != nil {
		return File{}, err
	}
	return out, t.reading(Opened{Of: stream, Version: h.version, Parts: []access.Action{access.MaterialReadClosed}, Purpose: o.Purpose})
}
