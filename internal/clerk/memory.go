package clerk

import (
	"container/list"
	"strings"
	"sync"
	"time"
)

// remembered is how many things the clerk keeps folded.
const remembered = 20000

// held is a thing as it is after some version of its stream.
type held struct {
	stream  string
	version uint64
	value   any
	first   int64     // entry that began it
	opened  time.Time // when that was
	kept    time.Time // since when it is remembered
}

// fresh is how long a thing that can be erased is remembered: an erasure by
// another process is seen by then.
const fresh = time.Minute

// stale reports whether a thing must be opened again.
func (h held) stale() bool {
	kind, _, _ := strings.Cut(h.stream, "/")
	switch kind {
	case "material", "alert", "petition", "dossier":
		return time.Since(h.kept) > fresh
	}
	return false
}

// memory keeps things folded, the ones used last. What it holds is never
// trusted to be the latest: reading asks the ledger for what came after. Things
// are values; nobody changes one in place.
type memory struct {
	mu    sync.Mutex
	of    map[string]*list.Element
	order *list.List // of held, the last used first
}

func newMemory() *memory {
	return &memory{of: map[string]*list.Element{}, order: list.New()}
}

func (m *memory) get(stream string) held {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.of[stream]
	if !ok || e.Value.(held).stale() {
		return held{stream: stream}
	}
	m.order.MoveToFront(e)
	return e.Value.(held)
}

func (m *memory) put(h held) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e, ok := m.of[h.stream]; ok {
		if old := e.Value.(held); old.version < h.version || old.stale() {
			h.kept = time.Now()
			if !old.stale() {
				h.kept = old.kept
			}
			e.Value = h
		}
		m.order.MoveToFront(e)
		return
	}
	h.kept = time.Now()
	m.of[h.stream] = m.order.PushFront(h)
	if m.order.Len() > remembered {
		last := m.order.Back()
		delete(m.of, m.order.Remove(last).(held).stream)
	}
}

func (m *memory) forget(stream string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e, ok := m.of[stream]; ok {
		m.order.Remove(e)
		delete(m.of, stream)
	}
}
