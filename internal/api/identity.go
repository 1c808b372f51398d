package api

import (
	"net/http"
	"time"

	"interdict/internal/fault"
	"interdict/internal/signin"
)

// stateCookie brings our state back beside what the provider gives the browser.
const stateCookie = "interdict-identity"

// identity puts the routes of an OpenID Connect provider on the mux: out to it
// and back. They are for browsers, and no part of the described API.
func (s *server) identity(mux *http.ServeMux, i *signin.Identities) {
	mux.HandleFunc("GET /v1/sign-in/identity", func(w http.ResponseWriter, r *http.Request) {
		address, state, err := i.BeginSignIn(s.now())
		if err != nil {
			http.Error(w, "the provider cannot be asked now", http.StatusServiceUnavailable)
			return
		}
		// Lax: the browser comes back from another site.
		http.SetCookie(w, &http.Cookie{
			Name: stateCookie, Value: state, Path: "/v1/sign-in/identity", MaxAge: 600,
			HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode,
		})
		http.Redirect(w, r, address, http.StatusSeeOther)
	})
	mux.HandleFunc("GET /v1/sign-in/identity/return", func(w http.ResponseWriter, r *http.Request) {
		state, err := r.Cookie(stateCookie)
		if err != nil {
			http.Error(w, "begin to sign in again", http.StatusUnauthorized)
			return
		}
		e, err := i.SignIn(r.Context(), s.now(), state.Value, r.FormValue("state"), r.FormValue("code"))
		if err == nil {
			err = s.Clerk.Keep(r.Context(), e.Person, e.Change)
		}
		switch {
		case fault.KindOf(err) == fault.Unavailable:
			http.Error(w, "not now", http.StatusServiceUnavailable)
			return
		case err != nil:
			http.Error(w, "not signed in", http.StatusUnauthorized)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: stateCookie, Path: "/v1/sign-in/identity", Expires: time.Unix(0, 0), MaxAge: -1})
		w.Header().Add("Set-Cookie", cookieOf(r, e.Token, e.Until))
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})
}
