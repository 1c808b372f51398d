package index

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"unsafe"

	"interdict/internal/fault"
	"interdict/internal/name"
)

// The file of a segment: a header, then sections of little-endian fixed-width
// arrays, each at a multiple of 64 bytes, in a fixed order.
//
//	magic 8 | version u32 | sections u32 | profile 16 | snapshot 32 |
//	section table: offset u64, length u64, SHA-256 32 | SHA-256 of all before
const (
	fileMagic   = "ITDINDEX"
	fileVersion = 7
	alignment   = 64
	headSize    = 8 + 4 + 4 + 16 + 32
	entrySize   = 8 + 8 + 32
)

// Head is what a file says of itself.
type Head struct {
	Profile  string // match.Profile of the analysis inside, at most 16 bytes
	Snapshot string // id of the register snapshot, at most 32 bytes
}

// sections lists the arrays of a segment in file order. The payloads come last
// and are checked one by one as they are read, so that opening stays quick.
func (seg *Segment) sections(f *flat) []any {
	return []any{
		&f.class, &f.weight, &f.surface.start, &f.surface.bytes, &f.fold.start, &f.fold.bytes, &f.skeleton.start, &f.skeleton.bytes,
		&f.nodes.start, &f.nodes.item,
		&seg.seqs.start, &seg.seqs.item, &seg.chains, &seg.tags, &seg.kinds, &seg.owners.start, &seg.owners.item,
		&seg.posts.start, &seg.posts.seqs, &seg.posts.looks, &seg.subjectOf, &seg.ordinalOf, &seg.unread,
		&seg.ids.start, &seg.ids.bytes, &seg.keys.keys.start, &seg.keys.keys.bytes, &seg.keys.subject,
		&seg.finders.exact.start, &seg.finders.exact.item, &seg.finders.folds.start, &seg.finders.folds.item,
		&seg.finders.bones.start, &seg.finders.bones.item, &seg.finders.abjad.start, &seg.finders.abjad.item,
		&seg.finders.folds.sieve, &seg.finders.bones.sieve, &seg.finders.abjad.sieve,
		&seg.finders.letters.start, &seg.finders.letters.item, &seg.finders.senses.start, &seg.finders.senses.item,
		&seg.payloads.start, &f.sums, &seg.payloads.bytes,
	}
}

// flat is the part of a segment that memory holds in another shape.
type flat struct {
	class, weight           []uint8
	surface, fold, skeleton strs
	nodes                   list
	sums                    []uint8 // first 8 bytes of the SHA-256 of each payload
}

const abjadBit = 0x80

// littleEndian says that arrays in a file can be used where they lie.
var littleEndian = func() bool {
	v := uint16(1)
	return *(*byte)(unsafe.Pointer(&v)) == 1
}()

// place points a slice at the bytes of its section, or copies them where the
// machine's byte order or the alignment does not allow that.
func place(slice any, b []byte) error {
	switch s := slice.(type) {
	case *[]uint8:
		*s = b
	case *[]uint16:
		return view(s, b, 2, binary.LittleEndian.Uint16)
	case *[]uint32:
		return view(s, b, 4, binary.LittleEndian.Uint32)
	case *[]uint64:
		return view(s, b, 8, binary.LittleEndian.Uint64)
	}
	return nil
}

func view[T any](s *[]T, b []byte, size int, get func([]byte) T) error {
	if len(b)%size != 0 {
		return errShape
	}
	n := len(b) / size
	if n == 0 {
		*s = nil
		return nil
	}
	if littleEndian && uintptr(unsafe.Pointer(&b[0]))%uintptr(size) == 0 {
		*s = unsafe.Slice((*T)(unsafe.Pointer(&b[0])), n)
		return nil
	}
	*s = make([]T, n)
	for i := range *s {
		(*s)[i] = get(b[i*size:])
	}
	return nil
}

var errShape = fault.New(fault.Corrupt, "the arrays of the index do not fit each other")

