package clerk

import (
	"slices"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/charter"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/erasure"
	"interdict/internal/material"
	"interdict/internal/petition"
	"interdict/internal/report"
	"interdict/internal/roster"
	"interdict/internal/session"
	"interdict/internal/subscription"
)

// face is a part of a thing that an action shows. Faces of a kind stand from the
// widest on; what one shows is put together with what the earlier ones did. A
// whole one leaves nothing for those after it. What shows nil shows nothing.
type face struct {
	action access.Action
	whole  bool
	show   func(by roster.Person, value, sofar any) any
	title  func(value any) string
}

func faceOf[A any](action access.Action, whole bool, title func(A) string, show func(by roster.Person, a A, sofar any) any) face {
	f := face{action: action, whole: whole, show: func(by roster.Person, v, sofar any) any { return show(by, v.(A), sofar) }}
	if title != nil {
		f.title = func(v any) string { return title(v.(A)) }
	}
	return f
}

// all shows a thing as it is.
func allOf[A any](action access.Action, title func(A) string) face {
	return faceOf(action, true, title, func(_ roster.Person, a A, _ any) any { return a })
}

var faces = map[string][]face{
	"roster":          {faceOf(access.RosterRead, true, nil, func(_ roster.Person, r roster.Roster, _ any) any { return withoutKeys(r) })},
	"statute":         {allOf(access.StatuteRead, func(charter.Charter) string { return "" })},
	"register":        {allOf(access.RegisterRead, func(r InForce) string { return r.Snapshot })},
	"alert":           {allOf(access.AlertRead, func(a alert.Alert) string { return a.Source })},
	"exclusion":       {allOf(access.ExclusionRead, func(x alert.Exclusion) string { return x.Scope.Name })},
	"petition":        {allOf(access.PetitionRead, func(p petition.Petition) string { return p.Petitioner.PrimaryName() })},
	"edition":         {allOf(access.EditionRead, func(x report.Edition) string { return x.At.Format(time.RFC3339) })},
	"acknowledgement": {allOf(access.AcknowledgementRead, func(a report.Acknowledgement) string { return string(a.Hop) })},
	"report":          {allOf(access.ReportRead, func(r report.Report) string { return string(r.What) + " " + r.Entry })},
	"subscription":    {allOf(access.SubscriptionRead, func(s subscription.Subscription) string { return s.URL })},
	"erasure":         {allOf(access.ErasureRead, func(o erasure.Order) string { return o.Of })},
	"review":          {allOf(access.ReviewRead, func(r petition.Reviews) string { return r.Decision.String() })},
	"session": {
		faceOf(access.SessionReadBallots, false, nil, func(_ roster.Person, s session.Session, _ any) any { return s }),
		faceOf(access.SessionRead, true, func(s session.Session) string { return s.Place }, sessionOpen),
	},
	"decision": {
		faceOf(access.DecisionReadClosed, true, nil, func(_ roster.Person, d decision.Decision, _ any) any { return DecisionSeen{d, d.Digest()} }),
		faceOf(access.DecisionRead, true, func(d decision.Decision) string { return string(d.Measure) + " " + d.Subject.PrimaryName() }, decisionOpen),
	},
	"material": {
		faceOf(access.MaterialReadWork, false, nil, materialWork),
		faceOf(access.MaterialReadClosed, false, nil, materialClosed),
		faceOf(access.MaterialRead, false, func(m material.Material) string { return m.Title }, materialOpen),
	},
	"dossier": {
		allOf(access.DossierReadClosed, func(d dossier.Dossier) string { return d.Title }),
		faceOf(access.DossierRead, true, func(d dossier.Dossier) string { return d.Title }, dossierOpen),
		faceOf(access.RequestRead, true, nil, requests),
	},
}

// DecisionSeen is a decision with the digest that a signatory signs.
type DecisionSeen struct {
	decision.Decision
	Digest string `json:"digest"`
}

// withoutKeys leaves nothing out but what nobody needs to read: all of a roster
// is open to those who may read it.
func withoutKeys(r roster.Roster) roster.Roster { return r }

