package index

import (
	"runtime"
	"testing"
)

// What a search remembers of words outlives garbage collections, and no more
// of it is kept than can work at a time.
func TestShelf(t *testing.T) {
	made := 0
	s := newShelf(func() *int { made++; n := made; return &n })
	first := s.take()
	s.put(first)
	runtime.GC()
	runtime.GC()
	if got := s.take(); got != first {
		t.Errorf("took %d, not the one that was put back", *got)
	}
	for range 2 * runtime.GOMAXPROCS(0) {
		n := 0
		s.put(&n)
	}
	if got := len(s.idle); got != runtime.GOMAXPROCS(0) {
		t.Errorf("%d are kept, want %d", got, runtime.GOMAXPROCS(0))
	}
}
