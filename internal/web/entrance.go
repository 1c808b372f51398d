package web

import (
	"net"
	"net/http"
	"net/url"
	"time"

	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

// entrance is signing in and out.
func (s *server) entrance() {
	s.open("GET /sign-in", func(v *visit) error { return v.showSignIn(http.StatusOK, "", within(v.r.FormValue("next"))) })
	s.open("POST /sign-in", (*visit).signIn)
	s.open("POST /sign-out", (*visit).signOut)
}

// askWho asks for signing in, and comes back to the page.
func (v *visit) askWho() error {
	if v.r.Method != http.MethodGet {
		return v.showSignIn(http.StatusUnauthorized, "You are not signed in any longer. What you sent was not done.", "/")
	}
	return v.goTo("/sign-in?next=" + url.QueryEscape(v.here()))
}

func (v *visit) showSignIn(status int, trouble, next string) error {
	return v.render(status, frame(say(v.own(), "Sign in"), signInForm(trouble, next, v.r.PostFormValue("person"))))
}

func (v *visit) signIn() error {
	if v.gate() == nil {
		return fault.New(fault.NotFound, "nobody signs in here")
	}
	from, _, _ := net.SplitHostPort(v.r.RemoteAddr)
	person := roster.PersonID(v.r.PostFormValue("person"))
	e, err := v.gate().Password(v.ctx(), v.now(), from, person, v.r.PostFormValue("password"), v.r.PostFormValue("code"))
	if err == nil {
		err = v.Clerk.Keep(v.ctx(), e.Person, e.Change)
	}
	if fault.KindOf(err) == fault.Forbidden && err != nil {
		return v.showSignIn(http.StatusUnauthorized, "Person, password or code are not right, or there were too many attempts.", within(v.r.PostFormValue("next")))
	}
	if err != nil {
		return err
	}
	v.w.Header().Add("Set-Cookie", signin.CookieOf(v.r, e.Token, e.Until))
	return v.goTo(v.r.PostFormValue("next"))
}

func (v *visit) signOut() error {
	if token := signin.TokenOf(v.r); token != "" && v.gate() != nil {
		change := v.gate().Leave(token)
		if err := change.Write(v.ctx(), v.Clerk.Store.Queries()); err != nil {
			return err
		}
	}
	v.w.Header().Add("Set-Cookie", signin.CookieOf(v.r, "", time.Time{}))
	v.forget(purposeCookie)
	return v.goTo("/")
}

// askPurpose asks what restricted content is read for, and comes back to it.
func (v *visit) askPurpose() error {
	return v.render(http.StatusUnprocessableEntity, frame(say(v.own(), "What for?"), purposeForm()))
}
