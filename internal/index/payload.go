package index

import (
	"bytes"
	"slices"

	"interdict/internal/fault"
)

// Payload returns what was stored with the living subject of this id; the
// error is NotFound or Corrupt.
func (ix *Index) Payload(id string) ([]byte, error) {
	key := []byte(id)
	for _, p := range ix.parts {
		all := p.byID()
		at, ok := slices.BinarySearchFunc(all, key, func(i uint32, key []byte) int { return bytes.Compare(p.seg.ids.of(i), key) })
		if ok && !p.dead[all[at]] {
			return p.seg.payload(all[at])
		}
	}
	return nil, fault.New(fault.NotFound, "no subject %s", id)
}

// byID are the subjects in the order of their ids.
func (seg *Segment) byID() []uint32 {
	out := make([]uint32, seg.ids.len())
	for i := range out {
		out[i] = uint32(i)
	}
	slices.SortFunc(out, func(a, b uint32) int { return bytes.Compare(seg.ids.of(a), seg.ids.of(b)) })
	return out
}
