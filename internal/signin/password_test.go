package signin_test

import (
	"strings"
	"testing"
	"time"

	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

const annas, boriss = "correct horse battery", "Лошадь батарея скоба"

// Two people side by side: what is one's opens nothing of the other's.
func TestPasswordOfTwoPeople(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	anna := h.password(h.redeem(h.invite(roster.System, "anna", day), day), annas, day)
	boris := h.password(h.redeem(h.invite("anna", "boris", day), day), boriss, day)

	now := day.Add(time.Minute)
	for what, c := range map[string]struct {
		person         roster.PersonID
		password, code string
	}{
		"his password and her code":   {"boris", boriss, codeAt(t, anna, now)},
		"her password and his code":   {"anna", annas, codeAt(t, boris, now)},
		"his password for her":        {"anna", boriss, codeAt(t, anna, now)},
		"no code":                     {"anna", annas, ""},
		"an old code":                 {"anna", annas, codeAt(t, anna, now.Add(-2*time.Minute))},
		"an early code":               {"anna", annas, codeAt(t, anna, now.Add(2*time.Minute))},
		"nobody":                      {"carol", annas, codeAt(t, anna, now)},
		"the password in capitals":    {"anna", strings.ToUpper(annas), codeAt(t, anna, now)},
		"an endless password":         {"anna", annas + strings.Repeat("x", 2000), codeAt(t, anna, now)},
		"nobody at all":               {"", "", ""},
		"a code used when it was set": {"anna", annas, codeAt(t, anna, day)},
	} {
		_, err := h.another(signin.Cost{Memory: 8, Passes: 1, Lanes: 1}).Password(ctx, now, "here", c.person, c.password, c.code)
		is(t, what, err, fault.Forbidden)
		if err != nil && err.Error() != "sign-in refused" {
			t.Errorf("%s: the answer %q tells the cause", what, err)
		}
	}

	a := h.enter(h.gate.Password(ctx, now, "here", "anna", annas, codeAt(t, anna, now)))
	b := h.enter(h.gate.Password(ctx, now, "here", "boris", boriss, codeAt(t, boris, now)))
	for token, want := range map[string]roster.PersonID{a: "anna", b: "boris"} {
		if who, err := h.gate.Session(ctx, now, token); err != nil || who.Person != want || who.Scope != nil {
			t.Errorf("session of %s: %+v, %v", want, who, err)
		}
	}
	_, err := h.gate.Password(ctx, now, "here", "anna", annas, codeAt(t, anna, now))
	is(t, "a code used twice", err, fault.Forbidden)
	h.quiet()
}

func TestOneCodeInTwoProcesses(t *testing.T) {
	h := open(t)
	seed := h.password(h.redeem(h.invite(roster.System, "anna", day), day), annas, day)
	now := day.Add(time.Minute)
	first, err := h.gate.Password(t.Context(), now, "here", "anna", annas, codeAt(t, seed, now))
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.another(signin.Cost{}).Password(t.Context(), now, "there", "anna", annas, codeAt(t, seed, now))
	if err != nil {
		t.Fatal(err)
	}
	h.do(first.Change, nil)
	is(t, "the second use of one code", h.write(second.Change), fault.Conflict)
	_, err = h.gate.Session(t.Context(), now, second.Token)
	is(t, "its session", err, fault.Forbidden)
}

// A new password ends the old one and every session that was had with it.
func TestPasswordReplaces(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	old := h.password(h.redeem(h.invite(roster.System, "anna", day), day), annas, day)
	now := day.Add(time.Minute)
	token := h.enter(h.gate.Password(ctx, now, "here", "anna", annas, codeAt(t, old, now)))
	seed := h.password(signin.SignedInAs("anna"), boriss, now)
	_, err := h.gate.Session(ctx, now, token)
	is(t, "a session of the old password", err, fault.Forbidden)
	now = now.Add(time.Minute)
	_, err = h.gate.Password(ctx, now, "here", "anna", annas, codeAt(t, old, now))
	is(t, "the old password", err, fault.Forbidden)
	h.enter(h.gate.Password(ctx, now, "here", "anna", boriss, codeAt(t, seed, now)))
	held, err := h.gate.Credentials(ctx, "anna")
	if err != nil || len(held) != 3 {
		t.Fatalf("credentials %+v, %v; want the code, the old and the new password", held, err)
	}
	good := 0
	for _, c := range held {
		if c.Revoked.IsZero() {
			good++
		}
	}
	if good != 1 {
		t.Errorf("%d of %+v are good", good, held)
	}
}

func TestGuessingIsSlow(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	seed := h.password(h.redeem(h.invite(roster.System, "anna", day), day), annas, day)
	now := day.Add(time.Minute)
	for _, person := range []roster.PersonID{"anna", "nobody"} {
		var kinds []fault.Kind
		for range 7 {
			_, err := h.gate.Password(ctx, now, string(person), person, "wrong password", "123456")
			kinds = append(kinds, fault.KindOf(err))
		}
		for i, k := range kinds {
			if want := map[bool]fault.Kind{true: fault.Forbidden, false: fault.Unavailable}[i < 5]; k != want {
				t.Errorf("guess %d at %s: %s, want %s", i+1, person, k, want)
			}
		}
	}
	_, err := h.gate.Password(ctx, now, "home", "anna", annas, codeAt(t, seed, now))
	is(t, "the right password meanwhile", err, fault.Unavailable)
	now = now.Add(4 * time.Minute)
	h.enter(h.gate.Password(ctx, now, "home", "anna", annas, codeAt(t, seed, now)))
	for i := range 30 {
		_, err := h.gate.Password(ctx, now, "one place", roster.PersonID(rune('a'+i)), "wrong password", "123456")
		if want := map[bool]fault.Kind{true: fault.Forbidden, false: fault.Unavailable}[i < 20]; fault.KindOf(err) != want {
			t.Errorf("guess %d from one place: %v, want %s", i+1, err, want)
		}
	}
}
