package clerk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/publish"
	"interdict/internal/record"
	"interdict/internal/report"
	"interdict/internal/roster"
	"interdict/internal/screen"
)

// TakeEdition records at an institution that an edition of the followed list is
// in force here, and which register that makes. Once recorded, nothing is
// recorded again.
func (c *Clerk) TakeEdition(ctx context.Context, m publish.Manifest) error {
	if _, _, err := c.institution(ctx); err != nil {
		return err
	}
	if err := c.NoteRegister(ctx); err != nil {
		return err
	}
	p := report.Posted{Sequence: m.Sequence, At: m.At, Decided: m.Decided, Changed: m.Changed, Entries: m.Entries}
	events, err := report.Edition{}.Post(p)
	if err != nil {
		return err
	}
	t := c.turnOf(ctx, Order{By: roster.System, Key: fmt.Sprint("took-", m.Sequence)}, roster.Person{ID: roster.System})
	if _, err := t.see(report.EditionStream(m.Sequence)); fault.KindOf(err) != fault.NotFound {
		return err
	}
	if err := t.add(report.EditionStream(m.Sequence), events...); err != nil {
		return err
	}
	if _, err = t.commit(); fault.KindOf(err) == fault.Conflict {
		return nil // another process was first
	}
	return err
}

// EndEntries says of alerts that wait, and of freezes that were reported, that
// entries of a source ended, by the register in force and its edition. Said once,
// it is not said again.
func (c *Clerk) EndEntries(ctx context.Context, source string, edition int64, ended map[string]record.Listing) error {
	var faults []error
	for _, state := range []alert.State{alert.Open, alert.Snoozed, alert.Escalated} {
		all, err := c.all(ctx, "alert", string(state))
		if err != nil {
			return err
		}
		for _, h := range all {
			a := h.value.(alert.Alert)
			var events []event.Event
			for _, e := range c.endedIn(a, source, ended) {
				events = append(events, a.End(e)...)
			}
			faults = append(faults, c.systemSays(ctx, h.stream, events))
		}
	}
	for _, state := range []report.State{report.Filed, report.Questioned, report.Answered} {
		all, err := c.all(ctx, "report", string(state))
		if err != nil {
			return err
		}
		for _, h := range all {
			r := h.value.(report.Report)
			if l, ok := ended[r.Entry]; ok {
				faults = append(faults, c.systemSays(ctx, h.stream, r.Lift(report.Lifting{Edition: edition, On: l.Delisted.String()})))
			}
		}
	}
	return errors.Join(faults...)
}

// endedIn returns which hits of an alert are of entries that ended.
func (c *Clerk) endedIn(a alert.Alert, source string, ended map[string]record.Listing) []alert.EntryEnded {
	var out []alert.EntryEnded
	for _, h := range a.Hits {
		payload, err := c.Register.Engine().Index().Payload(h.Entry)
		if err != nil {
			continue // the register holds no such subject any more
		}
		s, err := screen.Subject(payload)
		if err != nil {
			continue
		}
		for _, e := range s.Entries {
			if l, ok := ended[e.Key]; ok && e.Source == source {
				out = append(out, alert.EntryEnded{Key: h.Key, Source: source, Reference: e.Key, On: l.Delisted.String()})
			}
		}
	}
	return out
}

// systemSays adds events to a stream by the system; none is nothing.
func (c *Clerk) systemSays(ctx context.Context, stream string, events []event.Event) error {
	if len(events) == 0 {
		return nil
	}
	t := c.turnOf(ctx, Order{By: roster.System}, roster.Person{ID: roster.System})
	people, err := c.roster(ctx)
	if err != nil {
		return err
	}
	t.Roster = people
	if err := t.add(stream, events...); err != nil {
		return err
	}
	if _, err = t.commit(); err != nil {
		return fmt.Errorf("recording on %s: %w", stream, err)
	}
	return nil
}

// Release is a freeze that was reported and whose entry ended since.
type Release struct {
	Report    string         `json:"report"`
	Entry     string         `json:"entry"`
	Reference string         `json:"reference"` // the institution's own number of the case
	Lifted    report.Lifting `json:"lifted"`
}

// ToRelease returns what is frozen and no longer listed: freezes that were
// reported, whose entry ended, and of which no release was reported under the same
// entry and number.
func (c *Clerk) ToRelease(ctx context.Context, o Order) ([]Release, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	all, err := c.all(ctx, "report", "")
	if err != nil {
		return nil, err
	}
	released := map[string]bool{}
	for _, h := range all {
		if r := h.value.(report.Report); r.What == report.Released && r.State != report.Superseded && r.State != report.Refused {
			released[r.Entry+" "+r.Reference] = true
		}
	}
	out := []Release{}
	for _, h := range all {
		r := h.value.(report.Report)
		if r.Lifted == nil || r.State == report.Superseded || released[r.Entry+" "+r.Reference] {
			continue
		}
		on, err := t.resource(h)
		if err != nil {
			return nil, err
		}
		if t.need(access.ReportList, on) == nil {
			out = append(out, Release{r.ID.String(), r.Entry, r.Reference, *r.Lifted})
		}
	}
	slices.SortFunc(out, func(a, b Release) int { return strings.Compare(a.Entry+" "+a.Report, b.Entry+" "+b.Report) })
	return out, nil
}

// MaySeeFollowing returns NotFound unless the reader may know how things stand
// with the authority that is followed: whoever may read the register does. It
// tells whether he may see how the customer book was screened too.
func (c *Clerk) MaySeeFollowing(ctx context.Context, o Order) (book bool, err error) {
	if _, err := c.mayHouse(ctx, o, access.RegisterRead); err != nil {
		return false, err
	}
	_, err = c.mayHouse(ctx, o, access.ScreenBook)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}
