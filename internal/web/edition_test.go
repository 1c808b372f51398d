package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

// What was published comes to each institution, who reports on it, and is
// answered.
func TestEditionsAndReports(t *testing.T) {
	h := newHouse(t)
	h.do("ada", "roster.register", "main", body{"id": "savings", "name": "Savings House", "nature": "institution", "country": "XX"})
	h.person("officer-savings", "Officer of the Savings House", "savings", "officer")
	h.frozen("Order of the Brass Lantern")
	h.clock.move(3 * time.Second)
	h.do("officer-savings", "acknowledgement.make", "", body{"edition": 0, "hop": "received", "done": h.clock.now()})
	h.do("officer-savings", "acknowledgement.make", "", body{"edition": 0, "hop": "screened", "done": h.clock.now()})
	_, p := h.get("", "/public")
	entry := text(p.all(with("span", "class", "id"))[0])
	filed := h.do("officer-savings", "report.file", "", body{
		"what": "partial_match", "edition": 0, "entry": entry, "customers": 1, "reference": "2026/17", "matched": h.clock.now(),
		"assets": []body{{"limb": "owned", "count": 2, "amount": 1250050, "currency": "EUR"}},
	}).ID

	_, p = h.get("lead", "/editions/000000")
	p.says("1 / 1", "Savings House", "in time", "not yet", "+3.")
	if len(p.all(with("svg"))) == 0 {
		t.Error("the way to each institution is not drawn")
	}
	if status, _ := h.get("liaison-bank", "/editions/000000"); status != http.StatusNotFound {
		t.Errorf("an agency sees how an edition went: %d", status)
	}

	_, p = h.get("officer-savings", "/reports/"+filed)
	p.says("partial match", "12,500.50", "EUR", "2026/17")
	if len(p.all(with("form", "action", "/do/report.answer/"+filed))) != 0 {
		t.Error("who reports is offered to answer")
	}
	status, p := h.post("lead", "/do/report.answer/"+filed, url.Values{"_key": {"k"}, "verdict": {"not_this_person"}, "note": {"born elsewhere"}})
	if status != http.StatusSeeOther {
		t.Fatalf("%d %s", status, p.source)
	}
	_, p = h.get("lead", "/reports/"+filed)
	if len(p.all(with("form", "action", "/do/report.answer/"+filed))) != 0 {
		t.Error("an answered report is offered to be answered")
	}
	_, p = h.get("officer-savings", "/reports/"+filed)
	p.says("not this person", "born elsewhere")
	if status, _ := h.get("officer-bank", "/reports/"+filed); status != http.StatusNotFound {
		t.Errorf("another bank reads the report: %d", status)
	}

	_, p = h.get("auditor", "/effectiveness")
	p.says("1 designations", "own motion", "in force → published")
	if status, _ := h.get("analyst", "/effectiveness"); status != http.StatusNotFound {
		t.Errorf("an analyst reads the effectiveness: %d", status)
	}
}
