package clerk

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/effect"
	"interdict/internal/erasure"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/petition"
	"interdict/internal/query"
	"interdict/internal/report"
	"interdict/internal/statute"
)

// Effectiveness returns what the work came to in a period, now or as it was known
// then. The numbers are those of the whole house, the same for everybody who may
// read them; anybody else hears that there is no such thing. What was erased is
// no longer counted, but for its erasure.
func (c *Clerk) Effectiveness(ctx context.Context, o Order, p effect.Period, when When) (effect.Effectiveness, error) {
	nothing := fault.New(fault.NotFound, "there is no such thing")
	t, err := c.turn(ctx, o)
	if err != nil {
		return effect.Effectiveness{}, nothing
	}
	on := access.Resource{Kind: access.EffectivenessRead.Kind(), ID: "main", Owner: commissionOf(t.Roster)}
	if t.need(access.EffectivenessRead, on) != nil {
		return effect.Effectiveness{}, nothing
	}
	if !p.From.Before(p.To) {
		return effect.Effectiveness{}, fault.New(fault.Invalid, "a period ends after it begins, not from %s until %s", p.From.Format(time.RFC3339), p.To.Format(time.RFC3339))
	}
	return c.effectiveness(ctx, p, when)
}

// yearsKept are the public reports as they were made last: anybody may ask for
// them, and each reads the whole house.
type yearsKept struct {
	mu   sync.Mutex
	of   map[int]effect.Effectiveness
	made map[int]time.Time
}

// PublicEffectiveness returns what the public may read of a year, as it was a
// minute ago at most. A year that is not over, and one before the house was
// founded, is NotFound.
func (c *Clerk) PublicEffectiveness(ctx context.Context, year int) (effect.Effectiveness, error) {
	p := effect.Year(year)
	first, err := c.momentOf(ctx, When{Index: 1})
	if err != nil {
		return effect.Effectiveness{}, err
	}
	if c.now().Before(p.To) || !first.Before(p.To) {
		return effect.Effectiveness{}, fault.New(fault.NotFound, "there is no report on %d", year)
	}
	c.years.mu.Lock()
	defer c.years.mu.Unlock()
	if at, ok := c.years.made[year]; ok && c.now().Sub(at) < time.Minute {
		return c.years.of[year], nil
	}
	e, err := c.effectiveness(ctx, p, When{})
	if err != nil {
		return effect.Effectiveness{}, err
	}
	if c.years.of == nil {
		c.years.of, c.years.made = map[int]effect.Effectiveness{}, map[int]time.Time{}
	}
	c.years.of[year], c.years.made[year] = e.Public(), c.now()
	return c.years.of[year], nil
}

// momentOf returns the instant as of which something is asked.
func (c *Clerk) momentOf(ctx context.Context, when When) (time.Time, error) {
	switch {
	case when.Index > 0:
		e, err := c.Store.Entry(ctx, when.Index-1)
		if err != nil {
			return time.Time{}, err
		}
		env, err := event.Decode(e.Leaf)
		return env.At, err
	case !when.Instant.IsZero():
		return when.Instant, nil
	}
	return c.now(), nil
}

func (c *Clerk) effectiveness(ctx context.Context, p effect.Period, when When) (effect.Effectiveness, error) {
	at, err := c.momentOf(ctx, when)
	if err != nil {
		return effect.Effectiveness{}, err
	}
	g := gathering{clerk: c, ctx: ctx, period: p, when: when, laws: map[[2]string]statute.Statute{}}
	g.Known.At = at
	for _, gather := range []func() error{g.decisions, g.dossiers, g.materials, g.rest, g.editions, g.erasures} {
		if err := gather(); err != nil {
			return effect.Effectiveness{}, fmt.Errorf("counting what the work came to: %w", err)
		}
	}
	return effect.Of(g.Known, p), nil
}

// gathering puts together what a report counts.
type gathering struct {
	effect.Known
	clerk  *Clerk
	ctx    context.Context
	period effect.Period
	when   When
	laws   map[[2]string]statute.Statute
	cases  []string // streams of the dossiers that designations of the period rest on
}

// each calls see with each thing of a kind that began before the period was over,
// as it was at the moment.
func (g *gathering) each(kind string, see func(held) error) error {
	return g.until(g.period.To, kind, see)
}

func (g *gathering) until(end time.Time, kind string, see func(held) error) error {
	return g.clerk.rows(g.ctx, kind, "", "", func(i query.Item) (bool, error) {
		if i.State == erasedState || !time.UnixMicro(i.Opened).Before(end) {
			return true, nil
		}
		h, ok, err := g.one(i.Stream, uint64(i.Version))
		if err != nil || !ok {
			return err == nil, err
		}
		return true, see(h)
	})
}

// one returns a thing as it was at the moment; false if it was not there yet, or
// is erased. What is remembered in the version that the view has is the latest:
// views move with the ledger. Version 0 is one that is not known.
func (g *gathering) one(stream string, version uint64) (held, bool, error) {
	h := g.clerk.memory.get(stream)
	var err error
	switch {
	case g.when != (When{}):
		h, _, err = g.clerk.then(g.ctx, stream, g.when)
	case version == 0 || h.version != version:
		h, err = g.clerk.thing(g.ctx, stream)
	}
	if fault.KindOf(err) == fault.NotFound { // what is erased too
		return h, false, nil
	}
	return h, err == nil, err
}

