package effect

import (
	"slices"
	"time"

	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/petition"
)

// limits says how the times that the law sets were kept. Each clock holds the rule
// of the day on which it began.
func (k known) limits(p Period) []Limit {
	all := map[[2]string]Limit{}
	add := func(of string, c deadline.Clock, l Limit) {
		key := [2]string{of, c.Rule.Span.String()}
		was := all[key]
		all[key] = Limit{of, key[1], was.InTime + l.InTime, was.Late + l.Late, was.Unmet + l.Unmet}
	}
	k.eachClock(func(of string, c deadline.Clock, done time.Time) {
		switch {
		case c.Started.IsZero(), !p.Has(c.Due), done.IsZero() && !k.At.After(c.Due):
		case done.IsZero():
			add(of, c, Limit{Unmet: 1})
		case done.After(c.Due):
			add(of, c, Limit{Late: 1})
		default:
			add(of, c, Limit{InTime: 1})
		}
	})
	for _, x := range k.Editions {
		if s := k.silenceOn(x); p.Has(x.At) && !x.Clock.Started.IsZero() {
			add("freeze", x.Clock, Limit{InTime: s.InTime, Late: s.Late, Unmet: s.Silent})
		}
	}
	out := []Limit{}
	for _, l := range all {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b Limit) int {
		return slices.Compare([]string{a.Of, a.Rule}, []string{b.Of, b.Rule})
	})
	return out
}

// eachClock calls count with each clock and when it was met, zero if it was not.
// Taken back is not met: such a clock is nobody's.
func (k known) eachClock(count func(of string, c deadline.Clock, done time.Time)) {
	for _, d := range k.Dossiers {
		for _, a := range d.Askings {
			if a.State != dossier.Cancelled {
				count(string(a.What), a.Clock, a.Clock.Done)
			}
		}
	}
	for _, d := range k.Decisions {
		count("stage", d.Clock, d.Clock.Done)
		count("publication", d.Publication, k.published(d))
	}
	for _, x := range k.Petitions {
		if x.State != petition.Withdrawn {
			count("petition."+string(x.Plea), x.Clock, x.Clock.Done)
		}
	}
}
