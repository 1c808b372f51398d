package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	"interdict/internal/archive"
	"interdict/internal/fault"
)

// Limits of a download.
const (
	maxFile     = 512 << 20 // bytes; the largest list is below 150 MB
	fetchTime   = 10 * time.Minute
	headerTime  = time.Minute
	attempts    = 3
	longestWait = time.Minute
)

// validator is what a server said of a file when it was fetched.
type validator struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	SHA256       string `json:"sha256"`
}

// seenFile keeps the validators in the data folder.
const seenFile = "sync.json"

func readSeen(a *archive.Archive) (map[string]validator, error) {
	seen := map[string]validator{}
	b, err := a.ReadFile(seenFile)
	if errors.Is(err, fs.ErrNotExist) {
		return seen, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &seen); err != nil {
		// What it holds only saves a download; without it all is fetched.
		return map[string]validator{}, nil
	}
	return seen, nil
}

func writeSeen(a *archive.Archive, seen map[string]validator) error {
	return a.WriteFile(seenFile, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(seen)
	})
}

// fetcher downloads politely: only what changed, one file at a time, under
// its own name, with limits, and it waits when a server asks for it.
type fetcher struct {
	client *http.Client
	agent  string
	limit  int64
	wait   func(ctx context.Context, d time.Duration) error
}

func newFetcher() *fetcher {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.ResponseHeaderTimeout = headerTime
	return &fetcher{
		client: &http.Client{Transport: t, Timeout: fetchTime, CheckRedirect: checkRedirect},
		agent:  "interdict/" + readBuild().Version + " (sanctions list reader)",
		limit:  maxFile,
		wait:   pause,
	}
}

// checkRedirect refuses to leave an encrypted connection for an open one.
func checkRedirect(r *http.Request, via []*http.Request) error {
	if len(via) >= 10 {
		return fault.New(fault.Unavailable, "more than 10 redirections")
	}
	if via[0].URL.Scheme == "https" && r.URL.Scheme != "https" {
		return fault.New(fault.Unavailable, "redirected from https to %s", r.URL.Redacted())
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// get returns the file at url, or no body if it is as the validator says. It
// tries again what may pass: a server's fault, or a broken connection.
func (f *fetcher) get(ctx context.Context, url string, known validator, progress *bar) ([]byte, validator, error) {
	var last error
	for n := range attempts {
		body, v, delay, err := f.try(ctx, url, known, progress)
		if err == nil || delay == 0 {
			return body, v, err
		}
		last = err
		if n == attempts-1 {
			break
		}
		if err := f.wait(ctx, min(delay, longestWait)); err != nil {
			return nil, validator{}, err
		}
	}
	return nil, validator{}, last
}

// try asks once. A delay says that asking again can help.
func (f *fetcher) try(ctx context.Context, url string, known validator, progress *bar) ([]byte, validator, time.Duration, error) {
	none := validator{}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, none, 0, fault.As(fault.Invalid, err)
	}
	r.Header.Set("User-Agent", f.agent)
	if known.ETag != "" {
		r.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		r.Header.Set("If-Modified-Since", known.LastModified)
	}
	answer, err := f.client.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return nil, none, 0, ctx.Err()
		}
		return nil, none, 2 * time.Second, fault.As(fault.Unavailable, err)
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusNotModified && known != none:
		return nil, known, 0, nil
	case answer.StatusCode >= 500 || answer.StatusCode == http.StatusTooManyRequests:
		return nil, none, retryAfter(answer), fault.New(fault.Unavailable, "%s answers %s", url, answer.Status)
	case answer.StatusCode != http.StatusOK:
		return nil, none, 0, fault.New(fault.Unavailable, "%s answers %s", url, answer.Status)
	}
	body, err := io.ReadAll(io.TeeReader(io.LimitReader(answer.Body, f.limit+1), progress))
	if err != nil {
		return nil, none, 2 * time.Second, fault.As(fault.Unavailable, fmt.Errorf("reading %s: %w", url, err))
	}
	if int64(len(body)) > f.limit {
		return nil, none, 0, fault.New(fault.Unavailable, "%s is larger than %d bytes", url, f.limit)
	}
	if len(body) == 0 {
		return nil, none, 0, fault.New(fault.Unavailable, "%s is empty", url)
	}
	sum := sha256.Sum256(body)
	v := validator{ETag: answer.Header.Get("ETag"), LastModified: answer.Header.Get("Last-Modified"), SHA256: hex.EncodeToString(sum[:])}
	return body, v, 0, nil
}

// retryAfter is how long a server asks us to wait, in seconds as it says, or
// a little.
func retryAfter(answer *http.Response) time.Duration {
	if s, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil && s > 0 {
		return time.Duration(s) * time.Second
	}
	return 5 * time.Second
}
