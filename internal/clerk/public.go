package clerk

import (
	"context"
	"fmt"
	"sync"
	"time"

	"interdict/internal/decision"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/notice"
	"interdict/internal/record"
	"interdict/internal/register"
	"interdict/internal/screen"
	"interdict/internal/statute"
)

// Designation is what everybody may read of one entry of the commission's own list.
type Designation struct {
	Entry    record.Record
	Notice   notice.Notice
	From     time.Time   // in force
	Until    time.Time   // ends by itself; zero: it does not
	To       time.Time   // is no longer in force; zero: it is
	Decision decision.ID // that designated it
}

// Public is the own list as the public reads it, and the law that it rests on.
type Public struct {
	At      time.Time
	Law     statute.Statute // in force; zero before one is
	Entries []Designation   // in the order of their references
	engine  *screen.Engine
}

// publicKept is the public list as it was made last.
type publicKept struct {
	mu      sync.Mutex
	list    *Public
	version int64 // editions that were published
}

// PublicList returns the own list for everybody, with the fields and reasons that
// the statute of each entry names. It is made anew
// when an edition was published.
func (c *Clerk) PublicList(ctx context.Context) (*Public, error) {
	version := int64(-1)
	if c.Feed != nil {
		version = c.Feed.Size()
	}
	c.public.mu.Lock()
	defer c.public.mu.Unlock()
	if p := c.public.list; p != nil && c.public.version == version && c.now().Sub(p.At) < time.Minute {
		return p, nil
	}
	p, err := c.publicList(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the list for the public: %w", err)
	}
	c.public.list, c.public.version = p, version
	return p, nil
}

func (c *Clerk) publicList(ctx context.Context) (*Public, error) {
	p := &Public{At: c.now()}
	var err error
	if p.Law, err = c.law(ctx); err != nil && fault.KindOf(err) != fault.NotFound && fault.KindOf(err) != fault.Conflict {
		return nil, err
	}
	records, of, err := c.ownList(ctx)
	if err != nil {
		return nil, err
	}
	byKey := map[string]record.Record{}
	for _, r := range records {
		byKey[r.Key] = r
	}
	for _, d := range of {
		public, _ := d.Public()
		l, err := c.listOf(ctx, public)
		if err != nil {
			return nil, err
		}
		n, err := notice.Text(public, l)
		if err != nil {
			return nil, err
		}
		p.Entries = append(p.Entries, Designation{byKey[l.Reference(public)], n, d.From, d.Until, d.To, d.ID})
	}
	return p, p.index()
}

// index prepares the entries in force for the namesake check.
func (p *Public) index() error {
	snap := register.Snapshot{ID: "public"}
	for _, e := range p.Entries {
		if e.To.IsZero() {
			snap.Subjects = append(snap.Subjects, register.Subject{
				ID: e.Entry.Key, Kind: e.Entry.Kind, Caption: e.Entry.PrimaryName(),
				Entries: []register.Entry{{ID: e.Entry.Key, Record: e.Entry}},
			})
		}
	}
	if len(snap.Subjects) == 0 {
		return nil
	}
	prepared, err := screen.Subjects(snap)
	if err != nil {
		return err
	}
	seg, err := index.Build(prepared)
	if err != nil {
		return err
	}
	p.engine = screen.New(index.New(seg), snap.ID, "")
	return nil
}

// Find returns the entry of a reference.
func (p *Public) Find(reference string) (Designation, bool) {
	for _, e := range p.Entries {
		if e.Entry.Key == reference {
			return e, true
		}
	}
	return Designation{}, false
}

// Namesakes returns the entries in force that somebody of that name and birth
// could be taken for, by the score that screens everywhere. Nothing is kept.
func (p *Public) Namesakes(q screen.Query) (screen.Answer, error) {
	if p.engine == nil {
		return screen.Answer{Query: q.Name, Status: screen.None}, nil
	}
	return p.engine.Name(q, screen.Options{})
}
