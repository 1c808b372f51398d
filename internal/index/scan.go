package index

import (
	"cmp"
	"slices"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/name"
)

// LowestMention is the lowest threshold of a mention in a text, in 1/1000:
// anchors are chosen for it.
const LowestMention = 750

// anchorShare is the weight, in 1/1000 of a name, above which a set of its
// words is in every mention of it: a mention covers LowestMention of the
// weight, so it cannot do without them all (matching.md section 10).
const anchorShare = 1000 - LowestMention

// Mention is a span of a text that is a listed name.
type Mention struct {
	Hit
	Start, End int             // bytes of the text
	Words      []name.Position // the span as it was read, with its places in the text
}

// Scan finds every span of the text that starts and ends with a matched word
// and scores at least theta (1/1000) as a listed name with match.MentionCosts.
// Of spans that overlap, for one listed name, the best stays: the highest
// score, then the shortest, then the first. A blank line ends a span.
func (ix *Index) Scan(text string, theta int) ([]Mention, error) {
	return ix.mentions(text, theta, (*scanner).scan)
}

// ScanExhaustive returns what Scan returns by scoring every span against every
// listed name: the oracle of Scan.
func (ix *Index) ScanExhaustive(text string, theta int) ([]Mention, error) {
	return ix.mentions(text, theta, (*scanner).exhaustive)
}

func (ix *Index) mentions(text string, theta int, find finding) ([]Mention, error) {
	if theta < LowestMention || theta > 1000 {
		return nil, fault.New(fault.Invalid, "the threshold %d/1000 of a mention is not between %d and 1000", theta, LowestMention)
	}
	var out []Mention
	for _, p := range ix.parts {
		out = append(out, p.mentions(text, theta, find, shareOfText)...)
	}
	slices.SortFunc(out, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind))
	})
	return out, nil
}

// finding is how the spans of a stream are found.
type finding func(s *scanner, block string, stream []name.Position, kind name.Kind, yield func(span))

// moved is a copy of words whose places are that much further on.
func moved(words []name.Position, by int) []name.Position {
	out := slices.Clone(words)
	for i := range out {
		out[i].Start += by
		out[i].End += by
	}
	return out
}

// spans finds the spans of a block, as it stands and in its asides. Their words
// are valid until the next block.
func (s *scanner) spans(block string, kind name.Kind, theta int, find finding) []span {
	s.refresh(theta)
	s.room = s.reader.Stream(s.room, block, kind)
	var out []span
	s.aside = nil
	find(s, block, s.room, kind, func(x span) {
		if !x.matches(0) || !x.matches(x.to-x.from) {
			return
		}
		x.words = s.room[x.from : x.to+1]
		x.start, x.end = x.words[0].Start, x.words[0].End
		for _, q := range x.words {
			x.start, x.end = min(x.start, q.Start), max(x.end, q.End)
		}
		out = append(out, x)
	})
	for i, a := range s.reader.Asides(block, kind) {
		s.aside = &a
		find(s, block, a.Positions, kind, func(x span) {
			if !x.fits(&a) {
				return
			}
			x.words = a.Positions[x.from : x.to+1]
			x.of, x.start, x.end = i+1, a.Positions[x.from].Start, a.Positions[x.to].End
			if a.Turned {
				x.start, x.end = a.Start, a.End
			}
			out = append(out, x)
		})
	}
	s.aside = nil
	return out
}

// fits reports that a span of an aside begins and ends with words that match, and
// where spans of it must.
func (x *span) fits(a *name.Aside) bool {
	last := len(a.Positions) - 1
	if a.Turned {
		return x.from == 0 && x.to == last
	}
	return x.matches(0) && x.matches(x.to-x.from) && (!a.Starts || x.from == 0) && (!a.Ends || x.to == last)
}

// matches reports that the span's word i has a partner.
func (x *span) matches(i int) bool {
	return slices.ContainsFunc(x.result.Edges, func(e match.Edge) bool { return int(e.Q) <= i && i < int(e.Q)+int(e.QN) })
}

// span is a run of positions of a stream with its score against a sequence.
type span struct {
	hit
	from, to   int // first and last position
	of         int // 0 of the text as it stands, else the aside's number
	start, end int // bytes of the block
	words      []name.Position
}

// bestSpans keeps, of the spans of one sequence that overlap each other, the
// best, again and again.
func bestSpans(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(b.result.Points(), a.result.Points()),
			cmp.Compare(a.to-a.from, b.to-b.from), cmp.Compare(a.start, b.start), cmp.Compare(a.of, b.of), cmp.Compare(a.from, b.from))
	})
	var out []span
	first := 0
	for _, s := range spans {
		if len(out) > first && out[first].seq != s.seq {
			first = len(out)
		}
		if !slices.ContainsFunc(out[first:], s.overlaps) {
			out = append(out, s)
		}
	}
	return out
}

func (x span) overlaps(o span) bool {
	if x.of == o.of {
		return x.from <= o.to && o.from <= x.to
	}
	return x.start < o.end && o.start < x.end
}

// longestSpan is the number of positions that a mention of a sequence can
// have: its words, twice because two words of the text may be one of the name,
// and the gap words that the threshold leaves room for.
func (seg *Segment) longestSpan(q uint32, theta int) int {
	nodes := seg.seqs.of(q)
	weight := 0
	for _, n := range nodes {
		weight += int(seg.heavy[n])
	}
	gaps := weight * (1000 - theta) * 1000 / (theta * int(match.MentionCosts.Query) * name.LeastWeight)
	return min(2*len(nodes)+gaps, name.MaxPositions)
}
