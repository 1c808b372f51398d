package web

import (
	"slices"
	"strings"

	"interdict/internal/dossier"
	"interdict/internal/roster"
	"interdict/internal/statute"
)

// eventWord is the kind of an event as a key of messages: "dossier: contact
// logged".
func eventWord(kind string) string {
	of, what, _ := strings.Cut(kind, ".")
	return of + ": " + stateWord(what)
}

// whom is how somebody who was asked is called: a person, an organisation, or a
// state as it was written.
func (v *visit) whom(to string) string {
	if name := v.nameOf(roster.PersonID(to)); name != to {
		return name
	}
	return v.organisationOf(roster.OrganisationID(to))
}

// alleges reports whether the case rests on that ground at all.
func (p dossierPage) alleges(ground string) bool {
	return slices.ContainsFunc(p.Case.Content.Allegations, func(a dossier.Allegation) bool { return a.Ground == ground })
}

func groundText(law statute.Statute, code string) string {
	for _, g := range law.Grounds {
		if g.Code == code {
			return g.Text
		}
	}
	return code
}

func elementText(law statute.Statute, ground, code string) string {
	for _, g := range law.Grounds {
		for _, e := range g.Elements {
			if g.Code == ground && e.Code == code {
				return e.Text
			}
		}
	}
	return code
}

// askingWords are what was asked, as keys of messages.
var askingWords = map[dossier.AskingKind]string{
	dossier.Task: "Task", dossier.Request: "Request for information", dossier.ForeignIn: "Request of another state", dossier.ForeignOut: "Request to another state",
}
