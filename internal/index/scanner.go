package index

import (
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

// scanner is the scratch memory of scanning texts with one segment.
type scanner struct {
	*searcher
	reader   name.Reader
	theta    int // that known was made for
	anchored anchors
	known    [2][]*[]uint32 // by kind, word of the reader -> nodes that it is related to
	marks    [][]uint32     // position -> nodes of its word, sorted
	last     []uint32       // node -> base + last position related to it
	base     uint32
	near     []int // positions of a window that are related to a sequence
}

func newScanner(seg *Segment, anchored anchors) *scanner {
	return &scanner{searcher: newSearcher(seg), anchored: anchored, last: make([]uint32, len(seg.nodes)), base: 2 * name.MaxPositions}
}

// refresh forgets words when the reader does, or when the threshold changes.
func (s *scanner) refresh(theta int) {
	if s.reader.Forgets() || s.theta != theta {
		s.known = [2][]*[]uint32{}
		s.theta = theta
	}
}

// scan calls yield for the spans of the stream that score at least theta
// against a sequence of the kind and start and end with a matched word; some
// of them several times.
func (s *scanner) scan(block string, stream []name.Position, kind name.Kind, theta int, yield func(span)) {
	s.mark(stream, kind, theta)
	// The anchors of a position are looked at when its window has been seen.
	for t := range len(stream) + name.MaxPositions {
		if t < len(stream) {
			for _, n := range s.marks[t] {
				s.last[n] = s.base + uint32(t)
			}
		}
		if p := t - name.MaxPositions; p >= 0 {
			s.anchors(block, stream, p, kind, theta, yield)
		}
	}
	s.advance(len(stream))
}

// advance makes every position so far older than any window.
func (s *scanner) advance(n int) {
	step := uint32(n + 3*name.MaxPositions)
	if s.base > ^uint32(0)-2*step {
		clear(s.last)
		s.base = 2 * name.MaxPositions
		return
	}
	s.base += step
}

// mark finds the nodes that each position of the stream is related to.
func (s *scanner) mark(stream []name.Position, kind name.Kind, theta int) {
	s.marks = slices.Grow(s.marks[:0], len(stream))[:len(stream)]
	for i := range stream {
		s.marks[i] = s.nodesOf(stream[i:i+1], kind, theta)
	}
	for i := range len(stream) - 1 {
		if !s.mayJoin(&stream[i], &stream[i+1]) {
			continue
		}
		if nodes := s.pairNodes(stream[i:i+2], theta); len(nodes) > 0 {
			s.marks[i] = union(s.marks[i], nodes)
			s.marks[i+1] = union(s.marks[i+1], nodes)
		}
	}
}

// nodesOf is wordNodes with a memory of the reader's words.
func (s *scanner) nodesOf(word []name.Position, kind name.Kind, theta int) []uint32 {
	w := int(word[0].Word)
	if w == 0 {
		return s.wordNodes(word, theta)
	}
	known := s.known[kind]
	if w >= len(known) {
		known = append(known, make([]*[]uint32, w+256-len(known))...)
		s.known[kind] = known
	}
	if known[w] == nil {
		nodes := s.wordNodes(word, theta)
		known[w] = &nodes
	}
	return *known[w]
}

// mayJoin reports whether two adjacent words may be one word of the dictionary.
func (s *scanner) mayJoin(a, b *name.Position) bool {
	for x := range min(len(a.Alts), match.JoinAlternatives) {
		for y := range min(len(b.Alts), match.JoinAlternatives) {
			if s.seg.finders.joins.may(a.Alts[x].Fold, b.Alts[y].Fold) {
				return true
			}
		}
	}
	return false
}

func (s *scanner) wordNodes(word []name.Position, theta int) []uint32 {
	s.begin(word, 0, theta, match.MentionCosts)
	for a := range word[0].Alts {
		s.single(0, &word[0].Alts[a])
	}
	s.split(0)
	return s.edgeNodes()
}

func (s *scanner) pairNodes(pair []name.Position, theta int) []uint32 {
	s.begin(pair, 0, theta, match.MentionCosts)
	s.joined(0)
	return s.edgeNodes()
}

// edgeNodes are the nodes of the edges collected last, sorted.
func (s *scanner) edgeNodes() []uint32 {
	if len(s.edges) == 0 {
		return nil
	}
	nodes := make([]uint32, 0, len(s.edges))
	for _, e := range s.edges {
		nodes = append(nodes, e.node)
	}
	slices.Sort(nodes)
	return slices.Compact(nodes)
}

func union(a, b []uint32) []uint32 {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

// anchors looks at the sequences anchored at the nodes of position p.
func (s *scanner) anchors(block string, stream []name.Position, p int, kind name.Kind, theta int, yield func(span)) {
	oldest := s.base + uint32(p) - name.MaxPositions
	for _, n := range s.marks[p] {
		for k := s.anchored.start[n]; k < s.anchored.start[n+1]; k++ {
			if o := s.anchored.other[k]; o != none && s.last[o] <= oldest {
				continue
			}
			q := s.anchored.item[k]
			if name.Kind(s.seg.kinds[q]) == kind && s.covered(q, p, theta) {
				s.around(block, stream, p, q, theta, yield)
			}
		}
	}
}

// covered reports whether enough of a sequence's weight has been seen in the
// window of position p: a mention covers at least theta of it.
func (s *scanner) covered(q uint32, p, theta int) bool {
	nodes := s.seg.seqs.of(q)
	total, seen := 0, 0
	for _, n := range nodes {
		w := int(s.seg.heavy[n])
		total += w
		if s.last[n]+name.MaxPositions > s.base+uint32(p) {
			seen += w
		}
	}
	return 1000*seen >= theta*total
}

// around scores the spans about position p that start and end with a word
// related to the sequence.
func (s *scanner) around(block string, stream []name.Position, p int, q uint32, theta int, yield func(span)) {
	s.pair = s.seg.positions(q, s.pair[:0])
	most := s.seg.longestSpan(q, theta)
	s.near = s.near[:0]
	for i := max(0, p-most+1); i < min(len(stream), p+most); i++ {
		if s.relates(i, q) {
			s.near = append(s.near, i)
		}
	}
	for _, from := range s.near {
		if from > p {
			break
		}
		for _, to := range s.near {
			if to < p || to-from >= most {
				continue
			}
			s.try(block, stream, from, to, q, theta, yield)
		}
	}
}

// try scores one span. Names with fewer than two distinctive words are in
// every text by chance: they count only when they are spelt as listed, or in a
// customary variant, and printed as a name.
func (s *scanner) try(block string, stream []name.Position, from, to int, q uint32, theta int, yield func(span)) {
	costs := match.MentionCosts
	if short(s.pair) || short(stream[from:to+1]) {
		costs.Floor = floorOf(s.pair)
		if !printedAsName(block, stream[from:to+1]) {
			return
		}
	}
	if r, ok := s.scorer.Score(stream[from:to+1], s.pair, costs, theta); ok {
		yield(span{hit{q, r}, from, to})
	}
}

func (s *scanner) relates(i int, q uint32) bool {
	for _, n := range s.seg.seqs.of(q) {
		if _, ok := slices.BinarySearch(s.marks[i], n); ok {
			return true
		}
	}
	return false
}

// exhaustive scores every span that can be a mention against every sequence.
func (s *scanner) exhaustive(block string, stream []name.Position, kind name.Kind, theta int, yield func(span)) {
	for q := range uint32(s.seg.seqs.len()) {
		if name.Kind(s.seg.kinds[q]) != kind {
			continue
		}
		s.pair = s.seg.positions(q, s.pair[:0])
		most := s.seg.longestSpan(q, theta)
		for from := range stream {
			for to := from; to < min(len(stream), from+most); to++ {
				s.try(block, stream, from, to, q, theta, yield)
			}
		}
	}
}
