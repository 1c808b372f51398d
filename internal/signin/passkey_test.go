package signin_test

import (
	"bytes"
	"testing"
	"time"

	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

// passkey gives a person a passkey.
func (h *house) passkey(r signin.Right, now time.Time) *authenticator {
	h.t.Helper()
	a := newAuthenticator(h.t)
	o, state, err := h.gate.BeginPasskey(h.t.Context(), now, r, string(r.Person))
	if err != nil {
		h.t.Fatal(err)
	}
	h.do(h.gate.AddPasskey(h.t.Context(), now, r, state, a.create(o)))
	return a
}

// signIn runs the whole ceremony.
func (h *house) signIn(a *authenticator, now time.Time) (signin.Entered, error) {
	h.t.Helper()
	o, state, err := h.gate.BeginPasskeySignIn(now)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.gate.SignInPasskey(h.t.Context(), now, state, a.get(o))
}

func TestPasskeysOfTwoPeople(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	anna := h.passkey(h.redeem(h.invite(roster.System, "anna", day), day), day)
	boris := h.passkey(h.redeem(h.invite("anna", "boris", day), day), day)
	for want, a := range map[roster.PersonID]*authenticator{"anna": anna, "boris": boris} {
		for range 2 {
			a.count++
			token := h.enter(h.signIn(a, day))
			if who, err := h.gate.Session(ctx, day, token); err != nil || who.Person != want {
				t.Errorf("%s is taken for %+v, %v", want, who, err)
			}
		}
	}
	if bytes.Contains(anna.handle, []byte("anna")) || bytes.Equal(anna.handle, boris.handle) {
		t.Error("a handle tells whose it is, or is everybody's")
	}
	h.quiet()
}

func TestPasskeysThatAreRefused(t *testing.T) {
	h := open(t)
	anna := h.passkey(h.redeem(h.invite(roster.System, "anna", day), day), day)
	boris := h.passkey(h.redeem(h.invite("anna", "boris", day), day), day)
	anna.count = 5
	h.enter(h.signIn(anna, day))
	anna.count = 6
	for what, spoil := range map[string]func(a *authenticator){
		"another page":          func(a *authenticator) { a.origin = "https://interdict.example.evil" },
		"another host":          func(a *authenticator) { a.host = "evil.example" },
		"nobody verified":       func(a *authenticator) { a.flags = present },
		"nobody present":        func(a *authenticator) { a.flags = verified },
		"another key":           func(a *authenticator) { a.key = newAuthenticator(t).key },
		"another's id":          func(a *authenticator) { a.id = boris.id },
		"another's handle":      func(a *authenticator) { a.handle = boris.handle },
		"both of another":       func(a *authenticator) { a.id, a.handle = boris.id, boris.handle },
		"an unknown id":         func(a *authenticator) { a.id = []byte("nobody knows this one") },
		"a counter gone back":   func(a *authenticator) { a.count = 5 },
		"a counter of long ago": func(a *authenticator) { a.count = 0 },
	} {
		a := *anna
		spoil(&a)
		_, err := h.signIn(&a, day)
		is(t, what, err, fault.Forbidden)
	}
	h.enter(h.signIn(anna, day))
}

// A challenge is answered once, in time, and for what it was given.
func TestChallengesAreUsedOnce(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	anna := h.passkey(h.redeem(h.invite(roster.System, "anna", day), day), day)
	o, state, err := h.gate.BeginPasskeySignIn(day)
	if err != nil {
		t.Fatal(err)
	}
	answer := anna.get(o)
	_, err = h.gate.SignInPasskey(ctx, day.Add(11*time.Minute), state, answer)
	is(t, "a late answer", err, fault.Forbidden)
	_, other, err := h.gate.BeginPasskeySignIn(day)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.gate.SignInPasskey(ctx, day, other, answer)
	is(t, "the answer to another challenge", err, fault.Forbidden)
	for _, s := range []string{"", "x", state[:len(state)-2], state + "AA"} {
		_, err = h.gate.SignInPasskey(ctx, day, s, answer)
		is(t, "a spoilt state", err, fault.Forbidden)
	}
	_, err = h.gate.SignInPasskey(ctx, day, state, []byte("{}"))
	is(t, "no answer", err, fault.Forbidden)

	first, err := h.gate.SignInPasskey(ctx, day, state, answer)
	if err != nil {
		t.Fatal(err)
	}
	twin, err := h.gate.SignInPasskey(ctx, day, state, answer)
	if err != nil {
		t.Fatal(err)
	}
	h.do(first.Change, nil)
	if err := h.write(twin.Change); err == nil {
		t.Error("one challenge let two in")
	}
	_, err = h.gate.SignInPasskey(ctx, day, state, answer)
	is(t, "an answer sent again", err, fault.Forbidden)
	if _, err := h.gate.Session(ctx, day, first.Token); err != nil {
		t.Errorf("the one who was let in: %v", err)
	}
}

func TestAddingPasskeys(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	code := h.invite(roster.System, "anna", day)
	right := h.redeem(code, day)
	o, state, err := h.gate.BeginPasskey(ctx, day, right, "Anna")
	if err != nil {
		t.Fatal(err)
	}
	a := newAuthenticator(t)
	said := a.read(o).PublicKey
	if said.Selection.ResidentKey != "required" || said.Selection.UserVerification != "required" || said.RP.ID != host {
		t.Errorf("the browser is asked for %+v", said)
	}
	for what, spoil := range map[string]func(a *authenticator){
		"another page":    func(a *authenticator) { a.origin = "https://evil.example" },
		"another host":    func(a *authenticator) { a.host = "evil.example" },
		"nobody verified": func(a *authenticator) { a.flags = present },
	} {
		b := *a
		spoil(&b)
		_, err := h.gate.AddPasskey(ctx, day, right, state, b.create(o))
		is(t, what, err, fault.Invalid)
	}
	_, err = h.gate.AddPasskey(ctx, day, signin.SignedInAs("boris"), state, a.create(o))
	is(t, "the challenge of another person", err, fault.Forbidden)
	h.do(h.gate.AddPasskey(ctx, day, right, state, a.create(o)))
	_, err = h.gate.Redeem(ctx, day, code)
	is(t, "a code that a passkey used up", err, fault.Forbidden)

	// Boris cannot take over what is Anna's.
	o, state, err = h.gate.BeginPasskey(ctx, day, signin.SignedInAs("boris"), "Boris")
	if err != nil {
		t.Fatal(err)
	}
	mine := *a
	_, err = h.gate.AddPasskey(ctx, day, signin.SignedInAs("boris"), state, mine.create(o))
	is(t, "a passkey that is another's", err, fault.Conflict)
	if n := len(a.read(o).PublicKey.Exclude); n != 0 {
		t.Errorf("boris is told of %d passkeys of others", n)
	}
	o, _, err = h.gate.BeginPasskey(ctx, day, signin.SignedInAs("anna"), "Anna")
	if err != nil {
		t.Fatal(err)
	}
	if x := a.read(o).PublicKey.Exclude; len(x) != 1 || x[0].ID != base(a.id) {
		t.Errorf("anna's own passkey is not left out: %+v", x)
	}
	held, err := h.gate.Credentials(ctx, "anna")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range held {
		if c.Kind == signin.Passkey {
			h.do(h.gate.Revoke(ctx, day, c.ID, "lost"))
		}
	}
	_, err = h.signIn(a, day)
	is(t, "a revoked passkey", err, fault.Forbidden)
}

// Whoever asks to sign in is told the same, whoever there is.
func TestSignInTellsNothing(t *testing.T) {
	h := open(t)
	h.passkey(h.redeem(h.invite(roster.System, "anna", day), day), day)
	o, _, err := h.gate.BeginPasskeySignIn(day)
	if err != nil {
		t.Fatal(err)
	}
	said := newAuthenticator(t).read(o).PublicKey
	if len(said.Allow) != 0 || said.Verify != "required" || said.RPID != host {
		t.Errorf("the browser is told %s", o)
	}
}
