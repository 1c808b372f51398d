package ledger

import (
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/fault"
)

// Edge is the right edge of a tree of Size entries: the roots of its complete
// subtrees, the largest first. It is all that appending needs to know.
type Edge struct {
	Size   int64
	hashes []tlog.Hash
}

// ReadEdge reads what Bytes wrote for a tree of size entries; a number of
// hashes that does not fit the size is Corrupt.
func ReadEdge(size int64, b []byte) (Edge, error) {
	if size < 0 || len(b) != bits.OnesCount64(uint64(size))*tlog.HashSize {
		return Edge{}, fault.New(fault.Corrupt, "the edge of a tree of %d entries has %d bytes", size, len(b))
	}
	return Edge{Size: size, hashes: ReadNodes(b)}, nil
}

// ReadNodes cuts b into hashes; bytes left over are dropped, so check len(b).
func ReadNodes(b []byte) []tlog.Hash {
	all := make([]tlog.Hash, 0, len(b)/tlog.HashSize)
	for ; len(b) >= tlog.HashSize; b = b[tlog.HashSize:] {
		all = append(all, tlog.Hash(b[:tlog.HashSize]))
	}
	return all
}

// WriteNodes is the inverse of ReadNodes.
func WriteNodes(all []tlog.Hash) []byte {
	b := make([]byte, 0, len(all)*tlog.HashSize)
	for _, h := range all {
		b = append(b, h[:]...)
	}
	return b
}

// Bytes returns the hashes of the edge one after another.
func (e Edge) Bytes() []byte { return WriteNodes(e.hashes) }

// ReadHashes makes the edge a tlog.HashReader for just the hashes that it holds.
func (e Edge) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, 0, len(indexes))
	for _, i := range indexes {
		level, n := tlog.SplitStoredHashIndex(i)
		rest := e.Size >> level
		if rest&1 == 0 || n != rest-1 {
			return nil, fault.New(fault.Internal, "hash %d of level %d is not on the edge of %d entries", n, level, e.Size)
		}
		out = append(out, e.hashes[bits.OnesCount64(uint64(rest>>1))])
	}
	return out, nil
}

// Append returns the edge after one more leaf, and the hashes to be stored with
// it: the leaf's own, then that of each subtree which it completes.
func (e Edge) Append(leaf []byte) (Edge, []tlog.Hash) { return e.push(tlog.RecordHash(leaf)) }

// push appends a leaf, or the root of a subtree, by its hash.
func (e Edge) push(h tlog.Hash) (Edge, []tlog.Hash) {
	nodes := []tlog.Hash{h}
	left := len(e.hashes)
	for size := e.Size; size&1 == 1; size >>= 1 {
		left--
		h = tlog.NodeHash(e.hashes[left], h)
		nodes = append(nodes, h)
	}
	hashes := append(slices.Clone(e.hashes[:left]), h)
	return Edge{Size: e.Size + 1, hashes: hashes}, nodes
}

// Root returns the root of the whole tree.
func (e Edge) Root() (tlog.Hash, error) { return tlog.TreeHash(e.Size, e) }
