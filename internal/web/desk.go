package web

import (
	"interdict/internal/access"
	"interdict/internal/clerk"
)

// desk is the first page: what waits for whoever is signed in, and the way in for
// everybody else.
func (s *server) desk() {
	s.open("GET /{$}", func(v *visit) error {
		if !v.signedIn() && v.Enter != "" {
			return v.goTo(v.Enter)
		}
		if !v.signedIn() {
			return v.show(say(v.own(), "Welcome"), welcome())
		}
		d, err := v.deskOf()
		if err != nil {
			return err
		}
		return v.show(say(v.own(), "Desk"), deskPage(d))
	})
}

// tray is one kind of things that wait.
type tray struct {
	Title string // key of a message
	Kind  string
	State string
	Page  clerk.Page
}

// trays are what may wait, in the order in which it is shown.
var trays = []struct {
	title, kind, state string
	action             access.Action
}{
	{"Alerts to triage", "alert", "open", "alert.same"},
	{"Materials received", "material", "received", "material.link_mention"},
	{"Your materials", "material", "", "material.withdraw"},
	{"Dossiers in work", "dossier", "open", "dossier.write"},
	{"Laid before the commission", "dossier", "submitted", "dossier.return"},
	{"Sessions called", "session", "called", "session.list"},
	{"Sessions open", "session", "open", "session.list"},
	{"Decisions to sign", "decision", "draft", "decision.sign"},
	{"Decisions on their way", "decision", "pending", "decision.list"},
	{"Petitions lodged", "petition", "lodged", "petition.recommend"},
	{"Petitions recommended", "petition", "recommended", "petition.grant"},
	{"Reviews overdue", "review", "overdue", "review.list"},
	{"Exclusions to approve", "exclusion", "pending", "exclusion.approve"},
	{"Erasures to approve", "erasure", "requested", "erasure.approve"},
	{"Reports to answer", "report", "filed", "report.answer"},
}

// deskView is what the desk of the visitor shows.
type deskView struct {
	Requests []clerk.Request
	Trays    []tray
}

func (v *visit) deskOf() (deskView, error) {
	var d deskView
	var err error
	if v.may("request.list") {
		o := v.Order
		o.Purpose = "" // a list of what is due opens no text
		if d.Requests, err = v.Clerk.Requests(v.ctx(), o); err != nil {
			return d, err
		}
	}
	var shown []tray
	var wants []clerk.Want
	seen := map[string]bool{}
	for _, t := range trays {
		if !v.may(t.action) || seen[t.kind+t.state] || t.state == "" && seen[t.kind+"received"] {
			continue
		}
		seen[t.kind+t.state] = true
		shown = append(shown, tray{Title: t.title, Kind: t.kind, State: t.state})
		wants = append(wants, clerk.Want{Kind: t.kind, State: t.state, Limit: 6})
	}
	pages, err := v.Clerk.Pages(v.ctx(), v.Order, wants...)
	for i, page := range pages {
		if len(page.Rows) > 0 {
			shown[i].Page = page
			d.Trays = append(d.Trays, shown[i])
		}
	}
	return d, err
}
