package api_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/webhook"
)

// told is what came to one institution: it verifies by the secret that it was
// given when it subscribed, by code of its own.
type told struct {
	*httptest.Server
	mu     sync.Mutex
	secret string
	status int
	got    []string // type and id of each message
	urls   []string
	bad    []string
}

func newTold(t *testing.T) *told {
	r := &told{status: http.StatusOK}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *told) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	body, _ := io.ReadAll(q.Body)
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(r.secret, "whsec_"))
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", q.Header.Get("webhook-id"), q.Header.Get("webhook-timestamp"), body)
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); !slices.Contains(strings.Split(q.Header.Get("webhook-signature"), " "), want) {
		r.bad = append(r.bad, string(body))
	}
	var m struct {
		Type string
		Data struct{ ID, URL string }
	}
	if json.Unmarshal(body, &m) != nil || len(body) > 400 {
		r.bad = append(r.bad, string(body))
	}
	if r.status == http.StatusOK {
		r.got, r.urls = append(r.got, m.Type+" "+m.Data.ID), append(r.urls, m.Data.URL)
	}
	w.WriteHeader(r.status)
}

// came returns what came since it was asked last.
func (r *told) came(t *testing.T) []string {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, b := range r.bad {
		t.Errorf("not signed by %.9s…, or no hint: %s", r.secret, b)
	}
	got := r.got
	r.got, r.bad = nil, nil
	slices.Sort(got)
	return got
}

func (r *told) knows(secret string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.secret = secret
}

func (r *told) answers(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

var everything = []string{"edition.published", "request.asked", "report.answered", "material.feedback"}

// hinted is a house with a sender.
type hinted struct {
	*story
	sender *webhook.Sender
}

func openHinted(t *testing.T, e int) *hinted {
	h := openHouse(t, engines[e].open)
	h.clerk.Loopback = true
	h.people()
	h.person("officer-bank", "Officer", "bank", "officer")
	h.person("analyst-bank", "No one's officer", "bank", "analyst")
	sender := webhook.New(webhook.Config{
		Queries: h.store.Queries(), Vault: h.clerk.Vault, API: h.url, Loopback: true, Gone: h.clerk.EndpointGone, Now: h.clock.now,
	})
	return &hinted{newStory(t, h, "model-1373"), sender}
}

func (h *hinted) pass() {
	h.t.Helper()
	must(h.t, h.sender.Pass(h.t.Context()))
}

// subscribe registers a receiver and returns the id of the subscription.
func (h *hinted) subscribe(who string, r *told, topics ...string) string {
	h.t.Helper()
	d := h.do(who, "subscription.make", "", body{"url": r.URL, "topics": topics})
	if !strings.HasPrefix(d.Secret, "whsec_") {
		h.t.Fatalf("no secret in %+v", d)
	}
	r.knows(d.Secret)
	return d.ID
}

// hints are those of a subscription as somebody sees them.
func (h *hinted) hints(who, id, query string) []clerk.Hint {
	h.t.Helper()
	status, text, _ := h.send(who, http.MethodGet, "/v1/subscriptions/"+id+"/hints"+query, nil)
	if status != http.StatusOK {
		h.t.Fatalf("%s reads the hints: %d %s", who, status, text)
	}
	var all struct{ Hints []clerk.Hint }
	must(h.t, json.Unmarshal(text, &all))
	return all.Hints
}

func topicsOf(all []clerk.Hint) []string {
	var out []string
	for _, h := range all {
		out = append(out, string(h.Topic))
	}
	slices.Sort(out)
	return out
}

// Everybody is told what concerns him, and nobody what does not.
func TestHintsReachWhomTheyConcern(t *testing.T) {
	for i, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			h := openHinted(t, i)
			bank, region, narrow := newTold(t), newTold(t), newTold(t)
			ofBank := h.subscribe("liaison-bank", bank, everything...)
			h.subscribe("liaison-region", region, everything...)
			h.subscribe("liaison-region", narrow, "report.answered")
			h.materials()
			h.dossier()
			h.request()
			h.do("analyst-1", "dossier.ask", h.dossID, body{"key": "t1", "what": "task", "to": "analyst-2", "text": "Read it."})
			h.do("analyst-1", "material.give_feedback", h.ids[2], body{"useful": "used", "text": "It was good."})
			h.pass()
			check(t, "the bank", bank.came(t), "request.asked "+h.dossID)
			check(t, "the region", region.came(t), "material.feedback "+h.ids[2])
			h.withoutComposition()
			h.vote()
			h.sign()
			filed := h.do("officer-bank", "report.file", "", body{"what": "nil", "edition": 0, "customers": 7, "reference": "17"}).ID
			h.do("analyst-1", "report.answer", filed, body{"verdict": "noted"})
			h.pass()
			check(t, "the bank", bank.came(t), "edition.published 000000", "report.answered "+filed)
			check(t, "the region", region.came(t), "edition.published 000000")
			check(t, "who asked for less", narrow.came(t))
			for _, url := range append(bank.urls, region.urls...) {
				if !strings.HasPrefix(url, h.url+"/v1/") && url != h.url+"/list/checkpoint" {
					t.Errorf("a hint leads to %s", url)
				}
			}
			// The log shows each reader what he may know of himself.
			check(t, "the liaison sees", topicsOf(h.hints("liaison-bank", ofBank, "")), "edition.published", "request.asked")
			check(t, "the officer sees", topicsOf(h.hints("officer-bank", ofBank, "")), "edition.published", "report.answered", "request.asked")
			check(t, "the administrator sees", topicsOf(h.hints("ada", ofBank, "")), "edition.published")
			for _, who := range []string{"liaison-region", "analyst-bank", "analyst-1", "lead"} {
				if status, text, _ := h.send(who, http.MethodGet, "/v1/subscriptions/"+ofBank+"/hints", nil); status != http.StatusNotFound {
					t.Errorf("%s reads the bank's hints: %d %s", who, status, text)
				}
			}
		})
	}
}

