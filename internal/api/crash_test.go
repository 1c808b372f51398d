package api_test

import (
	"bufio"
	"bytes"
	"context"
	crand "crypto/rand"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"interdict/internal/api"
	"interdict/internal/clerk"
	"interdict/internal/ledger"
	"interdict/internal/postgres"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/roster"
	"interdict/internal/sqlite"
	"interdict/internal/vault"
)

// kills is how often a serving process is killed on each engine.
var kills = flag.Int("kills", 3, "how often a serving process is killed on each engine")

// servingLine is the environment variable by which this test binary knows that it
// is the process to be killed, and where its house is.
const servingLine = "INTERDICT_API_SERVING"

func TestMain(m *testing.M) {
	if line := os.Getenv(servingLine); line != "" {
		fmt.Fprintln(os.Stderr, serve(line))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// site is where a house is that processes serve one after the other.
type site struct {
	Engine, Place, Signer, Master string
}

// clerk opens the house.
func (s site) clerk(ctx context.Context) (*clerk.Clerk, func(), error) {
	openStore, openKeys, keysAt := sqlite.Open, sqlite.OpenKeys, filepath.Join(s.Place, "keys")
	if s.Engine == "postgres" {
		openStore, openKeys, keysAt = postgres.Open, postgres.OpenKeys, s.Place
	}
	kept, err := openStore(ctx, s.Place, s.Signer)
	if err != nil {
		return nil, nil, err
	}
	keys, err := openKeys(ctx, keysAt)
	if err != nil {
		return nil, nil, err
	}
	v, err := vault.New(s.Master, keys, vault.DefaultMaxBytes)
	if err != nil {
		return nil, nil, err
	}
	c := clerk.New(clerk.Config{Store: kept, Vault: v, Now: time.Now, Random: crand.Reader})
	return c, func() { kept.Close(); keys.Close() }, nil
}

// serve serves a house until the process is killed; it says where.
func serve(line string) error {
	var s site
	if err := json.Unmarshal([]byte(line), &s); err != nil {
		return err
	}
	c, _, err := s.clerk(context.Background())
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	api.Mount(mux, api.Config{Clerk: c, Version: "test", Identify: byName})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	return http.Serve(l, mux)
}

// TestKilled kills a serving process at moments of chance while many write. After
// each death the ledger verifies, every command that was acknowledged stands in
// it as it was acknowledged, and the views are what the ledger says.
func TestKilled(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			s := site{Engine: engine, Place: t.TempDir()}
			if engine == "postgres" {
				s.Place = postgrestest.Start(t).Database(t)
			}
			signer, verify, err := ledger.NewKey(crand.Reader, "commission.example/ledger")
			must(t, err)
			s.Signer = signer
			s.Master, err = vault.NewMaster()
			must(t, err)
			ids := s.people(t)
			var acknowledged []acknowledged
			for n := range *kills {
				acknowledged = append(acknowledged, s.life(t, n, ids)...)
				s.check(t, verify, acknowledged)
			}
			if len(acknowledged) < *kills {
				t.Errorf("%d commands were acknowledged in %d lives: the house did not work", len(acknowledged), *kills)
			}
			t.Logf("%d kills, %d commands acknowledged", *kills, len(acknowledged))
		})
	}
}

// acknowledged is a command that was answered as done.
type acknowledged struct {
	key  string
	done clerk.Done
}

// people founds the house with some dossiers and returns their ids.
func (s site) people(t *testing.T) []string {
	c, closes, err := s.clerk(t.Context())
	must(t, err)
	defer closes()
	_, err = c.Found(t.Context(), clerk.Foundation{Commission: "commission", Name: "Commission", Country: "XX", Administrator: "ada", PersonName: "Ada"})
	must(t, err)
	do := func(who roster.PersonID, command, id string, b body) clerk.Done {
		text, err := json.Marshal(b)
		must(t, err)
		d, err := c.Do(t.Context(), clerk.Order{By: who}, command, id, text)
		must(t, err)
		return d
	}
	do("ada", "roster.engage", "main", body{"id": "analyst", "name": "Analyst", "organisation": "commission"})
	do("ada", "roster.give_role", "main", body{"id": "analyst", "role": "analyst"})
	var ids []string
	for i := range 4 {
		ids = append(ids, do("analyst", "dossier.open", "", body{"title": fmt.Sprint("Case ", i), "subject": someone("X")}).ID)
	}
	return ids
}

// life serves the house in a process of its own, writes to it, kills it, and
// returns what was acknowledged.
func (s site) life(t *testing.T, n int, ids []string) []acknowledged {
	line, err := json.Marshal(s)
	must(t, err)
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), servingLine+"="+string(line))
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the house does not serve: %v\n%s", err, said.String())
	}
	url := "http://" + strings.TrimSpace(address)
	var mu sync.Mutex
	var all []acknowledged
	first := make(chan struct{})
	var once sync.Once
	var wait sync.WaitGroup
	for i, id := range ids {
		wait.Go(func() {
			for k := 0; ; k++ {
				key := fmt.Sprintf("%d-%d-%d", n, i, k)
				done, alive := write(url, id, key)
				if !alive {
					return
				}
				once.Do(func() { close(first) })
				mu.Lock()
				all = append(all, acknowledged{"analyst/" + key, done})
				mu.Unlock()
			}
		})
	}
	select {
	case <-first:
	case <-time.After(time.Minute):
	}
	time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond) // a moment of chance, under load
	must(t, cmd.Process.Kill())
	wait.Wait()
	cmd.Wait() // killed
	return all
}

// write sends one command; alive is false if nobody answered that it was done.
func write(url, id, key string) (d clerk.Done, alive bool) {
	text, _ := json.Marshal(body{"open": "text of " + key})
	r, err := http.NewRequest(http.MethodPost, url+path("dossier.write", id), bytes.NewReader(text))
	if err != nil {
		return d, false
	}
	r.Header.Set("Authorization", "Bearer analyst")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return d, false
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	return d, err == nil && resp.StatusCode == http.StatusOK && json.Unmarshal(answer, &d) == nil
}

// check opens the house after a death.
func (s site) check(t *testing.T, verify string, all []acknowledged) {
	t.Helper()
	c, closes, err := s.clerk(t.Context())
	must(t, err)
	defer closes()
	verifier, err := ledger.NewVerifier(verify)
	must(t, err)
	if _, err := c.Store.Verify(t.Context(), verifier, nil, nil); err != nil {
		t.Errorf("the ledger does not verify: %v", err)
	}
	for _, a := range all {
		was, err := c.Store.Command(t.Context(), a.key)
		if err != nil || was.First != a.done.Index || was.Events[0].Version != a.done.Version || was.Events[0].Stream != a.done.Stream {
			t.Errorf("%s was acknowledged as %+v and stands as %+v: %v", a.key, a.done, was, err)
		}
	}
	rebuilt, err := c.Rebuild(t.Context(), nil)
	must(t, err)
	if len(rebuilt.Differ) > 0 {
		t.Errorf("the views differ from the ledger: %q", rebuilt.Differ)
	}
}
