package ledgertest_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/postgres/postgrestest"
	"interdict/internal/store"
	"interdict/internal/vault"
)

// childLine is the environment variable by which this test binary knows that it
// is the process to be killed, and what to do.
const childLine = "INTERDICT_LEDGERTEST"

func TestMain(m *testing.M) {
	if line := os.Getenv(childLine); line != "" {
		if err := child(line); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// task is what a child does: append to its own streams until it is killed, or
// until it has appended so many commands.
type task struct {
	Place    place
	Signer   string
	Name     string // of the child: its streams and commands begin with it
	Commands int    // 0: without end
	Writers  int
}

// ack is what a child says of a command once it is durable.
type ack struct {
	Index   int64
	Command string
	Events  int
	Body    string // hash of the first body, in hex
}

// child carries out a task, and says each command on standard output in a single
// write, so that a reader sees whole lines or nothing.
func child(line string) error {
	var job task
	if err := json.Unmarshal([]byte(line), &job); err != nil {
		return err
	}
	ctx := context.Background()
	s, err := job.Place.open(ctx, job.Signer)
	if err != nil {
		return err
	}
	defer s.Close()
	failed := make(chan error, job.Writers)
	for i := range job.Writers {
		go func() { failed <- job.write(ctx, s, fmt.Sprintf("%s-%d", job.Name, i)) }()
	}
	for range job.Writers {
		if err := <-failed; err != nil {
			return err
		}
	}
	return nil
}

// write appends commands of one to three events, the first with evidence. After
// an answer that does not say what became of the command it repeats it.
func (j task) write(ctx context.Context, s *store.Store, name string) error {
	version := uint64(0)
	for n := 0; j.Commands == 0 || n < j.Commands; n++ {
		command := fmt.Sprintf("%s/%d", name, n)
		var c store.Change
		for i := range n%3 + 1 {
			version++
			d := store.Draft{Body: chance(fmt.Sprintf("%s/%d", command, i)), Envelope: event.Envelope{
				Kind: "test.happened", Stream: "dossier/" + name, Version: version, At: noon.Add(time.Duration(n) * time.Second), By: name, Command: command,
			}}
			if i == 0 {
				d.Evidence = []vault.Sealed{chance(command + "/evidence")}
			}
			c.Events = append(c.Events, d)
		}
		a, err := s.Append(ctx, c)
		for tries := 0; fault.KindOf(err) == fault.Unavailable && tries < 200; tries++ {
			time.Sleep(50 * time.Millisecond)
			a, err = s.Append(ctx, c)
		}
		if err != nil {
			return fmt.Errorf("command %s: %w", command, err)
		}
		text, err := json.Marshal(ack{a.First, command, len(a.Events), fmt.Sprintf("%x", a.Events[0].Body)})
		if err != nil {
			return err
		}
		if _, err := os.Stdout.Write(append(text, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// chance is something sealed whose bytes are of no matter here.
func chance(text string) vault.Sealed {
	s := vault.Sealed{Subject: "dossier/x", Cipher: []byte(strings.Repeat(text, 10))}
	for i := range s.Hash {
		s.Hash[i] = byte(rand.Uint32())
	}
	return s
}

// running is a child and what it has said.
type running struct {
	cmd  *exec.Cmd
	mu   sync.Mutex
	said []ack
	done chan error
}

// run starts a child.
func run(t *testing.T, job task) *running {
	t.Helper()
	line, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := &running{cmd: exec.Command(self), done: make(chan error, 1)}
	r.cmd.Env = append(os.Environ(), childLine+"="+string(line))
	r.cmd.Stderr = os.Stderr
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		err := r.listen(out)
		if ended := r.cmd.Wait(); err == nil {
			err = ended
		}
		r.done <- err
	}()
	return r
}

func (r *running) listen(out io.Reader) error {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var a ack
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return fmt.Errorf("%q: %w", lines.Text(), err)
		}
		r.mu.Lock()
		r.said = append(r.said, a)
		r.mu.Unlock()
	}
	return lines.Err()
}

func (r *running) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.said)
}

// reach waits until the child has said n commands; false if it ended before.
func (r *running) reach(n int) bool {
	for r.count() < n {
		select {
		case err := <-r.done:
			r.done <- err
			return r.count() >= n
		case <-time.After(time.Millisecond):
		}
	}
	return true
}

// kill ends the child by a signal that it cannot see, and returns all that it
// said.
func (r *running) kill() []ack {
	_ = r.cmd.Process.Kill() // it may have ended
	<-r.done
	return r.said
}

// keeps fails unless the ledger is whole, holds every command that was
// acknowledged where it was acknowledged, and no half of any command.
func keeps(t *testing.T, w *world, said []ack) {
	t.Helper()
	if _, err := w.check(t); err != nil {
		t.Fatalf("the ledger is not whole: %v", err)
	}
	look, err := w.look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	stored := map[string][]store.Happened{}
	for h, err := range look.Walk(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		stored[h.Envelope.Command] = append(stored[h.Envelope.Command], h)
	}
	for _, a := range said {
		got := stored[a.Command]
		if len(got) != a.Events || got[0].Index != a.Index || fmt.Sprintf("%x", got[0].Envelope.Body) != a.Body {
			t.Fatalf("acknowledged %+v, stored %+v", a, got)
		}
	}
	for command, got := range stored {
		var n int
		_, number, _ := strings.Cut(command, "/")
		if _, err := fmt.Sscan(number, &n); err != nil {
			t.Fatal(err)
		}
		if len(got) != n%3+1 || len(got[0].Envelope.Evidence) != 1 {
			t.Fatalf("command %s is kept by half: %d events", command, len(got))
		}
		for i, h := range got {
			if h.Index != got[0].Index+int64(i) {
				t.Fatalf("command %s does not stand together", command)
			}
		}
	}
}

// killing kills the writing process again and again.
func killing(t *testing.T, p place, kills int) {
	w := found(t, p)
	if err := w.Close(); err != nil { // the children are alone
		t.Fatal(err)
	}
	var said []ack
	early := 0
	for k := range kills {
		r := run(t, task{Place: p, Signer: w.signer, Name: fmt.Sprintf("k%d", k), Writers: 4})
		if k%5 != 0 { // every fifth is killed while it opens, or soon after
			r.reach(1)
		}
		time.Sleep(time.Duration(rand.IntN(120)) * time.Millisecond)
		got := r.kill()
		if len(got) == 0 {
			early++
		}
		said = append(said, got...)
		if k%20 == 19 || k == kills-1 {
			keeps(t, w, said)
		}
	}
	t.Logf("%d kills (%d before the first command), %d commands acknowledged, none lost", kills, early, len(said))
	if len(said) < kills {
		t.Errorf("only %d commands were acknowledged: this test kills too early", len(said))
	}
}

func killsWanted() int {
	if *long {
		return 200
	}
	return 10
}

func TestKillsOnSQLite(t *testing.T) {
	killing(t, place("sqlite "+t.TempDir()), killsWanted())
}

func TestKillsOnPostgres(t *testing.T) {
	killing(t, place("postgres "+postgrestest.Start(t).Database(t)), killsWanted())
}

// TestCrashesOfPostgres crashes the server under a process that writes on.
func TestCrashesOfPostgres(t *testing.T) {
	server := postgrestest.Start(t)
	w := found(t, place("postgres "+server.Database(t)))
	crashes := 3
	if *long {
		crashes = 25
	}
	r := run(t, task{Place: w.place, Signer: w.signer, Name: "c", Writers: 4})
	for range crashes {
		if !r.reach(r.count() + 20) {
			t.Fatal("the writer ended")
		}
		time.Sleep(time.Duration(rand.IntN(50)) * time.Millisecond)
		server.Crash(t)
		server.Restart(t)
	}
	r.reach(r.count() + 20)
	said := r.kill()
	keeps(t, w, said)
	t.Logf("%d crashes of the server, %d commands acknowledged, none lost", crashes, len(said))
}

// TestSeveralProcessesWriteToOnePostgres lets four processes write at once, and
// this one compete with them for a stream.
func TestSeveralProcessesWriteToOnePostgres(t *testing.T) {
	w := found(t, place("postgres "+postgrestest.Start(t).Database(t)))
	const processes, commands, writers = 4, 20, 3
	var all []*running
	for i := range processes {
		all = append(all, run(t, task{Place: w.place, Signer: w.signer, Name: fmt.Sprintf("p%d", i), Commands: commands, Writers: writers}))
	}
	var points []ledger.Checkpoint
	var said []ack
	for _, r := range all {
		points = append(points, w.checkpoint(t))
		if err := <-r.done; err != nil {
			t.Fatal(err)
		}
		said = append(said, r.said...)
	}
	if len(said) != processes*commands*writers {
		t.Errorf("%d commands were acknowledged", len(said))
	}
	keeps(t, w, said)
	if _, err := w.check(t, points...); err != nil {
		t.Errorf("checkpoints read meanwhile: %v", err)
	}
}
