package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"iter"
	"math"
	"slices"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/name"
)

// none marks an absent id.
const none = ^uint32(0)

// Segment is an immutable part of an index.
type Segment struct {
	tokens []name.Token   // sorted by class, surface, abjad
	nodes  [][]name.Token // distinct positions: readings of one word, in order
	nodeOf list           // token -> nodes that hold it
	heavy  []uint8        // node -> weight, 1/100

	seqs   list    // distinct names -> nodes in order
	chains []uint8 // beside seqs: nasab chain of each position
	tags   []uint8 // beside seqs: tags of each position
	kinds  []uint8 // name.Kind of each sequence
	owners list    // sequence -> names
	posts  postings

	subjectOf []uint32 // name -> subject
	ordinalOf []uint32 // name -> its number within the subject
	ids       strs     // subject -> id
	payloads  strs     // of an opened file
	loose     [][]byte // of a built segment, as they were given
	sums      []uint8  // checksums of payloads in an opened file, nil in a built segment
	keys      keyTable
	unread    []uint32 // names that cannot be compared: no word, or too many

	finders finders
	letters []letterSet // node -> what its words begin with; not in the file
	beside  adjacent    // not in the file
}

// sequence is a name in comparable form while a segment is built: a run of the
// builder's positions.
type sequence struct {
	from, name uint32
	words      uint8
	kind       name.Kind
}

type builder struct {
	seg      *Segment
	tokenIDs map[tokenKey]uint32
	nodeIDs  map[string]uint32
	nodeToks [][]uint32
	seqs     []sequence
	nodes    []uint32 // of all sequences, one after the other
	chains   []uint8
	tags     []uint8
	reader   name.Reader
	toks     []uint32
	key      []byte
}

// compare orders sequences by what they say, those that say the same by name.
func (b *builder) compare(x, y sequence) int {
	fx, tx := x.from, x.from+uint32(x.words)
	fy, ty := y.from, y.from+uint32(y.words)
	return cmp.Or(cmp.Compare(x.kind, y.kind), slices.Compare(b.nodes[fx:tx], b.nodes[fy:ty]), bytes.Compare(b.chains[fx:tx], b.chains[fy:ty]),
		bytes.Compare(b.tags[fx:tx], b.tags[fy:ty]))
}

type tokenKey struct {
	class   name.Class
	abjad   bool
	surface string
}

// Build makes a segment of subjects. Subjects of one id are refused.
func Build(subjects []Subject) (*Segment, error) { return BuildOf(slices.Values(subjects)) }

// ofSubject is more than one subject adds to any array, so that the numbers of an
// index are never exceeded.
const ofSubject = 1 << 20

// BuildOf is Build of subjects that come one by one. What a subject says is not
// kept, but its payload is.
func BuildOf(subjects iter.Seq[Subject]) (*Segment, error) {
	b := &builder{seg: &Segment{}, tokenIDs: map[tokenKey]uint32{}, nodeIDs: map[string]uint32{}}
	seg := b.seg
	var keys []keyed
	seg.ids.start = []uint32{0}
	for s := range subjects {
		id := uint32(len(seg.loose))
		seg.ids.bytes = append(seg.ids.bytes, s.ID...)
		seg.ids.start = append(seg.ids.start, uint32(len(seg.ids.bytes)))
		seg.loose = append(seg.loose, s.Payload)
		for ordinal, text := range s.Names {
			b.add(id, uint32(ordinal), text, s.Kinds)
		}
		for _, k := range s.Keys {
			if k != "" {
				keys = append(keys, keyed{[]byte(k), id})
			}
		}
		if max(uint64(len(seg.ids.bytes)), uint64(len(b.nodes))) > math.MaxUint32-ofSubject || len(seg.tokens) > mostIDs-ofSubject {
			return nil, fault.New(fault.Invalid, "more names than an index holds: %d subjects fill it", id)
		}
	}
	if err := seg.distinct(); err != nil {
		return nil, err
	}
	seg.keys = makeKeys(keys)
	b.order()
	b.postings()
	seg.finders = makeFinders(seg.tokens)
	seg.beside = seg.adjacentNodes()
	return seg, nil
}

// distinct makes sure that no two subjects have one id.
func (seg *Segment) distinct() error {
	order := seg.byID()
	for i := 1; i < len(order); i++ {
		if id := seg.ids.of(order[i]); bytes.Equal(id, seg.ids.of(order[i-1])) {
			return fault.New(fault.Invalid, "subject %s is given twice", id)
		}
	}
	return nil
}

