package archive_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/register/registertest"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, dir string) *archive.Archive {
	t.Helper()
	a, err := archive.Open(dir, registertest.Source("un"), registertest.Source("uk"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func load(t testing.TB, a *archive.Archive, source, text string) archive.Outcome {
	t.Helper()
	out, err := a.Load(source, registertest.Input(text), "A. Clerk", noon)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func snapshot(t testing.TB, a *archive.Archive) register.Snapshot {
	t.Helper()
	s, err := a.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	one   = "list 2026-01-01\n1: ref A.1; name Anna Berg; born 1963\n2: ref A.2; name Omar Said\n"
	two   = "list 2026-02-01\n1: ref B.1; name Anna Berg; born 1963\n3: ref A.3; name Ivan Ivanov\n"
	other = "list 2026-01-02\n7: also un A.1; name Anna Berg\n"
	bad   = two + "! broken\n"
)

func TestLoadReplacesTheEditionOfItsSourceOnly(t *testing.T) {
	a := open(t, t.TempDir())
	load(t, a, "un", one)
	load(t, a, "uk", other)
	out := load(t, a, "un", two)
	if out.Pending || out.Unchanged || out.Changes.Kept != 1 || len(out.Changes.Gone) != 1 {
		t.Errorf("outcome %+v", out.Changes)
	}
	s := snapshot(t, open(t, a.SnapshotPath("")[:strings.LastIndex(a.SnapshotPath(""), "snapshots")]))
	if s.ID != out.Snapshot.ID || len(s.Editions) != 2 {
		t.Errorf("rebuilt snapshot %s of %d lists, want %s", s.ID, len(s.Editions), out.Snapshot.ID)
	}
	if x, err := s.Find("A.1"); err != nil || len(x.Entries) != 2 {
		t.Errorf("found %v, %v", x, err)
	}
	m, err := a.Current()
	if err != nil || m.Snapshot != s.ID || m.Sequence != 3 || m.Previous == "" {
		t.Errorf("manifest %+v, %v", m, err)
	}
}

func TestLookingMakesNoFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	a := open(t, dir)
	if s := snapshot(t, a); len(s.Subjects) != 0 {
		t.Errorf("%d subjects", len(s.Subjects))
	}
	if es, err := a.Editions(""); err != nil || len(es) != 0 {
		t.Errorf("editions %v, %v", es, err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
	load(t, a, "un", one)
	if s := snapshot(t, a); len(s.Subjects) != 2 {
		t.Errorf("%d subjects", len(s.Subjects))
	}
}

func TestLoadingTheSameFilesAgainWritesNothing(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	load(t, a, "un", one)
	before := tree(t, dir)
	if out := load(t, a, "un", one); !out.Unchanged {
		t.Errorf("outcome %+v", out)
	}
	if d := cmp.Diff(before, tree(t, dir)); d != "" {
		t.Error(d)
	}
}

func TestASuspectEditionReplacesNothingUntilANamedPersonAcceptsIt(t *testing.T) {
	a := open(t, t.TempDir())
	load(t, a, "un", one)
	want := snapshot(t, a).ID
	out := load(t, a, "un", bad)
	if !out.Pending || len(out.Concerns) == 0 {
		t.Fatalf("outcome %+v", out)
	}
	if got := snapshot(t, a).ID; got != want {
		t.Error("the snapshot changed")
	}
	for _, word := range []register.Accept{{}, {By: "A. Clerk"}, {Reason: "seen"}} {
		if _, err := a.Accept("un", "", word); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: error %v, want invalid", word, err)
		}
	}
	out, err := a.Accept("un", "", register.Accept{By: "A. Clerk", At: noon, Reason: "line is a page break"})
	if err != nil || len(out.Changes.Added) != 1 {
		t.Fatalf("accepted %+v, %v", out.Changes, err)
	}
	es, err := a.Editions("un")
	if err != nil || len(es) != 2 || es[0].Status != archive.Superseded || es[1].Status != archive.InForce || es[1].Accepted.By != "A. Clerk" {
		t.Errorf("editions %+v, %v", es, err)
	}
	if _, err := a.Accept("un", "", register.Accept{By: "x", Reason: "y"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("accepted twice: %v", err)
	}
}

func TestEveryEditionCanBeReadAgain(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	first := load(t, a, "un", one).Edition
	load(t, a, "un", two)
	pending := load(t, a, "un", bad).Edition
	b := open(t, dir)
	for _, want := range []register.Edition{first, pending} {
		got, err := b.Edition(want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want.Records, got.Records); d != "" {
			t.Error(d)
		}
	}
	if _, err := b.Edition("0"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("error %v", err)
	}
}

func TestADecisionIsKept(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	load(t, a, "un", one)
	load(t, a, "uk", "list 2026-01-02\n7: name Somebody Else\n")
	snap, err := a.Decide(register.Decision{A: "A.2", B: "uk:7", Verdict: register.SameSubject, By: "A. Clerk", At: noon, Reason: "his alias"})
	if err != nil {
		t.Fatal(err)
	}
	if x, err := snapshot(t, open(t, dir)).Find("uk:7"); err != nil || len(x.Entries) != 2 || snap.ID != snapshot(t, a).ID {
		t.Errorf("found %+v, %v", x, err)
	}
}

func TestDamageIsRefusedLoudly(t *testing.T) {
	for _, part := range []string{"raw", "states", "manifests", "current.json"} {
		t.Run(part, func(t *testing.T) {
			dir := t.TempDir()
			load(t, open(t, dir), "un", one)
			n := 0
			for name := range tree(t, dir) {
				if strings.HasPrefix(name, part) {
					n++
					path := filepath.Join(dir, name)
					b, err := os.ReadFile(path)
					if err != nil {
						t.Fatal(err)
					}
					b[len(b)/2] ^= 1
					if err := os.WriteFile(path, b, 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			if n == 0 {
				t.Fatal("nothing to damage")
			}
			a := open(t, dir)
			if _, err := a.Rebuild(); fault.KindOf(err) != fault.Corrupt {
				t.Errorf("error %v, want corrupt", err)
			}
			_, err := a.Load("un", registertest.Input(two), "", noon)
			if err == nil {
				t.Error("a load went on over the damage")
			}
		})
	}
}

func TestLoadingTheFileAgainMendsADamagedRawFile(t *testing.T) {
	dir := t.TempDir()
	want := load(t, open(t, dir), "un", one).Snapshot.ID
	for name := range tree(t, dir) {
		if strings.HasPrefix(name, "raw") {
			if err := os.WriteFile(filepath.Join(dir, name), []byte("damaged"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if out := load(t, open(t, dir), "un", one); !out.Unchanged {
		t.Errorf("outcome %+v", out)
	}
	if got := snapshot(t, open(t, dir)).ID; got != want {
		t.Errorf("snapshot %s, want %s", got, want)
	}
}

func TestALaterProgramReadsTheSameBytesOtherwise(t *testing.T) {
	dir := t.TempDir()
	old := load(t, open(t, dir), "un", one)
	later := registertest.Source("un")
	read := later.Formats[0].Read
	later.Formats[0].Read = func(files []list.File, report *list.Report) iter.Seq2[record.Record, error] {
		return func(yield func(record.Record, error) bool) {
			for r, err := range read(files, report) {
				r.Key = "key " + r.Key
				if !yield(r, err) {
					return
				}
			}
		}
	}
	a, err := archive.Open(dir, later)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	seen, err := a.Rebuild()
	if err != nil || seen.ID == old.Snapshot.ID {
		t.Fatalf("snapshot %s, %v", seen.ID, err)
	}
	renewed, err := a.Renew(noon)
	if err != nil || renewed.ID != seen.ID {
		t.Fatalf("renewed %s, want %s, %v", renewed.ID, seen.ID, err)
	}
	for i, x := range renewed.Subjects {
		if was := old.Snapshot.Subjects[i]; x.ID != was.ID || x.Entries[0].ID != was.Entries[0].ID {
			t.Errorf("%s became %s", was.ID, x.ID)
		}
	}
	m, err := a.Current()
	if err != nil || m.Snapshot != renewed.ID || m.Sequence != 2 {
		t.Errorf("manifest %+v, %v", m, err)
	}
	if _, err := a.Renew(noon); err != nil {
		t.Fatal(err)
	}
	if m, err := a.Current(); err != nil || m.Sequence != 2 {
		t.Errorf("renewed twice: %+v, %v", m, err)
	}
}

func TestAStoredSnapshotIsTheOneThatIsBuilt(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	load(t, a, "un", one)
	load(t, a, "uk", other)
	built, err := open(t, dir).Rebuild()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(built, snapshot(t, open(t, dir)), cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(register.Link{})); d != "" {
		t.Error(d)
	}
	stored, err := filepath.Glob(filepath.Join(dir, "snapshots", "*.gob.gz"))
	if err != nil || len(stored) == 0 || len(stored) > 2 {
		t.Fatalf("stored %v, %v", stored, err)
	}
	for _, f := range stored {
		if err := os.WriteFile(f, []byte("damaged"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := snapshot(t, open(t, dir)); got.ID != built.ID {
		t.Errorf("over a damaged one it is %s, want %s", got.ID, built.ID)
	}
}

func TestASecondWriterIsRefused(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	unlock, err := a.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Load("un", registertest.Input(one), "", noon); fault.KindOf(err) != fault.Conflict {
		t.Errorf("error %v, want conflict", err)
	}
	unlock()
	load(t, b, "un", one)
}

func TestWriteFileShowsNoHalfFile(t *testing.T) {
	a := open(t, t.TempDir())
	path := a.SnapshotPath("abc")
	boom := errors.New("boom")
	err := a.WriteFile(path, func(w io.Writer) error {
		fmt.Fprint(w, "half")
		return boom
	})
	if !errors.Is(err, boom) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a file is there: %v", err)
	}
	if err := a.WriteFile(path, func(w io.Writer) error { _, err := fmt.Fprint(w, "whole"); return err }); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "whole" {
		t.Errorf("read %q, %v", b, err)
	}
	if err := a.WriteFile("../outside", func(io.Writer) error { return nil }); err == nil {
		t.Error("wrote outside the folder")
	}
}

// tree returns the hashes of all files but the lock.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || p == "lock" {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, p))
		out[p] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A list that did not change was looked at all the same; other lists are as they
// were, also for who opens the folder anew.
func TestWhenAListWasLookedAt(t *testing.T) {
	dir := t.TempDir()
	a, err := archive.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if all, err := a.LookedAt(); err != nil || len(all) != 0 {
		t.Fatalf("an empty folder was looked at: %v, %v", all, err)
	}
	for _, at := range []time.Time{noon, noon.Add(time.Hour)} {
		if err := errors.Join(a.Looked("un", at), a.Looked("eu", noon)); err != nil {
			t.Fatal(err)
		}
	}
	b, err := archive.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	all, err := b.LookedAt()
	if err != nil || !all["un"].Equal(noon.Add(time.Hour)) || !all["eu"].Equal(noon) {
		t.Errorf("%v, %v", all, err)
	}
}
