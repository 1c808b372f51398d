package cli_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"interdict/internal/match"
	"interdict/internal/mutate"
	"interdict/internal/wire"
)

// process is a command of ours that runs beside the test.
type process struct {
	*exec.Cmd
	mu   sync.Mutex
	said strings.Builder
	exit chan struct{}
}

// start starts a command line. It is killed at the end of the test.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command("interdict", args...), exit: make(chan struct{})}
	errs, err := p.StderrPipe()
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for in := bufio.NewScanner(errs); in.Scan(); {
			p.mu.Lock()
			p.said.WriteString(in.Text() + "\n")
			p.mu.Unlock()
		}
		_ = p.Wait()
		close(p.exit)
	}()
	t.Cleanup(p.kill)
	return p
}

func (p *process) kill() {
	_ = p.Process.Kill()
	<-p.exit
}

// says waits until the process has written a line with the words, and returns what
// follows them on it.
func (p *process) says(t *testing.T, words string) string {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		p.mu.Lock()
		_, rest, ok := strings.Cut(p.said.String(), words)
		p.mu.Unlock()
		if line, _, whole := strings.Cut(rest, "\n"); ok && whole {
			return strings.TrimSpace(line)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t.Fatalf("never says %q:\n%s", words, p.said.String())
	return ""
}

// ends waits for the end of a process and returns its exit code.
func (p *process) ends(t *testing.T) int {
	t.Helper()
	select {
	case <-p.exit:
	case <-time.After(2 * time.Minute):
		p.mu.Lock()
		defer p.mu.Unlock()
		t.Fatalf("does not end:\n%s", p.said.String())
	}
	return p.ProcessState.ExitCode()
}

// held is the number of shards that workers hold.
func held(t *testing.T, url string) int {
	t.Helper()
	l, err := wire.Dial(wire.Far{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c, err := l.Consumer(t.Context(), "INTERDICT_SHARDS", "workers-"+match.Profile())
	if errors.Is(err, jetstream.ErrConsumerNotFound) || errors.Is(err, jetstream.ErrStreamNotFound) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return c.CachedInfo().NumAckPending
}

// TestAKilledWorkerLosesNothing: workers are killed, one of them at least while it
// holds a shard, and the file is that of one machine.
func TestAKilledWorkerLosesNothing(t *testing.T) {
	book := writeBook(t, 30_000)
	want, _, _ := answer(t, t.Context(), screenBook(book, "--all")...)
	out := filepath.Join(t.TempDir(), "alerts.csv")
	args := append(screenBook(book, "--all", "--out", out, "--workers", "0", "--hub", "127.0.0.1:0"), "--data", t.TempDir())
	coordinator := start(t, append([]string{"bulk", "run"}, args[2:]...)...)
	url := coordinator.says(t, "bulk worker --nats")
	worker := func() *process {
		return start(t, "bulk", "worker", "--nats", url, "--workers", "2", "--data", t.TempDir())
	}
	killed, holding := 0, 0
	for holding == 0 && killed < 8 {
		w := worker()
		w.says(t, "interdict works for")
		for end := time.Now().Add(10 * time.Second); held(t, url) == 0 && time.Now().Before(end); {
			time.Sleep(2 * time.Millisecond)
		}
		w.kill()
		killed++
		holding = held(t, url)
	}
	if holding == 0 {
		t.Errorf("%d workers were killed, none while it held a shard: nothing was tried", killed)
	}
	t.Logf("%d workers killed, the last with %d shards", killed, holding)
	worker()
	if code := coordinator.ends(t); code != 1 {
		t.Fatalf("exit code %d\n%s", code, coordinator.said.String())
	}
	if got := contents(t, out); got != want {
		t.Errorf("%d bytes, one machine writes %d; first difference: %s", len(got), len(want), firstDifference(got, want))
	}
}

// TestAKilledCoordinatorGoesOn: the cluster and a worker live on while the
// coordinator is killed and called again.
func TestAKilledCoordinatorGoesOn(t *testing.T) {
	book := writeBook(t, 25_000)
	l, err := wire.Open(wire.Hub{Dir: t.TempDir(), Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	start(t, "bulk", "worker", "--nats", l.URL(), "--workers", "1", "--data", t.TempDir())
	want, _, _ := answer(t, t.Context(), screenBook(book, "--json")...)
	out := filepath.Join(t.TempDir(), "alerts.json")
	args := append([]string{"bulk", "run"}, screenBook(book, "--json", "--out", out, "--workers", "1", "--nats", l.URL(), "--data", t.TempDir())[2:]...)
	c := mutate.NewChance(uint64(time.Now().UnixNano()))
	killed := 0
	for killed < 3 && !killSoon(t, exec.Command("interdict", args...), out+".progress", c) {
		killed++
		if _, err := os.Stat(out + ".progress"); errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if _, err := os.Stat(out + ".progress"); err == nil {
		if _, errs, code := answer(t, t.Context(), args...); code != 1 {
			t.Fatalf("exit code %d: %s", code, errs)
		}
	}
	t.Logf("killed %d times", killed)
	if got := contents(t, out); killed == 0 || got != want {
		t.Errorf("killed %d times; %d bytes, one machine writes %d; %s", killed, len(got), len(want), firstDifference(got, want))
	}
}

// TestReplicasAnswerWhatIsPushed: also when whoever pushed is killed.
func TestReplicasAnswerWhatIsPushed(t *testing.T) {
	dir := t.TempDir()
	pusher := start(t, "replica", "push", "--hub", "127.0.0.1:0", "--data", filepath.Join(dir, "a"))
	url := pusher.says(t, "replica --nats")
	id, _, _ := strings.Cut(pusher.says(t, "register "), " ")
	rep := start(t, "replica", "--nats", url, "--listen", "127.0.0.1:0", "--data", filepath.Join(dir, "b"))
	at, _, _ := strings.Cut(rep.says(t, "answers on "), ",")
	ready := func() (int, string) {
		r, err := http.Get(at + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		b, _ := io.ReadAll(r.Body)
		return r.StatusCode, string(b)
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if code, text := ready(); code == 200 {
			if !strings.Contains(text, `"snapshot":"`+id+`"`) || !strings.Contains(text, `"profile":"`+match.Profile()+`"`) {
				t.Errorf("ready: %s", text)
			}
			break
		} else if time.Now().After(end) {
			t.Fatalf("never ready: %d %s", code, text)
		}
	}
	for _, pushed := range []bool{true, false} {
		if !pushed {
			pusher.kill()
		}
		for _, x := range []struct {
			path, body string
			code       int
			says       string
		}{
			{"/v1/screen/name", `{"subject":{"kind":"organisation","names":[{"full":"Islamic State"}]}}`, 200, `"status":"hits"`},
			{"/v1/screen/name", `{"subject":{"kind":"person","names":[{"full":"Marta Lindqvist"}]}}`, 200, `"status":"none"`},
			{"/v1/screen/name", `{"subject":{"kind":"person","names":[{"full":"Marta Lindqvist"}]},"as_of":"3"}`, 422, "a replica holds the register in force alone"},
			{"/v1/screen/name", `{"subject":{"kind":"person","names":[]}}`, 422, "names"},
			{"/v1/screen/document?name=a.txt", "He gave it to the Islamic State.", 200, `"mentions":[{`},
			{"/v1/screen/document?name=a.pdf", "%PDF-nothing", 200, `"status":"not_screened"`},
			{"/v1/screen/payment?name=a.xml", "<none/>", 200, `"status":"not_screened"`},
			{"/v1/dossiers", "{}", 404, ""},
		} {
			kind := "application/json"
			if strings.Contains(x.path, "?") {
				kind = "application/octet-stream"
			}
			r, err := http.Post(at+x.path, kind, strings.NewReader(x.body))
			if err != nil {
				t.Fatal(err)
			}
			b, _ := io.ReadAll(r.Body)
			r.Body.Close()
			if r.StatusCode != x.code || !strings.Contains(string(b), x.says) || x.code == 200 && !strings.Contains(string(b), id) {
				t.Errorf("%s %s: %d %s", x.path, x.body, r.StatusCode, b)
			}
		}
	}
}

// TestNobodyComesInUnasked: what would lie open to other machines is refused.
func TestNobodyComesInUnasked(t *testing.T) {
	book := writeBook(t, 10)
	short := filepath.Join(t.TempDir(), "short")
	if err := os.WriteFile(short, []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		args []string
		says string
	}{
		{[]string{"bulk", "run", book, "--hub", "0.0.0.0:0"}, "without TLS or a token"},
		{[]string{"bulk", "run", book, "--hub", ":0"}, "without TLS or a token"},
		{[]string{"bulk", "run", book, "--hub", "0.0.0.0:0", "--credentials", short}, "without TLS or a token"},
		{[]string{"bulk", "run", book, "--hub", "127.0.0.1:0", "--credentials", short}, "shorter than 24 signs"},
		{[]string{"bulk", "run", book, "--hub", "127.0.0.1:0", "--nats", "nats://127.0.0.1"}, "give one"},
		{[]string{"bulk", "run", book, "--workers", "0"}, "nobody else can come"},
		{[]string{"bulk", "run", book, "--hub", "here"}, "not an address"},
		{[]string{"bulk", "worker"}, "give --nats URL"},
		{[]string{"bulk", "worker", "--nats", "nats://192.0.2.1:4222"}, "no credentials are given"},
		{[]string{"bulk", "worker", "--nats", "nats://127.0.0.1:4222,nats://192.0.2.1:4222"}, "no credentials are given"},
		{[]string{"bulk", "worker", "--nats", "here"}, "not the URL of a NATS server"},
		{[]string{"replica", "--nats", "nats://127.0.0.1:1", "--listen", "0.0.0.0:0"}, "anybody who reaches 0.0.0.0:0 could ask"},
		{[]string{"replica", "--nats", "nats://127.0.0.1:1", "--listen", ":0"}, "anybody who reaches"},
		{[]string{"replica", "--nats", "nats://127.0.0.1:1", "--listen", ":0", "--client-ca", short}, "wants --tls-cert"},
		{[]string{"replica", "--nats", "nats://127.0.0.1:1", "--listen", ":0", "--behind-gateway"}, "is NATS running there"},
		{[]string{"replica", "push", "--once"}, "--once wants --nats"},
		{[]string{"screen", "book", book, "--json", "--out", filepath.Join(t.TempDir(), "x.parquet")}, "two forms"},
	} {
		if _, errs, code := answer(t, t.Context(), append(x.args, "--data", filepath.Join(t.TempDir(), "none"))...); code != 2 || !strings.Contains(errs, x.says) {
			t.Errorf("%v: exit code %d: %s", x.args, code, errs)
		}
	}
}

// TestParquetIsWrittenAlikeByOneMachineAndMany, and a killed run goes on to it.
func TestParquetIsWrittenAlikeByOneMachineAndMany(t *testing.T) {
	book := writeBook(t, 4000)
	dir := t.TempDir()
	one, many, again := filepath.Join(dir, "one.parquet"), filepath.Join(dir, "many.parquet"), filepath.Join(dir, "again.parquet")
	for out, args := range map[string][]string{one: {"screen", "book"}, many: {"bulk", "run"}} {
		if _, errs, code := answer(t, t.Context(), append(args, screenBook(book, "--out", out)[2:]...)...); code != 1 {
			t.Fatal(code, errs)
		}
	}
	c := mutate.NewChance(uint64(time.Now().UnixNano()))
	args := screenBook(book, "--out", again)
	if !killSoon(t, exec.Command("interdict", args...), again+".rows.progress", c) {
		if _, errs, code := answer(t, t.Context(), args...); code != 1 {
			t.Fatal(code, errs)
		}
	}
	want := contents(t, one)
	if contents(t, many) != want || contents(t, again) != want || len(want) < 1000 {
		t.Errorf("%d bytes; of many machines the same: %v; of a killed run: %v", len(want), contents(t, many) == want, contents(t, again) == want)
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(left) != 3 {
		t.Errorf("left behind: %v", left)
	}
	if _, errs, code := answer(t, t.Context(), screenBook(book, "--out", one)...); code != 2 || !strings.Contains(errs, "one.parquet exists") {
		t.Error(code, errs)
	}
	// What was written is a book again: names and ids come back.
	back, errs, _ := answer(t, t.Context(), screenBook(one, "--all")...)
	if n := strings.Count(back, "Usama bin Ladin"); n < 40 {
		t.Errorf("%d of the listed come back; %s%.300s", n, errs, fmt.Sprint(back))
	}
}
