package index

import (
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

// scanner is the scratch memory of scanning texts with one segment.
type scanner struct {
	*searcher
	reader    name.Reader
	room      []name.Position // that the stream of a block lies in
	theta     int             // of the scan
	anchored  *anchored
	known     [2][]*heard       // by kind, word of the reader
	compounds map[string]*heard // by kind and readings, of what is no single word
	spelt     []byte
	kept      int // links that are remembered of all of them

	block  string
	stream []name.Position
	aside  *name.Aside // that the stream is, nil of the text as it stands
	kind   name.Kind
	words  []*heard   // of the stream's positions
	joins  [][]uint32 // position -> nodes that it is together with the next one, sorted
	last   []uint32   // node -> base + last position that has to do with it
	done   []uint32   // sequence -> base + last position whose spans were scored
	base   uint32
	bounds []bound
	near   []int        // positions of a window that have to do with a sequence
	edges  []match.Edge // between the positions near and a sequence
	at     []int        // the position of each edge
}

func newScanner(seg *Segment, anchored *anchored) *scanner {
	return &scanner{
		searcher: newSearcher(seg), anchored: anchored, compounds: map[string]*heard{}, base: 2 * name.MaxPositions,
		last: make([]uint32, len(seg.nodes)), done: make([]uint32, seg.seqs.len()),
	}
}

// refresh forgets words when the reader does.
func (s *scanner) refresh(theta int) {
	s.theta = theta
	if s.reader.Forgets() {
		s.forget()
	}
}

// scan calls yield for the spans of the stream that score at least theta
// against a sequence of the kind and start and end with a matched word; some
// of them several times.
func (s *scanner) scan(block string, stream []name.Position, kind name.Kind, yield func(span)) {
	s.block, s.stream, s.kind = block, stream, kind
	s.mark()
	if s.idle() {
		return
	}
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

// idle reports an aside whose first or last word, with which its spans begin or
// end, has to do with nothing.
func (s *scanner) idle() bool {
	return s.aside != nil && !s.aside.Turned && len(s.stream) > 0 && (s.aside.Starts && !s.matters(0) || s.aside.Ends && !s.matters(len(s.stream)-1))
}

func (s *scanner) matters(i int) bool {
	w := s.words[i]
	return len(w.nodes)+len(w.halves)+len(s.joins[i]) > 0 || i > 0 && len(s.joins[i-1]) > 0
}

// see notes the nodes that position t has to do with.
func (s *scanner) see(t int) {
	at := s.base + uint32(t)
	w := s.words[t]
	for i := range w.nodes {
		s.last[w.nodes[i].node] = at
	}
	for _, n := range w.halves {
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
		s.words[i] = s.heardOf(&s.stream[i])
		s.joins[i] = nil
		if i > 0 && s.words[i].ends && s.words[i-1].begins {
			s.joins[i-1] = s.joinsOf(s.stream[i-1].Alts, s.stream[i].Alts)
		}
	}
}

// joinsOf are the nodes that two adjacent words are together, sorted.
func (s *scanner) joinsOf(a, b []name.Token) (nodes []uint32) {
	holds := s.anchored.holds[s.kind]
	s.seg.joined(a, b, func(n uint32) {
		if holds[n/64]>>(n%64)&1 == 1 {
			nodes = append(nodes, n)
		}
	})
	if len(nodes) > 1 {
		slices.Sort(nodes)
		nodes = slices.Compact(nodes)
	}
	return nodes
}

// anchors looks at the sequences anchored at the nodes of position p.
func (s *scanner) anchors(p int, yield func(span)) {
	s.look(s.words[p].anchors, p, yield)
	for i := max(0, p-1); i <= p; i++ {
		for _, n := range s.joins[i] {
			s.bounds = s.boundTo(s.bounds[:0], n, match.JoinedSimilarity)
			s.look(s.bounds, p, yield)
		}
	}
}

// look scores the spans about position p of those sequences that enough has
// been seen of.
func (s *scanner) look(anchors []bound, p int, yield func(span)) {
	oldest := s.base + uint32(p) - name.MaxPositions
	for _, a := range anchors {
		if (a.other == none || s.last[a.other] > oldest) && s.covered(a.seq, oldest) {
			s.around(p, a.seq, yield)
		}
	}
}

// covered reports whether enough of a sequence's weight has been seen since
// the oldest position: a mention covers at least theta of it.
func (s *scanner) covered(q, oldest uint32) bool {
	spare := s.anchored.spare(q, s.theta)
	for _, n := range s.seg.seqs.of(q) {
		if s.last[n] <= oldest {
			if spare -= int(s.seg.heavy[n]); spare < 0 {
				return false
			}
		}
	}
	return true
}

// around scores the spans about position p that start and end with a word
// related to the sequence. Those about an earlier position have been scored.
func (s *scanner) around(p int, q uint32, yield func(span)) {
	most := s.seg.longestSpan(q, s.theta)
	first := max(0, p-most+1)
	whole := s.aside != nil && s.aside.Turned
	if done := s.done[q]; done >= s.base {
		if whole {
			return
		}
		first = max(first, int(done-s.base)+1)
	}
	s.done[q] = s.base + uint32(p)
	last := min(len(s.stream), p+most)
	if s.anchored.floor[q] > 0 && !s.printed(first, last) {
		return
	}
	nodes := s.seg.seqs.of(q)
	s.near = s.near[:0]
	for i := first; i < last; i++ {
		if s.relates(i, nodes) {
			s.near = append(s.near, i)
		}
	}
	if len(s.near) == 0 || s.near[0] > p {
		return
	}
	s.pair = s.seg.positions(q, s.pair[:0])
	s.edgesOf(nodes)
	if whole {
		if len(s.stream) <= most {
			s.try(0, len(s.stream)-1, q, yield)
		}
		return
	}
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

// printed reports whether a span of the positions from first to before last may
// be printed as a name.
func (s *scanner) printed(first, last int) bool {
	for i := first; i < last; i++ {
		if mayBePrinted(s.block, s.stream[i]) {
			return true
		}
	}
	return false
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
