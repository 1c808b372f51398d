package index

import (
	"cmp"
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

// merit is what a word of a roll can add to (*) of matching.md 7.2 at most.
type merit struct {
	need   int32  // what its weight takes to reach the threshold
	most   int32  // by itself, on any listed name; at least 0
	joined int32  // as one of two that are a listed word together; at least need
	often  int32  // by itself, on the listed names that are not in pulls
	pulls  []pull // by sequence
	begins bool   // may be the first of two such words
	ends   bool   // may be the second
}

// pull is what a word can add on one listed name.
type pull struct {
	seq  uint32
	gain int32
}

// mostPulls is how many listed names are told apart for a word. One that is
// related to more of them adds the most on all.
const mostPulls = 64

// head reports a word without which no probe reaches the threshold: the merits
// of a probe that does are its needs together, so one of them is, or two words of
// it are joined, and one of these is the first.
func (m *merit) head() bool { return m.most >= m.need || m.begins }

// bound is the most that the word can add in any way, less its need.
func (m *merit) bound() int32 {
	if m.begins || m.ends {
		return max(m.most, m.joined) - m.need
	}
	return m.most - m.need
}

// meritOf finds what a word can add. Two words that are joined share the gain of
// the pair, which weighs no more than both, by their weights.
func (s *searcher) meritOf(alts []name.Token, ends *foldEnds) merit {
	pw := int64(alts[0].Weight)
	m := merit{
		need:   int32(s.theta * s.costs.Query * pw),
		joined: int32(s.gainUpTo(0, pw, match.JoinedSimilarity, pw)),
		begins: ends.begin(alts), ends: ends.end(alts),
	}
	l := s.linksOf(alts)
	for _, x := range l.nodes {
		if int(x.s) >= s.costs.Floor && (!s.costs.Whole || x.rel != match.Letter) {
			w := match.PairWeight(x.rel, int32(pw), int32(x.heavy))
			m.adds(&s.seg.posts, x.node, s.gain(int64(w), int64(x.s), pw))
		}
	}
	for _, n := range l.halves {
		m.adds(&s.seg.posts, n, s.gainOfHalf(n, pw))
	}
	if l.initial && !s.costs.Whole {
		m.often = int32(s.gainOfInitial(pw))
	}
	m.settle()
	return m
}

// adds notes that the word can add a gain on the sequences that hold a node.
func (m *merit) adds(posts *postings, node uint32, gain int64) {
	if gain <= 0 {
		return
	}
	m.most = max(m.most, int32(gain))
	for q := range posts.seqs(node) {
		if len(m.pulls) > mostPulls {
			return
		}
		m.pulls = append(m.pulls, pull{q, int32(gain)})
	}
}

// settle keeps the greatest pull of each sequence, or none if there are too many.
func (m *merit) settle() {
	m.most = max(m.most, m.often)
	if len(m.pulls) > mostPulls {
		m.often, m.pulls = m.most, nil
		return
	}
	slices.SortFunc(m.pulls, func(a, b pull) int { return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(b.gain, a.gain)) })
	m.pulls = slices.Clip(slices.CompactFunc(m.pulls, func(a, b pull) bool { return a.seq == b.seq }))
}
