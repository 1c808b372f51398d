package index

import (
	"math/bits"

	"interdict/internal/match"
	"interdict/internal/name"
)

// related is a dictionary token with its relation to a probe token.
type related struct {
	token uint32
	rel   match.Relation
	s     int32
}

// expand sets s.found to every token of the dictionary that is related to the
// probe, but not the words that a probe initial stands for (R4): those are
// lazy, see letterNodes.
func (s *searcher) expand(probe *name.Token) {
	s.found = s.found[:0]
	if s.tries++; s.tries == 0 {
		clear(s.tried)
		s.tries = 1
	}
	f := &s.seg.finders
	s.ids = f.exact.find(hashClass(probe.Class, probe.Surface), s.ids[:0])
	s.try(probe, s.ids)
	if probe.Class != name.Word && probe.Class != name.Particle {
		return
	}
	letters, k := lettersOf(probe.Fold), reach(probe.Fold)
	deletions(probe.Fold, k, func(h uint32) { s.trySets(probe, &f.folds, h, letters, ^uint64(0), k) })
	if probe.Class != name.Word {
		return
	}
	s.ids = f.exact.find(hashClass(name.Initial, probe.Surface[:1]), s.ids[:0])
	s.try(probe, s.ids)
	bones := &f.abjad
	if probe.Abjad {
		bones = &f.bones
	}
	boneVariants(probe, func(h uint32) { s.trySets(probe, bones, h, letters, consonants, 1) })
	for _, x := range probe.Senses {
		if int(x.Group) < f.senses.len() {
			s.try(probe, f.senses.of(x.Group))
		}
	}
}

// try looks at the tokens that a finder gave, each once a probe.
func (s *searcher) try(probe *name.Token, ids []uint32) {
	for _, id := range ids {
		if s.tried[id] == s.tries {
			continue
		}
		s.tried[id] = s.tries
		t := &s.seg.tokens[id]
		if probe.Class == name.Initial && t.Class == name.Word {
			continue
		}
		if rel, sim := match.Relate(probe, t); sim > 0 {
			s.found = append(s.found, related{id, rel, int32(sim)})
		}
	}
}

// trySets tries the tokens of a hash whose letters, of those that count, may be
// within k edits of the probe's. Some that a table gives are there by a
// collision: an edit changes at most two letters of the set, so the sets tell
// them apart.
func (s *searcher) trySets(probe *name.Token, t *table, h uint32, letters, count uint64, k int) {
	s.ids = t.find(h, s.ids[:0])
	for i, id := range s.ids {
		if bits.OnesCount64((letters^s.seg.finders.sets[id])&count) <= 2*k {
			s.try(probe, s.ids[i:i+1])
		}
	}
}

// consonants are the symbols of a skeleton.
var consonants = ^lettersOf("aeiou")

// lettersOf is the set of symbols of a fold.
func lettersOf(fold string) uint64 {
	set := uint64(0)
	for i := range len(fold) {
		set |= 1 << (fold[i] % 64)
	}
	return set
}

// sameFold gives the tokens with exactly this fold that want accepts.
func (f *finders) sameFold(tokens []name.Token, fold string, want func(*name.Token) bool, yield func(uint32)) {
	var room [16]uint32
	for _, id := range f.folds.find(hash(fold), room[:0]) {
		if t := &tokens[id]; t.Fold == fold && want(t) {
			yield(id)
		}
	}
}
