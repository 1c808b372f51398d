package follow

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"interdict/internal/fault"
	"interdict/internal/report"
)

// Desk is where an authority takes acknowledgements and reports, and answers.
type Desk struct {
	URL    string // of its API
	Key    string // API key of the institution
	Client *http.Client
}

// Check returns Invalid unless the key would go over TLS, or to this machine.
func (d Desk) Check() error {
	u, err := url.Parse(d.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fault.New(fault.Invalid, "%q is no address of an authority", d.URL)
	}
	if ip := net.ParseIP(u.Hostname()); u.Scheme == "http" && u.Hostname() != "localhost" && !ip.IsLoopback() {
		return fault.New(fault.Invalid, "%s is another machine and not asked over https: everybody between could read your key", d.URL)
	}
	return nil
}

// Acknowledge says that an edition came so far. The same may be said again.
func (d Desk) Acknowledge(ctx context.Context, edition int64, h report.Hop, done time.Time) error {
	body, err := json.Marshal(map[string]any{"edition": edition, "hop": h, "done": done})
	if err != nil {
		return err
	}
	r, err := d.send(ctx, http.MethodPost, "/v1/acknowledgements", fmt.Sprintf("edition-%d-%s", edition, h), body)
	if err != nil {
		return fmt.Errorf("acknowledging edition %d: %w", edition, err)
	}
	if r.status/100 != 2 {
		return fault.New(fault.Unavailable, "acknowledging edition %d (%s): %s", edition, h, r)
	}
	return nil
}

// purpose is what restricted content is read for: it is the institution's own.
const purpose = "the answer to our own report"

// maxAnswer bounds what an authority may answer.
const maxAnswer = 1 << 20

// reply is what the authority answered.
type reply struct {
	status int
	text   []byte
	at     time.Time // by the authority's clock; zero if it does not say
}

// String says why something was not done, as far as the authority says.
func (r reply) String() string {
	return fmt.Sprintf("%d %s: %.2000s", r.status, http.StatusText(r.status), bytes.TrimSpace(r.text))
}

// send asks the authority for something. An error means that no answer came.
func (d Desk) send(ctx context.Context, method, path, key string, body []byte) (r reply, err error) {
	q, err := http.NewRequestWithContext(ctx, method, d.URL+path, bytes.NewReader(body))
	if err != nil {
		return r, fault.As(fault.Invalid, err)
	}
	q.Header.Set("Authorization", "Bearer "+d.Key)
	if body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		q.Header.Set("Idempotency-Key", key)
	}
	if strings.HasPrefix(path, "/v1/reports/") {
		q.Header.Set("Purpose", purpose)
	}
	answer, err := d.Client.Do(q)
	if err != nil {
		return r, fault.As(fault.Unavailable, err)
	}
	defer answer.Body.Close()
	if r.text, err = io.ReadAll(io.LimitReader(answer.Body, maxAnswer)); err != nil {
		return r, fault.As(fault.Unavailable, err)
	}
	r.status = answer.StatusCode
	r.at, _ = http.ParseTime(answer.Header.Get("Date"))
	return r, nil
}

// read reads JSON from the authority.
func (d Desk) read(ctx context.Context, path string, into any) error {
	r, err := d.send(ctx, http.MethodGet, path, "", nil)
	if err == nil && r.status != http.StatusOK {
		err = fault.New(fault.Unavailable, "%s", r)
	}
	if err == nil {
		err = fault.As(fault.Unavailable, json.Unmarshal(r.text, into))
	}
	if err != nil {
		return fmt.Errorf("asking for answers: %w", err)
	}
	return nil
}
