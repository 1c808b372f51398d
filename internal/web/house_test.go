package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/list/own"
	"interdict/internal/lookout"
	"interdict/internal/publish"
	"interdict/internal/register"
	"interdict/internal/roster"
	"interdict/internal/sqlite"
	"interdict/internal/store"
	"interdict/internal/vault"
	"interdict/internal/web"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("%v\n%s", err, fault.Hints(err)))
	}
	return v
}

// clock is a clock that the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Millisecond)
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// house is a whole authority with its pages, and people of every role. Who sends
// a request is taken from its key: signing in is tested elsewhere.
type house struct {
	t     testing.TB
	clerk *clerk.Clerk
	clock *clock
	mux   *http.ServeMux
}

func newHouse(t testing.TB) *house {
	t.Helper()
	return newHouseOn(t, sqlite.Open)
}

// newHouseOn is a house whose ledger is opened so.
func newHouseOn(t testing.TB, open func(ctx context.Context, dir, signer string) (*store.Store, error)) *house {
	t.Helper()
	h := &house{t: t, clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}, mux: http.NewServeMux()}
	signer, _, err := ledger.NewKey(rand.Reader, "commission.example/ledger")
	must(signer, err)
	dir := t.TempDir()
	s := must(open(t.Context(), dir, signer))
	keys := must(sqlite.OpenKeys(t.Context(), dir+"/keys"))
	a := must(archive.Open(t.TempDir(), own.Source))
	t.Cleanup(func() { s.Close(); keys.Close(); a.Close() })
	watch := must(lookout.Open(lookout.Config{
		Archive: a, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: h.clock.now,
	}))
	listKey, _, err := ledger.NewKey(rand.Reader, "commission.example/list")
	must(listKey, err)
	h.clerk = clerk.New(clerk.Config{
		Store: s, Vault: must(vault.New(must(vault.NewMaster()), keys, vault.DefaultMaxBytes)), Register: watch,
		Feed: must(publish.Open(t.TempDir(), listKey)), Now: h.clock.now, Random: rand.Reader,
	})
	web.Mount(h.mux, web.Config{Clerk: h.clerk, Version: "test", Identify: byName})
	h.people()
	return h
}

func byName(r *http.Request) (clerk.Order, error) {
	name, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return clerk.Order{}, fault.New(fault.Forbidden, "nobody")
	}
	return clerk.Order{By: roster.PersonID(name)}, nil
}

type body map[string]any

// do gives a command that must succeed.
func (h *house) do(who, command, id string, b body) clerk.Done {
	h.t.Helper()
	d, err := h.clerk.Do(context.Background(), clerk.Order{By: roster.PersonID(who)}, command, id, must(json.Marshal(b)))
	if err != nil {
		h.t.Fatalf("%s: %s %s: %v", who, command, id, err)
	}
	return d
}

func (h *house) person(id, name, organisation string, roles ...string) {
	h.t.Helper()
	h.do("ada", "roster.engage", "main", body{"id": id, "name": name, "organisation": organisation})
	for _, r := range roles {
		h.do("ada", "roster.give_role", "main", body{"id": id, "role": r})
	}
}

func (h *house) people() {
	h.t.Helper()
	must(h.clerk.Found(h.t.Context(), clerk.Foundation{
		Commission: "commission", Name: "Interdepartmental Commission", Country: "XX", Administrator: "ada", PersonName: "Ada Admin",
	}))
	for _, id := range []string{"prosecution", "bank"} {
		h.do("ada", "roster.register", "main", body{"id": id, "name": "Agency " + id, "nature": "agency", "country": "XX"})
		h.person("liaison-"+id, "Liaison of "+id, id, "liaison")
	}
	h.person("officer-bank", "Officer of the Bank", "bank", "officer")
	h.person("analyst", "First Analyst", "commission", "analyst")
	h.person("analyst-2", "Second Analyst", "commission", "analyst")
	h.person("lead", "Head of the Secretariat", "commission", "lead")
	h.person("secretary", "Secretary", "commission", "secretary")
	h.person("auditor", "Auditor", "commission", "auditor")
	for i := 1; i <= 7; i++ {
		h.person(fmt.Sprint("member-", i), fmt.Sprint("Member ", i), "commission", "member", "signatory")
	}
	h.do("lead", "statute.adopt", "main", body{"preset": "model-1373", "reason": "decree 1"})
}

func someone(name string) body {
	return body{"kind": "organisation", "names": []body{{"full": name}}}
}

// get reads a page as somebody who stated a purpose; "" is nobody.
func (h *house) get(who, path string) (int, page) {
	h.t.Helper()
	return h.send(httptest.NewRequest(http.MethodGet, path, nil), who)
}

// post sends a form; the page that follows is the one that the browser is sent to.
func (h *house) post(who, path string, values url.Values) (int, page) {
	h.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.send(r, who)
}

// upload sends a form with a file.
func (h *house) upload(who, path string, values url.Values, field, name string, content []byte) (int, page) {
	h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for key, all := range values {
		for _, v := range all {
			_ = w.WriteField(key, v)
		}
	}
	part := must(w.CreateFormFile(field, name))
	_, _ = part.Write(content)
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return h.send(r, who)
}

func (h *house) send(r *http.Request, who string) (int, page) {
	h.t.Helper()
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+who)
		r.AddCookie(&http.Cookie{Name: "interdict-purpose", Value: "test+of+the+pages"})
	}
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, r)
	text := must(io.ReadAll(w.Result().Body))
	root := must(html.Parse(bytes.NewReader(text)))
	return w.Code, page{h.t, root, w.Result().Header, string(text)}
}

// page is an answer: its elements, its head and its text.
type page struct {
	t      testing.TB
	root   *html.Node
	header http.Header
	source string
}

// all returns the elements that a test holds of.
func (p page) all(is func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && is(n) {
			out = append(out, n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(p.root)
	return out
}

// with is the test for an element of a name with attributes, as "form",
// "action", "/do/alert.close".
func with(element string, attributes ...string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for i := 0; i+1 < len(attributes); i += 2 {
			if attr(n, attributes[i]) != attributes[i+1] {
				return false
			}
		}
		return n.Data == element
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is what an element says, blanks drawn together.
func text(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// says fails the test unless the main part of the page says all of that.
func (p page) says(wanted ...string) {
	p.t.Helper()
	main := p.all(with("main"))
	if len(main) != 1 {
		p.t.Fatalf("the page has %d main parts:\n%s", len(main), p.source)
	}
	said := text(main[0])
	for _, w := range wanted {
		if !strings.Contains(said, w) {
			p.t.Errorf("the page does not say %q:\n%s", w, said)
		}
	}
}

// silent fails the test if the page says any of that, anywhere.
func (p page) silent(unwanted ...string) {
	p.t.Helper()
	for _, u := range unwanted {
		if strings.Contains(p.source, u) {
			p.t.Errorf("the page says %q", u)
		}
	}
}
