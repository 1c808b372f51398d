package index

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"interdict/internal/match"
)

// Meets returns the owners of the probes of a roll for which the index has an
// answer, ascending and each once: exactly those for whom Search finds a name.
// It asks the index about each distinct word of the roll, and scores only what
// the words of a probe can bring over the threshold together (matching.md 11).
func (r *Roll) Meets(ix *Index, theta int, costs match.Costs) ([]uint32, error) {
	return r.meets(ix, theta, costs, mostPulls)
}

// meets is Meets, with so many listed names told apart for a word.
func (r *Roll) meets(ix *Index, theta int, costs match.Costs, apart int) ([]uint32, error) {
	if err := inRange(theta); err != nil {
		return nil, err
	}
	var out []uint32
	for _, p := range ix.parts {
		m := r.meeting(p, theta, costs, apart)
		var mu sync.Mutex
		m.share(r.rows.len(), func(g *guest, from, to int) {
			met := g.meet(from, to)
			mu.Lock()
			defer mu.Unlock()
			out = append(out, met...)
		})
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// meeting is a roll with one part of an index.
type meeting struct {
	roll    *Roll
	part    *part
	theta   int
	costs   match.Costs
	merits  []merit
	claims  []claim    // beside merits, which are small: most rows are passed over by them alone
	charges [][2]int64 // sequence -> what it has against it
}

// meeting asks a part of an index about each word of the roll.
func (r *Roll) meeting(p *part, theta int, costs match.Costs, apart int) *meeting {
	m := &meeting{roll: r, part: p, theta: theta, costs: costs, merits: make([]merit, len(r.words)), claims: make([]claim, len(r.words))}
	ends, s := endsOf(p.seg.tokens), searcher{theta: int64(theta), costs: costs}
	for _, w := range p.seg.weights() {
		m.charges = append(m.charges, s.charged(int64(w)))
	}
	m.share(len(r.words), func(g *guest, from, to int) {
		for w := from; w < to; w++ {
			m.merits[w], m.claims[w] = g.meritOf(r.words[w].Alts, &ends, apart)
		}
	})
	return m
}

// guest is a worker at a meeting with its scratch memory.
type guest struct {
	*meeting
	*searcher
}

// atATime is how many words or rows a worker takes at a time.
const atATime = 512

// share calls do with runs of n words or rows, on all cores.
func (m *meeting) share(n int, do func(g *guest, from, to int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n/atATime+1) {
		wait.Go(func() {
			s := m.part.pool.take()
			defer m.part.pool.put(s)
			s.theta, s.costs = int64(m.theta), m.costs
			g := &guest{m, s}
			for {
				from := int(next.Add(atATime)) - atATime
				if from >= n {
					return
				}
				do(g, from, min(from+atATime, n))
			}
		})
	}
	wait.Wait()
}

// meet returns the owners of the probes for which the part has an answer.
func (g *guest) meet(from, to int) (met []uint32) {
	for row := uint32(from); row < uint32(to); row++ {
		words := g.roll.rows.of(row)
		if may, join := g.promises(words); may && g.answers(row, words, join) {
			met = append(met, g.roll.owners.of(row)...)
		}
	}
	return met
}

// promises reports whether words may reach the threshold together, and whether
// two that are adjacent may be one listed word.
func (g *guest) promises(words []uint32) (may, join bool) {
	most, more, begins := int64(0), int32(0), false // more: that the word before adds as the first of two
	for _, w := range words {
		x := &g.merits[w]
		best := x.alone
		if begins && x.ends {
			best, join = max(best, x.joined), true
			most += int64(more)
		}
		most += int64(best)
		more, begins = max(0, x.joined-best), x.begins
	}
	return most >= 0, join
}

// answers reports whether a living name reaches the threshold against a row.
func (g *guest) answers(row uint32, words []uint32, join bool) bool {
	if join && g.joins(words) {
		return g.finds(row)
	}
	pulls, ok := g.needed(words)
	if !ok {
		return g.finds(row)
	}
	g.row = g.row[:0]
	for _, p := range pulls {
		if g.roll.kinds[row]>>g.part.seg.kinds[p.seq]&1 == 1 && g.pulled(words, p.seq) && g.lives(p.seq) && g.reaches(row, p.seq) {
			return true
		}
	}
	return false
}

// joins reports whether two adjacent words of a row are one listed word.
func (g *guest) joins(words []uint32) (yes bool) {
	for i := 1; i < len(words); i++ {
		if g.merits[words[i-1]].begins && g.merits[words[i]].ends {
			g.part.seg.joined(g.roll.words[words[i-1]].Alts, g.roll.words[words[i]].Alts, func(uint32) { yes = true })
		}
	}
	return yes
}

// needed returns the pulls of the word, of those without which a row of which no
// words are joined fails (*), that has the fewest. ok is false if there is none that
// is related to the listed names of its pulls only.
func (g *guest) needed(words []uint32) (pulls []pull, ok bool) {
	most := int64(0)
	for _, w := range words {
		most += int64(g.merits[w].alone)
	}
	for _, w := range words {
		c := &g.claims[w]
		if most < int64(g.merits[w].alone+c.need[1]) && c.often == (sides{}) && (!ok || len(c.pulls) < len(pulls)) {
			pulls, ok = c.pulls, true
		}
	}
	return pulls, ok
}

// pulled reports whether a listed name may be reached by words of which none are
// joined.
func (g *guest) pulled(words []uint32, seq uint32) bool {
	sum := g.charges[seq]
	for _, w := range words {
		c := &g.claims[w]
		x := c.on(seq)
		sum[0] += int64(c.need[0] - x[0])
		sum[1] += int64(c.need[1] - x[1])
	}
	return sum[0] <= 0 || sum[1] <= 0
}

// reaches reports whether a listed name reaches the threshold against a row.
func (g *guest) reaches(row, seq uint32) bool {
	if len(g.row) == 0 {
		g.row = g.roll.positions(row, g.row)
	}
	g.pair = g.part.seg.positions(seq, g.pair[:0])
	_, ok := g.scorer.Score(g.row, g.pair, g.meeting.costs, g.meeting.theta)
	return ok
}

// finds reports whether a search finds a living name for a row.
func (g *guest) finds(row uint32) (yes bool) {
	g.row = g.roll.positions(row, g.row)
	g.search(g.row, g.roll.kinds[row], g.meeting.theta, g.meeting.costs, func(h hit) { yes = yes || g.lives(h.seq) })
	return yes
}

// lives reports whether a living subject has a name.
func (g *guest) lives(seq uint32) bool {
	p := g.part
	return slices.ContainsFunc(p.seg.owners.of(seq), func(n uint32) bool { return !p.dead[p.seg.subjectOf[n]] })
}
