package clerk

import (
	"slices"

	"interdict/internal/access"
	"interdict/internal/deadline"
	"interdict/internal/dossier"
)

// rooms are all kinds of stream.
var rooms = []room{
	rosterRoom, statuteRoom, materialRoom, alertRoom, exclusionRoom, dossierRoom,
	sessionRoom, decisionRoom, petitionRoom, reviewRoom, readingsRoom, signinRoom, registerRoom, acknowledgementRoom, reportRoom, editionRoom, erasureRoom, subscriptionRoom,
}

var dossierRoom = roomOf("dossier", dossier.Events,
	func(d dossier.Dossier) row {
		r := row{state: string(d.State)}
		for _, a := range d.Askings {
			if a.State == dossier.Waiting && a.Clock.Done.IsZero() && !paused(a) {
				r.due = earlier(r.due, a.Clock.Due)
			}
		}
		return r
	},
	dossierTies,
	func(d dossier.Dossier) access.Resource {
		return access.Resource{Kind: "dossier", ID: d.ID.String(), State: string(d.State)}
	})

// paused reports whether the clock of an asking stands still.
func paused(a dossier.Asking) bool {
	return slices.ContainsFunc(a.Clock.Pauses, func(p deadline.Pause) bool { return p.Until.IsZero() })
}

func dossierTies(d dossier.Dossier) []tie {
	ties := lateTies(d)
	add := func(relation, target string) {
		if t := (tie{relation, target}); !contains(ties, t) {
			ties = append(ties, t)
		}
	}
	spans := func(all []dossier.Span) {
		for _, s := range all {
			add("rests_on", "material/"+s.Material.String())
		}
	}
	for _, p := range d.Team {
		add(teamTie, personTarget(p))
	}
	for _, a := range d.Content.Allegations {
		spans(a.Spans)
	}
	for _, e := range d.Content.Timeline {
		spans(e.Spans)
	}
	for _, s := range d.Content.Statements {
		if s.Span != nil {
			spans([]dossier.Span{*s.Span})
		}
	}
	for _, l := range d.Content.Links {
		add("linked", "dossier/"+l.To)
	}
	for _, f := range d.From {
		add("from", dossier.Stream(f))
	}
	if !d.Into.IsZero() {
		add("into", dossier.Stream(d.Into))
	}
	for _, a := range d.Askings {
		add("asks", "asked/"+a.To)
		for _, m := range a.Answer.Materials {
			add("answered_by", "material/"+m.String())
		}
	}
	return ties
}
