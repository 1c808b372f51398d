package pack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/material"
	"interdict/internal/paper"
	"interdict/internal/petition"
	"interdict/internal/roster"
)

// Kinds are what a pack can be made of.
var Kinds = []string{"dossier", "material", "alert", "session", "decision", "petition", "review"}

// Maker makes packs.
type Maker struct {
	Clerk *clerk.Clerk
	Fonts func() (*paper.Fonts, error) // to print with; called when they are needed
}

// Wish says what a pack is wanted of.
type Wish struct {
	Kind, ID string
	Ceiling  material.TLP // nothing that is labelled more strictly; "": none
}

// Pack is a pack as it will be written.
type Pack struct {
	Of      string // stream
	At      time.Time
	By      roster.Person
	Purpose string
	Entries int64 // in the ledger
	Label   material.TLP
	Ceiling material.TLP
	Things  []clerk.Seen // the one that it is of first
	Less    bool         // something was left out for the ceiling

	clerk      *clerk.Clerk
	order      clerk.Order
	fonts      *paper.Fonts
	receipts   []ledger.Receipt
	checkpoint []byte
}

// Gather reads what a pack will hold, for who orders it. What he may not see is
// NotFound; restricted content wants a purpose. Nothing is read after it but the
// documents, by Write.
func (m Maker) Gather(ctx context.Context, o clerk.Order, w Wish) (*Pack, error) {
	if !slices.Contains(Kinds, w.Kind) {
		return nil, fault.New(fault.NotFound, "there is no pack of a %s", w.Kind)
	}
	fonts, err := m.Fonts()
	if err != nil {
		return nil, err
	}
	by, err := m.Clerk.Here(ctx, o.By)
	if err != nil {
		return nil, fault.New(fault.NotFound, "there is no %s/%s", w.Kind, w.ID)
	}
	first, err := m.Clerk.Read(ctx, o, w.Kind, w.ID, clerk.When{})
	if err != nil {
		return nil, err
	}
	p := &Pack{
		Of: first.Stream, At: m.Clerk.Now().UTC().Truncate(time.Second), By: by, Purpose: strings.TrimSpace(o.Purpose),
		Ceiling: w.Ceiling, Things: []clerk.Seen{first}, clerk: m.Clerk, order: o, fonts: fonts,
	}
	rests, err := p.link(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.lower(rests); err != nil {
		return nil, err
	}
	return p, p.prove(ctx)
}

// link reads what the first thing names. It returns the labels of the materials
// that it rests on; one that may not be read has none.
func (p *Pack) link(ctx context.Context) (map[string]material.TLP, error) {
	streams, err := p.named(ctx)
	if err != nil {
		return nil, err
	}
	rests := map[string]material.TLP{}
	for _, stream := range streams {
		kind, id, _ := strings.Cut(stream, "/")
		seen, err := p.clerk.Read(ctx, p.order, kind, id, clerk.When{})
		if fault.KindOf(err) == fault.NotFound {
			if kind == "material" {
				rests[id] = ""
			}
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", stream, err)
		}
		if m, ok := seen.Content.(clerk.MaterialSeen); ok {
			rests[id] = m.Handling.TLP
		}
		p.Things = append(p.Things, seen)
	}
	return rests, nil
}

// named lists what belongs to the first thing: the materials that a dossier or an
// alert rests on, and the decision on it or that it is about.
func (p *Pack) named(ctx context.Context) ([]string, error) {
	first := p.Things[0]
	var out []string
	add := func(kind, id string) {
		if s := kind + "/" + id; id != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	switch c := first.Content.(type) {
	case dossier.Dossier:
		for _, id := range materialsIn(c.Content, c.Askings) {
			add("material", id.String())
		}
		add("decision", c.Decision)
	case clerk.DossierSeen:
		for _, id := range materialsIn(c.Content, nil) {
			add("material", id.String())
		}
	case alert.Alert:
		if kind, id, _ := strings.Cut(c.Source, "/"); kind == "material" {
			add(kind, id)
		}
	case petition.Petition:
		add("decision", c.Against.String())
	case petition.Reviews:
		add("decision", c.Decision.String())
	}
	if _, asked := first.Content.(clerk.RequestsSeen); strings.HasPrefix(first.Stream, "dossier/") && !asked {
		about, err := p.clerk.MaterialsOf(ctx, p.order, first.ID)
		if err != nil {
			return nil, err
		}
		for _, id := range about {
			add("material", id)
		}
	}
	return out, nil
}

// materialsIn lists the materials that a dossier names, each once.
func materialsIn(c dossier.Content, askings []dossier.Asking) []material.ID {
	var out []material.ID
	for _, s := range c.Spans() {
		out = append(out, s.Material)
	}
	for _, a := range askings {
		out = append(out, a.Answer.Materials...)
	}
	seen := map[material.ID]bool{}
	return slices.DeleteFunc(out, func(id material.ID) bool {
		again := seen[id]
		seen[id] = true
		return again
	})
}

// prove takes the receipts of what is in the pack, and the checkpoint after them.
func (p *Pack) prove(ctx context.Context) error {
	for _, t := range p.Things {
		kind, id, _ := strings.Cut(t.Stream, "/")
		of, err := p.clerk.Receipts(ctx, p.order, kind, id)
		if err != nil {
			return fmt.Errorf("taking the receipts of %s: %w", t.Stream, err)
		}
		for _, r := range of {
			may, err := p.mayLeave(r)
			if err != nil {
				return err
			}
			if may {
				p.receipts = append(p.receipts, r)
			}
		}
	}
	h, err := p.clerk.Store.Head(ctx)
	p.checkpoint, p.Entries = h.Checkpoint, h.Size
	return err
}

// mayLeave reports whether a receipt may be in the pack. It says who did what and
// when: under a ceiling that of a handing-in may, and no other of a material, a
// dossier or a decision, for they tell who works on a case.
func (p *Pack) mayLeave(r ledger.Receipt) (bool, error) {
	if p.Ceiling == "" {
		return true, nil
	}
	env, err := event.Decode(r.Leaf)
	if err != nil {
		return false, err
	}
	switch kind, _, _ := strings.Cut(env.Stream, "/"); kind {
	case "dossier", "decision":
		return false, nil
	case "material":
		return env.Version == 1, nil
	}
	return true, nil
}
