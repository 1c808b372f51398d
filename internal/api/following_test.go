package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"interdict/internal/api"
	"interdict/internal/fault"
	"interdict/internal/follow"
)

// Whoever may read the register sees how things stand with the authority that is
// followed; how the customers were screened is for those who screen them. Where
// nobody is followed there is no such route.
func TestFollowing(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.people()
	h.person("officer-bank", "officer-bank", "bank", "officer")
	h.person("nobody-yet", "nobody-yet", "bank")
	if status, _, _ := h.send("officer-bank", http.MethodGet, "/v1/following", nil); status != http.StatusNotFound {
		t.Errorf("nobody is followed: %d", status)
	}
	stands := func() (follow.Status, error) {
		return follow.Status{Edition: 7, LastGood: true, Book: &follow.Screening{Customers: 100}}, nil
	}
	mount := func(following func() (follow.Status, error)) {
		mux := http.NewServeMux()
		api.Mount(mux, api.Config{Clerk: h.clerk, Version: "test", Identify: byName, Following: following})
		server := httptest.NewServer(mux)
		t.Cleanup(server.Close)
		h.url = server.URL
	}
	mount(stands)
	for who, want := range map[string]struct {
		status int
		book   bool
	}{
		"officer-bank": {http.StatusOK, true},
		"liaison-bank": {http.StatusOK, false},
		"nobody-yet":   {http.StatusOK, false}, // everybody who is signed in reads the register
	} {
		status, text, _ := h.send(who, http.MethodGet, "/v1/following", nil)
		var s follow.Status
		if status == http.StatusOK {
			must(t, json.Unmarshal(text, &s))
		}
		if status != want.status || (s.Book != nil) != want.book || status == http.StatusOK && (s.Edition != 7 || !s.LastGood) {
			t.Errorf("%s: %d %s", who, status, text)
		}
		if status, text, _ := h.send(who, http.MethodGet, "/v1/following/releases", nil); status != http.StatusOK || string(text) != "{\"releases\":[]}\n" {
			t.Errorf("%s asks what to release: %d %s", who, status, text)
		}
	}
	for _, path := range []string{"/v1/following", "/v1/following/releases"} {
		if status, _, _ := h.send("stranger", http.MethodGet, path, nil); status == http.StatusOK {
			t.Errorf("a stranger is answered at %s", path)
		}
	}
	mount(func() (follow.Status, error) { return follow.Status{}, fault.New(fault.NotFound, "nobody is followed") })
	if status, _, _ := h.send("officer-bank", http.MethodGet, "/v1/following", nil); status != http.StatusNotFound {
		t.Errorf("before the first look: %d", status)
	}
}
