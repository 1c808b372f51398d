package index

import (
	"interdict/internal/match"
	"interdict/internal/name"
)

// edgesOf sets all edges between the positions near and the sequence in
// s.pair, as of positions of the stream.
func (s *scanner) edgesOf(nodes []uint32) {
	s.edges, s.at = s.edges[:0], s.at[:0]
	for _, i := range s.near {
		w, qw := s.words[i], int32(s.stream[i].Weight())
		for j, n := range nodes {
			lw := int32(s.seg.heavy[n])
			if rel, sim := s.relation(w, i, n); sim > 0 {
				s.add(i, match.SingleEdge(rel, sim, 0, j, qw, lw))
			}
			if len(s.joins[i]) > 0 && contains(s.joins[i], n) {
				s.add(i, match.JoinedEdge(0, j, qw, int32(s.stream[i+1].Weight()), lw))
			}
			if len(w.halves) > 0 && j+1 < len(nodes) && contains(w.halves, n) && contains(w.halves, nodes[j+1]) &&
				match.JoinPositions(s.pair[j].Alts, s.pair[j+1].Alts, s.stream[i].Alts) {
				s.add(i, match.SplitEdge(0, j, qw, lw, int32(s.seg.heavy[nodes[j+1]])))
			}
		}
	}
}

func (s *scanner) add(i int, e match.Edge) {
	s.edges, s.at = append(s.edges, e), append(s.at, i)
}

// relation is the relation of position i to a node, similarity 0 if no mention
// has it: an initial stands for no word of a text.
func (s *scanner) relation(w *heard, i int, n uint32) (match.Relation, int32) {
	l, _ := w.to(n)
	if w.initial && l.yields() && initialOf(s.stream[i].Alts, s.seg.nodes[n]) {
		return 0, 0
	}
	return l.rel, int32(l.s)
}

// try scores one span. Names with fewer than two distinctive words are in
// every text by chance: they count only when they are spelt as listed, or in a
// customary variant, and printed as a name.
func (s *scanner) try(from, to int, q uint32, yield func(span)) {
	costs := match.MentionCosts
	words := s.stream[from : to+1]
	s.pairs = s.pairs[:0]
	floor := int32(s.anchored.floor[q])
	strict := floor > 0 || short(words)
	if strict {
		floor = int32(floorOf(s.pair))
		costs.Floor = int(floor)
	}
	for k, e := range s.edges {
		if i := s.at[k]; i >= from && i+int(e.QN) <= to+1 && (e.S >= floor || e.Relation == match.Joined || e.Relation == match.Split) {
			e.Q = uint8(i - from)
			s.pairs = append(s.pairs, e)
		}
	}
	var wq, wl int64
	for i := range words {
		wq += int64(words[i].Weight())
	}
	for j := range s.pair {
		wl += int64(s.pair[j].Weight())
	}
	if !match.Reachable(s.pairs, wq, wl, costs, int64(s.theta), 1000) || strict && !printedAsName(s.block, words) {
		return
	}
	if r, ok := s.scorer.ScoreEdges(words, s.pair, s.pairs, costs, s.theta); ok {
		yield(span{hit: hit{q, r}, from: from, to: to})
	}
}

// exhaustive scores every span that can be a mention against every sequence.
func (s *scanner) exhaustive(block string, stream []name.Position, kind name.Kind, yield func(span)) {
	for q := range uint32(s.seg.seqs.len()) {
		if name.Kind(s.seg.kinds[q]) != kind || s.seg.derived(q) {
			continue
		}
		s.pair = s.seg.positions(q, s.pair[:0])
		most := s.seg.longestSpan(q, s.theta)
		for from := range stream {
			for to := from; to < min(len(stream), from+most); to++ {
				s.tryAll(block, stream[from:to+1], from, q, yield)
			}
		}
	}
}

// tryAll is try without knowing anything.
func (s *scanner) tryAll(block string, words []name.Position, from int, q uint32, yield func(span)) {
	costs := match.MentionCosts
	if short(s.pair) || short(words) {
		costs.Floor = floorOf(s.pair)
		if !printedAsName(block, words) {
			return
		}
	}
	if r, ok := s.scorer.Score(words, s.pair, costs, s.theta); ok {
		yield(span{hit: hit{q, r}, from: from, to: from + len(words) - 1})
	}
}

// to is the link to a node.
func (l *links) to(n uint32) (link, bool) {
	from, to := 0, len(l.nodes)
	for from < to {
		if middle := (from + to) / 2; l.nodes[middle].node < n {
			from = middle + 1
		} else {
			to = middle
		}
	}
	if from == len(l.nodes) || l.nodes[from].node != n {
		return link{}, false
	}
	return l.nodes[from], true
}
