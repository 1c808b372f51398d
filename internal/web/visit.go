package web

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"
	"golang.org/x/text/message"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/roster"
)

// visit is one request and whose it is.
type visit struct {
	*server
	w http.ResponseWriter
	r *http.Request

	sent    io.ReadCloser // body of the request, before it is known who may send how much
	Order   clerk.Order
	Person  roster.Person // zero: nobody is signed in
	Roster  roster.Roster // who there is, for names; empty for who may not see it
	Tongue  tongue
	Zone    *time.Location
	Theme   string // "light", "dark", "" for the system's
	printer *message.Printer
	refresh int             // seconds after which a browser without script loads the page anew; 0: never
	watches clerk.Seen      // the thing of the page, of which it says when it changes; zero: none
	banner  templ.Component // what stands above every page for now; nil: nothing
}

type visitKey struct{}

// visitOf returns the visit that a component is rendered for.
func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

func (s *server) visit(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{server: s, w: w, r: r, sent: r.Body, Tongue: tongueOf(r), Theme: v1(r, themeCookie), Zone: zoneOf(r)}
	v.printer = v.Tongue.printer()
	return v
}

// recognise finds out who visits. Nobody is no error.
func (v *visit) recognise() error {
	o, err := v.Identify(v.r)
	if fault.KindOf(err) == fault.Forbidden && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	person, all, err := v.Clerk.Person(v.ctx(), o.By)
	if fault.KindOf(err) == fault.Forbidden && err != nil {
		return nil // has left since
	}
	if err != nil {
		return err
	}
	v.Person = person
	o.Purpose = v1(v.r, purposeCookie)
	v.Order = o
	if v.mayEver(v)["roster.read"] {
		v.Roster = all
	}
	v.warn()
	return nil
}

func (v *visit) signedIn() bool { return v.Person.ID != "" }

// may reports whether an action may ever be the visitor's.
func (v *visit) may(actions ...access.Action) bool {
	if !v.signedIn() {
		return false
	}
	all := v.mayEver(v)
	for _, a := range actions {
		if all[a] {
			return true
		}
	}
	return false
}

// ctx is the context of the request.
func (v *visit) ctx() context.Context { return v.r.Context() }

// own is the context in which components and messages know the visit.
func (v *visit) own() context.Context { return context.WithValue(v.ctx(), visitKey{}, v) }

// read reads a thing and returns what the visitor may see of it.
func (v *visit) read(kind, id string) (clerk.Seen, error) {
	when, err := clerk.ParseWhen(v.r.FormValue("as_of"))
	if err != nil {
		return clerk.Seen{}, err
	}
	seen, err := v.Clerk.Read(v.ctx(), v.Order, kind, id, when)
	if err == nil && when == (clerk.When{}) && v.watches.Stream == "" {
		v.watches = seen
	}
	return seen, err
}

// here is the address of the page that is shown, for coming back to it.
func (v *visit) here() string { return v.r.URL.RequestURI() }

// goTo sends the browser to another page of ours.
func (v *visit) goTo(path string) error {
	http.Redirect(v.w, v.r, within(path), http.StatusSeeOther)
	return nil
}

// within returns path if it is a page of ours, else the first page.
func within(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, `\`) {
		return "/"
	}
	return path
}

// nameOf is how a person is called on a page.
func (v *visit) nameOf(p roster.PersonID) string {
	if p == v.Person.ID && v.Person.Name != "" {
		return v.Person.Name
	}
	if x, ok := v.Roster.Person(p); ok && x.Name != "" {
		return x.Name
	}
	return string(p)
}

// organisationOf is how an organisation is called on a page.
func (v *visit) organisationOf(o roster.OrganisationID) string {
	if x, ok := v.Roster.Organisations[o]; ok && x.Name != "" {
		return x.Name
	}
	return string(o)
}
