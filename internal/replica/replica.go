package replica

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"interdict/internal/archive"
	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/lookout"
	"interdict/internal/match"
	"interdict/internal/screen"
)

// Replica answers from one register at a time. It is safe for concurrent use.
type Replica struct {
	store *Store
	shelf *archive.Archive

	loading sync.Mutex
	live    *index.Live // nil before the first register
	engines sync.Map    // *index.Index: *screen.Engine

	mu    sync.Mutex
	state State
}

// State is how things stand with a replica.
type State struct {
	Snapshot  string    `json:"snapshot,omitempty"`  // that answers; empty: none does
	Profile   string    `json:"profile"`             // of this program
	Since     time.Time `json:"since,omitzero"`      // when it was taken over
	Announced string    `json:"announced,omitempty"` // the snapshot that was announced last
	Refused   string    `json:"refused,omitempty"`   // why the announced one does not answer
}

// New returns a replica without a register, which keeps files of registers in dir.
// Close it after use.
func New(s *Store, dir string) (*Replica, error) {
	a, err := archive.Open(dir)
	if err != nil {
		return nil, err
	}
	return &Replica{store: s, shelf: a, state: State{Profile: match.Profile()}}, nil
}

// State returns how things stand.
func (r *Replica) State() State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state
}

// Follow takes over each register that is announced until the context ends. What is
// refused is in the state, and is tried again now and then.
func (r *Replica) Follow(ctx context.Context) error {
	watch, err := r.store.pointer.Watch(ctx, current)
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("watching for registers: %w", err))
	}
	defer func() { _ = watch.Stop() }()
	again := time.NewTicker(30 * time.Second)
	defer again.Stop()
	var last []byte
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-watch.Updates():
			if !ok && ctx.Err() != nil {
				return nil
			}
			if !ok {
				return fault.New(fault.Unavailable, "the store of registers has gone away")
			}
			if e == nil {
				continue
			}
			last = e.Value()
			r.heed(ctx, last)
		case <-again.C:
			if r.State().Refused != "" {
				r.heed(ctx, last)
			}
		}
	}
}

// heed takes over an announced register, or keeps why not.
func (r *Replica) heed(ctx context.Context, announcement []byte) {
	next, err := read(announcement)
	if err == nil {
		err = r.take(ctx, next)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state.Announced, r.state.Refused = next.Snapshot, ""; err != nil {
		r.state.Refused = err.Error()
	}
}

// take puts a register in force. Nothing changes where it fails.
func (r *Replica) take(ctx context.Context, next Register) error {
	r.loading.Lock()
	defer r.loading.Unlock()
	if next.Profile != match.Profile() {
		return fault.New(fault.Conflict, "register %s is made for profile %s, this program scores by %s", next.Snapshot, next.Profile, match.Profile())
	}
	if r.State().Snapshot == next.Snapshot {
		return nil
	}
	m, seg, err := r.open(next)
	if err != nil { // not there, or not whole
		if err = r.shelf.StoreSnapshot(next.Snapshot, func(w io.Writer) error { return r.store.copy(ctx, next, w) }); err != nil {
			return err
		}
		if m, seg, err = r.open(next); err != nil {
			_ = os.Remove(r.shelf.SnapshotPath(next.Snapshot))
			return err
		}
	}
	ix := index.New(seg)
	r.engines.Store(ix, screen.New(ix, next.Snapshot, next.Notice))
	release := func() {
		r.engines.Delete(ix)
		_ = m.Close()
	}
	if r.live == nil {
		r.mu.Lock()
		r.live = index.NewLive(ix, release)
		r.mu.Unlock()
	} else if err := r.live.Swap(ix, release); err != nil {
		return err
	}
	r.mu.Lock()
	r.state.Snapshot, r.state.Since = next.Snapshot, time.Now().UTC().Truncate(time.Second)
	r.mu.Unlock()
	r.sweep(next.Snapshot)
	return nil
}

// open maps the file of a register, which must have its hash and be whole: it may
// have been damaged before it was hashed.
func (r *Replica) open(next Register) (*archive.Mapped, *index.Segment, error) {
	m, seg, err := lookout.Map(r.shelf, next.Snapshot)
	if err != nil {
		return nil, nil, err
	}
	if sum := sha256.Sum256(m.Bytes); "SHA-256="+base64.URLEncoding.EncodeToString(sum[:]) != next.Digest {
		m.Close()
		return nil, nil, fault.New(fault.Corrupt, "the file of register %s does not have the hash %s", next.Snapshot, next.Digest)
	}
	for _, err := range index.New(seg).Payloads() { // which an index checks only when somebody is found
		if err != nil {
			m.Close()
			return nil, nil, err
		}
	}
	return m, seg, nil
}

// sweep removes the files of other registers. Whoever still answers from one has it
// mapped; what a system does not let go stays for the next sweep.
func (r *Replica) sweep(keep string) {
	kept := r.shelf.SnapshotPath(keep)
	all, _ := filepath.Glob(filepath.Join(filepath.Dir(kept), "*.idx"))
	for _, file := range all {
		if file != kept {
			_ = os.Remove(file)
		}
	}
}

// Engine returns the engine in force. Call done when its answers have been written.
// Unavailable: no register has arrived.
func (r *Replica) Engine() (e *screen.Engine, done func(), err error) {
	r.mu.Lock()
	live := r.live
	r.mu.Unlock()
	if live == nil {
		return nil, nil, fault.New(fault.Unavailable, "no register has arrived yet")
	}
	ix, done, err := live.Take()
	if err != nil {
		return nil, nil, err
	}
	got, _ := r.engines.Load(ix)
	return got.(*screen.Engine), done, nil
}

// At returns the engine on a register of the store, which is put in force if
// another is.
func (r *Replica) At(ctx context.Context, snapshot string) (e *screen.Engine, done func(), err error) {
	for {
		if e, done, err = r.Engine(); err == nil {
			if e.Snapshot() == snapshot {
				return e, done, nil
			}
			done()
		}
		next, err := r.store.find(ctx, snapshot)
		if err != nil {
			return nil, nil, err
		}
		if err := r.take(ctx, next); err != nil {
			return nil, nil, err
		}
	}
}

// Close lets the register go when the last question has been answered.
func (r *Replica) Close() error {
	r.mu.Lock()
	live := r.live
	r.mu.Unlock()
	if live != nil {
		live.Close()
	}
	return r.shelf.Close()
}
