package index

import (
	"cmp"
	"slices"
	"strings"

	"interdict/internal/match"
	"interdict/internal/name"
)

// edge is a probe position, or two, with a node of the dictionary and the most
// that it can add to the left side of (*) in matching.md 7.2.
type edge struct {
	node uint32
	gain int64
	at   uint8 // first probe position
	n    uint8 // probe positions covered
}

// searcher is the scratch memory of one search in one segment.
type searcher struct {
	seg    *Segment
	scorer match.Scorer
	found  []related
	cache  map[tokenKey]*expansion
	edges  []edge
	most   [name.MaxPositions]int64 // m_i
	lazy   [name.MaxPositions]int64 // bound of a lazy initial
	best   []int64                  // node -> largest gain of an edge to it, valid if stamp says so
	stamp  []uint32                 // node -> round in which best was set
	seen   []uint32                 // sequence -> round in which it was looked at
	round  uint32
	pair   []name.Position

	probe      []name.Position
	theta      int64
	costs      match.Costs
	need       int64
	lazySum    int64
	kinds      uint8
	Candidates int // sequences scored, for statistics
}

func newSearcher(seg *Segment) *searcher {
	return &searcher{seg: seg, cache: map[tokenKey]*expansion{}, best: make([]int64, len(seg.nodes)), stamp: make([]uint32, len(seg.nodes)), seen: make([]uint32, seg.seqs.len())}
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
	for _, e := range s.loud() {
		s.read(e, yield)
	}
}

func (s *searcher) begin(probe []name.Position, kinds uint8, theta int, costs match.Costs) {
	s.probe, s.kinds, s.theta, s.costs = probe, kinds, int64(theta), costs
	s.edges = s.edges[:0]
	s.lazySum = 0
	s.need = 0
	for i := range probe {
		s.most[i], s.lazy[i] = 0, 0
		s.need += s.theta * costs.Query * int64(probe[i].Weight())
	}
	s.newRound()
}

// newRound makes all stamps old.
func (s *searcher) newRound() {
	if s.round++; s.round == 0 {
		clear(s.stamp)
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
		from := len(s.edges)
		for a := range s.probe[i].Alts {
			s.single(i, &s.probe[i].Alts[a])
		}
		if len(s.probe[i].Alts) > 1 {
			s.strongest(from)
		}
		s.split(i)
		if i+1 < len(s.probe) {
			s.joined(i)
		}
	}
}

// strongest keeps, of several edges to one node, the one with the largest
// gain: readings of a position compete.
func (s *searcher) strongest(from int) {
	own := s.edges[from:]
	slices.SortFunc(own, func(a, b edge) int { return cmp.Or(cmp.Compare(a.node, b.node), cmp.Compare(b.gain, a.gain)) })
	own = slices.CompactFunc(own, func(a, b edge) bool { return a.node == b.node })
	s.edges = s.edges[:from+len(own)]
}

func (s *searcher) single(i int, probe *name.Token) {
	pw := int64(s.probe[i].Weight())
	for _, r := range s.expansion(probe).related {
		if int(r.s) < s.costs.Floor || s.costs.Whole && r.rel == match.Letter {
			continue
		}
		for _, n := range s.seg.nodeOf.of(r.token) {
			w := match.PairWeight(r.rel, int32(pw), int32(s.seg.heavy[n]))
			s.edges = append(s.edges, edge{n, s.gain(int64(w), int64(r.s), pw), uint8(i), 1})
		}
	}
}

// maxCached is the number of probe tokens whose relations a searcher keeps.
const maxCached = 1 << 16

// expansion is what a searcher remembers of a probe token.
type expansion struct {
	related []related
	halves  []uint32 // nodes that are half of the token as two words (R6)
	split   bool     // halves has been looked for
}

// expansion is expand with a memory: words repeat.
func (s *searcher) expansion(probe *name.Token) *expansion {
	k := tokenKey{probe.Class, probe.Abjad, probe.Surface}
	if x, ok := s.cache[k]; ok {
		return x
	}
	s.found = s.seg.finders.expand(s.seg.tokens, probe, s.found[:0])
	if len(s.cache) >= maxCached {
		clear(s.cache)
	}
	x := &expansion{related: slices.Clone(s.found)}
	k.surface = strings.Clone(k.surface)
	s.cache[k] = x
	return x
}

