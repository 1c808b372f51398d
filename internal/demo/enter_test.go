package demo_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"interdict/internal/clerk"
	"interdict/internal/demo"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

// TestEntering: a click begins an ordinary session of one account of that server
// and ends the one before; it stands in the ledger.
func TestEntering(t *testing.T) {
	n := &town{t: t, open: engines[0].open, clock: demo.NewClock()}
	h := n.authority()
	_, err := h.Clerk.Found(t.Context(), clerk.Foundation{
		Commission: "commission", Name: "Commission", Country: "XX", Administrator: "administrator", PersonName: "Adaline Brockwater",
	})
	must(t, err)
	door := demo.Enter(h.Clerk, demo.Authority)
	enter := func(who roster.PersonID, cookies ...*http.Cookie) *http.Response {
		form := url.Values{"person": {string(who)}, "next": {"/lists"}}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, demo.EnterPath, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, c := range cookies {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		return w.Result()
	}
	caller := func(c *http.Cookie) (signin.Caller, error) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.AddCookie(c)
		return h.Clerk.Gate.Caller(r, n.clock.Now())
	}

	first := enter("administrator")
	if first.StatusCode != http.StatusSeeOther || first.Header.Get("Location") != "/lists" || len(first.Cookies()) != 1 {
		t.Fatalf("entering: %s to %q, %d cookies", first.Status, first.Header.Get("Location"), len(first.Cookies()))
	}
	cookie := first.Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode {
		t.Errorf("the cookie is %v", cookie)
	}
	if who, err := caller(cookie); err != nil || who.Person != "administrator" || who.With != "" {
		t.Errorf("the session is that of %+v, %v", who, err)
	}
	second := enter("administrator", cookie)
	if _, err := caller(cookie); err == nil {
		t.Error("the session before goes on")
	}
	if who, err := caller(second.Cookies()[0]); err != nil || who.Person != "administrator" {
		t.Errorf("the second session is that of %+v, %v", who, err)
	}
	kinds, err := h.Clerk.Store.Stream(t.Context(), signin.Stream("administrator"), 0)
	must(t, err)
	if len(kinds) != 2 || kinds[0].Envelope.Kind != (signin.SignedIn{}).Kind() {
		t.Errorf("the ledger has %d events of signing in", len(kinds))
	}
	for name, who := range map[string]roster.PersonID{
		"who is of the cast and not here": "analyst", "of another server": "officer", "a machine": "machine-kestrel", "the system": roster.System, "nobody": "",
	} {
		if r := enter(who); r.StatusCode != http.StatusNotFound || len(r.Cookies()) > 0 {
			t.Errorf("entering as %s: %s", name, r.Status)
		}
	}
}

// TestOnlyTheDemoLetsAnybodyIn reads the whole house: nothing but the demo begins
// a session on its own word, and nothing but the verb demo mounts its routes.
func TestOnlyTheDemoLetsAnybodyIn(t *testing.T) {
	allowed := map[string][]string{
		".Vouch(":        {"internal/demo/enter.go"},
		"demo.Enter(":    {"internal/cli/demo_stage.go"},
		"demo.Vote(":     {"internal/cli/demo_stage.go"},
		"demo.EnterPath": {"internal/cli/demo_stage.go"},
		"demo.VotePath":  {"internal/cli/demo_stage.go", "internal/cli/serve_pages.go"}, // the pages lead there where people enter as anybody
		"newStage(":      {"internal/cli/demo.go", "internal/cli/demo_stage.go"},
	}
	seen := map[string]int{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		for word, files := range allowed {
			if !strings.Contains(string(text), word) {
				continue
			}
			seen[word]++
			if !slices.Contains(files, filepath.ToSlash(rel)) {
				t.Errorf("%s has %q", rel, word)
			}
		}
		return nil
	})
	must(t, err)
	for word := range allowed {
		if seen[word] == 0 {
			t.Errorf("nothing has %q: is the reader of this test wrong?", word)
		}
	}
}
