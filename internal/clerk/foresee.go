package clerk

import (
	"fmt"

	"interdict/internal/alert"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/petition"
	"interdict/internal/query"
	"interdict/internal/session"
)

// foresee looks, all at once, at the things of rows and at what decides who may
// know of them, so that a list asks the database no more often the longer it is.
// What is not remembered as it is now is left to be read one by one.
func (t *Turn) foresee(items []query.Item) error {
	t.many = true
	for len(items) > 0 {
		var beyond []string
		for _, i := range items {
			h, ok := t.clerk.memory.at(i.Stream, uint64(i.Version))
			if !ok || h.stale() || i.State == erasedState {
				continue
			}
			t.work[i.Stream] = h
			stillOf(t.ctx).keep(h)
			for _, stream := range standsOn(h.value) {
				if _, seen := t.work[stream]; !seen && !contains(beyond, stream) {
					beyond = append(beyond, stream)
				}
			}
		}
		var err error
		if items, err = t.clerk.Store.Queries().ItemsOf(t.ctx, beyond); err != nil {
			return fault.As(fault.Unavailable, fmt.Errorf("reading the view of what rows stand on: %w", err))
		}
	}
	return nil
}

// standsOn returns the streams of the things by which it is decided who may know
// of a thing: see standing.
func standsOn(value any) []string {
	var out []string
	add := func(prefix, id string) {
		if id != "" {
			out = append(out, prefix+id)
		}
	}
	switch a := value.(type) {
	case material.Material:
		for _, x := range a.Mentions {
			if x.State == material.Linked {
				add("dossier/", x.To)
			}
		}
	case alert.Alert:
		add("dossier/", a.Dossier)
		if a.Channel == alert.FromMaterial {
			add("", a.Source)
		}
	case alert.Exclusion:
		add("decision/", a.Certificate)
	case decision.Decision:
		add("", dossier.Stream(a.Pin.Dossier))
	case petition.Petition:
		add("", decision.Stream(a.Against))
	case petition.Reviews:
		add("", decision.Stream(a.Decision))
	}
	return out
}

// satOn calls see with each session that a case is or was on the agenda of. A turn
// that looks at many cases reads the sessions once.
func (t *Turn) satOn(of dossier.ID, see func(session.Session)) error {
	if !t.many {
		return t.clerk.tied(t.ctx, dossier.Stream(of), "item", func(h held) { see(h.value.(session.Session)) })
	}
	if t.sat == nil {
		t.sat = map[dossier.ID][]session.Session{}
		err := t.clerk.rows(t.ctx, "session", "", "", func(i query.Item) (bool, error) {
			h, err := t.asSeen(i)
			if err != nil {
				return false, fmt.Errorf("reading who sits: %w", err)
			}
			t.agenda(h.value.(session.Session))
			return true, nil
		})
		if err != nil {
			t.sat = nil
			return err
		}
	}
	for _, s := range t.sat[of] {
		see(s)
	}
	return nil
}

// agenda keeps a session under each of its cases.
func (t *Turn) agenda(s session.Session) {
	var kept []string
	for _, i := range s.Items {
		id := i.Pin.Dossier
		if !contains(kept, id.String()) {
			kept = append(kept, id.String())
			t.sat[id] = append(t.sat[id], s)
		}
	}
}
