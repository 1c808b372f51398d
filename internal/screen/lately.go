package screen

import "sync"

// lately remembers things by their keys: those asked for lately, and as many
// asked for before them. Its zero value is empty; it is safe for concurrent use.
type lately[T any] struct {
	mu         sync.Mutex
	now, older map[string]T
	size       int
}

func (l *lately[T]) find(key string) (x T, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if x, ok = l.now[key]; ok {
		return x, true
	}
	if x, ok = l.older[key]; ok {
		l.now[key] = x
	}
	return x, ok
}

// keep remembers a thing of a size. When those kept are larger than most together,
// those not asked for since the last time are forgotten.
func (l *lately[T]) keep(key string, x T, size, most int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.size += size; l.size > most || l.now == nil {
		l.now, l.older, l.size = map[string]T{}, l.now, size
	}
	l.now[key] = x
}
