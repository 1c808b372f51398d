package publish_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/csv"
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
	"testing"
	"time"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"interdict/internal/date"
	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/list"
	"interdict/internal/list/ftm"
	"interdict/internal/list/own"
	"interdict/internal/list/un"
	"interdict/internal/notice"
	"interdict/internal/publish"
	"interdict/internal/record"
	"interdict/internal/register"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func newKey() string {
	key, _, err := ledger.NewKey(rand.Reader, "commission.example/list")
	return must(key, err)
}

func entry(key, name string, ended bool) publish.Entry {
	l := record.Listing{Authority: "Commission", Reference: key, ListedOn: date.OnDay(2026, 11, 28), Ended: ended, Measures: []record.Text{{Text: "asset_freeze"}}, Reasons: []record.Text{{Text: "He <financed> it & more."}}}
	return publish.Entry{Decided: noon.Add(-time.Minute), Record: record.Record{
		Source: own.ID, Key: key, Listings: []record.Listing{l},
		Subject: record.Subject{
			Kind: record.Person, Names: []record.Name{{Full: name, Type: record.Primary, Quality: record.Strong}, {Full: "Пример", Type: record.Alias, Quality: record.Weak}},
			Births: []record.Birth{{Date: date.InYear(1957), Place: record.Place{City: "Town"}}}, Nationalities: []record.Country{{Text: "Syria", Code: "SY"}},
			Identifiers: []record.Identifier{{Type: "passport", Number: "••••1234"}},
		},
	}}
}

func issueOf(entries ...publish.Entry) publish.Issue {
	i := publish.Issue{Entries: entries}
	for _, e := range entries {
		i.Notices = append(i.Notices, notice.Notice{Title: "Freezing of funds", Body: "Reference: " + e.Record.Key + "\n"})
	}
	return i
}

// Anybody's tools verify the log: every entry and every two sizes, from the
// served files alone, by code that is not ours.
func TestTheLogVerifiesByOtherTools(t *testing.T) {
	dir, key := t.TempDir(), newKey()
	f := must(publish.Open(dir, key))
	m := must(f.Publish(issueOf(entry("OWN-1", "One", false)), noon))
	var roots [][]byte
	checkpoint := func(f *publish.Feed) {
		c := must(ledger.OpenCheckpoint(must(os.ReadFile(filepath.Join(dir, "checkpoint"))), f.Verifier()))
		roots = append(roots, c.Root[:])
	}
	checkpoint(f)
	const editions, made = 260, 257 // more than a tile holds
	for n := 1; n < made; n++ {
		m.Sequence = int64(n) // claimed by a process that was stopped then
		must(0, os.WriteFile(filepath.Join(dir, publish.EntryPath(m.Sequence)), must(json.Marshal(m)), 0o644))
	}
	f = must(publish.Open(dir, key))
	checkpoint(f)
	for n := made; n < editions; n++ {
		must(f.Publish(issueOf(entry("OWN-1", fmt.Sprint("One ", n), false)), noon.Add(time.Duration(n)*time.Second)))
		checkpoint(f)
	}
	server := httptest.NewServer(f)
	defer server.Close()
	sizes := []int64{1, made, made + 1, made + 2, editions}
	last := roots[len(roots)-1]
	// The leaves as the hash tiles have them, and the entries as the bundles do.
	leaves := append(get(t, server.URL, "tile/0/000"), get(t, server.URL, "tile/0/001.p/4")...)
	bundles := append(get(t, server.URL, "tile/entries/000"), get(t, server.URL, "tile/entries/001.p/4")...)
	var all []tlog.Hash
	for n := range int64(editions) {
		size := int(bundles[0])<<8 | int(bundles[1])
		text := bundles[2 : 2+size]
		bundles = bundles[2+size:]
		if !bytes.Equal(text, get(t, server.URL, publish.EntryPath(n))) {
			t.Fatalf("entry %d stands otherwise in its bundle", n)
		}
		if leaf := rfc6962.DefaultHasher.HashLeaf(text); !bytes.Equal(leaf, leaves[32*n:32*n+32]) {
			t.Fatalf("entry %d is not under its leaf", n)
		}
		all = append(all, must(tlog.StoredHashes(n, text, stored(all)))...)
	}
	for _, n := range []int64{0, 7, 255, 256, 259} {
		p := must(tlog.ProveRecord(editions, n, stored(all)))
		if err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(n), editions, leaves[32*n:32*n+32], raw(p), last); err != nil {
			t.Errorf("inclusion of %d: %v", n, err)
		}
	}
	for i, size := range sizes {
		p := must(tlog.ProveTree(editions, size, stored(all)))
		if err := proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(size), editions, raw(p), roots[i], last); err != nil {
			t.Errorf("consistency of %d with %d: %v", size, editions, err)
		}
	}
	top := get(t, server.URL, "tile/1/000.p/1")
	if want := must(tlog.TreeHash(256, stored(all))); !bytes.Equal(top, want[:]) {
		t.Errorf("the tile above is %x, want %x", top, want)
	}
}

