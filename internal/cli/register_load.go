package cli

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/list"
	"interdict/internal/list/starter"
	"interdict/internal/register"
)

func registerLoadVerb() verb {
	return verb{
		name: "register load", args: "SOURCE [FILE...]",
		short: "put an edition of a list in force",
		long: `The files, or the files of a folder, are one edition; it replaces the edition of its source that was in
force. The raw files are kept. An edition with an unreadable element, or whose counts fall out of bounds, replaces
nothing until a named person accepts it: with --by and --accept at once, or later by "register accept".
The source "starter" comes with the program and needs no file.`,
		examples: []string{
			"register load starter",
			"register load un consolidated.xml",
			"register load ofac sdn.csv alt.csv add.csv sdn_comments.csv",
			`register load un consolidated.xml --by "A. Clerk" --accept "snap-back of 2025, resolution 2231"`,
		},
		choices: sourceIDs, json: true, data: true,
		setup: func(f *flag.FlagSet) action {
			by := f.String("by", "", "the `NAME` of who loads or accepts")
			accept := f.String("accept", "", "accept what speaks against it, for this `REASON`")
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) == 0 || len(args) == 1 && args[0] != starter.Source.ID {
					return false, wrongUsage("register load needs a source and files")
				}
				if *accept != "" && *by == "" {
					return false, wrongUsage("--accept needs --by: a named person accepts")
				}
				in, err := starterFiles()
				if len(args) > 1 {
					in, err = readInputs(c, args[1:])
				}
				if err != nil {
					return false, err
				}
				return false, loadEdition(c, args[0], in, *by, *accept)
			}
		},
	}
}

func registerAcceptVerb() verb {
	return verb{
		name: "register accept", args: "SOURCE",
		short: "put the pending edition of a source in force, on a named person's word",
		long: `It works on the folder itself, for whoever holds the machine: one name is kept, and nobody checks it. Where people work with
the pages, two of them accept an edition there, on the page of the list, and both stand in the ledger.`,
		examples: []string{`register accept un --by "A. Clerk" --reason "the new listings are in the press release"`},
		choices:  sourceIDs, json: true, data: true,
		setup: func(f *flag.FlagSet) action {
			by := f.String("by", "", "the `NAME` of who accepts")
			reason := f.String("reason", "", "why; a `TEXT` for whoever asks later")
			return func(_ context.Context, c *call, args []string) (bool, error) {
				switch {
				case len(args) != 1:
					return false, wrongUsage("register accept needs one source")
				case *by == "" || *reason == "":
					return false, wrongUsage("register accept needs --by and --reason")
				}
				a, err := openArchive(c)
				if err != nil {
					return false, err
				}
				defer a.Close()
				out, err := a.Accept(args[0], "", register.Accept{By: *by, Reason: *reason, At: time.Now().UTC()})
				if err != nil {
					return false, err
				}
				return false, errors.Join(reportLoad(c, out), compileNew(c, a, out.Snapshot))
			}
		},
	}
}

// starterFiles returns the starter register that comes with the program.
func starterFiles() ([]register.Input, error) {
	var in []register.Input
	for _, f := range starter.Files() {
		b, err := io.ReadAll(f.Body)
		if err != nil {
			return nil, fmt.Errorf("reading the starter register: %w", err)
		}
		in = append(in, register.Input{Name: f.Name, Bytes: b})
	}
	return in, nil
}

// loadEdition loads files and says what they brought.
func loadEdition(c *call, source string, in []register.Input, by, accept string) error {
	a, err := openArchive(c)
	if err != nil {
		return err
	}
	defer a.Close()
	wait := c.progress("loading "+source, -1)
	out, err := a.Load(source, in, by, time.Now().UTC())
	if err == nil && out.Pending && accept != "" {
		out, err = a.Accept(source, "", register.Accept{By: by, Reason: accept, At: time.Now().UTC()})
	}
	wait.finish()
	if err != nil {
		return err
	}
	if err := errors.Join(reportLoad(c, out), compileNew(c, a, out.Snapshot), a.Looked(source, time.Now())); err != nil {
		return err
	}
	return waiting(source, out)
}

// waiting makes an error of an edition that waits for a person, so that no
// script takes it for loaded.
func waiting(source string, out archive.Outcome) error {
	if !out.Pending {
		return nil
	}
	err := fault.New(fault.Conflict, "the edition of %s waits for a named person: %s", source, plural(len(out.Concerns), "concern", "concerns"))
	return fault.Hint(err, "look at it, then: interdict register accept %s --by NAME --reason TEXT", source)
}

