package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"

	"interdict/internal/fault"
)

// remote is the server that the verbs of the casework speak with, and by whose
// key.
type remote struct {
	server string // URL
	key    string // file
}

func remoteFlags(f *flag.FlagSet) *remote {
	r := &remote{}
	f.StringVar(&r.server, "server", "", "`URL` of the server (default: INTERDICT_SERVER, else http://127.0.0.1:8080)")
	f.StringVar(&r.key, "api-key", "", "`FILE` that holds your API key (default: the file that INTERDICT_KEY names)")
	return r
}

// base returns the address of the server. A key goes over TLS, or to this
// machine, and nowhere else.
func (r *remote) base() (string, error) {
	text := serverOf(r.server)
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fault.New(fault.Invalid, "the server %q is no address such as https://interdict.example", text)
	}
	if ip := net.ParseIP(u.Hostname()); u.Scheme == "http" && u.Hostname() != "localhost" && !ip.IsLoopback() {
		return "", fault.Hint(fault.New(fault.Invalid, "the server %s is another machine and not asked over https: everybody between could read your key", text),
			"name it by https://, or reach it through a tunnel that ends at 127.0.0.1")
	}
	return text, nil
}

// authorization returns the header that says who asks.
func (r *remote) authorization() (string, error) {
	file := cmp.Or(r.key, os.Getenv("INTERDICT_KEY"))
	if file == "" {
		return "", fault.Hint(fault.New(fault.Invalid, "no API key is given"), "name the file that holds it by --api-key or INTERDICT_KEY")
	}
	key, err := readSecret(file)
	if err != nil {
		return "", fmt.Errorf("reading the API key: %w", err)
	}
	return "Bearer " + key, nil
}

// send asks the server and returns the body of its answer. What it refuses is a
// fault of the kind that its status says.
func (r *remote) send(ctx context.Context, method, path string, header http.Header, body []byte) ([]byte, error) {
	header, err := r.signed(header)
	if err != nil {
		return nil, err
	}
	return r.ask(ctx, method, path, header, body)
}

// signed adds who asks to a header.
func (r *remote) signed(header http.Header) (http.Header, error) {
	auth, err := r.authorization()
	if err != nil {
		return nil, err
	}
	if header = header.Clone(); header == nil {
		header = http.Header{}
	}
	header.Set("Authorization", auth)
	return header, nil
}

// ask is send for somebody who has no key yet.
func (r *remote) ask(ctx context.Context, method, path string, header http.Header, body []byte) ([]byte, error) {
	var text bytes.Buffer
	err := r.pour(ctx, method, path, header, body, &text)
	return text.Bytes(), err
}

// pour asks the server and writes the body of its answer as it comes. After an
// error what was written is not whole.
func (r *remote) pour(ctx context.Context, method, path string, header http.Header, body []byte, to io.Writer) error {
	base, err := r.base()
	if err != nil {
		return err
	}
	q, err := http.NewRequestWithContext(ctx, method, base+path, bytes.NewReader(body))
	if err != nil {
		return fault.As(fault.Invalid, err)
	}
	for name, values := range header {
		q.Header[name] = values
	}
	if body != nil && q.Header.Get("Content-Type") == "" {
		q.Header.Set("Content-Type", "application/json")
	}
	// A redirect could carry the key to somebody else.
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(q)
	if err != nil {
		return unreached(ctx, base, errors.Unwrap(err))
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			return unreached(ctx, base, err)
		}
		return refusal(answer.StatusCode, text)
	}
	_, err = io.Copy(to, answer.Body)
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(*fs.PathError)): // of the file that is written to
		return fault.As(fault.Unavailable, err)
	}
	return unreached(ctx, base, err)
}

// reading is the header of a request to read, with the purpose of reading
// restricted content.
func reading(purpose string) http.Header {
	header := http.Header{}
	if purpose != "" {
		header.Set("Purpose", purpose)
	}
	return header
}

// get reads from the server.
func (r *remote) get(ctx context.Context, path, purpose string) ([]byte, error) {
	return r.send(ctx, http.MethodGet, path, reading(purpose), nil)
}

// copy reads from the server what may be long.
func (r *remote) copy(ctx context.Context, path, purpose string, to io.Writer) error {
	header, err := r.signed(reading(purpose))
	if err != nil {
		return err
	}
	return r.pour(ctx, http.MethodGet, path, header, nil, to)
}

func unreached(ctx context.Context, base string, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("asking %s: %w", base, ctx.Err())
	}
	err = fault.As(fault.Unavailable, fmt.Errorf("unavailable: asking %s: %w", base, err))
	return fault.Hint(err, "is the server running? see: interdict help serve; another one is named by --server")
}

// problem is an error as the API tells it (RFC 9457).
type problem struct {
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Errors []struct {
		Message  string `json:"message"`
		Location string `json:"location"`
	} `json:"errors"`
}

// kindOf is what a status means to whoever asked.
var kindOf = map[int]fault.Kind{
	http.StatusUnauthorized:        fault.Forbidden,
	http.StatusNotFound:            fault.NotFound,
	http.StatusConflict:            fault.Conflict,
	http.StatusPreconditionFailed:  fault.Conflict,
	http.StatusTooManyRequests:     fault.Unavailable,
	http.StatusBadGateway:          fault.Unavailable,
	http.StatusServiceUnavailable:  fault.Unavailable,
	http.StatusGatewayTimeout:      fault.Unavailable,
	http.StatusInternalServerError: fault.Internal,
}

// refusal turns a problem into a fault of ours. Its first word tells the kinds
// apart that share an exit code.
func refusal(status int, body []byte) error {
	kind, known := kindOf[status]
	if !known {
		kind = fault.Invalid
	}
	var p problem
	if json.Unmarshal(body, &p) != nil {
		return fault.New(kind, "%s: the server answered %d %s", kind, status, http.StatusText(status))
	}
	err := fault.New(kind, "%s: %s", kind, cmp.Or(p.Detail, p.Title))
	for _, e := range p.Errors {
		switch {
		case e.Location == "hint":
			err = fault.Hint(err, "%s", e.Message)
		case e.Location != "":
			err = fault.Hint(err, "%s: %s", e.Location, e.Message)
		}
	}
	if status == http.StatusUnauthorized {
		return fault.Hint(err, "the server does not know your key or code: it may be used up, revoked or over, or belong to another server")
	}
	return err
}