func stored(all []tlog.Hash) tlog.HashReader {
	return tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range at {
			out = append(out, all[i])
		}
		return out, nil
	})
}

func raw[P ~[]tlog.Hash](p P) [][]byte {
	var out [][]byte
	for _, h := range p {
		out = append(out, h[:])
	}
	return out
}

func get(t *testing.T, url, name string) []byte {
	t.Helper()
	answer := must(http.Get(url + "/" + name))
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", name, answer.Status)
	}
	return must(io.ReadAll(answer.Body))
}

var errStop = errors.New("killed")

// A kill before any step leaves the old edition whole, or the new one once it is
// claimed; whoever opens the folder next goes on, and no place of the log is
// ever signed in two forms.
func TestAKillAtAnyStepLeavesAWholeEdition(t *testing.T) {
	key := newKey()
	for kill := 0; ; kill++ {
		dir := t.TempDir()
		f := must(publish.Open(dir, key))
		first := must(f.Publish(issueOf(entry("OWN-1", "One", false)), noon))
		steps, stopped := 0, ""
		f.StopAt(func(name string) error {
			if steps++; steps > kill {
				stopped = name
				return errStop
			}
			return nil
		})
		_, err := f.Publish(issueOf(entry("OWN-1", "One", false), entry("OWN-2", "Two", false)), noon.Add(time.Hour))
		if err == nil {
			if kill < 10 {
				t.Fatalf("only %d steps", kill)
			}
			return
		}
		if !errors.Is(err, errStop) {
			t.Fatal(err)
		}
		whole(t, dir, key)
		again := must(publish.Open(dir, key))
		claimed := again.Size() == 2
		last := must(again.Publish(issueOf(entry("OWN-1", "One", false), entry("OWN-2", "Two", false)), noon.Add(2*time.Hour)))
		if want := map[bool]time.Time{true: noon.Add(time.Hour), false: noon.Add(2 * time.Hour)}[claimed]; !last.At.Equal(want) || last.Sequence != 1 {
			t.Errorf("killed before %s: edition %d of %s, claimed %v", stopped, last.Sequence, last.At, claimed)
		}
		if m := must(again.Editions(0)); len(m) != 2 || !m[0].At.Equal(first.At) {
			t.Errorf("killed before %s: %d editions, the first of %s", stopped, len(m), m[0].At)
		}
		whole(t, dir, key)
	}
}

// whole checks what a reader of the folder sees as plain files: the checkpoint
// is signed and everything that it covers is there as its manifest says.
func whole(t *testing.T, dir, key string) {
	t.Helper()
	_, v, err := ledger.NewSigner(key)
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte { return must(os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))) }
	c := must(ledger.OpenCheckpoint(read("checkpoint"), v))
	tiles := read(publish.TilePath(tlog.Tile{H: 8, L: 0, N: 0, W: int(c.Size)}))
	var all []tlog.Hash
	for n := range c.Size {
		text := read(publish.EntryPath(n))
		if h := tlog.RecordHash(text); !bytes.Equal(h[:], tiles[32*n:32*n+32]) {
			t.Errorf("entry %d is not under its leaf", n)
		}
		all = append(all, must(tlog.StoredHashes(n, text, stored(all)))...)
		for _, file := range must(publish.ReadManifest(text, n)).Files {
			if err := file.Check(read(file.Path())); err != nil {
				t.Error(err)
			}
		}
	}
	if root := must(tlog.TreeHash(c.Size, stored(all))); root != c.Root {
		t.Errorf("the checkpoint of %d entries has another root", c.Size)
	}
}

