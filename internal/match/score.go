package match

import (
	"slices"

	"interdict/internal/name"
)

// Costs price what is left over, in 1/1000 (matching.md 5.1).
type Costs struct {
	Query  int64 // BQ, a word of the query without a partner
	Listed int64 // BL, a word of the listed name without a partner
	Both   int64 // CF, contradiction: the lighter side of the leftovers
	// Floor is the similarity below which an edge does not exist, 1/1000.
	Floor int
	// Whole means that an initial stands for no word (no R4): in running text
	// single letters are everywhere.
	Whole bool
}

// NameCosts are the costs when whole names are compared.
var NameCosts = Costs{Query: 750, Listed: 350, Both: 500, Floor: floorS}

// MentionCosts are the costs when a span of a text is compared: a text holds
// whole names, so a listed word that is missing counts in full.
var MentionCosts = Costs{Query: 750, Listed: 1000, Both: 0, Floor: 750, Whole: true}

// Edge pairs one word, or two adjacent words, of the query with one, or two,
// of the listed name.
type Edge struct {
	Relation Relation
	Q, L     uint8 // first position on each side
	QN, LN   uint8 // number of positions on each side, 1 or 2, never both 2
	S        int32 // similarity, 1/1000
	W        int32 // weight of the pair, 1/100
	QW, LW   int32 // weights of the positions covered, 1/100
}

// place orders the edges of a pair by their positions.
func (e *Edge) place() uint32 {
	return uint32(e.Q)<<24 | uint32(e.L)<<16 | uint32(e.Relation)<<8 | uint32(e.QN)
}

// spans are the positions that the edge covers on each side, as bits.
func (e *Edge) spans() (q, l uint64) { return span(e.Q, e.QN), span(e.L, e.LN) }

// Result is the score of a pair: N/D times the factors, with what made it.
type Result struct {
	N, D    int64 // N <= D; both 0 if a side has no words
	Edges   []Edge
	Factors []Factor
	UQ, UL  int64 // weights left over, 1/100
	Costs   Costs
}

// Points returns the score in 1/10000, rounded down: nothing is shown at a
// threshold that it did not reach.
func (r Result) Points() int {
	n, d := r.exact()
	if d == 0 {
		return 0
	}
	return int(10000 * n / d)
}

// Reaches reports whether the score is at least theta (1/1000), exactly.
func (r Result) Reaches(theta int) bool {
	n, d := r.exact()
	return d > 0 && 1000*n >= int64(theta)*d
}

// exact returns the score with its factors as one fraction.
func (r Result) exact() (n, d int64) {
	n, d = r.N, r.D
	for _, f := range r.Factors {
		n, d = n*int64(f.Hundredths), d*100
	}
	return n, d
}

// Scorer scores pairs. It keeps scratch memory and is for one goroutine.
type Scorer struct {
	edges  []Edge
	alone  []Edge // edges whose positions no other edge covers
	chosen []Edge
	best   []Edge
	moves  []move
	table  []int64
	bits   [name.MaxPositions + 1]uint8
	qw, lw [name.MaxPositions]int32
}

// Score compares a query with a listed name. ok is false, and the result
// without meaning, if the score is below theta (1/1000). Sides longer than
// name.MaxPositions must not be given.
func (s *Scorer) Score(q, l []name.Position, c Costs, theta int) (r Result, ok bool) {
	if len(q) == 0 || len(l) == 0 {
		return Result{Costs: c}, false
	}
	s.pairUp(q, l, c)
	return s.settle(q, l, c, theta)
}

// ScoreEdges is Score for a caller who has found the edges of the two names
// already. Between names of at most FewWords words, edges that are in no pairing
// which reaches theta may be left out.
func (s *Scorer) ScoreEdges(q, l []name.Position, edges []Edge, c Costs, theta int) (r Result, ok bool) {
	s.edges = append(s.edges[:0], edges...)
	return s.settle(q, l, c, theta)
}

