package clerk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/petition"
	"interdict/internal/query"
	"interdict/internal/report"
	"interdict/internal/session"
)

// Due is a thing with a clock that runs, or ran out and still waits for somebody.
type Due struct {
	Kind    string
	What    string    // what the clock is of: "request", "written vote", "review" …
	Started time.Time // zero: what is due has no clock of the law, as an alert that was put off
	Row
}

// Dues is a part of what is due, what is latest first.
type Dues struct {
	Rows []Due
	Next string // where the next part begins; empty: this is the last
}

// lateTie ties what waits although its clock ran out to lateTarget.
const (
	lateTie    = "late"
	lateTarget = "clock/over"
)

// Due returns what is due until an instant that the reader may know of, of a kind
// ("" for any), after a cursor, in the order of the instants: what is late stands
// first. What may not be seen is left out and not counted. Titles are not told:
// nothing is read.
func (c *Clerk) Due(ctx context.Context, o Order, kind string, until time.Time, after string, limit int) (Dues, error) {
	o.Purpose = ""
	t, err := c.turn(ctx, o)
	if err != nil {
		return Dues{}, err
	}
	from, err := parseFall(after)
	if err != nil {
		return Dues{}, err
	}
	falls := &falling{turn: t, kind: kind, until: until, from: from, limit: limit}
	if err := falls.late(); err != nil {
		return Dues{}, err
	}
	return falls.all()
}

// fall is a place in the order of what is due.
type fall struct {
	due    int64
	stream string
}

func (f fall) compare(g fall) int {
	return cmp.Or(cmp.Compare(f.due, g.due), strings.Compare(f.stream, g.stream))
}

func (f fall) String() string { return strconv.FormatInt(f.due, 10) + "-" + f.stream }

func parseFall(text string) (fall, error) {
	if text == "" {
		return fall{}, nil
	}
	due, stream, ok := strings.Cut(text, "-")
	at, err := strconv.ParseInt(due, 10, 64)
	if !ok || err != nil {
		return fall{}, fault.New(fault.Invalid, "%q is no place in the list of what is due", text)
	}
	return fall{at, stream}, nil
}

// falling walks what is due.
type falling struct {
	turn  *Turn
	kind  string
	until time.Time
	from  fall
	limit int
	over  []query.Item // ran out and wait still; their due is when they ran out
}

// late finds what ran out, in order.
func (f *falling) late() error {
	t := f.turn
	items, err := t.clerk.Store.Queries().ItemsTied(t.ctx, query.ItemsTiedParams{Target: lateTarget, Relation: lateTie})
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("reading the view of what is late: %w", err))
	}
	items = slices.DeleteFunc(items, func(i query.Item) bool { return f.kind != "" && i.Kind != f.kind || i.State == erasedState })
	if err := t.foresee(items); err != nil {
		return err
	}
	for _, i := range items {
		h, err := t.see(i.Stream)
		if isErased(err) {
			continue
		}
		if err != nil {
			return err
		}
		clock, _ := ranOut(h.value)
		if i.Due = micro(clock.Due); i.Due <= f.until.UnixMicro() && (fall{i.Due, i.Stream}).compare(f.from) > 0 {
			f.over = append(f.over, i)
		}
	}
	slices.SortFunc(f.over, func(a, b query.Item) int { return fall{a.Due, a.Stream}.compare(fall{b.Due, b.Stream}) })
	return nil
}

