package clerk

import (
	"context"
	"sync"

	"interdict/internal/query"
)

// still is what was read once under a context, and is not asked for again.
type still struct {
	mu     sync.Mutex
	things map[string]held
	ties   map[string][]query.Tie
}

type stillKey struct{}

// Still returns a context under which everything that is read is read once: a page
// that is put together from several reads shows all of it as it was at its first
// look. It is for one short read of one person; what waits for changes, and what
// gives commands, uses Moving.
func Still(ctx context.Context) context.Context {
	return context.WithValue(ctx, stillKey{}, &still{things: map[string]held{}, ties: map[string][]query.Tie{}})
}

// Moving returns a context under which reads see what has changed meanwhile.
func Moving(ctx context.Context) context.Context {
	return context.WithValue(ctx, stillKey{}, (*still)(nil))
}

func stillOf(ctx context.Context) *still {
	s, _ := ctx.Value(stillKey{}).(*still)
	return s
}

func (s *still) thing(stream string) (held, bool) {
	if s == nil {
		return held{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.things[stream]
	return h, ok
}

func (s *still) keep(h held) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.things[h.stream] = h
}

// tiesTo returns what is tied to a target.
func (c *Clerk) tiesTo(ctx context.Context, target string) ([]query.Tie, error) {
	s := stillOf(ctx)
	if s != nil {
		s.mu.Lock()
		ties, ok := s.ties[target]
		s.mu.Unlock()
		if ok {
			return ties, nil
		}
	}
	ties, err := c.Store.Queries().TiesTo(ctx, target)
	if err == nil && s != nil {
		s.mu.Lock()
		s.ties[target] = ties
		s.mu.Unlock()
	}
	return ties, err
}
