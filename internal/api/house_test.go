package api_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"interdict/internal/api"
	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/font"
	"interdict/internal/ledger"
	"interdict/internal/list/own"
	"interdict/internal/lookout"
	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/publish"
	"interdict/internal/register"
	"interdict/internal/roster"
	"interdict/internal/sqlite"
	"interdict/internal/store"
	"interdict/internal/vault"
)

// engines are the databases that every story runs on.
var engines = []struct {
	name string
	open func(t *testing.T, signer string) (*store.Store, *store.Keys)
}{
	{"sqlite", func(t *testing.T, signer string) (*store.Store, *store.Keys) {
		dir := t.TempDir()
		s, err := sqlite.Open(t.Context(), dir, signer)
		must(t, err)
		k, err := sqlite.OpenKeys(t.Context(), dir+"/keys")
		must(t, err)
		return s, k
	}},
	{"postgres", func(t *testing.T, signer string) (*store.Store, *store.Keys) {
		server := postgrestest.Start(t)
		s, err := postgres.Open(t.Context(), server.Database(t), signer)
		must(t, err)
		k, err := postgres.OpenKeys(t.Context(), server.Database(t))
		must(t, err)
		return s, k
	}},
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

// house is a whole authority: ledger, vault, register and API.
type house struct {
	t      *testing.T
	store  *store.Store
	clerk  *clerk.Clerk
	url    string
	clock  *clock
	verify string // key of the ledger
	keys   map[string]ed25519.PrivateKey
}

func openHouse(t *testing.T, open func(*testing.T, string) (*store.Store, *store.Keys)) *house {
	t.Helper()
	signer, verifier, err := ledger.NewKey(rand.Reader, "commission.example/ledger")
	must(t, err)
	s, keys := open(t, signer)
	t.Cleanup(func() { s.Close(); keys.Close() })
	master, err := vault.NewMaster()
	must(t, err)
	v, err := vault.New(master, keys, vault.DefaultMaxBytes)
	must(t, err)
	a, err := archive.Open(t.TempDir(), own.Source)
	must(t, err)
	t.Cleanup(func() { a.Close() })
	h := &house{t: t, store: s, clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}, verify: verifier, keys: map[string]ed25519.PrivateKey{}}
	watch, err := lookout.Open(lookout.Config{
		Archive: a, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: h.clock.now,
	})
	must(t, err)
	listKey, _, err := ledger.NewKey(rand.Reader, "commission.example/list")
	must(t, err)
	feed, err := publish.Open(t.TempDir(), listKey)
	must(t, err)
	h.clerk = clerk.New(clerk.Config{Store: s, Vault: v, Register: watch, Feed: feed, Now: h.clock.now, Random: rand.Reader})
	mux := http.NewServeMux()
	api.Mount(mux, api.Config{Clerk: h.clerk, Version: "test", Identify: byName, Fonts: fonts})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

// fonts are those of this machine.
var fonts = font.Find("")

// byName takes the word of the request for who sends it: signing in is another
// room's, and tested there.
func byName(r *http.Request) (clerk.Order, error) {
	name, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return clerk.Order{}, fault.New(fault.Forbidden, "nobody")
	}
	return clerk.Order{By: roster.PersonID(name)}, nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v\n%s", err, fault.Hints(err))
	}
}

type body map[string]any

// send sends a request and returns status and body.
func (h *house) send(who, method, path string, content any, headers ...string) (int, []byte, http.Header) {
	h.t.Helper()
	text, err := json.Marshal(content)
	must(h.t, err)
	ctx, cancel := context.WithTimeout(h.t.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, h.url+path, bytes.NewReader(text))
	must(h.t, err)
	if content != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+who)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	must(h.t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	must(h.t, err)
	return resp.StatusCode, answer, resp.Header
}

// path is where a command is sent.
func path(command, id string) string {
	kind, verb, _ := strings.Cut(command, ".")
	if kind != "roster" {
		kind += "s"
	}
	if id == "" {
		return "/v1/" + kind
	}
	return "/v1/" + kind + "/" + id + "/" + verb
}

