package index

import (
	"cmp"
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

// unlimited is more than any name weighs.
const unlimited = 1 << 30

// weigh notes how heavy a listed name can be, at most, that is found by a loud edge
// and reaches the threshold: all of it that the probe cannot cover costs.
func (s *searcher) weigh(loud []target) {
	listed := s.costs.Listed * s.theta
	free := s.lazySum > 0 || listed == 0
	var cover [name.MaxPositions]int64
	var covered int64
	if !free {
		covered = s.cover(&cover)
	}
	for _, e := range loud {
		n, limit := s.notes.of(markOf(e.node)), int64(unlimited)
		if !free {
			rest, others := s.total-s.most[e.at], covered-cover[e.at]
			if e.width() == 2 {
				rest, others = rest-s.most[e.at+1], others-cover[e.at+1]
			}
			own := int64(e.heavy)
			if e.rel == match.Split {
				own = cover[e.at]
			}
			limit = (rest+int64(e.gain)-s.need)/listed + others + own
		}
		n.limit = max(n.limit, int32(limit))
	}
}

// cover sets the most weight of a listed name that each probe position can cover,
// and returns the sum.
func (s *searcher) cover(cover *[name.MaxPositions]int64) (sum int64) {
	for i := range s.edges {
		e := &s.edges[i]
		w := int64(e.heavy)
		if e.rel == match.Split {
			w *= 2 // both halves have an edge, one is the heavier
		}
		cover[e.at] = max(cover[e.at], w)
	}
	for i := range s.probe {
		sum += cover[i]
	}
	return sum
}

// light notes the edges by the marks of their nodes.
func (s *searcher) light() {
	s.notes.clear(len(s.edges))
	for i := range s.edges {
		e := &s.edges[i]
		n := s.notes.note(markOf(e.node))
		n.gain, n.heavy = max(n.gain, e.gain), max(n.heavy, e.heavy)
		if e.rel == match.Split {
			n.half |= 1 << e.at
		} else {
			n.at |= (1<<e.width() - 1) << e.at
		}
		e.next, n.first = n.first, int32(i)
	}
}

// target is a node whose list may be read, for an edge.
type target struct{ *edge }

// longList is the length from which a list is worth being quiet.
const longList = 24

// loud returns the edges whose lists must be read: all but a set of quiet ones
// that cannot reach the threshold by themselves (7.2 d). The longest lists are
// made quiet first, then the short ones of whole positions.
func (s *searcher) loud() []target {
	short := s.targets()
	s.quiet, s.quietSum = [name.MaxPositions]int64{}, s.lazySum
	copy(s.quiet[:len(s.probe)], s.lazy[:len(s.probe)])
	for _, e := range s.targeted[short:] {
		s.hush(e.edge)
	}
	s.hushPositions(s.targeted[:short])
	return slices.DeleteFunc(s.targeted, func(e target) bool { return s.isQuiet(e.edge) })
}

// hush makes an edge quiet if there is room for it.
func (s *searcher) hush(e *edge) {
	half, add := e.share(), int64(0)
	for i := e.at; i < e.at+e.width(); i++ {
		add += max(0, half-s.quiet[i])
	}
	if s.quietSum+add >= s.need {
		return
	}
	s.quietSum += add
	for i := e.at; i < e.at+e.width(); i++ {
		s.quiet[i] = max(s.quiet[i], half)
	}
}

// hushPositions makes all edges of a position quiet if there is room for them,
// the position with the most postings first.
func (s *searcher) hushPositions(edges []target) {
	var most [name.MaxPositions]int64
	var postings [name.MaxPositions]uint32
	for _, e := range edges {
		for i := e.at; i < e.at+e.width(); i++ {
			most[i] = max(most[i], e.share())
			postings[i] += e.list.length
		}
	}
	for range s.probe {
		i := 0
		for k := range s.probe {
			if postings[k] > postings[i] {
				i = k
			}
		}
		if add := max(0, most[i]-s.quiet[i]); s.quietSum+add < s.need {
			s.quietSum += add
			s.quiet[i] += add
		}
		postings[i] = 0
	}
}

func (s *searcher) isQuiet(e *edge) bool {
	for i := e.at; i < e.at+e.width(); i++ {
		if e.share() > s.quiet[i] {
			return false
		}
	}
	return true
}

// targets puts the edges with short lists in front, which are read anyway, and
// those with long lists behind them, the longest first. It returns how many
// are short.
func (s *searcher) targets() int {
	s.targeted = s.targeted[:0]
	short := 0
	for i := range s.edges {
		e := &s.edges[i]
		s.targeted = append(s.targeted, target{e})
		if e.list.length < longList {
			last := len(s.targeted) - 1
			s.targeted[short], s.targeted[last] = s.targeted[last], s.targeted[short]
			short++
		}
	}
	slices.SortFunc(s.targeted[short:], func(a, b target) int {
		return cmp.Or(cmp.Compare(b.list.length, a.list.length), cmp.Compare(a.gain, b.gain), cmp.Compare(a.node, b.node), cmp.Compare(a.at, b.at))
	})
	return short
}
