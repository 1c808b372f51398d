package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"

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
	w := walk{log: log, end: c.Size, since: map[int64]Checkpoint{c.Size: c}, versions: map[string]uint64{}, seed: maphash.MakeSeed()}
	if err := w.keep(c, since); err != nil {
		return Report{}, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	counted := make(chan count, 1)
	go func() { counted <- w.countSealed(ctx) }()
	if err := w.entries(ctx, progress); err != nil {
		cancel()
		<-counted
		return Report{}, err
	}
	if !bytes.Equal(w.edge.Bytes(), h.Edge) {
		return Report{}, finding(-1, "the edge in the head is not that of the entries")
	}
	sealed := <-counted
	if err := w.compare(ctx, sealed); err != nil {
		return Report{}, err
	}
	return Report{Checkpoint: c, Entries: c.Size, Sealed: sealed.n}, nil
}

// walk is one verification under way.
type walk struct {
	log      Log
	end      int64                // entries to be verified
	since    map[int64]Checkpoint // by size
	versions map[string]uint64    // of every stream
	command  string               // of the entry before
	edge     Edge
	seed     maphash.Seed
	named    count // what the events say is sealed
}

// keep takes in the checkpoints that were kept elsewhere.
func (w *walk) keep(c Checkpoint, since []Checkpoint) error {
	for _, s := range since {
		if s.Size > c.Size || s.Origin != c.Origin {
			return finding(-1, "the kept checkpoint says %d entries of %s, the ledger has %d of %s", s.Size, s.Origin, c.Size, c.Origin)
		}
		if other, ok := w.since[s.Size]; ok && other != s {
			return finding(-1, "rewritten: two checkpoints of %d entries differ", s.Size)
		}
		w.since[s.Size] = s
	}
	return w.root(Edge{})
}

// entries reads pieces of the ledger at the same time and joins them in order.
func (w *walk) entries(ctx context.Context, progress func(done, total int64)) error {
	ctx, cancel := context.WithCancel(ctx)
	var readers sync.WaitGroup
	defer readers.Wait()
	defer cancel()
	pieces := make(chan chan piece, runtime.GOMAXPROCS(0))
	readers.Go(func() {
		defer close(pieces)
		for first := int64(0); first < w.end; first += pieceSize {
			ready := make(chan piece, 1)
			select {
			case pieces <- ready:
			case <-ctx.Done():
				return
			}
			readers.Go(func() { ready <- w.read(ctx, first, min(first+pieceSize, w.end)) })
		}
	})
	for ready := range pieces {
		if err := w.join(ctx, <-ready); err != nil {
			return err
		}
		if progress != nil {
			progress(w.edge.Size, w.end)
		}
	}
	return ctx.Err()
}

// join checks what goes from entry to entry, and takes a piece into the tree.
func (w *walk) join(ctx context.Context, p piece) error {
	for i, e := range p.done {
		index := p.first + int64(i)
		if want := w.versions[e.Stream] + 1; e.Version != want {
			return finding(index, "missing or reordered: it is version %d of %s where version %d is due", e.Version, e.Stream, want)
		}
		if e.Version == 1 {
			e.Stream = strings.Clone(e.Stream) // it is a part of the whole envelope
		}
		w.versions[e.Stream] = e.Version
		want := ""
		if e.Command != w.command {
			want = e.Command
		}
		if e.column != want {
			return finding(index, "altered: a column beside the event does not say what the event says")
		}
		w.command = e.Command
	}
	for _, edge := range p.kept {
		if err := w.root(w.with(edge)); err != nil {
			return err
		}
	}
	if p.strange {
		return w.altered(ctx, p)
	}
	if p.err != nil {
		return p.err
	}
	w.named.add(p.named)
	last := p.first + p.edge.Size - 1
	if p.edge.Size == pieceSize {
		_, nodes := w.pieces().push(p.edge.hashes[0])
		if !bytes.Equal(p.above, WriteNodes(nodes[1:])) {
			return finding(last, "altered or reordered: the stored hashes of the entries up to it are not theirs")
		}
	}
	w.edge = w.with(p.edge)
	return nil
}

// pieces is the edge so far as that of a tree whose leaves are pieces.
func (w *walk) pieces() Edge { return Edge{Size: w.edge.Size / pieceSize, hashes: w.edge.hashes} }

// with is the edge of the entries so far and those of a piece.
func (w *walk) with(piece Edge) Edge {
	size := w.edge.Size + piece.Size
	if piece.Size == pieceSize {
		grown, _ := w.pieces().push(piece.hashes[0])
		return Edge{Size: size, hashes: grown.hashes}
	}
	return Edge{Size: size, hashes: slices.Concat(w.edge.hashes, piece.hashes)}
}

// altered says more of the entry that has not its hash: was it another entry's?
func (w *walk) altered(ctx context.Context, p piece) error {
	index := p.first + p.edge.Size
	for e, err := range w.log.Entries(ctx, 0, w.end) {
		if err != nil {
			break // the finding stands without it
		}
		if bytes.HasPrefix(e.Nodes, p.leaf[:]) {
			return finding(index, "reordered: what stands here is entry %d", e.Index)
		}
	}
	return finding(index, "altered: it does not have its hash")
}

// root compares a root with what the checkpoint of its size says, if there is one.
func (w *walk) root(e Edge) error {
	c, ok := w.since[e.Size]
	if !ok {
		return nil
	}
	root, err := e.Root()
	if err != nil {
		return err
	}
	if root != c.Root {
		return finding(-1, "rewritten: the first %d entries are not those of the checkpoint", c.Size)
	}
	return nil
}

// IsFinding returns the finding in err, if there is one.
func IsFinding(err error) (*Finding, bool) {
	var f *Finding
	ok := errors.As(err, &f)
	return f, ok
}