// Two feeds on one folder take turns; no edition is lost and none signed twice.
func TestTwoProcessesPublishInOneFolder(t *testing.T) {
	dir, key := t.TempDir(), newKey()
	a, b := must(publish.Open(dir, key)), must(publish.Open(dir, key))
	must(a.Publish(issueOf(entry("OWN-1", "One", false)), noon))
	must(b.Publish(issueOf(entry("OWN-1", "One", false), entry("OWN-2", "Two", false)), noon.Add(time.Second)))
	m := must(a.Publish(issueOf(entry("OWN-1", "One", true), entry("OWN-2", "Two", false)), noon.Add(-time.Hour)))
	if m.Sequence != 2 || m.Changed != 1 || m.At.Before(noon) {
		t.Errorf("edition %d of %s with %d changes", m.Sequence, m.At, m.Changed)
	}
	whole(t, dir, key)
	if n := must(b.Publish(issueOf(entry("OWN-1", "One", true), entry("OWN-2", "Two", false)), noon)); n.Sequence != 2 {
		t.Errorf("an equal list made edition %d", n.Sequence)
	}
}

func TestAFolderThatWasTamperedWithIsRefused(t *testing.T) {
	key := newKey()
	for name, spoil := range map[string]func(dir string){
		"a manifest altered": func(dir string) {
			file := filepath.Join(dir, "edition", "0")
			must(0, os.WriteFile(file, bytes.Replace(must(os.ReadFile(file)), []byte(`"changed":1`), []byte(`"changed":2`), 1), 0o644))
		},
		"an edition gone": func(dir string) { must(0, os.Remove(filepath.Join(dir, "edition", "1"))) },
		"another key":     func(dir string) { must(publish.Open(t.TempDir(), key)).Copy(dir) },
	} {
		dir, k := t.TempDir(), key
		if name == "another key" {
			k = newKey()
		}
		f := must(publish.Open(dir, k))
		must(f.Publish(issueOf(entry("OWN-1", "One", false)), noon))
		must(f.Publish(issueOf(entry("OWN-1", "Two", false)), noon))
		spoil(dir)
		if _, err := publish.Open(dir, k); fault.KindOf(err) != fault.Corrupt {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A delta over the edition before gives the very bytes of the snapshot.
func TestDeltasGiveTheSnapshot(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := must(publish.Open(must(os.MkdirTemp(t.TempDir(), "")), newKey()))
		read := func(m publish.Manifest, name string) []byte {
			b := must(os.ReadFile(filepath.Join(f.Dir(), filepath.FromSlash(must(m.File(name)).Path()))))
			if err := must(m.File(name)).Check(b); err != nil {
				rt.Fatal(err)
			}
			return b
		}
		var before []byte
		last := int64(-1)
		for n := range rapid.IntRange(1, 4).Draw(rt, "editions") {
			var entries []publish.Entry
			for _, k := range []string{"A", "B", "C", "D"} {
				if rapid.Bool().Draw(rt, "has "+k) {
					entries = append(entries, entry(k, rapid.SampledFrom([]string{"Иван", "a<b>&c", "x\u2028y", "O'Neil"}).Draw(rt, "name"), rapid.Bool().Draw(rt, "ended")))
				}
			}
			m := must(f.Publish(issueOf(entries...), noon.Add(time.Duration(n)*20*time.Hour)))
			if m.Form == 0 || m.Sequence == last {
				continue
			}
			last = m.Sequence
			got, err := publish.Apply(before, read(m, publish.Delta))
			if err != nil || !bytes.Equal(got, read(m, publish.Snapshot)) {
				rt.Fatalf("edition %d: %v\n%s\nwant\n%s", n, err, got, read(m, publish.Snapshot))
			}
			before = got
			if _, err := publish.Apply(append(bytes.Clone(got), "{}\n"...), read(m, publish.Delta)); fault.KindOf(err) != fault.Corrupt {
				rt.Fatalf("a delta fits any snapshot: %v", err)
			}
		}
	})
}

// What others read is what we wrote: our own readers of those formats, which are
// tested on real files, read the entries in force back.
func TestOtherFormatsAreReadBack(t *testing.T) {
	f := must(publish.Open(t.TempDir(), newKey()))
	other := entry("OWN-3", "Relief Society", false)
	other.Record.Kind, other.Record.Births = record.Organisation, nil
	m := must(f.Publish(issueOf(entry("OWN-1", "Ivan Primerov", false), entry("OWN-2", "Gone", true), other), noon))
	server := httptest.NewServer(f)
	defer server.Close()
	for _, c := range []struct {
		file   string
		source list.Source
		want   []string // names in force
	}{
		{publish.XML, un.Source, []string{"Ivan Primerov", "Relief Society"}},
		{publish.FTM, ftm.Source, []string{"Ivan Primerov", "Gone", "Relief Society"}},
		{publish.Snapshot, own.Source, []string{"Ivan Primerov", "Gone", "Relief Society"}},
	} {
		text := get(t, server.URL, must(m.File(c.file)).Path())
		if !bytes.Equal(text, get(t, server.URL, "latest/"+c.file)) {
			t.Errorf("latest/%s is another file", c.file)
		}
		e := must(register.Read(c.source, "", []register.Input{{Name: c.file, Bytes: text}}))
		var names []string
		for _, r := range e.Records {
			names = append(names, r.PrimaryName())
			if r.Kind == record.Person && (r.Births[0].Date.From.Y != 1957 || !slices.ContainsFunc(r.Names, func(n record.Name) bool { return n.Full == "Пример" && n.Quality == record.Weak })) {
				t.Errorf("%s: %s is born %v and called %+v", c.file, r.PrimaryName(), r.Births, r.Names)
			}
		}
		if !slices.Equal(names, c.want) || len(e.Errs) > 0 || slices.ContainsFunc(e.Report.Warnings, func(w list.Warning) bool { return !strings.HasSuffix(w.Place.Element, "/UN_LIST_TYPE") }) {
			t.Errorf("%s: read %q, errors %v, warnings %v", c.file, names, e.Errs, e.Report.Warnings)
		}
	}
	rows := must(csv.NewReader(bytes.NewReader(get(t, server.URL, "latest/"+publish.CSV))).ReadAll())
	if len(rows) != 4 || rows[2][1] != "ended" || rows[1][3] != "Ivan Primerov" {
		t.Errorf("CSV: %q", rows)
	}
	if text := string(get(t, server.URL, "latest/"+publish.Notices)); strings.Count(text, "Freezing of funds") != 3 {
		t.Errorf("notices: %s", text)
	}
}

func TestServing(t *testing.T) {
	dir := t.TempDir()
	f := must(publish.Open(dir, newKey()))
	must(f.Publish(issueOf(entry("OWN-1", "One", false)), noon))
	must(0, os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600))
	must(0, os.WriteFile(filepath.Join(dir, "edition", "1"), []byte("x"), 0o600)) // claimed, not signed
	server := httptest.NewServer(f)
	defer server.Close()
	for _, name := range []string{"secret", "../publish_test.go", "edition/1", "edition/01x", "file/x", "", "latest/../secret"} {
		if a := must(http.Get(server.URL + "/" + name)); a.StatusCode != http.StatusNotFound {
			t.Errorf("%q: %s", name, a.Status)
		}
	}
	if a := must(http.Post(server.URL+"/checkpoint", "", nil)); a.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %s", a.Status)
	}
	first := must(http.Get(server.URL + "/checkpoint"))
	q := must(http.NewRequest(http.MethodGet, server.URL+"/checkpoint", nil))
	q.Header.Set("If-None-Match", first.Header.Get("ETag"))
	if a := must(http.DefaultClient.Do(q)); a.StatusCode != http.StatusNotModified {
		t.Errorf("conditional: %s", a.Status)
	}
	if c := first.Header.Get("Cache-Control"); c != "public, no-cache" {
		t.Errorf("the checkpoint may be kept: %q", c)
	}
	if c := must(http.Get(server.URL + "/edition/0")).Header.Get("Cache-Control"); !strings.Contains(c, "immutable") {
		t.Errorf("an entry may not be kept: %q", c)
	}
}

