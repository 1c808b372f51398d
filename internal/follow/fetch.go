package follow

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"interdict/internal/fault"
	"interdict/internal/publish"
)

// Most bytes of what has no size of its own.
const (
	maxCheckpoint = 64 << 10
	maxEntry      = 1 << 16
)

// checkpoint fetches the signed note; unchanged if it is the one seen last.
func (f *Follower) checkpoint(ctx context.Context, t *tiles) (signed []byte, unchanged bool, err error) {
	answer, err := f.ask(ctx, publish.CheckpointFile, f.etag)
	if err != nil {
		return nil, false, err
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusNotModified && f.etag != "" {
		return nil, true, nil
	}
	if signed, err = f.body(answer, publish.CheckpointFile, maxCheckpoint, t); err != nil {
		return nil, false, err
	}
	f.etag = ""
	if string(signed) == f.memory.Checkpoint { // only what is verified is not asked for again
		f.etag = answer.Header.Get("ETag")
		return signed, true, nil
	}
	return signed, false, nil
}

// get fetches a file of at most so many bytes.
func (f *Follower) get(ctx context.Context, name string, most int64, t *tiles) ([]byte, error) {
	answer, err := f.ask(ctx, name, "")
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return f.body(answer, name, most, t)
}

func (f *Follower) ask(ctx context.Context, name, etag string) (*http.Response, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL+"/"+name, nil)
	if err != nil {
		return nil, fault.As(fault.Invalid, err)
	}
	if etag != "" {
		q.Header.Set("If-None-Match", etag)
	}
	answer, err := f.Client.Do(q)
	if err != nil {
		return nil, f.away(err)
	}
	return answer, nil
}

func (f *Follower) body(answer *http.Response, name string, most int64, t *tiles) ([]byte, error) {
	if answer.StatusCode != http.StatusOK {
		return nil, f.away(fmt.Errorf("%s: %s", name, answer.Status))
	}
	b, err := io.ReadAll(io.LimitReader(answer.Body, most+1))
	t.bytes += int64(len(b))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, refused(fmt.Errorf("%s is cut short after %d bytes", name, len(b)))
	case err != nil:
		return nil, f.away(err)
	case int64(len(b)) > most:
		return nil, refused(fmt.Errorf("%s has more than the %d bytes that it may have", name, most))
	}
	return b, nil
}

// away says that the authority cannot be reached, or does not answer as one.
func (f *Follower) away(err error) error {
	return fault.As(fault.Unavailable, &awayError{f.URL, err})
}

// awayError tells that the authority is away from what cannot be done here.
type awayError struct {
	url string
	err error
}

func (a *awayError) Error() string { return fmt.Sprintf("%s is away: %v", a.url, a.err) }
func (a *awayError) Unwrap() error { return a.err }
