package clerk

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"interdict/internal/access"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
	"interdict/internal/session"
	"interdict/internal/store"
	"interdict/internal/vault"
)

// Turn is one command under way. What it adds is seen by the rest of it, and by
// nobody else before all of it is in the ledger.
type Turn struct {
	By     roster.Person
	At     time.Time
	Roster roster.Roster

	ctx    context.Context
	clerk  *Clerk
	order  Order
	key    string
	main   string // stream that the command is about
	work   map[string]held
	many   bool                             // it looks at many things: what they stand on is read at once
	sat    map[dossier.ID][]session.Session // sessions by what was on their agenda; nil: not read yet
	drafts []draft
	beside []func(ctx context.Context, q *query.Queries) error // written in the transaction, and no view
	secret string                                              // that the turn made, told with its answer
}

// draft is an event to be appended.
type draft struct {
	event    event.Event
	envelope event.Envelope
	evidence []sealable
	moved    moved
}

// sealable is a file that comes with an event.
type sealable struct {
	media   string
	content []byte
}

func (c *Clerk) turn(ctx context.Context, o Order) (*Turn, error) {
	p, r, err := c.person(ctx, o.By)
	if err != nil {
		return nil, err
	}
	t := c.turnOf(ctx, o, p)
	t.Roster = r
	return t, nil
}

func (c *Clerk) turnOf(ctx context.Context, o Order, by roster.Person) *Turn {
	key := o.Key
	if key == "" {
		key = rand.Text()
	}
	return &Turn{
		By: by, At: c.now(), ctx: ctx, clerk: c, order: o,
		key: string(by.ID) + "/" + key, work: map[string]held{},
	}
}

// before answers a command that was done already. A key that was used for
// something else is Conflict.
func (t *Turn) before(cmd Command, id string) (Done, error) {
	if t.order.Key == "" {
		return Done{}, nil
	}
	a, err := t.clerk.Store.Command(t.ctx, t.key)
	if fault.KindOf(err) == fault.NotFound {
		return Done{}, nil
	}
	if err != nil {
		return Done{}, err
	}
	first := a.Events[0]
	kind, of, _ := strings.Cut(first.Stream, "/")
	if kind != cmd.Kind() || cmd.New && first.Version != 1 || !cmd.New && of != id {
		return Done{}, fault.New(fault.Conflict, "the key was used for something else, at %s (%s on %s): every command has its own key",
			first.At.Format("2006-01-02T15:04:05.000Z"), first.Kind, first.Stream)
	}
	return doneOf(first.Stream, a), nil
}

// get returns the thing of a stream as it is in this turn; what is not there is
// NotFound.
func get[A folded[A]](t *Turn, stream string) (A, error) {
	h, err := t.see(stream)
	a, _ := h.value.(A)
	return a, err
}

func (t *Turn) see(stream string) (held, error) {
	if h, ok := t.work[stream]; ok {
		return h, nil
	}
	h, err := t.clerk.thing(t.ctx, stream)
	if err == nil {
		t.work[stream] = h
	}
	return h, err
}

// need returns Forbidden unless the person may do the action on a resource.
func (t *Turn) need(a access.Action, on access.Resource) error {
	return t.clerk.allow(t.By, t.order, a, on)
}

// add adds events to the turn.
func (t *Turn) add(stream string, events ...event.Event) error {
	for _, e := range events {
		if err := t.addWith(stream, e, nil); err != nil {
			return err
		}
	}
	return nil
}

// addWith adds an event that files come with.
func (t *Turn) addWith(stream string, e event.Event, evidence []sealable) error {
	r, err := roomFor(stream)
	if err != nil {
		return err
	}
	h, err := t.see(stream)
	if err != nil && (fault.KindOf(err) != fault.NotFound || isErased(err)) {
		return err
	}
	env := event.Envelope{
		Kind: e.Kind(), Stream: stream, Version: h.version + 1, At: t.At,
		By: string(t.By.ID), For: string(t.By.Organisation), Command: t.key,
	}
	before := h
	if h.version == 0 {
		h.opened, h.first = t.At, -1
	}
	h.value, h.version = r.fold(h.value, event.Recorded{Event: e, Envelope: env}), env.Version
	t.work[stream] = h
	t.drafts = append(t.drafts, draft{e, env, evidence, r.moved(before, h)})
	if t.main == "" {
		t.main = stream
	}
	return nil
}

// commit appends what was added, all of it or nothing.
func (t *Turn) commit() (Done, error) {
	if len(t.drafts) == 0 {
		return Done{}, fault.New(fault.Conflict, "it changes nothing")
	}
	if err := t.hint(); err != nil {
		return Done{}, err
	}
	c := t.clerk
	change := store.Change{Within: t.move}
	for _, d := range t.drafts {
		body, err := c.registry.Marshal(d.event)
		if err != nil {
			return Done{}, err
		}
		subject := subjectOf(d.envelope.Stream)
		sealed, err := c.seal(t.ctx, subject, d.envelope.Version == 1, body)
		if err != nil {
			return Done{}, err
		}
		out := store.Draft{Envelope: d.envelope, Body: sealed}
		for _, f := range d.evidence {
			s, err := c.Vault.SealEvidence(t.ctx, subject, f.media, f.content)
			if err != nil {
				return Done{}, err
			}
			out.Evidence = append(out.Evidence, s)
		}
		change.Events = append(change.Events, out)
	}
	a, err := c.Store.Append(t.ctx, change)
	if err != nil {
		return Done{}, err
	}
	t.remember(a)
	return doneOf(t.main, a), nil
}

// seal seals for a subject. Those that are new take turns to get a key: of many
// that write to the key store at once, SQLite lets some wait until they give up.
func (c *Clerk) seal(ctx context.Context, subject string, isNew bool, body []byte) (vault.Sealed, error) {
	if isNew {
		c.begin.Lock()
		defer c.begin.Unlock()
	}
	return c.Vault.Seal(ctx, subject, body)
}

// remember keeps what the turn folded.
func (t *Turn) remember(a store.Appended) {
	if a.Repeated {
		return
	}
	for i, e := range a.Events {
		if e.Version == 1 {
			h := t.work[e.Stream]
			h.first = a.First + int64(i)
			t.work[e.Stream] = h
		}
	}
	for _, h := range t.work {
		t.clerk.memory.put(h)
	}
}

func doneOf(main string, a store.Appended) Done {
	_, id, _ := strings.Cut(main, "/")
	d := Done{Stream: main, ID: id, Index: a.First, Repeated: a.Repeated}
	for _, e := range a.Events {
		d.Events = append(d.Events, e.Kind)
		d.At = e.At
		if e.Stream == main {
			d.Version = e.Version
		}
	}
	return d
}

// subjectOf returns whose key seals what happens in a stream: each thing has its
// own, so that it can be erased by itself; readings share one.
func subjectOf(stream string) string {
	if name, _, _ := strings.Cut(stream, "/"); name == readingRoom {
		return readingRoom
	}
	return stream
}

// evidence returns a file that came with an event of a stream, by the place of
// the event and of the file in it.
func (c *Clerk) evidence(ctx context.Context, hash [32]byte) ([]byte, error) {
	s, err := c.Store.Take(ctx, hash)
	if err != nil {
		return nil, err
	}
	plain, err := c.Vault.Open(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("evidence %s: %w", hex.EncodeToString(hash[:8]), err)
	}
	return plain, nil
}
