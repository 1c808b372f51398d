package index

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"interdict/internal/match"
	"interdict/internal/name"
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
		m := meeting{roll: r, part: p, theta: theta, costs: costs, ends: endsOf(p.seg.tokens), merits: make([]merit, len(r.words))}
		m.share(len(r.words), func(s *searcher, words []merit, from int) {
			for w := range words {
				words[w] = m.merit(s, r.words[from+w])
			}
		})
		var mu sync.Mutex
		m.share(len(r.words), func(s *searcher, words []merit, from int) {
			if met := m.meet(s, words, from); len(met) > 0 {
				mu.Lock()
				defer mu.Unlock()
				out = append(out, met...)
			}
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
	ends   foldEnds
	merits []merit
}

// merit is what a word of the roll can add to (*) of matching.md 7.2 at most,
// less what its weight takes to reach the threshold.
type merit struct {
	alone  int32 // by itself
	joined int32 // as one of two that are a listed word together; at least 0
	begins bool  // may be the first of two such words
	ends   bool  // may be the second
}

// head reports a word without which no probe reaches the threshold: the merits
// of a probe that does are at least 0 together, so one of them is, or two words
// of it are joined, and one of these is the first.
func (m merit) head() bool { return m.alone >= 0 || m.begins }

// wordsAtATime is how many words a worker takes at a time.
const wordsAtATime = 512

// share calls do with runs of words and their merits, on all cores.
func (m *meeting) share(words int, do func(s *searcher, words []merit, from int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), words/wordsAtATime+1) {
		wait.Go(func() {
			s := m.part.pool.take()
			defer m.part.pool.put(s)
			s.theta, s.costs = int64(m.theta), m.costs
			for {
				from := int(next.Add(wordsAtATime)) - wordsAtATime
				if from >= words {
					return
				}
				do(s, m.merits[from:min(from+wordsAtATime, words)], from)
			}
		})
	}
	wait.Wait()
}

// merit finds what a word can add. Two words that are joined share the gain of
// the pair, which weighs no more than both, by their weights.
func (m *meeting) merit(s *searcher, alts []name.Token) merit {
	pw := int64(alts[0].Weight)
	need := s.theta * s.costs.Query * pw
	return merit{
		alone:  int32(s.greatest(alts) - need),
		joined: int32(max(0, s.gainUpTo(0, pw, match.JoinedSimilarity, pw)) - need),
		begins: m.ends.begin(alts), ends: m.ends.end(alts),
	}
}

// greatest is the most that a word can add by itself, at least 0.
func (s *searcher) greatest(alts []name.Token) int64 {
	pw := int64(alts[0].Weight)
	l, best := s.linksOf(alts), int64(0)
	for _, x := range l.nodes {
		if int(x.s) >= s.costs.Floor && (!s.costs.Whole || x.rel != match.Letter) {
			w := match.PairWeight(x.rel, int32(pw), int32(x.heavy))
			best = max(best, s.gain(int64(w), int64(x.s), pw))
		}
	}
	for _, n := range l.halves {
		best = max(best, s.gainOfHalf(n, pw))
	}
	if l.initial && !s.costs.Whole {
		best = max(best, s.gainOfInitial(pw))
	}
	return best
}

// meet returns the owners of the probes of which one of the words is the first
// head, and for which the part has an answer.
func (m *meeting) meet(s *searcher, words []merit, from int) (met []uint32) {
	r := m.roll
	for i := range words {
		if !words[i].head() {
			continue
		}
		rows := r.holding.of(uint32(from + i))
		for k, row := range rows {
			if k > 0 && rows[k-1] == row || !m.promises(row, uint32(from+i)) {
				continue
			}
			s.row = r.positions(row, s.row)
			if m.answers(s, row) {
				met = append(met, r.owners[row])
			}
		}
	}
	return met
}

// promises reports whether the words of a row may reach the threshold together,
// unless another head stands before this one: the row is looked at there.
func (m *meeting) promises(row, head uint32) bool {
	words := m.roll.rows.of(row)
	sum, first := int64(0), false
	for i, w := range words {
		x := &m.merits[w]
		if !first && x.head() {
			if first = w == head; !first {
				return false
			}
		}
		best := x.alone
		if x.joined > best && (m.joins(words, i) || i > 0 && m.joins(words, i-1)) {
			best = x.joined
		}
		sum += int64(best)
	}
	return sum >= 0
}

// joins reports whether words i and i+1 of a row are one listed word together.
func (m *meeting) joins(words []uint32, i int) (yes bool) {
	if i+1 == len(words) || !m.merits[words[i]].begins || !m.merits[words[i+1]].ends {
		return false
	}
	m.part.seg.joined(m.roll.words[words[i]], m.roll.words[words[i+1]], func(uint32) { yes = true })
	return yes
}

// answers reports whether a living name reaches the threshold against a row.
func (m *meeting) answers(s *searcher, row uint32) (yes bool) {
	s.search(s.row, m.roll.kinds[row], m.theta, m.costs, func(h hit) {
		for _, n := range m.part.seg.owners.of(h.seq) {
			yes = yes || !m.part.dead[m.part.seg.subjectOf[n]]
		}
	})
	return yes
}
