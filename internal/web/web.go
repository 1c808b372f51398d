package web

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/follow"
	"interdict/internal/paper"
	"interdict/internal/signin"
)

// Config is what the pages work with.
type Config struct {
	Clerk *clerk.Clerk
	// Identify tells who sends a request. Forbidden means that nobody is known.
	Identify func(*http.Request) (clerk.Order, error)
	// Identities reports whether people may sign in at an OpenID Connect provider.
	Identities bool
	Version    string
	// Ends is closed when the server is to stop: streams of events end with it.
	Ends <-chan struct{}
	// Following tells how things stand with the authority that is followed; nil
	// where none is.
	Following func() (follow.Status, error)
	// Enter is where a visitor of the demo chooses whom to be; "" anywhere else.
	Enter string
	// Fonts finds the fonts that evidence packs are printed with; nil: none are made.
	Fonts func() (*paper.Fonts, error)
	// Vote is where a member of the demo votes with the key that the demo keeps for
	// him; "" anywhere else.
	Vote string
}

// server answers requests for pages.
type server struct {
	Config
	mux    *http.ServeMux
	books  books           // of customers that are being screened
	handed handed          // alerts shown as the next one
	live   live            // pages that are watched for changes
	served map[string]bool // links of the navigation that lead to a page here
	could  sync.Map        // roles and organisation of a person: map[access.Action]bool
}

// Mount puts every page on the mux.
func Mount(mux *http.ServeMux, c Config) {
	messages() // here, so that the first reader does not wait for them
	s := &server{Config: c, mux: mux}
	mux.HandleFunc("GET /static/{hash}/{name}", serveStatic)
	for _, install := range areas {
		install(s)
	}
	s.open(anyOther, func(v *visit) error {
		if strings.HasPrefix(v.r.URL.Path, "/v1/") {
			http.NotFound(v.w, v.r)
			return nil
		}
		return fault.New(fault.NotFound, "there is no page %s", v.r.URL.Path)
	})
	s.served = servedBy(mux)
}

// anyOther is every address that nothing else is at.
const anyOther = "/"

// areas put the pages of one part of the work on the mux each.
var areas = []func(*server){
	(*server).settings, (*server).entrance, (*server).commands, (*server).desk, (*server).listings,
	(*server).public, (*server).oversight, (*server).administration, (*server).editions, (*server).following, (*server).results,
	(*server).dossiers, (*server).sessions, (*server).decisions, (*server).me, (*server).packs,
	(*server).alerts, (*server).materials, (*server).requests,
	(*server).screening, (*server).registers, (*server).lists,
	(*server).petitions, (*server).clocks, (*server).subscriptions, (*server).living,
}

// handler answers one request; what it returns is shown by the one page of errors.
type handler func(v *visit) error

// open is a page for everybody; who is signed in is known to it.
func (s *server) open(pattern string, h handler) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, h) })
}

// page is a page for people who are signed in. Others are asked to sign in, and
// come back to it.
func (s *server) page(pattern string, h handler) {
	s.open(pattern, func(v *visit) error {
		if !v.signedIn() {
			return v.askWho()
		}
		return h(v)
	})
}

// serve answers a request. A fault of ours that panics is logged and answered
// like any other.
func (s *server) serve(w http.ResponseWriter, r *http.Request, h handler) {
	guard(w.Header())
	if r.Method == http.MethodGet {
		r = r.WithContext(clerk.Still(r.Context()))
	}
	v := s.visit(w, r)
	r.Body = http.MaxBytesReader(w, v.sent, maxTyped)
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler { // cut off on purpose
				panic(p)
			}
			slog.Error("a page panicked", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
			v.fail(errOurs)
		}
	}()
	if err := v.recognise(); err != nil {
		v.fail(err)
		return
	}
	if err := h(v); err != nil {
		v.fail(err)
	}
}

// guard sets what browsers are told of every page: nothing from elsewhere, no
// inline script or style, no frame, nothing kept.
func guard(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-store")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
}

// mayEver returns what may ever be for the person to do, for leaving out of the
// pages what is never there for him.
func (s *server) mayEver(v *visit) map[access.Action]bool {
	key := string(v.Person.Organisation)
	for _, r := range v.Person.Roles {
		key += " " + string(r)
	}
	if got, ok := s.could.Load(key); ok {
		return got.(map[access.Action]bool)
	}
	got := s.Clerk.Could(v.Person)
	s.could.Store(key, got)
	return got
}

// render writes a page whole, or not at all.
func (v *visit) render(status int, c templ.Component) error {
	b := templ.GetBuffer()
	defer templ.ReleaseBuffer(b)
	if err := c.Render(v.own(), b); err != nil {
		return err
	}
	v.forget(saidCookie)
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b.Bytes()) // a reader who left is no fault
	return nil
}

// show writes a page in the frame of the house.
func (v *visit) show(title string, body templ.Component) error {
	return v.render(http.StatusOK, frame(title, body))
}

// now is the time by the clerk's clock.
func (s *server) now() time.Time { return s.Clerk.Now().UTC() }

func (s *server) gate() *signin.Gate { return s.Clerk.Gate }
