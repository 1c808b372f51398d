package clerk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"interdict/internal/access"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
)

// teamTie ties a dossier to each person who works on it.
const teamTie = "team"

func personTarget(p roster.PersonID) string { return "person/" + string(p) }

// listed yields the rows that may be the reader's to know of, as rows does, and
// foresees them, so many at a time. Of dossiers, who knows only those that he
// works on is asked about no others.
func (t *Turn) listed(kind, state, after string, most int, see func(query.Item) (bool, error)) error {
	most = min(most, pageOf)
	page := func(items []query.Item) (bool, error) {
		if err := t.foresee(items); err != nil {
			return false, err
		}
		return eachRow(items, see)
	}
	if kind != "dossier" || t.knowsOthers(kind) {
		return t.clerk.pages(t.ctx, kind, state, after, most, page)
	}
	streams, err := t.clerk.teamOf(t.ctx, t.By.ID)
	if err != nil {
		return err
	}
	streams = slices.DeleteFunc(streams, func(stream string) bool { return stream <= after })
	for some := range slices.Chunk(streams, most) {
		items, err := t.clerk.Store.Queries().ItemsOf(t.ctx, some)
		if err != nil {
			return fault.As(fault.Unavailable, fmt.Errorf("reading the view of the dossiers of %s: %w", t.By.ID, err))
		}
		items = slices.DeleteFunc(items, func(i query.Item) bool { return state != "" && i.State != state })
		slices.SortFunc(items, func(a, b query.Item) int { return strings.Compare(a.Stream, b.Stream) })
		if more, err := page(items); err != nil || !more {
			return err
		}
	}
	return nil
}

// knowsOthers reports whether the policies let the reader know of a thing of the
// commission's that he does not work on, however else he may stand to it.
func (t *Turn) knowsOthers(kind string) bool {
	return t.need(access.Action(kind+".list"), access.Resource{
		Kind: kind, ID: "any", Owner: houseOf(t.Roster),
		Shared: []roster.OrganisationID{t.By.Organisation}, Sitting: []roster.PersonID{t.By.ID},
	}) == nil
}

// teamOf returns the streams of the dossiers that a person works on, in order.
func (c *Clerk) teamOf(ctx context.Context, p roster.PersonID) ([]string, error) {
	ties, err := c.tiesTo(ctx, personTarget(p))
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("looking for the dossiers of %s: %w", p, err))
	}
	var streams []string
	for _, t := range ties {
		if t.Relation == teamTie && strings.HasPrefix(t.Source, "dossier/") {
			streams = append(streams, t.Source)
		}
	}
	slices.Sort(streams)
	return streams, nil
}
