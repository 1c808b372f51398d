package cli

import (
	"bufio"
	"flag"
	"io"
	"strings"
)

// Permute parses args with the flags --json, --out TEXT and --n INT, and
// returns what was parsed.
func Permute(args []string) (positional []string, json bool, out string, n int, err error) {
	f := flag.NewFlagSet("test", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.BoolVar(&json, "json", false, "")
	f.StringVar(&out, "out", "", "")
	f.IntVar(&n, "n", 0, "")
	positional, err = permute(f, args)
	return positional, json, out, n, err
}

// Table lays out rows below head, in colour or not.
func Table(colour bool, head []string, rows ...[]string) string {
	var b strings.Builder
	c := &call{out: bufio.NewWriter(&b), colour: colour}
	t := newTable(head...)
	for _, row := range rows {
		t.add(row...)
	}
	if err := t.write(&b, c); err != nil {
		return err.Error()
	}
	return b.String()
}

// ExitCode and Complain show how an error leaves the program.
var (
	ExitCode = exitCode
	Complain = complain
	Width    = width
)

// Verbs returns name, arguments, line and examples of every verb.
func Verbs() []struct {
	Name, Args, Short string
	Examples          []string
} {
	var all []struct {
		Name, Args, Short string
		Examples          []string
	}
	for _, v := range verbs() {
		all = append(all, struct {
			Name, Args, Short string
			Examples          []string
		}{v.name, v.args, v.short, v.examples})
	}
	return all
}

// Accepts reports whether a command line without "interdict" names a verb and
// only flags that the verb has. It runs nothing.
func Accepts(args []string) error {
	v, rest, ok := find(verbs(), args)
	if !ok {
		return unknownVerb(verbs(), plainWords(args))
	}
	f := newFlags(v)
	v.setup(f.FlagSet)
	_, err := permute(f.FlagSet, rest)
	if err != nil {
		return usage(v, f.FlagSet, err)
	}
	return nil
}
