package screen

import "sync"

// lately remembers things by their keys: those asked for lately, and as many
// asked for before them. Its zero value is empty; it is safe for concurrent use.
type lately[T any] struct {
	mu         sync.Mutex
	now, older map[string]sized[T]
	size       int // of those of now
}

type sized[T any] struct {
	thing T
	size  int
}

func (l *lately[T]) find(key string) (x T, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, ok := l.now[key]
	if ok {
		return s.thing, true
	}
	if s, ok = l.older[key]; ok {
		l.now[key] = s
		l.size += s.size
	}
	return s.thing, ok
}

// keep remembers a thing of a size. When those kept are larger than most together,
// those not asked for since the last time are forgotten.
func (l *lately[T]) keep(key string, x T, size, most int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.size += size; l.size > most || l.now == nil {
		l.now, l.older, l.size = map[string]sized[T]{}, l.now, size
	}
	l.now[key] = sized[T]{x, size}
}
