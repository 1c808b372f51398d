package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/api"
	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/erasure"
	"interdict/internal/event"
	"interdict/internal/id"
	"interdict/internal/material"
	"interdict/internal/petition"
	"interdict/internal/report"
	"interdict/internal/session"
	"interdict/internal/signin"
	"interdict/internal/subscription"
)

// town is a house with people of every role and a thing of every kind, some of
// them shared, foreign or recused to any of the people.
type town struct {
	*story
	mux      *http.ServeMux
	routes   *huma.OpenAPI
	people   []asker
	objects  []object
	document string // hash of a document of the first material
	erasure  string // that was asked for and not approved
	lastly   int64  // an entry of the time when everything was there
}

func buildTown(t *testing.T, a *asked) *town {
	h := openHouse(t, a.open)
	h.people()
	n := &town{story: newStory(h.t, h, "model-1373")}
	for _, p := range []struct{ id, organisation, roles string }{
		{"analyst-3", "commission", "analyst"},
		{"officer-home", "commission", "officer"},
		{"signatory", "commission", "signatory"},
		{"judge", "court", "judge"},
		{"ombudsperson", "commission", "ombudsperson"},
		{"member-8", "commission", "member"},
		{"analyst-bank", "bank", "analyst"},
		{"officer-bank", "bank", "officer"},
		{"machine-bank", "bank", "machine liaison officer"},
	} {
		if p.organisation == "court" {
			h.do("ada", "roster.register", "main", body{"id": "court", "name": "Court", "nature": "court", "country": "XX"})
		}
		h.person(p.id, p.id, p.organisation, strings.Fields(p.roles)...)
	}
	n.mount()
	n.casework()
	n.everybody()
	return n
}

// mount puts the API on a mux of its own, with keys for machines.
func (n *town) mount() {
	gate, err := signin.New(signin.Config{
		Store: n.store.Queries(), Key: make([]byte, 32), Host: "localhost", Origins: []string{"http://localhost"}, Session: time.Hour,
	})
	must(n.t, err)
	n.clerk.Gate = gate
	n.mux = http.NewServeMux()
	mounted := api.Mount(n.mux, api.Config{Clerk: n.clerk, Version: "test", Fonts: fonts, Identify: func(r *http.Request) (clerk.Order, error) {
		o, err := byName(r)
		if strings.HasPrefix(string(o.By), "machine-") {
			for _, e := range access.Actions() {
				o.Scope = append(o.Scope, e.Action)
			}
		}
		return o, err
	}})
	n.routes = mounted.OpenAPI()
	server := httptest.NewServer(n.mux)
	n.t.Cleanup(server.Close)
	n.url = server.URL
}

var members = []string{"member-1", "member-2", "member-3", "member-4", "member-5", "member-6", "member-7"}

