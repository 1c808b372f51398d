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
	"time"

	"interdict/internal/fault"
	"interdict/internal/report"
)

// Desk is where an authority takes acknowledgements.
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
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL+"/v1/acknowledgements", bytes.NewReader(body))
	if err != nil {
		return fault.As(fault.Invalid, err)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Authorization", "Bearer "+d.Key)
	q.Header.Set("Idempotency-Key", fmt.Sprintf("edition-%d-%s", edition, h))
	answer, err := d.Client.Do(q)
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("acknowledging edition %d: %w", edition, err))
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		why, _ := io.ReadAll(io.LimitReader(answer.Body, 4<<10))
		return fault.New(fault.Unavailable, "acknowledging edition %d (%s): %s: %s", edition, h, answer.Status, why)
	}
	return nil
}
