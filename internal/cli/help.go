package cli

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"
)

// helpVerb is a function because its answer is made from the table that holds
// it.
func helpVerb() verb {
	return verb{
		name:     "help",
		args:     "[VERB]",
		short:    "explain the program, or one verb",
		examples: []string{"help", "help version"},
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, c *call, args []string) (bool, error) {
				all := verbs()
				if len(args) == 0 {
					return false, writeOverview(c.out, c, all)
				}
				if v, _, ok := find(all, args); ok {
					return false, writeVerbHelp(c, v)
				}
				if group := inGroup(all, args[0]); len(group) > 0 && len(args) == 1 {
					return false, writeOverview(c.out, c, group)
				}
				return false, unknownVerb(all, args)
			}
		},
	}
}

// writeOverview lists the given verbs on w.
func writeOverview(w io.Writer, c *call, all []verb) error {
	fmt.Fprintf(w, "%s screens names, documents, payments and customer books against sanctions lists.\n\n", c.bold("interdict"))
	t := newTable("verb", "what it does")
	for _, v := range folded(all) {
		t.add(strings.TrimSpace(v.name+" "+v.args), v.short)
	}
	if err := t.write(w, c); err != nil {
		return err
	}
	_, err := fmt.Fprint(w, "\nMore on each: interdict help VERB\n"+
		"Exit codes: 0 nothing found or done, 1 hits found, 2 wrong usage or bad input, 3 a fault of ours\n")
	return err
}

// writeVerbHelp explains one verb.
func writeVerbHelp(c *call, v verb) error {
	fmt.Fprintf(c.out, "usage: %s\n\n%s.\n", v.synopsis(), sentence(v.short))
	if v.long != "" {
		fmt.Fprintf(c.out, "\n%s\n", strings.TrimSpace(v.long))
	}
	if v.body != nil {
		if err := explainFields(c, v.body); err != nil {
			return err
		}
	}
	f := newFlags(v)
	v.setup(f.FlagSet)
	t := newTable("flag", "meaning", "default")
	f.VisitAll(func(g *flag.Flag) {
		arg, text := flag.UnquoteUsage(g)
		name := "--" + g.Name
		if arg != "" {
			name += " " + arg
		}
		t.add(name, text, strings.TrimPrefix(g.DefValue, "false"))
	})
	if len(t.rows) > 0 {
		fmt.Fprintln(c.out)
		if err := t.write(c.out, c); err != nil {
			return err
		}
	}
	if len(v.examples) > 0 {
		fmt.Fprintf(c.out, "\n%s\n", c.bold("examples"))
		for _, e := range v.examples {
			fmt.Fprintf(c.out, "  interdict %s\n", e)
		}
	}
	return nil
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
