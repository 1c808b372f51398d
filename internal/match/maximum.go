package match

import (
	"math/bits"
	"slices"

	"interdict/internal/name"
)

// maxMask is the number of positions on the shorter side, of those that have
// an edge, up to which joins take part. Above it, R5 and R6 do not exist: part
// of the definition of the score, so that the maximum stays exact.
const maxMask = 12

// maximum finds the set M of edges, no position used twice, that maximises
// N/D (matching.md 5.2), and leaves it in s.best, sorted. ok is false if the
// maximum is below num/den.
//
// For a fixed λ the question "is there M with N - λD >= 0" is linear but for
// the contradiction, -min(a,b) = max(-a,-b): two linear problems, one with the
// contradiction charged to each side. Dinkelbach's method raises λ from the
// threshold to the value of the best M until it no longer rises; the set is
// taken from that last round, so that it does not depend on the threshold.
func (s *Scorer) maximum(q, l []name.Position, c Costs, num, den int64) (n, d int64, ok bool) {
	var wq, wl int64
	for i := range q {
		wq += int64(s.qw[i])
	}
	for j := range l {
		wl += int64(s.lw[j])
	}
	g := s.shape()
	for {
		rise := false
		ok = false
		for _, p := range [2][2]int64{{c.Query + c.Both, c.Listed}, {c.Query, c.Listed + c.Both}} {
			// The linear value is a lower bound of den·N - num·D, and equal to
			// it for the side that the contradiction falls on.
			v := s.linear(g, p[0], p[1], num, den) - num*(p[0]*wq+p[1]*wl)
			if v < 0 {
				continue
			}
			nn, dd := value(s.chosen, wq, wl, c)
			if !ok || nn*d > n*dd || nn*d == n*dd && s.earlier() {
				n, d, ok = nn, dd, true
				s.best = append(s.best[:0], s.chosen...)
			}
			rise = rise || nn*den > num*dd
		}
		if !ok || !rise {
			return n, d, ok
		}
		num, den = n, d
	}
}

// earlier reports whether the chosen set comes before the best in the order of
// (query position, listed position, relation), the longer one first.
func (s *Scorer) earlier() bool {
	for i, e := range s.chosen {
		if i == len(s.best) {
			return true
		}
		if c := e.less(s.best[i]); c != 0 {
			return c < 0
		}
	}
	return false
}

// value returns N and D of a set of edges.
func value(edges []Edge, wq, wl int64, c Costs) (n, d int64) {
	for _, e := range edges {
		n += int64(e.W) * int64(e.S)
		d += 1000 * int64(e.W)
		wq -= int64(e.QW)
		wl -= int64(e.LW)
	}
	return n, d + c.Query*wq + c.Listed*wl + c.Both*min(wq, wl)
}

// shape is what does not change with λ.
type shape struct {
	transposed bool // masks are over query positions
	free       bool // no two edges share a position
	large      bool // too many positions for masks
	width      int  // positions in the mask
}

// shape sorts the edges for the dynamic programme and numbers the positions of
// the masked side. In large problems it drops the joins.
func (s *Scorer) shape() shape {
	var qm, lm, twice uint64
	for _, e := range s.edges {
		eq, el := span(e.Q, e.QN), span(e.L, e.LN)
		if qm&eq != 0 || lm&el != 0 {
			twice = 1
		}
		qm |= eq
		lm |= el
	}
	g := shape{free: twice == 0}
	nq, nl := bits.OnesCount64(qm), bits.OnesCount64(lm)
	if min(nq, nl) > maxMask {
		s.edges = slices.DeleteFunc(s.edges, func(e Edge) bool { return e.Relation == Joined || e.Relation == Split })
		g.large = true
		return g
	}
	g.transposed = nl > maxMask
	mask := lm
	g.width = nl
	if g.transposed {
		mask, g.width = qm, nq
	}
	s.bits = slices.Grow(s.bits[:0], name.MaxPositions+1)[:name.MaxPositions+1]
	n := uint8(0)
	for i := range s.bits {
		s.bits[i] = n
		if i < 64 && mask>>i&1 == 1 {
			n++
		}
	}
	slices.SortFunc(s.edges, func(a, b Edge) int {
		if g.transposed {
			a.Q, a.L, a.QN, a.LN = a.L, a.Q, a.LN, a.QN
			b.Q, b.L, b.QN, b.LN = b.L, b.Q, b.LN, b.QN
		}
		return a.less(b)
	})
	return g
}

