package clerk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"interdict/internal/access"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// readingRoom is the kind of stream that readings are in: one for each reading,
// so that readers never wait for one another.
const readingRoom = "reading"

// Opened says that restricted content was read: what of which thing, as it was
// at which version, and what for.
type Opened struct {
	Of      string          `json:"of"`
	Version uint64          `json:"version"`
	Parts   []access.Action `json:"parts"`
	Purpose string          `json:"purpose"`
	AsOf    int64           `json:"as_of,omitempty"` // entry of the ledger, if it was read as it was then
}

// Listed says that a list was shown, and of which things.
type Listed struct {
	Of      string   `json:"of"` // kind
	Shown   []string `json:"shown"`
	Purpose string   `json:"purpose,omitempty"`
}

// The kinds, stored for ever.
func (Opened) Kind() string { return "reading.opened" }
func (Listed) Kind() string { return "reading.listed" }

// Reading is one reading.
type Reading struct {
	Opened *Opened         `json:"opened,omitempty"`
	Listed *Listed         `json:"listed,omitempty"`
	By     roster.PersonID `json:"by"`
	At     time.Time       `json:"at"`
}

// Apply returns r as it is after e.
func (r Reading) Apply(e event.Event, env event.Envelope) Reading {
	r.By, r.At = roster.PersonID(env.By), env.At
	switch e := e.(type) {
	case Opened:
		r.Opened = &e
	case Listed:
		r.Listed = &e
	}
	return r
}

var readingsRoom = roomOf(readingRoom, func(r *event.Registry) {
	event.Register[Opened](r)
	event.Register[Listed](r)
},
	func(Reading) row { return row{state: "kept"} },
	func(r Reading) []tie {
		if r.Opened != nil {
			return []tie{{"read", r.Opened.Of}}
		}
		var ties []tie
		for _, id := range r.Listed.Shown {
			ties = append(ties, tie{"read", r.Listed.Of + "/" + id})
		}
		return ties
	},
	func(Reading) access.Resource { return access.Resource{Kind: "audit"} })

// Seen is a thing as a reader may see it.
type Seen struct {
	Stream  string          `json:"stream"`
	ID      string          `json:"id"`
	Version uint64          `json:"version"`
	AsOf    int64           `json:"as_of,omitempty"` // entry of the ledger
	Began   int64           `json:"began"`           // entry of the ledger that began it
	Parts   []access.Action `json:"parts"`           // what was shown
	Content any             `json:"content"`
}

// When is the moment as of which something is asked: an entry of the ledger, or
// an instant. The zero value is now.
type When struct {
	Index   int64 // 0: not given
	Instant time.Time
}

