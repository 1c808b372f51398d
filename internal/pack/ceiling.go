package pack

import (
	"slices"
	"strings"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/material"
)

// lower takes out what is above the ceiling, and sets the label: the strictest
// of what stays. A material without a known label that something rests on makes
// it the strictest of all.
func (p *Pack) lower(rests map[string]material.TLP) error {
	if p.Ceiling != "" {
		p.open(rests)
		p.Things = slices.DeleteFunc(p.Things, func(s clerk.Seen) bool {
			above := s.Stream != p.Of && stricter(ownLabel(s), p.Ceiling)
			p.Less = p.Less || above
			return above
		})
	}
	p.Label = material.Clear
	for _, s := range p.Things {
		if l := ownLabel(s); stricter(l, p.Label) {
			p.Label = l
		}
	}
	if _, lowered := p.Things[0].Content.(clerk.DossierSeen); !lowered || p.Ceiling == "" {
		for _, l := range rests {
			if stricter(l, p.Label) {
				p.Label = material.Red
			}
		}
	}
	if p.Ceiling != "" && stricter(p.Label, p.Ceiling) {
		return fault.Hint(fault.New(fault.Invalid, "%s is marked %s, above the ceiling %s", p.Of, mark(p.Label), mark(p.Ceiling)),
			"ask for a ceiling that is not below it")
	}
	return nil
}

// open turns a dossier and decisions into their open versions, leaves of materials
// what their senders said openly and handed in, and takes out of the dossier what
// rests on a material above the ceiling.
func (p *Pack) open(rests map[string]material.TLP) {
	above := func(spans []dossier.Span) bool {
		return slices.ContainsFunc(spans, func(s dossier.Span) bool { return stricter(rests[s.Material.String()], p.Ceiling) })
	}
	for i, t := range p.Things {
		switch c := t.Content.(type) {
		case dossier.Dossier:
			text, content := c.OpenVersion()
			seen := clerk.DossierSeen{ID: c.ID, Title: c.Title, State: c.State, Version: c.Version, At: c.At, Text: text, Content: content}
			p.Things[i].Content, p.Things[i].Parts, p.Less = p.without(seen, above), []access.Action{access.DossierRead}, true
		case clerk.DossierSeen:
			p.Things[i].Content = p.without(c, above)
		case clerk.DecisionSeen:
			p.Less = p.Less || c.Text.Closed != ""
			c.Text.Closed = ""
			p.Things[i].Content = c
		case clerk.MaterialSeen:
			p.Less = p.Less || c.Reasons != "" || len(c.Screenings)+len(c.Mentions)+len(c.Uses)+len(c.Feedback) > 0
			c.Reasons, c.Screenings, c.Mentions, c.Uses, c.Feedback = "", nil, nil, nil, nil
			p.Things[i].Content = c
		}
	}
}

// without leaves out of a dossier what rests on spans of which above is true, and
// what is based on that.
func (p *Pack) without(d clerk.DossierSeen, above func([]dossier.Span) bool) clerk.DossierSeen {
	before := len(d.Content.Keys())
	gone := map[string]bool{}
	for more := true; more; {
		more = false
		for _, a := range d.Content.Allegations {
			based := slices.ContainsFunc(a.BasedOn, func(key string) bool { return gone[key] })
			if !gone[a.Key] && (based || above(a.Spans)) {
				gone[a.Key], more = true, true
			}
		}
	}
	d.Content.Allegations = slices.DeleteFunc(slices.Clone(d.Content.Allegations), func(a dossier.Allegation) bool { return gone[a.Key] })
	d.Content.Timeline = slices.DeleteFunc(slices.Clone(d.Content.Timeline), func(e dossier.Entry) bool { return above(e.Spans) })
	d.Content.Statements = slices.DeleteFunc(slices.Clone(d.Content.Statements), func(s dossier.Statement) bool {
		return s.Span != nil && above([]dossier.Span{*s.Span})
	})
	p.Less = p.Less || len(d.Content.Keys()) != before
	return d
}

// Name is a name for the file of the pack.
func (p *Pack) Name() string { return "pack-" + strings.ReplaceAll(p.Of, "/", "-") + ".zip" }
