package web

import (
	"context"
	"slices"
	"strings"

	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/draw"
	"interdict/internal/material"
	"interdict/internal/roster"
	"interdict/internal/statute"
)

// sortedGrounds are the grounds of the statute that the case works with: those
// that it alleges; all of them while it alleges none.
func (p dossierPage) sortedGrounds() []statute.Ground {
	if len(p.Case.Content.Allegations) == 0 {
		return p.Law.Grounds
	}
	return slices.DeleteFunc(slices.Clone(p.Law.Grounds), func(g statute.Ground) bool { return !p.alleges(g.Code) })
}

// otherGrounds are those that nothing is said of, while something is of others.
func (p dossierPage) otherGrounds() []statute.Ground {
	if len(p.Case.Content.Allegations) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.Law.Grounds), func(g statute.Ground) bool { return p.alleges(g.Code) })
}

func (p dossierPage) titleOf(m material.ID) string {
	for _, x := range p.Shown.Materials {
		if x.ID == m {
			return x.Title
		}
	}
	return ""
}

func (p dossierPage) sortedTimeline() []dossier.Entry {
	out := slices.Clone(p.Case.Content.Timeline)
	slices.SortStableFunc(out, func(a, b dossier.Entry) int { return a.When.From.Compare(b.When.From) })
	return out
}

func drawnTimeline(ctx context.Context, p dossierPage) string {
	var entries []draw.Dated
	for _, e := range p.sortedTimeline() {
		entries = append(entries, draw.Dated{When: e.When, Said: e.When.String(), Label: cut(e.Text, 80), Class: string(e.Assertion), Href: "#key-" + e.Key})
	}
	return draw.Timeline(draw.Frame{
		ID: "timeline", Title: say(ctx, "What happened when"), RTL: visitOf(ctx).Tongue.RTL,
		About: say(ctx, "A day is a dot; what is known less well is a span as long as what is not known. The list below says the same."),
	}, entries)
}

func assertionTone(a dossier.Assertion) string {
	switch a {
	case dossier.Fact:
		return "good"
	case dossier.Hearsay:
		return "warn"
	}
	return "info"
}

func tlpWord(label string) string { return strings.ToUpper(label) }

// tlpClass is the class of a TLP label; its colours are those of the standard.
func tlpClass(label string) string {
	colour, _, _ := strings.Cut(label, "+")
	return "tlp-" + colour
}

// pausedNow reports whether a clock stands still.
func pausedNow(c deadline.Clock) bool {
	return slices.ContainsFunc(c.Pauses, func(p deadline.Pause) bool { return p.Until.IsZero() })
}

// spanWords is a span of time in words.
func spanWords(ctx context.Context, s deadline.Span) string {
	switch s.Unit {
	case deadline.Hours:
		return say(ctx, "%d hours", s.Amount)
	case deadline.CalendarDays:
		return say(ctx, "%d calendar days", s.Amount)
	case deadline.WorkingDays:
		return say(ctx, "%d working days", s.Amount)
	case deadline.BusinessDays:
		return say(ctx, "%d business days", s.Amount)
	case deadline.Months:
		return say(ctx, "%d months", s.Amount)
	}
	return say(ctx, "%d years", s.Amount)
}

// agencies are the organisations that can be asked.
func (v *visit) agencies() []roster.Organisation {
	return v.organisationsWho(func(o roster.Organisation) bool {
		return (o.Nature == roster.Agency || o.Nature == roster.Institution) && o.ID != v.Person.Organisation
	})
}

// authorities are the organisations that can own an inquiry.
func (v *visit) authorities() []roster.Organisation {
	return v.organisationsWho(func(o roster.Organisation) bool { return o.Nature != roster.Institution })
}
