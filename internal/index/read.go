package index

import (
	"math/bits"

	"interdict/internal/match"
	"interdict/internal/name"
)

// sum is what the words of a listed name have to do with the probe together.
type sum struct {
	gain    int64  // that they can add
	covered int64  // weight of those that have an edge, 1/100
	at      uint64 // probe positions of their edges, as bits
	half    uint64 // those of which one of them is half of the word
}

func (s *searcher) add(all *sum, m mark) {
	if s.notes.lit.has(m) {
		note := s.notes.of(m)
		all.gain += int64(note.gain)
		all.covered += int64(note.heavy)
		all.at |= note.at | all.half&note.half // both halves, perhaps
		all.half |= note.half
	}
}

// read visits the names that hold the node of an edge, no heavier than the limit,
// which are the first of its list.
func (s *searcher) read(e *edge, limit int64, yield func(hit)) {
	alone := sum{}
	s.add(&alone, markOf(e.node))
	// What one word is enough for, by whether initials of the probe may add to it.
	enough := [2]uint64{bit(alone.gain >= s.need), bit(alone.gain+s.lazySum >= s.need)}
	lit := &s.notes.lit
	list := s.seg.posts.looks[lookSize*uint64(e.list.start):][:lookSize*uint64(e.list.length)]
	for i := 0; i+1 < len(list); i += lookSize {
		first, second := list[i], list[i+1]
		is := likeness(second)
		if is.weight() > limit {
			return
		}
		// Most names have no other word with an edge. All are looked up at once:
		// a processor guesses wrong about each.
		others := lit.bits(first) | lit.bits(first>>16) | lit.bits(first>>32) | lit.bits(first>>48)
		if uint32(second) != 0 {
			others |= lit.bits(second) | lit.bits(second>>16)
		}
		lazy := bit(is.letters()&s.lazyFirst != 0)
		if others&1|enough[lazy] == 0 && !is.more() {
			continue
		}
		posting, all := e.list.start+uint32(i/lookSize), alone
		if is.more() {
			all = s.whole(s.seg.posts.seqs[posting])
		} else {
			s.addMarks(&all, first)
			s.addMarks(&all, uint64(uint32(second)))
		}
		if all.gain+int64(lazy)*s.lazySum < s.need || s.kinds>>is.kind()&1 == 0 || s.bound(is, all) < s.need {
			continue
		}
		if q := s.seg.posts.seqs[posting]; s.seen[q] != s.round {
			s.seen[q] = s.round
			s.verify(q, yield)
		}
	}
}

// addMarks adds the marks that a number of a posting holds.
func (s *searcher) addMarks(all *sum, marks uint64) {
	for ; marks != 0; marks >>= 16 {
		s.add(all, mark(marks))
	}
}

// heaviestWord is the most that a word of a listed name weighs, which an initial
// may stand for, 1/100.
const heaviestWord = 120

// bound is the most that a name can add, less what its words and the probe's that
// have no edge cost (7.2 e and f).
func (s *searcher) bound(is alike, all sum) int64 {
	for at := s.lazyAt; at != 0; at &= at - 1 {
		if i := bits.TrailingZeros64(at); s.letters[i]&is.letters() != 0 {
			all.gain += s.lazy[i]
			all.covered += heaviestWord
			all.at |= 1 << i
		}
	}
	var most, paired int64
	for at := all.at; at != 0; at &= at - 1 {
		i := bits.TrailingZeros64(at)
		most += s.most[i]
		paired += int64(s.probe[i].Weight())
	}
	left := max(0, is.weight()-all.covered)
	return min(all.gain, most) - s.theta*(s.costs.Listed*left+s.costs.Both*min(left, s.weight-paired))
}

// whole is the sum over all words of a name (7.2 e).
func (s *searcher) whole(q uint32) sum {
	all := sum{}
	for _, n := range s.seg.seqs.of(q) {
		s.add(&all, markOf(n))
	}
	return all
}

