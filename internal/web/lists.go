package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"interdict/internal/archive"
	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/list/own"
	"interdict/internal/list/starter"
	"interdict/internal/register"
)

// lists are the lists that the house reads, and the editions that are held back.
func (s *server) lists() {
	s.page("GET /lists", func(v *visit) error {
		l, err := v.Clerk.Lists(v.ctx(), v.Order)
		if err != nil {
			return err
		}
		return v.show(say(v.own(), "Lists"), listsPage(l, shelvesOf(l, v.now())))
	})
	s.page("GET /lists/{source}", (*visit).showList)
}

// freshFor is how long a list is good without being looked at again: its
// publisher may change it on any day, and a day's failure is no alarm.
const freshFor = 48 * time.Hour

// listView is one list: what is in force, what is held back, what was before.
type listView struct {
	Source   string
	Title    string
	InForce  *archive.Stored // nil: nothing yet
	Waiting  *archive.Stored
	Before   []archive.Stored // the latest first
	Looked   time.Time        // when it was fetched or loaded last
	Stale    time.Duration    // how long nobody looked; 0: it is fresh
	Proposal clerk.Proposal   // on what is held back
}

// shelvesOf are the lists by source.
func shelvesOf(l clerk.Lists, now time.Time) []listView {
	var out []listView
	for _, e := range l.Editions {
		i := slices.IndexFunc(out, func(x listView) bool { return x.Source == e.Source })
		if i < 0 {
			i = len(out)
			out = append(out, listView{Source: e.Source})
		}
		x := &out[i]
		x.Title = cmp.Or(e.Title, x.Title, e.Source)
		switch e.Status {
		case archive.InForce:
			x.InForce = &e
		case archive.Waiting:
			x.Waiting = &e
		default:
			x.Before = append(x.Before, e)
		}
		if e.At.After(x.Looked) {
			x.Looked = e.At
		}
	}
	for i := range out {
		x := &out[i]
		slices.Reverse(x.Before)
		if at := l.Looked[x.Source]; at.After(x.Looked) {
			x.Looked = at
		}
		if old := now.Sub(x.Looked); x.ages() && old > freshFor {
			x.Stale = old
		}
		if p := l.Proposals[x.Source]; x.Waiting != nil && p.Edition == x.Waiting.ID {
			x.Proposal = p
		}
	}
	return out
}

// ages reports whether a list grows old by itself. Our own does not, and the
// starter list is as old as the program and says so in every answer.
func (x listView) ages() bool { return x.Source != own.ID && x.Source != starter.Source.ID }

// staleList is a list that nobody looked at for too long.
type staleList struct {
	Title string
	Hours int
}

// staleLists are the lists that are older than they ought to be. Who may not read
// the register is told of none.
func (v *visit) staleLists() ([]staleList, error) {
	l, err := v.Clerk.Lists(v.ctx(), v.Order)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []staleList
	for _, x := range shelvesOf(l, v.now()) {
		if x.InForce != nil && x.Stale > 0 {
			out = append(out, staleList{x.Title, int(x.Stale.Hours())})
		}
	}
	return out, nil
}

func (v *visit) showList() error {
	l, err := v.Clerk.Lists(v.ctx(), v.Order)
	if err != nil {
		return err
	}
	for _, x := range shelvesOf(l, v.now()) {
		if x.Source == v.r.PathValue("source") {
			return v.show(x.Title, listPage(l, x))
		}
	}
	return fault.New(fault.NotFound, "no list %q is read", v.r.PathValue("source"))
}

// all are the editions of a list, the latest first.
func (x listView) all() []archive.Stored {
	out := slices.Clone(x.Before)
	if x.InForce != nil {
		out = append([]archive.Stored{*x.InForce}, out...)
	}
	return out
}

// dated is how an edition is called: by the day that the list states.
func dated(ctx context.Context, e register.Info) string {
	if e.Date.Known() {
		return e.Date.String()
	}
	return say(ctx, "undated %s", e.ID[:min(6, len(e.ID))])
}

// age is how long ago something was, in hours below two days.
func age(ctx context.Context, hours int) string {
	if hours < 48 {
		return say(ctx, "%d hours", hours)
	}
	return say(ctx, "%d days", hours/24)
}
