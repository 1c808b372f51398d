package recent

import "sync"

// Shared is a Memory that is safe for concurrent use. Its zero value is empty.
type Shared[T any] struct {
	mu     sync.Mutex
	memory Memory[T]
}

// Find is that of Memory.
func (s *Shared[T]) Find(key string) (x T, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.memory.Find(key)
}

// Keep is that of Memory.
func (s *Shared[T]) Keep(key string, x T, size, most int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory.Keep(key, x, size, most)
}