func check(t *testing.T, who string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", who, got, want)
	}
}

// A hint is kept with what caused it, before anything is sent, and for nobody who
// may not know of it by then.
func TestHintsAreKeptWithTheirCause(t *testing.T) {
	for i, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			h := openHinted(t, i)
			bank, region := newTold(t), newTold(t)
			ofBank, ofRegion := h.subscribe("liaison-bank", bank, everything...), h.subscribe("liaison-region", region, everything...)
			h.materials()
			h.do("ada", "roster.take_role", "main", body{"id": "liaison-region", "role": "liaison", "reason": "another post"})
			for _, id := range h.ids[1:] {
				h.do("analyst-1", "material.give_feedback", id, body{"useful": "used", "text": "good"})
			}
			if got := h.hints("liaison-bank", ofBank, "?state=waiting"); len(got) != 1 || got[0].Of != h.ids[1] || len(got[0].Tries) != 0 || got[0].Next.IsZero() {
				t.Errorf("kept: %+v", got)
			}
			h.person("liaison-new", "Another", "region", "liaison")
			if got := h.hints("liaison-new", ofRegion, ""); len(got) != 0 {
				t.Errorf("kept for an agency where nobody might know of it: %+v", got)
			}
			h.pass()
			check(t, "the bank", bank.came(t), "material.feedback "+h.ids[1])
			check(t, "the region", region.came(t))
		})
	}
}

