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
// It asks the index about each distinct word of the roll, and looks only at
// probes with a word that can bring one over the threshold (matching.md 11).
func (r *Roll) Meets(ix *Index, theta int, costs match.Costs) ([]uint32, error) {
	if err := inRange(theta); err != nil {
		return nil, err
	}
	var out []uint32
	for _, p := range ix.parts {
		m := meeting{roll: r, part: p, theta: theta, costs: costs, merits: make([]merit, len(r.words)), bounds: make([]int32, len(r.words))}
		ends := endsOf(p.seg.tokens)
		m.share(func(g *guest, from, to int) {
			for w := from; w < to; w++ {
				m.merits[w] = g.meritOf(r.words[w], &ends)
				m.bounds[w] = m.merits[w].bound()
			}
		})
		var mu sync.Mutex
		m.share(func(g *guest, from, to int) {
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
	roll   *Roll
	part   *part
	theta  int
	costs  match.Costs
	merits []merit
	bounds []int32 // beside merits: small, for most rows are passed over by them alone
}

// guest is a worker at a meeting with its scratch memory.
type guest struct {
	*meeting
	*searcher
	sums []int64 // sequence -> sum of pulls, 0 between rows
}

// wordsAtATime is how many words a worker takes at a time.
const wordsAtATime = 512

// share calls do with runs of words, on all cores.
func (m *meeting) share(do func(g *guest, from, to int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	words := len(m.merits)
	for range min(runtime.GOMAXPROCS(0), words/wordsAtATime+1) {
		wait.Go(func() {
			s := m.part.pool.take()
			defer m.part.pool.put(s)
			s.theta, s.costs = int64(m.theta), m.costs
			g := &guest{m, s, make([]int64, m.part.seg.seqs.len())}
			for {
				from := int(next.Add(wordsAtATime)) - wordsAtATime
				if from >= words {
					return
				}
				do(g, from, min(from+wordsAtATime, words))
			}
		})
	}
	wait.Wait()
}

// meet returns the owners of the probes of which one of the words is the first
// head, and for which the part has an answer.
func (g *guest) meet(from, to int) (met []uint32) {
	r := g.roll
	for w := uint32(from); w < uint32(to); w++ {
		if !g.merits[w].head() {
			continue
		}
		rows := r.holding.of(w)
		for k, row := range rows {
			if (k == 0 || rows[k-1] != row) && g.promises(row, w) && g.answers(row) {
				met = append(met, r.owners[row])
			}
		}
	}
	return met
}

// promises reports whether the words of a row may reach the threshold together,
// unless another head stands before this one: the row is looked at there.
func (g *guest) promises(row, head uint32) bool {
	words := g.roll.rows.of(row)
	bound := int64(0)
	for _, w := range words {
		bound += int64(g.bounds[w])
	}
	if bound < 0 {
		return false
	}
	alone, together := int64(0), int64(0)
	first, may := true, false
	for i, w := range words {
		x := &g.merits[w]
		if first && x.head() {
			if first = false; w != head {
				return false
			}
		}
		most := x.most
		if g.mayJoin(words, i) || i > 0 && g.mayJoin(words, i-1) {
			most, may = max(most, x.joined), true
		}
		alone += int64(x.most - x.need)
		together += int64(most - x.need)
	}
	if together < 0 {
		return false
	}
	return may && g.joins(words) || alone >= 0 && g.pulled(words, g.roll.kinds[row])
}

// mayJoin reports whether words i and i+1 of a row may be one listed word.
func (g *guest) mayJoin(words []uint32, i int) bool {
	return i+1 < len(words) && g.merits[words[i]].begins && g.merits[words[i+1]].ends
}

// joins reports whether two adjacent words of a row are one listed word.
func (g *guest) joins(words []uint32) (yes bool) {
	for i := range words {
		if g.mayJoin(words, i) {
			g.part.seg.joined(g.roll.words[words[i]], g.roll.words[words[i+1]], func(uint32) { yes = true })
		}
	}
	return yes
}

// pulled reports whether one listed name of the kinds may be reached by words of
// which none are joined.
func (g *guest) pulled(words []uint32, kinds uint8) (yes bool) {
	need, seg := int64(0), g.part.seg
	for _, w := range words {
		x := &g.merits[w]
		need += int64(x.need - x.often)
		for _, p := range x.pulls {
			g.sums[p.seq] += int64(max(0, p.gain-x.often))
		}
	}
	yes = need <= 0
	for _, w := range words {
		for _, p := range g.merits[w].pulls {
			yes = yes || g.sums[p.seq] >= need && kinds>>seg.kinds[p.seq]&1 == 1
			g.sums[p.seq] = 0
		}
	}
	return yes
}

// answers reports whether a living name reaches the threshold against a row.
func (g *guest) answers(row uint32) (yes bool) {
	seg, dead := g.part.seg, g.part.dead
	g.row = g.roll.positions(row, g.row)
	g.search(g.row, g.roll.kinds[row], g.meeting.theta, g.meeting.costs, func(h hit) {
		for _, n := range seg.owners.of(h.seq) {
			yes = yes || !dead[seg.subjectOf[n]]
		}
	})
	return yes
}