func (b *builder) add(subject, ordinal uint32, text string, kinds []name.Kind) {
	id := uint32(len(b.seg.subjectOf))
	b.reader.Forgets()
	b.seg.subjectOf = append(b.seg.subjectOf, subject)
	b.seg.ordinalOf = append(b.seg.ordinalOf, ordinal)
	for _, k := range kinds {
		for _, r := range b.reader.Readings(text, k) {
			if n := len(r.Positions); n == 0 || n > name.MaxPositions {
				b.seg.unread = append(b.seg.unread, id)
				return
			}
			b.sequence(id, k, r)
		}
	}
}

func (b *builder) sequence(id uint32, k name.Kind, r name.Reading) {
	b.seqs = append(b.seqs, sequence{from: uint32(len(b.nodes)), name: id, words: uint8(len(r.Positions)), kind: k})
	for _, p := range r.Positions {
		b.nodes = append(b.nodes, b.node(p.Alts))
		b.chains = append(b.chains, p.Chain)
		b.tags = append(b.tags, uint8(p.Tags))
	}
}

func (b *builder) node(alts []name.Token) uint32 {
	toks, key := b.toks[:0], b.key[:0]
	for _, t := range alts {
		k := tokenKey{t.Class, t.Abjad, t.Surface}
		id, ok := b.tokenIDs[k]
		if !ok {
			id = uint32(len(b.seg.tokens))
			t.Surface = strings.Clone(t.Surface)
			b.tokenIDs[k] = id
			b.seg.tokens = append(b.seg.tokens, t)
		}
		toks = append(toks, id)
	}
	for _, id := range toks {
		key = binary.LittleEndian.AppendUint32(key, id)
	}
	id, ok := b.nodeIDs[string(key)]
	if !ok {
		id = uint32(len(b.nodeToks))
		b.nodeIDs[string(key)] = id
		b.nodeToks = append(b.nodeToks, slices.Clone(toks))
	}
	b.toks, b.key = toks, key
	return id
}

// order renumbers tokens, nodes and sequences by their content, so that the
// same subjects give the same bytes.
func (b *builder) order() {
	seg := b.seg
	tokenRank := rank(len(seg.tokens), func(i, j uint32) int {
		x, y := &seg.tokens[i], &seg.tokens[j]
		return cmp.Or(cmp.Compare(x.Class, y.Class), cmp.Compare(x.Surface, y.Surface), compareBool(x.Abjad, y.Abjad))
	})
	seg.tokens = permute(seg.tokens, tokenRank)
	for _, toks := range b.nodeToks {
		for i := range toks {
			toks[i] = tokenRank[toks[i]]
		}
	}
	nodeRank := rank(len(b.nodeToks), func(i, j uint32) int { return slices.Compare(b.nodeToks[i], b.nodeToks[j]) })
	b.nodeToks = permute(b.nodeToks, nodeRank)
	seg.setNodes(b.nodeToks)
	for i, n := range b.nodes {
		b.nodes[i] = nodeRank[n]
	}
	slices.SortFunc(b.seqs, func(x, y sequence) int { return cmp.Or(b.compare(x, y), cmp.Compare(x.from, y.from)) })
}

// setNodes makes the nodes of lists of tokens.
func (seg *Segment) setNodes(nodeToks [][]uint32) {
	several := 0
	for _, toks := range nodeToks {
		if len(toks) > 1 {
			several += len(toks)
		}
	}
	room := make([]name.Token, 0, several)
	seg.nodes = make([][]name.Token, len(nodeToks))
	for i, toks := range nodeToks {
		if len(toks) == 1 {
			seg.nodes[i] = seg.tokens[toks[0] : toks[0]+1 : toks[0]+1]
			continue
		}
		from := len(room)
		for _, t := range toks {
			room = append(room, seg.tokens[t])
		}
		seg.nodes[i] = room[from:len(room):len(room)]
	}
	seg.heavy = make([]uint8, len(nodeToks))
	for i := range seg.nodes {
		seg.heavy[i] = seg.nodes[i][0].Weight
	}
	seg.nodeOf = makeList(len(seg.tokens), func(yield func(k, item uint32)) {
		for i, toks := range nodeToks {
			for _, t := range toks {
				yield(t, uint32(i))
			}
		}
	})
}
