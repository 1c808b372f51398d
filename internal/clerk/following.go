package clerk

import (
	"context"
	"errors"
	"fmt"
	"maps"
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
	of, err := c.endedOf(source, ended)
	if err != nil {
		return err
	}
	var faults []error
	for _, state := range []alert.State{alert.Open, alert.Snoozed, alert.Escalated} {
		all, err := c.all(ctx, "alert", string(state))
		if err != nil {
			return err
		}
		for _, h := range all {
			a := h.value.(alert.Alert)
			var events []event.Event
			for _, hit := range a.Hits {
				for _, e := range of[hit.Entry] {
					e.Key = hit.Key
					events = append(events, a.End(e)...)
				}
			}
			faults = append(faults, c.systemSays(ctx, h.stream, events))
		}
	}
	for _, state := range []report.State{report.Filed, report.Questioned, report.Answered, report.Refused} {
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

// endedOf returns what ended of each subject of the register, under each id that
// it has or had.
func (c *Clerk) endedOf(source string, ended map[string]record.Listing) (map[string][]alert.EntryEnded, error) {
	out := map[string][]alert.EntryEnded{}
	for _, key := range slices.Sorted(maps.Keys(ended)) {
		ids, err := c.bearing(source + ":" + key)
		if err != nil {
			return nil, fmt.Errorf("whose entry %s ended: %w", key, err)
		}
		for _, id := range ids {
			out[id] = append(out[id], alert.EntryEnded{Source: source, Reference: key, On: ended[key].Delisted.String()})
		}
	}
	return out, nil
}

// bearing returns the ids of the subjects that bear a key of an entry, those that
// they had before too: an alert may name one that is retired since.
func (c *Clerk) bearing(key string) ([]string, error) {
	if c.Register == nil {
		return nil, nil
	}
	var out []string
	for _, id := range c.Register.Bearers(key) {
		s, err := c.Register.Subject(id)
		if err != nil {
			return nil, fmt.Errorf("looking for the subject of %s: %w", key, err)
		}
		out = append(append(out, s.ID), s.Aliases...)
	}
	return out, nil
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
// entry and number. It tells what reports say: it wants a purpose, and stands in
// the ledger.
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
	var shown []string
	for _, h := range all {
		r := h.value.(report.Report)
		if r.Lifted == nil || r.State == report.Superseded || released[r.Entry+" "+r.Reference] {
			continue
		}
		on, err := t.resource(h)
		if err != nil {
			return nil, err
		}
		if t.need(access.ReportRead, on) != nil {
			if err := c.purposeless(t.By, o, access.ReportRead, on); err != nil {
				return nil, err
			}
			continue
		}
		out, shown = append(out, Release{r.ID.String(), r.Entry, r.Reference, *r.Lifted}), append(shown, r.ID.String())
	}
	slices.SortFunc(out, func(a, b Release) int { return strings.Compare(a.Entry+" "+a.Report, b.Entry+" "+b.Report) })
	if len(shown) == 0 {
		return out, nil
	}
	return out, t.reading(Listed{Of: "report", Shown: shown, Purpose: o.Purpose})
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