// do sends a command that must succeed.
func (h *house) do(who, command, id string, b body) clerk.Done {
	h.t.Helper()
	status, answer, _ := h.send(who, http.MethodPost, path(command, id), b)
	if status != http.StatusOK && status != http.StatusCreated {
		h.t.Fatalf("%s: %s %s: %d\n%s", who, command, id, status, answer)
	}
	var d clerk.Done
	must(h.t, json.Unmarshal(answer, &d))
	return d
}

// refused sends a command that must be answered with a status, and returns the
// problem.
func (h *house) refused(who, command, id string, b body, want int) string {
	h.t.Helper()
	status, answer, header := h.send(who, http.MethodPost, path(command, id), b)
	if status != want {
		h.t.Fatalf("%s: %s %s: %d, want %d\n%s", who, command, id, status, want, answer)
	}
	if header.Get("Content-Type") != "application/problem+json" {
		h.t.Errorf("%s: %s: %s is no problem", who, command, header.Get("Content-Type"))
	}
	return string(answer)
}

// read reads a thing into v and returns the status.
func (h *house) read(who, kind, id, query string, v any) int {
	h.t.Helper()
	status, answer, _ := h.send(who, http.MethodGet, path(kind, "")+"/"+id+query, nil, "Purpose", "test of the house")
	if status != http.StatusOK {
		return status
	}
	var seen struct {
		Content json.RawMessage `json:"content"`
	}
	must(h.t, json.Unmarshal(answer, &seen))
	must(h.t, json.Unmarshal(seen.Content, v))
	return status
}

// person engages somebody with roles.
func (h *house) person(id, name, organisation string, roles ...string) {
	h.t.Helper()
	h.do("ada", "roster.engage", "main", body{"id": id, "name": name, "organisation": organisation})
	for _, r := range roles {
		h.do("ada", "roster.give_role", "main", body{"id": id, "role": r})
	}
}

// people is a commission with its agencies, a statute and no composition yet.
func (h *house) people() {
	h.t.Helper()
	_, err := h.clerk.Found(h.t.Context(), clerk.Foundation{
		Commission: "commission", Name: "Interdepartmental Commission", Country: "XX", Administrator: "ada", PersonName: "Ada Admin",
	})
	must(h.t, err)
	for _, id := range []string{"prosecution", "bank", "region"} {
		h.do("ada", "roster.register", "main", body{"id": id, "name": "Agency " + id, "nature": "agency", "country": "XX"})
		h.person("liaison-"+id, "Liaison of "+id, id, "liaison")
	}
	h.person("analyst-1", "First Analyst", "commission", "analyst")
	h.person("analyst-2", "Second Analyst", "commission", "analyst")
	h.person("lead", "Head of the Secretariat", "commission", "lead")
	h.person("secretary", "Secretary", "commission", "secretary")
	h.person("auditor", "Auditor", "commission", "auditor")
	for i := 1; i <= 7; i++ {
		roles := []string{"member"}
		if i == 1 {
			roles = append(roles, "signatory")
		}
		h.person(fmt.Sprint("member-", i), fmt.Sprint("Member ", i), "commission", roles...)
	}
	h.do("lead", "statute.adopt", "main", body{"preset": "model-1373", "reason": "decree 1"})
}

var seats = []string{"chair", "intelligence", "prosecution", "bank", "interior", "security", "foreign"}

// appoint makes the seats of the statute and fills them.
func (h *house) appoint() {
	h.t.Helper()
	for i, seat := range seats {
		member := fmt.Sprint("member-", i+1)
		h.do("ada", "roster.make_seat", "main", body{"id": seat, "title": seat, "chair": i == 0})
		h.do("ada", "roster.fill_seat", "main", body{"id": seat, "holder": member, "act": "decree 2"})
		public, private, err := ed25519.GenerateKey(rand.Reader)
		must(h.t, err)
		h.keys[member] = private
		h.do(member, "roster.state_key", "main", body{"key": public})
	}
}
