package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"interdict/internal/ledger"
)

// TestErasure: two persons erase a material; nobody opens it again, the ledger
// stays whole and the views are rebuilt to the same rows.
func TestErasure(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			h := openHouse(t, e.open)
			h.people()
			h.person("ombuds", "Ombudsperson", "commission", "ombudsperson")
			m := h.do("liaison-bank", "material.submit", "", body{
				"title": "A wrong paper", "sort": "financial", "handling": body{"tlp": "amber"},
				"documents": []body{{"name": "paper.txt", "content": []byte("names of the innocent")}},
			})
			kept := h.do("liaison-bank", "material.submit", "", body{
				"title": "A right paper", "sort": "financial", "handling": body{"tlp": "amber"},
				"documents": []body{{"name": "paper.txt", "content": []byte("what is needed")}},
			})
			order := h.do("lead", "erasure.request", "", body{"of": "material/" + m.ID, "reason": "handed in by mistake"}).ID
			h.refused("lead", "erasure.approve", order, body{}, http.StatusConflict)
			var seen struct{ Title string }
			if got := h.read("analyst-1", "material", m.ID, "", &seen); got != http.StatusOK {
				t.Fatalf("asked for, not approved: %d", got)
			}
			h.do("ombuds", "erasure.approve", order, body{"note": "checked"})
			for _, who := range []string{"analyst-1", "liaison-bank", "liaison-region"} {
				status, answer, _ := h.send(who, http.MethodGet, "/v1/materials/"+m.ID, nil, "Purpose", "look")
				if status != http.StatusNotFound || strings.Contains(string(answer), "eras") {
					t.Errorf("%s reads what was erased: %d %s", who, status, answer)
				}
			}
			if got := h.read("analyst-1", "material", kept.ID, "", &seen); got != http.StatusOK {
				t.Errorf("another material: %d", got)
			}
			status, answer, _ := h.send("analyst-1", http.MethodGet, "/v1/materials", nil)
			if status != http.StatusOK || strings.Contains(string(answer), m.ID) || !strings.Contains(string(answer), kept.ID) {
				t.Errorf("the list: %d %s", status, answer)
			}
			verifier, err := ledger.NewVerifier(h.verify)
			must(t, err)
			if _, err := h.store.Verify(t.Context(), verifier, nil, nil); err != nil {
				t.Errorf("the ledger is not whole: %v", err)
			}
			rebuilt, err := h.clerk.Rebuild(t.Context(), nil)
			must(t, err)
			if len(rebuilt.Differ) > 0 {
				t.Errorf("views rebuilt otherwise:\n%s", strings.Join(rebuilt.Differ, "\n"))
			}
			if status, _, _ := h.send("liaison-bank", http.MethodGet, fmt.Sprint("/v1/receipts/", m.Index), nil); status != http.StatusOK {
				t.Errorf("the receipt of what was erased: %d", status)
			}
		})
	}
}
