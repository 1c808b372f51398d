package ledger

import (
	"bytes"
	"context"
	"fmt"
	"math"

	"golang.org/x/mod/sumdb/tlog"

	"interdict/internal/event"
)

// pieceSize is how many entries are read and hashed by one goroutine: a power of
// two, so that every piece but the last is a whole subtree.
const pieceSize = 1 << 12

// piece is a run of entries of which everything was checked that can be without
// the entries before.
type piece struct {
	first int64
	done  []read
	edge  Edge   // of these entries alone
	kept  []Edge // as it was at the sizes of kept checkpoints
	above []byte // hashes that the last entry of a whole piece completes above it
	named count  // what the events say is sealed

	// What was found wrong with the entry after those that are done.
	err     error
	strange bool      // it has not its hash
	leaf    tlog.Hash // but this one
}

// read is what the entries after an entry must agree with.
type read struct {
	event.Envelope
	column string // command column
}

// read returns the piece from first up to and without end.
func (w *walk) read(ctx context.Context, first, end int64) piece {
	p := piece{first: first}
	from := first
	if from == 0 {
		from = math.MinInt64 // an index below 0 is found too
	}
	for e, err := range w.log.Entries(ctx, from, end) {
		if err != nil {
			p.err = fmt.Errorf("reading entry %d: %w", first+p.edge.Size, err)
			return p
		}
		if p.err = w.take(&p, e); p.err != nil || p.strange {
			return p
		}
	}
	if next := first + p.edge.Size; next < end {
		p.err = finding(next, "it is missing: the checkpoint says %d entries", w.end)
	}
	return p
}

// take checks one entry and takes it into the piece.
func (w *walk) take(p *piece, e Entry) error {
	index := p.first + p.edge.Size
	if e.Index < 0 {
		return finding(e.Index, "it stands before the beginning")
	}
	if e.Index != index {
		return finding(index, "it is missing: the next one stored is %d", e.Index)
	}
	leaf := tlog.RecordHash(e.Leaf)
	if !bytes.HasPrefix(e.Nodes, leaf[:]) {
		p.strange, p.leaf = true, leaf
		return nil
	}
	env, err := event.Decode(e.Leaf)
	if err != nil {
		return finding(index, "altered: %v", err)
	}
	if e.Stream != env.Stream || e.Version != int64(env.Version) || !bytes.Equal(e.Body, env.Body[:]) {
		return finding(index, "altered: a column beside the event does not say what the event says")
	}
	edge, nodes := p.edge.push(leaf)
	size := len(nodes) * tlog.HashSize
	if len(e.Nodes) < size || !bytes.Equal(e.Nodes[:size], WriteNodes(nodes)) {
		return finding(index, "altered or reordered: the stored hashes of the entries up to it are not theirs")
	}
	if edge.Size == pieceSize {
		p.above = bytes.Clone(e.Nodes[size:])
	} else if len(e.Nodes) > size {
		return finding(index, "altered: it has tree hashes too many")
	}
	if _, ok := w.since[index+1]; ok {
		p.kept = append(p.kept, edge)
	}
	w.name(&p.named, env)
	p.edge, p.done = edge, append(p.done, read{env, e.Command})
	return nil
}
