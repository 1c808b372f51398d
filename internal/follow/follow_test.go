package follow_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"interdict/internal/archive"
	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/follow"
	"interdict/internal/ledger"
	"interdict/internal/list/own"
	"interdict/internal/lookout"
	"interdict/internal/notice"
	"interdict/internal/publish"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func issue(names ...string) publish.Issue {
	var i publish.Issue
	for n, name := range names {
		key := fmt.Sprintf("OWN-%03d", n)
		i.Entries = append(i.Entries, publish.Entry{Decided: noon, Record: record.Record{
			Source: own.ID, Key: key, Subject: record.Subject{Kind: record.Person, Names: []record.Name{{Full: name, Type: record.Primary, Quality: record.Strong}}},
			Listings: []record.Listing{{Authority: "Commission", Reference: key, ListedOn: date.OnDay(2026, 11, 28)}},
		}})
		i.Notices = append(i.Notices, notice.Notice{Title: "Freezing", Body: key + "\n"})
	}
	return i
}

// authority is a published list on loopback, with somebody on the way who may
// spoil what it sends.
type authority struct {
	dir, key string
	feed     *publish.Feed
	url      string
	mu       sync.Mutex
	spoil    func(path string, body []byte) (int, []byte) // nil: nothing is spoilt
	asked    []string
}

func newAuthority(t *testing.T) *authority {
	a := &authority{dir: t.TempDir(), key: newListKey()}
	a.feed = must(openFeed(a))
	server := httptest.NewServer(http.HandlerFunc(a.serve))
	t.Cleanup(func() { a.feed.Close(); server.Close() })
	a.url = server.URL
	return a
}

func newListKey() string {
	key, _, err := ledger.NewKey(rand.Reader, "commission.example/list")
	return must(key, err)
}

func openFeed(a *authority) (*publish.Feed, error) { return publish.Open(a.dir, a.key) }

func (a *authority) serve(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	spoil, feed := a.spoil, a.feed
	a.asked = append(a.asked, r.URL.Path)
	a.mu.Unlock()
	if spoil == nil || r.URL.Path == "/events" {
		feed.ServeHTTP(w, r)
		return
	}
	got := httptest.NewRecorder()
	r.Header.Del("If-None-Match")
	feed.ServeHTTP(got, r)
	status, body := spoil(r.URL.Path, got.Body.Bytes())
	if status == 0 { // cut short: said to be longer than it is
		w.Header().Set("Content-Length", fmt.Sprint(len(got.Body.Bytes())))
		status = http.StatusOK
	}
	w.WriteHeader(status)
	w.Write(body)
}

func (a *authority) spoilt(spoil func(path string, body []byte) (int, []byte)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.spoil = spoil
}

// show lets another feed answer from now on.
func (a *authority) show(f *publish.Feed) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.feed = f
}

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

// bank is a follower in its own folder.
type bank struct {
	t        *testing.T
	dir      string
	clock    *clock
	lookout  *lookout.Lookout
	screened []int64
	fail     error // of screening
	desk     *follow.Desk
}

func newBank(t *testing.T) *bank { return &bank{t: t, dir: t.TempDir(), clock: &clock{at: noon}} }

// open begins a process anew on the bank's folder.
func (b *bank) open(a *authority) *follow.Follower {
	b.t.Helper()
	kept := must(archive.Open(b.dir, follow.Source))
	b.t.Cleanup(func() { kept.Close() })
	b.lookout = must(lookout.Open(lookout.Config{
		Archive: kept, Fallback: register.Snapshot{ID: "empty"}, Notice: func(map[string]string) string { return "" }, Now: b.clock.now,
	}))
	return must(follow.Open(follow.Config{
		URL: a.url, Key: a.feed.Verifier(), Dir: filepath.Join(b.dir, "follow"), Archive: kept, Lookout: b.lookout, Now: b.clock.now,
		Client: &http.Client{Timeout: 20 * time.Second}, Every: 50 * time.Millisecond, Desk: b.desk,
		Screen: func(_ context.Context, edition int64) error {
			if b.fail == nil {
				b.screened = append(b.screened, edition)
			}
			return b.fail
		},
	}))
}

