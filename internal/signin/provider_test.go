package signin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"testing"
	"time"

	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
	"interdict/internal/signin/signintest"
)

const back = origin + "/sign-in/back"

func newProvider(t *testing.T) *signintest.Provider {
	t.Helper()
	return signintest.New(t, back, func() time.Time { return day })
}

func (h *house) discover(p *signintest.Provider) *signin.Identities {
	h.t.Helper()
	i, err := h.gate.Discover(h.t.Context(), signin.Provider{Issuer: p.URL, ClientID: signintest.ClientID, ClientSecret: signintest.ClientSecret, Redirect: back})
	if err != nil {
		h.t.Fatal(err)
	}
	return i
}

// identity adds the identity that a person has at the provider.
func (h *house) identity(i *signin.Identities, p *signintest.Provider, r signin.Right, user string) (signin.Change, error) {
	h.t.Helper()
	address, state, err := i.BeginAdd(day, r)
	if err != nil {
		h.t.Fatal(err)
	}
	answer, code := p.Visit(user, address)
	return i.Add(h.t.Context(), day, r, state, answer, code)
}

func TestIdentitiesOfTwoPeople(t *testing.T) {
	h := open(t)
	p := newProvider(t)
	i := h.discover(p)
	code := h.invite(roster.System, "anna", day)
	h.do(h.identity(i, p, h.redeem(code, day), "subject-1"))
	_, err := h.gate.Redeem(t.Context(), day, code)
	is(t, "a code that an identity used up", err, fault.Forbidden)
	h.do(h.identity(i, p, signin.SignedInAs("boris"), "subject-2"))
	_, err = h.identity(i, p, signin.SignedInAs("boris"), "subject-1")
	is(t, "an identity that is another's", err, fault.Conflict)

	for user, want := range map[string]roster.PersonID{"subject-1": "anna", "subject-2": "boris", "subject-3": ""} {
		address, state, err := i.BeginSignIn(day)
		if err != nil {
			t.Fatal(err)
		}
		answer, code := p.Visit(user, address)
		e, err := i.SignIn(t.Context(), day, state, answer, code)
		if want == "" {
			is(t, "a stranger with an identity", err, fault.Forbidden)
			continue
		}
		token := h.enter(e, err)
		if who, err := h.gate.Session(t.Context(), day, token); err != nil || who.Person != want {
			t.Errorf("%s is taken for %+v, %v", user, who, err)
		}
	}
	h.quiet()
}

func TestProviderThatIsNotBelieved(t *testing.T) {
	h := open(t)
	p := newProvider(t)
	i := h.discover(p)
	h.do(h.identity(i, p, signin.SignedInAs("anna"), "subject-1"))
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	try := func() error {
		address, state, err := i.BeginSignIn(day)
		if err != nil {
			t.Fatal(err)
		}
		answer, code := p.Visit("subject-1", address)
		_, err = i.SignIn(t.Context(), day, state, answer, code)
		return err
	}
	if err := try(); err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(map[string]any){
		"another nonce":       func(c map[string]any) { c["nonce"] = "x" },
		"no nonce":            func(c map[string]any) { delete(c, "nonce") },
		"another client":      func(c map[string]any) { c["aud"] = "other" },
		"another issuer":      func(c map[string]any) { c["iss"] = "https://evil.example" },
		"a token that is out": func(c map[string]any) { c["exp"] = day.Add(-time.Second).Unix() },
		"an old token":        func(c map[string]any) { c["iat"] = day.Add(-time.Hour).Unix() },
		"a token of tomorrow": func(c map[string]any) { c["iat"] = day.Add(time.Hour).Unix() },
		"nobody":              func(c map[string]any) { c["sub"] = "" },
		"another subject":     func(c map[string]any) { c["sub"] = "subject-9" },
	} {
		p.Spoil = spoil
		is(t, what, try(), fault.Forbidden)
	}
	p.Spoil, p.Signer = nil, other
	is(t, "a token that another key signed", try(), fault.Forbidden)
}

func TestTripsAreTakenOnce(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	p := newProvider(t)
	i := h.discover(p)
	h.do(h.identity(i, p, signin.SignedInAs("anna"), "subject-1"))
	begin := func() (state, answer, code string) {
		address, state, err := i.BeginSignIn(day)
		if err != nil {
			t.Fatal(err)
		}
		answer, code = p.Visit("subject-1", address)
		return state, answer, code
	}
	mine, answer, code := begin()
	theirs, theirAnswer, theirCode := begin()
	_, err := i.SignIn(ctx, day, mine, theirAnswer, theirCode)
	is(t, "what came back to another browser", err, fault.Forbidden)
	_, err = i.SignIn(ctx, day, mine, "forged", code)
	is(t, "an answer that we did not ask for", err, fault.Forbidden)
	_, err = i.SignIn(ctx, day, mine, answer, theirCode)
	is(t, "a code with another verifier", err, fault.Forbidden)
	_, err = i.SignIn(ctx, day.Add(time.Hour), theirs, theirAnswer, theirCode)
	is(t, "an hour late", err, fault.Forbidden)
	h.enter(i.SignIn(ctx, day, mine, answer, code))
	_, err = i.SignIn(ctx, day, mine, answer, code)
	is(t, "the same again", err, fault.Forbidden)
	_, err = i.Add(ctx, day, signin.SignedInAs("boris"), mine, answer, code)
	is(t, "a trip to sign in, taken to add", err, fault.Forbidden)

	for _, issuer := range []string{"http://provider.example", "ftp://127.0.0.1", "", "provider"} {
		_, err := h.gate.Discover(ctx, signin.Provider{Issuer: issuer, ClientID: signintest.ClientID, Redirect: back})
		is(t, "issuer "+issuer, err, fault.Invalid)
	}
	p.Stop()
	_, err = h.gate.Discover(ctx, signin.Provider{Issuer: p.URL, ClientID: signintest.ClientID, Redirect: back})
	is(t, "a provider that is away", err, fault.Unavailable)
}