// Open reads a segment out of the bytes of its file, which must stay unchanged
// and mapped as long as the segment is in use. What is damaged is refused with
// a Corrupt error: checksums first, then every offset and id.
func Open(b []byte) (*Segment, Head, error) {
	h, table, err := openHead(b)
	if err != nil {
		return nil, h, err
	}
	seg, f := &Segment{}, &flat{}
	sections := seg.sections(f)
	if len(table) != len(sections)*entrySize {
		return nil, h, fault.New(fault.Corrupt, "the index has %d sections, not %d", len(table)/entrySize, len(sections))
	}
	for i, s := range sections {
		e := table[i*entrySize:]
		offset, length := binary.LittleEndian.Uint64(e), binary.LittleEndian.Uint64(e[8:])
		if offset > uint64(len(b)) || length > uint64(len(b))-offset {
			return nil, h, fault.New(fault.Corrupt, "section %d of the index lies outside the file", i)
		}
		data := b[offset : offset+length]
		if i < len(sections)-1 {
			if sum := sha256.Sum256(data); !bytes.Equal(sum[:], e[16:16+sha256.Size]) {
				return nil, h, fault.New(fault.Corrupt, "section %d of the index is damaged", i)
			}
		}
		if err := place(s, data); err != nil {
			return nil, h, err
		}
	}
	if err := seg.restore(f); err != nil {
		return nil, h, err
	}
	return seg, h, nil
}

func openHead(b []byte) (h Head, table []byte, err error) {
	if len(b) < headSize || string(b[:8]) != fileMagic {
		return h, nil, fault.New(fault.Corrupt, "not an index file")
	}
	if v := binary.LittleEndian.Uint32(b[8:]); v != fileVersion {
		return h, nil, fault.New(fault.Corrupt, "index file of version %d; this program reads version %d", v, fileVersion)
	}
	n := uint64(binary.LittleEndian.Uint32(b[12:])) * entrySize
	if uint64(len(b)) < headSize+n+sha256.Size {
		return h, nil, fault.New(fault.Corrupt, "the index file is cut off")
	}
	end := headSize + int(n)
	if sum := sha256.Sum256(b[:end]); !bytes.Equal(sum[:], b[end:end+sha256.Size]) {
		return h, nil, fault.New(fault.Corrupt, "the head of the index file is damaged")
	}
	h.Profile = string(bytes.TrimRight(b[16:32], "\x00"))
	h.Snapshot = string(bytes.TrimRight(b[32:64], "\x00"))
	return h, b[headSize:end], nil
}

// restore checks every offset and id, and makes the tokens.
func (seg *Segment) restore(f *flat) error {
	if err := seg.check(f); err != nil {
		return err
	}
	seg.tokens = make([]name.Token, len(f.class))
	for i := range seg.tokens {
		n := uint32(i)
		seg.tokens[i] = name.Restore(name.Class(f.class[i]&^abjadBit), f.class[i]&abjadBit != 0, f.weight[i],
			text(f.surface.of(n)), text(f.fold.of(n)), text(f.skeleton.of(n)))
	}
	toks := make([][]uint32, f.nodes.len())
	for i := range toks {
		toks[i] = f.nodes.of(uint32(i))
	}
	seg.setNodes(toks)
	seg.finders.remember(seg.tokens)
	seg.letters, seg.beside = seg.firstLetters(), seg.adjacentNodes()
	seg.sums = f.sums
	return nil
}

// text is a string over mapped bytes.
func text(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return unsafe.String(&b[0], len(b))
}

// stored is what was stored with the subject, unchecked.
func (seg *Segment) stored(subject uint32) []byte {
	if seg.loose != nil {
		return seg.loose[subject]
	}
	return seg.payloads.of(subject)
}

// payload returns what was stored with the subject, or an error if its bytes
// are not what was written.
func (seg *Segment) payload(subject uint32) ([]byte, error) {
	b := seg.stored(subject)
	if seg.sums != nil {
		if sum := sha256.Sum256(b); !bytes.Equal(sum[:8], seg.sums[8*subject:8*subject+8]) {
			return nil, fault.New(fault.Corrupt, "the stored record of subject %s is damaged (checksum %s)", seg.ids.of(subject), hex.EncodeToString(sum[:8]))
		}
	}
	return b, nil
}
