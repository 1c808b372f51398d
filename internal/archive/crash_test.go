package archive_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"interdict/internal/archive"
	"interdict/internal/register"
	"interdict/internal/register/registertest"
)

// writes are the ways of changing what is in force.
var writes = []struct {
	name  string
	write func(a *archive.Archive) error
}{
	{"load", func(a *archive.Archive) error {
		_, err := a.Load("un", registertest.Input(two), "A. Clerk", noon)
		return err
	}},
	{"load a suspect edition", func(a *archive.Archive) error {
		_, err := a.Load("un", registertest.Input(bad), "A. Clerk", noon)
		return err
	}},
	{"accept", func(a *archive.Archive) error {
		_, err := a.Accept("uk", "", register.Accept{By: "A. Clerk", At: noon, Reason: "seen"})
		return err
	}},
	{"decide", func(a *archive.Archive) error {
		_, err := a.Decide(register.Decision{A: "A.1", B: "A.2", Verdict: register.SameSubject, By: "A. Clerk", At: noon, Reason: "seen"})
		return err
	}},
}

// prepare makes an archive with an edition in force and one pending.
func prepare(t *testing.T, dir string) string {
	t.Helper()
	a := open(t, dir)
	load(t, a, "un", one)
	load(t, a, "uk", other+"! broken\n")
	return snapshot(t, a).ID
}

// A write is stopped before each of its steps in turn: the old state must be
// in force, nothing stored may be lost, and the same write must succeed then.
func TestAStopBetweenAnyTwoStepsLeavesTheOldStateInForce(t *testing.T) {
	stop := errors.New("stopped")
	for _, w := range writes {
		t.Run(w.name, func(t *testing.T) {
			for n := 0; ; n++ {
				dir := t.TempDir()
				id := prepare(t, dir)
				before, a := tree(t, dir), open(t, dir)
				steps := 0
				replaced := false
				a.SetStep(func(name string) error {
					if steps++; steps > n {
						return fmt.Errorf("%w before %s", stop, name)
					}
					replaced = replaced || name == "rename current.json"
					return nil
				})
				err := w.write(a)
				if err == nil {
					if n < 6 {
						t.Fatalf("only %d steps were seen", n)
					}
					return
				}
				if !errors.Is(err, stop) {
					t.Fatal(err)
				}
				checkStopped(t, dir, before, id, replaced)
				if !replaced {
					if err := w.write(open(t, dir)); err != nil {
						t.Fatalf("after a stop at step %d: %v", n, err)
					}
				}
			}
		})
	}
}

func checkStopped(t *testing.T, dir string, before map[string]string, id string, replaced bool) {
	t.Helper()
	after := tree(t, dir)
	for name, content := range before {
		if after[name] != content && name != "current.json" {
			t.Errorf("%s was lost or changed", name)
		}
	}
	if !replaced && after["current.json"] != before["current.json"] {
		t.Error("current.json changed before its step")
	}
	if got := snapshot(t, open(t, dir)).ID; !replaced && got != id {
		t.Errorf("snapshot %s is in force, want the old %s", got, id)
	}
}

// The same with a process that is killed: what it held in memory is gone, and
// no deferred call runs.
func TestAKilledWriterLeavesTheOldStateInForce(t *testing.T) {
	if dir := os.Getenv("ARCHIVE_KILLED_DIR"); dir != "" {
		n, _ := strconv.Atoi(os.Getenv("ARCHIVE_KILLED_STEP"))
		a := open(t, dir)
		a.SetStep(func(string) error {
			if n--; n < 0 {
				p, _ := os.FindProcess(os.Getpid())
				p.Kill()
				select {}
			}
			return nil
		})
		if err := writes[0].write(a); err != nil {
			t.Fatal(err)
		}
		return
	}
	for n := range 9 { // before current.json is replaced
		dir := t.TempDir()
		id := prepare(t, dir)
		cmd := exec.Command(os.Args[0], "-test.run=^TestAKilledWriterLeavesTheOldStateInForce$")
		cmd.Env = append(os.Environ(), "ARCHIVE_KILLED_DIR="+dir, "ARCHIVE_KILLED_STEP="+strconv.Itoa(n))
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(err.Error(), "killed") {
			t.Fatalf("step %d: the process was not killed: %v\n%s", n, err, out)
		}
		if got := snapshot(t, open(t, dir)).ID; got != id {
			t.Errorf("killed at step %d: snapshot %s is in force, want %s", n, got, id)
		}
		load(t, open(t, dir), "un", two)
	}
}