// casework makes a thing of every kind by the commands of the house.
func (n *town) casework() {
	n.materials()
	n.dossier() // analyst-1, and analyst-2 admitted
	n.do("analyst-1", "dossier.release", n.dossID, body{"person": "analyst-2", "reason": "done reading"})
	n.do("analyst-1", "dossier.admit", n.dossID, body{"person": "analyst-3", "reason": "third reader"})
	n.do("analyst-3", "dossier.recuse", n.dossID, body{"reason": "my cousin"})
	n.request() // bank is asked
	other := n.do("analyst-2", "dossier.open", "", body{"title": "Another case", "subject": someone("Zoltan Quirrenbach")}).ID
	red := n.do("liaison-prosecution", "material.submit", "", body{
		"title": "Wiretap", "sort": "intelligence", "handling": body{"tlp": "red"},
		"parties": []body{{"key": "p1", "subject": someone("Zoltan Quirrenbach")}},
	}).ID
	controlled := n.do("liaison-region", "material.submit", "", body{
		"title": "Register of firms", "sort": "judicial", "handling": body{"tlp": "amber", "originator_control": true},
		"parties": []body{{"key": "p1", "subject": someone("Ysolde Farthingale")}},
	}).ID
	var w work
	n.read("analyst-1", "material", n.ids[0], "", &w)
	n.document = w.Documents[0].Hash
	n.appoint()
	n.do("analyst-1", "dossier.submit", n.dossID, nil)
	n.vote()
	n.sign()
	n.found()
	sat := n.sessionOf("closed")
	called := n.do("secretary", "session.call", "", body{"on": n.clock.now().Add(24 * time.Hour), "place": "annex"}).ID
	draft := n.do("analyst-1", "decision.draft", "", body{
		"dossier": n.dossID, "measure": "certificate", "open": "The charity is not the group.",
		"bearer": body{"person": someone("Islamic State of Iraq and Levant Relief"), "entry": n.listed},
	}).ID
	petition := n.do("secretary", "petition.lodge", "", body{
		"plea": "delisting", "against": n.decision, "petitioner": someone("A Lawyer"), "text": "It is over.",
	}).ID
	alarm := body{"channel": "onboarding", "source": "customer 7", "subject": body{"kind": "organisation", "names": []body{{"full": "Islamic State of Iraq and the Levant"}}}}
	escalated := n.do("analyst-1", "alert.raise", "", alarm).ID
	n.do("analyst-1", "alert.escalate", escalated, body{"dossier": n.dossID, "reason": "belongs there"})
	theirs := n.do("officer-bank", "alert.raise", "", alarm).ID
	n.do("officer-bank", "alert.different", theirs, body{"key": "1", "reason": "a bakery"})
	exclusion := n.do("officer-bank", "exclusion.request", "", body{"alert": theirs, "hit": "1", "code": "other", "reason": "a bakery"}).ID
	n.erasure = n.do("lead", "erasure.request", "", body{"of": "material/" + n.ids[2], "reason": "handed in by mistake"}).ID
	acknowledged := n.do("officer-bank", "acknowledgement.make", "", body{"edition": 0, "hop": "screened", "done": n.clock.now()}).ID
	filed := n.do("officer-bank", "report.file", "", body{"what": "nil", "edition": 0, "customers": 7, "reference": "17"}).ID
	subscribed := n.do("officer-bank", "subscription.make", "", body{"url": "https://bank.example/hints", "topics": []string{"edition.published", "report.answered"}}).ID
	subscribedToo := n.do("liaison-region", "subscription.make", "", body{"url": "https://region.example/hints", "topics": []string{"material.feedback"}}).ID
	n.lastly = n.do("ada", "roster.engage", "main", body{"id": "late", "name": "Late", "organisation": "commission"}).Index

	aside := []string{"analyst-3", "member-7"}
	onCase := object{owner: "commission", team: []string{"analyst-1"}, sitting: members, recused: aside}
	with := func(o object, kind, id string) object { o.kind, o.id = kind, id; return o }
	material := func(id, owner string) object {
		o := with(onCase, "material", id)
		o.owner, o.shared = owner, []string{"commission"}
		return o
	}
	first := material(n.ids[0], "prosecution")
	first.shared = []string{"commission"} // green is not said to be shared: who is told of it is the house's word
	second := material(n.ids[1], "bank")
	second.controlled = true
	askedBank := with(onCase, "dossier", n.dossID)
	askedBank.shared = []string{"bank"}
	inForce := with(onCase, "decision", n.decision)
	inForce.team, inForce.public = []string{"analyst-1", "member-1"}, true
	drafted := with(inForce, "decision", draft)
	drafted.draft, drafted.public = true, false
	contested := with(inForce, "petition", petition)
	n.objects = []object{
		first, second, material(n.ids[2], "region"),
		{kind: "material", id: red, owner: "prosecution", shared: []string{"commission"}, red: true, team: []string{"lead"}},
		{kind: "material", id: controlled, owner: "region", shared: []string{"commission"}, controlled: true},
		askedBank,
		{kind: "dossier", id: other, owner: "commission", team: []string{"analyst-2"}},
		{kind: "session", id: sat, owner: "commission", sitting: members},
		{kind: "session", id: called, owner: "commission", sitting: members},
		inForce, drafted, contested, with(contested, "review", n.decision),
		{kind: "alert", id: escalated, owner: "commission", recused: aside},
		{kind: "alert", id: theirs, owner: "bank"},
		{kind: "exclusion", id: exclusion, owner: "bank"},
		{kind: "erasure", id: n.erasure},
		{kind: "edition", id: "000000", owner: "commission"},
		{kind: "acknowledgement", id: acknowledged, owner: "bank", shared: []string{"commission"}},
		{kind: "report", id: filed, owner: "bank", shared: []string{"commission"}},
		{kind: "subscription", id: subscribed, owner: "bank"},
		{kind: "subscription", id: subscribedToo, owner: "region"},
		{kind: "roster", id: "main"},
		{kind: "statute", id: "main"},
	}
}