// loadedJSON is the answer of load, accept and sync.
type loadedJSON struct {
	Source     string             `json:"source"`
	Edition    string             `json:"edition"`
	Date       string             `json:"date,omitempty"`
	Format     string             `json:"format"`
	Status     string             `json:"status"` // in force, pending, unchanged
	Entries    int                `json:"entries"`
	Errors     []string           `json:"errors,omitempty"`
	Warnings   []warningJSON      `json:"warnings,omitempty"`
	Concerns   []register.Concern `json:"concerns,omitempty"`
	Added      int                `json:"added"`
	Gone       int                `json:"gone"`
	Returned   int                `json:"returned"`
	Kept       int                `json:"kept"`
	Renumbered int                `json:"renumbered"`
	Changed    int                `json:"changed"`
	Doubts     []string           `json:"doubts,omitempty"`
	Snapshot   string             `json:"snapshot,omitempty"`
	Subjects   int                `json:"subjects,omitempty"`
}

// warningJSON is a kind of oddity with how often it stands and where first.
type warningJSON struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
	First string `json:"first"`
}

func loaded(out archive.Outcome) loadedJSON {
	e, c := out.Edition, out.Changes
	j := loadedJSON{
		Source: e.Source, Edition: e.ID, Date: e.Date.String(), Format: e.Format, Status: string(archive.InForce),
		Entries: len(e.Records), Concerns: out.Concerns, Warnings: summary(e.Report.Warnings),
		Added: len(c.Added), Gone: len(c.Gone), Returned: len(c.Returned), Kept: c.Kept,
		Renumbered: len(c.Renamed), Changed: len(c.Content.Changed), Doubts: c.Doubts,
		Snapshot: out.Snapshot.ID, Subjects: len(out.Snapshot.Subjects),
	}
	switch {
	case out.Pending:
		j.Status = string(archive.Waiting)
	case out.Unchanged:
		j.Status = "unchanged"
	}
	for _, err := range e.Errs {
		j.Errors = append(j.Errors, err.Error())
	}
	return j
}

var numbers = regexp.MustCompile(`"[^"]*"|[0-9]+`)

// summary counts warnings that differ in nothing but the value they quote,
// the most frequent first.
func summary(warnings []list.Warning) []warningJSON {
	at := map[string]int{}
	var out []warningJSON
	for _, w := range warnings {
		key := numbers.ReplaceAllString(w.Text, "…")
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, warningJSON{Text: w.Text, First: w.Place.String()})
		}
		out[i].Count++
	}
	slices.SortStableFunc(out, func(a, b warningJSON) int { return cmp.Compare(b.Count, a.Count) })
	return out
}

// shown is how many lines of one sort are printed; --json gives all.
const shown = 10

func reportLoad(c *call, out archive.Outcome) error {
	j := loaded(out)
	if c.JSON {
		return c.writeJSON(j)
	}
	fmt.Fprintf(c.out, "%s %s, edition %s (%s): %s", c.bold(j.Source), cmp.Or(j.Date, "undated"), j.Edition, j.Format, plural(j.Entries, "entry", "entries"))
	if n := len(j.Errors); n > 0 {
		fmt.Fprintf(c.out, ", %s", c.red(plural(n, "element", "elements")+" unreadable"))
	}
	fmt.Fprintln(c.out)
	c.lines("unreadable", j.Errors, c.red)
	var warnings []string
	for _, w := range j.Warnings {
		warnings = append(warnings, fmt.Sprintf("%d × %s (first at %s)", w.Count, w.Text, w.First))
	}
	c.lines("warning", warnings, c.yellow)
	switch j.Status {
	case "unchanged":
		fmt.Fprintln(c.out, "  unchanged: this edition is in force already")
		return nil
	case string(archive.Waiting):
		fmt.Fprintln(c.out, "  "+c.yellow("pending")+": it replaces nothing until a named person accepts it")
		for _, x := range j.Concerns {
			fmt.Fprintf(c.out, "  %s\n", c.yellow(x.String()))
		}
		return nil
	}
	if !out.Changes.First {
		fmt.Fprintf(c.out, "  %d added, %d gone, %d returned, %d kept; %d of these under another key or reference, %d with other content\n",
			j.Added, j.Gone, j.Returned, j.Kept, j.Renumbered, j.Changed)
	}
	c.lines("doubt", j.Doubts, c.yellow)
	fmt.Fprintf(c.out, "  %s: snapshot %s, %s of %s\n", c.green("in force"), j.Snapshot,
		plural(j.Subjects, "subject", "subjects"), plural(len(out.Snapshot.Editions), "list", "lists"))
	return nil
}

// lines prints the first few of a sort, and how many more there are.
func (c *call) lines(what string, all []string, paint func(string) string) {
	for i, s := range all {
		if i == shown {
			fmt.Fprintf(c.out, "  … and %d more; --json gives all\n", len(all)-shown)
			return
		}
		fmt.Fprintf(c.out, "  %s %s\n", paint(what+":"), strings.ReplaceAll(s, "\n", " "))
	}
}
