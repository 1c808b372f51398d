package signin

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
)

const (
	shortest = 12   // letters of a password
	widest   = 1024 // bytes of one
	period   = 30   // seconds that a one-time code lasts
	drift    = 1    // codes before and after the present one that are taken too
)

// Setup is what a person needs to make one-time codes. It is shown once.
type Setup struct {
	Seed  string // in base 32, to type
	URL   string // "otpauth://…", to scan
	State string // to be given back
}

// passwordData is the data of a password.
type passwordData struct {
	Seed string `json:"seed"` // sealed
	Step int64  `json:"step"` // of the last code used; none before it is taken again
}

// BeginPassword returns the seed of a person's one-time codes.
func (g *Gate) BeginPassword(now time.Time, r Right) (Setup, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Interdict", AccountName: string(r.Person), Period: period})
	if err != nil {
		return Setup{}, fmt.Errorf("making a seed: %w", err)
	}
	state, err := g.begin("password/"+string(r.Person), now, key.Secret())
	return Setup{key.Secret(), key.URL(), state}, err
}

// AddPassword gives a person a password and one-time codes, in place of those
// that he had. The code shows that he has the seed. His sessions end.
func (g *Gate) AddPassword(ctx context.Context, now time.Time, r Right, state, password, code string) (Change, error) {
	if n := utf8.RuneCountInString(password); n < shortest || len(password) > widest {
		return Change{}, fault.New(fault.Invalid, "a password has at least %d signs and at most %d bytes", shortest, widest)
	}
	var seed string
	c, err := g.finish(ctx, "password/"+string(r.Person), now, state, &seed)
	if err != nil {
		return Change{}, err
	}
	step, ok, err := step(seed, code, now, 0)
	if err != nil {
		return Change{}, err
	}
	if !ok {
		return Change{}, fault.New(fault.Invalid, "the one-time code is not that of this seed and minute")
	}
	if err := g.endThose(ctx, &c, now, r.Person, "replaced by another password", ofKind(Password)); err != nil {
		return Change{}, err
	}
	r.use(&c, now)
	id := string(Password) + "/" + shortID()
	data, err := json.Marshal(passwordData{g.sealer.seal(id, []byte(seed)), step})
	if err != nil {
		return Change{}, fmt.Errorf("adding a password: %w", err)
	}
	c.add(query.AddCredentialParams{
		ID: id, Person: string(r.Person), Kind: string(Password), Secret: []byte(g.hasher.hash(password)),
		Data: string(data), Created: micro(now),
	}, CredentialAdded{ID: id, Person: r.Person, As: Password, Code: r.code})
	c.endSessions(r.Person)
	return c, nil
}

// Password signs a person in by password and one-time code. Whether the person
// is unknown, the password is wrong or the code is, the answer is the same and
// the work too. from is the place that asks, to slow guessing down.
func (g *Gate) Password(ctx context.Context, now time.Time, from string, p roster.PersonID, password, code string) (Entered, error) {
	if err := g.limits.take(now, string(p), from); err != nil {
		return Entered{}, err
	}
	row, seed, data, known, err := g.passwordOf(ctx, now, p)
	if err != nil {
		return Entered{}, err
	}
	if len(password) > widest {
		password = password[:widest+1]
	}
	right, err := g.hasher.verify(password, string(row.Secret))
	if err != nil {
		return Entered{}, fault.New(fault.Corrupt, "credential %s: %w", row.ID, err)
	}
	step, fresh, err := step(seed, code, now, data.Step)
	if err != nil {
		return Entered{}, err
	}
	if !known || !right || !fresh {
		return Entered{}, refused()
	}
	g.limits.giveBack(string(p), from)
	data.Step = step
	next, err := json.Marshal(data)
	if err != nil {
		return Entered{}, fmt.Errorf("using a password: %w", err)
	}
	var c Change
	c.swap(row, string(next))
	return g.enter(now, p, row.ID, c), nil
}

// passwordOf returns the password of a person with the seed of his codes; of
// somebody unknown, one that nothing fits.
func (g *Gate) passwordOf(ctx context.Context, now time.Time, p roster.PersonID) (row query.Credential, seed string, data passwordData, known bool, err error) {
	rows, err := g.Store.CredentialsOf(ctx, string(p))
	if err != nil {
		return row, "", data, false, unavailable(err, "looking a password up")
	}
	row = query.Credential{ID: "nobody", Secret: []byte(g.hasher.nobody)}
	data.Seed = g.sealer.seal(row.ID, []byte("NOBODYNOBODYNOBODYNOBODYNOBODYNO"))
	for _, r := range rows {
		if r.Kind == string(Password) && good(r, now) {
			row, known = r, true
			if err := json.Unmarshal([]byte(r.Data), &data); err != nil {
				return row, "", data, false, fault.New(fault.Corrupt, "credential %s: %w", r.ID, err)
			}
		}
	}
	plain, err := g.sealer.open(row.ID, data.Seed)
	if err != nil {
		return row, "", data, false, fault.New(fault.Corrupt, "the seed of credential %s: %w", row.ID, err)
	}
	return row, string(plain), data, known, nil
}

// step returns the step of time that a code is for, if it is near now and after
// the last one that was used (RFC 6238 section 5.2).
func step(seed, code string, now time.Time, last int64) (int64, bool, error) {
	present := now.Unix() / period
	var found int64
	for s := present - drift; s <= present+drift; s++ {
		want, err := hotp.GenerateCode(seed, uint64(s))
		if err != nil {
			return 0, false, fmt.Errorf("making a one-time code: %w", err)
		}
		if same([]byte(want), []byte(code)) && s > last {
			found = s
		}
	}
	return found, found != 0, nil
}
