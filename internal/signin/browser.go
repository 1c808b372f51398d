package signin

import (
	"net"
	"net/http"
	"strings"
	"time"

	"interdict/internal/fault"
)

// cookie holds the token of a session. Its prefix makes browsers insist that it
// was set by this very host over HTTPS; on the loopback without TLS it has none.
const (
	cookie      = "__Host-interdict"
	plainCookie = "interdict"
)

// plainCookieOf names the cookie where there is no TLS, by the port that is asked:
// browsers keep one jar for all ports of a host, and two servers on one machine
// would sign each other's people out.
func plainCookieOf(r *http.Request) string {
	if _, port, err := net.SplitHostPort(r.Host); err == nil {
		return plainCookie + "-" + port
	}
	return plainCookie
}

// Caller returns who sends a request: by API key, session cookie or client
// certificate, whichever is there first. Nobody known is Forbidden.
func (g *Gate) Caller(r *http.Request, now time.Time) (Caller, error) {
	if key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return g.Key(r.Context(), now, strings.TrimSpace(key))
	}
	if token := TokenOf(r); token != "" {
		return g.Session(r.Context(), now, token)
	}
	if r.TLS != nil && len(r.TLS.VerifiedChains) > 0 {
		return g.Certificate(r.Context(), now, r.TLS.PeerCertificates[0])
	}
	return Caller{}, fault.New(fault.Forbidden, "nobody signed in")
}

// TokenOf returns the token of the session that a request belongs to, "" if none.
func TokenOf(r *http.Request) string {
	for _, name := range []string{cookie, plainCookieOf(r)} {
		if c, err := r.Cookie(name); err == nil {
			return c.Value
		}
	}
	return ""
}

// CookieOf is the cookie, as a header has it, that keeps a session in a browser;
// an empty token ends it.
func CookieOf(r *http.Request, token string, until time.Time) string {
	c := http.Cookie{Name: plainCookieOf(r), Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Expires: until}
	if r.TLS != nil {
		c.Name, c.Secure = cookie, true
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c.String()
}
