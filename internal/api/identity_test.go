package api_test

import (
	"crypto/rand"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"interdict/internal/api"
	"interdict/internal/roster"
	"interdict/internal/signin"
	"interdict/internal/signin/signintest"
)

// TestSigningInWithAnIdentity: a browser goes to the provider and back: to add an
// identity by an enrolment code, and to sign in with it; nobody else gets in.
func TestSigningInWithAnIdentity(t *testing.T) {
	h := openHouse(t, engines[0].open)
	h.clock.at = time.Now().UTC() // a browser goes by its own clock
	h.people()
	key := make([]byte, 32)
	rand.Read(key)
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	gate, err := signin.New(signin.Config{Store: h.store.Queries(), Key: key, Host: "localhost", Origins: []string{server.URL}, Session: time.Hour})
	must(t, err)
	h.clerk.Gate = gate
	back := server.URL + "/v1/sign-in/identity/return"
	provider := signintest.New(t, back, h.clock.now)
	identities, err := gate.Discover(t.Context(), signin.Provider{
		Issuer: provider.URL, ClientID: signintest.ClientID, ClientSecret: signintest.ClientSecret, Redirect: back,
	})
	must(t, err)
	api.Mount(mux, api.Config{Clerk: h.clerk, Version: "test", Identify: api.ByGate(h.clerk, h.clock.now), Identities: identities})

	browse := func(b *http.Client, path string) (int, string) {
		t.Helper()
		resp, err := b.Get(server.URL + path)
		must(t, err)
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		must(t, err)
		return resp.StatusCode, string(text)
	}
	browser := func(user string) *http.Client {
		provider.User = user
		jar, err := cookiejar.New(nil)
		must(t, err)
		return &http.Client{Jar: jar}
	}
	code, err := h.clerk.Welcome(t.Context(), "analyst-1")
	must(t, err)

	stranger := browser("somebody")
	browse(stranger, "/v1/sign-in/identity")
	if status, _ := browse(stranger, "/v1/whoami"); status != http.StatusUnauthorized {
		t.Errorf("a stranger is in: %d", status)
	}
	if status, _ := browse(browser("anna"), "/v1/sign-in/identity/add?code=wrong"); status != http.StatusUnauthorized {
		t.Errorf("a wrong code: %d", status)
	}
	anna := browser("anna")
	if status, text := browse(anna, "/v1/sign-in/identity/add?code="+url.QueryEscape(code)); status == http.StatusUnauthorized {
		t.Fatalf("adding: %s", text)
	}
	if status, _ := browse(anna, "/v1/whoami"); status != http.StatusUnauthorized {
		t.Errorf("adding an identity signs in: %d", status)
	}
	if status, text := browse(anna, "/v1/sign-in/identity"); status == http.StatusUnauthorized {
		t.Fatalf("signing in: %s", text)
	}
	status, text := browse(anna, "/v1/whoami")
	if status != http.StatusOK || !strings.Contains(text, `"analyst-1"`) {
		t.Errorf("signing in: %d %s", status, text)
	}
	if status, _ := browse(browser("anna"), "/v1/sign-in/identity/add?code="+url.QueryEscape(code)); status != http.StatusUnauthorized {
		t.Errorf("a code is used twice: %d", status)
	}
	h.do("ada", "roster.leave", "main", body{"id": roster.PersonID("analyst-1"), "reason": "left"})
	if status, _ := browse(anna, "/v1/whoami"); status != http.StatusUnauthorized {
		t.Errorf("who has left is still in: %d", status)
	}
}
