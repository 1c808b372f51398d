package clerk

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/document"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// Comparison is an alert with what stood against what in each of its hits.
type Comparison struct {
	Alert   alert.Alert
	Hits    []Compared
	History []event.Recorded // what happened to it, from its beginning on
	May     []Command        // that the reader may give on it
	Then    error            // why the points of then cannot be counted again; nil: they can
}

// Compared is one hit with both sides of it.
type Compared struct {
	alert.Disposed
	Screened  record.Subject    // who was screened; no name where a text was
	Passage   *Passage          // the text that was screened, to who may read it
	Listed    *register.Subject // what was listed, as of then if that is known; nil if it is known no more
	Found     *screen.Hit       // the answer counted again; nil if it cannot be, or is another one
	Gone      bool              // it is not in the register in force
	Changed   bool              // the entry says something else now
	Exclusion *alert.Exclusion  // asked for on this very hit, the last one
}

// Passage is a place of a text.
type Passage struct {
	Document            string // hash of the text
	Before, Text, After string
}

// around is how much of a text is shown on each side of a mention, in bytes.
const around = 280

// Compare reads an alert like Read, and holds what was screened against what is
// listed by the register and the profile of then. The text of a material is shown
// to who may read the material, and that it was read stands in the ledger too.
func (c *Clerk) Compare(ctx context.Context, o Order, id string) (Comparison, error) {
	stream := "alert/" + id
	t, err := c.turn(ctx, o)
	if err != nil {
		return Comparison{}, hidden(stream)
	}
	h, err := t.see(stream)
	if err != nil {
		return Comparison{}, t.hide(err, stream)
	}
	if _, err := t.shown(faces["alert"], h); err != nil {
		return Comparison{}, t.hide(err, stream)
	}
	out := Comparison{Alert: h.value.(alert.Alert)}
	opened := []event.Event{Opened{Of: stream, Version: h.version, Parts: []access.Action{access.AlertRead}, Purpose: o.Purpose}}
	if out.May, err = t.may("alert", h); err != nil {
		return Comparison{}, err
	}
	if out.History, err = t.events(stream); err != nil {
		return Comparison{}, err
	}
	for _, hit := range out.Alert.Hits {
		out.Hits = append(out.Hits, Compared{Disposed: hit, Screened: out.Alert.Screened})
	}
	of, err := t.fromMaterial(&out)
	if err != nil {
		return Comparison{}, err
	}
	if err := t.askedOn(&out); err != nil {
		return Comparison{}, err
	}
	if err := t.counted(&out); err != nil {
		return Comparison{}, err
	}
	return out, t.reading(append(opened, of...)...)
}

// events returns what happened to a thing.
func (t *Turn) events(stream string) ([]event.Recorded, error) {
	happened, err := t.clerk.Store.Stream(t.ctx, stream, 0)
	if err != nil {
		return nil, err
	}
	return t.clerk.open(t.ctx, happened)
}

