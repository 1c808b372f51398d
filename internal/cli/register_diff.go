package cli

import (
	"cmp"
	"context"
	"flag"
	"fmt"

	"interdict/internal/fault"
	"interdict/internal/register"
)

func registerDiffVerb() verb {
	return verb{
		name: "register diff", args: "A B",
		short: "say what changed in content between two editions of a list",
		long: `A and B are files (or folders of files), whose source is recognised, ids of stored editions, source@date, or a
source, which stands for its edition in force. What counts is what is said: the order of elements, white space, quotes
and the numbers of versions do not.`,
		examples: []string{"register diff old.xml new.xml", "register diff un@2018-06-07 un@2018-06-21 --json", "register diff un new.xml"},
		json:     true, data: true,
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) != 2 {
					return false, wrongUsage("register diff needs two editions")
				}
				a, err := openArchive(c)
				if err != nil {
					return false, err
				}
				defer a.Close()
				x, err := findEdition(c, a, args[0])
				if err != nil {
					return false, err
				}
				y, err := findEdition(c, a, args[1])
				if err != nil {
					return false, err
				}
				if x.Source != y.Source {
					err := fault.New(fault.Invalid, "%s is an edition of %s, %s one of %s", args[0], x.Source, args[1], y.Source)
					return false, fault.Hint(err, "two lists are compared by: interdict register concordance ID")
				}
				d := differenceOf(x, y)
				if c.JSON {
					return false, c.writeJSON(d)
				}
				return false, writeDifference(c, d)
			}
		},
	}
}

// differenceJSON is the answer of register diff.
type differenceJSON struct {
	Source  string       `json:"source"`
	From    sideJSON     `json:"from"`
	To      sideJSON     `json:"to"`
	Counts  countsJSON   `json:"counts"`
	Added   []briefJSON  `json:"added"`
	Removed []briefJSON  `json:"removed"`
	Changed []changeJSON `json:"changed"`
	Doubts  []string     `json:"doubts,omitempty"`
}

type sideJSON struct {
	Edition string   `json:"edition"`
	Date    string   `json:"date,omitempty"`
	Entries int      `json:"entries"`
	Errors  []string `json:"errors,omitempty"`
}

type countsJSON struct {
	Added     int `json:"added"`
	Removed   int `json:"removed"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
}

type briefJSON struct {
	Key       string `json:"key"`
	Reference string `json:"reference"`
	Name      string `json:"name"`
	Kind      string `json:"kind"`
}

type changeJSON struct {
	briefJSON
	Was    briefJSON  `json:"was"`
	Reason string     `json:"reason"` // why the two are one entry
	Paths  []pathJSON `json:"paths"`
}

type pathJSON struct {
	Path string   `json:"path"`
	Old  []string `json:"old,omitempty"`
	New  []string `json:"new,omitempty"`
}

func differenceOf(x, y register.Edition) differenceJSON {
	d := register.Diff(x, y)
	j := differenceJSON{
		Source: x.Source, From: sideOf(x), To: sideOf(y), Doubts: d.Doubts,
		Counts: countsJSON{len(d.Added), len(d.Removed), len(d.Changed), d.Unchanged},
		Added:  briefsOf(d.Added), Removed: briefsOf(d.Removed), Changed: []changeJSON{},
	}
	for _, c := range d.Changed {
		n := changeJSON{briefJSON: briefOf(c.New), Was: briefOf(c.Old), Reason: c.Reason}
		for _, p := range c.Paths {
			n.Paths = append(n.Paths, pathJSON(p))
		}
		j.Changed = append(j.Changed, n)
	}
	return j
}

func sideOf(e register.Edition) sideJSON {
	s := sideJSON{Edition: e.ID, Date: e.Date.String(), Entries: len(e.Records)}
	for _, err := range e.Errs {
		s.Errors = append(s.Errors, err.Error())
	}
	return s
}

func briefsOf(all []register.Brief) []briefJSON {
	out := []briefJSON{}
	for _, b := range all {
		out = append(out, briefOf(b))
	}
	return out
}

func briefOf(b register.Brief) briefJSON {
	return briefJSON{b.Key, b.Reference, b.Name, string(b.Kind)}
}

func (b briefJSON) String() string { return cmp.Or(b.Reference, b.Key) + "  " + b.Name }

func writeDifference(c *call, d differenceJSON) error {
	fmt.Fprintf(c.out, "%s from %s to %s: %d added, %d removed, %d changed, %d unchanged\n",
		c.bold(d.Source), cmp.Or(d.From.Date, d.From.Edition), cmp.Or(d.To.Date, d.To.Edition),
		d.Counts.Added, d.Counts.Removed, d.Counts.Changed, d.Counts.Unchanged)
	for _, side := range []sideJSON{d.From, d.To} {
		if n := len(side.Errors); n > 0 {
			fmt.Fprintf(c.out, "%s\n", c.red(fmt.Sprintf("%s of edition %s unreadable and not compared", plural(n, "element", "elements"), side.Edition)))
		}
	}
	for _, b := range d.Added {
		fmt.Fprintf(c.out, "%s %s\n", c.green("+"), b)
	}
	for _, b := range d.Removed {
		fmt.Fprintf(c.out, "%s %s\n", c.red("-"), b)
	}
	for _, x := range d.Changed {
		fmt.Fprintf(c.out, "%s %s\n", c.yellow("~"), x.briefJSON)
		if x.Was.Reference != x.Reference || x.Was.Key != x.Key {
			fmt.Fprintf(c.out, "    was %s (%s)\n", x.Was, x.Reason)
		}
		for _, p := range x.Paths {
			for _, s := range p.Old {
				fmt.Fprintf(c.out, "    %s %s %s\n", p.Path, c.red("-"), s)
			}
			for _, s := range p.New {
				fmt.Fprintf(c.out, "    %s %s %s\n", p.Path, c.green("+"), s)
			}
		}
	}
	for _, s := range d.Doubts {
		fmt.Fprintf(c.out, "%s %s\n", c.yellow("?"), s)
	}
	return nil
}
