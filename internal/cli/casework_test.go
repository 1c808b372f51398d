package cli_test

import (
	"os"
	"regexp"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

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
