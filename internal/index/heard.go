package index

import (
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

// heard is what a scan knows of a word of a text, for one kind of name.
type heard struct {
	links           // to names of the kind, without those that no mention has
	anchors []bound // sequences to look for where the word stands
	begins  bool    // may be the first half of a listed word
	ends    bool    // may be the second half
}

// bound is a sequence with a node that no mention of it can do without besides
// the anchor, or none.
type bound struct{ seq, other uint32 }

// heardOf is hear with a memory: of the reader's words by their numbers, of
// compounds, which have none, by their readings.
func (s *scanner) heardOf(p *name.Position) *heard {
	w := int(p.Word)
	if w == 0 {
		return s.compoundOf(p.Alts)
	}
	known := s.known[s.kind]
	if w >= len(known) {
		known = append(known, make([]*heard, w+256-len(known))...)
		s.known[s.kind] = known
	}
	if known[w] == nil {
		known[w] = s.hear(p.Alts)
	}
	return known[w]
}

func (s *scanner) compoundOf(alts []name.Token) *heard {
	s.spelt = append(s.spelt[:0], byte(s.kind))
	for i := range alts {
		s.spelt = appendKey(s.spelt, &alts[i])
	}
	h, ok := s.compounds[string(s.spelt)]
	if !ok {
		key := string(s.spelt)
		h = s.hear(alts)
		s.compounds[key] = h
	}
	return h
}

// forget begins anew.
func (s *scanner) forget() {
	s.known, s.kept = [2][]*heard{}, 0
	clear(s.compounds)
}

// hear asks what the dictionary has for a word. What an initial stands for is
// decided where it is scored.
func (s *scanner) hear(alts []name.Token) *heard {
	l := s.linksOf(alts)
	h := &heard{begins: s.anchored.ends.begin(alts), ends: s.anchored.ends.end(alts)}
	h.initial = l.initial
	holds := s.anchored.holds[s.kind]
	for _, x := range l.nodes {
		if int(x.s) >= match.MentionCosts.Floor && x.rel != match.Letter && holds[x.node/64]>>(x.node%64)&1 == 1 {
			h.nodes = append(h.nodes, x)
			h.anchors = s.boundTo(h.anchors, x.node, int(x.s))
		}
	}
	for _, n := range l.halves {
		if holds[n/64]>>(n%64)&1 == 1 {
			h.halves = append(h.halves, n)
			h.anchors = s.boundTo(h.anchors, n, match.JoinedSimilarity)
		}
	}
	// Of several nodes of a sequence one is enough: its other node is needed,
	// whichever of them it is named beside.
	slices.SortFunc(h.anchors, func(a, b bound) int { return int(a.seq) - int(b.seq) })
	h.anchors = slices.Clone(slices.CompactFunc(h.anchors, func(a, b bound) bool { return a.seq == b.seq }))
	if !h.initial && len(h.nodes)+len(h.halves) == 0 {
		return &unrelated[bit(h.begins)][bit(h.ends)]
	}
	if s.kept += 8 + len(h.nodes) + len(h.halves)/2 + len(h.anchors); s.kept > maxLinks {
		s.forget()
	}
	return h
}

// unrelated is what is known of all words that no name has, by whether they may
// begin and end a listed word: most words of a text.
var unrelated = [2][2]heard{{{}, {ends: true}}, {{begins: true}, {begins: true, ends: true}}}

func bit(is bool) uint64 {
	if is {
		return 1
	}
	return 0
}

// boundTo adds the sequences anchored at a node that a word is related to by
// that much.
func (s *scanner) boundTo(out []bound, n uint32, sim int) []bound {
	a := &s.anchored.of[s.kind]
	for k := a.start[n]; k < a.start[n+1]; k++ {
		if q := a.item[k]; sim >= int(s.anchored.floor[q]) || sim == match.JoinedSimilarity {
			out = append(out, bound{q, a.other[k]})
		}
	}
	return out
}
