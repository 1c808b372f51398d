package demo

import (
	"crypto/ed25519"
	"crypto/rand"

	"interdict/internal/clerk"
	"interdict/internal/roster"
)

// state is the invented country; XX is a code that no state will have.
const state = "XX"

// Ids of the organisations, at the authority.
const (
	commission  roster.OrganisationID = "commission"
	prosecution roster.OrganisationID = "prosecution"
	centralBank roster.OrganisationID = "central-bank"
	region      roster.OrganisationID = "region"
	border      roster.OrganisationID = "border-guard"
	court       roster.OrganisationID = "court"
)

// Ids of the people, at the authority.
const (
	administrator roster.PersonID = "administrator"
	lead          roster.PersonID = "lead"
	deputyLead    roster.PersonID = "lead-2"
	analyst       roster.PersonID = "analyst"
	second        roster.PersonID = "analyst-2"
	secretary     roster.PersonID = "secretary"
	chair         roster.PersonID = "chair"
	auditor       roster.PersonID = "auditor"
	ombudsperson  roster.PersonID = "ombudsperson"
	judge         roster.PersonID = "judge"
)

// Liaison officers.
const (
	liaisonProsecution roster.PersonID = "liaison-prosecution"
	liaisonBank        roster.PersonID = "liaison-bank"
	liaisonRegion      roster.PersonID = "liaison-region"
	liaisonBorder      roster.PersonID = "liaison-border"
)

// organisation is an agency, a court or an institution of the cast.
type organisation struct {
	id     roster.OrganisationID
	name   string
	nature roster.Nature
}

var organisations = []organisation{
	{prosecution, "Prosecutor General's Office of Velmara", roster.Agency},
	{centralBank, "Central Bank of Velmara", roster.Agency},
	{region, "Regional Authority of the Selda Coast", roster.Agency},
	{border, "Border Guard of Velmara", roster.Agency},
	{court, "High Court of Velmara", roster.Court},
}

// first is the commission itself with its administrator.
var first = clerk.Foundation{
	Commission: commission, Name: "Interdepartmental Commission of Velmara", Country: state,
	Administrator: administrator, PersonName: "Adaline Brockwater",
}

// someone is a person of the cast.
type someone struct {
	id    roster.PersonID
	name  string
	of    roster.OrganisationID
	roles []roster.Role
}

var people = []someone{
	{lead, "Henrike Vandersloot", commission, []roster.Role{roster.Lead}},
	{deputyLead, "Isadora Pennywhistle", commission, []roster.Role{roster.Lead}},
	{analyst, "Mirela Ostrander", commission, []roster.Role{roster.Analyst}},
	{second, "Joaquim Tavistock", commission, []roster.Role{roster.Analyst}},
	{secretary, "Pascal Windermere", commission, []roster.Role{roster.Secretary}},
	{auditor, "Wendeline Garrick", commission, []roster.Role{roster.Auditor}},
	{ombudsperson, "Ambrose Tillinghast", commission, []roster.Role{roster.Ombudsperson}},
	{judge, "Philippa Norrgard", court, []roster.Role{roster.Judge}},
	{chair, "Leontine Marchbanks", commission, []roster.Role{roster.Member, roster.Signatory}},
	{"member-2", "Oyelaran Whitcombe", commission, []roster.Role{roster.Member}},
	{"member-3", "Sunniva Castellane", commission, []roster.Role{roster.Member}},
	{"member-4", "Bartholomew Yun-Ashby", commission, []roster.Role{roster.Member}},
	{"member-5", "Katarzyna Fennimore", commission, []roster.Role{roster.Member}},
	{"member-6", "Emeric Thornquist", commission, []roster.Role{roster.Member}},
	{"member-7", "Rosalind Achterberg", commission, []roster.Role{roster.Member}},
	{liaisonProsecution, "Gideon Marsh-Halloran", prosecution, []roster.Role{roster.Liaison}},
	{liaisonBank, "Noemi Castleford", centralBank, []roster.Role{roster.Liaison}},
	{liaisonRegion, "Torvald Quillfeather", region, []roster.Role{roster.Liaison}},
	{liaisonBorder, "Saskia Dunmorrow", border, []roster.Role{roster.Liaison}},
}

// seat is a seat of the statute with its member.
type seat struct {
	id     roster.SeatID
	title  string
	member roster.PersonID
}

var seats = []seat{
	{"chair", "Chair", chair},
	{"intelligence", "Financial intelligence unit", "member-2"},
	{"prosecution", "Prosecution", "member-3"},
	{"bank", "Central bank", "member-4"},
	{"interior", "Interior", "member-5"},
	{"security", "State security", "member-6"},
	{"foreign", "Foreign affairs", "member-7"},
}

// found founds the commission with everybody in it, its statute and its
// composition.
func (t *teller) found() {
	_, err := t.clerk.Found(t.ctx, first)
	t.failed(err, "founding the commission")
	for _, o := range organisations {
		t.register(o)
	}
	for _, p := range people {
		t.engage(administrator, p)
	}
	t.do(lead, "statute.adopt", "main", body{"preset": "model-1373", "reason": "Act 31 on the Commission, section 2"})
	for i, s := range seats {
		t.do(administrator, "roster.make_seat", "main", body{"id": s.id, "title": s.title, "chair": i == 0})
		t.do(administrator, "roster.fill_seat", "main", body{"id": s.id, "holder": s.member, "act": "Decree 12 of the Cabinet"})
		public, private, err := ed25519.GenerateKey(rand.Reader)
		t.failed(err, "making a key of %s", s.member)
		t.ballot[s.member] = private
		t.do(s.member, "roster.state_key", "main", body{"key": []byte(public)})
	}
}

func (t *teller) register(o organisation) {
	t.do(administrator, "roster.register", "main", body{"id": o.id, "name": o.name, "nature": o.nature, "country": state})
}

func (t *teller) engage(by roster.PersonID, p someone) {
	t.do(by, "roster.engage", "main", body{"id": p.id, "name": p.name, "organisation": p.of})
	for _, r := range p.roles {
		t.do(by, "roster.give_role", "main", body{"id": p.id, "role": r})
	}
}
