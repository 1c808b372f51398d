package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"interdict/internal/clerk"
)

// TestDuplicates: the same bytes and near-same text are found, and an agency is
// told of its own materials only.
func TestDuplicates(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.people()
	paper := strings.Repeat("The bank saw transfers of the charity to three accounts in the region. ", 6)
	submit := func(who, text string) string {
		return h.do(who, "material.submit", "", body{
			"title": "paper", "sort": "financial", "handling": body{"tlp": "amber"},
			"documents": []body{{"name": "paper.txt", "content": []byte(text)}},
		}).ID
	}
	first := submit("liaison-bank", paper)
	same := submit("liaison-region", paper)
	near := submit("liaison-bank", paper+"It was on a Monday.")
	other := submit("liaison-bank", "Somebody sold apples at the market, and nothing else happened on that day at all.")
	alike := func(who, id string) map[string]clerk.Duplicate {
		t.Helper()
		status, text, _ := h.send(who, http.MethodGet, "/v1/materials/"+id+"/duplicates", nil)
		if status != http.StatusOK {
			t.Fatalf("%s: %d %s", who, status, text)
		}
		var got struct{ Duplicates []clerk.Duplicate }
		must(t, json.Unmarshal(text, &got))
		out := map[string]clerk.Duplicate{}
		for _, d := range got.Duplicates {
			out[d.ID] = d
		}
		return out
	}
	all := alike("analyst-1", first)
	if all[same].Same != 1 || all[near].Same != 0 || all[near].Near == 0 || all[other] != (clerk.Duplicate{}) {
		t.Errorf("the secretariat sees %+v", all)
	}
	own := alike("liaison-bank", first)
	if _, told := own[same]; told || own[near].Near == 0 {
		t.Errorf("the agency sees %+v", own)
	}
	status, _, _ := h.send("liaison-region", http.MethodGet, "/v1/materials/"+first+"/duplicates", nil)
	if status != http.StatusNotFound {
		t.Errorf("an agency asks of a material of another: %d", status)
	}
}
