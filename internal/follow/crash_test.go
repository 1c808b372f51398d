package follow_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/publish"
)

// kills is how often a process is killed in each of the tests.
var kills = flag.Int("kills", 4, "how often a publishing, and a following, process is killed")

// childLine is the environment variable by which this test binary knows that it is a
// process to be killed, or to be left without room on the disk.
const childLine = "INTERDICT_FOLLOW_CHILD"

// child is such a process: it publishes to a folder, or follows from one.
type child struct {
	Publish     string // folder; "": it follows
	ListKey     string
	URL, Public string
	Office      place
	Room        uint64 // most bytes that a file may have; 0: as much as there is
}

func TestMain(m *testing.M) {
	if line := os.Getenv(childLine); line != "" {
		var c child
		err := json.Unmarshal([]byte(line), &c)
		if err == nil {
			err = c.work()
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// work works until the process is killed, or cannot go on.
func (c child) work() error {
	if c.Room > 0 {
		signal.Ignore(syscall.SIGXFSZ) // a write fails then, as on a full disk
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: c.Room, Max: c.Room}); err != nil {
			return err
		}
	}
	if c.Publish != "" {
		return c.publish()
	}
	v, err := ledger.NewVerifier(c.Public)
	if err != nil {
		return err
	}
	o, err := c.Office.open(context.Background(), c.URL, v, time.Now, nil)
	for err == nil {
		fmt.Println("looking")
		_, _, err = o.institution.Look(context.Background())
	}
	return err
}

func (c child) publish() error {
	feed, err := publish.Open(c.Publish, c.ListKey)
	for err == nil {
		_, err = feed.Publish(issueOf(int(feed.Size())+1), time.Now())
		fmt.Println(feed.Size())
	}
	return err
}

// issueOf is a list of 26 persons and a few, whose names change with n.
func issueOf(n int) publish.Issue {
	var names []string
	for i := range 26 + n%5 {
		names = append(names, fmt.Sprintf("Ivan Primerov %c %d", 'A'+i, n))
	}
	return issue(names...)
}

// begin begins a process and waits for its first word.
func (c child) begin(t *testing.T) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(must(os.Executable()))
	cmd.Env = append(os.Environ(), childLine+"="+string(must(json.Marshal(c))))
	var errs strings.Builder
	cmd.Stderr = &errs
	out := must(cmd.StdoutPipe())
	must(0, cmd.Start())
	first := bufio.NewScanner(out)
	if !first.Scan() && c.Room == 0 {
		cmd.Wait()
		t.Fatalf("the process ended: %s", errs.String())
	}
	go func() {
		for first.Scan() {
		}
	}()
	return cmd
}

// dies kills a process at a moment of chance.
func dies(cmd *exec.Cmd) {
	time.Sleep(rand.N(400 * time.Millisecond))
	cmd.Process.Kill()
	cmd.Wait()
}

// The folder of a publishing process that was killed holds the old edition or the
// new one, whole; whoever follows it is never told a lie; the next process goes on.
func TestAPublishingProcessIsKilled(t *testing.T) {
	c := child{Publish: t.TempDir(), ListKey: newListKey()}
	server := httptest.NewServer(http.FileServer(http.Dir(c.Publish)))
	defer server.Close()
	a, b := &authority{dir: c.Publish, key: c.ListKey, url: server.URL}, newBank(t)
	editions := int64(0)
	for range *kills {
		dies(c.begin(t))
		if a.feed == nil {
			a.feed = must(publish.Open(t.TempDir(), c.ListKey)) // for its verifier only
		}
		b.clock.at = time.Now()
		f := b.open(a)
		out, err := f.Look(t.Context())
		if err != nil && fault.KindOf(err) != fault.Unavailable || out.Edition+1 < editions {
			t.Fatalf("after a death, %d editions seen before: %+v %v", editions, out, err)
		}
		editions = out.Edition + 1
	}
	again := must(publish.Open(c.Publish, c.ListKey))
	must(again.Publish(issueOf(int(again.Size())+1), time.Now()))
	out, err := b.open(a).Look(t.Context())
	if err != nil || out.Edition != again.Size()-1 || out.Waits != "" || !b.finds("Ivan Primerov A") {
		t.Errorf("at the end: %+v %v, %d editions", out, err, again.Size())
	}
	t.Logf("%d kills, %d editions", *kills, again.Size())
}

// An institution whose process is killed, or runs out of room, at whatever moment,
// raises each hit of each customer once, acknowledges nothing that is not so, and
// its ledger stays whole.
func TestAFollowingProcessIsKilled(t *testing.T) {
	a := newAuthority(t)
	must(a.feed.Publish(issueOf(1), time.Now()))
	o, pub := newPlace(t, hundred())
	first := must(o.open(t.Context(), a.url, a.feed.Verifier(), time.Now, nil))
	house{t, first.clerk}.officers()
	must(0, first.close())
	c := child{URL: a.url, Public: publicOf(t, a.key), Office: o}
	full := c
	full.Room = 48 << 10
	for n := range *kills {
		dies(c.begin(t))
		must(a.feed.Publish(issueOf(n+2), time.Now()))
		starved := full.begin(t)
		time.AfterFunc(time.Minute, func() { starved.Process.Kill() })
		if err := starved.Wait(); !isExit(err, 1) {
			t.Fatalf("without room it did not end with an error: %v", err)
		}
	}
	last := must(o.open(t.Context(), a.url, a.feed.Verifier(), time.Now, nil))
	defer last.close()
	in, k := last.institution, last.clerk
	if _, _, err := in.Look(t.Context()); err != nil {
		t.Fatalf("at the end: %v", err)
	}
	if s := must(in.Status()); s.LastGood || s.Edition != a.feed.Size()-1 || s.Book.Customers != 100 || s.Book.Edition != s.Edition {
		t.Errorf("%+v %+v", s, s.Book)
	}
	once(t, k)
	verifier := must(ledger.NewVerifier(pub))
	if _, err := k.Store.Verify(t.Context(), verifier, nil, nil); err != nil {
		t.Errorf("the ledger does not verify: %v", err)
	}
	if r := must(k.Rebuild(t.Context(), nil)); len(r.Differ) > 0 {
		t.Errorf("the views differ from the ledger: %q", r.Differ)
	}
}

// once fails the test if a hit of a customer stands in two alerts, or a customer
// in none.
func once(t *testing.T, k *clerk.Clerk) {
	t.Helper()
	seen, customers, after := map[string]int{}, map[string]bool{}, ""
	for {
		page := must(k.List(t.Context(), clerk.Order{By: "olga"}, "alert", "", after, 200))
		for _, row := range page.Rows {
			a := must(k.Read(t.Context(), clerk.Order{By: "olga", Purpose: "test"}, "alert", row.ID, clerk.When{})).Content.(alert.Alert)
			customers[a.Source] = true
			for _, h := range a.Hits {
				if seen[a.Source+h.Entry+h.EntryVersion+h.Band]++; seen[a.Source+h.Entry+h.EntryVersion+h.Band] == 2 {
					t.Errorf("%s has %s twice", a.Source, h.Name)
				}
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(customers) != 100 {
		t.Errorf("%d of 100 customers have an alert", len(customers))
	}
}

func isExit(err error, code int) bool {
	var e *exec.ExitError
	return errors.As(err, &e) && e.ExitCode() == code
}

func publicOf(t *testing.T, signer string) string {
	t.Helper()
	return must(ledger.VerifierKey(signer))
}