func (g *gathering) decisions() error {
	return g.each("decision", func(h held) error {
		d := effect.Decision{Decision: h.value.(decision.Decision), Drafted: h.opened}
		if d.Measure == decision.Freeze && g.period.Has(d.From) {
			g.cases = append(g.cases, dossier.Stream(d.Pin.Dossier))
		}
		var err error
		if changesList(d.Measure) && !d.From.IsZero() {
			d.Publication, err = g.publication(d.Decision)
		}
		g.Decisions = append(g.Decisions, d)
		return err
	})
}

// changesList reports whether the own list says something else after a decision.
func changesList(m decision.Measure) bool {
	return m == decision.Freeze || m == decision.Amend || m == decision.Extend || m == decision.Lift
}

// publication returns the clock until a decision is published, of the statute
// that it rests on; none if that sets none.
func (g *gathering) publication(d decision.Decision) (deadline.Clock, error) {
	key := [2]string{d.Pin.Statute, d.Pin.StatuteVersion}
	law, ok := g.laws[key]
	if !ok {
		var err error
		if law, err = g.clerk.lawThen(g.ctx, key[0], key[1]); err != nil {
			return deadline.Clock{}, err
		}
		g.laws[key] = law
	}
	clock, err := law.Starts("publication", d.From, deadline.Named)
	if fault.KindOf(err) == fault.NotFound {
		return deadline.Clock{}, nil
	}
	return clock, err
}

func (g *gathering) dossiers() error {
	return g.each("dossier", func(h held) error {
		d := effect.Dossier{Dossier: h.value.(dossier.Dossier)}
		var err error
		if slices.Contains(g.cases, h.stream) {
			d.Submitted, err = g.times(h.stream, dossier.PutBefore{}.Kind())
		}
		g.Dossiers = append(g.Dossiers, d)
		return err
	})
}

// times returns when events of these kinds happened to a thing.
func (g *gathering) times(stream string, kinds ...string) ([]time.Time, error) {
	happened, err := g.clerk.Store.Stream(g.ctx, stream, 0)
	var out []time.Time
	for _, h := range happened {
		if slices.Contains(kinds, h.Envelope.Kind) && !h.Envelope.At.After(g.At) {
			out = append(out, h.Envelope.At)
		}
	}
	return out, err
}

// materials are those that cite or mention the cases of the designations; others
// are not opened.
func (g *gathering) materials() error {
	var streams []string
	for _, of := range g.cases {
		from, err := g.clerk.Store.Queries().TiesFrom(g.ctx, of)
		if err != nil {
			return fault.As(fault.Unavailable, err)
		}
		to, err := g.clerk.Store.Queries().TiesTo(g.ctx, of)
		if err != nil {
			return fault.As(fault.Unavailable, err)
		}
		for _, t := range from {
			if t.Relation == "rests_on" {
				streams = append(streams, t.Target)
			}
		}
		for _, t := range to {
			if t.Relation == "about" {
				streams = append(streams, t.Source)
			}
		}
	}
	slices.Sort(streams)
	for _, stream := range slices.Compact(streams) {
		h, ok, err := g.one(stream, 0)
		if err != nil {
			return err
		}
		if ok {
			g.Materials = append(g.Materials, h.value.(material.Material))
		}
	}
	return nil
}

func (g *gathering) rest() error {
	for kind, keep := range map[string]func(any){
		"alert":    func(v any) { g.Alerts = append(g.Alerts, v.(alert.Alert)) },
		"petition": func(v any) { g.Petitions = append(g.Petitions, v.(petition.Petition)) },
		"review":   func(v any) { g.Reviews = append(g.Reviews, v.(petition.Reviews)) },
		"report":   func(v any) { g.Reports = append(g.Reports, v.(report.Report)) },
	} {
		if err := g.each(kind, func(h held) error { keep(h.value); return nil }); err != nil {
			return err
		}
	}
	return nil
}

// editions takes all of them, for a decision of the last day is published after
// it; acknowledgements those of the period alone, for there are many.
func (g *gathering) editions() error {
	return g.until(g.At.Add(time.Microsecond), "edition", func(h held) error {
		x := h.value.(report.Edition)
		g.Editions = append(g.Editions, x)
		if !g.period.Has(x.At) {
			return nil
		}
		heard, err := g.clerk.heard(g.ctx, x.Sequence)
		for _, a := range heard {
			if !a.At.After(g.At) {
				g.Heard = append(g.Heard, a)
			}
		}
		return err
	})
}

func (g *gathering) erasures() error {
	return g.each("erasure", func(h held) error {
		o := effect.Erasure{Order: h.value.(erasure.Order)}
		answered, err := g.times(h.stream, erasure.Allowed{}.Kind(), erasure.Refused{}.Kind())
		if len(answered) > 0 {
			o.Answered = answered[0]
		}
		g.Erasures = append(g.Erasures, o)
		return err
	})
}
