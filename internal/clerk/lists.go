package clerk

import (
	"context"
	"slices"
	"time"

	"interdict/internal/access"
	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/lookout"
	"interdict/internal/register"
	"interdict/internal/screen"
)

// mayRegister returns NotFound unless the person may read the register.
func (c *Clerk) mayRegister(ctx context.Context, o Order) error {
	if _, err := c.mayHouse(ctx, o, access.RegisterRead); err != nil {
		return err
	}
	if c.Register == nil {
		return fault.New(fault.NotFound, "no register is loaded")
	}
	return nil
}

// Subject returns who is listed under an id of ours, or under a reference that
// one subject alone bears.
func (c *Clerk) Subject(ctx context.Context, o Order, id string) (lookout.Subject, error) {
	if err := c.mayRegister(ctx, o); err != nil {
		return lookout.Subject{}, err
	}
	return c.Register.Subject(id)
}

// Entries returns what a register lists of subjects: the one in force, or an earlier
// one that is kept. Of whom it lists nothing, nothing is there.
func (c *Clerk) Entries(ctx context.Context, o Order, snapshot string, subjects []string) (map[string]*register.Subject, error) {
	if err := c.mayRegister(ctx, o); err != nil {
		return nil, err
	}
	engine, err := c.Register.Then(snapshot)
	if err != nil {
		return nil, err
	}
	out := map[string]*register.Subject{}
	for _, id := range subjects {
		s, err := listedIn(engine, id)
		if err != nil {
			return nil, err
		}
		if s != nil {
			out[id] = s
		}
	}
	return out, nil
}

// Sought is what the register has for a word: subjects that bear it as an id or a
// reference, entries that bore it and are in no list any more, and subjects by
// name or identifier.
type Sought struct {
	Borne []lookout.Subject
	Gone  []register.Known
	Named screen.Answer
}

// Seek looks a word up in the register: an id, a reference, an identifier or a
// name. It is for finding an entry, not for screening somebody.
func (c *Clerk) Seek(ctx context.Context, o Order, word string) (Sought, error) {
	if err := c.mayRegister(ctx, o); err != nil {
		return Sought{}, err
	}
	var out Sought
	for _, id := range c.Register.Bearers(word) {
		s, err := c.Register.Subject(id)
		if err != nil {
			return out, err
		}
		out.Borne = append(out.Borne, s)
	}
	var err error
	if out.Gone, err = c.Register.Gone(word); err != nil {
		return out, err
	}
	out.Named, err = c.Register.Engine().Name(screen.Query{Name: word}, screen.Options{Brief: true})
	out.Named.Hits = slices.DeleteFunc(out.Named.Hits, func(h screen.Hit) bool {
		return slices.ContainsFunc(out.Borne, func(s lookout.Subject) bool { return s.ID == h.Subject })
	})
	return out, err
}

// Lists is what the house reads: every edition that is kept or held back, which
// are in force, and who proposed what.
type Lists struct {
	Snapshot  string
	InForce   map[string]string    // source: edition
	Editions  []archive.Stored     // by source, the oldest first
	Looked    map[string]time.Time // source: when it was fetched or loaded last, if that was kept
	Proposals map[string]Proposal
	Version   uint64 // of the register's stream
}

// Lists returns the lists that the house reads.
func (c *Clerk) Lists(ctx context.Context, o Order) (Lists, error) {
	if err := c.mayRegister(ctx, o); err != nil {
		return Lists{}, err
	}
	out := Lists{Snapshot: c.snapshot(), InForce: c.Register.Editions()}
	var err error
	if out.Editions, err = c.Register.Stock(); err != nil {
		return out, err
	}
	if out.Looked, err = c.Register.Looked(); err != nil {
		return out, err
	}
	h, err := c.thing(ctx, registerStream)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return out, err
	}
	r, _ := h.value.(InForce)
	out.Proposals, out.Version = r.Proposals, h.version
	return out, nil
}

// CompareEditions returns what changed between two editions of one list.
func (c *Clerk) CompareEditions(ctx context.Context, o Order, from, to string) (lookout.Compared, error) {
	if err := c.mayRegister(ctx, o); err != nil {
		return lookout.Compared{}, err
	}
	return c.Register.Difference(from, to)
}

// ScreenBook says who may screen a book, and gives what it is screened against.
// The book stays with who asks: nothing of it comes here.
func (c *Clerk) ScreenBook(ctx context.Context, o Order) (*screen.Engine, error) {
	if _, err := c.mayHouse(ctx, o, access.ScreenBook); err != nil {
		return nil, err
	}
	if c.Register == nil {
		return nil, fault.New(fault.Conflict, "no register is loaded")
	}
	return c.Register.Engine(), nil
}
