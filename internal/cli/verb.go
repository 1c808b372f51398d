package cli

import (
	"context"
	"flag"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"interdict/internal/fault"
)

// verb is one line of the table: what the word means and how it runs.
type verb struct {
	name     string          // "version", "register load"
	args     string          // positional arguments as shown in help: "SOURCE FILE..."
	short    string          // one line for the overview, no full stop
	long     string          // more for its own help; may be empty
	examples []string        // command lines without "interdict "
	choices  func() []string // values of the first argument, for completion alone: making them reads tables
	json     bool            // takes --json
	data     bool            // takes --data DIR

	body reflect.Type // of the JSON that its arguments write, to be explained; nil: none

	// setup declares the verb's own flags and returns what it does.
	setup func(f *flag.FlagSet) action
}

// action does the work of a verb with its positional arguments. hits says
// that something was found (exit code 1).
type action func(ctx context.Context, c *call, args []string) (hits bool, err error)

// synopsis is the usage line of a verb.
func (v verb) synopsis() string {
	s := "interdict " + v.name
	if v.args != "" {
		s += " " + v.args
	}
	return s + " [flags]"
}

// group is the first word of the verb's name.
func (v verb) group() string {
	g, _, _ := strings.Cut(v.name, " ")
	return g
}

// flags are the flags of a verb, the common ones among them.
type flags struct {
	*flag.FlagSet
	json bool
	data string
}

// DefaultData is the data folder where no other is named.
const DefaultData = "interdict-data"

func newFlags(v verb) *flags {
	f := &flags{FlagSet: flag.NewFlagSet(v.name, flag.ContinueOnError), data: DefaultData}
	f.SetOutput(io.Discard)
	if v.json {
		f.BoolVar(&f.json, "json", false, "write JSON, one object a line")
	}
	if v.data {
		f.StringVar(&f.data, "data", DefaultData, "the data `DIR`")
	}
	return f
}

// permute parses flags wherever they stand and returns the other arguments in
// order. Everything after "--" is an argument.
func permute(f *flag.FlagSet, args []string) ([]string, error) {
	var after []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, after = args[:i], args[i+1:]
	}
	var positional []string
	for {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		if f.NArg() == 0 {
			return append(positional, after...), nil
		}
		positional = append(positional, f.Arg(0))
		args = f.Args()[1:]
	}
}

// find returns the verb whose words args begin with, the longest name first,
// and the arguments after them.
func find(all []verb, args []string) (verb, []string, bool) {
	for n := min(2, len(args)); n > 0; n-- {
		name := strings.Join(args[:n], " ")
		if i := slices.IndexFunc(all, func(v verb) bool { return v.name == name }); i >= 0 {
			return all[i], args[n:], true
		}
	}
	return verb{}, nil, false
}

// inGroup returns the verbs whose name has two words and begins with word.
func inGroup(all []verb, word string) []verb {
	var group []verb
	for _, v := range all {
		if v.group() == word && v.name != word {
			group = append(group, v)
		}
	}
	return group
}

// unknownVerb says which verb was probably meant.
func unknownVerb(all []verb, words []string) error {
	said := words[0]
	var names []string
	for _, v := range all {
		names = append(names, v.name)
		if !slices.Contains(names, v.group()) {
			names = append(names, v.group())
		}
	}
	if len(words) > 1 && len(inGroup(all, words[0])) > 0 {
		said = words[0] + " " + words[1]
	}
	err := fault.New(fault.Invalid, "unknown verb %q", said)
	near := nearest(said, names)
	if len(words) > 1 && near == "" {
		near = nearest(words[0]+" "+words[1], names)
	}
	if near != "" {
		return fault.Hint(err, "did you mean: interdict %s", near)
	}
	return fault.Hint(err, "see: interdict help")
}

// usageError marks an error in how a verb was called, so that its synopsis is
// shown beside it.
type usageError struct{ error }

// wrongUsage returns an Invalid error beside which the verb's synopsis is shown.
func wrongUsage(format string, args ...any) error {
	return fault.As(fault.Invalid, &usageError{fmt.Errorf(format, args...)})
}

// usage explains an error of the flag parser.
func usage(v verb, f *flag.FlagSet, err error) error {
	text := err.Error()
	name, unknown := strings.CutPrefix(text, "flag provided but not defined: -")
	if !unknown {
		return fault.Hint(fault.New(fault.Invalid, "%s: %s", v.name, text), "see: interdict help %s", v.name)
	}
	var names []string
	f.VisitAll(func(g *flag.Flag) { names = append(names, g.Name) })
	name = strings.TrimPrefix(name, "-")
	err = fault.New(fault.Invalid, "%s has no flag --%s", v.name, name)
	if near := nearest(name, names); near != "" {
		return fault.Hint(err, "did you mean: --%s", near)
	}
	return fault.Hint(err, "see: interdict help %s", v.name)
}

// nearest returns the candidate within a third of the letters of said, the
// first of the nearest, or "".
func nearest(said string, candidates []string) string {
	best, at := "", len(said)/3+1
	for _, c := range candidates {
		if d := distance(said, c); d < at {
			best, at = c, d
		}
	}
	return best
}

// distance counts the insertions, deletions, replacements and swaps of neighbours
// between a and b.
func distance(a, b string) int {
	var before []int // row i-2
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
