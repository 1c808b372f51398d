package signin

import (
	"context"
	"database/sql"
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"interdict/internal/query"
)

// TestTimeCodes are the vectors of RFC 6238 appendix B, SHA-1, of which the last
// six digits.
func TestTimeCodes(t *testing.T) {
	seed := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for at, code := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		now := time.Unix(at, 0)
		got, ok, err := step(seed, code, now, 0)
		if err != nil || !ok || got != at/period {
			t.Errorf("at %d: step %d, %v, %v", at, got, ok, err)
		}
		for _, c := range []struct {
			what string
			code string
			now  time.Time
			last int64
		}{
			{"used before", code, now, at / period},
			{"of a minute before", code, now.Add(60 * time.Second), 0},
			{"of two minutes after", code, now.Add(-120 * time.Second), 0},
			{"shorter", code[:5], now, 0},
			{"longer", code + "0", now, 0},
		} {
			if _, ok, err := step(seed, c.code, c.now, c.last); ok || err != nil {
				t.Errorf("at %d: a code %s is taken, %v", at, c.what, err)
			}
		}
		if _, ok, err := step(seed, code, now.Add(30*time.Second), 0); !ok || err != nil {
			t.Errorf("at %d: a clock 30 s fast is not borne, %v", at, err)
		}
	}
}

// memory holds credentials for tests that look at the work alone.
type memory struct {
	Store
	rows []query.Credential
}

func (m memory) CredentialsOf(context.Context, string) ([]query.Credential, error) {
	return m.rows, nil
}

func (m memory) Credential(context.Context, string) (query.Credential, error) {
	return query.Credential{}, sql.ErrNoRows
}

// An unknown person costs what a wrong password costs: one hashing of the same
// cost, of the same password.
func TestUnknownCostsAsMuch(t *testing.T) {
	now := time.Unix(1e9, 0)
	type work struct {
		passes, memory uint32
		lanes          uint8
		salt, password int
	}
	cost := Cost{Memory: 16, Passes: 2, Lanes: 1}
	run := func(rows ...query.Credential) (done []work, err error) {
		g, err := New(Config{Store: memory{rows: rows}, Key: make([]byte, 32), Host: "h.example", Origins: []string{"https://h.example"}, Session: time.Hour, Cost: cost})
		if err != nil {
			t.Fatal(err)
		}
		g.hasher.derive = func(password, salt []byte, passes, memory uint32, lanes uint8, length uint32) []byte {
			done = append(done, work{passes, memory, lanes, len(salt), len(password)})
			return argon2.IDKey(password, salt, passes, memory, lanes, length)
		}
		_, err = g.Password(t.Context(), now, "here", "anna", "a guess at it", "123456")
		return done, err
	}
	g, err := New(Config{Key: make([]byte, 32), Host: "h.example", Origins: []string{"https://h.example"}, Session: time.Hour, Cost: cost})
	if err != nil {
		t.Fatal(err)
	}
	row := query.Credential{ID: "password/x", Person: "anna", Kind: string(Password), Secret: []byte(g.hasher.hash("the right password"))}
	row.Data = `{"seed":"` + g.sealer.seal(row.ID, []byte(base32.StdEncoding.EncodeToString([]byte("12345678901234567890")))) + `"}`

	known, wrong := run(row)
	unknown, nobody := run()
	row.Revoked = 1
	over, revoked := run(row)
	for what, done := range map[string][]work{"a wrong password": known, "an unknown person": unknown, "a revoked password": over} {
		if want := (work{2, 16, 1, saltLength, len("a guess at it")}); len(done) != 1 || done[0] != want {
			t.Errorf("%s costs %+v, want %+v once", what, done, want)
		}
	}
	for what, err := range map[string]error{"unknown": nobody, "revoked": revoked} {
		if err == nil || wrong == nil || err.Error() != wrong.Error() {
			t.Errorf("%s answers %v, a wrong password %v", what, err, wrong)
		}
	}
}

func TestPasswordsAreStoredHashed(t *testing.T) {
	h, err := newHasher(Cost{Memory: 8, Passes: 1, Lanes: 1})
	if err != nil {
		t.Fatal(err)
	}
	stored := h.hash("ẛ̣ a password") // U+1E9B U+0323
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=8,t=1,p=1$") || stored == h.hash("ẛ̣ a password") {
		t.Errorf("stored as %s, twice the same", stored)
	}
	later, err := newHasher(Cost{Memory: 64, Passes: 2, Lanes: 2})
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"ẛ̣ a password": true, "ṩ a password": true, "s a password": false, "": false} {
		if ok, err := later.verify(password, stored); ok != want || err != nil {
			t.Errorf("%q: %v, %v", password, ok, err)
		}
	}
	for _, broken := range []string{"", "plain", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA", "$argon2id$v=18$m=8,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=8,t=1,p=1$!$AAAA", "$argon2id$v=19$m=8$AAAA$AAAA"} {
		if ok, err := later.verify("x", broken); ok || err == nil {
			t.Errorf("%q: %v, %v; want an error", broken, ok, err)
		}
	}
}

func TestSealsHoldForOnePurpose(t *testing.T) {
	s, err := newSealer(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	other, err := newSealer(append(make([]byte, 31), 1))
	if err != nil {
		t.Fatal(err)
	}
	text := s.seal("a", []byte("plain"))
	if plain, err := s.open("a", text); err != nil || string(plain) != "plain" {
		t.Fatalf("%q, %v", plain, err)
	}
	if _, err := s.open("b", text); err == nil {
		t.Error("opened for another purpose")
	}
	if _, err := other.open("a", text); err == nil {
		t.Error("opened with another key")
	}
	for i := range text {
		spoilt := []byte(text)
		spoilt[i] ^= 4
		if plain, err := s.open("a", string(spoilt)); err == nil && i < len(text)-1 {
			t.Errorf("sign %d changed: opened as %q", i, plain)
		}
	}
}
