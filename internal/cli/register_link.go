package cli

import (
	"context"
	"flag"
	"fmt"
	"time"

	"interdict/internal/register"
)

func registerLinkVerb() verb {
	return verb{
		name: "register link", args: "A B",
		short: "decide that two entries are one subject, or two",
		long: `A and B as for register show; a subject stands for its oldest entry. The decision overrides what was found, is kept with
its name and reason, and holds until the next one on the same two; --undo takes it back.`,
		examples: []string{
			`register link un:KPe.043 uk:13500 --same --by "A. Clerk" --reason "misprinted reference"`,
			`register link e-0123456789 e-1234567890 --undo --by "A. Clerk" --reason "wrong brother"`,
		},
		json: true, data: true,
		setup: func(f *flag.FlagSet) action {
			same := f.Bool("same", false, "they are one subject")
			different := f.Bool("different", false, "they are two")
			undo := f.Bool("undo", false, "take the last decision on the two back")
			by := f.String("by", "", "the `NAME` of who decides")
			reason := f.String("reason", "", "why; a `TEXT` for whoever asks later")
			return func(_ context.Context, c *call, args []string) (bool, error) {
				verdict, ok := verdictOf(*same, *different, *undo)
				switch {
				case len(args) != 2:
					return false, wrongUsage("register link needs two ids")
				case !ok:
					return false, wrongUsage("register link needs one of --same, --different, --undo")
				case *by == "" || *reason == "":
					return false, wrongUsage("register link needs --by and --reason")
				}
				return false, decide(c, register.Decision{A: args[0], B: args[1], Verdict: verdict, By: *by, Reason: *reason, At: time.Now().UTC()})
			}
		},
	}
}

func verdictOf(same, different, undo bool) (register.Verdict, bool) {
	switch {
	case same && !different && !undo:
		return register.SameSubject, true
	case different && !same && !undo:
		return register.DifferentSubjects, true
	case undo && !same && !different:
		return register.Undecided, true
	}
	return "", false
}

func decide(c *call, d register.Decision) error {
	a, err := openArchive(c)
	if err != nil {
		return err
	}
	defer a.Close()
	snap, err := a.Decide(d)
	if err != nil {
		return err
	}
	if err := compileNew(c, a, snap); err != nil {
		return err
	}
	x, err := snap.Find(d.A)
	if err != nil {
		return err
	}
	y, err := snap.Find(d.B)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.writeJSON(struct {
			Verdict  string   `json:"verdict"`
			Subjects []string `json:"subjects"`
			Snapshot string   `json:"snapshot"`
		}{string(d.Verdict), []string{x.ID, y.ID}, snap.ID})
	}
	word := "two subjects, " + x.ID + " and " + y.ID
	if x.ID == y.ID {
		word = "one subject, " + x.ID
	}
	_, err = fmt.Fprintf(c.out, "decided: they are %s; snapshot %s\n", word, snap.ID)
	return err
}
