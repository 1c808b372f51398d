package signin_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
	"interdict/internal/signin"
	"interdict/internal/sqlite"
	"interdict/internal/store"
)

var day = time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)

// house is a gate on a real database, with the ledger's side of it.
type house struct {
	t       *testing.T
	gate    *signin.Gate
	engine  store.Engine
	events  event.Registry
	told    []string // bodies of all events
	ring    map[roster.PersonID]signin.Ring
	secrets []string // that no event may hold
}

const host, origin = "interdict.example", "https://interdict.example"

func open(t *testing.T) *house {
	t.Helper()
	return openOn(t, func() (store.Engine, error) { return sqlite.Engine(t.Context(), t.TempDir()) })
}

func openOn(t *testing.T, engine func() (store.Engine, error)) *house {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.DB.Close() })
	h := &house{t: t, engine: e, ring: map[roster.PersonID]signin.Ring{}}
	signin.Events(&h.events)
	h.gate = h.another(signin.Cost{Memory: 8, Passes: 1, Lanes: 1})
	return h
}

// another returns another gate on the same database, as of another process.
func (h *house) another(c signin.Cost) *signin.Gate {
	g, err := signin.New(signin.Config{
		Store: query.New(h.engine.DB), Key: bytes.Repeat([]byte{7}, 32), Host: host, Origins: []string{origin},
		Session: 8 * time.Hour, Cost: c,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return g
}

// write writes a change in one transaction, as the door does, and tells its
// events to the ledger's side.
func (h *house) write(c signin.Change) error {
	h.t.Helper()
	tx, err := h.engine.DB.BeginTx(h.t.Context(), h.engine.Tx)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := c.Write(h.t.Context(), query.New(tx)); err != nil {
		tx.Rollback()
		return err
	}
	if err := tx.Commit(); err != nil {
		h.t.Fatal(err)
	}
	for _, e := range c.Events {
		body, err := h.events.Marshal(e)
		if err != nil {
			h.t.Fatal(err)
		}
		again, err := h.events.Unmarshal(e.Kind(), body)
		if err != nil {
			h.t.Fatal(err)
		}
		h.told = append(h.told, e.Kind()+" "+string(body))
		var of struct{ Person roster.PersonID }
		if err := json.Unmarshal(body, &of); err != nil || of.Person == "" {
			h.t.Fatalf("%s tells no person: %s", e.Kind(), body)
		}
		h.ring[of.Person] = h.ring[of.Person].Apply(again, event.Envelope{At: day, Version: h.ring[of.Person].Version + 1})
	}
	return nil
}

// do writes a change that must succeed.
func (h *house) do(c signin.Change, err error) {
	h.t.Helper()
	if err == nil {
		err = h.write(c)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// invite issues a code for a person.
func (h *house) invite(by, person roster.PersonID, now time.Time) string {
	h.t.Helper()
	code, c, err := h.gate.Invite(h.t.Context(), now, by, person)
	h.do(c, err)
	h.secrets = append(h.secrets, code[strings.LastIndex(code, "_")+1:])
	return code
}

func (h *house) redeem(code string, now time.Time) signin.Right {
	h.t.Helper()
	r, err := h.gate.Redeem(h.t.Context(), now, code)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// password gives a person a password and returns the seed of his codes.
func (h *house) password(r signin.Right, password string, now time.Time) string {
	h.t.Helper()
	setup, err := h.gate.BeginPassword(now, r)
	if err != nil {
		h.t.Fatal(err)
	}
	c, err := h.gate.AddPassword(h.t.Context(), now, r, setup.State, password, codeAt(h.t, setup.Seed, now))
	h.do(c, err)
	h.secrets = append(h.secrets, password, setup.Seed)
	return setup.Seed
}

func codeAt(t *testing.T, seed string, now time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(seed, now)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enter writes a sign-in that must succeed and returns its token.
func (h *house) enter(e signin.Entered, err error) string {
	h.t.Helper()
	h.do(e.Change, err)
	h.secrets = append(h.secrets, e.Token)
	return e.Token
}

// is fails unless an error is of a kind.
func is(t *testing.T, what string, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("%s: %v; want %s", what, err, want)
	}
}

// quiet fails if an event or the database holds a secret.
func (h *house) quiet() {
	h.t.Helper()
	var dump strings.Builder
	rows, err := h.engine.DB.QueryContext(h.t.Context(), "SELECT id || person || kind || hex(secret) || CAST(secret AS TEXT) || data FROM credential UNION ALL SELECT hex(token) || CAST(token AS TEXT) || person FROM login")
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			h.t.Fatal(err)
		}
		dump.WriteString(text)
	}
	if rows.Err() != nil || dump.Len() == 0 {
		h.t.Fatalf("nothing to look at: %v", rows.Err())
	}
	for _, s := range h.secrets {
		if len(s) < 8 {
			h.t.Fatalf("secret %q proves nothing", s)
		}
		if strings.Contains(strings.Join(h.told, "\n"), s) {
			h.t.Errorf("secret %q stands in an event", s)
		}
		if strings.Contains(dump.String(), s) {
			h.t.Errorf("secret %q stands in the database", s)
		}
	}
}
