package clerk

import (
	"context"
	"slices"
	"strings"

	"interdict/internal/access"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/material"
)

// Exhibits are the materials that a dossier rests on or that are about its
// subject, as far as the reader may see them, with the words that it quotes.
type Exhibits struct {
	Materials []MaterialSeen
	Words     map[dossier.Span]string // of the spans whose material the reader may read
}

// Exhibits returns what a dossier rests on. What the reader may not see is left
// out; what is restricted wants a purpose, and that it was read stands in the
// ledger.
func (c *Clerk) Exhibits(ctx context.Context, o Order, id string) (Exhibits, error) {
	out := Exhibits{Words: map[dossier.Span]string{}}
	stream := "dossier/" + id
	t, err := c.turn(ctx, o)
	if err != nil {
		return out, hidden(stream)
	}
	d, err := t.caseSeen(stream)
	if err != nil {
		return out, err
	}
	streams, err := t.exhibitsOf(d)
	if err != nil {
		return out, err
	}
	r := c.turnOf(ctx, Order{By: t.By.ID}, t.By) // what is read
	readable := map[material.ID]bool{}
	for _, s := range streams {
		m, closed, err := t.exhibit(r, s)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Materials = append(out.Materials, m)
		readable[m.ID] = closed
	}
	if len(r.drafts) > 0 {
		if _, err := r.commit(); err != nil {
			return out, err
		}
	}
	return out, c.quoted(ctx, d, readable, out.Words)
}

// caseSeen returns a dossier with the content that the reader may see.
func (t *Turn) caseSeen(stream string) (dossier.Dossier, error) {
	h, err := t.see(stream)
	if err != nil {
		return dossier.Dossier{}, t.hide(err, stream)
	}
	shown, err := t.shown(faces["dossier"], h)
	if err != nil {
		return dossier.Dossier{}, t.hide(err, stream)
	}
	d := h.value.(dossier.Dossier)
	switch shown[0].action {
	case access.DossierReadClosed:
	case access.DossierRead:
		_, d.Content = d.OpenVersion()
		d.Askings = nil
	default:
		return d, hidden(stream)
	}
	return d, nil
}

// exhibitsOf returns the streams of the materials of a case, each once, in the
// order in which the case names them.
func (t *Turn) exhibitsOf(d dossier.Dossier) ([]string, error) {
	var out []string
	add := func(stream string) {
		if !slices.Contains(out, stream) {
			out = append(out, stream)
		}
	}
	for _, tie := range dossierTies(d) {
		if strings.HasPrefix(tie.target, "material/") {
			add(tie.target)
		}
	}
	about, err := t.clerk.Store.Queries().TiesTo(t.ctx, dossier.Stream(d.ID))
	if err != nil {
		return nil, fault.As(fault.Unavailable, err)
	}
	for _, tie := range about {
		if tie.Relation == "about" {
			add(tie.Source)
		}
	}
	return out, nil
}

// exhibit returns one material as the reader may see it, and whether its words
// are among that. That it is read is added to r.
func (t *Turn) exhibit(r *Turn, stream string) (MaterialSeen, bool, error) {
	var seen MaterialSeen
	h, err := t.see(stream)
	if err != nil {
		return seen, false, t.hide(err, stream)
	}
	shown, err := t.shown(faces["material"], h)
	if err != nil {
		return seen, false, t.hide(err, stream)
	}
	var parts []access.Action
	restricted, words := false, false
	var content any
	for _, f := range shown {
		content = f.show(t.By, h.value, content)
		entry, _ := access.Find(f.action)
		restricted = restricted || entry.Way == access.Restricted
		words = words || f.action == access.MaterialReadClosed
		parts = append(parts, f.action)
	}
	seen = content.(MaterialSeen)
	if !restricted {
		return seen, words, nil
	}
	id, err := newID[Reading](t.clerk)
	if err != nil {
		return seen, words, err
	}
	return seen, words, r.add(readingRoom+"/"+id.String(), event.Event(Opened{Of: stream, Version: h.version, Parts: parts, Purpose: t.order.Purpose}))
}

// quoted finds the words of the spans of a case in the materials that may be
// read. A span that does not hold is left out.
func (c *Clerk) quoted(ctx context.Context, d dossier.Dossier, readable map[material.ID]bool, words map[dossier.Span]string) error {
	texts := map[string][]byte{}
	for _, s := range spansOf(d.Content) {
		if !readable[s.Material] {
			continue
		}
		place := s.Material.String() + "/" + s.Document
		text, ok := texts[place]
		if !ok {
			var err error
			text, err = c.document(ctx, s.Material, s.Document)
			if err != nil && fault.KindOf(err) != fault.NotFound {
				return err
			}
			texts[place] = text
		}
		if s.Holds(text) == nil {
			words[s] = string(text[s.Start:s.End])
		}
	}
	return nil
}

// spansOf returns every span of a content.
func spansOf(c dossier.Content) []dossier.Span {
	var out []dossier.Span
	for _, a := range c.Allegations {
		out = append(out, a.Spans...)
	}
	for _, e := range c.Timeline {
		out = append(out, e.Spans...)
	}
	for _, s := range c.Statements {
		if s.Span != nil {
			out = append(out, *s.Span)
		}
	}
	return out
}
