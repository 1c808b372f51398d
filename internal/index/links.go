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

// maxLinks is the number of links that a searcher remembers before it begins
// anew.
const maxLinks = 1 << 20

// linksOf finds everything about a word, with a memory: words repeat, and so
// do readings in different words.
func (s *searcher) linksOf(alts []name.Token) *links {
	s.key = s.key[:0]
	for i := range alts {
		s.key = appendKey(s.key, &alts[i])
	}
	if l, ok := s.cache[string(s.key)]; ok {
		return l
	}
	if len(alts) == 1 {
		return s.store(s.key, s.find(&alts[0]))
	}
	return s.store(slices.Clone(s.key), s.union(alts))
}

// union is what the readings of a word have together.
func (s *searcher) union(alts []name.Token) *links {
	var all links
	for i := range alts {
		l := s.linksOf(alts[i : i+1])
		all.initial = all.initial || l.initial
		all.nodes = append(all.nodes, l.nodes...)
		all.halves = append(all.halves, l.halves...)
	}
	return s.seg.tidy(all)
}

func appendKey(key []byte, t *name.Token) []byte {
	class := byte(t.Class)
	if t.Abjad {
		class |= abjadBit
	}
	return append(append(key, class), t.Surface...)
}

func (s *searcher) store(key []byte, l *links) *links {
	if s.cached += 8 + 2*len(l.nodes) + len(l.halves)/2; s.cached > maxLinks {
		clear(s.cache)
		s.cached = 0
	}
	s.cache[string(key)] = l
	return l
}

// find asks the finders about a token.
func (s *searcher) find(t *name.Token) *links {
	l := links{initial: t.Class == name.Initial, nodes: s.links[:0]}
	s.expand(t)
	for _, r := range s.found {
		for _, n := range s.seg.nodeOf.of(r.token) {
			l.nodes = append(l.nodes, link{n, uint16(r.s), r.rel, s.seg.heavy[n]})
		}
	}
	s.links = l.nodes
	if t.Class == name.Word && len(t.Fold) >= match.MinJoined && len(t.Fold) <= name.LongWord {
		l.halves = s.seg.halves(nil, t.Fold)
	}
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