// lazyLetters bounds the edges of initials in the probe, which relate to a
// whole letter of the dictionary: they get no lists, only a bound, unless
// initials alone can reach the threshold.
func (s *searcher) lazyLetters() {
	for i := range s.probe {
		if s.costs.Whole || !hasInitial(s.probe[i].Alts) {
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

func hasInitial(alts []name.Token) bool {
	return slices.ContainsFunc(alts, func(t name.Token) bool { return t.Class == name.Initial })
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
				s.edges = append(s.edges, edge{n, s.gain(int64(w), match.LetterSimilarity, pw), uint8(i), 1})
			}
		}
	}
}

// joined finds the nodes that are two probe words written as one (R5).
func (s *searcher) joined(i int) {
	a, b := s.probe[i].Alts, s.probe[i+1].Alts
	pw := int64(s.probe[i].Weight() + s.probe[i+1].Weight())
	for x := range min(len(a), match.JoinAlternatives) {
		for y := range min(len(b), match.JoinAlternatives) {
			fold, ok := match.JoinFolds(&a[x], &b[y])
			if !ok {
				continue
			}
			word := func(t *name.Token) bool { return match.Joins(&a[x], &b[y], t) }
			s.seg.finders.sameFold(s.seg.tokens, fold, word, func(id uint32) {
				for _, n := range s.seg.nodeOf.of(id) {
					w := min(pw, int64(s.seg.heavy[n]))
					s.edges = append(s.edges, edge{n, s.gain(w, match.JoinedSimilarity, pw), uint8(i), 2})
				}
			})
		}
	}
}

// split finds the nodes that are half of a pair of adjacent nodes which
// together are the probe word (R6). Both halves get the whole gain of the pair
// as their bound; whether they are adjacent in a name the scorer will see. The
// other half weighs at least the least, and the pair at most the probe word.
func (s *searcher) split(i int) {
	pw := int64(s.probe[i].Weight())
	for a := range s.probe[i].Alts {
		t := &s.probe[i].Alts[a]
		if t.Class != name.Word || len(t.Fold) < match.MinJoined || len(t.Fold) > name.LongWord {
			continue
		}
		x := s.expansion(t)
		if !x.split {
			x.halves, x.split = s.seg.halves(t.Fold), true
		}
		for _, n := range x.halves {
			lo := min(pw, int64(s.seg.heavy[n])+name.LeastWeight)
			s.edges = append(s.edges, edge{n, s.gainUpTo(lo, pw, match.JoinedSimilarity, pw), uint8(i), 1})
		}
	}
}

// halves are the nodes that hold one half of a fold, of those cuts of it of
// which the dictionary has both halves.
func (seg *Segment) halves(fold string) []uint32 {
	var nodes []uint32
	both := func(left, right string) {
		from := len(nodes)
		half := func(id uint32) { nodes = append(nodes, seg.nodeOf.of(id)...) }
		seg.finders.sameFold(seg.tokens, left, match.Joinable, half)
		middle := len(nodes)
		if middle > from {
			seg.finders.sameFold(seg.tokens, right, match.Joinable, half)
		}
		if len(nodes) == middle {
			nodes = nodes[:from]
		}
	}
	for cut := 1; cut < len(fold); cut++ {
		both(fold[:cut], fold[cut:])
		// Equal neighbours collapse where two words meet.
		both(fold[:cut], fold[cut-1:])
	}
	slices.Sort(nodes)
	return slices.Compact(nodes)
}

