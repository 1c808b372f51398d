package cli_test

import (
	"archive/zip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"interdict/internal/cli"
	"interdict/internal/postgres/postgrestest"
)

// TestCasework runs the scripts of testdata/casework on SQLite and on Postgres.
// Its command lines run in this process, a hundred and more of them one after the
// other, against a server in this process too.
func TestCasework(t *testing.T) {
	scripts, err := filepath.Glob("testdata/casework/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, script := range scripts { // one after the other: each works in its own folder
		t.Run("sqlite", func(t *testing.T) { casework(t, script, "--data=interdict-data") })
		t.Run("postgres", func(t *testing.T) { casework(t, script, "--postgres="+postgrestest.Start(t).Database(t)) })
	}
}

func casework(t *testing.T, script, at string) {
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("INTERDICT_KEY", "")
	t.Setenv("INTERDICT_SERVER", "")
	article, err := filepath.Abs(filepath.Join(data, "documents", "article-2015-11-18.txt"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files: []string{script},
		Setup: func(env *testscript.Env) error {
			env.Setenv("AT", at)
			env.Setenv("ARTICLE", article)
			env.Defer(func() { os.Chdir(home) })
			return os.Chdir(env.WorkDir)
		},
		Condition: func(name string) (bool, error) {
			_, err := os.Stat(article)
			if err != nil {
				t.Logf("ABSENT: %s: a text of ours stands in for the article", article)
			}
			return err == nil, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exitsHere, "background": background, "keep": keep, "await": await, "until": until, "unpack": unpack,
		},
	})
}

// exitsHere is exits, in this process.
func exitsHere(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || args[1] != "interdict" {
		ts.Fatalf("usage: exits CODE interdict ARGUMENTS...")
	}
	for _, name := range []string{"INTERDICT_KEY", "INTERDICT_SERVER"} {
		ts.Check(os.Setenv(name, ts.Getenv(name)))
	}
	code := cli.Run(context.Background(), args[2:], strings.NewReader(""), ts.Stdout(), ts.Stderr())
	if got := fmt.Sprint(code); got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// unpack takes the files out of a ZIP into a folder.
func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack FILE.zip FOLDER")
	}
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), z))
}

// background runs a command line until the script ends.
func background(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || args[0] != "interdict" {
		ts.Fatalf("usage: background interdict ARGUMENTS...")
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	var out, errs strings.Builder
	go func() { ended <- cli.Run(ctx, args[1:], strings.NewReader(""), &out, &errs) }()
	ts.Defer(func() {
		cancel()
		if code := <-ended; code != 0 {
			ts.Logf("%q ended with exit code %d: %s", args, code, &errs)
		}
	})
}

// keep keeps what the group of a pattern matches in a file, or in stdout or
// stderr, as a variable: "keep ID stdout '"id":"([^"]*)"'".
func keep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: keep NAME FILE PATTERN")
	}
	pattern, err := regexp.Compile("(?m)" + args[2])
	ts.Check(err)
	text := ts.ReadFile(args[1])
	m := pattern.FindStringSubmatch(text)
	if len(m) != 2 {
		ts.Fatalf("no group of %s in %s:\n%s", args[2], args[1], text)
	}
	ts.Setenv(args[0], m[1])
}

// await waits until a file is there and holds something.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await FILE")
	}
	file := ts.MkAbs(args[0])
	for range 1200 {
		if info, err := os.Stat(file); err == nil && info.Size() > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s did not come within a minute", args[0])
}
