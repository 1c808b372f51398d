package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
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
	posts  list    // node -> sequences, the lightest first
	comps  []uint32
	weight []uint16 // of the whole sequence, 1/100, beside postings

	subjectOf []uint32 // name -> subject
	ordinalOf []uint32 // name -> its number within the subject
	ids       strs     // subject -> id
	payloads  strs     // of an opened file
	loose     [][]byte // of a built segment, as they were given
	sums      []uint8  // checksums of payloads in an opened file, nil in a built segment
	keys      keyTable
	unread    []uint32 // names that cannot be compared: no word, or too many

	finders finders
	letters firstLetters // not in the file
	beside  adjacent     // not in the file
}

// sequence is a name in comparable form while a segment is built.
type sequence struct {
	kind  name.Kind
	nodes []uint32
	chain []uint8
	tags  []uint8
	names []uint32
}

func (a *sequence) compare(b *sequence) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), slices.Compare(a.nodes, b.nodes), bytes.Compare(a.chain, b.chain), bytes.Compare(a.tags, b.tags))
}

type builder struct {
	seg      *Segment
	tokenIDs map[tokenKey]uint32
	nodeIDs  map[string]uint32
	nodeToks [][]uint32
	seqs     []sequence
	reader   name.Reader
}

type tokenKey struct {
	class   name.Class
	abjad   bool
	surface string
}

// Build makes a segment of subjects. Subjects of one id are refused.
func Build(subjects []Subject) (*Segment, error) {
	b := &builder{seg: &Segment{}, tokenIDs: map[tokenKey]uint32{}, nodeIDs: map[string]uint32{}}
	ids := make([][]byte, 0, len(subjects))
	payloads := make([][]byte, 0, len(subjects))
	seen := make(map[string]bool, len(subjects))
	for i, s := range subjects {
		if seen[s.ID] {
			return nil, fault.New(fault.Invalid, "subject %s is given twice", s.ID)
		}
		seen[s.ID] = true
		ids = append(ids, []byte(s.ID))
		payloads = append(payloads, s.Payload)
		for ordinal, text := range s.Names {
			b.add(uint32(i), uint32(ordinal), text, s.Kinds)
		}
	}
	b.seg.ids, b.seg.loose = makeStrs(ids), payloads
	b.seg.keys = makeKeys(subjects)
	b.order()
	b.postings()
	b.seg.finders = makeFinders(b.seg.tokens)
	b.seg.letters, b.seg.beside = b.seg.firstLetters(), b.seg.adjacentNodes()
	return b.seg, nil
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
	s := sequence{kind: k, names: []uint32{id}}
	for _, p := range r.Positions {
		s.nodes = append(s.nodes, b.node(p.Alts))
		s.chain = append(s.chain, p.Chain)
		s.tags = append(s.tags, uint8(p.Tags))
	}
	b.seqs = append(b.seqs, s)
}

func (b *builder) node(alts []name.Token) uint32 {
	toks := make([]uint32, 0, len(alts))
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
	key := make([]byte, 0, 32)
	for _, id := range toks {
		key = binary.LittleEndian.AppendUint32(key, id)
	}
	id, ok := b.nodeIDs[string(key)]
	if !ok {
		id = uint32(len(b.nodeToks))
		b.nodeIDs[string(key)] = id
		b.nodeToks = append(b.nodeToks, toks)
	}
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
	for i := range b.seqs {
		for j := range b.seqs[i].nodes {
			b.seqs[i].nodes[j] = nodeRank[b.seqs[i].nodes[j]]
		}
	}
	slices.SortStableFunc(b.seqs, func(x, y sequence) int { return x.compare(&y) })
	merged := b.seqs[:0]
	for _, s := range b.seqs {
		if n := len(merged); n > 0 && merged[n-1].compare(&s) == 0 {
			merged[n-1].names = append(merged[n-1].names, s.names...)
			continue
		}
		merged = append(merged, s)
	}
	b.seqs = merged
}

// setNodes makes the nodes of lists of tokens.
func (seg *Segment) setNodes(nodeToks [][]uint32) {
	seg.nodes = make([][]name.Token, len(nodeToks))
	for i, toks := range nodeToks {
		if len(toks) == 1 {
			seg.nodes[i] = seg.tokens[toks[0] : toks[0]+1 : toks[0]+1]
			continue
		}
		for _, t := range toks {
			seg.nodes[i] = append(seg.nodes[i], seg.tokens[t])
		}
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
