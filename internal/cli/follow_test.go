package cli_test

import (
	"context"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"interdict/internal/cli"
)

// until runs a command line again and again, for a minute at most, until its
// output matches: "until PATTERN interdict ARGUMENTS...".
func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || args[1] != "interdict" {
		ts.Fatalf("usage: until PATTERN interdict ARGUMENTS...")
	}
	pattern := regexp.MustCompile("(?m)" + args[0])
	for _, name := range []string{"INTERDICT_KEY", "INTERDICT_SERVER"} {
		ts.Check(os.Setenv(name, ts.Getenv(name)))
	}
	var out, errs strings.Builder
	for range 600 {
		out.Reset()
		errs.Reset()
		cli.Run(context.Background(), args[2:], strings.NewReader(""), &out, &errs)
		if pattern.MatchString(out.String()) {
			ts.Stdout().Write([]byte(out.String()))
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	ts.Fatalf("no match of %s within a minute:\n%s%s", args[0], &out, &errs)
}
