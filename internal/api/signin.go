package api

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
)

// ByGate identifies by API key, session cookie or client certificate.
func ByGate(c *clerk.Clerk, now func() time.Time) Identify {
	return func(r *http.Request) (clerk.Order, error) {
		caller, err := c.Gate.Caller(r, now())
		if err != nil {
			return clerk.Order{}, err
		}
		return clerk.Order{By: caller.Person, Scope: caller.Scope, Since: caller.Since}, nil
	}
}

type entered struct {
	SetCookie string `header:"Set-Cookie"`
	Body      struct {
		Person roster.PersonID `json:"person"`
		Until  time.Time       `json:"until"`
	}
}

type ceremony struct {
	Body struct {
		Options json.RawMessage `json:"options" doc:"for the browser"`
		State   string          `json:"state"`
	}
}

type answerIn struct {
	Body struct {
		State  string          `json:"state" doc:"as it was given at the beginning"`
		Answer json.RawMessage `json:"answer" doc:"what the browser answered"`
		Code   string          `json:"code,omitempty" doc:"enrolment code; none when signed in"`
	}
}

type codeIn struct {
	Body struct {
		Code string `json:"code,omitempty" doc:"enrolment code; none when signed in"`
		Name string `json:"name,omitempty" doc:"as the authenticator shows it"`
	}
}

type emptyOut struct{ Status int }

func request(ctx context.Context) *http.Request {
	r, _ := ctx.Value(requestKey{}).(*http.Request)
	return r
}

// open is an operation that needs nobody signed in.
func open(id, path, summary string) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: http.MethodPost, Path: path, Summary: summary, Tags: []string{"sign-in"},
		Middlewares: huma.Middlewares{identified}, MaxBodyBytes: 64 << 10,
	}
}

// signIn puts the routes of signing in on the mux.
func (s *server) signIn(g *signin.Gate) {
	huma.Register(s.api, open("sign_in_password", "/v1/sign-in/password", "Sign in by password and one-time code."), func(ctx context.Context, in *struct {
		Body struct {
			Person   roster.PersonID `json:"person"`
			Password string          `json:"password"`
			Code     string          `json:"code" doc:"six digits"`
		}
	},
	) (*entered, error) {
		r := request(ctx)
		from, _, _ := net.SplitHostPort(r.RemoteAddr)
		e, err := g.Password(ctx, s.now(), from, in.Body.Person, in.Body.Password, in.Body.Code)
		return s.enter(ctx, e, err)
	})
	huma.Register(s.api, open("begin_sign_in_passkey", "/v1/sign-in/passkey/begin", "Begin to sign in by passkey."), func(context.Context, *struct{}) (*ceremony, error) {
		var out ceremony
		var err error
		out.Body.Options, out.Body.State, err = g.BeginPasskeySignIn(s.now())
		return &out, problem(err)
	})
	huma.Register(s.api, open("sign_in_passkey", "/v1/sign-in/passkey", "Sign in by passkey."), func(ctx context.Context, in *answerIn) (*entered, error) {
		e, err := g.SignInPasskey(ctx, s.now(), in.Body.State, in.Body.Answer)
		return s.enter(ctx, e, err)
	})
	huma.Register(s.api, open("sign_out", "/v1/sign-out", "End this session."), func(ctx context.Context, _ *struct{}) (*struct {
		SetCookie string `header:"Set-Cookie"`
	}, error,
	) {
		r := request(ctx)
		if token := signin.TokenOf(r); token != "" {
			change := g.Leave(token)
			if err := change.Write(ctx, s.Clerk.Store.Queries()); err != nil {
				return nil, problem(err)
			}
		}
		return &struct {
			SetCookie string `header:"Set-Cookie"`
		}{signin.CookieOf(r, "", time.Time{})}, nil
	})
	s.enrolment(g)
	s.enrolKey()
	s.credentials()
}

// enter keeps a sign-in and gives the session to the browser. Somebody who has
// left since does not come in.
func (s *server) enter(ctx context.Context, e signin.Entered, err error) (*entered, error) {
	if err == nil {
		err = s.Clerk.Keep(ctx, e.Person, e.Change)
	}
	if err != nil {
		if fault.KindOf(err) == fault.Forbidden {
			return nil, huma.Error401Unauthorized("not signed in: " + unknown)
		}
		return nil, problem(err)
	}
	out := &entered{SetCookie: signin.CookieOf(request(ctx), e.Token, e.Until)}
	out.Body.Person, out.Body.Until = e.Person, e.Until
	return out, nil
}

// unknown is the one answer to whoever is not let in.
const unknown = "person, password or code are not right, or there were too many attempts"

// rightOf returns why somebody may add a credential: a code, or a session.
func (s *server) rightOf(r *http.Request, code string) (signin.Right, error) {
	g := s.Clerk.Gate
	if code != "" {
		return g.Redeem(r.Context(), s.now(), code)
	}
	return g.SignedIn(r, s.now())
}

