package clerk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"interdict/internal/alert"
	"interdict/internal/fault"
	"interdict/internal/record"
	"interdict/internal/roster"
	"interdict/internal/screen"
)

// Finding is what screening found of one customer of the house.
type Finding struct {
	Customer string // the institution's own number
	Subject  record.Subject
	Answer   screen.Answer
}

// Raise raises an alert for what is new of a customer: for each hit once, as long
// as the customer, what is listed, and the band are the same. Hits that an exclusion
// covers are kept and marked. That an entry ended is no new hit where its alert
// says so. It returns false where nothing is new.
func (c *Clerk) Raise(ctx context.Context, f Finding) (bool, error) {
	people, owner, err := c.institution(ctx)
	if err != nil {
		return false, err
	}
	r := alert.Raised{
		Owner: owner, Channel: alert.FromBook, Source: f.Customer, Subject: fingerprint(f.Subject), Screened: f.Subject, Snapshot: f.Answer.Snapshot,
	}
	if r.Source == "" {
		r.Source = "without number, " + r.Subject[:16]
	}
	known, err := c.known(ctx, r)
	if err != nil {
		return false, err
	}
	var lines []string
	for _, h := range f.Answer.Hits {
		version, _ := c.Register.Entry(h.Subject)
		hit := alert.Hit{
			Key: strconv.Itoa(len(r.Hits) + 1), Entry: h.Subject, EntryVersion: version, Name: h.Name, Path: "name", Score: int(h.Score), Band: string(h.Band),
		}
		if line := lineOf(hit); !known[line] && !(known[hit.Entry] && hasEnded(h)) {
			r.Hits, lines = append(r.Hits, hit), append(lines, line)
		}
	}
	if len(r.Hits) == 0 {
		return false, nil
	}
	slices.Sort(lines)
	key := hashOf([]byte(r.Source + "\n" + r.Subject + "\n" + strings.Join(lines, "\n")))
	t := c.turnOf(ctx, Order{By: roster.System, Key: "found-" + key}, roster.Person{ID: roster.System})
	t.Roster = people
	if err := t.raise(r); err != nil {
		return false, fmt.Errorf("raising an alert: %w", err)
	}
	if _, err = t.commit(); fault.KindOf(err) == fault.Conflict { // another process may have been first
		if known, late := c.known(ctx, r); late != nil || known[lines[0]] {
			return false, late
		}
	}
	return err == nil, err
}

// lineOf is what makes a hit another one.
func lineOf(h alert.Hit) string { return h.Entry + " " + h.EntryVersion + " " + h.Band }

// hasEnded reports whether nobody lists a subject any more.
func hasEnded(h screen.Hit) bool {
	return len(h.Listings) > 0 && !slices.ContainsFunc(h.Listings, func(l screen.CardListing) bool { return !l.Ended })
}

// known returns which hits of a customer, as it is, stand in an alert already, and
// of which entries.
func (c *Clerk) known(ctx context.Context, r alert.Raised) (map[string]bool, error) {
	known := map[string]bool{}
	err := c.tied(ctx, r.Source, "source", func(h held) {
		a := h.value.(alert.Alert)
		if a.Owner != r.Owner || a.Channel != r.Channel || a.Subject != r.Subject {
			return
		}
		for _, h := range a.Hits {
			known[lineOf(h.Hit)], known[h.Entry] = true, true
		}
	})
	return known, err
}

// institution returns whose house it is, if it is an institution's.
func (c *Clerk) institution(ctx context.Context) (roster.Roster, roster.OrganisationID, error) {
	people, err := c.roster(ctx)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return people, "", err
	}
	id := houseOf(people)
	if people.Organisations[id].Nature != roster.Institution {
		return people, "", fault.Hint(fault.New(fault.Conflict, "the data folder is not that of an institution"), "found one: interdict institution found")
	}
	return people, id, nil
}
