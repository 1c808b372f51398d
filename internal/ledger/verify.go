package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/event"
	"interdict/internal/fault"
)

// Finding is the first thing that Verify found wrong. Its kind is Corrupt.
type Finding struct {
	Index   int64 // of the entry, -1 if it is no entry
	Problem string
}

// Error names the entry and the problem.
func (f *Finding) Error() string {
	if f.Index < 0 {
		return f.Problem
	}
	return fmt.Sprintf("entry %d: %s", f.Index, f.Problem)
}

func finding(index int64, format string, args ...any) error {
	return fault.As(fault.Corrupt, &Finding{index, fmt.Sprintf(format, args...)})
}

// Report is what Verify found whole.
type Report struct {
	Checkpoint Checkpoint
	Entries    int64
	Sealed     int64
}

// Verify walks the whole ledger and everything sealed, and returns the first
// fault as a Finding: an entry altered, missing or reordered, a tree that is
// not that of the signed checkpoint, a sealed thing damaged, missing or added.
// It needs the verifier key and no other key.
//
// Checkpoints in since, kept elsewhere and already opened, must be beginnings of
// this ledger: that finds what even the holder of the signing key rewrote.
// progress, if not nil, is told from time to time how many entries are done.
// Others may append meanwhile; what they append is not verified.
func Verify(ctx context.Context, log Log, v note.Verifier, since []Checkpoint, progress func(done, total int64)) (Report, error) {
	h, c, err := headOf(ctx, log, v)
	if fault.KindOf(err) == fault.Corrupt {
		return Report{}, finding(-1, "%v", err)
	}
	if err != nil {
		return Report{}, err
	}
	if h.Last >= c.Size {
		return Report{}, finding(h.Last, "it stands behind the end: the checkpoint says %d entries", c.Size)
	}
	w := walk{ctx: ctx, log: log, since: map[int64]Checkpoint{}, versions: map[string]uint64{}}
	for _, s := range since {
		if s.Size > c.Size || s.Origin != c.Origin {
			return Report{}, finding(-1, "the kept checkpoint says %d entries of %s, the ledger has %d of %s", s.Size, s.Origin, c.Size, c.Origin)
		}
		if other, ok := w.since[s.Size]; ok && other != s {
			return Report{}, finding(-1, "two kept checkpoints of %d entries differ", s.Size)
		}
		w.since[s.Size] = s
	}
	if err := w.entries(c, progress); err != nil {
		return Report{}, err
	}
	if !bytes.Equal(w.edge.Bytes(), h.Edge) {
		return Report{}, finding(-1, "the edge in the head is not that of the entries")
	}
	sealed, err := w.sealed(c)
	return Report{Checkpoint: c, Entries: c.Size, Sealed: sealed}, err
}

// walk is one verification under way.
type walk struct {
	ctx      context.Context
	log      Log
	edge     Edge
	since    map[int64]Checkpoint
	versions map[string]uint64 // of every stream
	command  string            // of the entry before
	evidence int64             // pieces named by envelopes
}

// entries checks every entry below c.Size, in order, and the roots on the way.
func (w *walk) entries(c Checkpoint, progress func(done, total int64)) error {
	const beforeAll = -1 << 62 // an index below 0 is found too
	if err := w.root(c); err != nil {
		return err
	}
	for e, err := range w.log.Entries(w.ctx, beforeAll) {
		if err != nil {
			return fmt.Errorf("reading entry %d: %w", w.edge.Size, err)
		}
		if w.edge.Size == c.Size {
			break
		}
		if e.Index != w.edge.Size {
			return finding(w.edge.Size, "it is missing: the next one stored is %d", e.Index)
		}
		if err := w.entry(e); err != nil {
			return err
		}
		if err := w.root(c); err != nil {
			return err
		}
		if progress != nil && w.edge.Size%4096 == 0 {
			progress(w.edge.Size, c.Size)
		}
	}
	if w.edge.Size < c.Size {
		return finding(w.edge.Size, "it is missing: the checkpoint says %d entries", c.Size)
	}
	if progress != nil {
		progress(c.Size, c.Size)
	}
	return nil
}

