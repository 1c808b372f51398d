// Package recent remembers what was asked for lately.
//
// It promises that what is asked for again and again stays, within the room that it
// is given: it forgets by generations, so that a memory that is just too small for
// all still holds most of it.
//
// It never changes what it keeps, and never says that it holds all.
package recent

import "strings"

// Memory remembers things by their keys: those asked for lately, and as many asked
// for before them. Its zero value is empty; it is for one goroutine.
type Memory[T any] struct {
	now, older map[string]sized[T]
	size       int // of those of now
}

type sized[T any] struct {
	thing T
	size  int
}

// Find returns what is remembered by the key, which need not stay as it is.
func (m *Memory[T]) Find(key string) (x T, ok bool) {
	s, ok := m.now[key]
	if ok {
		return s.thing, true
	}
	if s, ok = m.older[key]; ok {
		m.now[strings.Clone(key)] = s
		m.size += s.size
	}
	return s.thing, ok
}

// Keep remembers a thing of a size. When those kept are larger than most together,
// those not asked for since the last time are forgotten.
func (m *Memory[T]) Keep(key string, x T, size, most int) {
	if m.size += size; m.size > most || m.now == nil {
		m.now, m.older, m.size = map[string]sized[T]{}, m.now, size
	}
	m.now[key] = sized[T]{x, size}
}
