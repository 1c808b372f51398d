package index

import (
	"cmp"
	"slices"

	"interdict/internal/match"
	"interdict/internal/name"
)

// link is a node of the dictionary with its best relation to a word.
type link struct {
	node  uint32
	s     uint16 // similarity, 1/1000
	rel   match.Relation
	heavy uint8 // weight of the node, 1/100
}

// extent is where the postings of a node lie.
type extent struct{ start, length uint32 }

// links are what the dictionary has for a word of a probe.
type links struct {
	nodes  []link   // every node that is related to the word, by node
	lists  []extent // beside nodes
	halves []uint32 // nodes that are half of the word as two words (R6), sorted
	// initial says that a reading of the word is an initial. Its relations to
	// the words that begin with it (R4) are not among the nodes, and may be
	// better than the ones that are.
	initial bool
}

// maxLinks is the number of links of words asked for lately that a searcher
// remembers, besides those of a large dictionary.
const maxLinks = 1 << 20

func (l *links) size() int { return 8 + len(l.nodes) + len(l.halves)/4 }

// linksOf finds everything about a word, with a memory: words repeat.
func (s *searcher) linksOf(alts []name.Token) *links {
	s.key = s.key[:0]
	for i := range alts {
		s.key = appendKey(s.key, &alts[i])
	}
	l, ok := s.recent.Find(text(s.key))
	if !ok {
		l = s.find(alts)
		s.recent.Keep(string(s.key), l, l.size(), maxLinks+2*len(s.seg.nodes))
	}
	return l
}

func appendKey(key []byte, t *name.Token) []byte {
	class := byte(t.Class)
	if t.Abjad {
		class |= abjadBit
	}
	return append(append(key, class), t.Surface...)
}

// find is what the readings of a word have together.
func (s *searcher) find(alts []name.Token) *links {
	l := links{nodes: s.links[:0]}
	for i := range alts {
		t := &alts[i]
		l.initial = l.initial || t.Class == name.Initial
		s.expand(t)
		for _, r := range s.found {
			for _, n := range s.seg.nodeOf.of(r.token) {
				l.nodes = append(l.nodes, link{n, uint16(r.s), r.rel, s.seg.heavy[n]})
			}
		}
		if t.Class == name.Word && len(t.Fold) >= match.MinJoined && len(t.Fold) <= name.LongWord {
			l.halves = s.seg.halves(l.halves, t.Fold)
		}
	}
	s.links = l.nodes
	return s.seg.tidy(l)
}

// tidy sorts the links, leaves each once, and returns a copy without slack.
func (seg *Segment) tidy(l links) *links {
	slices.Sort(l.halves)
	out := &links{nodes: slices.Clone(strongest(l.nodes)), halves: slices.Clone(slices.Compact(l.halves)), initial: l.initial}
	out.lists = make([]extent, len(out.nodes))
	for i, x := range out.nodes {
		out.lists[i] = seg.posts.extent(x.node)
	}
	return out
}

// strongest keeps the best of several relations to one node, of equals the
// first in table order, as match.RelatePositions does.
func strongest(all []link) []link {
	slices.SortFunc(all, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.node, b.node), cmp.Compare(b.s, a.s), cmp.Compare(a.rel, b.rel))
	})
	return slices.CompactFunc(all, func(a, b link) bool { return a.node == b.node })
}

// halves adds the nodes that hold one half of a fold, of those cuts of it whose
// halves may stand side by side in a name.
func (seg *Segment) halves(nodes []uint32, fold string) []uint32 {
	both := func(left, right string) {
		seg.finders.sameFold(seg.tokens, left, match.Joinable, func(a uint32) {
			seg.finders.sameFold(seg.tokens, right, match.Joinable, func(b uint32) {
				for _, n := range seg.nodeOf.of(a) {
					for _, m := range seg.nodeOf.of(b) {
						if seg.beside.may(n, m) {
							nodes = append(nodes, n, m)
						}
					}
				}
			})
		})
	}
	for cut := 1; cut < len(fold); cut++ {
		both(fold[:cut], fold[cut:])
		// Equal neighbours collapse where two words meet.
		both(fold[:cut], fold[cut-1:])
	}
	return nodes
}

// joined gives the nodes that are two adjacent words of a probe written as one
// (R5), some of them several times.
func (seg *Segment) joined(a, b []name.Token, yield func(node uint32)) {
	for x := range min(len(a), match.JoinAlternatives) {
		for y := range min(len(b), match.JoinAlternatives) {
			if !seg.finders.joins.may(a[x].Fold, b[y].Fold) {
				continue
			}
			fold, ok := match.JoinFolds(&a[x], &b[y])
			if !ok {
				continue
			}
			word := func(t *name.Token) bool { return match.Joins(&a[x], &b[y], t) }
			seg.finders.sameFold(seg.tokens, fold, word, func(id uint32) {
				for _, n := range seg.nodeOf.of(id) {
					yield(n)
				}
			})
		}
	}
}
