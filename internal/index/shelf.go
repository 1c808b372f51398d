package index

import (
	"runtime"
	"sync"
)

// shelf keeps scratch memory for whoever searches next. What it remembers of
// words is worth more than its room, so that, other than in a sync.Pool, it
// stays through garbage collections; as many as can work at a time are kept.
type shelf[T any] struct {
	mu   sync.Mutex
	idle []T
	make func() T
}

func newShelf[T any](make func() T) *shelf[T] { return &shelf[T]{make: make} }

// take returns what was put back last, or something new.
func (s *shelf[T]) take() T {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.idle)
	if n == 0 {
		return s.make()
	}
	x := s.idle[n-1]
	s.idle = s.idle[:n-1]
	return x
}

func (s *shelf[T]) put(x T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.idle) < runtime.GOMAXPROCS(0) {
		s.idle = append(s.idle, x)
	}
}
