package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
)

func TestTheLedgerIsForWhoMayReadIt(t *testing.T) {
	h := newHouse(t)
	done := h.do("analyst", "dossier.open", "", body{"title": "T", "subject": someone("The group")})
	entry := receiptOf(done.Index)
	for _, path := range []string{"/ledger", "/audit?of=dossier/" + done.ID} {
		if status, _ := h.get("analyst", path); status != http.StatusNotFound {
			t.Errorf("%s for an analyst: %d", path, status)
		}
		if status, p := h.get("auditor", path); status != http.StatusOK {
			t.Errorf("%s for the auditor: %d %s", path, status, p.source)
		}
	}
	// Whose command it was gets the proof; another analyst does not.
	for who, want := range map[string]int{"analyst": http.StatusOK, "auditor": http.StatusOK, "analyst-2": http.StatusNotFound} {
		if status, _ := h.get(who, "/ledger/"+entry); status != want {
			t.Errorf("entry for %s: %d, want %d", who, status, want)
		}
		if status, _ := h.get(who, "/receipts/"+entry); status != want {
			t.Errorf("receipt for %s: %d, want %d", who, status, want)
		}
	}
	_, p := h.get("auditor", "/ledger/"+entry)
	p.says("The proof holds.", "dossier.opened", "First Analyst")
	_, p = h.post("auditor", "/ledger/verify", nil)
	p.says("Every entry is the one that was signed")
	if status, _ := h.post("analyst", "/ledger/verify", nil); status != http.StatusNotFound {
		t.Errorf("an analyst has the ledger verified: %d", status)
	}
}

func receiptOf(index int64) string { return strconv.FormatInt(index, 10) }

func TestWhoSawIsShown(t *testing.T) {
	h := newHouse(t)
	id := h.do("analyst", "dossier.open", "", body{"title": "T", "subject": someone("The group")}).ID
	h.get("analyst", "/dossiers/"+id)
	_, p := h.get("auditor", "/audit?of=dossier/"+id)
	p.says("First Analyst", "test of the pages", "dossier.read_closed")

	other := h.do("analyst", "dossier.open", "", body{"title": "U", "subject": someone("The other group")}).ID
	_, p = h.get("auditor", "/audit?of=dossier/"+other)
	p.says("Nobody read it.")
	for _, of := range []string{id, "dossier/" + id[:8], "dossier/none", "nothing/at/all"} {
		status, p := h.get("auditor", "/audit?of="+of)
		if status != http.StatusNotFound {
			t.Errorf("of %s: %d", of, status)
		}
		p.says("There is no such thing.")
		p.silent("Nobody read it.")
		if in := p.all(with("input", "name", "of")); len(in) != 1 || attr(in[0], "value") != of {
			t.Errorf("%q is lost", of)
		}
	}
}

func TestPeople(t *testing.T) {
	h := newHouse(t)
	_, p := h.get("lead", "/people")
	p.says("Head of the Secretariat", "Agency bank")
	if len(p.all(with("a", "href", "/do/roster.engage/main"))) != 0 {
		t.Error("the lead is offered to add people")
	}
	_, p = h.get("ada", "/people")
	if len(p.all(with("a", "href", "/do/roster.engage/main"))) != 1 {
		t.Error("the administrator is not offered to add people")
	}
	if status, _ := h.get("liaison-bank", "/people"); status != http.StatusNotFound {
		t.Errorf("an agency sees who there is: %d", status)
	}
	status, p := h.post("ada", "/do/roster.give_role/main", url.Values{"_key": {"k"}, "id": {"analyst-2"}, "role": {"lead"}, "_next": {"/people/analyst-2"}})
	if status != http.StatusSeeOther || p.header.Get("Location") != "/people/analyst-2" {
		t.Fatalf("%d %s", status, p.source)
	}
	_, p = h.get("ada", "/people/analyst-2")
	p.says("Second Analyst", "lead", "analyst")
}

func TestStatutePage(t *testing.T) {
	h := newHouse(t)
	_, p := h.get("liaison-bank", "/statute")
	p.says("model-1373", "decree 1")
	if len(p.all(with("select", "name", "preset"))) != 0 {
		t.Error("a liaison officer is offered to adopt a statute")
	}
	_, p = h.get("lead", "/statute")
	if len(p.all(with("select", "name", "preset"))) != 1 {
		t.Error("the lead is not offered to adopt a statute")
	}
}

// An erasure takes two persons; who asked is not offered to approve.
func TestErasurePage(t *testing.T) {
	h := newHouse(t)
	m := h.do("liaison-bank", "material.submit", "", body{"title": "By mistake", "sort": "financial", "reasons": "a list of accounts", "handling": body{"tlp": "amber"}, "parties": []body{{"key": "p1", "subject": someone("The firm")}}}).ID
	h.person("ombud", "Ombudsperson", "commission", "ombudsperson")
	id := h.do("lead", "erasure.request", "", body{"of": "material/" + m, "reason": "handed in by mistake"}).ID
	_, p := h.get("lead", "/erasures/"+id)
	p.says("somebody else answers")
	if len(p.all(with("form", "action", "/do/erasure.approve/"+id))) != 0 {
		t.Error("who asked is offered to approve")
	}
	_, p = h.get("ombud", "/erasures/"+id)
	if len(p.all(with("form", "action", "/do/erasure.approve/"+id))) != 1 {
		t.Fatal("the second person is not offered to approve")
	}
	if status, p := h.post("ombud", "/do/erasure.approve/"+id, url.Values{"_key": {"k"}, "note": {"right"}}); status != http.StatusSeeOther {
		t.Fatalf("%d %s", status, p.source)
	}
	_, p = h.get("ombud", "/erasures/"+id)
	p.says("approved", "Ombudsperson")
}
