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

// open takes out of the dossier what rests on a material above the ceiling, turns
// it and decisions into their open versions without who works on them, and leaves
// of materials what their senders said openly and handed in.
func (p *Pack) open(rests map[string]material.TLP) {
	above := func(s dossier.Span) bool { return stricter(rests[s.Material.String()], p.Ceiling) }
	for i := range p.Things {
		switch c := p.Things[i].Content.(type) {
		case dossier.Dossier:
			c.Content = without(c.Content, above) // first: the open version no longer says what rests on closed parts
			text, content := c.OpenVersion()
			seen := clerk.DossierSeen{ID: c.ID, Title: c.Title, State: c.State, Version: c.Version, At: c.At, Text: text, Content: content}
			p.leave(i, seen, access.DossierRead, true)
		case clerk.DossierSeen:
			before := len(c.Content.Keys())
			c.Content = without(c.Content, above)
			p.leave(i, c, access.DossierRead, len(c.Content.Keys()) != before)
		case clerk.DecisionSeen:
			less := c.Text.Closed != "" || len(c.Drafters) > 0
			c.Text.Closed, c.Drafters = "", nil
			p.leave(i, c, access.DecisionRead, less)
		case clerk.MaterialSeen:
			less := c.Reasons != "" || len(c.Screenings)+len(c.Mentions)+len(c.Uses)+len(c.Feedback) > 0
			c.Reasons, c.Screenings, c.Mentions, c.Uses, c.Feedback = "", nil, nil, nil, nil
			p.leave(i, c, access.MaterialRead, less)
		}
	}
}

// leave puts what stays of a thing in its place, as the part that it is now.
func (p *Pack) leave(i int, content any, part access.Action, less bool) {
	p.Things[i].Content, p.Things[i].Parts, p.Less = content, []access.Action{part}, p.Less || less
}

// without leaves out what rests on spans of which above is true, and what is
// based on that, however far back.
func without(c dossier.Content, above func(dossier.Span) bool) dossier.Content {
	gone := map[string]bool{}
	for more := true; more; {
		more = false
		for _, a := range c.Allegations {
			based := slices.ContainsFunc(a.BasedOn, func(key string) bool { return gone[key] })
			if !gone[a.Key] && (based || slices.ContainsFunc(a.Spans, above)) {
				gone[a.Key], more = true, true
			}
		}
	}
	c.Allegations = slices.DeleteFunc(slices.Clone(c.Allegations), func(a dossier.Allegation) bool { return gone[a.Key] })
	c.Timeline = slices.DeleteFunc(slices.Clone(c.Timeline), func(e dossier.Entry) bool { return slices.ContainsFunc(e.Spans, above) })
	return c
}

// Name is a name for the file of the pack.
func (p *Pack) Name() string { return "pack-" + strings.ReplaceAll(p.Of, "/", "-") + ".zip" }
