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
	room     []name.Position // that the stream of a block lies in
	theta    int             // of the scan
	anchored *anchored
	known    [2][]*links // by kind, word of the reader

	block  string
	stream []name.Position
	kind   name.Kind
	words  []*links   // of the stream's positions, without edges that no mention has
	joins  [][]uint32 // position -> nodes that it is together with the next one, sorted
	last   []uint32   // node -> base + last position that has to do with it
	done   []uint32   // sequence -> base + last position whose spans were scored
	base   uint32
	near   []int        // positions of a window that have to do with a sequence
	edges  []match.Edge // between the positions near and a sequence
	at     []int        // the position of each edge
}

func newScanner(seg *Segment, anchored *anchored) *scanner {
	return &scanner{
		searcher: newSearcher(seg), anchored: anchored, base: 2 * name.MaxPositions,
		last: make([]uint32, len(seg.nodes)), done: make([]uint32, seg.seqs.len()),
	}
}

// refresh forgets words when the reader does.
func (s *scanner) refresh(theta int) {
	s.theta = theta
	if s.reader.Forgets() {
		s.known = [2][]*links{}
	}
}

// scan calls yield for the spans of the stream that score at least theta
// against a sequence of the kind and start and end with a matched word; some
// of them several times.
func (s *scanner) scan(block string, stream []name.Position, kind name.Kind, yield func(span)) {
	s.block, s.stream, s.kind = block, stream, kind
	s.mark()
	// The anchors of a position are looked at when its window has been seen.
	for t := range len(stream) + name.MaxPositions {
		if t < len(stream) {
			s.see(t)
		}
		if p := t - name.MaxPositions; p >= 0 {
			s.anchors(p, yield)
		}
	}
	s.advance(len(stream))
}

// see notes the nodes that position t has to do with.
func (s *scanner) see(t int) {
	at := s.base + uint32(t)
	for i := range s.words[t].nodes {
		s.last[s.words[t].nodes[i].node] = at
	}
	for _, n := range s.words[t].halves {
		s.last[n] = at
	}
	for _, n := range s.joins[t] {
		s.last[n] = at + 1 // its second word is the next one
	}
}

// advance makes every position so far older than any window.
func (s *scanner) advance(n int) {
	step := uint32(n + 3*name.MaxPositions)
	if s.base > ^uint32(0)-2*step {
		clear(s.last)
		clear(s.done)
		s.base = 2 * name.MaxPositions
		return
	}
	s.base += step
}

// mark finds what the dictionary has for each position of the stream, and for
// each two adjacent ones.
func (s *scanner) mark() {
	n := len(s.stream)
	s.words = slices.Grow(s.words[:0], n)[:n]
	s.joins = slices.Grow(s.joins[:0], n)[:n]
	for i := range s.stream {
		s.words[i] = s.wordOf(&s.stream[i])
		s.joins[i] = nil
		if i > 0 {
			s.joins[i-1] = s.joinsOf(s.stream[i-1].Alts, s.stream[i].Alts)
		}
	}
}

// wordOf is mentioned with a memory of the reader's words.
func (s *scanner) wordOf(p *name.Position) *links {
	w := int(p.Word)
	if w == 0 {
		return s.mentioned(p.Alts)
	}
	known := s.known[s.kind]
	if w >= len(known) {
		known = append(known, make([]*links, w+256-len(known))...)
		s.known[s.kind] = known
	}
	if known[w] == nil {
		known[w] = s.mentioned(p.Alts)
	}
	return known[w]
}

// mentioned are the links of a word, without those that no mention has. What
// an initial stands for is decided where it is scored.
func (s *scanner) mentioned(alts []name.Token) *links {
	l := s.linksOf(alts)
	out := &links{halves: l.halves, initial: l.initial}
	for _, x := range l.nodes {
		if int(x.s) >= match.MentionCosts.Floor && x.rel != match.Letter {
			out.nodes = append(out.nodes, x)
		}
	}
	return out
}

// joinsOf are the nodes that two adjacent words are together, sorted.
func (s *scanner) joinsOf(a, b []name.Token) (nodes []uint32) {
	s.seg.joined(a, b, func(n uint32) { nodes = append(nodes, n) })
	if len(nodes) > 1 {
		slices.Sort(nodes)
		nodes = slices.Compact(nodes)
	}
	return nodes
}

// anchors looks at the sequences anchored at the nodes of position p.
func (s *scanner) anchors(p int, yield func(span)) {
	for i := range s.words[p].nodes {
		s.anchor(s.words[p].nodes[i].node, p, int(s.words[p].nodes[i].s), yield)
	}
	for _, n := range s.words[p].halves {
		s.anchor(n, p, match.JoinedSimilarity, yield)
	}
	for _, n := range s.joins[p] {
		s.anchor(n, p, match.JoinedSimilarity, yield)
	}
	if p > 0 {
		for _, n := range s.joins[p-1] {
			s.anchor(n, p, match.JoinedSimilarity, yield)
		}
	}
}

// anchor looks at the sequences anchored at a node that position p has to do
// with, by that much.
func (s *scanner) anchor(n uint32, p, sim int, yield func(span)) {
	a := &s.anchored.of[s.kind]
	oldest := s.base + uint32(p) - name.MaxPositions
	for k := a.start[n]; k < a.start[n+1]; k++ {
		if o := a.other[k]; o != none && s.last[o] <= oldest {
			continue
		}
		q := a.item[k]
		if sim < int(s.anchored.floor[q]) && sim != match.JoinedSimilarity || !s.covered(q, oldest) {
			continue
		}
		s.around(p, q, yield)
	}
}

// covered reports whether enough of a sequence's weight has been seen since
// the oldest position: a mention covers at least theta of it.
func (s *scanner) covered(q, oldest uint32) bool {
	total, seen := 0, 0
	for _, n := range s.seg.seqs.of(q) {
		w := int(s.seg.heavy[n])
		total += w
		if s.last[n] > oldest {
			seen += w
		}
	}
	return 1000*seen >= s.theta*total
}

// around scores the spans about position p that start and end with a word
// related to the sequence. Those about an earlier position have been scored.
func (s *scanner) around(p int, q uint32, yield func(span)) {
	most := s.seg.longestSpan(q, s.theta)
	first := max(0, p-most+1)
	if done := s.done[q]; done >= s.base {
		first = max(first, int(done-s.base)+1)
	}
	s.done[q] = s.base + uint32(p)
	nodes := s.seg.seqs.of(q)
	s.near = s.near[:0]
	for i := first; i < min(len(s.stream), p+most); i++ {
		if s.relates(i, nodes) {
			s.near = append(s.near, i)
		}
	}
	if len(s.near) == 0 || s.near[0] > p {
		return
	}
	s.pair = s.seg.positions(q, s.pair[:0])
	s.edgesOf(nodes)
	for _, from := range s.near {
		if from > p {
			break
		}
		for _, to := range s.near {
			if to >= p && to-from < most {
				s.try(from, to, q, yield)
			}
		}
	}
}

// relates reports whether position i has to do with one of the nodes.
func (s *scanner) relates(i int, nodes []uint32) bool {
	w := s.words[i]
	for _, n := range nodes {
		if _, ok := w.to(n); ok || len(w.halves) > 0 && contains(w.halves, n) ||
			len(s.joins[i]) > 0 && contains(s.joins[i], n) || i > 0 && len(s.joins[i-1]) > 0 && contains(s.joins[i-1], n) {
			return true
		}
	}
	return false
}

func contains(sorted []uint32, n uint32) bool {
	_, ok := slices.BinarySearch(sorted, n)
	return ok
}
