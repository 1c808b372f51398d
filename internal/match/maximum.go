package match

import (
	"cmp"
	"math/bits"
	"slices"

	"interdict/internal/name"
)

// FewWords is the number of positions on the shorter side, of those that have
// an edge, up to which joins take part. Above it, R5 and R6 do not exist: part
// of the definition of the score, so that the maximum stays exact.
const FewWords = 12

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
		wq += int64(q[i].Weight())
	}
	for j := range l {
		wl += int64(l[j].Weight())
	}
	if !Reachable(s.edges, wq, wl, c, num, den) {
		return 0, 0, false
	}
	g := s.shape()
	sides, different := c.sides()
	for {
		rise := false
		ok = false
		for _, p := range sides[:different] {
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

// sides are the costs of a word left over, of the query and of the listed name,
// once with the contradiction charged to each side.
// Without a contradiction they are one.
func (c Costs) sides() (both [2][2]int64, n int) {
	n = 2
	if c.Both == 0 {
		n = 1
	}
	return [2][2]int64{{c.Query + c.Both, c.Listed}, {c.Query, c.Listed + c.Both}}, n
}

// Reachable reports whether some pairing out of the edges may score num/den,
// between names of the weights wq and wl: no is certain. It counts the best edge
// of each position and lets positions of the other side be used twice.
func Reachable(edges []Edge, wq, wl int64, c Costs, num, den int64) bool {
	sides, different := c.sides()
	for _, p := range sides[:different] {
		var byQ, byL [name.MaxPositions]int64
		var q, l int64
		for i := range edges {
			e := &edges[i]
			v := gain(e, p[0], p[1], num, den)
			if d := v - byQ[e.Q]; d > 0 {
				byQ[e.Q], q = v, q+d
			}
			if d := v - byL[e.L]; d > 0 {
				byL[e.L], l = v, l+d
			}
		}
		if min(q, l) >= num*(p[0]*wq+p[1]*wl) {
			return true
		}
	}
	return false
}

// earlier reports whether the chosen set comes before the best in the order of
// (query position, listed position, relation), the longer one first.
func (s *Scorer) earlier() bool {
	for i, e := range s.chosen {
		if i == len(s.best) {
			return true
		}
		if a, b := e.place(), s.best[i].place(); a != b {
			return a < b
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
	large      bool // too many positions for masks
	width      int  // positions in the mask
}

// shape moves the edges that compete with no other to s.alone, sorts the rest
// for the dynamic programme and numbers the positions of its masked side. In
// large problems it drops the joins.
func (s *Scorer) shape() shape {
	var q, l, q2, l2 uint64 // positions used, and used twice
	for i := range s.edges {
		eq, el := s.edges[i].spans()
		q, q2 = q|eq, q2|q&eq
		l, l2 = l|el, l2|l&el
	}
	s.alone = s.alone[:0]
	nq, nl := bits.OnesCount64(q), bits.OnesCount64(l)
	if min(nq, nl) > FewWords {
		s.edges = slices.DeleteFunc(s.edges, func(e Edge) bool { return e.Relation == Joined || e.Relation == Split })
		if q2|l2 == 0 {
			s.alone, s.edges = append(s.alone, s.edges...), s.edges[:0]
		}
		return shape{large: true}
	}
	g := shape{transposed: nl > FewWords}
	kept := s.edges[:0]
	var mask uint64
	for _, e := range s.edges {
		eq, el := e.spans()
		if eq&q2 == 0 && el&l2 == 0 {
			s.alone = append(s.alone, e)
			continue
		}
		kept = append(kept, e)
		if g.transposed {
			mask |= eq
		} else {
			mask |= el
		}
	}
	s.edges = kept
	if len(kept) == 0 {
		return g
	}
	g.width = bits.OnesCount64(mask)
	s.number(mask)
	slices.SortFunc(s.edges, func(a, b Edge) int {
		if g.transposed {
			a.Q, a.L, a.QN, a.LN = a.L, a.Q, a.LN, a.QN
			b.Q, b.L, b.QN, b.LN = b.L, b.Q, b.LN, b.QN
		}
		return cmp.Compare(a.place(), b.place())
	})
	return g
}

// number counts, for each position, the masked ones before it.
func (s *Scorer) number(mask uint64) {
	n := uint8(0)
	for i := range s.bits {
		s.bits[i] = n
		if i < 64 && mask>>i&1 == 1 {
			n++
		}
	}
}

func span(at, n uint8) uint64 { return (1<<n - 1) << at }

// gain is what an edge adds to the linear value at λ = num/den.
func gain(e *Edge, pq, pl, num, den int64) int64 {
	return int64(e.W)*(den*int64(e.S)-1000*num) + num*(pq*int64(e.QW)+pl*int64(e.LW))
}

// linear finds the set of edges with the largest sum of gains, leaves it in
// s.chosen, sorted, and returns the sum. Of equal sums it takes the set that
// comes first along the unmasked side.
func (s *Scorer) linear(g shape, pq, pl, num, den int64) int64 {
	s.chosen = s.chosen[:0]
	var sum int64
	for i := range s.alone {
		if v := gain(&s.alone[i], pq, pl, num, den); v >= 0 {
			s.chosen = append(s.chosen, s.alone[i])
			sum += v
		}
	}
	switch {
	case len(s.edges) == 0:
	case g.large:
		sum += s.assign(pq, pl, num, den)
	default:
		sum += s.dynamic(g, pq, pl, num, den)
	}
	if len(s.chosen) > 1 {
		slices.SortFunc(s.chosen, func(a, b Edge) int { return cmp.Compare(a.place(), b.place()) })
	}
	return sum
}

// dynamic goes over the unmasked side from its end; the state is the set of
// masked positions in use.
func (s *Scorer) dynamic(g shape, pq, pl, num, den int64) int64 {
	states := 1 << g.width
	last := 0
	s.moves = s.moves[:0]
	for i := range s.edges {
		m := s.move(g, &s.edges[i])
		m.gain = gain(&s.edges[i], pq, pl, num, den)
		last = max(last, m.row+m.rows)
		s.moves = append(s.moves, m)
	}
	need := (last + 1) * states
	s.table = slices.Grow(s.table[:0], need)[:need]
	clear(s.table[last*states:])
	lo := len(s.moves)
	for row := last - 1; row >= 0; row-- {
		hi := lo
		for lo > 0 && s.moves[lo-1].row >= row {
			lo--
		}
		here := s.table[row*states : (row+1)*states]
		copy(here, s.table[(row+1)*states:])
		for _, m := range s.moves[lo:hi] {
			if m.gain < 0 {
				continue
			}
			from := s.table[(row+m.rows)*states:][:states]
			for used := range states {
				if used&m.mask == 0 {
					here[used] = max(here[used], m.gain+from[used|m.mask])
				}
			}
		}
	}
	s.trace(states, last)
	return s.table[0]
}

// move is an edge to the dynamic programme: the rows of the unmasked side that
// it covers and the masked positions that it uses.
type move struct {
	row, rows, mask int
	gain            int64
}

func (s *Scorer) move(g shape, e *Edge) move {
	if g.transposed {
		return move{row: int(e.L), rows: int(e.LN), mask: int(span(s.bits[e.Q], s.bits[e.Q+e.QN]-s.bits[e.Q]))}
	}
	return move{row: int(e.Q), rows: int(e.QN), mask: int(span(s.bits[e.L], s.bits[e.L+e.LN]-s.bits[e.L]))}
}

// trace walks the table forward and takes, at each step, the first edge that
// keeps the optimum; only if there is none the row stays unpaired.
func (s *Scorer) trace(states, last int) {
	used, at := 0, 0
	for row := 0; row < last; {
		step := 1
		for at < len(s.moves) && s.moves[at].row <= row {
			m := s.moves[at]
			at++
			if m.row < row || used&m.mask != 0 {
				continue
			}
			if m.gain >= 0 && m.gain+s.table[(row+m.rows)*states+(used|m.mask)] == s.table[row*states+used] {
				s.chosen = append(s.chosen, s.edges[at-1])
				used |= m.mask
				step = m.rows
				break
			}
		}
		row += step
	}
}
