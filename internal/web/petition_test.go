package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/petition"
)

// lodged lodges a petition by its form, as somebody who may know of the decision.
func (h *house) lodged(decision, plea string) string {
	h.t.Helper()
	status, p := h.post("analyst-2", "/do/petition.lodge", url.Values{
		"plea": {plea}, "against": {decision}, "text": {"We are not that group."},
		"petitioner.kind": {"organisation"}, "petitioner.names.0.full": {"جمعية الخير"}, "counsel": {"Counsel of record"},
	})
	if status != http.StatusSeeOther {
		h.t.Fatalf("lodging answers %d\n%s", status, p.source)
	}
	return strings.TrimPrefix(p.header.Get("Location"), "/petitions/")
}

func TestPetitionFromLodgingToRefusal(t *testing.T) {
	h := newHouse(t)
	_, decision := h.frozen("Northern Group")
	_, form := h.get("analyst-2", "/petitions/new?plea=delisting")
	if len(form.all(with("option", "value", decision))) != 1 {
		t.Fatal("the form does not offer the decision that is in force")
	}
	id := h.lodged(decision, "delisting")
	path := "/petitions/" + id

	t.Run("who drafted what is contested is told so, and has no form to recommend", func(t *testing.T) {
		h.do("lead", "dossier.admit", caseOf(h, decision), body{"person": "analyst-2", "reason": "work"})
		_, p := h.get("analyst", path)
		p.says("جمعية الخير", "We are not that group.", "You drafted the decision that is contested")
		if len(p.all(with("form", "action", "/do/petition.recommend/"+id))) != 0 {
			t.Error("a drafter may recommend")
		}
	})
	t.Run("a question stops the clock, its answer lets it run", func(t *testing.T) {
		h.give("analyst-2", "petition.ask", id, url.Values{"text": {"Since when?"}})
		_, p := h.get("analyst-2", path)
		p.says("stands still", "not answered yet", "Since when?")
		h.give("analyst-2", "petition.answer", id, url.Values{"text": {"Since 2019."}})
		_, p = h.get("analyst-2", path)
		p.says("Since 2019.", "left")
	})
	t.Run("another recommends, the lead decides, and the place to turn is that of the law", func(t *testing.T) {
		h.give("analyst-2", "petition.recommend", id, url.Values{"grant": {"false"}, "reason": {"Nothing is new."}})
		_, p := h.get("lead", path)
		p.says("refuse it", "Nothing is new.")
		fields := p.all(with("textarea", "name", "recourse"))
		if len(fields) == 0 || text(fields[0]) == "" {
			t.Error("the form to refuse does not say where the petitioner may turn")
		}
		h.give("lead", "petition.refuse", id, url.Values{"reason": {"The grounds stand."}, "recourse": {"the court"}})
		_, p = h.get("lead", path)
		p.says("The grounds stand.", "refused")
	})
	t.Run("for who may not know of it there is none", func(t *testing.T) {
		for _, who := range []string{"officer-bank", "liaison-bank"} {
			if status, p := h.get(who, path); status != http.StatusNotFound {
				t.Errorf("%s reads it: %d", who, status)
			} else {
				p.silent("جمعية")
			}
		}
	})
}

// exempted is an exemption in force from a decision.
func (h *house) exempted(of, target string) string {
	h.t.Helper()
	d := h.do("analyst", "decision.draft", "", body{
		"dossier": of, "measure": "exemption", "target": target, "open": "Rent is to be paid.",
		"allowance": body{"kind": "basic_expenses", "amount": 90000, "currency": "EUR", "per": "month", "terms": "rent"},
	}).ID
	read := must(h.clerk.Read(h.t.Context(), orderOf("member-1"), "decision", d, clerk.When{})).Content.(clerk.DecisionSeen)
	h.do("member-1", "decision.sign", d, body{"office": "chair", "digest": read.Digest})
	return d
}

