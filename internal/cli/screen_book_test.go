package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/cli"
	"interdict/internal/mutate"
)

const always = "2026-01-01T00:00:00Z"

// writeBook writes a book of n customers in which some are listed, some have no
// name and some rows are ragged.
func writeBook(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("id;name;birth date;country\n1;two;ragged\n")
	for i, x := range mutate.Invent(3, n) {
		switch {
		case i%97 == 0:
			fmt.Fprintf(&b, "%d;Usama bin Ladin;1957;SA\n", i)
		case i%89 == 0:
			fmt.Fprintf(&b, "%d;;;\n", i)
		case i%83 == 0:
			fmt.Fprintf(&b, "%d;%s\n", i, x.Name)
		default:
			fmt.Fprintf(&b, "%d;\"%s\";not a date;XX\n", i, strings.ReplaceAll(x.Name, `"`, `""`))
		}
	}
	file := filepath.Join(t.TempDir(), "book.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// answer runs a command line and returns what it wrote.
func answer(t *testing.T, ctx context.Context, args ...string) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = cli.Run(ctx, args, strings.NewReader(""), &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

func screenBook(book string, more ...string) []string {
	return append([]string{"screen", "book", book, "--data", filepath.Join(filepath.Dir(book), "none"), "--at", always}, more...)
}

func contents(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestAKilledRunGoesOn kills runs at random points and lets them go on: the
// file is that of a run that was left alone, whatever the number of workers.
func TestAKilledRunGoesOn(t *testing.T) {
	book := writeBook(t, 5000)
	c := mutate.NewChance(uint64(time.Now().UnixNano()))
	for _, k := range []struct {
		name  string
		flags []string
	}{
		{"csv", nil}, {"json", []string{"--json"}}, {"csv of all", []string{"--all"}},
	} {
		t.Run(k.name, func(t *testing.T) {
			want, errs, code := answer(t, t.Context(), screenBook(book, append(k.flags, "--workers", "1")...)...)
			if code != 1 || strings.Count(want, "\n") < 100 {
				t.Fatalf("exit code %d, %d lines\n%s", code, strings.Count(want, "\n"), errs)
			}
			out := filepath.Join(t.TempDir(), "alerts")
			args := screenBook(book, append(k.flags, "--out", out, "--workers", "4")...)
			killed, written, finished := 0, 0, false
			for !finished && killed < 6 {
				finished = killSoon(t, exec.Command("interdict", args...), out+".progress", c)
				if finished {
					break
				}
				killed++
				if info, err := os.Stat(out); err == nil && info.Size() > 0 {
					written++
					_, err = os.Stat(out + ".progress")
					finished = errors.Is(err, fs.ErrNotExist) // killed behind its last step
				}
			}
			if !finished {
				if _, errs, code := answer(t, t.Context(), args...); code != 1 {
					t.Fatalf("exit code %d\n%s", code, errs)
				}
			}
			t.Logf("killed %d times, %d of them with something written", killed, written)
			if got := contents(t, out); got != want {
				t.Errorf("%d bytes, an undisturbed run writes %d; first difference: %s", len(got), len(want), firstDifference(got, want))
			}
			if _, err := os.Stat(out + ".progress"); err == nil {
				t.Error("a finished run leaves its progress behind")
			}
		})
	}
}

// killSoon kills a command at a random point after it has changed a file once
// or twice, and reports whether it ended before.
func killSoon(t *testing.T, cmd *exec.Cmd, file string, c *mutate.Chance) (finished bool) {
	t.Helper()
	last, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for changes := 1 + c.N(2); changes > 0; {
		select {
		case <-ended:
			return true
		case <-time.After(time.Millisecond):
		}
		if now, err := os.ReadFile(file); err == nil && !bytes.Equal(now, last) {
			last = now
			changes--
		}
	}
	time.Sleep(time.Duration(c.N(40)) * time.Millisecond)
	_ = cmd.Process.Kill()
	<-ended
	return cmd.ProcessState.ExitCode() >= 0
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d: %s", i+1, g[i])
		}
	}
	return "the end"
}

// TestAnInterruptedRunGoesOn: a run that is asked to stop keeps what is done,
// and passes nothing off as done that is not.
func TestAnInterruptedRunGoesOn(t *testing.T) {
	book := writeBook(t, 6000)
	want, _, _ := answer(t, t.Context(), screenBook(book)...)
	out := filepath.Join(t.TempDir(), "alerts.csv")
	c := mutate.NewChance(uint64(time.Now().UnixNano()))
	stopped := 0
	for range 50 {
		ctx, cancel := context.WithCancel(t.Context())
		go cancelSoon(ctx, cancel, out, 1+c.N(2))
		_, errs, code := answer(t, ctx, screenBook(book, "--out", out)...)
		cancel()
		if code == 1 {
			break
		}
		stopped++
		if code != 3 || !strings.Contains(errs, "interrupted") {
			t.Fatalf("exit code %d: %s", code, errs)
		}
	}
	if stopped == 0 {
		t.Error("never stopped: nothing was tried")
	}
	t.Logf("stopped %d times", stopped)
	if got := contents(t, out); got != want {
		t.Errorf("%d bytes, an undisturbed run writes %d; %s", len(got), len(want), firstDifference(got, want))
	}
}

// cancelSoon cancels after a file has changed so many times. It goes by what was
// done, not by time: a slow machine does less in a while.
func cancelSoon(ctx context.Context, cancel func(), file string, changes int) {
	size := func() int64 {
		info, err := os.Stat(file)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	for last := size(); changes > 0 && ctx.Err() == nil; {
		time.Sleep(time.Millisecond)
		if now := size(); now != last {
			last = now
			changes--
		}
	}
	cancel()
}

func TestABookIsScreenedAlikeByAnyNumberOfWorkers(t *testing.T) {
	book := writeBook(t, 3000)
	one, oneSays, _ := answer(t, t.Context(), screenBook(book, "--all", "--json", "--workers", "1")...)
	for _, n := range []string{"2", "4", "7"} {
		got, says, code := answer(t, t.Context(), screenBook(book, "--all", "--json", "--workers", n)...)
		if got != one || says != oneSays || code != 1 {
			t.Errorf("%s workers: exit code %d; %s", n, code, firstDifference(got, one))
		}
	}
	if n := strings.Count(one, "\n"); n != 3001 {
		t.Errorf("%d lines for 3001 rows", n)
	}
}

// TestOutputFilesAreNotOverwritten: who gives --out keeps what is there.
func TestOutputFilesAreNotOverwritten(t *testing.T) {
	book := writeBook(t, 50)
	before := contents(t, book)
	other := writeBook(t, 60)
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	foreign := file("foreign.csv", "mine\n")
	odd := file("odd.csv", "")
	file("odd.csv.progress", "{")
	done := filepath.Join(dir, "done.csv")
	if _, errs, code := answer(t, t.Context(), screenBook(book, "--out", done)...); code != 1 {
		t.Fatal(code, errs)
	}
	stopped := filepath.Join(dir, "stopped.csv")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, errs, code := answer(t, ctx, screenBook(book, "--out", stopped)...); code != 3 || !strings.Contains(errs, "the same call goes on") {
		t.Fatal(code, errs)
	}
	for _, c := range []struct {
		rule string
		args []string
		code int
		says string
	}{
		{"a file of others", screenBook(book, "--out", foreign), 2, "foreign.csv exists"},
		{"a finished run", screenBook(book, "--out", done), 2, "done.csv exists"},
		{"the book itself", screenBook(book, "--out", book), 2, "is the book itself"},
		{"the book itself, anew", screenBook(book, "--out", book, "--restart"), 2, "is the book itself"},
		{"no such folder", screenBook(book, "--out", filepath.Join(dir, "no", "x.csv")), 2, "no such file"},
		{"a broken progress", screenBook(book, "--out", odd), 3, "begin again with --restart"},
		{"another book", screenBook(other, "--out", stopped), 2, "holds a run with another book"},
		{"another threshold", screenBook(book, "--out", stopped, "--threshold", ".9"), 2, "holds a run with another book"},
		{"another form", screenBook(book, "--out", stopped, "--json"), 2, "holds a run with another book"},
		{"the same call", screenBook(book, "--out", stopped), 1, "51 customers"},
		{"anew", screenBook(book, "--out", foreign, "--restart"), 1, "51 customers"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, errs, code := answer(t, t.Context(), c.args...)
			if code != c.code || !strings.Contains(errs, c.says) {
				t.Errorf("exit code %d: %s; want %d: %s", code, errs, c.code, c.says)
			}
		})
	}
	if diff := cmp.Diff(contents(t, done), contents(t, stopped)); diff != "" {
		t.Errorf("a run that was stopped at once (-undisturbed +resumed):\n%s", diff)
	}
	if contents(t, book) != before {
		t.Error("the book was changed")
	}
}