func TestEventsTellOfNewCheckpoints(t *testing.T) {
	f := must(publish.Open(t.TempDir(), newKey()))
	server := httptest.NewServer(f)
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	a := must(http.DefaultClient.Do(must(http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/events", nil))))
	in := bufio.NewScanner(a.Body)
	told := func() string {
		for in.Scan() {
			if data, ok := strings.CutPrefix(in.Text(), "data: "); ok {
				return data
			}
		}
		return "ended"
	}
	if got := told(); got != "0" {
		t.Errorf("told %s at first", got)
	}
	must(f.Publish(issueOf(entry("OWN-1", "One", false)), noon))
	if got := told(); got != "1" {
		t.Errorf("told %s after an edition", got)
	}
	f.Close()
	if got := told(); got != "ended" {
		t.Errorf("told %s after the end", got)
	}
}

func TestACopyIsTheFolder(t *testing.T) {
	key, dir := newKey(), t.TempDir()
	f := must(publish.Open(t.TempDir(), key))
	for n := range 3 {
		must(f.Publish(issueOf(entry("OWN-1", fmt.Sprint("One ", n), false)), noon))
		if size := must(f.Copy(dir)); size != int64(n+1) {
			t.Errorf("copied %d editions", size)
		}
		whole(t, dir, key)
	}
	if must(publish.Open(dir, key)).Size() != 3 {
		t.Error("the copy cannot be gone on with")
	}
}
