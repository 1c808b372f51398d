package web

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

// me are the pages of one's own credentials, and of the first one by a code.
func (s *server) me() {
	s.page("GET /me", (*visit).showMe)
	s.page("POST /me/password/begin", (*visit).beginPassword)
	s.page("POST /me/password", (*visit).addPassword)
	s.page("POST /me/keys", (*visit).issueKey)
	s.page("POST /me/revoke", (*visit).revokeOwn)
	s.open("GET /enrol", func(v *visit) error { return v.showEnrol("") })
	s.open("POST /enrol/begin", (*visit).beginEnrol)
	s.open("POST /enrol", (*visit).enrol)
}

// mePage is what somebody signs in with, and the key of his ballots.
type mePage struct {
	Held   []signin.Held
	Person roster.Person
	Secret string // of a new API key: shown once
	Setup  setup
	Fault  *failure
}

func (v *visit) showMe() error { return v.meWith(http.StatusOK, mePage{}) }

// meWith shows the page with what just happened on it.
func (v *visit) meWith(status int, p mePage) error {
	if v.gate() == nil {
		return fault.New(fault.NotFound, "nobody signs in here")
	}
	var err error
	if p.Held, err = v.Clerk.Credentials(v.ctx(), v.Order, v.Person.ID); err != nil {
		return err
	}
	slices.SortStableFunc(p.Held, func(a, b signin.Held) int {
		return cmp.Or(compareBool(!v.good(a), !v.good(b)), b.Created.Compare(a.Created))
	})
	p.Person = v.Person
	return v.render(status, frame(say(v.own(), "Your credentials and key"), meFrame(p)))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// good reports whether a credential can be used now.
func (v *visit) good(h signin.Held) bool {
	return h.Revoked.IsZero() && (h.Until.IsZero() || h.Until.After(v.now()))
}

// refused shows the page of one's credentials again with why something was not
// done.
func (v *visit) refusedMe(err error, p mePage) error {
	if k := fault.KindOf(err); k != fault.Invalid && k != fault.Conflict && k != fault.Forbidden {
		return err
	}
	f := failureOf(err)
	f.Status, f.Text, f.Hint = http.StatusUnprocessableEntity, err.Error(), fault.Hints(err)
	f.Title = "Something is not right"
	p.Fault = &f
	return v.meWith(f.Status, p)
}

// setup is what a person needs to make one-time codes, shown once.
type setup struct {
	signin.Setup
	Code string // enrolment code; "" for who is signed in
}

// beginPassword asks who has a password for it and a one-time code once more, so
// that a session that was left open does not become a new way in.
func (v *visit) beginPassword() error {
	if v.gate() == nil {
		return fault.New(fault.NotFound, "nobody signs in here")
	}
	held, err := v.Clerk.Credentials(v.ctx(), v.Order, v.Person.ID)
	if err != nil {
		return err
	}
	right := signin.SignedInAs(v.Person.ID)
	if slices.ContainsFunc(held, func(h signin.Held) bool { return h.Kind == signin.Password && v.good(h) }) {
		err = v.provedAnew()
	} else {
		right, err = v.gate().SignedIn(v.r, v.now())
	}
	if err != nil {
		return v.refusedMe(err, mePage{})
	}
	s, err := v.gate().BeginPassword(v.now(), right)
	if err != nil {
		return err
	}
	return v.meWith(http.StatusOK, mePage{Setup: setup{Setup: s}})
}

// provedAnew checks the password and one-time code that somebody gives beside
// his session.
func (v *visit) provedAnew() error {
	from, _, _ := net.SplitHostPort(v.r.RemoteAddr)
	e, err := v.gate().Password(v.ctx(), v.now(), from, v.Person.ID, v.r.PostFormValue("present"), v.r.PostFormValue("present_code"))
	if err != nil {
		return err
	}
	if err := v.Clerk.Keep(v.ctx(), e.Person, e.Change); err != nil {
		return err
	}
	v.w.Header().Add("Set-Cookie", signin.CookieOf(v.r, e.Token, e.Until))
	return nil
}

func (v *visit) addPassword() error {
	if v.gate() == nil {
		return fault.New(fault.NotFound, "nobody signs in here")
	}
	right, err := v.gate().SignedIn(v.r, v.now())
	if err != nil {
		return v.refusedMe(err, mePage{})
	}
	if err := v.keepPassword(right); err != nil {
		return v.refusedMe(err, mePage{Setup: v.setupAgain("")})
	}
	return v.goTo("/sign-in?next=%2Fme") // his sessions ended with it
}

// keepPassword adds the password of a form, by some right.
func (v *visit) keepPassword(right signin.Right) error {
	if v.r.PostFormValue("password") != v.r.PostFormValue("again") {
		return fault.New(fault.Invalid, "the two passwords differ")
	}
	change, err := v.gate().AddPassword(v.ctx(), v.now(), right, v.r.PostFormValue("state"), v.r.PostFormValue("password"), v.r.PostFormValue("one_time"))
	if err != nil {
		return err
	}
	return v.Clerk.Keep(v.ctx(), right.Person, change)
}

// setupAgain is the setup that a form was sent with, to be shown once more.
func (v *visit) setupAgain(code string) setup {
	s := signin.Setup{Seed: v.r.PostFormValue("seed"), State: v.r.PostFormValue("state")}
	if url := v.r.PostFormValue("url"); strings.HasPrefix(url, "otpauth://") {
		s.URL = url
	}
	return setup{s, code}
}

// issueKey issues an API key for the reader himself.
func (v *visit) issueKey() error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	w := clerk.KeyWish{Person: v.Person.ID, Label: v.r.PostFormValue("label")}
	switch v.r.PostFormValue("for") {
	case "reading":
		w.Scope = v.readings()
	case "chosen":
		for _, a := range v.r.PostForm["scope"] {
			w.Scope = append(w.Scope, access.Action(a))
		}
	case "everything":
		w.Scope = v.everything()
	default:
		return v.refusedMe(fault.New(fault.Invalid, "what the key is for is not said: reading, everything, or what you choose"), mePage{})
	}
	if text := v.r.PostFormValue("until"); text != "" {
		at, err := time.ParseInLocation("2006-01-02", text, v.Zone)
		if err != nil {
			return v.refusedMe(fault.New(fault.Invalid, "%q is no day", text), mePage{})
		}
		w.Until = at
	}
	key, err := v.Clerk.IssueKey(v.ctx(), v.Order, w)
	if err != nil {
		return v.refusedMe(err, mePage{})
	}
	return v.meWith(http.StatusOK, mePage{Secret: key})
}

