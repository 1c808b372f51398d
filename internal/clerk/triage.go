package clerk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
)

// Waiting is one alert of the queue.
type Waiting struct {
	Row
	About *About `json:"about,omitempty"` // to who may read it, and says what for
}

// About is what an alert is about, in a line.
type About struct {
	Channel alert.Channel   `json:"channel"`
	Source  string          `json:"source"`
	Name    string          `json:"name"` // of who was screened; of a text the listed name that matched best
	Band    string          `json:"band"` // of the best hit
	Score   int             `json:"score"`
	Hits    int             `json:"hits"`
	Waits   int             `json:"waits"` // hits still to be judged
	Ended   int             `json:"ended,omitempty"`
	Back    string          `json:"back,omitempty"`
	Holder  roster.PersonID `json:"holder,omitempty"` // who judged in it last
}

// Queue is a part of the alerts of a state, the oldest first; snoozed ones by
// when they come back.
type Queue struct {
	Alerts []Waiting `json:"alerts"`
	Next   string    `json:"next,omitempty"` // where the next part begins; empty: this is the last
}

// waitingRead is how many rows of the queue are read at once.
const waitingRead = 10_000

// Alerts returns the alerts of a state, "" for any, that the reader may know of,
// in the order in which they are to be triaged. What may not be seen is left out
// and not counted.
func (c *Clerk) Alerts(ctx context.Context, o Order, state, after string, limit int) (Queue, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return Queue{}, err
	}
	items, err := t.inOrder(state)
	if err != nil {
		return Queue{}, err
	}
	items = slices.DeleteFunc(items, func(i query.Item) bool { return place(i) <= after })
	q := Queue{Alerts: []Waiting{}}
	var shown []string
	last := ""
	err = t.eachWaiting(items, limit+1, func(i query.Item, w Waiting) bool {
		if len(q.Alerts) == limit { // only what he may know of makes a next part
			q.Next = last
			return false
		}
		if q.Alerts, last = append(q.Alerts, w), place(i); w.About != nil {
			shown = append(shown, i.ID)
		}
		return true
	})
	if err != nil {
		return Queue{}, err
	}
	if len(shown) > 0 {
		return q, t.reading(Listed{Of: "alert", Shown: shown, Purpose: o.Purpose})
	}
	return q, nil
}

// eachWaiting calls see with each alert that the reader may know of, in order and
// foreseen so many at a time, until it says no.
func (t *Turn) eachWaiting(items []query.Item, most int, see func(query.Item, Waiting) bool) error {
	for some := range slices.Chunk(items, min(most, pageOf)) {
		if err := t.foresee(some); err != nil {
			return err
		}
		for _, i := range some {
			w, ok, err := t.waiting(i)
			if err != nil {
				return err
			}
			if ok && !see(i, w) {
				return nil
			}
		}
	}
	return nil
}

// inOrder returns the rows of a state that may be the reader's, in the order of
// triage.
func (t *Turn) inOrder(state string) ([]query.Item, error) {
	want := query.ItemsOfKindParams{Kind: "alert", State: state, Limit: waitingRead}
	if t.need(access.AlertList, access.Resource{Kind: "alert", ID: "any"}) != nil {
		want.Owner = string(t.By.Organisation) // he knows of no others
	}
	var items []query.Item
	for {
		some, err := t.clerk.Store.Queries().ItemsOfKind(t.ctx, want)
		if err != nil {
			return nil, fault.As(fault.Unavailable, fmt.Errorf("reading the view of alerts: %w", err))
		}
		if items = append(items, some...); len(some) < waitingRead {
			break
		}
		want.Stream = some[len(some)-1].Stream
	}
	slices.SortFunc(items, func(a, b query.Item) int {
		return cmp.Or(cmp.Compare(stands(a), stands(b)), cmp.Compare(a.ID, b.ID))
	})
	return items, nil
}