// entry checks one entry and takes it into the tree.
func (w *walk) entry(e Entry) error {
	if len(e.Nodes) < tlog.HashSize || tlog.RecordHash(e.Leaf) != tlog.Hash(e.Nodes[:tlog.HashSize]) {
		return w.altered(e)
	}
	env, err := event.Decode(e.Leaf)
	if err != nil {
		return finding(e.Index, "altered: %v", err)
	}
	if want := w.versions[env.Stream] + 1; env.Version != want {
		return finding(e.Index, "missing or reordered: it is version %d of %s where version %d is due", env.Version, env.Stream, want)
	}
	w.versions[env.Stream] = env.Version
	command := ""
	if env.Command != w.command {
		command = env.Command
	}
	w.command = env.Command
	if e.Stream != env.Stream || e.Version != int64(env.Version) || e.Command != command || !bytes.Equal(e.Body, env.Body[:]) {
		return finding(e.Index, "altered: a column beside the event does not say what the event says")
	}
	for _, hash := range env.Evidence {
		ok, err := w.log.IsSealed(w.ctx, hash)
		if err != nil {
			return fmt.Errorf("looking for evidence of entry %d: %w", e.Index, err)
		}
		if !ok {
			return finding(e.Index, "its evidence %x is missing among the sealed", hash[:8])
		}
		w.evidence++
	}
	return w.grow(e)
}

// grow takes e into the tree and compares the hashes stored with it.
func (w *walk) grow(e Entry) error {
	edge, want, err := w.edge.Append(e.Leaf)
	if err != nil {
		return err
	}
	w.edge = edge
	got := ReadNodes(e.Nodes)
	for level := range want {
		if level >= len(got) || got[level] != want[level] {
			return finding(e.Index, "altered or reordered: the stored hash of entries %d to %d is not theirs", e.Index+1-1<<level, e.Index)
		}
	}
	if len(e.Nodes) != len(want)*tlog.HashSize {
		return finding(e.Index, "altered: it has tree hashes too many")
	}
	return nil
}

// altered says more of an entry whose leaf does not have its stored hash: was
// it another entry's?
func (w *walk) altered(e Entry) error {
	leaf := tlog.RecordHash(e.Leaf)
	index := e.Index // e is valid until the next entry only
	for other, err := range w.log.Entries(w.ctx, 0) {
		if err != nil {
			break // the finding stands without it
		}
		if len(other.Nodes) >= tlog.HashSize && tlog.Hash(other.Nodes[:tlog.HashSize]) == leaf {
			return finding(index, "reordered: what stands here is entry %d", other.Index)
		}
	}
	return finding(index, "altered: it does not have its hash")
}

// root compares the root so far with what a checkpoint says of this size.
func (w *walk) root(c Checkpoint) error {
	kept, ok := w.since[w.edge.Size]
	if !ok && w.edge.Size != c.Size {
		return nil
	}
	root, err := w.edge.Root()
	if err != nil {
		return err
	}
	if ok && root != kept.Root {
		return finding(-1, "rewritten: the first %d entries are not those of the kept checkpoint", kept.Size)
	}
	if w.edge.Size == c.Size && root != c.Root {
		return finding(-1, "rewritten: the %d entries are not those of the signed checkpoint", c.Size)
	}
	return nil
}

// sealed checks everything in the vault as far as that goes without keys.
func (w *walk) sealed(c Checkpoint) (int64, error) {
	var n int64
	for s, err := range w.log.Sealed(w.ctx) {
		if err != nil {
			return n, fmt.Errorf("reading what is sealed: %w", err)
		}
		if d := s.Sealed.Digest(); !bytes.Equal(d[:], s.Digest) {
			return n, finding(-1, "sealed %x of %s is altered", s.Hash[:8], s.Subject)
		}
		n++
	}
	index, err := w.log.Unsealed(w.ctx)
	if err != nil {
		return n, fmt.Errorf("looking for sealed bodies: %w", err)
	}
	if index >= 0 {
		return n, finding(index, "its body is missing among the sealed")
	}
	// Others may have appended meanwhile; only a ledger at rest can be counted.
	h, err := w.log.Head(w.ctx)
	if err != nil {
		return n, err
	}
	if want := c.Size + w.evidence; h.Size == c.Size && n != want {
		return n, finding(-1, "%d things are sealed, but the events name %d", n, want)
	}
	return n, nil
}

// IsFinding returns the finding in err, if there is one.
func IsFinding(err error) (*Finding, bool) {
	var f *Finding
	ok := errors.As(err, &f)
	return f, ok
}
