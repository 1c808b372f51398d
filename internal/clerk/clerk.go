package clerk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"interdict/internal/access"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/publish"
	"interdict/internal/roster"
	"interdict/internal/signin"
	"interdict/internal/store"
	"interdict/internal/vault"
)

// Config is what a clerk works with. All but Gate, Register and Feed is needed.
type Config struct {
	Store    *store.Store
	Vault    *vault.Vault
	Gate     *signin.Gate     // who signs in; nil: nobody, and credentials are kept elsewhere
	Register Register         // what is screened against; nil: nothing is screened
	Feed     *publish.Feed    // where the own list is published as signed files; nil: nowhere
	Now      func() time.Time // the clock
	Random   io.Reader        // for ids and secrets
	Loopback bool             // the server listens on this machine alone, so that hints may go to it
}

// Clerk carries out commands and answers reads. It is safe for concurrent use,
// also by several processes on one Postgres.
type Clerk struct {
	Config
	registry event.Registry
	policies *access.Policies
	memory   *memory
	cases    *openCases
	public   publicKept
	years    yearsKept

	publishing sync.Mutex
	behind     atomic.Bool // the list could not be published
	erasing    sync.Mutex
	taking     sync.Mutex
	unerased   atomic.Bool // a key could not be destroyed
	untaken    atomic.Bool // an edition that was accepted may not be in force
	begin      sync.Mutex  // held while a new thing gets its key
}

// New returns a clerk.
func New(c Config) *Clerk {
	k := &Clerk{Config: c, policies: access.Shipped(), memory: newMemory(), cases: &openCases{}}
	for _, r := range rooms {
		r.events(&k.registry)
	}
	k.untaken.Store(true) // a process may have died before it took one
	return k
}

// Order says who asks for something, and how.
type Order struct {
	By      roster.PersonID
	Scope   []access.Action // of an API key: what it may be used for; nil: none was used
	Since   time.Time       // of a session: when it began; zero: none was used
	Key     string          // idempotency key; empty: the command is a new one
	Version uint64          // that the thing is expected to have; 0: whatever it has
	Purpose string          // of reading restricted content
}

// now returns the time as the ledger keeps it.
func (c *Clerk) now() time.Time { return c.Now().UTC().Truncate(time.Microsecond) }

// newID draws the id of a new thing.
func newID[T id.Kind](c *Clerk) (id.Of[T], error) {
	var b [10]byte
	if _, err := io.ReadFull(c.Random, b[:]); err != nil {
		return id.Of[T]{}, fault.As(fault.Unavailable, fmt.Errorf("drawing an id: %w", err))
	}
	return id.New[T](b), nil
}

// thing returns what a stream folds to now. Nothing there is NotFound; what was
// erased is NotFound and vault.ErrErased.
func (c *Clerk) thing(ctx context.Context, stream string) (held, error) {
	still := stillOf(ctx)
	if h, ok := still.thing(stream); ok {
		return h, nil
	}
	h := c.memory.get(stream)
	later, err := c.Store.Stream(ctx, stream, h.version)
	if err != nil {
		return h, err
	}
	if h, err = c.foldOn(ctx, h, later); err != nil {
		return h, err
	}
	if h.version == 0 {
		return h, fault.New(fault.NotFound, "there is no %s", stream)
	}
	c.memory.put(h)
	still.keep(h)
	return h, nil
}

// foldOn returns h as it is after what happened later.
func (c *Clerk) foldOn(ctx context.Context, h held, later []store.Happened) (held, error) {
	if len(later) == 0 {
		return h, nil
	}
	r, err := roomFor(h.stream)
	if err != nil {
		return h, err
	}
	recorded, err := c.open(ctx, later)
	if err != nil {
		return h, fmt.Errorf("reading %s: %w", h.stream, err)
	}
	for i, e := range recorded {
		if h.version == 0 {
			h.first, h.opened = later[i].Index, e.Envelope.At
		}
		h.value, h.version = r.fold(h.value, e), e.Envelope.Version
	}
	return h, nil
}

// open takes the bodies of events out of the vault.
func (c *Clerk) open(ctx context.Context, happened []store.Happened) ([]event.Recorded, error) {
	sealed := make([]vault.Sealed, len(happened))
	for i, h := range happened {
		sealed[i] = h.Body
	}
	out := make([]event.Recorded, len(happened))
	for i, o := range c.Vault.OpenAll(ctx, sealed) {
		if o.Err != nil {
			return nil, fmt.Errorf("entry %d: %w", happened[i].Index, o.Err)
		}
		e, err := c.registry.Unmarshal(happened[i].Envelope.Kind, o.Plain)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", happened[i].Index, err)
		}
		out[i] = event.Recorded{Event: e, Envelope: happened[i].Envelope}
	}
	return out, nil
}

// Done is what a command did.
type Done struct {
	Stream   string    `json:"stream"`
	ID       string    `json:"id"`
	Version  uint64    `json:"version"` // of the stream after it
	Index    int64     `json:"index"`   // of its first event in the ledger
	Events   []string  `json:"events"`  // kinds
	At       time.Time `json:"at"`
	Repeated bool      `json:"repeated,omitempty"` // it had been done before
	Remark   string    `json:"remark,omitempty"`
	Secret   string    `json:"secret,omitempty"` // of a subscription; it is told this once
}

// Do carries out a command on the thing of an id; commands that make a new thing
// take none. The body is JSON as the command's Body describes; an unknown field
// is Invalid. What the person may not do, and what is not there, is NotFound.
func (c *Clerk) Do(ctx context.Context, o Order, command, id string, body json.RawMessage) (Done, error) {
	cmd, ok := commandOf[command]
	if !ok {
		return Done{}, fault.New(fault.NotFound, "there is no command %q", command)
	}
	t, err := c.turn(ctx, o)
	if err != nil {
		return Done{}, err
	}
	if done, err := t.before(cmd, id); err != nil || done.Repeated {
		return done, err
	}
	done, err := t.carryOut(cmd, id, body)
	if fault.KindOf(err) == fault.Conflict {
		// The same command may have been under way under the same key.
		if first, late := t.before(cmd, id); late != nil || first.Repeated {
			return first, late
		}
	}
	if err != nil {
		return Done{}, fmt.Errorf("%s: %w", command, err)
	}
	if err := c.afterwards(ctx, t); err != nil {
		// The command stands; what follows is tried again with the next tick.
		slog.Error("what follows from a command is still to be done", "command", command, "stream", done.Stream, "error", err)
		done.Remark = "it is done; what follows from it is still to be done, and is tried again"
	}
	return done, nil
}

func (t *Turn) carryOut(cmd Command, id string, body json.RawMessage) (Done, error) {
	if err := cmd.run(t, id, body); err != nil {
		return Done{}, err
	}
	done, err := t.commit()
	if err == nil && !done.Repeated {
		done.Secret = t.secret
	}
	return done, err
}

// person returns who gives an order, if here still.
func (c *Clerk) person(ctx context.Context, by roster.PersonID) (roster.Person, roster.Roster, error) {
	h, err := c.thing(ctx, roster.Stream)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return roster.Person{}, roster.Roster{}, err
	}
	r, _ := h.value.(roster.Roster)
	p, ok := r.Person(by)
	if !ok || !p.Left.IsZero() {
		return roster.Person{}, r, fault.New(fault.Forbidden, "nobody here is %q", by)
	}
	return p, r, nil
}

// isErased reports whether a thing cannot be read because it was erased.
func isErased(err error) bool { return errors.Is(err, vault.ErrErased) }
