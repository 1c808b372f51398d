package cli

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/signin"
)

// personVerbs are the verbs of what people and machines sign in with.
func personVerbs() []verb {
	return []verb{inviteVerb(), equipVerb(), credentialsVerb(), revokeVerb()}
}

func credentialsOf(person string) string { return "/v1/people/" + url.PathEscape(person) }

func inviteVerb() verb {
	return verb{
		name: "person invite", args: "PERSON", short: "issue a code with which another person adds a credential, once, within three days",
		long:     "The code is written to standard output and nowhere else. Hand it over by a way that nobody else reads; enrol turns it into an API key.",
		examples: []string{"person invite liaison-bank"},
		setup: func(f *flag.FlagSet) action {
			r := remoteFlags(f)
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				if len(args) != 1 {
					return false, wrongUsage("person invite needs the id of one person")
				}
				code, err := r.secret(ctx, credentialsOf(args[0])+"/invite", nil)
				if err != nil {
					return false, err
				}
				_, err = fmt.Fprintln(c.out, code)
				return false, err
			}
		},
	}
}

// secret asks for something that is shown once.
func (r *remote) secret(ctx context.Context, path string, body []byte) (string, error) {
	text, err := r.send(ctx, http.MethodPost, path, nil, body)
	if err != nil {
		return "", err
	}
	var got struct {
		Secret string `json:"secret"`
	}
	err = readAnswer(text, &got)
	return got.Secret, err
}

func equipVerb() verb {
	return verb{
		name: "person equip", args: "PERSON", short: "issue an API key, for yourself or for a machine",
		long:     "The key is written to a file that nobody else may read, and is never shown. Nobody issues a key for another person: invite does.",
		examples: []string{"person equip core-banking --out core-banking.key --scope material.submit,alert.raise --label payments"},
		setup: func(f *flag.FlagSet) action {
			r := remoteFlags(f)
			out := f.String("out", "", "the `FILE` to write the key to")
			scope := f.String("scope", "", "what may be done with it: `ACTIONS` parted by commas")
			label := f.String("label", "terminal", "what the key is called in lists")
			until := f.String("until", "", "the `INSTANT` at which it ends (default: in a year, which is the most)")
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				if len(args) != 1 || *out == "" || *scope == "" {
					return false, wrongUsage("person equip needs the id of one person or machine, --out and --scope")
				}
				wish := map[string]any{"person": args[0], "scope": strings.Split(*scope, ","), "label": *label}
				if *until != "" {
					wish["until"] = *until
				}
				return false, equip(ctx, c, r, wish, *out)
			}
		},
	}
}

func equip(ctx context.Context, c *call, r *remote, wish any, out string) error {
	body, err := json.Marshal(wish)
	if err != nil {
		return err
	}
	to, err := newFile(out, 0o600)
	if err != nil {
		return err
	}
	defer to.drop()
	key, err := r.secret(ctx, "/v1/keys", body)
	if err != nil {
		return err
	}
	if err := to.fill([]byte(key + "\n")); err != nil {
		return fault.Hint(err, "the key is lost: revoke it and issue another one")
	}
	_, err = fmt.Fprintf(c.out, "API key: in %s\n", out)
	return err
}

func credentialsVerb() verb {
	return verb{
		name: "person credentials", args: "PERSON", short: "list what a person signs in with; never a secret",
		examples: []string{"person credentials liaison-bank --json"},
		json:     true,
		setup: func(f *flag.FlagSet) action {
			r := remoteFlags(f)
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				if len(args) != 1 {
					return false, wrongUsage("person credentials needs the id of one person")
				}
				text, err := r.get(ctx, credentialsOf(args[0])+"/credentials", "")
				if err != nil {
					return false, err
				}
				return false, writeCredentials(c, text)
			}
		},
	}
}

func writeCredentials(c *call, text []byte) error {
	var all struct {
		Credentials []signin.Held `json:"credentials"`
	}
	if err := readAnswer(text, &all); err != nil {
		return err
	}
	if c.JSON {
		return c.writeJSON(all)
	}
	t := newTable("id", "kind", "label", "since", "until", "revoked", "for")
	for _, h := range all.Credentials {
		scope := plural(len(h.Scope), "action", "actions")
		if len(h.Scope) < 8 {
			scope = listOf(h.Scope)
		}
		t.add(h.ID, string(h.Kind), h.Label, instant(h.Created), instant(h.Until), instant(h.Revoked), scope)
	}
	return t.write(c.out, c)
}

func revokeVerb() verb {
	return verb{
		name: "person revoke", args: "PERSON CREDENTIAL", short: "end a credential, and the sessions of its person",
		examples: []string{`person revoke liaison-bank key/4k2j --reason "the laptop is lost"`},
		setup: func(f *flag.FlagSet) action {
			r := remoteFlags(f)
			reason := f.String("reason", "", "why, in `WORDS`; it stays in the ledger")
			return func(ctx context.Context, c *call, args []string) (bool, error) {
				if len(args) != 2 || *reason == "" {
					return false, wrongUsage("person revoke needs a person, a credential as person credentials lists it, and --reason")
				}
				body, err := json.Marshal(map[string]string{"reason": *reason})
				if err != nil {
					return false, err
				}
				path := credentialsOf(args[0]) + "/credentials/" + url.PathEscape(args[1]) + "/revoke"
				if _, err := r.send(ctx, http.MethodPost, path, nil, body); err != nil {
					return false, err
				}
				_, err = fmt.Fprintf(c.out, "%s of %s is revoked\n", args[1], args[0])
				return false, err
			}
		},
	}
}
