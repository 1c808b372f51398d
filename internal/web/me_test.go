package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"interdict/internal/access"
	"interdict/internal/api"
	"interdict/internal/clerk"
	"interdict/internal/signin"
	"interdict/internal/web"
)

// gated is a house whose people sign in by themselves.
func gated(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	h.clerk.Gate = must(signin.New(signin.Config{
		Store: h.clerk.Store.Queries(), Key: make([]byte, 32), Host: "localhost", Origins: []string{"http://localhost"}, Session: time.Hour,
	}))
	h.mux = http.NewServeMux()
	web.Mount(h.mux, web.Config{Clerk: h.clerk, Version: "test", Identify: api.ByGate(h.clerk, h.clock.now)})
	return h
}

// A new person comes in by a code without script, once, and sees the own
// credentials.
func TestEnrolling(t *testing.T) {
	h := gated(t)
	code := must(h.clerk.Invite(t.Context(), clerk.Order{By: "ada"}, "analyst"))
	status, p := h.post("", "/enrol/begin", url.Values{"code": {"ic_no_code"}})
	if status != http.StatusUnprocessableEntity {
		t.Fatalf("a code of nobody: %d", status)
	}
	p.says("The code is not good")
	_, p = h.post("", "/enrol/begin", url.Values{"code": {code}})
	seed := text(p.all(with("p", "class", "secret code"))[0])
	values := url.Values{"code": {code}, "state": {attr(p.all(with("input", "name", "state"))[0], "value")}, "seed": {seed}, "password": {"correct horse battery"}, "again": {"another horse battery"}}
	values.Set("one_time", must(totp.GenerateCode(seed, h.clock.now())))
	status, p = h.post("", "/enrol", values)
	if status != http.StatusUnprocessableEntity {
		t.Fatalf("two passwords: %d", status)
	}
	p.says("the two passwords differ", seed)
	values.Set("again", "correct horse battery")
	if status, p = h.post("", "/enrol", values); status != http.StatusSeeOther {
		t.Fatalf("%d %s", status, p.source)
	}
	if status, _ = h.post("", "/enrol/begin", url.Values{"code": {code}}); status != http.StatusUnprocessableEntity {
		t.Errorf("the code is good twice: %d", status)
	}
	h.clock.move(time.Minute)
	_, p = h.post("", "/sign-in", url.Values{"person": {"analyst"}, "password": {"correct horse battery"}, "code": {must(totp.GenerateCode(seed, h.clock.now()))}, "next": {"/me"}})
	cookie := p.header.Get("Set-Cookie")
	r := httptest.NewRequest(http.MethodGet, "/me", nil)
	r.Header.Set("Cookie", cookie)
	status, p = h.send(r, "")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, p.source)
	}
	p.says("password with one-time codes", "enrolment code", "Present password")
	for after, want := range map[time.Duration]int{0: http.StatusOK, 11 * time.Minute: http.StatusUnprocessableEntity} {
		h.clock.move(after)
		r := httptest.NewRequest(http.MethodPost, "/me/keys", strings.NewReader("for=reading"))
		r.Header.Set("Cookie", cookie)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if status, p := h.send(r, ""); status != want {
			t.Errorf("a key %s after: %d %s", after, status, p.source)
		}
		h.clock.move(-after)
	}
}

// A key of somebody issues no credential of another sort, and is told once.
func TestKeysOfOnesOwn(t *testing.T) {
	h := gated(t)
	key := must(h.clerk.IssueKey(t.Context(), clerk.Order{By: "analyst"}, clerk.KeyWish{Person: "analyst", Scope: access.All(), Label: "terminal"}))
	_, p := h.get(key, "/me")
	p.says("terminal", "API key")
	status, p := h.post(key, "/me/password/begin", url.Values{})
	if status != http.StatusUnprocessableEntity {
		t.Fatalf("a key begins a password: %d", status)
	}
	p.says("not with a key")
	status, p = h.post(key, "/me/keys", url.Values{"label": {"second"}, "for": {"reading"}})
	if status != http.StatusOK {
		t.Fatal(status)
	}
	second := text(p.all(with("p", "class", "secret code"))[0])
	_, p = h.get(second, "/me")
	p.silent(second)
	narrow := must(h.clerk.IssueKey(t.Context(), clerk.Order{By: "analyst"}, clerk.KeyWish{Person: "analyst", Scope: []access.Action{access.CredentialAdd, access.CredentialList, access.DossierList}}))
	for what, c := range map[string]struct {
		form url.Values
		want int
	}{
		"what it may itself":   {url.Values{"for": {"chosen"}, "scope": {"dossier.list"}}, http.StatusOK},
		"more than that":       {url.Values{"for": {"chosen"}, "scope": {"dossier.list", "dossier.open"}}, http.StatusUnprocessableEntity},
		"for what is not said": {url.Values{}, http.StatusUnprocessableEntity},
	} {
		if status, _ := h.post(narrow, "/me/keys", c.form); status != c.want {
			t.Errorf("a key issues one, %s: %d", what, status)
		}
	}
	if status, _ := h.post(second, "/do/dossier.open", url.Values{"title": {"x"}, "subject.kind": {"person"}, "subject.names.0.full": {"A"}}); status != http.StatusNotFound {
		t.Errorf("a key for reading opens a dossier: %d", status)
	}
}
