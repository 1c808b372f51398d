package demo

import (
	"slices"

	"interdict/internal/roster"
)

// Server is one of the three houses of the demo, each with a port of its own.
type Server string

// Servers.
const (
	Authority Server = "authority"
	Harbour   Server = "harbour-bank"
	Kestrel   Server = "kestrel"
)

// Servers returns the three, in the order of their ports.
func Servers() []Server { return []Server{Authority, Harbour, Kestrel} }

// Title returns what a person calls a server.
func (s Server) Title() string {
	switch s {
	case Harbour:
		return "Harbour Bank of Selda"
	case Kestrel:
		return "Kestrel Payments"
	}
	return "Interdepartmental Commission of Velmara"
}

// Account is somebody whom a visitor may be.
type Account struct {
	Server       Server          `json:"server"`
	Person       roster.PersonID `json:"person"`
	Name         string          `json:"name"`
	Role         string          `json:"role"` // in plain words
	Organisation string          `json:"organisation"`
	Try          string          `json:"try"` // what there is to do
}

// tries is what a role is called, and what there is to do for it.
var tries = []struct {
	person    roster.PersonID
	role, try string
}{
	{analyst, "Analyst of the secretariat", "Look through the letters that came in today; judge four alerts; go on with the case of the ticket collector."},
	{lead, "Head of the secretariat", "See what is late; answer the petition of a namesake; ask what became of the last edition."},
	{deputyLead, "Deputy head of the secretariat", "Look at the edition of a list that is held back, and propose it or leave it; the head would have to accept it."},
	{chair, "Chair, member and signatory", "Cast the fourth vote of today's session; sign the freeze on Saltmarsh Ferry Trading, and see it reach two banks."},
	{"member-5", "Member for the interior", "Read the case before the session; vote, or write why not."},
	{"member-7", "Member for foreign affairs", "Stand aside from the case and see it vanish."},
	{secretary, "Secretary of the commission", "Count the vote of today's session; call the next one; register a petition."},
	{second, "Second analyst", "Find out what you may not see; draft what the commission decided."},
	{liaisonProsecution, "Liaison officer of the prosecution", "Hand in a material and take its receipt home."},
	{liaisonBank, "Liaison officer of the central bank", "See what became of your materials, and only of yours."},
	{liaisonRegion, "Liaison officer of a regional authority", "Answer a request that is overdue."},
	{liaisonBorder, "Liaison officer of the border guard", "Answer a request in time."},
	{ombudsperson, "Ombudsperson", "Recommend on the petition; be the second person of an erasure."},
	{auditor, "Auditor", "See who read what and why; count a vote again; verify the ledger."},
	{judge, "Judge of the High Court", "See how little a court is shown before something is before it."},
	{administrator, "Administrator", "Engage somebody, give a role; find no case anywhere."},
	{knownAs + roster.PersonID(Harbour), "Compliance officer of the Harbour Bank, at the authority", "See at the authority what your bank reported."},
	{knownAs + roster.PersonID(Kestrel), "Compliance officer of Kestrel Payments, at the authority", "See at the authority what your house reported."},
}

// Accounts returns everybody whom a visitor may be, by server.
func Accounts() []Account {
	var out []Account
	for _, t := range tries {
		p := castOf(t.person)
		out = append(out, Account{Authority, t.person, p.name, t.role, titleOf(p.of), t.try})
	}
	for _, b := range banks {
		for _, p := range b.people {
			out = append(out, Account{b.server, p.id, p.name, p.says, b.server.Title(), p.try})
		}
	}
	return out
}

// castOf returns somebody of the authority's cast.
func castOf(id roster.PersonID) someone {
	all := append([]someone{{first.Administrator, first.PersonName, first.Commission, nil}}, people...)
	for _, b := range banks {
		all = append(all, b.officer())
	}
	return all[slices.IndexFunc(all, func(p someone) bool { return p.id == id })]
}

func titleOf(id roster.OrganisationID) string {
	if i := slices.IndexFunc(organisations, func(o organisation) bool { return o.id == id }); i >= 0 {
		return organisations[i].name
	}
	return Server(id).Title()
}

func has(server Server, who roster.PersonID) bool {
	return slices.ContainsFunc(Accounts(), func(a Account) bool { return a.Server == server && a.Person == who })
}
