package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestEachSignsForHisOwnOffice: under the Turkish law two ministers sign
// jointly; neither signs for the other, and the court records its ruling alone.
func TestEachSignsForHisOwnOffice(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.people()
	h.do("lead", "statute.adopt", "main", body{"preset": "tr-6415", "reason": "law 6415"})
	id := h.signable()
	var d struct {
		Digest string `json:"digest"`
		Stages []struct {
			Kind    string   `json:"kind"`
			Offices []string `json:"offices"`
		} `json:"stages"`
	}
	if got := h.read("analyst-1", "decision", id, "", &d); got != http.StatusOK {
		t.Fatalf("the draft: %d", got)
	}
	var offices []string
	for _, s := range d.Stages {
		if s.Kind == "sign" && offices == nil {
			offices = s.Offices
		}
	}
	if len(offices) != 2 {
		t.Fatalf("want two offices that sign, the statute has %q", offices)
	}
	for _, o := range []string{"first", "second"} {
		h.do("ada", "roster.register", "main", body{"id": o, "name": offices[map[string]int{"first": 0, "second": 1}[o]], "nature": "agency", "country": "TR"})
		h.person("minister-"+o, "Minister "+o, o, "signatory")
	}
	first, second := "minister-first", "minister-second"
	problem := h.refused(first, "decision.sign", id, body{"office": offices[1], "digest": d.Digest}, http.StatusConflict)
	if !strings.Contains(problem, "does not hold the office") {
		t.Errorf("signing for another office: %s", problem)
	}
	h.do(first, "decision.sign", id, body{"office": offices[0], "digest": d.Digest})
	h.refused(first, "decision.sign", id, body{"office": offices[1], "digest": d.Digest}, http.StatusConflict)
	h.do(second, "decision.sign", id, body{"office": offices[1], "digest": d.Digest})
}

// signable carries a small case as far as a drafted freeze.
func (h *house) signable() string {
	h.t.Helper()
	h.appoint()
	s := newStory(h.t, h, "tr-6415")
	s.materials()
	s.dossier()
	h.do("analyst-1", "dossier.submit", s.dossID, nil)
	session := s.sitting("freeze")
	return h.do("analyst-1", "decision.draft", "", body{"dossier": s.dossID, "session": session, "measure": "freeze", "open": "because"}).ID
}
