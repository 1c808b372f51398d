package web

import (
	"slices"

	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/session"
	"interdict/internal/statute"
)

// draftPage is the form of a new decision, with what is known of it.
type draftPage struct {
	Dossier dossier.Dossier // zero: to be chosen
	Session string
	Item    *session.Item
	Measure decision.Measure
	Target  string
	Law     statute.Statute
	Among   []clerk.Row // dossiers to choose among
	Targets []clerk.Row // decisions in force
}

func (v *visit) newDecision() error {
	if !v.may("decision.draft") {
		return fault.New(fault.NotFound, "no decision is drafted here")
	}
	q := v.r.URL.Query()
	p := draftPage{Session: q.Get("session"), Measure: decision.Measure(q.Get("measure")), Target: q.Get("target")}
	of := q.Get("dossier")
	if p.Session != "" && q.Get("item") != "" {
		item, err := v.itemOf(p.Session, q.Get("item"))
		if err != nil {
			return err
		}
		p.Item, p.Measure = &item, decision.Measure(item.Measure)
		of = item.Pin.Dossier.String()
	}
	if of == "" {
		return v.chooseCase(p)
	}
	if err := v.draftOn(of, &p); err != nil {
		return err
	}
	return v.show(say(v.own(), "Draft a decision"), draftForm(p))
}

// itemOf returns an item of a sitting, as far as the reader may see it.
func (v *visit) itemOf(id, key string) (session.Item, error) {
	seen, err := v.read("session", id)
	if err != nil {
		return session.Item{}, err
	}
	s, _ := seen.Content.(session.Session)
	return sessionPage{Session: s}.item(key)
}

// chooseCase asks on which case the decision is.
func (v *visit) chooseCase(p draftPage) error {
	for _, state := range []dossier.State{dossier.Submitted, dossier.Decided} {
		page, err := v.choices("dossier", string(state))
		if err != nil {
			return err
		}
		p.Among = append(p.Among, page.Rows...)
	}
	return v.show(say(v.own(), "Draft a decision"), draftForm(p))
}

// draftOn fills in what the case says, and the statute that it was laid before
// the commission under.
func (v *visit) draftOn(of string, p *draftPage) error {
	seen, err := v.read("dossier", of)
	if err != nil {
		return err
	}
	switch c := seen.Content.(type) {
	case dossier.Dossier:
		p.Dossier = c
	case clerk.DossierSeen:
		p.Dossier = dossier.Dossier{ID: c.ID, Title: c.Title, State: c.State, Text: dossier.Text{Open: c.Text}, Pins: []dossier.Pin{c.Pin}, Decision: c.Decision}
	}
	var pin dossier.Pin
	if n := len(p.Dossier.Pins); n > 0 {
		pin = p.Dossier.Pins[n-1]
	}
	if p.Item != nil { // what the sitting decides on is what it was shown
		pin = p.Item.Pin
	}
	if p.Law, err = v.Clerk.Statute(v.ctx(), v.Order, pin.Statute, pin.StatuteVersion); err != nil {
		return err
	}
	if p.Target == "" && slices.Contains(changes, p.Measure) {
		p.Target = p.Dossier.Decision
	}
	if p.Target == "" && (p.Measure == "" || slices.Contains(changes, p.Measure)) {
		page, err := v.choices("decision", string(decision.InForce))
		if err != nil {
			return err
		}
		p.Targets = page.Rows
	}
	return nil
}

// measures are those that the statute lets decide, with the ways of each.
func (p draftPage) measures() []decision.Measure {
	if p.Measure != "" {
		return []decision.Measure{p.Measure}
	}
	var out []decision.Measure
	for _, t := range p.Law.Tracks {
		for _, m := range t.Decides {
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// tracks are the ways on which the measure may be decided; all of them while none
// is chosen.
func (p draftPage) tracks() []statute.Track {
	return slices.DeleteFunc(slices.Clone(p.Law.Tracks), func(t statute.Track) bool {
		return p.Measure != "" && !slices.Contains(t.Decides, p.Measure)
	})
}

// votes reports whether a way begins with a vote, so that a session is named.
func (p draftPage) votes() bool {
	return slices.ContainsFunc(p.tracks(), func(t statute.Track) bool {
		return len(t.Stages) > 0 && t.Stages[0].Kind == decision.Vote
	})
}
