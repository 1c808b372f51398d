package cli

import (
	"context"
	"flag"
	"fmt"
	"time"

	"interdict/internal/follow"
)

var followStatusVerb = verb{
	name: "follow status", short: "show how things stand with the authority that is followed", json: true, data: true,
	long: `Reads what is remembered in the data folder, also while the institution is at work there: the edition in force, when the authority was last
seen, whether it is away or was refused, whether an edition waits to be accepted, and what the authority was not told yet.
Exit code 1 means that work goes on upon the last good state, or that the book of customers could not be screened, or not yet, against
the edition in force.`,
	examples: []string{"follow status --data bank", "follow status --data bank --json"},
	setup: func(*flag.FlagSet) action {
		return func(_ context.Context, c *call, args []string) (bool, error) {
			if len(args) > 0 {
				return false, wrongUsage("follow status takes no argument, but was given %q", args[0])
			}
			s, err := follow.ReadStatus(followDir(c.Data))
			if err != nil {
				return false, err
			}
			if c.JSON {
				return !s.InOrder(), c.writeJSON(s)
			}
			return !s.InOrder(), writeFollowing(c, s)
		}
	},
}

// writeFollowing writes how things stand for a person: what is wrong first.
func writeFollowing(c *call, s follow.Status) error {
	t := newTable("authority", fmt.Sprintf("%s (%s)", s.Authority, s.List))
	say := func(what, format string, args ...any) { t.add(what, fmt.Sprintf(format, args...)) }
	if r := s.Refused; r != nil {
		say("REFUSED", "since %s: %s", at(r.Since), r.Why)
	}
	if r := s.Away; r != nil {
		say("away", "since %s: %s", at(r.Since), r.Why)
	}
	if !s.Older.IsZero() {
		say("older", "since %s it shows an older state than it did", at(s.Older))
	}
	if s.Waits != "" {
		say("waits", "%s", s.Waits)
	}
	switch {
	case s.Edition < 0:
		say("in force", "no edition")
	case s.LastGood:
		say("in force", "edition %d of %s: the last good state", s.Edition, at(s.Published))
	default:
		say("in force", "edition %d of %s", s.Edition, at(s.Published))
	}
	if p := s.Checkpoint; p != nil {
		say("checkpoint", "%d editions, root %s", p.Editions, p.Root)
	}
	if !s.Seen.IsZero() {
		say("last seen", "%s", at(s.Seen))
	}
	if len(s.Untold) > 0 {
		say("untold", "%v %s", s.Untold, s.UntoldWhy)
	}
	if r := s.Reports; r != nil {
		say("reports", "%d not taken yet, %d without an answer", r.Untold, r.Unanswered)
		if r.Why != "" {
			say("", "not handed over: %s", r.Why)
		}
		if r.AnswersWhy != "" {
			say("", "answers not fetched: %s", r.AnswersWhy)
		}
	}
	if b := s.Book; b != nil && b.Failed != nil {
		say("NOT SCREENED", "since %s: %s", at(b.Failed.Since), b.Failed.Why)
	}
	if b := s.Book; b != nil && !b.At.IsZero() {
		say("book", "%d customers screened %s against edition %d: %d with hits; %d rows not screened, %d screened in part", b.Customers, at(b.At), b.Edition, b.Hits, b.Unscreened, b.Partly)
		for _, x := range b.Rows {
			say("", "row %d: %s", x.Row, x.Why)
		}
	}
	return t.write(c.out, c)
}

func at(t time.Time) string { return t.UTC().Format(time.RFC3339) }
