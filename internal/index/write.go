package index

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"unsafe"

	"interdict/internal/fault"
)

func (seg *Segment) flatten() *flat {
	f := &flat{}
	var surfaces, folds, skeletons [][]byte
	ids := make(map[tokenKey]uint32, len(seg.tokens))
	for i, t := range seg.tokens {
		c := uint8(t.Class)
		if t.Abjad {
			c |= abjadBit
		}
		f.class = append(f.class, c)
		f.weight = append(f.weight, t.Weight)
		surfaces = append(surfaces, []byte(t.Surface))
		folds = append(folds, []byte(t.Fold))
		skeletons = append(skeletons, []byte(t.Skeleton))
		ids[tokenKey{t.Class, t.Abjad, t.Surface}] = uint32(i)
	}
	f.surface, f.fold, f.skeleton = makeStrs(surfaces), makeStrs(folds), makeStrs(skeletons)
	f.nodes.start = append(f.nodes.start, 0)
	for _, alts := range seg.nodes {
		for _, t := range alts {
			f.nodes.item = append(f.nodes.item, ids[tokenKey{t.Class, t.Abjad, t.Surface}])
		}
		f.nodes.start = append(f.nodes.start, uint32(len(f.nodes.item)))
	}
	for i := range uint32(seg.ids.len()) {
		sum := sha256.Sum256(seg.stored(i))
		f.sums = append(f.sums, sum[:8]...)
	}
	return f
}

// Write writes the segment: the same segment and head, the same bytes.
func (seg *Segment) Write(w io.Writer, h Head) error {
	if len(h.Profile) > 16 || len(h.Snapshot) > 32 {
		return fault.New(fault.Invalid, "profile %q or snapshot %q is too long for an index file", h.Profile, h.Snapshot)
	}
	f, starts, size := seg.flatten(), []uint32{0}, uint64(0)
	for i := range uint32(seg.ids.len()) {
		if size += uint64(len(seg.stored(i))); size > math.MaxUint32 {
			return fault.New(fault.Invalid, "the records of the subjects are larger than the 4 GB that an index file holds")
		}
		starts = append(starts, uint32(size))
	}
	sections := seg.sections(f)
	sections = sections[:len(sections)-1] // the payloads are written one by one
	sections[len(sections)-2] = &starts
	count := len(sections) + 1
	head := make([]byte, headSize, headSize+count*entrySize+sha256.Size)
	copy(head, fileMagic)
	binary.LittleEndian.PutUint32(head[8:], fileVersion)
	binary.LittleEndian.PutUint32(head[12:], uint32(count))
	copy(head[16:], h.Profile)
	copy(head[32:], h.Snapshot)
	offset := aligned(cap(head))
	entry := func(length int, sum [sha256.Size]byte) {
		head = binary.LittleEndian.AppendUint64(head, uint64(offset))
		head = binary.LittleEndian.AppendUint64(head, uint64(length))
		head = append(head, sum[:]...)
		offset = aligned(offset + length)
	}
	for _, s := range sections {
		b := rawBytes(s)
		entry(len(b), sha256.Sum256(b))
	}
	entry(int(starts[len(starts)-1]), [sha256.Size]byte{})
	sum := sha256.Sum256(head)
	head = append(head, sum[:]...)
	if err := writeAligned(w, append([]any{&head}, sections...)); err != nil {
		return err
	}
	return seg.writePayloads(w, int(starts[len(starts)-1]))
}

func (seg *Segment) writePayloads(w io.Writer, size int) error {
	for i := range uint32(seg.ids.len()) {
		if _, err := w.Write(seg.stored(i)); err != nil {
			return fmt.Errorf("writing an index: %w", err)
		}
	}
	if _, err := w.Write(make([]byte, aligned(size)-size)); err != nil {
		return fmt.Errorf("writing an index: %w", err)
	}
	return nil
}

func writeAligned(w io.Writer, sections []any) error {
	var pad [alignment]byte
	for _, s := range sections {
		b := rawBytes(s)
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("writing an index: %w", err)
		}
		if n := aligned(len(b)) - len(b); n > 0 {
			if _, err := w.Write(pad[:n]); err != nil {
				return fmt.Errorf("writing an index: %w", err)
			}
		}
	}
	return nil
}

func aligned(n int) int { return (n + alignment - 1) / alignment * alignment }

// rawBytes is the array behind a pointer to a slice, as little-endian bytes,
// where it lies if the machine writes numbers so.
func rawBytes(slice any) []byte {
	switch s := slice.(type) {
	case *[]uint8:
		return *s
	case *[]uint16:
		return encode(*s, 2, binary.LittleEndian.AppendUint16)
	case *[]uint32:
		return encode(*s, 4, binary.LittleEndian.AppendUint32)
	case *[]uint64:
		return encode(*s, 8, binary.LittleEndian.AppendUint64)
	}
	panic(fmt.Sprintf("index: no section type %T", slice))
}

func encode[T any](items []T, size int, add func([]byte, T) []byte) []byte {
	if littleEndian && len(items) > 0 {
		return unsafe.Slice((*byte)(unsafe.Pointer(&items[0])), size*len(items))
	}
	b := make([]byte, 0, size*len(items))
	for _, v := range items {
		b = add(b, v)
	}
	return b
}
