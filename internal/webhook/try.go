package webhook

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"interdict/internal/query"
	"interdict/internal/subscription"
)

// most is how many bytes of an answer are kept.
const most = 400

// answer is how a try went.
type answer struct {
	status int    // 0: nobody answered
	text   string // its beginning, or why there is none
	after  time.Duration
	took   time.Duration
}

func (a answer) taken() bool { return a.status >= 200 && a.status < 300 }

// try sends a message once. An error is one of ours: nothing was sent.
func (s *Sender) try(ctx context.Context, e query.Endpoint, h query.Hint) (answer, error) {
	at, began := s.Now().UTC(), time.Now()
	to, err := subscription.ParseAddress(e.Url)
	if err != nil {
		return answer{}, err
	}
	body, err := s.body(h)
	if err != nil {
		return answer{}, fmt.Errorf("writing hint %s: %w", h.ID, err)
	}
	signed, err := s.signatures(ctx, e, h.ID, at, body)
	if err != nil {
		return answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, e.Url, bytes.NewReader(body))
	if err != nil {
		return answer{}, fmt.Errorf("sending hint %s: %w", h.ID, err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "interdict")
	r.Header.Set("webhook-id", h.ID)
	r.Header.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("webhook-signature", signed)
	a := s.ask(r, to, at)
	a.took = time.Since(began)
	return a, nil
}

func (s *Sender) ask(r *http.Request, to subscription.Address, at time.Time) answer {
	line, err := s.line(to)
	if err != nil {
		return answer{text: err.Error()}
	}
	resp, err := line.Do(r)
	if err != nil {
		return answer{text: whyNot(err)}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, most))
	if err != nil && r.Context().Err() != nil {
		return answer{text: "its answer did not end in time"}
	}
	return answer{status: resp.StatusCode, text: plain(text), after: retryAfter(resp.Header.Get("Retry-After"), at)}
}

// whyNot says why nobody answered, without what only this network knows: names
// and numbers of what was reached are not for whoever chose the address.
func whyNot(err error) string {
	var unknown *net.DNSError
	var tlsAlert tls.AlertError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, errNotPublic):
		return errNotPublic.Error()
	case errors.Is(err, errNotHere):
		return errNotHere.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.As(err, &unknown):
		return "the name is not known"
	case errors.As(err, &certificate):
		return "its certificate is not good: " + certificate.Err.Error()
	case errors.As(err, &tlsAlert):
		return "TLS: " + tlsAlert.Error()
	}
	return "no connection"
}

// plain is the beginning of an answer as it can be shown on a terminal.
func plain(b []byte) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == unicode.ReplacementChar, !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(b), "")))
}

// retryAfter reads the header of that name: seconds or a date (RFC 9110 section
// 10.2.3). What cannot be read asks for nothing.
func retryAfter(text string, at time.Time) time.Duration {
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(text); err == nil && t.After(at) {
		return t.Sub(at)
	}
	return 0
}