// A subscription from its first secret to its end.
func TestSubscription(t *testing.T) {
	for i, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			h := openHinted(t, i)
			bank := newTold(t)
			id := h.subscribe("officer-bank", bank, "material.feedback")
			h.materials()
			feedback := func() {
				h.do("analyst-1", "material.give_feedback", h.ids[1], body{"useful": "used", "text": "good"})
			}
			state := func(want string) {
				t.Helper()
				var s struct{ State, Secret string }
				if h.read("officer-bank", "subscription", id, "", &s); s.State != want || s.Secret != "" {
					t.Errorf("the subscription is %+v, want %s", s, want)
				}
			}
			old := bank.secret
			fresh := h.do("liaison-bank", "subscription.rotate", id, nil).Secret
			feedback()
			h.pass()
			check(t, "by the former secret", bank.came(t), "material.feedback "+h.ids[1])
			bank.knows(fresh)
			h.clock.move(25 * time.Hour)
			feedback()
			h.pass()
			check(t, "by the new one", bank.came(t), "material.feedback "+h.ids[1])
			if old == fresh || !strings.HasPrefix(fresh, "whsec_") {
				t.Errorf("rotated from %s to %s", old, fresh)
			}

			h.do("officer-bank", "subscription.pause", id, body{"reason": "we move house"})
			feedback()
			h.pass()
			check(t, "paused", bank.came(t))
			h.do("officer-bank", "subscription.resume", id, nil)
			h.pass()
			check(t, "resumed", bank.came(t), "material.feedback "+h.ids[1])
			state("active")

			again := h.hints("officer-bank", id, "?state=delivered")[0].ID
			h.do("officer-bank", "subscription.resend", id, body{"hint": again})
			h.refused("officer-bank", "subscription.resend", id, body{"hint": "msg_none"}, http.StatusConflict)
			h.pass()
			check(t, "sent again", bank.came(t), "material.feedback "+h.ids[1])

			bank.answers(http.StatusGone)
			feedback()
			h.pass()
			state("disabled")
			feedback()
			bank.answers(http.StatusOK)
			h.pass()
			check(t, "disabled", bank.came(t))
			h.do("officer-bank", "subscription.resume", id, nil)
			h.clock.move(time.Second) // one that failed rests
			h.pass()
			check(t, "resumed after it was gone", bank.came(t), "material.feedback "+h.ids[1], "material.feedback "+h.ids[1])

			feedback()
			h.do("ada", "subscription.end", id, body{"reason": "not theirs"})
			h.pass()
			check(t, "ended", bank.came(t))
			state("ended")
			h.refused("officer-bank", "subscription.resume", id, nil, http.StatusConflict)
			if _, err := h.store.Queries().Endpoint(t.Context(), id); err == nil {
				t.Error("the secret of what has ended is kept")
			}
		})
	}
}

// What cannot be, and what one may not.
func TestSubscriptionsRefused(t *testing.T) {
	h := openHinted(t, 0)
	r := newTold(t)
	good := body{"url": r.URL, "topics": []string{"edition.published"}}
	for _, url := range []string{"http://bank.example/", "https://10.0.0.1/", "https://169.254.169.254/latest", "ftp://bank.example/", "https://a:b@bank.example/", "bank.example", ""} {
		h.refused("officer-bank", "subscription.make", "", body{"url": url, "topics": good["topics"]}, http.StatusUnprocessableEntity)
	}
	h.refused("officer-bank", "subscription.make", "", body{"url": r.URL, "topics": []string{"everything"}}, http.StatusUnprocessableEntity)
	h.refused("officer-bank", "subscription.make", "", body{"url": r.URL, "topics": []string{}}, http.StatusUnprocessableEntity)
	for _, who := range []string{"analyst-1", "analyst-bank", "ada", "auditor"} {
		h.refused(who, "subscription.make", "", good, http.StatusNotFound)
	}
	h.clerk.Loopback = false
	h.refused("officer-bank", "subscription.make", "", good, http.StatusUnprocessableEntity)
	h.clerk.Loopback = true

	// The secret is told once: not to who sends the command again, and not in what was said.
	status, text, _ := h.send("officer-bank", http.MethodPost, "/v1/subscriptions", good, "Idempotency-Key", "once")
	again, second, _ := h.send("officer-bank", http.MethodPost, "/v1/subscriptions", good, "Idempotency-Key", "once")
	if status != http.StatusCreated || again != http.StatusCreated || !strings.Contains(string(text), "whsec_") || strings.Contains(string(second), "whsec_") || !strings.Contains(string(second), `"repeated":true`) {
		t.Errorf("%d %s\n%d %s", status, text, again, second)
	}
	for range 9 {
		h.do("officer-bank", "subscription.make", "", good)
	}
	h.refused("liaison-bank", "subscription.make", "", good, http.StatusConflict)
	h.do("liaison-region", "subscription.make", "", good)

	// Neither the ledger nor the rebuilding of the views knows of secrets.
	rebuilt, err := h.clerk.Rebuild(t.Context(), nil)
	if err != nil || len(rebuilt.Differ) > 0 {
		t.Errorf("rebuilt: %+v, %v", rebuilt, err)
	}
	if err := h.clerk.EndpointGone(t.Context(), "H00000"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("what is not there is gone: %v", err)
	}
}
