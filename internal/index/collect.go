package index

import (
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

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
	lists := s.words[i].lists
	for k, l := range s.words[i].nodes {
		if int(l.s) < s.costs.Floor || s.costs.Whole && l.rel == match.Letter {
			continue
		}
		w := match.PairWeight(l.rel, int32(pw), int32(l.heavy))
		s.edges = append(s.edges, edge{int32(s.gain(int64(w), int64(l.s), int64(pw))), l.node, lists[k], -1, l.s, l.rel, l.heavy, uint8(i), false})
	}
}

// edge adds an edge of position i to a node.
func (s *searcher) edge(i int, n uint32, rel match.Relation, sim uint16, gain int64) {
	s.edges = append(s.edges, edge{int32(gain), n, s.seg.posts.extent(n), -1, sim, rel, s.seg.heavy[n], uint8(i), false})
}

// split bounds the edges of a word that is two of a listed name. Both halves
// get the whole gain of the pair; whether they are adjacent in a name the
// scorer will see. The other half weighs at least the least, and the pair at
// most the probe word.
func (s *searcher) split(i int) {
	pw := int64(s.probe[i].Weight())
	for _, n := range s.words[i].halves {
		s.edge(i, n, match.Split, match.JoinedSimilarity, s.gainOfHalf(n, pw))
	}
}

func (s *searcher) gainOfHalf(n uint32, pw int64) int64 {
	return s.gainUpTo(min(pw, int64(s.seg.heavy[n])+name.LeastWeight), pw, match.JoinedSimilarity, pw)
}

// joined finds the nodes that are two probe words written as one.
func (s *searcher) joined(i int) {
	pw := int64(s.probe[i].Weight() + s.probe[i+1].Weight())
	from := len(s.edges)
	s.seg.joined(s.probe[i].Alts, s.probe[i+1].Alts, func(n uint32) {
		if !slices.ContainsFunc(s.edges[from:], func(e edge) bool { return e.node == n }) {
			w := min(pw, int64(s.seg.heavy[n]))
			s.edge(i, n, match.Joined, match.JoinedSimilarity, s.gain(w, match.JoinedSimilarity, pw))
		}
	})
}

// lazyLetters bounds the edges of initials in the probe, which relate to a
// whole letter of the dictionary: they get no lists, only a bound, unless
// initials alone can reach the threshold.
func (s *searcher) lazyLetters() {
	for i := range s.probe {
		if !s.words[i].initial {
			continue
		}
		s.letters[i] = initialsOf(s.probe[i].Alts)
		if s.costs.Whole {
			continue
		}
		s.lazy[i] = s.gainOfInitial(int64(s.probe[i].Weight()))
		s.lazySum += s.lazy[i]
		s.lazyAt |= 1 << i
		s.lazyFirst |= s.letters[i]
	}
	if s.lazySum < s.need {
		return
	}
	s.lazySum, s.lazyAt, s.lazyFirst = 0, 0, 0
	for i := range s.probe {
		if s.lazy[i] > 0 {
			s.lazy[i] = 0
			s.letterNodes(i)
		}
	}
}

// gainOfInitial is the most that an initial can add, at least 0, whatever it
// stands for.
func (s *searcher) gainOfInitial(pw int64) int64 {
	lo := int64(match.PairWeight(match.Letter, int32(pw), 0))
	hi := int64(match.PairWeight(match.Letter, int32(pw), 100))
	return max(0, s.gainUpTo(lo, hi, match.LetterSimilarity, pw))
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
				s.edge(i, n, match.Letter, match.LetterSimilarity, s.gain(int64(w), match.LetterSimilarity, pw))
			}
		}
	}
}
