package web_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// watch opens the stream of a thing and returns its lines.
func (h *house) watch(server, who, thing string, version int) (*http.Response, *bufio.Scanner) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	h.t.Cleanup(cancel)
	r := must(http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/live/%s?version=%d", server, thing, version), nil))
	r.Header.Set("Authorization", "Bearer "+who)
	r.AddCookie(&http.Cookie{Name: "interdict-purpose", Value: "test+of+the+pages"})
	res := must(http.DefaultClient.Do(r))
	h.t.Cleanup(func() { res.Body.Close() })
	return res, bufio.NewScanner(res.Body)
}

// changed reads a stream to its end and reports whether it told of a change.
func changed(lines *bufio.Scanner) bool {
	told := false
	for lines.Scan() {
		told = told || strings.HasPrefix(lines.Text(), "event: changed")
	}
	return told
}

func TestOpenPageHearsOfAChange(t *testing.T) {
	h := newHouse(t)
	id := h.do("analyst", "dossier.open", "", body{"title": "T", "subject": someone("Some Group")}).ID
	server := httptest.NewServer(h.mux)
	t.Cleanup(server.Close)

	_, p := h.get("analyst", "/dossiers/"+id)
	if len(p.all(with("div", "data-live", "/live/dossier/"+id+"?version=1"))) != 1 {
		t.Error("the page of a dossier does not watch it")
	}
	if res, _ := h.watch(server.URL, "liaison-bank", "dossier/"+id, 1); res.StatusCode != http.StatusNotFound {
		t.Errorf("an agency watches a dossier that it may not know of: %d", res.StatusCode)
	}
	res, lines := h.watch(server.URL, "analyst", "dossier/"+id, 1)
	if res.StatusCode != http.StatusOK || !lines.Scan() {
		t.Fatalf("watching answers %d", res.StatusCode)
	}
	h.do("analyst", "dossier.write", id, body{"open": "More.", "closed": "Much more."})
	if !changed(lines) {
		t.Error("the open page hears of no change")
	}
	if _, lines = h.watch(server.URL, "analyst", "dossier/"+id, 1); !changed(lines) {
		t.Error("who looked at an older version is not told at once")
	}
}

func TestWatchingEndsWithTheRight(t *testing.T) {
	h := newHouse(t)
	id := h.do("analyst", "dossier.open", "", body{"title": "T", "subject": someone("Some Group")}).ID
	h.do("analyst", "dossier.admit", id, body{"person": "analyst-2", "reason": "work"})
	server := httptest.NewServer(h.mux)
	t.Cleanup(server.Close)
	_, lines := h.watch(server.URL, "analyst-2", "dossier/"+id, 2)
	if !lines.Scan() {
		t.Fatal("no stream")
	}
	h.do("analyst", "dossier.release", id, body{"person": "analyst-2", "reason": "work"})
	h.do("analyst", "dossier.write", id, body{"open": "More.", "closed": "Much more."})
	if changed(lines) {
		t.Error("who was released is told of a change")
	}
}
