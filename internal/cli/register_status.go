package cli

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"strconv"
	"time"

	"interdict/internal/archive"
	"interdict/internal/register"
)

func registerStatusVerb() verb {
	return verb{
		name:     "register status",
		short:    "say which editions are in force, and which wait",
		long:     "With --all also those that were in force before. Nothing is read again: it answers at once.",
		examples: []string{"register status", "register status --all --json"},
		json:     true, data: true,
		setup: func(f *flag.FlagSet) action {
			all := f.Bool("all", false, "show superseded editions too")
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) > 0 {
					return false, wrongUsage("register status takes no argument, but was given %q", args[0])
				}
				a, err := openArchive(c)
				if err != nil {
					return false, err
				}
				defer a.Close()
				return false, status(c, a, *all)
			}
		},
	}
}

// statusJSON is the answer of register status.
type statusJSON struct {
	Snapshot string        `json:"snapshot"` // "" while nothing is loaded
	Changed  *time.Time    `json:"changed,omitempty"`
	Editions []editionJSON `json:"editions"`
}

type editionJSON struct {
	Source   string             `json:"source"`
	Title    string             `json:"title"`
	Edition  string             `json:"edition"`
	Date     string             `json:"date,omitempty"`
	Status   string             `json:"status"`
	Entries  int                `json:"entries"`
	Errors   int                `json:"errors"`
	Warnings int                `json:"warnings"`
	At       time.Time          `json:"at"`
	By       string             `json:"by,omitempty"`
	Reason   string             `json:"reason,omitempty"`
	Concerns []register.Concern `json:"concerns,omitempty"`
	Files    []fileJSON         `json:"files"`
}

type fileJSON struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

func status(c *call, a *archive.Archive, all bool) error {
	m, err := a.Current()
	if err != nil {
		return err
	}
	stored, err := a.Editions("")
	if err != nil {
		return err
	}
	j := statusJSON{Snapshot: m.Snapshot, Editions: []editionJSON{}}
	if m.Sequence > 0 {
		j.Changed = &m.At
	}
	for _, e := range stored {
		if all || e.Status != archive.Superseded {
			j.Editions = append(j.Editions, editionOf(e))
		}
	}
	if c.JSON {
		return c.writeJSON(j)
	}
	if len(j.Editions) == 0 {
		fmt.Fprintln(c.out, "no list is loaded")
		return nil
	}
	t := newTable("source", "date", "edition", "status", ">entries", ">unreadable", "since", "by")
	for _, e := range j.Editions {
		t.add(e.Source, cmp.Or(e.Date, "undated"), e.Edition, e.Status, strconv.Itoa(e.Entries), strconv.Itoa(e.Errors), e.At.Format(time.DateTime), e.By)
	}
	if err := t.write(c.out, c); err != nil {
		return err
	}
	for _, e := range j.Editions {
		for _, x := range e.Concerns {
			fmt.Fprintf(c.out, "%s %s\n", e.Source, c.yellow(x.String()))
		}
	}
	fmt.Fprintf(c.out, "snapshot %s\n", cmp.Or(j.Snapshot, "none"))
	return nil
}

func editionOf(e archive.Stored) editionJSON {
	j := editionJSON{
		Source: e.Source, Title: e.Title, Edition: e.ID, Date: e.Date.String(), Status: string(e.Status),
		Entries: e.Records, Errors: e.Errors, Warnings: e.Warnings, At: e.At.UTC(), By: e.By, Concerns: e.Concerns,
	}
	if e.Accepted != nil {
		j.By, j.Reason = e.Accepted.By, e.Accepted.Reason
	}
	for _, f := range e.Files {
		j.Files = append(j.Files, fileJSON(f))
	}
	return j
}
