// Package cli is the command line: a table of verbs, and the only place that
// joins the rooms of the house.
//
// It promises the exit codes 0 (nothing found, or done), 1 (hits found),
// 2 (wrong usage or bad input) and 3 (a fault of ours, or interrupted); results
// on standard output and everything else on standard error; errors in lower
// case, with the program's name and a hint where one can act on it. Colour and
// progress bars appear on a terminal only.
//
// It never writes outside the data folder and the files that it is told to
// write, and it never reaches the network unless the verb's help says so.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"interdict/internal/cache"
	"interdict/internal/document"
	"interdict/internal/fault"
)

// Exit codes of every verb.
const (
	exitDone  = 0 // nothing found, or done
	exitHits  = 1 // hits found
	exitUsage = 2 // wrong usage or bad input
	exitFault = 3 // a fault of ours, or interrupted
)

// Run runs one command line without the program's name and returns its exit
// code. Output to stdout is buffered and flushed before Run returns.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	document.KeepCompiled(cache.PDF)
	c := newCall(stdin, stdout, stderr)
	hits, err := dispatch(ctx, c, args)
	if flushed := c.out.Flush(); err == nil && flushed != nil {
		err = fault.As(fault.Unavailable, fmt.Errorf("writing the output: %w", flushed))
	}
	if err != nil {
		complain(stderr, err)
		return exitCode(err)
	}
	if hits {
		return exitHits
	}
	return exitDone
}

// dispatch finds the verb that args begin with and runs it.
func dispatch(ctx context.Context, c *call, args []string) (hits bool, err error) {
	all := verbs()
	v, rest, ok := find(all, args)
	if !ok {
		return false, withoutVerb(c, all, args)
	}
	f := newFlags(v)
	action := v.setup(f.FlagSet)
	positional, err := permute(f.FlagSet, rest)
	if errors.Is(err, flag.ErrHelp) {
		return false, writeVerbHelp(c, v)
	}
	if err != nil {
		return false, usage(v, f.FlagSet, err)
	}
	c.JSON, c.Data = f.json, f.data
	hits, err = action(ctx, c, positional)
	var wrong *usageError
	if errors.As(err, &wrong) {
		err = fault.Hint(err, "usage: %s", v.synopsis())
	}
	return hits, err
}

// withoutVerb answers a command line that names no verb: an overview if that
// was asked for, else an error with the nearest verb.
func withoutVerb(c *call, all []verb, args []string) error {
	asked, words := asksHelp(args), plainWords(args)
	switch {
	case len(words) == 0 && asked:
		return writeOverview(c.out, c, all)
	case len(args) == 1 && (args[0] == "-version" || args[0] == "--version"):
		return writeVersion(c)
	case len(args) == 0:
		if err := writeOverview(c.err, c, all); err != nil {
			return err
		}
		return fault.New(fault.Invalid, "no verb given")
	case len(words) == 0:
		return fault.Hint(fault.New(fault.Invalid, "no verb given"), "flags stand after the verb: interdict VERB %s", args[0])
	}
	group := inGroup(all, words[0])
	switch {
	case len(group) > 0 && asked:
		return writeOverview(c.out, c, group)
	case len(group) > 0 && len(words) == 1:
		return fault.Hint(fault.New(fault.Invalid, "%s needs a second word", words[0]), "one of: %s", secondWords(group))
	}
	return unknownVerb(all, words)
}

func asksHelp(args []string) bool {
	return slices.ContainsFunc(args, func(a string) bool { return a == "-h" || a == "-help" || a == "--help" })
}

func plainWords(args []string) []string {
	return slices.DeleteFunc(slices.Clone(args), func(a string) bool { return strings.HasPrefix(a, "-") })
}

func secondWords(group []verb) string {
	var words []string
	for _, v := range group {
		words = append(words, strings.TrimPrefix(v.name, v.group()+" "))
	}
	return strings.Join(words, ", ")
}

// exitCode maps an error to the contract of exit codes. Files that are absent
// or closed to us are bad input, whoever opened them.
func exitCode(err error) int {
	switch kind := fault.KindOf(err); {
	case errors.Is(err, context.Canceled):
		return exitFault
	case kind == fault.Corrupt:
		return exitFault
	case kind == fault.Internal && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission):
		return exitFault
	}
	return exitUsage
}

// complain writes err and its hints to w, a line each.
func complain(w io.Writer, err error) {
	text := err.Error()
	if errors.Is(err, context.Canceled) {
		text = "interrupted: " + text
	}
	for line := range strings.Lines(text) {
		fmt.Fprintf(w, "interdict: %s\n", strings.TrimRight(line, "\n"))
	}
	if hints := fault.Hints(err); hints != "" {
		for line := range strings.Lines(hints) {
			fmt.Fprintf(w, "  hint: %s\n", strings.TrimRight(line, "\n"))
		}
	}
}
