package ledger

import (
	"bytes"
	"context"
	"fmt"
	"hash/maphash"
	"slices"

	"interdict/internal/event"
)

// count is a set of hashes, told from every other set by its number and by a
// sum that nobody can aim at who does not know the seed of this run.
type count struct {
	n   int64
	sum uint64

	size int64 // entries of the ledger in the instant of counting
	err  error
}

func (c *count) add(o count) { c.n, c.sum = c.n+o.n, c.sum+o.sum }

// name counts what an event says is sealed.
func (w *walk) name(c *count, e event.Envelope) {
	c.add(count{n: 1, sum: maphash.Bytes(w.seed, e.Body[:])})
	for _, h := range e.Evidence {
		c.add(count{n: 1, sum: maphash.Bytes(w.seed, h[:])})
	}
}

// countSealed checks and counts everything in the vault, as far as that goes
// without keys.
func (w *walk) countSealed(ctx context.Context) count {
	var c count
	for s, err := range w.log.Sealed(ctx) {
		if err != nil {
			c.err = fmt.Errorf("reading what is sealed: %w", err)
			return c
		}
		if d := s.Sealed.Digest(); !bytes.Equal(d[:], s.Digest) {
			c.err = w.damaged(ctx, s)
			return c
		}
		c.size = s.Size
		c.add(count{n: 1, sum: maphash.Bytes(w.seed, s.Hash[:])})
	}
	return c
}

// damaged says whose something is that was altered.
func (w *walk) damaged(ctx context.Context, s Stored) error {
	hash, subject := s.Hash, s.Subject // s is valid until the next only
	for e, err := range w.log.Entries(ctx, 0, w.end) {
		if err != nil {
			break // the finding stands without it
		}
		env, err := event.Decode(e.Leaf)
		if err == nil && (env.Body == hash || slices.Contains(env.Evidence, hash)) {
			return finding(e.Index, "what is sealed with it (%x of %s) is altered", hash[:8], subject)
		}
	}
	return finding(-1, "sealed %x of %s is altered", hash[:8], subject)
}

// compare finds out whether what is sealed is what the events name.
func (w *walk) compare(ctx context.Context, sealed count) error {
	if sealed.err != nil {
		return sealed.err
	}
	// What others appended meanwhile was counted too.
	for e, err := range w.log.Entries(ctx, w.end, max(w.end, sealed.size)) {
		if err != nil {
			return fmt.Errorf("reading entry %d: %w", e.Index, err)
		}
		env, err := event.Decode(e.Leaf)
		if err != nil {
			return finding(e.Index, "altered: %v", err)
		}
		w.name(&w.named, env)
	}
	if sealed.n == w.named.n && sealed.sum == w.named.sum {
		return nil
	}
	return w.search(ctx)
}

// search names what is missing among the sealed, or was added to them.
func (w *walk) search(ctx context.Context) error {
	left := map[[32]byte]bool{}
	size := w.end
	for s, err := range w.log.Sealed(ctx) {
		if err != nil {
			return fmt.Errorf("reading what is sealed: %w", err)
		}
		left[s.Hash], size = true, s.Size
	}
	for e, err := range w.log.Entries(ctx, 0, size) {
		if err != nil {
			return fmt.Errorf("reading entry %d: %w", e.Index, err)
		}
		env, err := event.Decode(e.Leaf)
		if err != nil {
			return finding(e.Index, "altered: %v", err)
		}
		if !left[env.Body] {
			return finding(e.Index, "its body is missing among the sealed")
		}
		delete(left, env.Body)
		for _, h := range env.Evidence {
			if !left[h] {
				return finding(e.Index, "its evidence %x is missing among the sealed", h[:8])
			}
			delete(left, h)
		}
	}
	for h := range left {
		return finding(-1, "sealed %x is named by no event", h[:8])
	}
	return finding(-1, "the sealed things changed while they were counted")
}