func (b *bank) finds(name string) bool {
	return must(b.lookout.Engine().Name(screen.Query{Name: name}, screen.Options{})).Status == screen.Hits
}

func TestAListIsFollowedFromEditionToEdition(t *testing.T) {
	a, b := newAuthority(t), newBank(t)
	f := b.open(a)
	if out := must(f.Look(t.Context())); out.Edition != -1 || out.New {
		t.Errorf("nothing is published: %+v", out)
	}
	must(a.feed.Publish(issue("Ivan Primerov"), noon))
	if out := must(f.Look(t.Context())); out.Edition != 0 || !out.New || !b.finds("Primerov, Ivan") {
		t.Errorf("the first edition: %+v", out)
	}
	if out := must(f.Look(t.Context())); out.New {
		t.Errorf("nothing is new: %+v", out)
	}
	for n := range 5 {
		must(a.feed.Publish(issue("Ivan Primerov", fmt.Sprint("Zoltan Quirrenbach ", n)), noon.Add(time.Duration(n+1)*time.Minute)))
		f = b.open(a) // a new process each time
		if out := must(f.Look(t.Context())); out.Edition != int64(n+1) || !b.finds("Zoltan Quirrenbach") {
			t.Errorf("edition %d: %+v", n+1, out)
		}
	}
	if want := []int64{0, 1, 2, 3, 4, 5}; !slices.Equal(b.screened, want) {
		t.Errorf("screened %v, want %v", b.screened, want)
	}
	whole := 0
	for _, p := range a.asked {
		if strings.HasPrefix(p, "/file/") {
			whole++
		}
	}
	if whole != 6 {
		t.Errorf("%d files were fetched for 6 editions: %q", whole, a.asked)
	}
}

// Whatever is altered or cut short on the way, nothing of it is loaded; once it
// is whole again it is.
func TestSpoiltFilesAreRefused(t *testing.T) {
	for _, part := range []string{"checkpoint", "edition", "tile", "file"} {
		for name, spoil := range map[string]func(b []byte) (int, []byte){
			"altered":   func(b []byte) (int, []byte) { b = bytes.Clone(b); b[len(b)/2] ^= 1; return 200, b },
			"truncated": func(b []byte) (int, []byte) { return 200, b[:len(b)-1] },
			"cut short": func(b []byte) (int, []byte) { return 0, b[:len(b)/2] },
			"longer":    func(b []byte) (int, []byte) { return 200, append(bytes.Clone(b), b...) },
			"empty":     func([]byte) (int, []byte) { return 200, nil },
		} {
			t.Run(part+" "+name, func(t *testing.T) {
				a, b := newAuthority(t), newBank(t)
				must(a.feed.Publish(issue("Ivan Primerov"), noon))
				f := b.open(a)
				must(f.Look(t.Context()))
				must(a.feed.Publish(issue("Ivan Primerov", "Zoltan Quirrenbach"), noon.Add(time.Minute)))
				a.spoilt(func(path string, body []byte) (int, []byte) {
					if strings.HasPrefix(path, "/"+part) {
						return spoil(body)
					}
					return 200, body
				})
				out, err := f.Look(t.Context())
				if k := fault.KindOf(err); err == nil || k != fault.Corrupt && k != fault.Unavailable || out.New || out.Edition != 0 || b.finds("Zoltan Quirrenbach") || !b.finds("Ivan Primerov") {
					t.Fatalf("%+v, %v", out, err)
				}
				if name != "cut short" && fault.KindOf(err) != fault.Corrupt {
					t.Errorf("not refused, but %v", err)
				}
				a.spoilt(nil)
				if out := must(b.open(a).Look(t.Context())); out.Edition != 1 || !b.finds("Zoltan Quirrenbach") {
					t.Errorf("whole again: %+v", out)
				}
			})
		}
	}
}

