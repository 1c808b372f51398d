package index

// levels is how many steps of gain are told apart, of equal height up to what the
// threshold asks for.
const levels = 16

// level is the step of a gain.
func (s *searcher) level(gain int64) int {
	return int(max(0, min(gain*levels/s.need, levels-1)))
}

// sortOut puts the lists to be read into levels: each once, and not those whose
// first name, the lightest, is too heavy. A name of a list that reaches the
// threshold has more edges, at other positions of the probe, so no more of them than
// there are, nor than companions in its posting: the greatest of these brings its
// share of what is missing at least. Lists are read from the lowest level up, and
// what brings less is out of sight by then (7.2 e).
func (s *searcher) sortOut(loud []target) {
	for l := range levels {
		s.byLevel[l], s.gains[l] = -1, -1
	}
	for i := range s.notes.all {
		n := &s.notes.all[i]
		l := s.level(int64(n.gain))
		n.next, s.gains[l] = s.gains[l], int32(i)
	}
	others := int64(max(1, min(len(s.probe)-1, companions)))
	for i := range loud {
		t := &loud[i]
		n := s.notes.of(t.node)
		if first := s.seg.posts.of(t.list.start, 1); n.read || alike(first[1]).weight() > int64(n.limit) {
			continue
		}
		n.read = true
		missing := s.need - s.lazySum - int64(n.gain)
		l := s.level(missing / others)
		t.next, s.byLevel[l] = s.byLevel[l], int32(i)
	}
}

// darken puts out of sight the nodes below a level.
func (s *searcher) darken(l int) {
	if l == 0 {
		return
	}
	for i := s.gains[l-1]; i >= 0; i = s.notes.all[i].next {
		n := s.notes.all[i].node
		s.bright[n/64] &^= 1 << (n % 64)
	}
}
