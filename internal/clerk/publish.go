package clerk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/decision"
	"interdict/internal/fault"
	"interdict/internal/list/own"
	"interdict/internal/notice"
	"interdict/internal/publish"
	"interdict/internal/record"
	"interdict/internal/roster"
)

// OwnList returns the entries of the commission's own list as the ledger has it
// now, in the order of their keys: each freeze that is or was in force.
func (c *Clerk) OwnList(ctx context.Context) ([]record.Record, error) {
	records, _, err := c.ownList(ctx)
	return records, err
}

func (c *Clerk) ownList(ctx context.Context) ([]record.Record, []decision.Decision, error) {
	all, err := c.all(ctx, "decision", "")
	if err != nil {
		return nil, nil, err
	}
	var records []record.Record
	var of []decision.Decision
	for _, h := range all {
		d := h.value.(decision.Decision)
		public, ok := d.Public()
		if !ok || !lists(d.Measure) {
			continue
		}
		l, err := c.listOf(ctx, public)
		if err != nil {
			return nil, nil, err
		}
		r, err := notice.Entry(public, l)
		if err != nil {
			return nil, nil, fmt.Errorf("entry of decision %s: %w", d.ID, err)
		}
		records, of = append(records, r), append(of, d)
	}
	slices.SortFunc(records, func(a, b record.Record) int { return strings.Compare(a.Key, b.Key) })
	return records, of, nil
}

// listOf returns what the own list says of itself under the statute that a
// decision rests on: a later statute makes nothing public of an earlier decision
// that its own does not, and hides nothing.
func (c *Clerk) listOf(ctx context.Context, d decision.Public) (notice.List, error) {
	law, err := c.lawThen(ctx, d.Statute, d.StatuteVersion)
	if err != nil {
		return notice.List{}, fmt.Errorf("publishing decision %s: %w", d.ID, err)
	}
	return law.List(own.ID)
}

// lists reports whether a decision of that measure makes an entry.
func lists(m decision.Measure) bool {
	return m == decision.Freeze || m == decision.Amend || m == decision.Extend
}

// PublishList puts the own list as it is now in force and records in which
// edition each decision stands. An equal list changes nothing. It returns the
// edition, empty if there is none.
func (c *Clerk) PublishList(ctx context.Context) (string, error) {
	if c.Register == nil {
		return "", nil
	}
	c.publishing.Lock() // else an older list could follow a newer one
	defer c.publishing.Unlock()
	c.behind.Store(true)
	records, of, err := c.ownList(ctx)
	if err != nil || len(records) == 0 {
		c.behind.Store(err != nil)
		return "", err
	}
	if err := c.feed(ctx, records, of); err != nil {
		return "", err
	}
	edition, err := c.Register.Publish(records, string(roster.System))
	if err != nil {
		return "", fmt.Errorf("publishing the own list: %w", err)
	}
	var faults []error
	for _, d := range of {
		if err := c.stands(ctx, d, edition); err != nil && fault.KindOf(err) != fault.Conflict {
			faults = append(faults, fmt.Errorf("recording that decision %s stands in edition %s: %w", d.ID, edition, err))
		}
	}
	c.behind.Store(len(faults) > 0)
	return edition, errors.Join(faults...)
}

// feed publishes the list as signed files, and records each edition with those
// who must act on it. It comes before the register takes the list up: others
// wait for it.
func (c *Clerk) feed(ctx context.Context, records []record.Record, of []decision.Decision) error {
	if c.Feed == nil {
		return nil
	}
	issue := publish.Issue{}
	decided := map[string]time.Time{}
	for _, d := range of {
		public, _ := d.Public()
		l, err := c.listOf(ctx, public)
		if err != nil {
			return err
		}
		decided[l.Reference(public)] = d.From
		if !d.To.IsZero() {
			decided[l.Reference(public)] = d.To
		}
		n, err := notice.Text(public, l)
		if err != nil {
			return err
		}
		issue.Notices = append(issue.Notices, n)
	}
	slices.SortFunc(issue.Notices, func(a, b notice.Notice) int { return strings.Compare(a.Reference, b.Reference) })
	for _, r := range records {
		issue.Entries = append(issue.Entries, publish.Entry{Record: r, Decided: decided[r.Key]})
	}
	if _, err := c.Feed.Publish(issue, c.now()); err != nil {
		return err
	}
	return c.post(ctx)
}

// stands records that a decision stands in an edition for the first time.
func (c *Clerk) stands(ctx context.Context, d decision.Decision, edition string) error {
	if d.State != decision.InForce || len(d.Editions) > 0 {
		return nil
	}
	public, _ := d.Public()
	l, err := c.listOf(ctx, public)
	if err != nil {
		return err
	}
	n, err := notice.Text(public, l)
	if err != nil {
		return err
	}
	events, err := d.Publish(decision.Published{Edition: edition, Notice: n.Hash()})
	if err != nil {
		return err
	}
	t := c.turnOf(ctx, Order{By: roster.System, Key: "published-" + d.ID.String() + "-" + edition}, roster.Person{ID: roster.System})
	if err := t.add(decision.Stream(d.ID), events...); err != nil {
		return err
	}
	_, err = t.commit()
	return err
}
