package webhook_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/webhook"
)

// What goes to the open Internet never connects to this machine or its network,
// whatever a name says.
func TestOutwardGoesOut(t *testing.T) {
	r := newReceiver(t)
	h := openHouse(t, place("sqlite "+t.TempDir()))
	_, port, _ := strings.Cut(strings.TrimPrefix(r.URL, "http://"), ":")
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "10.0.0.1", "169.254.169.254", "[fe80::1]", "[fd00::1]"} {
		q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+host+":"+port, nil)
		must(t, err)
		resp, err := h.sender.Outward().Do(q)
		if err == nil {
			resp.Body.Close()
			t.Errorf("%s was reached", host)
		} else if !strings.Contains(err.Error(), "not public") && !strings.Contains(err.Error(), "unreachable") && !strings.Contains(err.Error(), "cannot assign") {
			t.Errorf("%s: %v", host, err)
		}
	}
	if got := r.came(); len(got) > 0 {
		t.Errorf("there came %q", got)
	}
}

// A server that others see sends nothing to its own machine.
func TestOnlyALocalServerSpeaksToItsMachine(t *testing.T) {
	r := newReceiver(t)
	h := openHouse(t, place("sqlite "+t.TempDir()))
	r.knows(h.endpoint("H1", r.URL))
	id := h.hint("H1")
	must(t, h.another(false).Pass(t.Context()))
	if row := h.rows("H1")[id]; row.State != webhook.Waiting || row.Failed != 1 || len(r.came()) != 0 {
		t.Errorf("%+v; there came %q", row, r.came())
	}
	if tries := h.tries("H1"); len(tries) != 1 || !strings.Contains(tries[0].Answer, "this machine") {
		t.Errorf("tries: %+v", tries)
	}
	h.clock.move(5 * time.Second)
	h.pass()
	if row := h.rows("H1")[id]; row.State != webhook.Delivered {
		t.Errorf("by a local server: %+v", row)
	}
}

// Why nobody answered is said without what only this network knows.
func TestNothingOfTheNetworkIsTold(t *testing.T) {
	r := newReceiver(t)
	h := openHouse(t, place("sqlite "+t.TempDir()))
	h.endpoint("H1", r.URL)
	h.endpoint("H2", "https://no-such-name.invalid/")
	r.Close()
	h.hint("H1")
	h.hint("H2")
	h.sender.SetPatience(10 * time.Second)
	h.pass()
	for endpoint, want := range map[string]string{"H1": "no connection", "H2": "the name is not known"} {
		if tries := h.tries(endpoint); len(tries) != 1 || tries[0].Answer != want {
			t.Errorf("%s: %+v; want %q", endpoint, tries, want)
		}
	}
}

func TestRetryAfterIsNeverBeforeNow(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`-?[0-9]{1,25}`), rapid.Custom(func(t *rapid.T) string {
			return at.Add(time.Duration(rapid.IntRange(-1e6, 1e6).Draw(t, "seconds")) * time.Second).Format(http.TimeFormat)
		})).Draw(t, "text")
		if got := webhook.RetryAfter(text, at); got < 0 {
			t.Fatalf("%q: %s", text, got)
		}
	})
	for text, want := range map[string]time.Duration{
		"": 0, "0": 0, "7": 7 * time.Second, "soon": 0, "-7": 0, "Mon, 02 Mar 2026 09:00:30 GMT": 30 * time.Second, "Mon, 02 Mar 2026 08:00:00 GMT": 0,
	} {
		if got := webhook.RetryAfter(text, at); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestIDsAreStableAndApart(t *testing.T) {
	seen := map[string]string{}
	for _, s := range []string{"H1", "H2"} {
		for _, stream := range []string{"edition/000001", "edition/000002"} {
			for v := range uint64(3) {
				id, of := webhook.IDOf(s, stream, v), s+" "+stream+" "+string(rune('0'+v))
				if seen[id] != "" || id != webhook.IDOf(s, stream, v) || !strings.HasPrefix(id, "msg_") {
					t.Errorf("%s: %s is also that of %s", of, id, seen[id])
				}
				seen[id] = of
			}
		}
	}
}
