package signin_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

func TestSessionsEnd(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	seed := h.password(h.redeem(h.invite(roster.System, "anna", day), day), annas, day)
	at := day
	fresh := func() string {
		at = at.Add(time.Minute)
		return h.enter(h.gate.Password(ctx, at, "here", "anna", annas, codeAt(t, seed, at)))
	}
	open := func(token string, now time.Time) bool {
		_, err := h.gate.Session(ctx, now, token)
		return err == nil
	}
	one, two := fresh(), fresh()
	if !open(one, at) || !open(two, at) {
		t.Fatal("two sessions do not stand side by side")
	}
	if open(one, day.Add(9*time.Hour)) || open("", at) || open(one+"x", at) {
		t.Error("a session outlives its time, or was never begun")
	}
	h.do(h.gate.Leave(one), nil)
	if open(one, at) || !open(two, at) {
		t.Error("leaving one session ends that one")
	}
	h.do(h.gate.LeaveAll("anna", "lost her telephone"), nil)
	if open(two, at) {
		t.Error("a session is left")
	}
	three := fresh()
	h.do(h.gate.RevokeAll(ctx, at, "anna", "left the house"))
	at = at.Add(time.Minute)
	_, err := h.gate.Password(ctx, at, "here", "anna", annas, codeAt(t, seed, at))
	is(t, "the password of who left", err, fault.Forbidden)
	if open(three, at) || len(h.ring["anna"].Good) != 0 {
		t.Errorf("who left is still there: %v", h.ring["anna"].Good)
	}
	h.quiet()
}

func TestRecoveryTakesTwo(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	for _, by := range []roster.PersonID{"anna", ""} {
		_, _, err := h.gate.Invite(ctx, day, by, "anna")
		is(t, "a code from "+string(by)+" for anna", err, fault.Forbidden)
	}
	old := h.invite("adam", "anna", day)
	code := h.invite("adam", "anna", day)
	_, err := h.gate.Redeem(ctx, day, old)
	is(t, "a code before the last", err, fault.Forbidden)
	_, err = h.gate.Redeem(ctx, day.Add(73*time.Hour), code)
	is(t, "a code after three days", err, fault.Forbidden)
	for _, wrong := range []string{"", "ic_", "ic_x_y", code[:len(code)-1] + "?", "ik" + code[2:], old[:20] + code[20:]} {
		_, err := h.gate.Redeem(ctx, day, wrong)
		is(t, "code "+wrong, err, fault.Forbidden)
	}

	right := h.redeem(code, day)
	again := h.redeem(code, day) // looking at it does not use it up
	setup, err := h.gate.BeginPassword(day, right)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct{ password, code string }{
		"a short password": {"short", codeAt(t, setup.Seed, day)},
		"a wrong code":     {annas, codeAt(t, setup.Seed, day.Add(time.Hour))},
	} {
		_, err := h.gate.AddPassword(ctx, day, right, setup.State, c.password, c.code)
		is(t, what, err, fault.Invalid)
	}
	_, err = h.gate.AddPassword(ctx, day, signin.SignedInAs("boris"), setup.State, boriss, codeAt(t, setup.Seed, day))
	is(t, "the setup of another person", err, fault.Forbidden)
	_, err = h.gate.AddPassword(ctx, day.Add(time.Hour), right, setup.State, annas, codeAt(t, setup.Seed, day.Add(time.Hour)))
	is(t, "a setup of an hour ago", err, fault.Forbidden)
	c, err := h.gate.AddPassword(ctx, day, right, setup.State, annas, codeAt(t, setup.Seed, day))
	h.do(c, err)

	second, err := h.gate.BeginPassword(day, again)
	if err != nil {
		t.Fatal(err)
	}
	c, err = h.gate.AddPassword(ctx, day, again, second.State, boriss, codeAt(t, second.Seed, day))
	if err != nil {
		t.Fatal(err)
	}
	is(t, "the second use of a code", h.write(c), fault.Conflict)
	_, err = h.gate.Redeem(ctx, day, code)
	is(t, "a used code", err, fault.Forbidden)
	if good := h.ring["anna"].Good; len(good) != 1 || !strings.HasPrefix(good[0], "password/") {
		t.Errorf("the ledger knows of %q", good)
	}
	h.quiet()
}

// A store that fails is no refusal: nobody is told that his password is wrong.
func TestStoreThatFails(t *testing.T) {
	h := open(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := h.gate.Password(ctx, day, "here", "anna", annas, "123456")
	is(t, "password", err, fault.Unavailable)
	_, err = h.gate.Session(ctx, day, "token")
	is(t, "session", err, fault.Unavailable)
	_, err = h.gate.Key(ctx, day, "ik_a_b")
	is(t, "key", err, fault.Unavailable)
	_, err = h.gate.Redeem(ctx, day, "ic_a_b")
	is(t, "code", err, fault.Unavailable)
}

// TestTwoServersOfOneMachine: browsers keep one jar for all ports of a host.
func TestTwoServersOfOneMachine(t *testing.T) {
	ask := func(host string) *http.Request {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+host+"/", nil)
		return r
	}
	set := func(host, token string) *http.Cookie {
		c, err := http.ParseSetCookie(signin.CookieOf(ask(host), token, time.Now().Add(time.Hour)))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	one, two := set("127.0.0.1:8080", "first"), set("127.0.0.1:8081", "second")
	if one.Name == two.Name {
		t.Fatalf("both servers set %q", one.Name)
	}
	for host, want := range map[string]string{"127.0.0.1:8080": "first", "127.0.0.1:8081": "second", "127.0.0.1:8082": "", "localhost": ""} {
		r := ask(host)
		r.AddCookie(one)
		r.AddCookie(two)
		if got := signin.TokenOf(r); got != want {
			t.Errorf("%s takes the token %q, want %q", host, got, want)
		}
	}
}

// A session that was left open, and a key, do not become a new way in.
func TestOnlyARecentSessionAddsCredentials(t *testing.T) {
	h := open(t)
	seed := h.password(h.redeem(h.invite(roster.System, "anna", day), day), annas, day)
	at := day.Add(time.Minute)
	token := h.enter(h.gate.Password(t.Context(), at, "here", "anna", annas, codeAt(t, seed, at)))
	key, c, err := h.gate.IssueKey(day, signin.Grant{Person: "anna", Scope: access.All(), Until: day.Add(time.Hour)})
	h.do(c, err)
	h.secrets = append(h.secrets, key[strings.LastIndex(key, "_")+1:])
	for _, c := range []struct {
		what  string
		by    string
		after time.Duration
		want  fault.Kind
		good  bool
	}{
		{"at once", "session", 0, 0, true},
		{"ten minutes later", "session", 10 * time.Minute, 0, true},
		{"later", "session", 10*time.Minute + time.Second, fault.Conflict, false},
		{"with a key", "key", 0, fault.Forbidden, false},
		{"by nobody", "", 0, fault.Forbidden, false},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		switch c.by {
		case "session":
			name, _, _ := strings.Cut(signin.CookieOf(r, token, at.Add(time.Hour)), "=")
			r.AddCookie(&http.Cookie{Name: name, Value: token})
		case "key":
			r.Header.Set("Authorization", "Bearer "+key)
		}
		right, err := h.gate.SignedIn(r, at.Add(c.after))
		if c.good {
			if err != nil || right.Person != "anna" {
				t.Errorf("%s: %+v, %v", c.what, right, err)
			}
			continue
		}
		is(t, c.what, err, c.want)
	}
	h.quiet()
}
