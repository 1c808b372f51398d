package signin

import (
	"context"
	"net/http"
	"strings"
	"time"

	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
)

// codeTime is how long an enrolment code is good.
const codeTime = 72 * time.Hour

// Right is why somebody may add a credential: he is signed in, or he has a code.
type Right struct {
	Person roster.PersonID
	code   string // id of the code that is used up with it
}

// SignedInAs is the right of a person whom SignedIn found.
func SignedInAs(p roster.PersonID) Right { return Right{Person: p} }

// recent is how long after its beginning a session is good to add credentials.
const recent = 10 * time.Minute

// SignedIn returns the right of who sends a request in a session. A key does not
// give it, so that no key makes another one, nor does a session that is older
// than ten minutes (Conflict), so that one that was left open does not become a
// new way in.
func (g *Gate) SignedIn(r *http.Request, now time.Time) (Right, error) {
	c, err := g.Caller(r, now)
	switch {
	case err != nil:
		return Right{}, err
	case c.With != "":
		return Right{}, fault.New(fault.Forbidden, "credentials are added in a session, not with a key")
	}
	return SignedInAs(c.Person), Recent(c.Since, now)
}

// Recent returns Conflict if a session began too long ago to add credentials.
func Recent(since, now time.Time) error {
	if now.Sub(since) <= recent {
		return nil
	}
	return fault.Hint(fault.New(fault.Conflict, "you signed in more than %d minutes ago", int(recent.Minutes())), "sign in again, then add the credential")
}

// Invite issues a code with which a person adds a credential, once, within three
// days. Codes that he has not used are over. Nobody issues one for himself: a
// lost credential comes back by two persons. The first administrator gets his
// from whoever holds the machine, as roster.System.
func (g *Gate) Invite(ctx context.Context, now time.Time, by, person roster.PersonID) (string, Change, error) {
	if by == person || by == "" || person == "" || person == roster.System {
		return "", Change{}, fault.New(fault.Forbidden, "issuing an enrolment code for %q: another person must, not %q", person, by)
	}
	var c Change
	if err := g.endThose(ctx, &c, now, person, "another code was issued", ofKind(Code)); err != nil {
		return "", Change{}, err
	}
	id, word := shortID(), secret()
	row := query.AddCredentialParams{
		ID: string(Code) + "/" + id, Person: string(person), Kind: string(Code), Secret: hash("code", word),
		Data: "{}", Created: micro(now), Expires: micro(now.Add(codeTime)),
	}
	c.add(row, Invited{row.ID, person, now.Add(codeTime)})
	return "ic_" + id + "_" + word, c, nil
}

// Redeem returns the right that a code gives. It is used up when a credential is
// added by that right, and not before.
func (g *Gate) Redeem(ctx context.Context, now time.Time, code string) (Right, error) {
	id, word := split("ic", code)
	row, ok, err := g.find(ctx, now, Code, string(Code)+"/"+id)
	if err != nil {
		return Right{}, err
	}
	if !same(row.Secret, hash("code", word)) || !ok {
		return Right{}, refused()
	}
	return Right{roster.PersonID(row.Person), row.ID}, nil
}

// use uses the code up by which the right was had.
func (r Right) use(c *Change, now time.Time) {
	if r.code != "" {
		c.revoke(r.code, now)
	}
}

// split takes a text such as "ik_id_secret" apart.
func split(prefix, text string) (id, word string) {
	rest, ok := strings.CutPrefix(text, prefix+"_")
	if !ok {
		return "", ""
	}
	id, word, _ = strings.Cut(rest, "_")
	return id, word
}