// all puts together what ran out and what runs, as far as a part goes.
func (f *falling) all() (Dues, error) {
	out := Dues{Rows: []Due{}}
	t, place := f.turn, f.from
	var last fall
	take := func(i query.Item) (bool, error) {
		d, ok, err := t.dueOf(i)
		if err != nil || !ok {
			return err == nil, err
		}
		if len(out.Rows) == f.limit {
			out.Next = last.String()
			return false, nil
		}
		out.Rows, last = append(out.Rows, d), fall{i.Due, i.Stream}
		return true, nil
	}
	for {
		items, err := t.clerk.Store.Queries().ItemsFalling(t.ctx, query.ItemsFallingParams{
			Due: f.until.UnixMicro(), Kind: f.kind, Due_2: place.due, Stream: place.stream, Limit: int32(f.limit + 1),
		})
		if err != nil {
			return Dues{}, fault.As(fault.Unavailable, fmt.Errorf("reading the view of what is due: %w", err))
		}
		ended := len(items) <= f.limit
		if err := t.foresee(items); err != nil {
			return Dues{}, err
		}
		if len(items) > 0 {
			place = fall{items[len(items)-1].Due, items[len(items)-1].Stream}
		}
		if more, err := eachRow(f.merged(items, place, ended), take); err != nil || !more || ended {
			return out, err
		}
	}
}

// merged puts what ran out among rows that run, up to the last of these; all of
// it at the end.
func (f *falling) merged(items []query.Item, last fall, ended bool) []query.Item {
	n := 0
	for n < len(f.over) && (ended || fall{f.over[n].Due, f.over[n].Stream}.compare(last) < 0) {
		n++
	}
	items = append(items, f.over[:n]...)
	f.over = f.over[n:]
	slices.SortStableFunc(items, func(a, b query.Item) int { return fall{a.Due, a.Stream}.compare(fall{b.Due, b.Stream}) })
	return items
}

// dueOf returns one row, false if the reader may not know of it.
func (t *Turn) dueOf(i query.Item) (Due, bool, error) {
	sight := access.Action(i.Kind + ".list")
	if _, listed := access.Find(sight); !listed {
		return Due{}, false, nil
	}
	row, ok, err := t.rowOf(i, sight)
	if err != nil || !ok {
		return Due{}, false, err
	}
	h, err := t.see(i.Stream)
	clock, what := clockAt(h.value, i.Due)
	return Due{Kind: i.Kind, What: what, Started: clock.Started, Row: row}, true, err
}

// ranOut returns the first clock of a thing that ran out while it still waits.
func ranOut(value any) (deadline.Clock, bool) {
	switch a := value.(type) {
	case dossier.Dossier:
		var first deadline.Clock
		for _, x := range a.Askings {
			if x.State == dossier.Overdue && (first.Due.IsZero() || x.Clock.Due.Before(first.Due)) {
				first = x.Clock
			}
		}
		return first, !first.Due.IsZero()
	case petition.Reviews:
		return a.Clock, a.State == petition.Overdue
	case report.Edition:
		return a.Clock, a.State == report.Overdue
	}
	return deadline.Clock{}, false
}

// lateTies ties a thing of which a clock ran out.
func lateTies(value any) []tie {
	if _, late := ranOut(value); late {
		return []tie{{lateTie, lateTarget}}
	}
	return nil
}

// clockAt returns the clock of a thing that is due at an instant, and what it is
// of.
func clockAt(value any, due int64) (deadline.Clock, string) {
	switch a := value.(type) {
	case alert.Alert:
		return deadline.Clock{}, "comes back"
	case alert.Exclusion:
		return deadline.Clock{}, "ends"
	case dossier.Dossier:
		for _, x := range a.Askings {
			if micro(x.Clock.Due) == due {
				return x.Clock, string(x.What)
			}
		}
	case session.Session:
		for _, i := range a.Items {
			if micro(i.Clock.Due) == due {
				return i.Clock, "written vote"
			}
		}
	case decision.Decision:
		if micro(a.Until) == due {
			return deadline.Clock{}, "ends"
		}
		return a.Clock, "stage"
	case petition.Petition:
		return a.Clock, string(a.Plea)
	case petition.Reviews:
		return a.Clock, "review"
	case report.Edition:
		return a.Clock, "acknowledgements"
	}
	return deadline.Clock{}, ""
}