func someone(name string) body {
	return body{"kind": "organisation", "names": []body{{"full": name}}}
}

// sessionOf returns the session in a state, as the secretary sees it.
func (n *town) sessionOf(state string) string {
	var d dossier.Dossier
	n.read("analyst-1", "dossier", n.dossID, "", &d)
	page := n.list(asker{id: "secretary"}, "session", "state="+state)
	if len(page.Rows) == 0 {
		n.t.Fatalf("there is no session that is %s", state)
	}
	return page.Rows[len(page.Rows)-1].ID
}

// everybody is one person of each role and standing, and somebody who is not
// signed in.
func (n *town) everybody() {
	add := func(id, organisation string, columns ...string) {
		n.people = append(n.people, asker{id, organisation, columns})
	}
	add("", "", "public")
	for _, a := range []string{"prosecution", "bank", "region"} {
		add("liaison-"+a, a, "liaison")
	}
	add("analyst-1", "commission", "analyst")
	add("analyst-2", "commission", "analyst")
	add("analyst-3", "commission", "analyst")
	add("analyst-bank", "bank", "analyst")
	add("lead", "commission", "lead")
	add("secretary", "commission", "secretary")
	add("member-1", "commission", "member", "signatory")
	add("member-2", "commission", "member")
	add("member-7", "commission", "member")
	add("member-8", "commission", "member")
	add("signatory", "commission", "signatory")
	add("judge", "court", "judge")
	add("officer-home", "commission", "officer")
	add("officer-bank", "bank", "officer")
	add("machine-bank", "bank", "machine")
	add("auditor", "commission", "auditor")
	add("ombudsperson", "commission", "ombudsperson")
	add("ada", "commission", "administrator")
	add("late", "commission", "public") // holds no role
}

// absentID is the id of a thing of a kind that was never made.
func absentID(kind string, random [10]byte) string {
	switch kind {
	case "material":
		return id.New[material.Material](random).String()
	case "alert":
		return id.New[alert.Alert](random).String()
	case "exclusion":
		return id.New[alert.Exclusion](random).String()
	case "dossier":
		return id.New[dossier.Dossier](random).String()
	case "session":
		return id.New[session.Session](random).String()
	case "decision", "review":
		return id.New[decision.Decision](random).String()
	case "acknowledgement":
		return id.New[report.Acknowledgement](random).String()
	case "report":
		return id.New[report.Report](random).String()
	case "subscription":
		return id.New[subscription.Subscription](random).String()
	case "petition":
		return id.New[petition.Petition](random).String()
	case "erasure":
		return id.New[erasure.Order](random).String()
	}
	return "none"
}

func (n *town) envelope(leaf []byte) event.Envelope {
	n.t.Helper()
	e, err := event.Decode(leaf)
	must(n.t, err)
	return e
}
