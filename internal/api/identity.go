package api

import (
	"net/http"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

// The cookies that bring back, beside what the provider gives the browser, our
// own state and what the trip is for.
const (
	stateCookie = "interdict-identity"
	tripCookie  = "interdict-identity-trip"
	tripPath    = "/v1/sign-in/identity"
)

// What a trip is for: to sign in; to add the identity of somebody who is signed
// in, whom the sealed state names too; or to add it by an enrolment code.
const (
	toSignIn  = "sign-in"
	addFor    = "add-for:"
	addByCode = "add-by:"
)

// identity puts the routes of an OpenID Connect provider on the mux: out to it
// and back. They are for browsers, and no part of the described API.
func (s *server) identity(mux *http.ServeMux, i *signin.Identities) {
	mux.HandleFunc("GET "+tripPath, func(w http.ResponseWriter, r *http.Request) {
		address, state, err := i.BeginSignIn(s.now())
		s.leave(w, r, toSignIn, address, state, err)
	})
	mux.HandleFunc("GET "+tripPath+"/add", func(w http.ResponseWriter, r *http.Request) {
		code := r.FormValue("code")
		right, err := s.rightOf(r, code)
		if err != nil {
			http.Error(w, "the code is not good, or nobody signed in within ten minutes", http.StatusUnauthorized)
			return
		}
		trip := addFor + string(right.Person)
		if code != "" {
			trip = addByCode + code
		}
		address, state, err := i.BeginAdd(s.now(), right)
		s.leave(w, r, trip, address, state, err)
	})
	mux.HandleFunc("GET "+tripPath+"/return", func(w http.ResponseWriter, r *http.Request) {
		state, err := r.Cookie(stateCookie)
		trip, none := r.Cookie(tripCookie)
		if err != nil || none != nil {
			http.Error(w, "begin again", http.StatusUnauthorized)
			return
		}
		for _, name := range []string{stateCookie, tripCookie} {
			http.SetCookie(w, &http.Cookie{Name: name, Path: tripPath, MaxAge: -1})
		}
		err = s.arrive(w, r, i, trip.Value, state.Value)
		switch {
		case fault.KindOf(err) == fault.Unavailable:
			http.Error(w, "not now", http.StatusServiceUnavailable)
		case err != nil:
			http.Error(w, "not signed in", http.StatusUnauthorized)
		default:
			http.Redirect(w, r, "/", http.StatusSeeOther)
		}
	})
}

// leave sends the browser to the provider.
func (s *server) leave(w http.ResponseWriter, r *http.Request, trip, address, state string, err error) {
	if err != nil {
		http.Error(w, "the provider cannot be asked now", http.StatusServiceUnavailable)
		return
	}
	for name, value := range map[string]string{stateCookie: state, tripCookie: trip} {
		// Lax: the browser comes back from another site.
		http.SetCookie(w, &http.Cookie{
			Name: name, Value: value, Path: tripPath, MaxAge: 600, HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode,
		})
	}
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// arrive does what the trip was for. The state was sealed for that very purpose
// and person, so that a changed cookie leads nowhere.
func (s *server) arrive(w http.ResponseWriter, r *http.Request, i *signin.Identities, trip, state string) error {
	ctx, answer, code := r.Context(), r.FormValue("state"), r.FormValue("code")
	if trip == toSignIn {
		e, err := i.SignIn(ctx, s.now(), state, answer, code)
		if err == nil {
			err = s.Clerk.Keep(ctx, e.Person, e.Change)
		}
		if err == nil {
			w.Header().Add("Set-Cookie", signin.CookieOf(r, e.Token, e.Until))
		}
		return err
	}
	var right signin.Right
	if person, ok := strings.CutPrefix(trip, addFor); ok {
		right = signin.SignedInAs(roster.PersonID(person))
	} else {
		var err error
		if right, err = s.Clerk.Gate.Redeem(ctx, s.now(), strings.TrimPrefix(trip, addByCode)); err != nil {
			return err
		}
	}
	change, err := i.Add(ctx, s.now(), right, state, answer, code)
	if err != nil {
		return err
	}
	return s.Clerk.Keep(ctx, right.Person, change)
}
