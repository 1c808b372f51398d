package webhook_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/query"
	"interdict/internal/sqlite"
	"interdict/internal/store"
	"interdict/internal/subscription"
	"interdict/internal/vault"
	"interdict/internal/webhook"
)

// clock is a clock that the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// place is where the databases are: "sqlite DIR" or "postgres DSN".
type place string

func (p place) open(ctx context.Context) (store.Engine, *store.Keys, error) {
	engine, at, _ := strings.Cut(string(p), " ")
	if engine == "postgres" {
		e, err := postgres.Engine(ctx, at)
		if err != nil {
			return e, nil, err
		}
		keys, err := postgres.OpenKeys(ctx, at)
		return e, keys, err
	}
	e, err := sqlite.Engine(ctx, at)
	if err != nil {
		return e, nil, err
	}
	keys, err := sqlite.OpenKeys(ctx, filepath.Join(at, "keys"))
	return e, keys, err
}

// suite is what both engines must pass.
var suite = []struct {
	name string
	test func(*testing.T, *house)
}{
	{"answers", answers},
	{"receiver down for a day", receiverDownForADay},
	{"dead and revived", deadAndRevived},
	{"gone", gone},
	{"rotation", rotation},
	{"several share the work", severalShareTheWork},
	{"killed between claim and answer", killedBetweenClaimAndAnswer},
	{"late answer", lateAnswer},
}

func TestSQLite(t *testing.T) {
	for _, c := range suite {
		t.Run(c.name, func(t *testing.T) { c.test(t, openHouse(t, place("sqlite "+t.TempDir()))) })
	}
}

func TestPostgres(t *testing.T) {
	server := postgrestest.Start(t)
	for _, c := range suite {
		t.Run(c.name, func(t *testing.T) { c.test(t, openHouse(t, place("postgres "+server.Database(t)))) })
	}
}

// house is a sender on a real database.
type house struct {
	t      *testing.T
	place  place
	master string
	vault  *vault.Vault
	q      *query.Queries
	clock  *clock
	sender *webhook.Sender
	gone   []string
	number int64
}

func openHouse(t *testing.T, p place) *house {
	t.Helper()
	master, err := vault.NewMaster()
	must(t, err)
	e, keys, err := p.open(t.Context())
	must(t, err)
	t.Cleanup(func() { must(t, errors.Join(e.DB.Close(), keys.Close())) })
	v, err := vault.New(master, keys, vault.DefaultMaxBytes)
	must(t, err)
	h := &house{
		t: t, place: p, master: master, vault: v, q: query.New(e.DB),
		clock: &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)},
	}
	h.sender = h.another(true)
	return h
}

// another is another sender on the same database, as of another process.
func (h *house) another(loopback bool) *webhook.Sender {
	s := webhook.New(webhook.Config{
		Queries: h.q, Vault: h.vault, API: "https://commission.example", Loopback: loopback, Now: h.clock.now,
		Gone: func(ctx context.Context, id string) error {
			h.gone = append(h.gone, id)
			_, err := h.q.SetSending(ctx, query.SetSendingParams{ID: id, Sending: 0})
			return err
		},
	})
	s.SetPatience(300 * time.Millisecond)
	return s
}

// endpoint registers an address and returns its secret.
func (h *house) endpoint(id, url string) string {
	h.t.Helper()
	secret, sealed := h.secret(id)
	must(h.t, h.q.AddEndpoint(h.t.Context(), query.AddEndpointParams{ID: id, Url: url, Secret: sealed, Former: []byte{}}))
	return secret
}

func (h *house) secret(id string) (string, []byte) {
	h.t.Helper()
	secret, err := webhook.NewSecret(rand.Reader)
	must(h.t, err)
	sealed, err := h.vault.Seal(h.t.Context(), "subscription/"+id, []byte(secret))
	must(h.t, err)
	return secret, webhook.Pack(sealed)
}

// hint keeps a hint for an endpoint and returns its webhook-id.
func (h *house) hint(endpoint string) string {
	h.t.Helper()
	h.number++
	stream := fmt.Sprintf("edition/%06d", h.number)
	id := webhook.IDOf(endpoint, stream, 1)
	n, err := h.q.AddHint(h.t.Context(), query.AddHintParams{
		ID: id, Topic: string(subscription.EditionPublished), Thing: stream, Happened: h.clock.now().UnixMicro(), ID_2: endpoint,
	})
	must(h.t, err)
	if n != 1 {
		h.t.Fatalf("%d hints kept", n)
	}
	return id
}

// pass sends what is due.
func (h *house) pass() {
	h.t.Helper()
	must(h.t, h.sender.Pass(h.t.Context()))
}

// rows are the hints of an endpoint by their ids.
func (h *house) rows(endpoint string) map[string]query.Hint {
	h.t.Helper()
	all, err := h.q.HintsOf(h.t.Context(), query.HintsOfParams{Endpoint: endpoint, Limit: 1000})
	must(h.t, err)
	out := map[string]query.Hint{}
	for _, r := range all {
		out[r.ID] = r
	}
	return out
}

// tries are how the tries of an endpoint's hints went.
func (h *house) tries(endpoint string) []webhook.Try {
	h.t.Helper()
	var all []webhook.Try
	for _, r := range h.rows(endpoint) {
		tries, err := webhook.Tries(r)
		must(h.t, err)
		all = append(all, tries...)
	}
	return all
}

// due is the time until the next try of a hint.
func (h *house) due(endpoint, id string) time.Duration {
	h.t.Helper()
	return time.UnixMicro(h.rows(endpoint)[id].Due).Sub(h.clock.now())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestMain(m *testing.M) {
	if os.Getenv("WEBHOOK_TEST_PLACE") != "" {
		sendUntilKilled()
		return
	}
	os.Exit(m.Run())
}
