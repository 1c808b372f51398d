package demo

import (
	"crypto/ed25519"
	"encoding/json"
	"net/http"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/session"
)

// VotePath is where a member of the demo votes with the key that the demo keeps
// for him, by POST: the form values session, item, choice and next.
const VotePath = "/demo/vote"

// Vote casts the ballot of the member who is signed in. Where a commission works
// members keep their keys themselves.
func Vote(c *clerk.Clerk, told Told) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
		caller, err := c.Gate.Caller(r, c.Now().UTC())
		if err != nil {
			http.Error(w, "sign in as a member", http.StatusUnauthorized)
			return
		}
		key, ok := told.Ballots[caller.Person]
		if !ok {
			http.Error(w, "only members vote", http.StatusNotFound)
			return
		}
		order := clerk.Order{By: caller.Person, Scope: caller.Scope}
		id := r.FormValue("session")
		b, err := Ballot(r.Context(), c, ed25519.PrivateKey(key), caller.Person, id, r.FormValue("item"), session.Choice(r.FormValue("choice")))
		if err == nil {
			var text []byte
			if text, err = json.Marshal(body{"item": b.Item, "seat": b.Seat, "choice": b.Choice, "signature": b.Signature}); err == nil {
				_, err = c.Do(r.Context(), order, "session.vote", id, text)
			}
		}
		if err != nil {
			http.Error(w, err.Error(), statusOf(err))
			return
		}
		http.Redirect(w, r, local(r.FormValue("next")), http.StatusSeeOther)
	})
}

func statusOf(err error) int {
	switch fault.KindOf(err) {
	case fault.NotFound, fault.Forbidden:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}