// ParseWhen reads "1234" as an entry and "2026-01-31T12:00:00Z" as an instant.
func ParseWhen(text string) (When, error) {
	if text == "" {
		return When{}, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= 0 {
		return When{Index: n + 1}, nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return When{}, fault.New(fault.Invalid, "%q is neither an entry of the ledger nor a time such as 2026-01-31T12:00:00Z", text)
	}
	return When{Instant: at.UTC()}, nil
}

// Read returns what the reader may see of a thing, now or as it was. Restricted
// content wants a purpose; that it was read stands in the ledger before it is
// shown. What may not be seen is NotFound.
func (c *Clerk) Read(ctx context.Context, o Order, kind, id string, when When) (Seen, error) {
	stream := kind + "/" + id
	t, err := c.turn(ctx, o)
	if err != nil {
		return Seen{}, hidden(stream)
	}
	faces, ok := faces[kind]
	if !ok {
		return Seen{}, hidden(stream)
	}
	now, err := t.see(stream)
	if err != nil {
		return Seen{}, t.hide(err, stream)
	}
	shown, err := t.shown(faces, now) // rights are those of today
	if err != nil {
		return Seen{}, t.hide(err, stream)
	}
	h, index := now, int64(0)
	if when != (When{}) {
		if h, index, err = c.then(ctx, stream, when); err != nil {
			return Seen{}, t.hide(err, stream)
		}
	}
	out := Seen{Stream: stream, ID: id, Version: h.version, AsOf: index, Began: now.first}
	value, err := t.withoutOwnConflicts(h.value, now.value)
	if err != nil {
		return Seen{}, err
	}
	for _, f := range shown {
		content := f.show(t.By, value, out.Content)
		if content == nil {
			continue
		}
		out.Content, out.Parts = content, append(out.Parts, f.action)
	}
	if len(out.Parts) == 0 {
		return Seen{}, hidden(stream)
	}
	if !slices.ContainsFunc(out.Parts, restricted) {
		return out, nil
	}
	return out, t.reading(Opened{Of: stream, Version: h.version, Parts: out.Parts, Purpose: o.Purpose, AsOf: index})
}

// shown returns the faces of a thing that the reader may see, down to a whole
// one; NotFound if there is none.
func (t *Turn) shown(faces []face, h held) ([]face, error) {
	on, err := t.resource(h)
	if err != nil {
		return nil, err
	}
	var shown []face
	var wants error
	for _, f := range faces {
		on.Kind = f.action.Kind()
		if t.need(f.action, on) != nil {
			wants = cmp.Or(wants, t.clerk.purposeless(t.By, t.order, f.action, on))
			continue
		}
		if shown = append(shown, f); f.whole {
			break
		}
	}
	if len(shown) == 0 {
		return nil, cmp.Or(wants, hidden(h.stream))
	}
	return shown, nil
}

// withoutOwnConflicts leaves out of a session the items that the reader stands
// aside from now; anything else stays as it is.
func (t *Turn) withoutOwnConflicts(then, now any) (any, error) {
	s, ok := then.(session.Session)
	if !ok {
		return then, nil
	}
	aside := map[dossier.ID]bool{}
	for _, i := range now.(session.Session).Items {
		var of access.Resource
		if err := t.asideFrom(i.Pin.Dossier.String(), &of); err != nil {
			return nil, err
		}
		aside[i.Pin.Dossier] = contains(of.Recused, t.By.ID)
	}
	s.Items = slices.DeleteFunc(slices.Clone(s.Items), func(i session.Item) bool { return aside[i.Pin.Dossier] })
	return s, nil
}

// purposeless returns an error that asks for a purpose, if that is all that is
// missing: who may read a thing may know that it is there.
func (c *Clerk) purposeless(p roster.Person, o Order, a access.Action, on access.Resource) error {
	if strings.TrimSpace(o.Purpose) != "" {
		return nil
	}
	o.Purpose = "?"
	if c.allow(p, o, a, on) != nil {
		return nil
	}
	return fault.Hint(fault.As(fault.Invalid, ErrPurpose), "state what it is read for")
}

// ErrPurpose says that a purpose is all that a read wants.
var ErrPurpose = errors.New("reading restricted content wants a purpose")

func hidden(stream string) error { return fault.New(fault.NotFound, "there is no %s", stream) }

// reading records that something is read, all of it at once.
func (t *Turn) reading(all ...event.Event) error {
	r := t.clerk.turnOf(t.ctx, Order{By: t.By.ID}, t.By)
	for _, e := range all {
		id, err := newID[Reading](t.clerk)
		if err != nil {
			return err
		}
		stream := readingRoom + "/" + id.String()
		r.work[stream] = held{stream: stream} // it is new: nothing is to be looked for
		if err := r.add(stream, e); err != nil {
			return err
		}
	}
	_, err := r.commit()
	return err
}

// IDPrefix begins the ids of readings.
func (Reading) IDPrefix() string { return "V" }

// then returns a thing as it was, and the last entry that counts.
func (c *Clerk) then(ctx context.Context, stream string, when When) (held, int64, error) {
	happened, err := c.Store.Stream(ctx, stream, 0)
	if err != nil {
		return held{}, 0, err
	}
	until := 0
	for _, e := range happened {
		if when.Index > 0 && e.Index >= when.Index || !when.Instant.IsZero() && e.Envelope.At.After(when.Instant) {
			break
		}
		until++
	}
	if until == 0 {
		return held{}, 0, hidden(stream)
	}
	h, err := c.foldOn(ctx, held{stream: stream}, happened[:until])
	return h, happened[until-1].Index, err
}

// Row is one line of a list.
type Row struct {
	ID      string    `json:"id"`
	Title   string    `json:"title,omitempty"`  // if the reader may see more than that it exists, and says what for
	Closed  bool      `json:"closed,omitempty"` // the reader knows that it is there, and may not open it
	State   string    `json:"state"`
	Version uint64    `json:"version"`
	Opened  time.Time `json:"opened"`
	Changed time.Time `json:"changed"`
	Due     time.Time `json:"due,omitzero"`
}

// Page is a part of a list, in the order of the ids.
type Page struct {
	Rows []Row  `json:"rows"`
	Next string `json:"next,omitempty"` // where the next page begins; empty: this is the last
}

// List returns what the reader may know of, of a kind and perhaps a state, after
// a cursor. What may not be seen is left out and not counted.
func (c *Clerk) List(ctx context.Context, o Order, kind, state, after string, limit int) (Page, error) {
	pages, err := c.Pages(ctx, o, Want{kind, state, after, limit})
	if err != nil {
		return Page{}, err
	}
	return pages[0], nil
}

// Want is one list of those that are asked for together.
type Want struct {
	Kind  string
	State string // "": all
	After string // cursor
	Limit int
}

// Pages returns several lists, each as List does. What was shown stands in the
// ledger as one.
func (c *Clerk) Pages(ctx context.Context, o Order, wants ...Want) ([]Page, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	var pages []Page
	var read []event.Event
	for _, w := range wants {
		page, shown, err := t.page(w)
		if err != nil {
			return nil, err
		}
		if pages = append(pages, page); len(shown) > 0 {
			read = append(read, Listed{Of: w.Kind, Shown: shown, Purpose: o.Purpose})
		}
	}
	if len(read) == 0 {
		return pages, nil
	}
	return pages, t.reading(read...)
}

// page returns a part of a list, and of which things a title is shown.
func (t *Turn) page(w Want) (Page, []string, error) {
	action := access.Action(w.Kind + ".list")
	if _, ok := access.Find(action); !ok {
		return Page{}, nil, fault.New(fault.NotFound, "there is no list of %q", w.Kind)
	}
	page := Page{Rows: []Row{}}
	var shown []string
	cursor := ""
	if w.After != "" {
		cursor = w.Kind + "/" + w.After
	}
	err := t.listed(w.Kind, w.State, cursor, w.Limit+1, func(i query.Item) (bool, error) {
		row, ok, err := t.rowOf(i, action)
		if err != nil || !ok {
			return err == nil, err
		}
		if len(page.Rows) == w.Limit {
			page.Next = page.Rows[w.Limit-1].ID
			return false, nil
		}
		page.Rows = append(page.Rows, row)
		if row.Title != "" {
			shown = append(shown, row.ID)
		}
		return true, nil
	})
	return page, shown, err
}

// rowOf returns the line of one thing, false if the reader may not know of it.
func (t *Turn) rowOf(i query.Item, sight access.Action) (Row, bool, error) {
	row := Row{
		ID: i.ID, State: i.State, Version: uint64(i.Version),
		Opened: time.UnixMicro(i.Opened).UTC(), Changed: time.UnixMicro(i.Changed).UTC(),
	}
	if i.Due != 0 {
		row.Due = time.UnixMicro(i.Due).UTC()
	}
	if i.State == erasedState {
		return row, false, nil
	}
	h, err := t.see(i.Stream)
	if isErased(err) {
		return row, false, nil
	}
	if err != nil {
		return row, false, err
	}
	on, err := t.resource(h)
	if err != nil {
		return row, false, fmt.Errorf("listing %s: %w", i.Stream, err)
	}
	if t.need(sight, on) != nil {
		return row, false, nil
	}
	row.Closed = len(faces[i.Kind]) > 0
	for _, f := range faces[i.Kind] {
		r := on
		r.Kind = f.action.Kind()
		if t.need(f.action, r) != nil {
			row.Closed = row.Closed && t.clerk.purposeless(t.By, t.order, f.action, r) == nil
			continue
		}
		if row.Closed = false; f.title != nil {
			row.Title = f.title(h.value)
			break
		}
	}
	return row, true, nil
}
