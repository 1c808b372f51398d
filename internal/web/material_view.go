package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"interdict/internal/material"
	"interdict/internal/record"
)

// notScreened is why a material was not screened, "" if it was.
func (p materialPage) notScreened(ctx context.Context) string {
	if len(p.Screenings) == 0 {
		return say(ctx, "it was not held against anything")
	}
	for _, s := range p.Screenings {
		if s.Reason != "" {
			return say(ctx, s.Reason)
		}
	}
	return ""
}

// unread are the parts that could not be read, each with why.
func (p materialPage) unread() []string {
	var out []string
	for _, s := range p.Screenings {
		out = append(out, s.Unread...)
	}
	return unique(out)
}

// waiting are the mentions still to be judged; judged the others.
func (p materialPage) waiting() (waiting, judged []material.Judged) {
	for _, m := range p.Mentions {
		if m.State == material.Proposed || m.State == material.Later {
			waiting = append(waiting, m)
		} else {
			judged = append(judged, m)
		}
	}
	slices.SortStableFunc(waiting, func(a, b material.Judged) int {
		return cmp.Or(cmp.Compare(rankOf(a.Band), rankOf(b.Band)), cmp.Compare(b.Score, a.Score))
	})
	return waiting, judged
}

func rankOf(band string) int { return slices.Index([]string{"strong", "possible", "weak"}, band) }

// chooseDossier is what the way to another dossier is called.
func chooseDossier(ctx context.Context, m material.Judged) string {
	if m.Dossier {
		return say(ctx, "Another dossier")
	}
	return say(ctx, "A dossier")
}

// mine reports whether the reader speaks for the sender.
func (p materialPage) mine(v *visit) bool { return p.Originator == v.Person.Organisation }

func (p materialPage) path() string { return pathOf(material.Stream(p.ID)) }

// texts are the texts made from a document.
func (p materialPage) textsOf(hash string) []material.Derived {
	var out []material.Derived
	for _, d := range p.Derived {
		if d.Of == hash {
			out = append(out, d)
		}
	}
	return out
}

// size is a number of bytes as people read it.
func size(n int64) string {
	switch {
	case n >= 10<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 10<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}

// aboutParty is what is stated of somebody besides the names.
func aboutParty(ctx context.Context, s record.Subject) map[string][]string {
	out := map[string][]string{}
	fill(ctx, out, s)
	for _, a := range s.Addresses {
		out["addresses"] = append(out["addresses"], addressOf(a))
	}
	return out
}

var partyFieldsShown = []string{"born", "countries", "gender", "identifiers", "addresses"}