// sessionOpen shows the minutes; the ballots are shown beside them to who may
// read them.
func sessionOpen(_ roster.Person, s session.Session, sofar any) any {
	if sofar != nil {
		return sofar
	}
	s.Items = slices.Clone(s.Items)
	for i := range s.Items {
		s.Items[i].Ballots = nil
	}
	return s
}

func decisionOpen(_ roster.Person, d decision.Decision, _ any) any {
	digest := d.Digest()
	d.Text.Closed = ""
	return DecisionSeen{d, digest}
}

// MaterialSeen is a material as far as the reader may see it.
type MaterialSeen struct {
	ID         material.ID           `json:"id"`
	State      material.State        `json:"state"`
	At         time.Time             `json:"at"`
	Originator roster.OrganisationID `json:"originator"`
	Reference  string                `json:"reference,omitempty"`
	Title      string                `json:"title"`
	Summary    string                `json:"summary,omitempty"`
	Sort       material.Sort         `json:"sort"`
	Grade      material.Grade        `json:"grade,omitzero"`
	Handling   material.Handling     `json:"handling"`
	Uses       []material.Use        `json:"uses,omitempty"`
	Feedback   []material.Feedback   `json:"feedback,omitempty"`

	Reasons   string              `json:"reasons,omitempty"`
	Parties   []material.Party    `json:"parties,omitempty"`
	Accounts  []material.Account  `json:"accounts,omitempty"`
	Links     []material.Link     `json:"links,omitempty"`
	Documents []material.Document `json:"documents,omitempty"`
	Derived   []material.Derived  `json:"derived,omitempty"`

	Screenings []material.Screening `json:"screenings,omitempty"`
	Mentions   []material.Judged    `json:"mentions,omitempty"`
}

func materialOpen(_ roster.Person, m material.Material, sofar any) any {
	f, _ := sofar.(MaterialSeen)
	f.ID, f.State, f.At, f.Originator, f.Reference = m.ID, m.State, m.At, m.Originator, m.Reference
	f.Title, f.Summary, f.Sort, f.Grade, f.Handling = m.Title, m.Summary, m.Sort, m.Grade, m.Handling
	f.Uses, f.Feedback = m.Uses, m.Feedback
	return f
}

func materialClosed(_ roster.Person, m material.Material, sofar any) any {
	f, _ := sofar.(MaterialSeen)
	f.Reasons, f.Parties, f.Accounts, f.Links, f.Documents = m.Reasons, m.Parties, m.Accounts, m.Links, m.Documents
	for _, d := range m.Derived {
		d.Near = nil // numbers that say nothing to a reader
		f.Derived = append(f.Derived, d)
	}
	return f
}

func materialWork(_ roster.Person, m material.Material, sofar any) any {
	f, _ := sofar.(MaterialSeen)
	f.Screenings, f.Mentions = m.Screenings, m.Mentions
	return f
}

// DossierSeen is the open version of a dossier.
type DossierSeen struct {
	ID      dossier.ID      `json:"id"`
	Title   string          `json:"title"`
	State   dossier.State   `json:"state"`
	Version uint64          `json:"version"`
	At      time.Time       `json:"at"`
	Text    string          `json:"text,omitempty"`
	Content dossier.Content `json:"content"`

	Pin      dossier.Pin `json:"pin,omitzero"`       // as it was laid before the commission last
	Decision string      `json:"decision,omitempty"` // on it
}

func dossierOpen(_ roster.Person, d dossier.Dossier, _ any) any {
	text, content := d.OpenVersion()
	f := DossierSeen{ID: d.ID, Title: d.Title, State: d.State, Version: d.Version, At: d.At, Text: text, Content: content, Decision: d.Decision}
	if n := len(d.Pins); n > 0 {
		f.Pin = d.Pins[n-1]
	}
	return f
}

// RequestsSeen is what was asked of the reader and no more.
type RequestsSeen struct {
	Requests []dossier.Asking `json:"requests"`
}

func requests(by roster.Person, d dossier.Dossier, _ any) any {
	var f RequestsSeen
	for _, a := range d.Askings {
		if a.To == string(by.ID) || a.To == string(by.Organisation) {
			a.By = "" // who works on a case is not told
			f.Requests = append(f.Requests, a)
		}
	}
	if len(f.Requests) == 0 {
		return nil // before it was asked there was nothing for it to see
	}
	return f
}