// eliminate drops edges that are in no pairing which reaches the threshold,
// until none is left to drop (7.2 c).
func (s *searcher) eliminate() {
	for {
		total := s.maxima()
		kept := s.edges[:0]
		for _, e := range s.edges {
			rest := total - s.most[e.at]
			if e.n == 2 {
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

// maxima sets m_i, the most that each probe position can add, and returns
// their sum. An edge over two positions gives half to each.
func (s *searcher) maxima() int64 {
	copy(s.most[:len(s.probe)], s.lazy[:len(s.probe)])
	for _, e := range s.edges {
		if e.n == 1 {
			s.most[e.at] = max(s.most[e.at], e.gain)
			continue
		}
		half := (e.gain + 1) / 2
		s.most[e.at] = max(s.most[e.at], half)
		s.most[e.at+1] = max(s.most[e.at+1], half)
	}
	var sum int64
	for i := range s.probe {
		sum += s.most[i]
	}
	return sum
}

// loud returns the edges whose lists must be read: all but a set of quiet ones
// that cannot reach the threshold by themselves, the longest lists among them
// (7.2 d). It also notes the best gain of each node.
func (s *searcher) loud() []edge {
	for _, e := range s.edges {
		s.note(e.node, e.gain)
	}
	short := s.longLists()
	var quiet [name.MaxPositions]int64
	sum := s.lazySum
	copy(quiet[:len(s.probe)], s.lazy[:len(s.probe)])
	loud := s.edges[:short]
	for _, e := range s.edges[short:] {
		add, half := int64(0), e.gain
		if e.n == 2 {
			half = (e.gain + 1) / 2
		}
		for i := e.at; i < e.at+e.n; i++ {
			add += max(0, half-quiet[i])
		}
		if sum+add >= s.need {
			loud = append(loud, e)
			continue
		}
		sum += add
		for i := e.at; i < e.at+e.n; i++ {
			quiet[i] = max(quiet[i], half)
		}
	}
	return loud
}

// longList is the length from which a list is worth being quiet.
const longList = 24

// longLists puts the edges with short lists in front, which are read anyway,
// and those with long lists behind them, the longest first. It returns how
// many are short.
func (s *searcher) longLists() int {
	short := 0
	for i, e := range s.edges {
		if s.length(e) < longList {
			s.edges[short], s.edges[i] = e, s.edges[short]
			short++
		}
	}
	slices.SortFunc(s.edges[short:], func(a, b edge) int {
		return cmp.Or(cmp.Compare(s.length(b), s.length(a)), cmp.Compare(a.gain, b.gain), cmp.Compare(a.node, b.node), cmp.Compare(a.at, b.at))
	})
	return short
}

func (s *searcher) length(e edge) uint32 {
	return s.seg.posts.start[e.node+1] - s.seg.posts.start[e.node]
}

func (s *searcher) note(node uint32, gain int64) {
	if s.stamp[node] != s.round {
		s.stamp[node], s.best[node] = s.round, max(0, gain)
		return
	}
	s.best[node] = max(s.best[node], gain)
}

// read visits the names that hold an edge's node.
func (s *searcher) read(e edge, yield func(hit)) {
	seg := s.seg
	listed := s.costs.Listed * s.theta
	for k := seg.posts.start[e.node]; k < seg.posts.start[e.node+1]; k++ {
		q := seg.posts.item[k]
		if s.seen[q] == s.round || s.kinds>>seg.kinds[q]&1 == 0 {
			continue
		}
		if seg.comps[companions*k] != many {
			gain, covered := s.lazySum+s.best[e.node], int64(seg.heavy[e.node])
			for _, c := range seg.comps[companions*k : companions*(k+1)] {
				if c != none && s.stamp[c] == s.round {
					gain += s.best[c]
					covered += int64(seg.heavy[c])
				}
			}
			if s.lazySum == 0 {
				gain -= listed * max(0, int64(seg.weight[k])-covered)
			}
			if gain < s.need {
				continue
			}
		} else if !s.possible(q, listed, int64(seg.weight[k])) {
			continue
		}
		s.seen[q] = s.round
		s.verify(q, yield)
	}
}

// possible is the bound over a whole name (7.2 e without companions).
func (s *searcher) possible(q uint32, listed, weight int64) bool {
	gain, covered := s.lazySum, int64(0)
	for _, n := range s.seg.seqs.of(q) {
		if s.stamp[n] == s.round {
			gain += s.best[n]
			covered += int64(s.seg.heavy[n])
		}
	}
	if s.lazySum == 0 {
		gain -= listed * (weight - covered)
	}
	return gain >= s.need
}

// verify scores a name with the one scorer that there is.
func (s *searcher) verify(q uint32, yield func(hit)) {
	s.Candidates++
	s.pair = s.seg.positions(q, s.pair[:0])
	if r, ok := s.scorer.Score(s.probe, s.pair, s.costs, int(s.theta)); ok {
		yield(hit{q, r})
	}
}

// positions writes the positions of a sequence; spans are not kept.
func (seg *Segment) positions(q uint32, out []name.Position) []name.Position {
	from, to := seg.seqs.start[q], seg.seqs.start[q+1]
	for k := from; k < to; k++ {
		out = append(out, name.Position{Alts: seg.nodes[seg.seqs.item[k]], Chain: seg.chains[k], Tags: name.Tag(seg.tags[k])})
	}
	return out
}

// exhaustive scores every sequence of one of the kinds.
func (s *searcher) exhaustive(probe []name.Position, kinds uint8, theta int, costs match.Costs, yield func(hit)) {
	s.begin(probe, kinds, theta, costs)
	for q := range uint32(s.seg.seqs.len()) {
		if kinds>>s.seg.kinds[q]&1 == 1 {
			s.verify(q, yield)
		}
	}
}