// stands is where a row stands in the order of triage: what comes back by itself
// by when it does, anything else by its age.
func stands(i query.Item) int64 {
	if i.Due != 0 {
		return i.Due
	}
	return i.Opened
}

// place is the same as a cursor.
func place(i query.Item) string { return fmt.Sprintf("%020d-%s", stands(i), i.ID) }

// waiting returns one line of the queue, false if the reader may not know of it.
func (t *Turn) waiting(i query.Item) (Waiting, bool, error) {
	w := Waiting{Row: Row{
		ID: i.ID, State: i.State, Version: uint64(i.Version), Opened: time.UnixMicro(i.Opened).UTC(), Changed: time.UnixMicro(i.Changed).UTC(),
	}}
	if i.Due != 0 {
		w.Due = time.UnixMicro(i.Due).UTC()
	}
	if i.State == erasedState {
		return w, false, nil
	}
	h, err := t.asSeen(i)
	if isErased(err) {
		return w, false, nil
	}
	if err != nil {
		return w, false, err
	}
	on, err := t.resource(h)
	if err != nil || t.need(access.AlertList, on) != nil {
		return w, false, err
	}
	if err := t.need(access.AlertRead, on); err == nil {
		w.About = aboutOf(h.value.(alert.Alert))
	}
	return w, true, nil
}

// asSeen returns the thing of a row of the view. The view is as old as the ledger:
// a thing that is remembered at its version is read nowhere.
func (t *Turn) asSeen(i query.Item) (held, error) {
	if h, ok := t.clerk.memory.at(i.Stream, uint64(i.Version)); ok {
		t.work[i.Stream] = h
		return h, nil
	}
	return t.see(i.Stream)
}

// at returns a thing if it is remembered at a version. That it was not erased
// since is for the caller to know.
func (m *memory) at(stream string, version uint64) (held, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.of[stream]
	if !ok || e.Value.(held).version != version {
		return held{}, false
	}
	m.order.MoveToFront(e)
	return e.Value.(held), true
}

func aboutOf(a alert.Alert) *About {
	out := &About{
		Channel: a.Channel, Source: a.Source, Name: a.Screened.PrimaryName(), Hits: len(a.Hits), Waits: a.Waits(),
		Ended: len(a.Ended), Back: a.Back, Holder: a.Holder(),
	}
	best := slices.MinFunc(a.Hits, func(x, y alert.Disposed) int {
		return cmp.Or(cmp.Compare(bandRank(x.Band), bandRank(y.Band)), cmp.Compare(y.Score, x.Score))
	})
	out.Band, out.Score = best.Band, best.Score
	out.Name = cmp.Or(out.Name, best.Name)
	return out
}

func bandRank(band string) int { return slices.Index([]string{"strong", "possible", "weak"}, band) }

// NextAlert returns the alert that the reader is to triage next: one that he began,
// else the oldest that nobody began; none that is passed over, and "" if none
// waits for him. It wants a purpose, as reading an alert does.
func (c *Clerk) NextAlert(ctx context.Context, o Order, pass func(id string) bool) (string, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return "", err
	}
	mine := access.Resource{Kind: "alert", ID: "any", Owner: t.By.Organisation}
	if t.need(access.AlertRead, mine) != nil {
		return "", cmp.Or(c.purposeless(t.By, o, access.AlertRead, mine), fault.New(fault.NotFound, "there is no queue"))
	}
	items, err := t.inOrder(string(alert.Open))
	if err != nil {
		return "", err
	}
	free, mineNow := "", ""
	err = t.eachWaiting(items, pageOf, func(i query.Item, w Waiting) bool {
		switch {
		case w.About == nil || w.About.Waits == 0 || pass(i.ID):
		case w.About.Holder == t.By.ID:
			mineNow = i.ID
		case w.About.Holder == "" && free == "":
			free = i.ID
		}
		return mineNow == ""
	})
	return cmp.Or(mineNow, free), err
}