// everything is what may ever be the reader's to do, in the order of the work.
func (v *visit) everything() []access.Action {
	var out []access.Action
	for _, e := range access.Actions() {
		if v.mayEver(v)[e.Action] {
			out = append(out, e.Action)
		}
	}
	return out
}

// readings are those of them that change nothing.
func (v *visit) readings() []access.Action {
	return slices.DeleteFunc(v.everything(), func(a access.Action) bool {
		e, _ := access.Find(a)
		return e.Way == access.Change
	})
}

func (v *visit) revokeOwn() error {
	err := v.Clerk.Revoke(v.ctx(), v.Order, v.Person.ID, v.r.PostFormValue("id"), v.r.PostFormValue("reason"))
	if err != nil {
		return v.refusedMe(err, mePage{})
	}
	return v.goTo("/me")
}

// enrolPage is where a new person adds the first credential.
type enrolPage struct {
	Code   string
	Person string // whose code it is, once it was found good
	Setup  setup
	Fault  string
}

func (v *visit) showEnrol(trouble string) error {
	if v.gate() == nil {
		return fault.New(fault.NotFound, "nobody signs in here")
	}
	status := http.StatusOK
	if trouble != "" {
		status = http.StatusUnprocessableEntity
	}
	return v.render(status, frame(say(v.own(), "Your first credential"), enrolForm(enrolPage{Code: v.r.FormValue("code"), Fault: trouble})))
}

const codeNotGood = "The code is not good: it was used, is over after three days, or was typed otherwise."

// redeemed returns the right that the code of a form gives.
func (v *visit) redeemed() (signin.Right, bool, error) {
	if v.gate() == nil {
		return signin.Right{}, false, fault.New(fault.NotFound, "nobody signs in here")
	}
	right, err := v.gate().Redeem(v.ctx(), v.now(), v.r.PostFormValue("code"))
	if k := fault.KindOf(err); k == fault.Forbidden || k == fault.NotFound {
		return right, false, nil
	}
	return right, err == nil, err
}

func (v *visit) beginEnrol() error {
	right, good, err := v.redeemed()
	if err != nil {
		return err
	}
	if !good {
		return v.showEnrol(codeNotGood)
	}
	s, err := v.gate().BeginPassword(v.now(), right)
	if err != nil {
		return err
	}
	code := v.r.PostFormValue("code")
	return v.show(say(v.own(), "Your first credential"), enrolForm(enrolPage{Code: code, Person: string(right.Person), Setup: setup{s, code}}))
}

func (v *visit) enrol() error {
	right, good, err := v.redeemed()
	if err != nil {
		return err
	}
	if !good {
		return v.showEnrol(codeNotGood)
	}
	err = v.keepPassword(right)
	if fault.KindOf(err) == fault.Invalid && err != nil {
		code := v.r.PostFormValue("code")
		p := enrolPage{Code: code, Person: string(right.Person), Setup: v.setupAgain(code), Fault: err.Error()}
		return v.render(http.StatusUnprocessableEntity, frame(say(v.own(), "Your first credential"), enrolForm(p)))
	}
	if err != nil {
		return err
	}
	return v.goTo("/sign-in")
}

// publicKey is a key of ballots as a browser compares it.
func publicKey(key []byte) string { return base64.StdEncoding.EncodeToString(key) }

// passkeyWords are what the script of passkeys says, in the reader's language.
func passkeyWords(ctx context.Context) string {
	text, err := json.Marshal(map[string]string{
		"refused": say(ctx, "It was refused, or broken off."), "old": say(ctx, "Sign in again first: you did so more than ten minutes ago."), "none": say(ctx, "This browser knows no passkeys."), "done": say(ctx, "The passkey was added."),
	})
	if err != nil {
		panic(err) // texts only
	}
	return string(text)
}