// fromMaterial adds what a material says in the places of the hits, and returns
// what of it was opened.
func (t *Turn) fromMaterial(x *Comparison) ([]event.Event, error) {
	if x.Alert.Channel != alert.FromMaterial {
		return nil, nil
	}
	h, err := t.see(x.Alert.Source)
	if isErased(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	on, err := t.resource(h)
	if err != nil || t.need(access.MaterialReadWork, on) != nil || t.need(access.MaterialReadClosed, on) != nil {
		return nil, err
	}
	m := h.value.(material.Material)
	texts := map[string]string{}
	for i := range x.Hits {
		if err := t.passage(m, &x.Hits[i], texts); err != nil {
			return nil, err
		}
	}
	return []event.Event{Opened{Of: x.Alert.Source, Version: h.version, Parts: []access.Action{access.MaterialReadWork, access.MaterialReadClosed}, Purpose: t.order.Purpose}}, nil
}

// passage adds the place of one hit: a party that a material states, or a span of
// a text, which is read once.
func (t *Turn) passage(m material.Material, x *Compared, texts map[string]string) error {
	i := slices.IndexFunc(m.Mentions, func(j material.Judged) bool { return j.Key == x.Key })
	if i < 0 {
		return nil
	}
	mention := m.Mentions[i]
	for _, p := range m.Parties {
		if p.Key == mention.Place {
			x.Screened = p.Subject
			return nil
		}
	}
	body, ok := texts[mention.Place]
	if !ok {
		content, err := t.clerk.document(t.ctx, m.ID, mention.Place)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		body = string(content)
		texts[mention.Place] = body
	}
	if mention.Start < 0 || mention.End > len(body) || mention.Start > mention.End {
		return fault.New(fault.Corrupt, "mention %s of material %s lies outside of its text", mention.Key, m.ID)
	}
	x.Passage = &Passage{
		Document: mention.Place, Text: body[mention.Start:mention.End],
		Before: ending(body[:mention.Start], around), After: beginning(body[mention.End:], around),
	}
	return nil
}

// askedOn adds the exclusions that were asked for on the hits.
func (t *Turn) askedOn(x *Comparison) error {
	return t.clerk.tied(t.ctx, "subject/"+x.Alert.Subject, "excludes", func(h held) {
		e := h.value.(alert.Exclusion)
		if e.Owner != x.Alert.Owner {
			return
		}
		for i := range x.Hits {
			if e.Scope == scope(x.Alert, x.Hits[i].Hit) && (x.Hits[i].Exclusion == nil || e.Until.After(x.Hits[i].Exclusion.Until)) {
				x.Hits[i].Exclusion = &e
			}
		}
	})
}

// counted counts the points of every hit again, by the register of then.
func (t *Turn) counted(x *Comparison) error {
	r := t.clerk.Register
	if r == nil {
		x.Then = fault.New(fault.NotFound, "no register is loaded")
		return nil
	}
	then, err := r.Then(x.Alert.Snapshot)
	if err != nil {
		x.Then, then = err, r.Engine()
	}
	if x.Then == nil && x.Alert.Profile != t.clerk.profile() {
		x.Then = fault.New(fault.NotFound, "it was scored by profile %s, and this is %s", x.Alert.Profile, t.clerk.profile())
	}
	byName := map[string][]screen.Hit{} // names are screened once
	for i := range x.Hits {
		h := &x.Hits[i]
		version, listed := r.Entry(h.Entry)
		h.Changed = listed && version != h.EntryVersion
		if !listed { // or under another id since two subjects were found to be one
			_, err := r.Subject(h.Entry)
			h.Gone, h.Changed = fault.KindOf(err) == fault.NotFound && err != nil, err == nil
			if err != nil && !h.Gone {
				return fmt.Errorf("looking for hit %s in the register: %w", h.Key, err)
			}
		}
		if h.Listed, err = listedIn(then, h.Entry); err != nil {
			return err
		}
		if x.Then != nil {
			continue
		}
		hits, err := h.again(then, byName)
		if err != nil {
			return fmt.Errorf("comparing hit %s: %w", h.Key, err)
		}
		k := slices.IndexFunc(hits, func(f screen.Hit) bool { return f.Subject == h.Entry && int(f.Score) == h.Score })
		if k >= 0 {
			h.Found = &hits[k]
		}
	}
	return nil
}

// listedIn returns what a register lists of a subject, nil if nothing.
func listedIn(e *screen.Engine, subject string) (*register.Subject, error) {
	payload, err := e.Index().Payload(subject)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s, err := screen.Subject(payload)
	return &s, err
}

// again answers again what was asked in a hit.
func (h Compared) again(e *screen.Engine, byName map[string][]screen.Hit) ([]screen.Hit, error) {
	switch {
	case h.Passage != nil:
		return h.Passage.again(e)
	case len(h.Screened.Names) == 0:
		return nil, nil
	}
	who := fingerprint(h.Screened)
	if hits, ok := byName[who]; ok {
		return hits, nil
	}
	a, err := e.Name(queryOf(h.Screened), screen.Options{})
	byName[who] = a.Hits
	return a.Hits, err
}

// again screens the place of a text with what stands around it.
func (p Passage) again(e *screen.Engine) ([]screen.Hit, error) {
	a, err := e.Document("text", document.Text{Body: p.Before + p.Text + p.After, Format: "txt"}, screen.Options{})
	if err != nil {
		return nil, err
	}
	for _, m := range a.Mentions {
		if m.Start == len(p.Before) && m.Text == p.Text {
			return m.Hits, nil
		}
	}
	return nil, nil // it was found otherwise
}

// beginning and ending are up to n bytes of a text, whole runes of it.
func beginning(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func ending(text string, n int) string {
	at := max(0, len(text)-n)
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return text[at:]
}
