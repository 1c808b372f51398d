package follow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/publish"
	"interdict/internal/record"
)

// Names of what an institution remembers beside its follower.
const (
	screeningFile = "screening.json"
	reportsFile   = "reports.json"
)

// Institution is an institution's own house that follows an authority: what
// screening finds among its customers becomes alerts in its own ledger, and
// reports filed there are carried to the authority. Customers stay in the house.
type Institution struct {
	clerk    *clerk.Clerk
	follower *Follower
	book     string       // file of the customers; "": nobody is screened
	ran      bool         // the book was screened, or could not be, in this look
	raised   atomic.Int64 // alerts since the last look that was told
	inForce  atomic.Int64 // edition of the followed list that is; -1: none
	tries    map[string]int
	kept     *keptBook // as it was screened last by this process; nil: not, or not to the end
}

// OpenInstitution joins a follower with the clerk of the institution's own data
// folder, and with the file of its customers. The clerk's register must be the
// lookout of the config; Took and Screen of the config are the institution's.
func OpenInstitution(c Config, k *clerk.Clerk, customers string) (*Institution, error) {
	in := &Institution{clerk: k, book: customers, tries: map[string]int{}}
	c.Took = in.took
	if customers != "" {
		c.Screen = in.screenBook
	}
	var err error
	if in.follower, err = Open(c); err != nil {
		return nil, err
	}
	in.inForce.Store(in.follower.memory.InForce)
	return in, nil
}

// Run follows, screens and carries reports until the context ends. Each look is
// told to say, with the number of alerts that it raised. What is refused is told,
// stands in the status, and stops neither the desk nor the next look: the last
// good state stays in force.
func (in *Institution) Run(ctx context.Context, say func(o Outcome, raised int, err error)) {
	var carrying sync.WaitGroup
	defer carrying.Wait()
	carrying.Go(func() { in.carryOn(ctx) })
	for ctx.Err() == nil {
		_ = in.follower.Run(ctx, func(o Outcome, err error) { // its error was told
			err = errors.Join(err, in.rescreen(ctx))
			say(o, int(in.raised.Swap(0)), err)
		})
		select {
		case <-ctx.Done():
		case <-time.After(in.follower.Every):
		}
	}
}

// Look looks once, screens, and carries what waits.
func (in *Institution) Look(ctx context.Context) (o Outcome, raised int, err error) {
	o, err = in.follower.Look(ctx)
	err = errors.Join(err, in.rescreen(ctx), in.carry(ctx), in.fetchAnswers(ctx))
	return o, int(in.raised.Swap(0)), err
}

// Status returns how things stand; NotFound before the first look.
func (in *Institution) Status() (Status, error) { return ReadStatus(in.follower.Dir) }

// took records that an edition came into force here, and what it ended.
func (in *Institution) took(ctx context.Context, m publish.Manifest, list []record.Record) error {
	if err := in.clerk.TakeEdition(ctx, m); err != nil {
		return fmt.Errorf("recording edition %d: %w", m.Sequence, err)
	}
	in.inForce.Store(m.Sequence)
	ended := map[string]record.Listing{}
	for _, r := range list {
		if l, ok := endOf(r); ok {
			ended[r.Key] = l
		}
	}
	if len(ended) == 0 {
		return nil
	}
	if err := in.clerk.EndEntries(ctx, SourceID, m.Sequence, ended); err != nil {
		return fmt.Errorf("telling what edition %d ended: %w", m.Sequence, err)
	}
	return nil
}

// endOf returns the last listing of a record of which every listing ended.
func endOf(r record.Record) (record.Listing, bool) {
	if len(r.Listings) == 0 {
		return record.Listing{}, false
	}
	for _, l := range r.Listings {
		if !l.Ended {
			return record.Listing{}, false
		}
	}
	return r.Listings[len(r.Listings)-1], true
}

// rescreen screens the book again if it, or the register, is another one than was
// screened last; the follower screens at each edition. It ends each look.
func (in *Institution) rescreen(ctx context.Context) error {
	defer func() { in.ran = false }()
	if in.book == "" || ctx.Err() != nil || in.ran {
		return nil
	}
	last, err := in.screened()
	if err != nil {
		return err
	}
	info, err := os.Stat(in.book) // one that cannot be read is told by the screening
	if err == nil && stampOf(info) == last.Book && last.Failed == nil && in.follower.Lookout.Engine().Snapshot() == last.Snapshot {
		return nil
	}
	return in.screenBook(ctx, in.follower.memory.InForce)
}

// keep remembers something in the folder.
func (in *Institution) keep(name string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := publish.Place(in.follower.Dir, name, text); err != nil {
		return fmt.Errorf("remembering %s: %w", filepath.Base(name), err)
	}
	return nil
}
