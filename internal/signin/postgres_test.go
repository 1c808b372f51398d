package signin_test

import (
	"testing"
	"time"

	"interdict/internal/fault"
	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/roster"
	"interdict/internal/store"
)

// The story of two people on a real Postgres: what is used once is used once
// there too, and the loser leaves nothing of his transaction.
func TestOnPostgres(t *testing.T) {
	h := openOn(t, func() (store.Engine, error) {
		return postgres.Engine(t.Context(), postgrestest.Start(t).Database(t))
	})
	ctx := t.Context()
	seed := h.password(h.redeem(h.invite(roster.System, "anna", day), day), annas, day)
	boris := h.passkey(h.redeem(h.invite("anna", "boris", day), day), day)
	now := day.Add(time.Minute)
	first, err := h.gate.Password(ctx, now, "here", "anna", annas, codeAt(t, seed, now))
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.gate.Password(ctx, now, "there", "anna", annas, codeAt(t, seed, now))
	if err != nil {
		t.Fatal(err)
	}
	h.do(first.Change, nil)
	is(t, "the second use of one code", h.write(second.Change), fault.Conflict)

	o, state, err := h.gate.BeginPasskeySignIn(now)
	if err != nil {
		t.Fatal(err)
	}
	answer := boris.get(o)
	won, err := h.gate.SignInPasskey(ctx, now, state, answer)
	if err != nil {
		t.Fatal(err)
	}
	lost, err := h.gate.SignInPasskey(ctx, now, state, answer)
	if err != nil {
		t.Fatal(err)
	}
	h.do(won.Change, nil)
	if err := h.write(lost.Change); err == nil {
		t.Error("one challenge let two in")
	}
	for token, want := range map[string]roster.PersonID{first.Token: "anna", won.Token: "boris"} {
		if who, err := h.gate.Session(ctx, now, token); err != nil || who.Person != want {
			t.Errorf("session of %s: %+v, %v", want, who, err)
		}
	}
	for _, token := range []string{second.Token, lost.Token} {
		_, err := h.gate.Session(ctx, now, token)
		is(t, "a session of who came second", err, fault.Forbidden)
	}
	h.do(h.gate.RevokeAll(ctx, now, "anna", "left the house"))
	_, err = h.gate.Session(ctx, now, first.Token)
	is(t, "a session of who left", err, fault.Forbidden)
}