// verify scores a name with the one scorer that there is.
func (s *searcher) verify(q uint32, yield func(hit)) {
	s.Candidates++
	nodes := s.seg.seqs.of(q)
	var r match.Result
	var ok bool
	if len(nodes) <= match.FewWords && len(s.probe) <= match.FewWords {
		weight := s.pairUp(nodes)
		if !match.Reachable(s.pairs, s.weight, weight, s.costs, s.theta, 1000) {
			return
		}
		s.pair = s.seg.positions(q, s.pair[:0])
		r, ok = s.scorer.ScoreEdges(s.probe, s.pair, s.pairs, s.costs, int(s.theta))
	} else {
		s.pair = s.seg.positions(q, s.pair[:0])
		r, ok = s.scorer.Score(s.probe, s.pair, s.costs, int(s.theta))
	}
	if ok {
		yield(hit{q, r})
	}
}

// pairUp sets the edges between the probe and a name, but those that were
// eliminated, and returns the weight of the name.
func (s *searcher) pairUp(nodes []uint32) (weight int64) {
	s.pairs = s.pairs[:0]
	for j, n := range nodes {
		heavy := int32(s.seg.heavy[n])
		weight += int64(heavy)
		m := markOf(n)
		if !s.notes.lit.has(m) {
			continue
		}
		for k := s.notes.of(m).first; k >= 0; k = s.edges[k].next {
			e := &s.edges[k]
			switch i := int(e.at); {
			case e.node != n:
			case e.rel == match.Joined:
				s.pairs = append(s.pairs, match.JoinedEdge(i, j, s.weightOf(i), s.weightOf(i+1), heavy))
			case e.rel == match.Split:
				if j+1 < len(nodes) && s.isHalf(nodes[j+1], i) && match.JoinPositions(s.seg.nodes[n], s.seg.nodes[nodes[j+1]], s.probe[i].Alts) {
					s.pairs = append(s.pairs, match.SplitEdge(i, j, s.weightOf(i), heavy, int32(s.seg.heavy[nodes[j+1]])))
				}
			case !s.words[i].initial:
				s.pairs = append(s.pairs, match.SingleEdge(e.rel, int32(e.s), i, j, s.weightOf(i), heavy))
			}
		}
	}
	for i, w := range s.words {
		if w.initial {
			s.pairInitial(i, nodes)
		}
	}
	return weight
}

// isHalf reports whether a node may be half of word i.
func (s *searcher) isHalf(n uint32, i int) bool {
	m := markOf(n)
	return s.notes.lit.has(m) && s.notes.of(m).half>>i&1 == 1
}

// pairInitial sets the edges of a probe position that may be an initial.
func (s *searcher) pairInitial(i int, nodes []uint32) {
	for j, n := range nodes {
		rel, sim := s.initialTo(i, n)
		if sim >= s.costs.Floor && !(s.costs.Whole && rel == match.Letter) {
			s.pairs = append(s.pairs, match.SingleEdge(rel, int32(sim), i, j, s.weightOf(i), int32(s.seg.heavy[n])))
		}
	}
}

// initialTo is match.RelatePositions of position i, which may be an initial, and
// a node: what the links say, or the letter if that is better.
func (s *searcher) initialTo(i int, n uint32) (match.Relation, int) {
	l, _ := s.words[i].to(n)
	if !l.yields() || s.letters[i]&s.seg.letters[n] == 0 || !initialOf(s.probe[i].Alts, s.seg.nodes[n]) {
		return l.rel, int(l.s)
	}
	return match.Letter, match.LetterSimilarity
}

// yields reports whether an initial that stands for the node is a better
// relation, or the first in table order of equals.
func (l link) yields() bool {
	return l.s < match.LetterSimilarity || l.s == match.LetterSimilarity && l.rel > match.Letter
}

// initialOf reports whether a reading is the initial of a word of the other
// side.
func initialOf(alts, words []name.Token) bool {
	for i := range alts {
		if alts[i].Class == name.Initial && begins(words, alts[i].Surface[0]) {
			return true
		}
	}
	return false
}

// begins reports whether a word among the readings begins with a letter.
func begins(alts []name.Token, letter byte) bool {
	for i := range alts {
		if t := &alts[i]; t.Class == name.Word && t.Surface != "" && t.Surface[0] == letter {
			return true
		}
	}
	return false
}

func (s *searcher) weightOf(i int) int32 { return int32(s.probe[i].Weight()) }

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
	for q := range uint32(s.seg.seqs.len()) {
		if kinds>>s.seg.kinds[q]&1 == 1 {
			s.pair = s.seg.positions(q, s.pair[:0])
			if r, ok := s.scorer.Score(probe, s.pair, costs, theta); ok {
				yield(hit{q, r})
			}
		}
	}
}
