package index

import (
	"sync"

	"interdict/internal/fault"
)

// Live holds the index in force while it is replaced under running queries: a
// query keeps the state that it took from start to end, the next one gets the
// new state, and the memory behind a state is released when the last query
// that can see it has let go. It is what a server answers from. It is safe for
// concurrent use.
type Live struct {
	mu  sync.Mutex
	now *state // nil when closed
}

// state is one index with everything that it reads from.
type state struct {
	ix    *Index
	holds []*memory
	users int // queries, and one while in force
}

// memory is what a segment lies in, such as a mapped file; a delta leaves that
// of the segments below it in use.
type memory struct {
	states  int
	release func()
}

// NewLive puts an index in force. release, which may be nil, is called once
// when nobody uses the index any more.
func NewLive(ix *Index, release func()) *Live {
	return &Live{now: newState(ix, nil, release)}
}

func newState(ix *Index, holds []*memory, release func()) *state {
	s := &state{ix: ix, users: 1}
	if release != nil {
		s.holds = append(s.holds, &memory{release: release})
	}
	s.holds = append(s.holds, holds...)
	for _, m := range s.holds {
		m.states++
	}
	return s
}

// Take returns the index in force. Call done when its answers, their payloads
// among them, have been read; calling it again does nothing. The error is
// Unavailable after Close.
func (l *Live) Take() (ix *Index, done func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.now
	if s == nil {
		return nil, nil, fault.New(fault.Unavailable, "the index has been closed")
	}
	s.users++
	var once sync.Once
	return s.ix, func() { once.Do(func() { l.letGo(s) }) }, nil
}

// Swap puts another index in force. The error is Unavailable after Close; the
// new index is released at once then.
func (l *Live) Swap(ix *Index, release func()) error {
	return l.replace(func(*state) *state { return newState(ix, nil, release) })
}

// Add puts a delta on top of the index in force, as Index.With does: its
// subjects, and those named in gone, replace or remove those of the same id.
// The error is that of Swap.
func (l *Live) Add(delta *Segment, release func(), gone ...string) error {
	return l.replace(func(old *state) *state {
		if old == nil {
			return newState(nil, nil, release)
		}
		return newState(old.ix.With(delta, gone...), old.holds, release)
	})
}

// Close takes the index out of force. Queries that run end undisturbed.
func (l *Live) Close() {
	l.mu.Lock()
	old := l.now
	l.now = nil
	l.mu.Unlock()
	if old != nil {
		l.letGo(old)
	}
}

// replace makes the next state of the one in force; nobody can come between.
func (l *Live) replace(next func(old *state) *state) error {
	l.mu.Lock()
	old := l.now
	s := next(old)
	if old != nil {
		l.now = s
	}
	l.mu.Unlock()
	if old == nil {
		l.letGo(s)
		return fault.New(fault.Unavailable, "the index has been closed")
	}
	l.letGo(old)
	return nil
}

// letGo ends one use of a state, and releases the memory that no state needs
// any more.
func (l *Live) letGo(s *state) {
	l.mu.Lock()
	var free []*memory
	if s.users--; s.users == 0 {
		for _, m := range s.holds {
			if m.states--; m.states == 0 {
				free = append(free, m)
			}
		}
	}
	l.mu.Unlock()
	for _, m := range free {
		m.release()
	}
}
