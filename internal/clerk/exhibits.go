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
	var opened []event.Event
	readable := map[material.ID]bool{}
	for _, s := range streams {
		m, read, err := t.exhibit(s)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Materials = append(out.Materials, m)
		readable[m.ID] = slices.Contains(read.Parts, access.MaterialReadClosed)
		if slices.ContainsFunc(read.Parts, restricted) {
			opened = append(opened, read)
		}
	}
	if len(opened) > 0 {
		if err := t.reading(opened...); err != nil {
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

// exhibit returns one material as the reader may see it, and what of it he sees.
func (t *Turn) exhibit(stream string) (MaterialSeen, Opened, error) {
	h, err := t.see(stream)
	if err != nil {
		return MaterialSeen{}, Opened{}, t.hide(err, stream)
	}
	shown, err := t.shown(faces["material"], h)
	if err != nil {
		return MaterialSeen{}, Opened{}, t.hide(err, stream)
	}
	read := Opened{Of: stream, Version: h.version, Purpose: t.order.Purpose}
	var content any
	for _, f := range shown {
		content = f.show(t.By, h.value, content)
		read.Parts = append(read.Parts, f.action)
	}
	return content.(MaterialSeen), read, nil
}

// restricted reports whether it stands in the ledger that something was read.
func restricted(a access.Action) bool {
	entry, _ := access.Find(a)
	return entry.Way == access.Restricted
}

// quoted finds the words of the spans of a case in the materials that may be
// read. A span that does not hold is left out.
func (c *Clerk) quoted(ctx context.Context, d dossier.Dossier, readable map[material.ID]bool, words map[dossier.Span]string) error {
	texts := map[string][]byte{}
	for _, s := range d.Content.Spans() {
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
