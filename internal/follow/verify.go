package follow

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/fault"
	"interdict/internal/ledger"
	"interdict/internal/publish"
	"interdict/internal/report"
)

// patience is how long an older state may be shown before it is a rollback: a
// cache on the way may be that late.
const patience = time.Hour

// kept returns the checkpoint of the last good state; of size 0 if there is
// none.
func (f *Follower) kept() (ledger.Checkpoint, error) {
	if f.memory.Checkpoint == "" {
		return ledger.Checkpoint{Origin: f.Key.Name()}, nil
	}
	return ledger.OpenCheckpoint([]byte(f.memory.Checkpoint), f.Key)
}

// fetch looks at the authority and remembers what is new there once it is
// verified.
func (f *Follower) fetch(ctx context.Context) (out Outcome, err error) {
	t := &tiles{ctx: ctx, f: f, fresh: map[tlog.Tile][]byte{}, sound: map[tlog.Tile][]byte{}}
	signed, unchanged, err := f.checkpoint(ctx, t)
	if err != nil || unchanged {
		return out, errors.Join(err, f.seen(err == nil))
	}
	now, err := ledger.OpenCheckpoint(signed, f.Key)
	if err != nil {
		return out, refused(fmt.Errorf("the checkpoint of %s is not signed by %s: %w", f.URL, f.Key.Name(), err))
	}
	last, err := f.kept()
	if err != nil {
		return out, err
	}
	out, err = f.judge(ctx, signed, now, last, t)
	if fault.KindOf(err) == fault.Corrupt && t.kept {
		// It may be what is kept here that was altered.
		t = &tiles{ctx: ctx, f: f, fresh: map[tlog.Tile][]byte{}, sound: map[tlog.Tile][]byte{}, anew: true, bytes: t.bytes}
		if again, failed := f.judge(ctx, signed, now, last, t); failed == nil {
			return again, nil
		}
	}
	return out, err
}

// judge takes a checkpoint that is signed, if it goes on from the last good one.
func (f *Follower) judge(ctx context.Context, signed []byte, now, last ledger.Checkpoint, t *tiles) (out Outcome, err error) {
	if now.Size <= last.Size {
		return f.notNewer(now, last, t)
	}
	m, text, err := f.newer(ctx, now, last, t)
	if err != nil {
		return out, err
	}
	at := f.Now().UTC()
	if out.Ahead = m.At.Sub(at); out.Ahead < skew {
		out.Ahead = 0
	}
	t.keep()
	if err := publish.Place(f.Dir, snapshotFile, text); err != nil {
		return out, err
	}
	f.memory = memory{
		Checkpoint: string(signed), Good: &Checkpoint{now.Size, now.Root.String()}, Checked: at, Manifest: &m,
		InForce: f.memory.InForce, InForceAt: f.memory.InForceAt, Done: map[report.Hop]time.Time{report.Received: at}, Told: map[report.Hop]bool{},
	}
	out.New, out.Received = true, t.bytes
	return out, f.remember()
}

// skew is how far clocks may differ without a word.
const skew = 5 * time.Minute

// seen remembers that the authority was seen as it was known.
func (f *Follower) seen(yes bool) error {
	if !yes || f.memory.Checkpoint == "" {
		return nil
	}
	f.memory.Checked, f.memory.Old = f.Now().UTC(), time.Time{}
	return f.remember()
}

// refused marks what must not be taken, and says what stays.
func refused(err error) error {
	return fault.Hint(fault.As(fault.Corrupt, fmt.Errorf("refused: %w", err)), "the last good state stays in force; ask the authority by another way, and keep this folder as evidence")
}

// notNewer judges a checkpoint that is not beyond the last good one: the same,
// an older one of the same log, or one of a fork.
func (f *Follower) notNewer(now, last ledger.Checkpoint, t *tiles) (out Outcome, err error) {
	root := last.Root
	if now.Size < last.Size {
		if root, err = tlog.TreeHash(now.Size, tlog.TileHashReader(tlog.Tree{N: last.Size, Hash: last.Root}, t)); err != nil {
			return out, t.fault(err)
		}
	}
	switch {
	case last.Size == 0 && now.Size == 0:
		return out, nil // nothing is published yet
	case root != now.Root:
		return out, refused(fmt.Errorf("%s shows a fork: its first %d editions are not those that it showed before", f.URL, now.Size))
	case now.Size == last.Size:
		return out, f.seen(true)
	}
	at := f.Now().UTC()
	if f.memory.Old.IsZero() {
		f.memory.Old = at
	}
	if at.Sub(f.memory.Old) > patience {
		return out, refused(fmt.Errorf("%s rolled back: it shows %d editions since %s, and has shown %d", f.URL, now.Size, f.memory.Old.Format(time.RFC3339), last.Size))
	}
	out.Old = true
	return out, f.remember()
}

