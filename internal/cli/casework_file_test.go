package cli_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"interdict/internal/cli"
)

// desk is a server that answers as a test says, and somebody who has a key for it.
func desk(t *testing.T, answer http.HandlerFunc) (run func(args ...string) (code int, errs string)) {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	key := filepath.Join(t.TempDir(), "ann.key")
	if err := os.WriteFile(key, []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		code := cli.Run(context.Background(), append(args, "--server", server.URL, "--api-key", key), strings.NewReader(""), &out, &errs)
		return code, errs.String()
	}
}

// A pack may be larger than the memory: it goes to the disk while it comes, and has
// its name when it is whole.
func TestAPackIsWrittenAsItComes(t *testing.T) {
	first, rest := bytes.Repeat([]byte("a"), 1<<20), []byte("the rest")
	dir := t.TempDir()
	pack, written := filepath.Join(dir, "pack.zip"), false
	run := desk(t, func(w http.ResponseWriter, r *http.Request) {
		w.Write(first)
		w.(http.Flusher).Flush()
		for deadline := time.Now().Add(10 * time.Second); !written && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
			files, _ := filepath.Glob(filepath.Join(dir, "*"))
			hidden, _ := filepath.Glob(filepath.Join(dir, ".*"))
			for _, f := range append(files, hidden...) {
				info, err := os.Stat(f)
				written = written || err == nil && info.Size() > 0 && f != pack
			}
		}
		w.Write(rest)
	})
	if code, errs := run("material", "pack", "M1", "--out", pack); code != 0 {
		t.Fatalf("%d %s", code, errs)
	}
	if !written {
		t.Error("nothing was written before all had come")
	}
	if got, err := os.ReadFile(pack); err != nil || !bytes.Equal(got, append(first, rest...)) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if info, err := os.Stat(pack); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v %v", info.Mode(), err)
	}
	if code, errs := run("material", "pack", "M1", "--out", pack); code != 2 || !strings.Contains(errs, "is there already") {
		t.Errorf("again: %d %s", code, errs)
	}
}

func TestAnAnswerThatIsCutOffLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	run := desk(t, func(w http.ResponseWriter, r *http.Request) {
		w.Write(bytes.Repeat([]byte("a"), 1<<20))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	code, errs := run("material", "pack", "M1", "--out", filepath.Join(dir, "pack.zip"))
	if code != 2 || !strings.Contains(errs, "unexpected EOF") {
		t.Errorf("%d %s", code, errs)
	}
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// A code is good once: it is not used up for a key that cannot be kept, and what is
// wrong with an answer is said.
func TestEnrolling(t *testing.T) {
	asked, answer := 0, "{}"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Write([]byte(answer))
	}))
	defer server.Close()
	dir := t.TempDir()
	enrol := func(file string) (int, string) {
		var out, errs bytes.Buffer
		code := cli.Run(context.Background(), []string{"enrol", "ic_1", "--server", server.URL, "--api-key", filepath.Join(dir, file)}, strings.NewReader(""), &out, &errs)
		return code, errs.String()
	}
	if err := os.WriteFile(filepath.Join(dir, "there.key"), []byte("x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, errs := enrol("there.key"); code != 2 || asked != 0 || !strings.Contains(errs, "is there already") {
		t.Errorf("a file that is there: %d, asked %d times: %s", code, asked, errs)
	}
	for text, want := range map[string]string{"{}": "gave no key\n", "<html>": "none of a server of ours"} {
		answer = text
		if code, errs := enrol("new.key"); code != 2 || !strings.Contains(errs, want) || strings.Contains(errs, "nil") {
			t.Errorf("%s: %d %s", text, code, errs)
		}
	}
	answer = `{"secret": "ik_1"}`
	if code, errs := enrol("new.key"); code != 0 {
		t.Errorf("%d %s", code, errs)
	}
}
