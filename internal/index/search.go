package index

import (
	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/recent"
)

// edge is a probe position, or two, with a node of the dictionary and the most
// that it can add to the left side of (*) in matching.md 7.2. Of a word that
// is two of the listed name (match.Split) there is an edge for each half.
type edge struct {
	gain   int32
	node   uint32
	list   extent // postings of the node
	next   int32  // the next edge of the mark among the edges, -1 behind the last
	s      uint16
	rel    match.Relation
	heavy  uint8 // weight of the node
	at     uint8 // first probe position
	chosen bool  // its list is to be read
}

// width is the number of probe positions that the edge covers.
func (e *edge) width() uint8 {
	if e.rel == match.Joined {
		return 2
	}
	return 1
}

// share is what the edge adds at each probe position that it covers, at most.
func (e *edge) share() int64 {
	if e.width() == 2 {
		return (int64(e.gain) + 1) / 2
	}
	return int64(e.gain)
}

// searcher is the scratch memory of searching one segment.
type searcher struct {
	seg    *Segment
	scorer match.Scorer
	recent recent.Memory[*links]
	key    []byte
	found  []related
	ids    []uint32
	tried  []uint32 // token -> number of the probe token that it was tried for
	tries  uint32
	links  []link

	words    []*links // of the probe's positions
	edges    []edge
	most     [name.MaxPositions]int64     // m_i
	lazy     [name.MaxPositions]int64     // bound of an initial whose words are not looked up
	letters  [name.MaxPositions]letterSet // of an initial
	notes    notes
	seen     []uint32 // sequence -> round in which it was looked at
	round    uint32
	targeted []target
	pairs    []match.Edge
	pair     []name.Position
	row      []name.Position // of a roll

	probe      []name.Position
	weight     int64 // of the probe, 1/100
	theta      int64
	costs      match.Costs
	need       int64
	total      int64 // the sum of most
	lazySum    int64
	lazyAt     uint64                   // probe positions with a lazy bound, as bits
	lazyFirst  letterSet                // of all of them
	quiet      [name.MaxPositions]int64 // the most that quiet edges add, by position
	quietSum   int64
	kinds      uint8
	Candidates int // sequences scored, for statistics
}

func newSearcher(seg *Segment) *searcher {
	return &searcher{
		seg: seg, seen: make([]uint32, seg.seqs.len()), tried: make([]uint32, len(seg.tokens)),
	}
}

// hit is a sequence that reaches the threshold.
type hit struct {
	seq    uint32
	result match.Result
}

// search calls yield for every sequence of one of the kinds that scores at
// least theta against the probe.
func (s *searcher) search(probe []name.Position, kinds uint8, theta int, costs match.Costs, yield func(hit)) {
	s.begin(probe, kinds, theta, costs)
	s.collect()
	s.eliminate()
	if s.total < s.need {
		return
	}
	s.light()
	loud := s.loud()
	s.weigh(loud)
	for _, e := range s.worthwhile(loud) {
		s.read(e.edge, int64(s.notes.of(markOf(e.node)).limit), yield)
	}
}

// worthwhile leaves one edge for each list whose first name is light enough. The
// first names lie far apart: a processor that is asked for all of them together
// fetches them at the same time.
func (s *searcher) worthwhile(loud []target) []target {
	kept := loud[:0]
	for _, e := range loud {
		n := s.notes.of(markOf(e.node))
		if s.seg.posts.alike(e.list.start).weight() <= int64(n.limit) && !s.chosen(e.node, n) {
			e.chosen = true
			kept = append(kept, e)
		}
	}
	return kept
}

// chosen reports whether the list of a node is to be read for an edge already.
func (s *searcher) chosen(node uint32, n *note) bool {
	for k := n.first; k >= 0; k = s.edges[k].next {
		if e := &s.edges[k]; e.chosen && e.node == node {
			return true
		}
	}
	return false
}

func (s *searcher) begin(probe []name.Position, kinds uint8, theta int, costs match.Costs) {
	s.probe, s.kinds, s.theta, s.costs = probe, kinds, int64(theta), costs
	s.words, s.edges = s.words[:0], s.edges[:0]
	s.weight, s.lazySum, s.lazyAt, s.lazyFirst = 0, 0, 0, 0
	for i := range probe {
		s.most[i], s.lazy[i] = 0, 0
		s.weight += int64(probe[i].Weight())
		s.words = append(s.words, s.linksOf(probe[i].Alts))
	}
	s.need = s.theta * costs.Query * s.weight
	if s.round++; s.round == 0 {
		clear(s.seen)
		s.round = 1
	}
}

// eliminate drops edges that are in no pairing which reaches the threshold,
// until none is left to drop (7.2 c).
func (s *searcher) eliminate() {
	for {
		s.maxima()
		kept := s.edges[:0]
		for _, e := range s.edges {
			rest := s.total - s.most[e.at]
			if e.width() == 2 {
				rest -= s.most[e.at+1]
			}
			if int64(e.gain)+rest >= s.need {
				kept = append(kept, e)
			}
		}
		same := len(kept) == len(s.edges)
		s.edges = kept
		if same {
			return
		}
	}
}

// maxima sets m_i, the most that each probe position can add, and their sum.
// An edge over two positions gives half to each.
func (s *searcher) maxima() {
	copy(s.most[:len(s.probe)], s.lazy[:len(s.probe)])
	for i := range s.edges {
		e := &s.edges[i]
		if e.width() == 1 {
			s.most[e.at] = max(s.most[e.at], int64(e.gain))
			continue
		}
		s.most[e.at] = max(s.most[e.at], e.share())
		s.most[e.at+1] = max(s.most[e.at+1], e.share())
	}
	s.total = 0
	for i := range s.probe {
		s.total += s.most[i]
	}
}
