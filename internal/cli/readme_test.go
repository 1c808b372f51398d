package cli_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/cli"
)

var update = flag.Bool("update", false, "write what the program says into README.md")

const readme = "../../README.md"

// made is the line before a block that the program wrote: the command line and,
// where only the beginning is shown, the number of lines.
var made = regexp.MustCompile("(?s)(<!-- made by: interdict ([^\n]*?)(?:, first ([0-9]+) lines)? -->\n```text\n)(.*?)(\n```)")

// moment is a time in an answer; it differs from run to run.
var moment = regexp.MustCompile(`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z`)

// newcomer stands where a newcomer stands after cloning: in a folder that has
// docs and no data yet. It returns the text of README.md.
func newcomer(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := filepath.Abs("../../docs")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "docs"), os.DirFS(docs)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	return string(text)
}

func run(t *testing.T, line string) (out string, code int) {
	t.Helper()
	args, err := words(line)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	var stdout, stderr bytes.Buffer
	code = cli.Run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	if code > 1 {
		t.Errorf("interdict %s: exit code %d\n%s", line, code, stderr.String())
	}
	return stdout.String(), code
}

func TestREADMECommandsRun(t *testing.T) {
	text := newcomer(t)
	found := 0
	inside := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "```") {
			inside = line == "```sh"
			continue
		}
		command, ok := strings.CutPrefix(line, "go run ./cmd/interdict ")
		if !ok {
			command, ok = strings.CutPrefix(line, "interdict ")
		}
		if !inside || !ok {
			continue
		}
		found++
		if command == "demo" {
			continue // it serves until it is stopped: TestDemo
		}
		run(t, command)
	}
	if found < 2 {
		t.Errorf("found %d commands in README.md: is the reader of this test wrong?", found)
	}
}

func TestREADMEShowsWhatTheProgramSays(t *testing.T) {
	file, err := filepath.Abs(readme)
	if err != nil {
		t.Fatal(err)
	}
	text := newcomer(t)
	blocks := 0
	fresh := made.ReplaceAllStringFunc(text, func(block string) string {
		blocks++
		m := made.FindStringSubmatch(block)
		out, code := run(t, m[2])
		if code > 1 {
			return block
		}
		lines := strings.Split(strings.TrimRight(moment.ReplaceAllString(out, "2026-01-01T00:00:00Z"), "\n"), "\n")
		if n, err := strconv.Atoi(m[3]); err == nil && n < len(lines) {
			lines = lines[:n]
		}
		for i, line := range lines {
			lines[i] = strings.TrimRight(line, " ")
		}
		return m[1] + strings.Join(lines, "\n") + m[5]
	})
	if blocks == 0 {
		t.Fatal("README.md shows no output of the program")
	}
	if fresh == text {
		return
	}
	if *update {
		if err := os.WriteFile(file, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("README.md shows something else than the program says; mend: go test ./internal/cli -run README -update\n(-shown +said):\n%s",
		cmp.Diff(text, fresh))
}

// TestDocumentsNameOnlyWhatExists parses every command of the other papers
// without running it.
func TestDocumentsNameOnlyWhatExists(t *testing.T) {
	files, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../../docs/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	command := regexp.MustCompile("(?m)^\\s*(?:\\$ )?(?:go run \\./cmd/)?interdict ([a-z].*)$|`interdict ([a-z][^`]*)`")
	for _, file := range append(files, more...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range command.FindAllStringSubmatch(string(text), -1) {
			line := strings.TrimSpace(m[1] + m[2])
			if err := acceptable(line); err != nil {
				t.Errorf("%s: %q: %v", filepath.Base(file), line, err)
			}
		}
	}
}

// acceptable says whether a command of the papers names a verb, or a group of
// verbs, with flags that exist.
func acceptable(line string) error {
	args, err := words(line)
	if err != nil {
		return err
	}
	for _, v := range cli.Verbs() {
		if group, _, _ := strings.Cut(v.Name, " "); len(args) == 1 && args[0] == group {
			return nil
		}
	}
	if err := cli.Accepts(args); err != nil {
		return fmt.Errorf("not a command of ours: %w", err)
	}
	return nil
}

func TestAnInterruptedContextIsNoSurprise(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	if code := cli.Run(ctx, []string{"version"}, strings.NewReader(""), &out, &errs); code != 0 {
		t.Errorf("version asks nothing of the context, but left with %d: %s", code, errs.String())
	}
}
