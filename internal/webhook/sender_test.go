package webhook_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"interdict/internal/query"
	"interdict/internal/webhook"
)

// What a receiver answers decides when it hears again.
func answers(t *testing.T, h *house) {
	elsewhere := newReceiver(t)
	for _, c := range []struct {
		name   string
		answer func(http.ResponseWriter, int)
		state  string
		next   time.Duration
		status int
		text   string
	}{
		{"taken", status(http.StatusNoContent), webhook.Delivered, 0, 204, ""},
		{"broken", func(w http.ResponseWriter, _ int) { http.Error(w, "out of \x1b[31mink\x00", 500) }, webhook.Waiting, 5 * time.Second, 500, "out of [31mink"},
		{"too many", func(w http.ResponseWriter, _ int) { w.Header().Set("Retry-After", "120"); w.WriteHeader(429) }, webhook.Waiting, 2 * time.Minute, 429, ""},
		{"later, by date", func(w http.ResponseWriter, _ int) {
			w.Header().Set("Retry-After", h.clock.now().Add(time.Hour).Format(http.TimeFormat))
			w.WriteHeader(503)
		}, webhook.Waiting, time.Hour, 503, ""},
		{"sooner than we would", func(w http.ResponseWriter, _ int) { w.Header().Set("Retry-After", "1"); w.WriteHeader(503) }, webhook.Waiting, 5 * time.Second, 503, ""},
		{"in a year", func(w http.ResponseWriter, _ int) { w.Header().Set("Retry-After", "31536000"); w.WriteHeader(503) }, webhook.Waiting, 24 * time.Hour, 503, ""},
		{"hangs", func(http.ResponseWriter, int) { time.Sleep(600 * time.Millisecond) }, webhook.Waiting, 5 * time.Second, 0, "no answer in time"},
		{"answers without end", func(w http.ResponseWriter, _ int) {
			w.(http.Flusher).Flush()
			time.Sleep(600 * time.Millisecond)
		}, webhook.Waiting, 5 * time.Second, 0, "its answer did not end in time"},
		{"redirects", func(w http.ResponseWriter, _ int) { w.Header().Set("Location", elsewhere.URL); w.WriteHeader(307) }, webhook.Waiting, 5 * time.Second, 307, ""},
		{"much", func(w http.ResponseWriter, _ int) { w.Write([]byte(strings.Repeat("é", 1<<20))) }, webhook.Delivered, 0, 200, strings.Repeat("é", 200)},
	} {
		r, endpoint := newReceiver(t), strings.ReplaceAll(c.name, " ", "-")
		r.knows(h.endpoint(endpoint, r.URL))
		r.answers(c.answer)
		id := h.hint(endpoint)
		h.pass()
		row, tries := h.rows(endpoint)[id], h.tries(endpoint)
		if row.State != c.state || h.due(endpoint, id) != c.next || row.Claim != "" {
			t.Errorf("%s: %+v, due in %s; want %s in %s", c.name, row, h.due(endpoint, id), c.state, c.next)
		}
		if len(tries) != 1 || tries[0].Number != 1 || tries[0].Status != c.status || tries[0].Answer != c.text {
			t.Errorf("%s: %+v", c.name, tries)
		}
		h.pass() // nothing is due
		if got := r.came(); !slices.Equal(got, []string{id}) {
			t.Errorf("%s: there came %q", c.name, got)
		}
	}
	if got := elsewhere.came(); len(got) != 0 {
		t.Errorf("a redirect was followed: %q", got)
	}
}

// A receiver that is down for a day hears everything, each thing once.
func receiverDownForADay(t *testing.T, h *house) {
	r := newReceiver(t)
	r.knows(h.endpoint("H1", r.URL))
	r.answers(status(http.StatusBadGateway))
	var want []string
	down := h.clock.now()
	for h.clock.now().Sub(down) < 24*time.Hour {
		if len(want) < 20 {
			want = append(want, h.hint("H1"))
		}
		h.pass()
		h.clock.move(15 * time.Minute)
	}
	refused := len(r.came())
	if refused < len(want) {
		t.Errorf("in a day %d tries of %d hints", refused, len(want))
	}
	r.answers(nil)
	for range 200 { // a try that failed last may be due in a day
		h.pass()
		h.clock.move(15 * time.Minute)
	}
	got := r.came()[refused:]
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("taken after the day: %d %q; want %d %q", len(got), got, len(want), want)
	}
	for id, row := range h.rows("H1") {
		if row.State != webhook.Delivered {
			t.Errorf("%s is %s", id, row.State)
		}
	}
}