// A petition is granted by a decision that does what it asks for: another one that
// changes the contested one is not offered; one can always be drafted.
func TestWhatGrantsAPetition(t *testing.T) {
	h := newHouse(t)
	of, against := h.frozen("Northern Group")
	exemption := h.exempted(of, against)
	for plea, offered := range map[string]int{"delisting": 0, "exemption": 1} {
		id := h.lodged(against, plea)
		h.give("analyst-2", "petition.recommend", id, url.Values{"grant": {"true"}, "reason": {"It is so."}})
		_, p := h.get("lead", "/petitions/"+id)
		if n := len(p.all(with("option", "value", exemption))); n != offered {
			t.Errorf("%s: the exemption is offered %d times", plea, n)
		}
		if offered == 0 {
			p.says("No decision in force does what is asked for yet.")
			continue
		}
		p.says("exemption Northern Group")
		h.give("lead", "petition.grant", id, url.Values{"decision": {exemption}, "reason": {"It does."}})
		_, p = h.get("lead", "/petitions/"+id)
		p.says("granted")
	}
	_, p := h.get("analyst", "/petitions/new")
	if len(p.all(with("option", "value", against))) != 1 {
		t.Error("the freeze cannot be contested")
	}
}

func TestPetitionRefusedShowsWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	_, decision := h.frozen("Northern Group")
	status, p := h.post("analyst-2", "/do/petition.lodge", url.Values{
		"plea": {"delisting"}, "against": {decision}, "text": {"Our own words."}, "petitioner.kind": {"person"},
		"petitioner.names.0.full": {"Somebody"}, "petitioner.born.0": {"long ago"},
	})
	if status != http.StatusUnprocessableEntity || !strings.Contains(p.source, "Our own words.") || !strings.Contains(p.source, "long ago") {
		t.Errorf("%d: what was typed is lost", status)
	}
}

func TestReviewIsHeldByAnother(t *testing.T) {
	h := newHouse(t)
	of, decision := h.frozen("Northern Group")
	path := "/reviews/" + decision
	_, p := h.get("analyst", path)
	p.says("Northern Group", "You drafted the decision: another person reviews it.")
	h.give("lead", "review.hold", decision, url.Values{"finding": {string(petition.ProposeLift)}, "reason": {"It dissolved."}})
	_, p = h.get("lead", path)
	p.says("propose to lift it", "It dissolved.", "Open the dossier again")
	if len(p.all(with("a", "href", "/dossiers/"+of))) == 0 {
		t.Error("nothing leads to the dossier")
	}
	if status, _ := h.get("officer-bank", path); status != http.StatusNotFound {
		t.Errorf("a bank reads reviews: %d", status)
	}
}

func TestClocksStandLateFirst(t *testing.T) {
	h := newHouse(t)
	_, decision := h.frozen("Northern Group")
	id := h.lodged(decision, "delisting")
	h.clock.move(5 * 365 * 24 * time.Hour)
	must(h.clerk.Tick(t.Context()))
	_, p := h.get("lead", "/clocks")
	p.says("days late", "review")
	if len(p.all(with("a", "href", "/reviews/"+decision))) == 0 {
		t.Error("the review that nobody held is not among what is due")
	}
	_, p = h.get("lead", "/clocks?kind=petition")
	if len(p.all(with("a", "href", "/reviews/"+decision))) != 0 {
		t.Error("a filter by kind lets another kind through")
	}
	for _, who := range []string{"officer-bank", "liaison-bank"} {
		_, p = h.get(who, "/clocks")
		p.silent(id, decision)
	}
}

// give gives a command by its form, and fails the test if it is refused.
func (h *house) give(who, command, id string, values url.Values) {
	h.t.Helper()
	if status, p := h.post(who, "/do/"+command+"/"+id, values); status != http.StatusSeeOther {
		h.t.Fatalf("%s: %s answers %d\n%s", who, command, status, p.source)
	}
}

// caseOf is the dossier of a decision.
func caseOf(h *house, id string) string {
	h.t.Helper()
	d := must(h.clerk.Read(h.t.Context(), orderOf("lead"), "decision", id, clerk.When{})).Content.(clerk.DecisionSeen)
	return d.Pin.Dossier.String()
}
