package follow_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strings"
	"sync"
	"testing"
	"time"

	"interdict/internal/api"
	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/list/own"
	"interdict/internal/lookout"
	"interdict/internal/publish"
	"interdict/internal/register"
	"interdict/internal/roster"
	"interdict/internal/session"
	"interdict/internal/sqlite"
	"interdict/internal/statute"
	"interdict/internal/vault"
)

type body map[string]any

// house is a ledger with its clerk, in a folder.
type house struct {
	t     *testing.T
	clerk *clerk.Clerk
}

// openHouse opens the ledger of a folder as another process would.
func openHouse(t *testing.T, dir, signer, master string, watch *lookout.Lookout, now func() time.Time) house {
	t.Helper()
	kept := must(sqlite.Open(t.Context(), dir, signer))
	keys := must(sqlite.OpenKeys(t.Context(), dir+"/keys"))
	t.Cleanup(func() { kept.Close(); keys.Close() })
	return house{t, clerk.New(clerk.Config{
		Store: kept, Vault: must(vault.New(master, keys, vault.DefaultMaxBytes)), Register: watch, Now: now, Random: rand.Reader,
	})}
}

func (h house) do(who, command, id string, b body) clerk.Done {
	h.t.Helper()
	d, err := h.clerk.Do(h.t.Context(), clerk.Order{By: roster.PersonID(who)}, command, id, must(json.Marshal(b)))
	if err != nil {
		h.t.Fatalf("%s: %s %s: %v\n%s", who, command, id, err, fault.Hints(err))
	}
	return d
}

func (h house) person(id, organisation string, roles ...string) {
	h.t.Helper()
	h.do("ada", "roster.engage", "main", body{"id": id, "name": id, "organisation": organisation})
	for _, r := range roles {
		h.do("ada", "roster.give_role", "main", body{"id": id, "role": r})
	}
}

func readAs[A any](h house, who, kind, id string) A {
	h.t.Helper()
	seen, err := h.clerk.Read(h.t.Context(), clerk.Order{By: roster.PersonID(who), Purpose: "test"}, kind, id, clerk.When{})
	if err != nil {
		h.t.Fatalf("%s reads %s %s: %v", who, kind, id, err)
	}
	var a A
	must(0, json.Unmarshal(must(json.Marshal(seen.Content)), &a))
	return a
}

// commission is an authority with people who decide, its API and its list on
// loopback, and somebody on the way who keeps every byte that is sent to it and may
// spoil what comes back.
type commission struct {
	house
	feed     *publish.Feed
	url      string
	member   ed25519.PrivateKey
	dossier  string
	freeze   string
	material string

	mu    sync.Mutex
	wire  bytes.Buffer
	lose  func(r *http.Request) (before, after bool) // the request, or the answer to it
	alter func(path string, answer []byte) []byte
	fail  func(r *http.Request) int // status that is answered instead; 0: the answer
}

func newCommission(t *testing.T, now func() time.Time) *commission {
	dir := t.TempDir()
	signer, _, err := ledger.NewKey(rand.Reader, "commission.example/ledger")
	must(0, err)
	kept := must(archive.Open(dir, own.Source))
	t.Cleanup(func() { kept.Close() })
	watch := must(lookout.Open(lookout.Config{Archive: kept, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: now}))
	c := &commission{house: openHouse(t, dir, must(signer, err), must(vault.NewMaster()), watch, now), feed: must(publish.Open(t.TempDir(), newListKey()))}
	c.clerk.Feed = c.feed
	mux := http.NewServeMux()
	api.Mount(mux, api.Config{Clerk: c.clerk, Version: "test", Identify: func(r *http.Request) (clerk.Order, error) {
		name, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		return clerk.Order{By: roster.PersonID(name)}, nil
	}})
	mux.Handle("/list/", http.StripPrefix("/list", c.feed))
	server := httptest.NewServer(c.listening(mux))
	t.Cleanup(func() { c.feed.Close(); server.Close() })
	c.url = server.URL
	c.people()
	return c
}

// listening keeps what is sent and loses what is to be lost.
func (c *commission) listening(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent := must(httputil.DumpRequest(r, true))
		c.mu.Lock()
		c.wire.Write(sent)
		lose, alter, fail := c.lose, c.alter, c.fail
		c.mu.Unlock()
		if fail != nil {
			if status := fail(r); status != 0 {
				http.Error(w, "not now", status)
				return
			}
		}
		before, after := false, false
		if lose != nil {
			before, after = lose(r)
		}
		if before {
			panic(http.ErrAbortHandler)
		}
		if after {
			next.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		if alter == nil || r.URL.Path == "/list/events" {
			next.ServeHTTP(w, r)
			return
		}
		got := httptest.NewRecorder()
		r.Header.Del("If-None-Match")
		next.ServeHTTP(got, r)
		w.WriteHeader(got.Code)
		w.Write(alter(r.URL.Path, got.Body.Bytes()))
	})
}