// An authority that begins another history under the same key is refused, be it
// shorter, as long, or longer; the last good state stays, and it can be gone on
// from when the true history is shown again.
func TestAForkIsRefused(t *testing.T) {
	for _, length := range []int{1, 2, 3, 4} {
		a, b := newAuthority(t), newBank(t)
		for n := range 3 {
			must(a.feed.Publish(issue(fmt.Sprint("True ", n)), noon.Add(time.Duration(n)*time.Minute)))
		}
		f := b.open(a)
		must(f.Look(t.Context()))
		truth := a.feed
		forked := must(publish.Open(t.TempDir(), a.key))
		for n := range length {
			must(forked.Publish(issue(fmt.Sprint("Forked ", n)), noon.Add(time.Duration(n+10)*time.Minute)))
		}
		a.show(forked)
		out, err := f.Look(t.Context())
		if fault.KindOf(err) != fault.Corrupt || !strings.Contains(err.Error(), "fork") && !strings.Contains(err.Error(), "tiles") || out.Edition != 2 || !b.finds("True 2") {
			t.Errorf("a fork of %d editions: %+v, %v", length, out, err)
		}
		if err := f.Run(t.Context(), func(follow.Outcome, error) {}); fault.KindOf(err) != fault.Corrupt {
			t.Errorf("a fork did not end the run: %v", err)
		}
		a.show(truth)
		must(a.feed.Publish(issue("True 3"), noon.Add(time.Hour)))
		if out := must(b.open(a).Look(t.Context())); out.Edition != 3 {
			t.Errorf("the true history again: %+v", out)
		}
	}
}

// An old state of the same log is nothing new; one that stays for more than an
// hour is a rollback.
func TestAReplayIsNothingNewAndARollbackIsRefused(t *testing.T) {
	a, b := newAuthority(t), newBank(t)
	must(a.feed.Publish(issue("One"), noon))
	old := t.TempDir()
	must(a.feed.Copy(old))
	must(a.feed.Publish(issue("One", "Two"), noon.Add(time.Minute)))
	f := b.open(a)
	must(f.Look(t.Context()))
	now := a.feed
	a.show(must(publish.Open(old, a.key)))
	b.clock.move(10 * time.Minute)
	if out := must(f.Look(t.Context())); !out.Old || out.New || out.Edition != 1 || out.Age != 10*time.Minute || !strings.Contains(out.Says(nil), "nothing new: the authority shows an older state") {
		t.Errorf("a replay: %+v %s", out, out.Says(nil))
	}
	b.clock.move(30 * time.Minute)
	a.show(now)
	if out := must(f.Look(t.Context())); out.Old || out.Age != 0 {
		t.Errorf("the present state again: %+v", out)
	}
	a.show(must(publish.Open(old, a.key)))
	must(f.Look(t.Context()))
	b.clock.move(61 * time.Minute)
	f = b.open(a) // also in a new process
	if out, err := f.Look(t.Context()); fault.KindOf(err) != fault.Corrupt || !strings.Contains(err.Error(), "rolled back") || out.Edition != 1 || !b.finds("Two") {
		t.Errorf("a rollback: %+v %v", out, err)
	}
}

func TestTheLastGoodStateHoldsWhileTheAuthorityIsAway(t *testing.T) {
	a, b := newAuthority(t), newBank(t)
	must(a.feed.Publish(issue("Ivan Primerov"), noon))
	must(b.open(a).Look(t.Context()))
	a.spoilt(func(string, []byte) (int, []byte) { return http.StatusBadGateway, nil })
	b.clock.move(26 * time.Hour)
	f := b.open(a)
	out, err := f.Look(t.Context())
	if fault.KindOf(err) != fault.Unavailable || out.Edition != 0 || out.Age != 26*time.Hour || !b.finds("Ivan Primerov") {
		t.Errorf("away: %+v %v", out, err)
	}
	if says := out.Says(err); !strings.Contains(says, "edition 0 stays in force, the authority was last seen 26h0m0s ago") {
		t.Errorf("says %q", says)
	}
}