func (s *server) enrolment(g *signin.Gate) {
	huma.Register(s.api, open("begin_enrol_password", "/v1/enrol/password/begin", "Begin to set a password with one-time codes."), func(ctx context.Context, in *codeIn) (*struct{ Body signin.Setup }, error) {
		right, err := s.rightOf(request(ctx), in.Body.Code)
		if err != nil {
			return nil, refusedCode(err)
		}
		setup, err := g.BeginPassword(s.now(), right)
		return &struct{ Body signin.Setup }{setup}, problem(err)
	})
	huma.Register(s.api, open("enrol_password", "/v1/enrol/password", "Set a password with one-time codes."), func(ctx context.Context, in *struct {
		Body struct {
			State    string `json:"state" doc:"as it was given at the beginning"`
			Code     string `json:"code,omitempty" doc:"enrolment code; none when signed in"`
			Password string `json:"password"`
			OneTime  string `json:"one_time" doc:"six digits, to show that the seed is held"`
		}
	},
	) (*emptyOut, error) {
		right, err := s.rightOf(request(ctx), in.Body.Code)
		if err != nil {
			return nil, refusedCode(err)
		}
		change, err := g.AddPassword(ctx, s.now(), right, in.Body.State, in.Body.Password, in.Body.OneTime)
		return s.added(ctx, right, change, err)
	})
	huma.Register(s.api, open("begin_enrol_passkey", "/v1/enrol/passkey/begin", "Begin to add a passkey."), func(ctx context.Context, in *codeIn) (*ceremony, error) {
		right, err := s.rightOf(request(ctx), in.Body.Code)
		if err != nil {
			return nil, refusedCode(err)
		}
		person, err := s.Clerk.Here(ctx, right.Person)
		if err != nil {
			return nil, refusedCode(err)
		}
		var out ceremony
		out.Body.Options, out.Body.State, err = g.BeginPasskey(ctx, s.now(), right, person.Name)
		return &out, problem(err)
	})
	huma.Register(s.api, open("enrol_passkey", "/v1/enrol/passkey", "Add a passkey."), func(ctx context.Context, in *answerIn) (*emptyOut, error) {
		right, err := s.rightOf(request(ctx), in.Body.Code)
		if err != nil {
			return nil, refusedCode(err)
		}
		change, err := g.AddPasskey(ctx, s.now(), right, in.Body.State, in.Body.Answer)
		return s.added(ctx, right, change, err)
	})
}

// enrolKey is the way in for people who work at a terminal.
func (s *server) enrolKey() {
	huma.Register(s.api, open("enrol_key", "/v1/enrol/key", "Get an API key by an enrolment code. It is shown once."), func(ctx context.Context, in *struct {
		Body struct {
			Code  string          `json:"code"`
			Scope []access.Action `json:"scope,omitempty" doc:"what may be done with it, if you may; everything, if none is given"`
			Label string          `json:"label,omitempty"`
			Until time.Time       `json:"until,omitzero" doc:"a year at most, and by default"`
		}
	},
	) (*secretOut, error) {
		key, err := s.Clerk.EnrolKey(ctx, in.Body.Code, clerk.KeyWish{Scope: in.Body.Scope, Label: in.Body.Label, Until: in.Body.Until})
		if err != nil {
			return nil, refusedCode(err)
		}
		return secret(key), nil
	})
}

func (s *server) added(ctx context.Context, right signin.Right, change signin.Change, err error) (*emptyOut, error) {
	if err == nil {
		err = s.Clerk.Keep(ctx, right.Person, change)
	}
	return &emptyOut{http.StatusNoContent}, problem(err)
}

func refusedCode(err error) error {
	if k := fault.KindOf(err); k == fault.Forbidden || k == fault.NotFound {
		return huma.Error401Unauthorized("the code is not good, or nobody is signed in")
	}
	return problem(err)
}

// credentials are the routes by which credentials are kept.
func (s *server) credentials() {
	keyed := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{
			OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"credential"},
			Middlewares: huma.Middlewares{identified}, Security: []map[string][]string{{"key": {}}},
		}
	}
	huma.Register(s.api, keyed("who_am_i", http.MethodGet, "/v1/whoami", "Who you are."), func(ctx context.Context, _ *struct{}) (*struct{ Body roster.Person }, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		p, err := s.Clerk.Here(ctx, o.By)
		return &struct{ Body roster.Person }{p}, problem(err)
	})
	huma.Register(s.api, keyed("list_credentials", http.MethodGet, "/v1/people/{person}/credentials", "What a person signs in with; never a secret."), func(ctx context.Context, in *struct {
		Person roster.PersonID `path:"person"`
	},
	) (*struct {
		Body struct {
			Credentials []signin.Held `json:"credentials"`
		}
	}, error,
	) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		out := new(struct {
			Body struct {
				Credentials []signin.Held `json:"credentials"`
			}
		})
		out.Body.Credentials, err = s.Clerk.Credentials(ctx, o, in.Person)
		return out, problem(err)
	})
	huma.Register(s.api, keyed("invite", http.MethodPost, "/v1/people/{person}/invite", "Issue a code with which another person adds a credential, once, within three days."), func(ctx context.Context, in *struct {
		Person roster.PersonID `path:"person"`
	},
	) (*secretOut, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		code, err := s.Clerk.Invite(ctx, o, in.Person)
		return secret(code), problem(err)
	})
	huma.Register(s.api, keyed("issue_key", http.MethodPost, "/v1/keys", "Issue an API key, for yourself or for a machine. It is shown once."), func(ctx context.Context, in *struct{ Body clerk.KeyWish }) (*secretOut, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		key, err := s.Clerk.IssueKey(ctx, o, in.Body)
		return secret(key), problem(err)
	})
	huma.Register(s.api, keyed("revoke_credential", http.MethodPost, "/v1/people/{person}/credentials/{id}/revoke", "End a credential and the sessions of its person."), func(ctx context.Context, in *struct {
		Person roster.PersonID `path:"person"`
		ID     string          `path:"id"`
		Body   struct {
			Reason string `json:"reason"`
		}
	},
	) (*emptyOut, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		return &emptyOut{http.StatusNoContent}, problem(s.Clerk.Revoke(ctx, o, in.Person, in.ID, in.Body.Reason))
	})
}

type secretOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Secret string `json:"secret"`
	}
}

func secret(text string) *secretOut {
	out := &secretOut{CacheControl: private}
	out.Body.Secret = text
	return out
}
