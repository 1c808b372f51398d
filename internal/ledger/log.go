package ledger

import (
	"context"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/fault"
	"interdict/internal/vault"
)

// Entry is one stored event. All but Leaf and Nodes follows from Leaf and is
// stored to be found by.
type Entry struct {
	Index   int64
	Stream  string
	Version int64
	Command string // with the first event of a command, else ""
	Body    []byte // hash of the sealed body
	Leaf    []byte // the envelope
	Nodes   []byte // the tree hashes that this entry completes, its own first
}

// Head is how a ledger stands, read in one instant.
type Head struct {
	Size       int64
	Edge       []byte
	Checkpoint []byte // signed
	Last       int64  // the highest index stored, -1 if none
}

// Stored is a sealed thing as read back, with the digest stored beside it.
type Stored struct {
	vault.Sealed
	Digest []byte
	Size   int64 // entries of the ledger in the instant in which all sealed was read
}

// Log is a ledger that can be read. Every method may be called from many
// goroutines, while others append.
type Log interface {
	// Head returns the head; NotFound if there is no ledger.
	Head(ctx context.Context) (Head, error)
	// Entry returns the entry of an index; NotFound if there is none.
	Entry(ctx context.Context, index int64) (Entry, error)
	// Entries yields what is stored with an index of at least from and below end,
	// in order, and ends with the first error. The bytes of an entry are valid
	// until the next.
	Entries(ctx context.Context, from, end int64) iter.Seq2[Entry, error]
	// Sealed yields everything sealed, in no order, as of one instant, and ends
	// with the first error. The bytes are valid until the next.
	Sealed(ctx context.Context) iter.Seq2[Stored, error]
}

// nodes reads tree hashes from the entries that completed them.
type nodes struct {
	ctx context.Context
	log Log
}

func (r nodes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, 0, len(indexes))
	for _, i := range indexes {
		level, n := tlog.SplitStoredHashIndex(i)
		at := (n+1)<<level - 1
		e, err := r.log.Entry(r.ctx, at)
		if err != nil {
			return nil, err
		}
		all := ReadNodes(e.Nodes)
		if level >= len(all) {
			return nil, fault.New(fault.Corrupt, "entry %d has %d tree hashes, and not that of level %d", at, len(all), level)
		}
		out = append(out, all[level])
	}
	return out, nil
}

// Prove returns the receipt of an entry under the present checkpoint, checked.
// An index that is not there is NotFound.
func Prove(ctx context.Context, log Log, v note.Verifier, index int64) (Receipt, error) {
	h, c, err := headOf(ctx, log, v)
	if err != nil {
		return Receipt{}, err
	}
	if index < 0 || index >= c.Size {
		return Receipt{}, fault.New(fault.NotFound, "entry %d: the ledger has %d", index, c.Size)
	}
	e, err := log.Entry(ctx, index)
	if err != nil {
		return Receipt{}, fmt.Errorf("proving entry %d: %w", index, err)
	}
	proof, err := tlog.ProveRecord(c.Size, index, nodes{ctx, log})
	if err != nil {
		return Receipt{}, fmt.Errorf("proving entry %d: %w", index, err)
	}
	if err := tlog.CheckRecord(proof, c.Size, c.Root, index, tlog.RecordHash(e.Leaf)); err != nil {
		return Receipt{}, fault.As(fault.Corrupt, fmt.Errorf("proving entry %d: %w", index, err))
	}
	return Receipt{Index: index, Leaf: e.Leaf, Proof: proof, Checkpoint: h.Checkpoint}, nil
}

// ProveConsistency proves that the ledger of old entries is the beginning of
// that of size entries.
func ProveConsistency(ctx context.Context, log Log, old, size int64) (tlog.TreeProof, error) {
	if old < 1 || old > size {
		return nil, fault.New(fault.Invalid, "no consistency between %d and %d entries", old, size)
	}
	proof, err := tlog.ProveTree(size, old, nodes{ctx, log})
	if err != nil {
		return nil, fmt.Errorf("proving consistency of %d and %d entries: %w", old, size, err)
	}
	return proof, nil
}

// CheckConsistency returns an Invalid error unless the proof shows that the
// ledger of the old checkpoint is the beginning of that of the new one. It
// needs no ledger.
func CheckConsistency(old, now Checkpoint, proof tlog.TreeProof) error {
	err := tlog.CheckTree(proof, now.Size, now.Root, old.Size, old.Root)
	if old.Origin != now.Origin {
		err = fmt.Errorf("they are of %s and of %s", old.Origin, now.Origin)
	}
	if err != nil {
		return fault.As(fault.Invalid, fmt.Errorf("checkpoints of %d and %d entries: %w", old.Size, now.Size, err))
	}
	return nil
}

// headOf reads the head and checks that it is whole and signed.
func headOf(ctx context.Context, log Log, v note.Verifier) (Head, Checkpoint, error) {
	h, err := log.Head(ctx)
	if err != nil {
		return h, Checkpoint{}, err
	}
	c, err := CheckHead(h, v)
	return h, c, err
}

// CheckHead returns the checkpoint of a head whose parts agree and whose
// signature holds; anything else is Corrupt.
func CheckHead(h Head, v note.Verifier) (Checkpoint, error) {
	c, err := OpenCheckpoint(h.Checkpoint, v)
	if err != nil {
		return c, fault.As(fault.Corrupt, fmt.Errorf("head of the ledger: %w", err))
	}
	edge, err := ReadEdge(h.Size, h.Edge)
	if err != nil {
		return c, fmt.Errorf("head of the ledger: %w", err)
	}
	root, err := edge.Root()
	if err != nil {
		return c, fmt.Errorf("head of the ledger: %w", err)
	}
	if c.Size != h.Size || c.Root != root {
		return c, fault.New(fault.Corrupt, "head of the ledger: %d entries under %s, but the checkpoint says %d under %s", h.Size, root, c.Size, c.Root)
	}
	return c, nil
}
