package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// receiver is the side of an institution: it verifies what comes by code of its
// own, and answers as the test says.
type receiver struct {
	*httptest.Server
	t       *testing.T
	mu      sync.Mutex
	secrets []string
	answer  func(w http.ResponseWriter, n int) // n counts what came, from 1
	got     []string                           // webhook-ids, of each time that one came
	bodies  map[string]string                  // by webhook-id
	signed  int                                // signatures of the last message
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{t: t, bodies: map[string]string{}}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(q.Body)
	if err != nil {
		r.t.Errorf("reading a message: %v", err)
	}
	r.mu.Lock()
	id := q.Header.Get("webhook-id")
	if fault := r.verify(q, id, body); fault != "" {
		r.t.Errorf("%s: %s", id, fault)
	}
	r.got = append(r.got, id)
	if old, ok := r.bodies[id]; ok && old != string(body) {
		r.t.Errorf("%s came with two bodies:\n%s\n%s", id, old, body)
	}
	r.bodies[id] = string(body)
	answer, n := r.answer, len(r.got)
	r.mu.Unlock()
	if answer != nil {
		answer(w, n)
	}
}

// verify checks a message as section "Verifying signatures" of the specification
// says, and that it holds what a hint may hold and no more.
func (r *receiver) verify(q *http.Request, id string, body []byte) string {
	stamp := q.Header.Get("webhook-timestamp")
	var good bool
	signatures := strings.Split(q.Header.Get("webhook-signature"), " ")
	r.signed = len(signatures)
	for _, s := range signatures {
		version, text, _ := strings.Cut(s, ",")
		for _, secret := range r.secrets {
			key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
			if err != nil || len(key) < 24 || !strings.HasPrefix(secret, "whsec_") {
				return fmt.Sprintf("the secret is none: %v", err)
			}
			mac := hmac.New(sha256.New, key)
			fmt.Fprintf(mac, "%s.%s.%s", id, stamp, body)
			sum, err := base64.StdEncoding.DecodeString(text)
			good = good || version == "v1" && err == nil && hmac.Equal(sum, mac.Sum(nil))
		}
	}
	var m struct {
		Type      string
		Timestamp time.Time
		Data      struct{ ID, URL string }
	}
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.DisallowUnknownFields()
	switch err := d.Decode(&m); {
	case !good:
		return "no signature is good"
	case q.Method != http.MethodPost || q.Header.Get("Content-Type") != "application/json":
		return "it is no JSON that was posted"
	case err != nil || m.Type != "edition.published" || m.Timestamp.IsZero() || len(m.Data.ID) != 6:
		return fmt.Sprintf("%s is no hint: %v", body, err)
	case m.Data.URL != "https://commission.example/list/checkpoint":
		return "it leads to " + m.Data.URL
	}
	return ""
}

func (r *receiver) knows(secrets ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.secrets = secrets
}

func (r *receiver) answers(f func(w http.ResponseWriter, n int)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = f
}

func (r *receiver) came() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string{}, r.got...)
}

func status(code int) func(http.ResponseWriter, int) {
	return func(w http.ResponseWriter, _ int) { w.WriteHeader(code) }
}