func (s *Scorer) settle(q, l []name.Position, c Costs, theta int) (r Result, ok bool) {
	n, d, ok := s.maximum(q, l, c, int64(theta), 1000)
	if !ok {
		return Result{Costs: c}, false
	}
	r = Result{N: n, D: d, Edges: slices.Clone(s.best), Costs: c}
	r.UQ, r.UL = leftovers(q, l, r.Edges)
	r.Factors = factors(q, l, r.Edges)
	return r, r.Reaches(theta)
}

// pairUp collects every edge between the two names.
func (s *Scorer) pairUp(q, l []name.Position, c Costs) {
	s.edges = s.edges[:0]
	for i := range q {
		s.qw[i] = int32(q[i].Weight())
	}
	for j := range l {
		s.lw[j] = int32(l[j].Weight())
	}
	for i := range q {
		for j := range l {
			s.single(q, l, i, j, c)
			if i+1 < len(q) && JoinPositions(q[i].Alts, q[i+1].Alts, l[j].Alts) {
				s.edges = append(s.edges, JoinedEdge(i, j, s.qw[i], s.qw[i+1], s.lw[j]))
			}
			if j+1 < len(l) && JoinPositions(l[j].Alts, l[j+1].Alts, q[i].Alts) {
				s.edges = append(s.edges, SplitEdge(i, j, s.qw[i], s.lw[j], s.lw[j+1]))
			}
		}
	}
}

func (s *Scorer) single(q, l []name.Position, i, j int, c Costs) {
	rel, sim := RelatePositions(q[i].Alts, l[j].Alts)
	if sim < c.Floor || c.Whole && rel == Letter {
		return
	}
	s.edges = append(s.edges, SingleEdge(rel, int32(sim), i, j, s.qw[i], s.lw[j]))
}

// SingleEdge pairs word i of the query with word j of the listed name; weights
// are in 1/100.
func SingleEdge(rel Relation, sim int32, i, j int, qw, lw int32) Edge {
	return Edge{rel, uint8(i), uint8(j), 1, 1, sim, PairWeight(rel, qw, lw), qw, lw}
}

// JoinedEdge pairs words i and i+1 of the query, of the weights a and b, with
// word j of the listed name.
func JoinedEdge(i, j int, a, b, lw int32) Edge {
	return Edge{Joined, uint8(i), uint8(j), 2, 1, JoinedSimilarity, min(a+b, lw), a + b, lw}
}

// SplitEdge pairs word i of the query with words j and j+1 of the listed name,
// of the weights a and b.
func SplitEdge(i, j int, qw, a, b int32) Edge {
	return Edge{Split, uint8(i), uint8(j), 1, 2, JoinedSimilarity, min(a+b, qw), qw, a + b}
}

// RelatePositions returns the best relation between any two readings of two
// positions; of equals the first in table order.
func RelatePositions(a, b []name.Token) (Relation, int) {
	rel, sim := Relation(0), 0
	for i := range a {
		for j := range b {
			r, v := Relate(&a[i], &b[j])
			if v > sim || v == sim && v > 0 && r < rel {
				rel, sim = r, v
			}
			if sim == sameS {
				return rel, sim
			}
		}
	}
	return rel, sim
}

// PairWeight is the weight of an edge over one position a side: the lighter
// one, so that a typo of a common name never becomes a rare word; half the
// heavier one for an initial.
func PairWeight(r Relation, qw, lw int32) int32 {
	if r == Letter {
		return max(qw, lw) / 2
	}
	return min(qw, lw)
}

// JoinPositions reports whether the words of a and b, adjacent in one name, are
// the word of c in the other, in some of their readings (R5, R6).
func JoinPositions(a, b, c []name.Token) bool {
	for i := range min(len(a), JoinAlternatives) {
		for j := range min(len(b), JoinAlternatives) {
			for k := range c {
				if Joins(&a[i], &b[j], &c[k]) {
					return true
				}
			}
		}
	}
	return false
}

func leftovers(q, l []name.Position, edges []Edge) (uq, ul int64) {
	for _, p := range q {
		uq += int64(p.Weight())
	}
	for _, p := range l {
		ul += int64(p.Weight())
	}
	for _, e := range edges {
		uq -= int64(e.QW)
		ul -= int64(e.LW)
	}
	return uq, ul
}