// A follower that is stopped after it verified, before it loaded, after it
// loaded or while it screened goes on from there, also without the authority.
func TestWhatWasBegunIsFinished(t *testing.T) {
	a, b := newAuthority(t), newBank(t)
	must(a.feed.Publish(issue("Ivan Primerov"), noon))
	b.fail = errors.New("killed")
	if _, err := b.open(a).Look(t.Context()); !errors.Is(err, b.fail) {
		t.Fatal(err)
	}
	state := filepath.Join(b.dir, "follow", "state.json")
	screening := must(os.ReadFile(state))
	var m map[string]any
	must(0, json.Unmarshal(screening, &m))
	delete(m["done"].(map[string]any), "loaded")
	before := must(json.Marshal(m)) // as it was remembered before it was loaded
	a.spoilt(func(string, []byte) (int, []byte) { return http.StatusBadGateway, nil })
	b.fail = nil
	for name, remembered := range map[string][]byte{"loaded, and not remembered": before, "screening": screening} {
		must(0, os.WriteFile(state, remembered, 0o600))
		b.screened = nil
		out, err := b.open(a).Look(t.Context())
		if fault.KindOf(err) != fault.Unavailable || out.Edition != 0 || !slices.Equal(b.screened, []int64{0}) || !b.finds("Ivan Primerov") {
			t.Errorf("%s: %+v %v, screened %v", name, out, err, b.screened)
		}
	}
	must(0, os.RemoveAll(filepath.Join(b.dir, "current.json"))) // verified, and nothing loaded
	must(0, os.WriteFile(state, before, 0o600))
	if out, _ := b.open(a).Look(t.Context()); out.Edition != 0 || !b.finds("Ivan Primerov") {
		t.Errorf("verified only: %+v", out)
	}
	must(0, os.WriteFile(filepath.Join(b.dir, "follow", "snapshot.jsonl"), []byte("x"), 0o600))
	must(0, os.WriteFile(state, before, 0o600))
	if _, err := b.open(a).Look(t.Context()); fault.KindOf(err) != fault.Corrupt {
		t.Errorf("an altered snapshot was loaded: %v", err)
	}
}

// An edition that falls out of bounds waits for a named person, as that of any
// other list; the one before stays in force.
func TestAnEditionOutOfBoundsWaits(t *testing.T) {
	a, b := newAuthority(t), newBank(t)
	var names []string
	for n := range 60 {
		const signs = "bdfgklmnpr"
		names = append(names, strings.Repeat(signs[n%10:n%10+1]+"a", 3)+" "+strings.Repeat(signs[n/10:n/10+1]+"u", 4))
	}
	must(a.feed.Publish(issue(names...), noon))
	f := b.open(a)
	must(f.Look(t.Context()))
	must(a.feed.Publish(issue(names[:3]...), noon.Add(time.Minute)))
	out := must(f.Look(t.Context()))
	if out.Waits == "" || out.Edition != 0 || !b.finds(names[44]) || !slices.Equal(b.screened, []int64{0}) {
		t.Errorf("%+v, screened %v", out, b.screened)
	}
	kept := must(archive.Open(b.dir, follow.Source))
	must(kept.Accept(follow.SourceID, "", register.Accept{By: "officer", At: noon, Reason: "confirmed by telephone"}))
	if out := must(f.Look(t.Context())); out.Edition != 1 || b.finds(names[44]) || !slices.Equal(b.screened, []int64{0, 1}) {
		t.Errorf("accepted: %+v, screened %v", out, b.screened)
	}
}

