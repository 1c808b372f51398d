package demo

import (
	"net/http"
	"net/url"
	"strings"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

// EnterPath is where a click signs in, by POST: the form value person says as
// whom, next to which page.
const EnterPath = "/demo/enter"

// Enter signs a visitor in as the account of this server that he names: an
// ordinary session, which ends like any other. Who was somebody else before is
// signed out as that.
func Enter(c *clerk.Clerk, server Server) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
		who := roster.PersonID(r.FormValue("person"))
		if !has(server, who) {
			http.Error(w, "the demo has no such account on this server", http.StatusNotFound)
			return
		}
		if err := enter(w, r, c, who); err != nil {
			status := http.StatusInternalServerError
			if fault.KindOf(err) == fault.Forbidden {
				status = http.StatusNotFound
			}
			http.Error(w, err.Error(), status)
			return
		}
		http.Redirect(w, r, local(r.FormValue("next")), http.StatusSeeOther)
	})
}

func enter(w http.ResponseWriter, r *http.Request, c *clerk.Clerk, who roster.PersonID) error {
	if token := signin.TokenOf(r); token != "" {
		if err := c.Gate.Leave(token).Write(r.Context(), c.Store.Queries()); err != nil {
			return err
		}
	}
	e := c.Gate.Vouch(c.Now().UTC(), who)
	if err := c.Keep(r.Context(), who, e.Change); err != nil {
		return err
	}
	w.Header().Add("Set-Cookie", signin.CookieOf(r, e.Token, e.Until))
	return nil
}

// local returns a path of this server, and never leads elsewhere.
func local(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
		return "/"
	}
	return next
}