// What fails to the end lies among the dead, and can be sent again.
func deadAndRevived(t *testing.T, h *house) {
	r := newReceiver(t)
	r.knows(h.endpoint("H1", r.URL))
	r.answers(status(http.StatusInternalServerError))
	id := h.hint("H1")
	for i, pause := range webhook.Pauses() {
		h.pass()
		if got := h.due("H1", id); got != pause {
			t.Errorf("after try %d the next is in %s, want %s", i+1, got, pause)
		}
		h.clock.move(pause)
	}
	h.pass()
	if row := h.rows("H1")[id]; row.State != webhook.Dead || len(h.tries("H1")) != len(webhook.Pauses())+1 {
		t.Fatalf("after the last try: %+v, %d tries", row, len(h.tries("H1")))
	}
	h.clock.move(1000 * time.Hour)
	h.pass()
	if got := len(r.came()); got != len(webhook.Pauses())+1 {
		t.Errorf("what is dead was sent: %d", got)
	}
	n, err := h.q.ReviveHint(t.Context(), query.ReviveHintParams{ID: id, Endpoint: "H1", Due: h.clock.now().UnixMicro()})
	if err != nil || n != 1 {
		t.Fatalf("reviving: %d, %v", n, err)
	}
	r.answers(nil)
	h.pass()
	if row := h.rows("H1")[id]; row.State != webhook.Delivered {
		t.Errorf("revived: %+v", row)
	}
	if tries := h.tries("H1"); tries[len(tries)-1].Status != 200 || tries[len(tries)-1].Number != int64(len(tries)) {
		t.Errorf("the last of %d tries: %+v", len(tries), tries[len(tries)-1])
	}
}

// An endpoint that is gone is told nothing more, and nothing for it is lost.
func gone(t *testing.T, h *house) {
	r := newReceiver(t)
	r.knows(h.endpoint("H1", r.URL))
	r.answers(status(http.StatusGone))
	first, second := h.hint("H1"), h.hint("H1")
	h.pass()
	h.clock.move(100 * time.Hour)
	h.pass()
	if got := r.came(); len(got) != 1 || !slices.Equal(h.gone, []string{"H1"}) {
		t.Errorf("after 410 there came %q, gone %q", got, h.gone)
	}
	r.answers(nil)
	if _, err := h.q.SetSending(t.Context(), query.SetSendingParams{ID: "H1", Sending: 1}); err != nil {
		t.Fatal(err)
	}
	h.pass()
	for _, id := range []string{first, second} {
		if row := h.rows("H1")[id]; row.State != webhook.Delivered {
			t.Errorf("resumed: %+v", row)
		}
	}
}

// For a day after a rotation a message is good by either secret, then by the new
// one only.
func rotation(t *testing.T, h *house) {
	r := newReceiver(t)
	old := h.endpoint("H1", r.URL)
	fresh, sealed := h.secret("H1")
	until := h.clock.now().Add(webhook.Overlap).UnixMicro()
	if _, err := h.q.RotateSecret(t.Context(), query.RotateSecretParams{ID: "H1", Secret: sealed, Until: until}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		after  time.Duration
		secret string
		signed int
	}{{0, old, 2}, {0, fresh, 2}, {webhook.Overlap - time.Second, old, 2}, {time.Second, fresh, 1}} {
		h.clock.move(c.after)
		r.knows(c.secret)
		h.hint("H1")
		h.pass() // the receiver complains unless the secret that it knows is good
		if r.signed != c.signed {
			t.Errorf("%s later: %d signatures, want %d", c.after, r.signed, c.signed)
		}
	}
	if len(r.came()) != 4 {
		t.Errorf("there came %q", r.came())
	}
}

// One endpoint that hangs does not hold up another.
func TestOneHangs(t *testing.T) {
	h := openHouse(t, place("sqlite "+t.TempDir()))
	h.sender.SetPatience(20 * time.Second)
	hangs, good := newReceiver(t), newReceiver(t)
	release := make(chan struct{})
	hangs.knows(h.endpoint("H1", hangs.URL))
	hangs.answers(func(http.ResponseWriter, int) { <-release })
	good.knows(h.endpoint("H2", good.URL))
	good.answers(func(http.ResponseWriter, int) { close(release) }) // only this ends the other
	h.hint("H1")
	h.hint("H2")
	h.pass()
	for _, endpoint := range []string{"H1", "H2"} {
		for id, row := range h.rows(endpoint) {
			if row.State != webhook.Delivered {
				t.Errorf("%s of %s: %+v", id, endpoint, row)
			}
		}
	}
}