// newer verifies a checkpoint beyond the last good one, and returns the manifest
// and the snapshot of its last edition.
func (f *Follower) newer(ctx context.Context, now, last ledger.Checkpoint, t *tiles) (publish.Manifest, []byte, error) {
	var none publish.Manifest
	reader := tlog.TileHashReader(tlog.Tree{N: now.Size, Hash: now.Root}, t)
	if last.Size > 0 {
		p, err := tlog.ProveTree(now.Size, last.Size, reader)
		if err != nil {
			return none, nil, t.fault(err)
		}
		if err := tlog.CheckTree(p, now.Size, now.Root, last.Size, last.Root); err != nil {
			return none, nil, refused(fmt.Errorf("%s shows a fork: its first %d editions are not those that it showed before", f.URL, last.Size))
		}
	}
	index := now.Size - 1
	entry, err := f.get(ctx, publish.EntryPath(index), maxEntry, t)
	if err != nil {
		return none, nil, err
	}
	p, err := tlog.ProveRecord(now.Size, index, reader)
	if err != nil {
		return none, nil, t.fault(err)
	}
	if err := tlog.CheckRecord(p, now.Size, now.Root, index, tlog.RecordHash(entry)); err != nil {
		return none, nil, refused(fmt.Errorf("edition %d is not the one that was signed", index))
	}
	m, err := publish.ReadManifest(entry, index)
	if err != nil {
		return none, nil, refused(err)
	}
	if before := f.memory.Manifest; before != nil && m.At.Before(before.At) {
		return none, nil, refused(fmt.Errorf("edition %d is dated %s, the one before %s", index, m.At, before.At))
	}
	text, err := f.content(ctx, m, t)
	return m, text, err
}

// content fetches the snapshot of an edition: by its delta where the edition
// before is here, else whole. Either is checked by its hash.
func (f *Follower) content(ctx context.Context, m publish.Manifest, t *tiles) ([]byte, error) {
	whole, err := m.File(publish.Snapshot)
	if err != nil {
		return nil, refused(err)
	}
	if before := f.memory.Manifest; before != nil && before.Sequence == m.Sequence-1 {
		delta, err := m.File(publish.Delta)
		if err == nil && delta.Size < whole.Size {
			if text, err := f.byDelta(ctx, *before, delta, t); err == nil && whole.Check(text) == nil {
				return text, nil
			}
		}
	}
	return f.fileOf(ctx, whole, t)
}

func (f *Follower) byDelta(ctx context.Context, before publish.Manifest, delta publish.File, t *tiles) ([]byte, error) {
	base, err := f.snapshot(before)
	if err != nil {
		return nil, err
	}
	text, err := f.fileOf(ctx, delta, t)
	if err != nil {
		return nil, err
	}
	return publish.Apply(base, text)
}

func (f *Follower) fileOf(ctx context.Context, file publish.File, t *tiles) ([]byte, error) {
	text, err := f.get(ctx, file.Path(), file.Size, t)
	if err != nil {
		return nil, err
	}
	if err := file.Check(text); err != nil {
		return nil, refused(err)
	}
	return text, nil
}

// snapshot reads the snapshot that is kept here.
func (f *Follower) snapshot(m publish.Manifest) ([]byte, error) {
	file, err := m.File(publish.Snapshot)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(f.file(snapshotFile))
	if err != nil {
		return nil, fault.As(fault.Corrupt, fmt.Errorf("reading the kept snapshot: %w", err))
	}
	return text, file.Check(text)
}

// tiles reads the tiles of the log: those that were verified before from here,
// the others from the authority.
type tiles struct {
	ctx   context.Context
	f     *Follower
	fresh map[tlog.Tile][]byte
	sound map[tlog.Tile][]byte // verified under a checkpoint that is not judged yet
	kept  bool                 // some came from here
	anew  bool                 // none may
	cause error                // why tiles could not be had
	bytes int64                // that came over the network
}

// Height is that of C2SP tlog-tiles.
func (t *tiles) Height() int { return 8 }

// ReadTiles is asked by package tlog, which verifies what it returns.
func (t *tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(want))
	for i, tile := range want {
		b, err := t.one(tile)
		if err != nil {
			t.cause = err
			return nil, err
		}
		out[i], t.fresh[tile] = b, b
	}
	return out, nil
}

func (t *tiles) one(tile tlog.Tile) ([]byte, error) {
	if b, ok := t.fresh[tile]; ok {
		return b, nil
	}
	size, name := tile.W*tlog.HashSize, publish.TilePath(tile)
	if b, err := os.ReadFile(t.f.file(name)); err == nil && len(b) == size && !t.anew {
		t.kept = true
		return b, nil
	}
	b, err := t.f.get(t.ctx, name, int64(size), t)
	if err == nil && len(b) != size {
		err = refused(fmt.Errorf("%s has %d bytes, want %d", name, len(b), size))
	}
	return b, err
}

// SaveTiles takes tiles that were verified under the checkpoint.
func (t *tiles) SaveTiles(all []tlog.Tile, data [][]byte) {
	for i, tile := range all {
		t.sound[tile] = data[i]
	}
}

// keep keeps the tiles of a checkpoint that was found good. One that cannot be
// kept, or that a stop cuts short, is fetched again.
func (t *tiles) keep() {
	for tile, b := range t.sound {
		name := t.f.file(publish.TilePath(tile))
		if os.MkdirAll(filepath.Dir(name), 0o755) == nil {
			_ = os.WriteFile(name, b, 0o644)
		}
	}
}

// fault tells tiles that could not be had from those that are not the log's.
func (t *tiles) fault(err error) error {
	if t.cause != nil {
		return t.cause
	}
	return refused(fmt.Errorf("the tiles of %s are not those of its checkpoint: %w", t.f.URL, err))
}
