package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/follow"
	"interdict/internal/paper"
	"interdict/internal/signin"
)

// Identify tells who sends a request, from its session or key. Forbidden means
// that nobody is known by it.
type Identify func(r *http.Request) (clerk.Order, error)

// Config is what the API works with.
type Config struct {
	Clerk    *clerk.Clerk
	Identify Identify
	Version  string
	// Identities is an OpenID Connect provider that people may sign in with; nil
	// for none.
	Identities *signin.Identities
	// Following tells how things stand with the authority that this institution
	// follows; nil: none is followed.
	Following func() (follow.Status, error)
	Ready     func(ctx context.Context) error // nil: always
	// Fonts finds the fonts that evidence packs are printed with; nil: none are made.
	Fonts func() (*paper.Fonts, error)
}

// server answers requests.
type server struct {
	Config
	api huma.API
}

// Mount puts every route on the mux.
func Mount(mux *http.ServeMux, c Config) huma.API {
	config := huma.DefaultConfig("Interdict", c.Version)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/openapi", "", ""
	config.CreateHooks = nil // no links to schemas in every answer
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", named)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"key": {Type: "http", Scheme: "bearer", Description: "an API key"},
	}
	config.Info.Description = "Casework of a commission against the financing of terrorism."
	s := &server{Config: c, api: humago.New(mux, config)}
	for _, cmd := range clerk.Commands() {
		s.command(cmd)
	}
	s.reads()
	s.proofs()
	if c.Fonts != nil {
		s.packs()
	}
	s.screening()
	s.following()
	if c.Clerk.Gate != nil {
		s.signIn(c.Clerk.Gate)
	}
	if c.Identities != nil {
		s.identity(mux, c.Identities)
	}
	s.health(mux)
	return s.api
}

// now is the time by the clerk's clock.
func (s *server) now() time.Time { return s.Clerk.Now().UTC() }

type requestKey struct{}

// identified keeps the request with the context, for whoever must know who asks.
// A fault of ours that panics is logged and answered like any other.
func identified(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			panic(p) // the answer is cut off on purpose
		} else if p != nil {
			slog.Error("a request panicked", "path", ctx.Operation().Path, "panic", p, "stack", string(debug.Stack()))
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprintf(w, `{"title":"Internal Server Error","status":500,"detail":%q}`, ours)
		}
	}()
	next(huma.WithValue(ctx, requestKey{}, r))
}

// order says who asks and for what purpose. Who is not known gets 401.
func (s *server) order(ctx context.Context, key, purpose string, version uint64) (clerk.Order, error) {
	r, ok := ctx.Value(requestKey{}).(*http.Request)
	if !ok {
		return clerk.Order{}, fault.New(fault.Internal, "a route without a request")
	}
	o, err := s.Identify(r)
	if err != nil {
		if fault.KindOf(err) == fault.Forbidden {
			return o, huma.Error401Unauthorized("sign in, or send an API key as Authorization: Bearer …")
		}
		return o, problem(err)
	}
	o.Key, o.Purpose, o.Version = key, purpose, version
	return o, nil
}

func init() {
	// What was sent is not sent back in a problem: it may hold a password.
	said := huma.NewError
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		e := said(status, msg, errs...)
		if m, ok := e.(*huma.ErrorModel); ok {
			for _, d := range m.Errors {
				d.Value = nil
			}
		}
		return e
	}
}

// statusOf is the status of a kind of fault. What is forbidden does not exist.
var statusOf = map[fault.Kind]int{
	fault.Invalid:     http.StatusUnprocessableEntity,
	fault.NotFound:    http.StatusNotFound,
	fault.Forbidden:   http.StatusNotFound,
	fault.Conflict:    http.StatusConflict,
	fault.Unavailable: http.StatusServiceUnavailable,
	fault.Corrupt:     http.StatusInternalServerError,
	fault.Internal:    http.StatusInternalServerError,
}

// problem turns a fault into what is answered. Of what is broken on our side
// nothing is told but that it is.
func problem(err error) error {
	if err == nil {
		return nil
	}
	if own, ok := err.(huma.StatusError); ok {
		return own
	}
	kind := fault.KindOf(err)
	status := statusOf[kind]
	switch {
	case kind == fault.Forbidden:
		return huma.NewError(status, "there is no such thing")
	case kind == fault.Unavailable:
		slog.Error("a request could not be served", "error", err)
		return huma.NewError(status, "not now: try again in a while, a command under the same key; the cause was logged")
	case status >= http.StatusInternalServerError:
		slog.Error("a request failed", "error", err)
		return huma.NewError(status, ours)
	}
	p := huma.NewError(status, err.Error())
	if m, ok := p.(*huma.ErrorModel); ok {
		if hint := fault.Hints(err); hint != "" {
			m.Errors = append(m.Errors, &huma.ErrorDetail{Message: hint, Location: "hint"})
		}
	}
	return p
}

// ours is what is told of a fault of ours.
const ours = "something is broken on our side; it was logged"
