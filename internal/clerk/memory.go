package clerk

import (
	"container/list"
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
	if !ok {
		return held{stream: stream}
	}
	m.order.MoveToFront(e)
	return e.Value.(held)
}

func (m *memory) put(h held) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e, ok := m.of[h.stream]; ok {
		if e.Value.(held).version < h.version {
			e.Value = h
		}
		m.order.MoveToFront(e)
		return
	}
	m.of[h.stream] = m.order.PushFront(h)
	if m.order.Len() > remembered {
		last := m.order.Back()
		delete(m.of, m.order.Remove(last).(held).stream)
	}
}