func (c *commission) alters(alter func(path string, answer []byte) []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.alter = alter
}

func (c *commission) fails(fail func(r *http.Request) int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fail = fail
}

func (c *commission) loses(lose func(*http.Request) (before, after bool)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lose = lose
}

func (c *commission) people() {
	must(c.clerk.Found(c.t.Context(), clerk.Foundation{Commission: "commission", Name: "Commission", Country: "XX", Administrator: "ada", PersonName: "Ada"}))
	c.do("ada", "roster.register", "main", body{"id": "police", "name": "Police", "nature": "agency", "country": "XX"})
	c.do("ada", "roster.register", "main", body{"id": "bank", "name": "Bank", "nature": "institution", "country": "XX"})
	c.person("liaison", "police", "liaison")
	c.person("analyst", "commission", "analyst")
	c.person("lead", "commission", "lead")
	c.person("secretary", "commission", "secretary")
	c.person("member", "commission", "member", "signatory")
	c.person("bank-officer", "bank", "officer")
	c.do("lead", "statute.adopt", "main", body{"preset": "model-1373", "reason": "decree 1"})
	public, private, err := ed25519.GenerateKey(rand.Reader)
	must(0, err)
	c.member = private
	c.do("ada", "roster.make_seat", "main", body{"id": "chair", "title": "chair", "chair": true})
	c.do("ada", "roster.fill_seat", "main", body{"id": "chair", "holder": "member", "act": "decree 2"})
	c.do("member", "roster.state_key", "main", body{"key": []byte(public)})
}

// freezes decides to freeze a person and publishes it; it returns the reference.
func (c *commission) freezes(names ...string) string {
	var all []body
	for _, n := range names {
		all = append(all, body{"full": n})
	}
	text := "Money went through " + names[0] + "."
	c.material = c.do("liaison", "material.submit", "", body{
		"title": "Letter", "sort": "intelligence", "handling": body{"tlp": "green"}, "documents": []body{{"name": "letter.txt", "content": []byte(text)}},
	}).ID
	hash := readAs[struct{ Documents []struct{ Hash string } }](c.house, "analyst", "material", c.material).Documents[0].Hash
	c.dossier = c.do("analyst", "dossier.open", "", body{"title": names[0], "subject": body{"kind": "person", "names": all, "born": []string{"1957"}}}).ID
	ground := must(statute.Named("model-1373")).Checklist()[0]
	for i, e := range ground.Elements {
		c.do("analyst", "dossier.allege", c.dossier, body{
			"key": fmt.Sprint("a", i), "ground": ground.Code, "element": e, "text": "He paid.", "assertion": "fact", "sort": "intelligence",
			"spans": []body{{"material": c.material, "document": hash, "start": 0, "end": 5}},
		})
	}
	c.do("analyst", "dossier.write", c.dossier, body{"open": "He paid for terrorist acts."})
	c.freeze = c.decides("freeze", body{})
	return "OWN-" + c.freeze
}

// lifts lifts the last freeze.
func (c *commission) lifts() {
	c.do("lead", "review.hold", c.freeze, body{"finding": "propose_lift", "reason": "he died"})
	c.do("analyst", "dossier.reopen", c.dossier, body{"reason": "review"})
	c.do("analyst", "dossier.write", c.dossier, body{"open": "He died."})
	c.decides("lift", body{"target": c.freeze})
}

// decides votes on the dossier, drafts and signs.
func (c *commission) decides(measure string, draft body) string {
	c.do("analyst", "dossier.submit", c.dossier, nil)
	id := c.do("secretary", "session.call", "", body{"on": c.clerk.Now().Add(time.Hour), "place": "hall"}).ID
	c.do("secretary", "session.agenda", id, body{"key": "1", "dossier": c.dossier, "measure": measure, "question": measure + "?"})
	c.do("secretary", "session.open", id, nil)
	c.do("secretary", "session.come", id, body{"person": "member"})
	c.do("member", "session.declare", id, body{"item": "1", "conflict": false})
	c.do("secretary", "session.put", id, body{"item": "1", "mode": "open"})
	sat := readAs[session.Session](c.house, "secretary", "session", id)
	b := session.Ballot{Item: "1", Seat: "chair", Person: "member", Choice: session.Yes}
	c.do("member", "session.vote", id, body{"item": "1", "seat": "chair", "choice": "yes", "signature": ed25519.Sign(c.member, b.Text(sat.ID, sat.Items[0].Agendum))})
	c.do("secretary", "session.count", id, body{"item": "1"})
	c.do("secretary", "session.close", id, nil)
	draft["dossier"], draft["session"], draft["measure"], draft["open"] = c.dossier, id, measure, "Because of what he did."
	d := c.do("analyst", "decision.draft", "", draft).ID
	digest := readAs[struct{ Digest string }](c.house, "member", "decision", d).Digest
	c.do("member", "decision.sign", d, body{"office": "chair", "digest": digest})
	return d
}
