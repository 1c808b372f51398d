package api_test

import (
	"net/http"
	"strings"
	"testing"

	"interdict/internal/material"
)

// TestWithoutARegister: a material is held against the open dossiers all the
// same, and it is said what it was not held against.
func TestWithoutARegister(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.people()
	h.clerk.Register = nil
	submit := func() (w struct {
		work
		Screenings []material.Screening `json:"screenings"`
	},
	) {
		id := h.do("liaison-bank", "material.submit", "", body{
			"title": "Transfers", "sort": "financial", "handling": body{"tlp": "amber"},
			"parties": []body{{"key": "p1", "subject": someone("Bartholomew Quindlesby")}},
		}).ID
		if got := h.read("analyst-1", "material", id, "", &w); got != http.StatusOK || len(w.Screenings) != 1 {
			t.Fatalf("the material: %d %+v", got, w)
		}
		return w
	}
	if w := submit(); w.Screenings[0].Reason != "no register is loaded" {
		t.Errorf("without anything to hold it against: %+v", w.Screenings)
	}
	h.do("analyst-1", "dossier.open", "", body{"title": "Q", "subject": someone("Bartholomew Quindlesby")})
	w := submit()
	if len(w.Mentions) != 1 || !w.Mentions[0].Dossier {
		t.Errorf("the open dossier is not proposed: %+v", w.Mentions)
	}
	if s := w.Screenings[0]; s.Reason != "" || !strings.Contains(strings.Join(s.Unread, ""), "no register") {
		t.Errorf("it is not said that no list was looked at: %+v", s)
	}
}