func span(at, n uint8) uint64 { return (1<<n - 1) << at }

// gain is what an edge adds to the linear value at λ = num/den.
func gain(e Edge, pq, pl, num, den int64) int64 {
	return int64(e.W)*(den*int64(e.S)-1000*num) + num*(pq*int64(e.QW)+pl*int64(e.LW))
}

// linear finds the set of edges with the largest sum of gains, leaves it in
// s.chosen, sorted, and returns the sum. Of equal sums it takes the set that
// comes first along the unmasked side.
func (s *Scorer) linear(g shape, pq, pl, num, den int64) int64 {
	s.chosen = s.chosen[:0]
	var sum int64
	switch {
	case g.free:
		for _, e := range s.edges {
			if v := gain(e, pq, pl, num, den); v >= 0 {
				s.chosen = append(s.chosen, e)
				sum += v
			}
		}
	case g.large:
		sum = s.assign(pq, pl, num, den)
	default:
		sum = s.dynamic(g, pq, pl, num, den)
	}
	slices.SortFunc(s.chosen, Edge.less)
	return sum
}

// dynamic goes over the unmasked side from its end; the state is the set of
// masked positions in use.
func (s *Scorer) dynamic(g shape, pq, pl, num, den int64) int64 {
	side := func(e Edge) (row, rows int, mask uint64) {
		if g.transposed {
			return int(e.L), int(e.LN), span(s.bits[e.Q], s.bits[e.Q+e.QN]-s.bits[e.Q])
		}
		return int(e.Q), int(e.QN), span(s.bits[e.L], s.bits[e.L+e.LN]-s.bits[e.L])
	}
	states := 1 << g.width
	last := 0
	for _, e := range s.edges {
		row, rows, _ := side(e)
		last = max(last, row+rows)
	}
	need := (last + 1) * states
	s.table = slices.Grow(s.table[:0], need)[:need]
	clear(s.table[last*states:])
	lo := len(s.edges)
	for row := last - 1; row >= 0; row-- {
		hi := lo
		for lo > 0 {
			if r, _, _ := side(s.edges[lo-1]); r < row {
				break
			}
			lo--
		}
		here, below := s.table[row*states:(row+1)*states], s.table[(row+1)*states:]
		copy(here, below[:states])
		for _, e := range s.edges[lo:hi] {
			_, rows, mask := side(e)
			v := gain(e, pq, pl, num, den)
			if v < 0 {
				continue
			}
			from := s.table[(row+rows)*states:]
			for used := range states {
				if uint64(used)&mask == 0 {
					here[used] = max(here[used], v+from[uint64(used)|mask])
				}
			}
		}
	}
	s.trace(states, last, side, func(e Edge) int64 { return gain(e, pq, pl, num, den) })
	return s.table[0]
}

// trace walks the table forward and takes, at each step, the first edge that
// keeps the optimum; only if there is none the row stays unpaired.
func (s *Scorer) trace(states, last int, side func(Edge) (int, int, uint64), gain func(Edge) int64) {
	used, at := uint64(0), 0
	for row := 0; row < last; {
		step := 1
		for at < len(s.edges) {
			r, rows, mask := side(s.edges[at])
			if r > row {
				break
			}
			e := s.edges[at]
			at++
			if r < row || used&mask != 0 {
				continue
			}
			v := gain(e)
			if v >= 0 && v+s.table[(row+rows)*states+int(used|mask)] == s.table[row*states+int(used)] {
				s.chosen = append(s.chosen, e)
				used |= mask
				step = rows
				break
			}
		}
		row += step
	}
}
