package follow

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/record"
	"interdict/internal/report"
)

// Errand is how the reports of an institution stand with its authority.
type Errand struct {
	Untold     int       `json:"untold"`                // that the authority did not take yet
	Since      time.Time `json:"since,omitzero"`        // the earliest of these was filed
	Why        string    `json:"why,omitempty"`         // the last attempt to hand them over failed
	Unanswered int       `json:"unanswered"`            // taken, and without the authority's last word
	AnswersWhy string    `json:"answers_why,omitempty"` // the last attempt to ask for it failed
	At         time.Time `json:"at"`                    // when it stood so
}

// pace is how often the ledger is looked at for something to carry.
const pace = time.Second

// carryOn carries reports as soon as they are filed, and again while the authority
// is away, at growing pauses; and asks for answers. What goes wrong is logged, once
// until it is something else.
func (in *Institution) carryOn(ctx context.Context) {
	last, pause := int64(-1), pace
	var retry, ask time.Time // by the clock of the machine: they are pauses, and no record
	logged := map[string]string{}
	tell := func(what string, err error) {
		text := textOf(err)
		if text != "" && text != logged[what] && ctx.Err() == nil {
			slog.Error(what, "error", err)
		}
		logged[what] = text
	}
	look := time.NewTicker(pace)
	defer look.Stop()
	for {
		now := time.Now()
		head, err := in.clerk.Store.Head(ctx)
		tell("looking for reports to carry failed", err)
		if err == nil && now.After(retry) && (head.Size != last || !retry.IsZero()) {
			retry = time.Time{}
			err := in.carry(ctx)
			if tell("carrying reports failed", err); err != nil {
				retry, pause = now.Add(pause), min(2*pause, time.Minute)
			} else {
				last, pause = head.Size, pace
			}
		}
		if now.After(ask) {
			tell("asking for answers failed", in.fetchAnswers(ctx))
			ask = now.Add(in.follower.Every)
		}
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
	}
}

// carry carries every report that waits, the earliest first.
func (in *Institution) carry(ctx context.Context) error {
	out, err := in.clerk.Outgoing(ctx)
	if err != nil {
		return err
	}
	lifting := in.liftLate(ctx, out.Untold)
	var why error
	moved := false
	for _, r := range out.Untold {
		if why = in.deliver(ctx, r); why != nil {
			break // those after it may correct it
		}
		moved = true
	}
	return errors.Join(lifting, why, in.errand(ctx, out, moved, func(e *Errand) { e.Why = textOf(why) }))
}

// liftLate says of freezes that wait, and that were filed when their entry had
// ended, that it had: those filed before were told when it ended.
func (in *Institution) liftLate(ctx context.Context, waiting []report.Report) error {
	ended := map[string]record.Listing{}
	for _, r := range waiting {
		if r.What != report.Frozen || r.State != report.Filed || r.Lifted != nil {
			continue
		}
		l, ok, err := in.ended(r.Entry)
		if err != nil {
			return fmt.Errorf("looking whether the entry of report %s ended: %w", r.ID, err)
		}
		if ok {
			ended[r.Entry] = l
		}
	}
	if len(ended) == 0 {
		return nil
	}
	return in.clerk.EndEntries(ctx, SourceID, in.inForce.Load(), ended)
}

// ended returns the last listing of an entry of the followed list that ended, by
// the register in force.
func (in *Institution) ended(entry string) (record.Listing, bool, error) {
	for _, id := range in.follower.Lookout.Bearers(SourceID + ":" + entry) {
		s, err := in.follower.Lookout.Subject(id)
		if err != nil {
			return record.Listing{}, false, err
		}
		for _, e := range s.Entries {
			if e.Source == SourceID && e.Key == entry {
				l, ok := endOf(e.Record)
				return l, ok, nil
			}
		}
	}
	return record.Listing{}, false, nil
}

// errand remembers how reports stand: as they were read, or as they are now if
// something moved since.
func (in *Institution) errand(ctx context.Context, out clerk.Outgoing, moved bool, also func(*Errand)) (err error) {
	if moved {
		out, err = in.clerk.Outgoing(ctx)
	}
	if err != nil || ctx.Err() != nil {
		return err
	}
	var e Errand
	if err := recall(in.follower.Dir, reportsFile, &e); err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	before := e
	e.Untold, e.Unanswered, e.Since = len(out.Untold), len(out.Unanswered), time.Time{}
	if e.Untold > 0 {
		e.Since = out.Untold[0].At
	}
	if also(&e); e == before {
		return nil
	}
	e.At = in.follower.Now().UTC()
	return in.keep(reportsFile, e)
}

// textOf is the text of an error, none of none.
func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
