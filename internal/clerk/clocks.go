package clerk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"interdict/internal/alert"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/erasure"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/petition"
	"interdict/internal/query"
	"interdict/internal/report"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// Tick records what the passing of time did, to everything whose clock has run
// out: each by a command of the system of its own. Call it often; what was
// recorded is not recorded again. It goes on after a fault and returns all of
// them.
func (c *Clerk) Tick(ctx context.Context) (done int, err error) {
	due, err := c.Store.Queries().ItemsDue(ctx, query.ItemsDueParams{Due: c.now().UnixMicro(), Limit: 10000})
	if err != nil {
		return 0, fault.As(fault.Unavailable, fmt.Errorf("reading what is due: %w", err))
	}
	var faults []error
	for _, i := range due {
		n, err := c.expire(ctx, i.Stream, i.Version)
		if err != nil && !isErased(err) && fault.KindOf(err) != fault.Conflict {
			faults = append(faults, fmt.Errorf("clock of %s: %w", i.Stream, err))
		}
		done += n
	}
	if c.unerased.Load() {
		faults = append(faults, c.FinishErasures(ctx))
	}
	if c.untaken.Load() {
		faults = append(faults, c.TakeAccepted(ctx))
	}
	if c.behind.Load() { // a full disk, perhaps: it is tried until it is done
		_, err := c.PublishList(ctx)
		faults = append(faults, err)
		if err == nil {
			faults = append(faults, c.NoteRegister(ctx))
		}
	}
	return done, errors.Join(faults...)
}

// expire records what time did to one thing.
func (c *Clerk) expire(ctx context.Context, stream string, version int64) (int, error) {
	r, err := c.roster(ctx)
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", stream, version, c.now().UnixMicro()))
	t := c.turnOf(ctx, Order{By: roster.System, Key: "clock-" + hex.EncodeToString(sum[:8])}, roster.Person{ID: roster.System})
	t.Roster = r
	h, err := t.see(stream)
	if err != nil {
		return 0, err
	}
	if err := t.timeOver(stream, h.value); err != nil || len(t.drafts) == 0 {
		return 0, err
	}
	if _, err := t.commit(); err != nil {
		return 0, err
	}
	return 1, c.afterwards(ctx, t)
}

func (t *Turn) timeOver(stream string, value any) error {
	var events []event.Event
	var err error
	switch a := value.(type) {
	case alert.Alert:
		events, err = a.Wake(t.By, t.At, "its time is over")
	case alert.Exclusion:
		events = a.Expire(a.Scope, t.At)
	case dossier.Dossier:
		for _, x := range a.Askings {
			late, err := a.Expire(x.Key, t.At)
			if err != nil {
				return err
			}
			events = append(events, late...)
		}
	case session.Session:
		for _, i := range a.Items {
			if i.State == session.Voting && !i.Clock.Due.IsZero() && t.At.After(i.Clock.Due) {
				counted, err := a.Count(t.At, i.Key)
				if err != nil {
					return err
				}
				events = append(events, counted...)
			}
		}
	case decision.Decision:
		if events, err = a.Expire(t.At, t.calendar); err != nil || len(events) == 0 {
			return err
		}
		if err := t.add(stream, events...); err != nil {
			return err
		}
		return t.follow(a, stream)
	case petition.Petition:
		events, err = a.Expire(t.At)
	case petition.Reviews:
		events, err = a.Expire(t.At)
	case report.Edition:
		events, err = t.silence(a)
	}
	if err != nil {
		return err
	}
	return t.add(stream, events...)
}

// afterwards does what follows from a command outside its transaction: the own
// list takes up what is in force now. It is done again from the ledger if this
// process dies before.
func (c *Clerk) afterwards(ctx context.Context, t *Turn) error {
	for _, d := range t.drafts {
		switch {
		case d.envelope.Kind == erasure.Allowed{}.Kind():
			return c.FinishErasures(ctx)
		case d.envelope.Kind == ListAccepted{}.Kind():
			return c.TakeAccepted(ctx)
		case d.envelope.Kind == "decision.published":
			return nil // it is what follows
		case strings.HasPrefix(d.envelope.Stream, "decision/"):
			if kind := d.envelope.Kind; kind == "decision.took_effect" || kind == "decision.ended" || kind == "decision.lapsed" || kind == "decision.refused" {
				if _, err := c.PublishList(ctx); err != nil {
					return err
				}
				return c.NoteRegister(ctx)
			}
		}
	}
	return nil
}
