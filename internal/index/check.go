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
		seg.posts.fit(nodes, seqs) &&
		len(seg.ordinalOf) == names && below(seg.subjectOf, subjects) && below(seg.unread, names) &&
		fits(seg.ids, subjects) && fits(seg.payloads, subjects) && len(f.sums) == 8*subjects &&
		fits(seg.keys.keys, len(seg.keys.subject)) && below(seg.keys.subject, subjects) &&
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

// fit reports that there are postings of so many nodes and sequences, those of
// each node in the order of their weights: searches stop at one that is too heavy.
func (p *postings) fit(nodes, seqs int) bool {
	if !inOrder(list{p.start, p.seqs}, nodes) || len(p.looks) != lookSize*len(p.seqs) || !below(p.seqs, seqs) {
		return false
	}
	for n := range uint32(nodes) {
		last := int64(0)
		for i := p.start[n]; i < p.start[n+1]; i++ {
			w := p.alike(i).weight()
			if w < last {
				return false
			}
			last = w
		}
	}
	return true
}

// spans reports that l has n lists, in order, of ids below limit.
func spans(l list, n, limit int) bool {
	return inOrder(l, n) && below(l.item, limit)
}

// inOrder reports that l has n lists, in order.
func inOrder(l list, n int) bool {
	return n >= 0 && len(l.start) == n+1 && l.start[0] == 0 && slices.IsSorted(l.start) && int(l.start[n]) == len(l.item)
}

// hashed is spans for a table, whose size is a power of two, and whose sieve is
// as large as its items ask for, if it has one.
func hashed(t table, limit int) bool {
	n := t.len()
	for _, x := range t.item {
		if int(x%mostIDs) >= limit {
			return false
		}
	}
	return n > 0 && n&(n-1) == 0 && inOrder(t.list, n) && (t.sieve == nil || len(t.sieve) == sieveWords(len(t.item)))
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

func below(ids []uint32, limit int) bool {
	for _, id := range ids {
		if int64(id) >= int64(limit) {
			return false
		}
	}
	return true
}
