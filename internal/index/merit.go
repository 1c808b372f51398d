package index

import (
	"cmp"
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

// merit is the most that a word of a roll can add to (*) of matching.md 7.2,
// less what its own weight takes to reach the threshold.
type merit struct {
	alone  int32 // by itself, on any listed name
	joined int32 // as one of two that are a listed word together; at least 0
	begins bool  // may be the first of two such words
	ends   bool  // may be the second
}

// sides are two numbers, for the two ways in which (*) is met: the contradiction
// counts the leftovers of the probe, or those of the listed name. The lesser
// counts, so that a name that meets (*) meets it in one of the two.
type sides [2]int32

func (a sides) most(b sides) sides { return sides{max(a[0], b[0]), max(a[1], b[1])} }

// claim is what a word adds to (*) with every leftover moved to the right side:
// a word has what it covers to its credit, and a name all its weight against it.
type claim struct {
	need  sides  // what its weight takes
	often sides  // on the listed names that are not in pulls
	pulls []pull // by sequence
}

// pull is what a word can add on one listed name, at least 0.
type pull struct {
	seq uint32
	sides
}

// mostPulls is how many listed names are told apart for a word. One that is
// related to more of them adds the most on all.
const mostPulls = 128

// meritOf finds what a word can add. Two words that are joined share the gain of
// the pair, which weighs no more than both, by their weights.
func (s *searcher) meritOf(alts []name.Token, ends *foldEnds, apart int) (merit, claim) {
	pw := int64(alts[0].Weight)
	need := s.theta * s.costs.Query * pw
	c := claim{need: sides{int32(need + s.theta*s.costs.Both*pw), int32(need)}}
	most := int64(0)
	l := s.linksOf(alts)
	for _, x := range l.nodes {
		if int(x.s) >= s.costs.Floor && (!s.costs.Whole || x.rel != match.Letter) {
			gain := s.gain(int64(match.PairWeight(x.rel, int32(pw), int32(x.heavy))), int64(x.s), pw)
			most = max(most, gain)
			c.adds(&s.seg.posts, x.node, apart, s.credited(gain, pw, int64(x.heavy)))
		}
	}
	for _, n := range l.halves {
		gain := s.gainOfHalf(n, pw)
		most = max(most, gain)
		c.adds(&s.seg.posts, n, apart, s.credited(gain, pw, int64(s.seg.heavy[n])+heaviestWord))
	}
	if l.initial && !s.costs.Whole {
		gain := s.gainOfInitial(pw)
		most = max(most, gain)
		c.often = c.often.most(s.credited(gain, pw, heaviestWord))
	}
	c.settle()
	return merit{
		alone:  int32(most - need),
		joined: int32(s.gainUpTo(0, pw, match.JoinedSimilarity, pw) - need),
		begins: ends.begin(alts), ends: ends.end(alts),
	}, c
}

// credited is a gain with what is not left over for it: a word of the probe of
// the weight pw, and at most lw of the listed name.
func (s *searcher) credited(gain, pw, lw int64) sides {
	return sides{
		int32(max(0, gain+s.theta*(s.costs.Listed*lw+s.costs.Both*pw))),
		int32(max(0, gain+s.theta*(s.costs.Listed+s.costs.Both)*lw)),
	}
}

// charged is what a listed name of the weight lw has against it.
func (s *searcher) charged(lw int64) [2]int64 {
	return [2]int64{s.theta * s.costs.Listed * lw, s.theta * (s.costs.Listed + s.costs.Both) * lw}
}

// adds notes that the word can add to the sequences that hold a node.
func (c *claim) adds(posts *postings, node uint32, apart int, most sides) {
	if int(posts.length(node))+len(c.pulls) > apart {
		c.often = c.often.most(most)
		return
	}
	for _, q := range posts.of(node) {
		c.pulls = append(c.pulls, pull{q, most})
	}
}

// settle keeps the greatest pull of each sequence, and none that all have.
func (c *claim) settle() {
	slices.SortFunc(c.pulls, func(a, b pull) int { return cmp.Compare(a.seq, b.seq) })
	kept := c.pulls[:0]
	for _, p := range c.pulls {
		switch n := len(kept); {
		case n > 0 && kept[n-1].seq == p.seq:
			kept[n-1].sides = kept[n-1].most(p.sides)
		case p.sides[0] > c.often[0] || p.sides[1] > c.often[1]:
			kept = append(kept, p)
		}
	}
	c.pulls = slices.Clip(kept)
}

// on is what the word can add on a listed name.
func (c *claim) on(seq uint32) sides {
	at, end := 0, len(c.pulls)
	for at < end {
		if middle := (at + end) / 2; c.pulls[middle].seq < seq {
			at = middle + 1
		} else {
			end = middle
		}
	}
	if at == len(c.pulls) || c.pulls[at].seq != seq {
		return c.often
	}
	return c.pulls[at].most(c.often)
}
