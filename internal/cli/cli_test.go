package cli_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"interdict/internal/cli"
	"interdict/internal/fault"
)

// data is where real lists lie on a developer's machine and in CI.
const data = "../../../shared/data"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"interdict": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestStories runs every script of testdata/script. A script that needs real
// lists begins with "[!shared] skip ..." and finds them under $SHARED.
func TestStories(t *testing.T) {
	shared, err := filepath.Abs(data)
	if err != nil {
		t.Fatal(err)
	}
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SHARED", shared)
			env.Setenv("REPO", repo)
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name != "shared" {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			_, err := os.Stat(shared)
			if err != nil {
				t.Logf("REAL LISTS ARE ABSENT: no folder %s; stories on them are skipped", shared)
			}
			return err == nil, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs the command line after its first word, the exit code expected:
// "exits 2 interdict nonsense".
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	code := 0
	var exit interface{ ExitCode() int }
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got := fmt.Sprint(code); got != args[0] {
		ts.Fatalf("exit code %s, want %s\n%s%s", got, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func TestFlagsMayStandAnywhere(t *testing.T) {
	cases := []struct {
		line string
		want []string
		json bool
		out  string
		n    int
	}{
		{"a b", []string{"a", "b"}, false, "", 0},
		{"--json a", []string{"a"}, true, "", 0},
		{"a --json b --out f c --n=3", []string{"a", "b", "c"}, true, "f", 3},
		{"- --json", []string{"-"}, true, "", 0},
		{"a -- --json b", []string{"a", "--json", "b"}, false, "", 0},
		{"--json -- -", []string{"-"}, true, "", 0},
		{"", nil, false, "", 0},
	}
	for _, c := range cases {
		t.Run(c.line, func(t *testing.T) {
			got, json, out, n, err := cli.Permute(strings.Fields(c.line))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" || json != c.json || out != c.out || n != c.n {
				t.Errorf("json %v, out %q, n %d; arguments (-want +got):\n%s", json, out, n, diff)
			}
		})
	}
}

func TestExitCodeFollowsTheKindOfFault(t *testing.T) {
	cases := []struct {
		name string
		err  error
		want int
	}{
		{"invalid", fault.New(fault.Invalid, "x"), 2},
		{"not found", fault.New(fault.NotFound, "x"), 2},
		{"conflict", fault.New(fault.Conflict, "x"), 2},
		{"unavailable", fault.New(fault.Unavailable, "x"), 2},
		{"corrupt", fault.New(fault.Corrupt, "x"), 3},
		{"internal", errors.New("x"), 3},
		{"wrapped", fmt.Errorf("reading: %w", fault.New(fault.Invalid, "x")), 2},
		{"absent file", fmt.Errorf("opening: %w", fs.ErrNotExist), 2},
		{"closed file", fmt.Errorf("opening: %w", fs.ErrPermission), 2},
		{"interrupted", fmt.Errorf("reading: %w", context.Canceled), 3},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := cli.ExitCode(c.err); got != c.want {
				t.Errorf("exit code %d, want %d", got, c.want)
			}
		})
	}
}

func TestEveryLineOfAnErrorNamesTheProgram(t *testing.T) {
	var b strings.Builder
	one := fault.Hint(fault.New(fault.Invalid, "line 1 is bad"), "mend it")
	cli.Complain(&b, errors.Join(one, fault.Hint(fault.New(fault.Invalid, "line 9 is bad"), "mend that")))
	want := "interdict: line 1 is bad\ninterdict: line 9 is bad\n  hint: mend it\n  hint: mend that\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestColumnsStandStraightInEveryScript(t *testing.T) {
	got := cli.Table(false, []string{"name", ">score", "list"},
		[]string{"Иванов", "9", "un"},
		[]string{"習近平", "88", "eu"},
		[]string{"محمّد", "777", "two\nlines"},
		[]string{"김", "1", ""},
	)
	want := "" +
		"name    score  list\n" +
		"Иванов      9  un\n" +
		"習近平     88  eu\n" +
		"محمّد      777  two lines\n" +
		"김          1\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestColourTakesNoWidth(t *testing.T) {
	colour := regexp.MustCompile("\x1b\\[[0-9]*m")
	head, row := []string{"name", "x"}, []string{"a long name", "y"}
	plain, painted := cli.Table(false, head, row), cli.Table(true, head, row)
	if plain == painted || colour.ReplaceAllString(painted, "") != plain {
		t.Errorf("plain:\n%q\npainted:\n%q", plain, painted)
	}
	if got := cli.Width("\x1b[1mab\x1b[0m"); got != 2 {
		t.Errorf("width %d, want 2", got)
	}
}

func TestEveryVerbIsExplainedAndItsExamplesParse(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range cli.Verbs() {
		if seen[v.Name] {
			t.Errorf("verb %q stands twice in the table", v.Name)
		}
		seen[v.Name] = true
		if len(v.Short) < 14 || strings.HasSuffix(v.Short, ".") {
			t.Errorf("%s: its line should be a phrase without a full stop: %q", v.Name, v.Short)
		}
		if len(v.Examples) == 0 {
			t.Errorf("%s has no example", v.Name)
		}
		for _, e := range v.Examples {
			args, err := words(e)
			if err != nil {
				t.Errorf("example %q of %s: %v", e, v.Name, err)
				continue
			}
			if !strings.HasPrefix(e, v.Name) {
				t.Errorf("example %q does not begin with its verb %q", e, v.Name)
			}
			if err := cli.Accepts(args); err != nil {
				t.Errorf("example %q of %s: %v", e, v.Name, err)
			}
		}
	}
}

// words splits a line of the shell as far as our examples need it: blanks,
// quotes, and what follows a redirection or a pipe is left out.
func words(line string) ([]string, error) {
	var all []string
	var word strings.Builder
	quote, open := rune(0), false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, open = r, true
		case r == ' ':
			if open || word.Len() > 0 {
				all = append(all, word.String())
			}
			word.Reset()
			open = false
		default:
			word.WriteRune(r)
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("quote %c is not closed", quote)
	}
	if open || word.Len() > 0 {
		all = append(all, word.String())
	}
	for i, w := range all {
		if w == "|" || w == ">" || w == "<" || w == "#" || strings.HasPrefix(w, "2>") {
			return all[:i], nil
		}
	}
	return all, nil
}
