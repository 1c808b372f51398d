package index

import (
	"cmp"
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

// edge is a probe position, or two, with a node of the dictionary and the most
// that it can add to the left side of (*) in matching.md 7.2. Of a word that
// is two of the listed name (match.Split) there is an edge for each half.
type edge struct {
	gain  int64
	node  uint32
	next  int32 // the next edge of the node among the edges, -1 behind the last
	s     uint16
	rel   match.Relation
	heavy uint8 // weight of the node
	at    uint8 // first probe position
}

// width is the number of probe positions that the edge covers.
func (e *edge) width() uint8 {
	if e.rel == match.Joined {
		return 2
	}
	return 1
}

// note is what a search knows of a node that has an edge.
type note struct {
	gain  int64 // the largest of its edges, at least 0
	first int32 // the first of its edges
	read  bool  // its list has been read
}

// searcher is the scratch memory of searching one segment.
type searcher struct {
	seg    *Segment
	scorer match.Scorer
	cache  map[string]*links // by the readings of a word
	cached int               // links that are remembered
	key    []byte
	found  []related
	tried  []uint32 // token -> number of the probe token that it was tried for
	tries  uint32
	links  []link

	words    []*links // of the probe's positions
	edges    []edge
	most     [name.MaxPositions]int64 // m_i
	lazy     [name.MaxPositions]int64 // bound of an initial whose words are not looked up
	lit      []uint64                 // the nodes that have an edge, as bits
	notes    []note                   // by node, valid where lit
	seen     []uint32                 // sequence -> round in which it was looked at
	round    uint32
	targeted []target
	pairs    []match.Edge
	pair     []name.Position

	probe      []name.Position
	weight     int64 // of the probe, 1/100
	theta      int64
	costs      match.Costs
	need       int64
	total      int64 // the sum of most
	lazySum    int64
	kinds      uint8
	Candidates int // sequences scored, for statistics
}

func newSearcher(seg *Segment) *searcher {
	return &searcher{
		seg: seg, cache: map[string]*links{}, lit: make([]uint64, (len(seg.nodes)+63)/64), notes: make([]note, len(seg.nodes)),
		seen: make([]uint32, seg.seqs.len()), tried: make([]uint32, len(seg.tokens)),
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
	limit := s.heaviest()
	for _, e := range s.loud() {
		if n := &s.notes[e.node]; !n.read {
			n.read = true
			s.read(e.node, limit, yield)
		}
	}
	s.dim()
}

func (s *searcher) begin(probe []name.Position, kinds uint8, theta int, costs match.Costs) {
	s.probe, s.kinds, s.theta, s.costs = probe, kinds, int64(theta), costs
	s.words, s.edges = s.words[:0], s.edges[:0]
	s.weight, s.lazySum = 0, 0
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

// gain is g of (*): w(s-θ) + θ·Bp·pw.
func (s *searcher) gain(w, sim, pw int64) int64 {
	return 1000*w*(sim-s.theta) + s.theta*s.costs.Query*pw
}

// gainUpTo is the largest gain over pair weights from lo to hi: below the
// threshold a gain falls with its weight, so both ends count.
func (s *searcher) gainUpTo(lo, hi, sim, pw int64) int64 {
	return max(s.gain(lo, sim, pw), s.gain(hi, sim, pw))
}

// collect finds all edges of the probe: the union of the enumerators.
func (s *searcher) collect() {
	s.lazyLetters()
	for i := range s.probe {
		s.single(i)
		s.split(i)
		if i+1 < len(s.probe) {
			s.joined(i)
		}
	}
}

func (s *searcher) single(i int) {
	pw := s.probe[i].Weight()
	for _, l := range s.words[i].nodes {
		if int(l.s) < s.costs.Floor || s.costs.Whole && l.rel == match.Letter {
			continue
		}
		w := match.PairWeight(l.rel, int32(pw), int32(l.heavy))
		s.edges = append(s.edges, edge{s.gain(int64(w), int64(l.s), int64(pw)), l.node, -1, l.s, l.rel, l.heavy, uint8(i)})
	}
}

// split bounds the edges of a word that is two of a listed name. Both halves
// get the whole gain of the pair; whether they are adjacent in a name the
// scorer will see. The other half weighs at least the least, and the pair at
// most the probe word.
func (s *searcher) split(i int) {
	pw := int64(s.probe[i].Weight())
	for _, n := range s.words[i].halves {
		lo := min(pw, int64(s.seg.heavy[n])+name.LeastWeight)
		s.edges = append(s.edges, edge{s.gainUpTo(lo, pw, match.JoinedSimilarity, pw), n, -1, match.JoinedSimilarity, match.Split, s.seg.heavy[n], uint8(i)})
	}
}

// joined finds the nodes that are two probe words written as one.
func (s *searcher) joined(i int) {
	pw := int64(s.probe[i].Weight() + s.probe[i+1].Weight())
	from := len(s.edges)
	s.seg.joined(s.probe[i].Alts, s.probe[i+1].Alts, func(n uint32) {
		if !slices.ContainsFunc(s.edges[from:], func(e edge) bool { return e.node == n }) {
			w := min(pw, int64(s.seg.heavy[n]))
			s.edges = append(s.edges, edge{s.gain(w, match.JoinedSimilarity, pw), n, -1, match.JoinedSimilarity, match.Joined, s.seg.heavy[n], uint8(i)})
		}
	})
}

// lazyLetters bounds the edges of initials in the probe, which relate to a
// whole letter of the dictionary: they get no lists, only a bound, unless
// initials alone can reach the threshold.
func (s *searcher) lazyLetters() {
	for i := range s.probe {
		if s.costs.Whole || !s.words[i].initial {
			continue
		}
		pw := int64(s.probe[i].Weight())
		lo := int64(match.PairWeight(match.Letter, int32(pw), 0))
		hi := int64(match.PairWeight(match.Letter, int32(pw), 100))
		s.lazy[i] = max(0, s.gainUpTo(lo, hi, match.LetterSimilarity, pw))
		s.lazySum += s.lazy[i]
	}
	if s.lazySum < s.need {
		return
	}
	s.lazySum = 0
	for i := range s.probe {
		if s.lazy[i] > 0 {
			s.lazy[i] = 0
			s.letterNodes(i)
		}
	}
}

// letterNodes reads the list of words that begin with the probe's letter.
func (s *searcher) letterNodes(i int) {
	pw := int64(s.probe[i].Weight())
	for _, t := range s.probe[i].Alts {
		if t.Class != name.Initial {
			continue
		}
		for _, id := range s.seg.finders.letters.of(uint32(t.Surface[0])) {
			for _, n := range s.seg.nodeOf.of(id) {
				w := match.PairWeight(match.Letter, int32(pw), int32(s.seg.heavy[n]))
				s.edges = append(s.edges, edge{s.gain(int64(w), match.LetterSimilarity, pw), n, -1, match.LetterSimilarity, match.Letter, s.seg.heavy[n], uint8(i)})
			}
		}
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
			if e.gain+rest >= s.need {
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
			s.most[e.at] = max(s.most[e.at], e.gain)
			continue
		}
		half := (e.gain + 1) / 2
		s.most[e.at] = max(s.most[e.at], half)
		s.most[e.at+1] = max(s.most[e.at+1], half)
	}
	s.total = 0
	for i := range s.probe {
		s.total += s.most[i]
	}
}

// heaviest is the greatest weight of a listed name that can reach the
// threshold: all of it that the probe cannot cover costs.
func (s *searcher) heaviest() int64 {
	listed := s.costs.Listed * s.theta
	if s.lazySum > 0 || listed == 0 {
		return 1 << 60
	}
	var cover [name.MaxPositions]int64
	for i := range s.edges {
		e := &s.edges[i]
		w := int64(e.heavy)
		if e.rel == match.Split {
			w *= 2 // both halves have an edge, one is the heavier
		}
		cover[e.at] = max(cover[e.at], w)
	}
	limit := (s.total - s.need) / listed
	for i := range s.probe {
		limit += cover[i]
	}
	return limit
}

// light notes the edges at their nodes.
func (s *searcher) light() {
	for i := range s.edges {
		e := &s.edges[i]
		n := &s.notes[e.node]
		if s.lit[e.node/64]>>(e.node%64)&1 == 0 {
			s.lit[e.node/64] |= 1 << (e.node % 64)
			*n = note{first: -1}
		}
		n.gain = max(n.gain, e.gain)
		e.next, n.first = n.first, int32(i)
	}
}

// dim undoes light.
func (s *searcher) dim() {
	for i := range s.edges {
		s.lit[s.edges[i].node/64] = 0
	}
}

// target is a node whose list may be read, for an edge.
type target struct {
	*edge
	length uint32
}

// longList is the length from which a list is worth being quiet.
const longList = 24

// loud returns the edges whose lists must be read: all but a set of quiet ones
// that cannot reach the threshold by themselves, the longest lists among them
// (7.2 d).
func (s *searcher) loud() []target {
	short := s.targets()
	var quiet [name.MaxPositions]int64
	sum := s.lazySum
	copy(quiet[:len(s.probe)], s.lazy[:len(s.probe)])
	loud := s.targeted[:short]
	for _, e := range s.targeted[short:] {
		add, half := int64(0), e.gain
		if e.width() == 2 {
			half = (e.gain + 1) / 2
		}
		for i := e.at; i < e.at+e.width(); i++ {
			add += max(0, half-quiet[i])
		}
		if sum+add >= s.need {
			loud = append(loud, e)
			continue
		}
		sum += add
		for i := e.at; i < e.at+e.width(); i++ {
			quiet[i] = max(quiet[i], half)
		}
	}
	return loud
}

// targets puts the edges with short lists in front, which are read anyway, and
// those with long lists behind them, the longest first. It returns how many
// are short.
func (s *searcher) targets() int {
	s.targeted = s.targeted[:0]
	short := 0
	for i := range s.edges {
		e := &s.edges[i]
		length := s.seg.posts.start[e.node+1] - s.seg.posts.start[e.node]
		s.targeted = append(s.targeted, target{e, length})
		if length < longList {
			last := len(s.targeted) - 1
			s.targeted[short], s.targeted[last] = s.targeted[last], s.targeted[short]
			short++
		}
	}
	slices.SortFunc(s.targeted[short:], func(a, b target) int {
		return cmp.Or(cmp.Compare(b.length, a.length), cmp.Compare(a.gain, b.gain), cmp.Compare(a.node, b.node), cmp.Compare(a.at, b.at))
	})
	return short
}