// Acknowledgements are sent once each, in order, and later if the desk is closed;
// they hold nothing but edition, hop and time.
func TestAcknowledgements(t *testing.T) {
	a, b := newAuthority(t), newBank(t)
	var mu sync.Mutex
	var got []string
	closed := true
	desk := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if closed {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		got = append(got, r.Header.Get("Authorization")+" "+r.Header.Get("Idempotency-Key")+" "+string(must(io.ReadAll(r.Body))))
		w.WriteHeader(http.StatusCreated)
	}))
	defer desk.Close()
	b.desk = &follow.Desk{URL: desk.URL, Key: "k", Client: http.DefaultClient}
	must(a.feed.Publish(issue("Ivan Primerov"), noon))
	f := b.open(a)
	b.clock.move(time.Minute)
	if out := must(f.Look(t.Context())); out.Untold == "" || out.Edition != 0 {
		t.Errorf("the desk is closed: %+v", out)
	}
	closed = false
	b.clock.move(time.Hour)
	must(b.open(a).Look(t.Context()))
	must(f.Look(t.Context()))
	want := []string{
		`Bearer k edition-0-received {"done":"2026-11-28T12:01:00Z","edition":0,"hop":"received"}`,
		`Bearer k edition-0-loaded {"done":"2026-11-28T12:01:00Z","edition":0,"hop":"loaded"}`,
		`Bearer k edition-0-screened {"done":"2026-11-28T12:01:00Z","edition":0,"hop":"screened"}`,
	}
	if len(got) < 3 || !slices.Equal(got[:3], want) {
		t.Errorf("got %q", got)
	}
	for url, ok := range map[string]bool{"http://commission.example": false, "https://commission.example": true, "http://127.0.0.1:8080": true, "ftp://x": false, "x": false} {
		if err := (follow.Desk{URL: url}).Check(); (err == nil) != ok {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestClocksThatDiffer(t *testing.T) {
	a, b := newAuthority(t), newBank(t)
	must(a.feed.Publish(issue("One"), noon.Add(2*time.Hour)))
	f := b.open(a)
	if out := must(f.Look(t.Context())); out.Ahead != 2*time.Hour || out.Edition != 0 || !strings.Contains(out.Says(nil), "ahead of ours by 2h0m0s") {
		t.Errorf("the authority's clock is ahead: %+v", out)
	}
	must(a.feed.Publish(issue("Two"), noon)) // set back: the edition is not dated before the one before
	b.clock.move(3 * time.Hour)
	if out := must(f.Look(t.Context())); out.Ahead != 0 || out.Edition != 1 {
		t.Errorf("set right: %+v", out)
	}
}

func TestHintsBringNewEditionsAtOnce(t *testing.T) {
	a, b := newAuthority(t), newBank(t)
	f := b.open(a)
	f.Every = time.Hour // only a hint can bring it
	ctx, cancel := context.WithCancel(t.Context())
	looks := make(chan follow.Outcome, 100)
	ended := make(chan error, 1)
	go func() { ended <- f.Run(ctx, func(o follow.Outcome, _ error) { looks <- o }) }()
	<-looks
	must(a.feed.Publish(issue("One"), noon))
	for o := range looks {
		if o.Edition == 0 {
			break
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// What is kept here and was altered is fetched again.
func TestKeptTilesThatWereAlteredAreFetchedAgain(t *testing.T) {
	a, b := newAuthority(t), newBank(t)
	for n := range 3 {
		must(a.feed.Publish(issue(fmt.Sprint("Person ", n)), noon.Add(time.Duration(n)*time.Minute)))
	}
	f := b.open(a)
	must(f.Look(t.Context()))
	for _, tile := range must(filepath.Glob(filepath.Join(b.dir, "follow", "tile", "0", "*.p", "*"))) {
		must(0, os.WriteFile(tile, make([]byte, 3*32), 0o600))
	}
	old := t.TempDir()
	must(a.feed.Copy(old))
	must(a.feed.Publish(issue("Person 3"), noon.Add(time.Hour)))
	if out := must(b.open(a).Look(t.Context())); out.Edition != 3 {
		t.Errorf("%+v", out)
	}
}

func TestAFolderOfAnotherListIsRefused(t *testing.T) {
	a, other, b := newAuthority(t), newAuthority(t), newBank(t)
	must(a.feed.Publish(issue("One"), noon))
	must(b.open(a).Look(t.Context()))
	_, err := follow.Open(follow.Config{URL: other.url, Key: other.feed.Verifier(), Dir: filepath.Join(b.dir, "follow")})
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("%v", err)
	}
}
