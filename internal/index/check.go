package index

import (
	"slices"

	"interdict/internal/name"
)

// check makes sure that no array of an opened file points outside another.
func (seg *Segment) check(f *flat) error {
	tokens := len(f.class)
	nodes := f.nodes.len()
	seqs := seg.seqs.len()
	names := len(seg.subjectOf)
	subjects := seg.ids.len()
	n := &seg.finders
	ok := len(f.weight) == tokens &&
		fits(f.surface, tokens) && fits(f.fold, tokens) && fits(f.skeleton, tokens) &&
		spans(f.nodes, nodes, tokens) && noneEmpty(f.nodes) &&
		spans(seg.seqs, seqs, nodes) && noneEmpty(seg.seqs) && longest(seg.seqs) <= name.MaxPositions &&
		len(seg.chains) == len(seg.seqs.item) && len(seg.tags) == len(seg.seqs.item) && len(seg.kinds) == seqs &&
		spans(seg.owners, seqs, names) &&
		spans(seg.posts, nodes, seqs) && len(seg.weight) == len(seg.posts.item) && seg.lightestFirst() &&
		len(seg.comps) == companions*len(seg.posts.item) && below(seg.comps, nodes, true) &&
		len(seg.ordinalOf) == names && below(seg.subjectOf, subjects, false) && below(seg.unread, names, false) &&
		fits(seg.ids, subjects) && fits(seg.payloads, subjects) && len(f.sums) == 8*subjects &&
		fits(seg.keys.keys, len(seg.keys.subject)) && below(seg.keys.subject, subjects, false) &&
		hashed(n.exact, tokens) && hashed(n.folds, tokens) && hashed(n.bones, tokens) && hashed(n.abjad, tokens) &&
		spans(n.letters, 256, tokens) && spans(n.senses, n.senses.len(), tokens)
	if !ok {
		return errShape
	}
	for _, c := range f.class {
		if name.Class(c&^abjadBit) > name.Particle {
			return errShape
		}
	}
	for _, k := range seg.kinds {
		if name.Kind(k) > name.AsOrganisation {
			return errShape
		}
	}
	return nil
}

// lightestFirst reports that the sequences of each node are in the order of
// their weights: searches stop at one that is too heavy.
func (seg *Segment) lightestFirst() bool {
	for n := range uint32(seg.posts.len()) {
		if !slices.IsSorted(seg.weight[seg.posts.start[n]:seg.posts.start[n+1]]) {
			return false
		}
	}
	return true
}

// spans reports that l has n lists, in order, of ids below limit.
func spans(l list, n, limit int) bool {
	return n >= 0 && len(l.start) == n+1 && l.start[0] == 0 && slices.IsSorted(l.start) &&
		int(l.start[n]) == len(l.item) && below(l.item, limit, false)
}

// hashed is spans for a table, whose size is a power of two, and whose sieve is
// as large as its items ask for, if it has one.
func hashed(t table, limit int) bool {
	n := t.len()
	return n > 0 && n&(n-1) == 0 && spans(t.list, n, limit) && (t.sieve == nil || len(t.sieve) == sieveWords(len(t.item)))
}

func fits(s strs, n int) bool {
	return n >= 0 && len(s.start) == n+1 && s.start[0] == 0 && slices.IsSorted(s.start) && int(s.start[n]) == len(s.bytes)
}

func noneEmpty(l list) bool {
	for i := 1; i < len(l.start); i++ {
		if l.start[i] == l.start[i-1] {
			return false
		}
	}
	return true
}

func longest(l list) int {
	most := 0
	for i := 1; i < len(l.start); i++ {
		most = max(most, int(l.start[i]-l.start[i-1]))
	}
	return most
}

func below(ids []uint32, limit int, marks bool) bool {
	for _, id := range ids {
		if int64(id) >= int64(limit) && (!marks || id < many) {
			return false
		}
	}
	return true
}
