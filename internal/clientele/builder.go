package clientele

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"interdict/internal/book"
	"interdict/internal/index"
	"interdict/internal/screen"
)

// batchSize is how many customers are taken up at a time, and lie in a block.
const batchSize = 4096

// Builder takes customers up. Its zero value is empty; it is for one goroutine.
type Builder struct {
	c       Clientele
	roll    index.Enrolment
	waiting []book.Customer
}

// Add takes up the next customer. Invalid says that there is no room for more.
func (b *Builder) Add(c book.Customer) error {
	if b.waiting = append(b.waiting, c); len(b.waiting) < batchSize {
		return nil
	}
	return b.flush()
}

// Clientele returns who was taken up. The builder is empty then.
func (b *Builder) Clientele() (*Clientele, error) {
	if err := b.flush(); err != nil {
		return nil, err
	}
	c := b.c
	c.roll = b.roll.Roll()
	c.keys, c.starts = slices.Clone(c.keys), slices.Clone(c.starts)
	slices.Sort(c.keys)
	*b = Builder{}
	return &c, nil
}

// flush takes up who waits. Names are read on all cores.
func (b *Builder) flush() error {
	queries := make([]screen.Query, len(b.waiting))
	probes := make([][]index.Probe, len(b.waiting))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(b.waiting)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(b.waiting); i = int(next.Add(1)) - 1 {
				queries[i], _ = screen.CustomerQuery(b.waiting[i])
				probes[i], _ = queries[i].Probes()
			}
		})
	}
	wait.Wait()
	var block []byte
	for i, c := range b.waiting {
		place := uint32(len(b.c.starts))
		b.c.starts = append(b.c.starts, uint32(len(block)))
		block = appendPacked(block, c)
		for _, p := range probes[i] {
			if err := b.roll.Add(place, p); err != nil {
				return err
			}
		}
		for _, number := range queries[i].Numbers() {
			if k := index.Key(number); k != "" {
				b.c.keys = append(b.c.keys, keyOf(k, place))
			}
		}
	}
	if len(block) > 0 {
		b.c.blocks = append(b.c.blocks, slices.Clone(block))
	}
	b.waiting = b.waiting[:0]
	return nil
}
