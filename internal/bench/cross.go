package bench

import (
	"cmp"
	"maps"
	"slices"

	"interdict/internal/fault"
	"interdict/internal/mutate"
)

// Cross is the recall on pairs in two scripts.
type Cross struct {
	File      string      `json:"file"`
	Pairs     int         `json:"pairs"`
	Entities  int         `json:"entities"`
	Negatives int         `json:"negatives"`
	Seed      uint64      `json:"seed"`
	Direction string      `json:"direction"`
	Scorers   []CrossBy   `json:"scorers"`
	Errors    []PairError `json:"errors,omitempty"`
}

// CrossBy is what one scorer reaches.
type CrossBy struct {
	Scorer string `json:"scorer"`
	// FalseAlerts are random pairs of two entities at the shipped threshold.
	FalseAlerts Share `json:"wrongalerts"`
	// Rate is the lowest threshold (1/10000) at which at most one in 1,000
	// random pairs is a hit.
	Rate int         `json:"threshold_at_1_per_1000"`
	Rows []CrossPart `json:"rows"`
}

// CrossPart is the recall on the pairs of one script.
type CrossPart struct {
	Script  string `json:"script"` // ISO 15924, or "all"
	Shipped Share  `json:"recall_at_shipped_threshold"`
	AtRate  Share  `json:"recall_at_1_per_1000"`
}

// CrossScripts measures pairs in two scripts against random pairs of two
// entities, drawn from the seed, and lists the n pairs with the lowest scores.
func CrossScripts(file string, pairs []CrossPair, negatives int, seed uint64, n int) (Cross, error) {
	out := Cross{File: file, Pairs: len(pairs), Negatives: negatives, Seed: seed, Direction: "the other script is the query, the Latin name is listed"}
	entities := map[string]bool{}
	for _, p := range pairs {
		entities[p.Entity] = true
	}
	out.Entities = len(entities)
	if out.Entities < 2 {
		return out, fault.New(fault.Invalid, "%s has pairs of one entity only: there are no false pairs to compare them with", file)
	}
	drawn := strangers(pairs, negatives, seed)
	for _, name := range []string{Ours, Baseline} {
		score := scorers(name)
		truth := each(len(pairs), func() func(int) int {
			f := score()
			return func(i int) int { return f(pairs[i].Other, pairs[i].Latin, pairs[i].Schema) }
		})
		wrong := each(len(drawn), func() func(int) int {
			f := score()
			return func(i int) int {
				q, l := pairs[drawn[i][0]], pairs[drawn[i][1]]
				return f(q.Other, l.Latin, l.Schema)
			}
		})
		out.Scorers = append(out.Scorers, crossBy(name, pairs, truth, wrong))
		if name == Ours {
			out.Errors = lowest(pairs, truth, n)
		}
	}
	return out, nil
}

// scorers returns the maker of a scorer for one goroutine.
func scorers(name string) func() func(query, listed, schema string) int {
	if name == Ours {
		return func() func(string, string, string) int { return new(Scorer).Pair }
	}
	return func() func(string, string, string) int {
		return func(query, listed, _ string) int { return BestPairs(query, listed) }
	}
}

// strangers draws pairs of rows of two entities.
func strangers(pairs []CrossPair, n int, seed uint64) [][2]int {
	c := mutate.NewChance(seed)
	out := make([][2]int, 0, n)
	for len(out) < n {
		i, j := c.N(len(pairs)), c.N(len(pairs))
		if pairs[i].Entity != pairs[j].Entity {
			out = append(out, [2]int{i, j})
		}
	}
	return out
}

func crossBy(scorer string, pairs []CrossPair, truth, wrong []int) CrossBy {
	out := CrossBy{Scorer: scorer, Rate: atRate(wrong, 1000)}
	out.FalseAlerts = NewShare(reaching(wrong, shipped), len(wrong))
	parts := map[string][]int{}
	for i, p := range pairs {
		parts[p.Script] = append(parts[p.Script], truth[i])
	}
	order := slices.SortedFunc(maps.Keys(parts), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(parts[b]), len(parts[a])), cmp.Compare(a, b))
	})
	parts["all"] = truth
	for _, s := range append([]string{"all"}, order...) {
		out.Rows = append(out.Rows, CrossPart{
			s, NewShare(reaching(parts[s], shipped), len(parts[s])), NewShare(reaching(parts[s], out.Rate), len(parts[s])),
		})
	}
	return out
}

func reaching(points []int, threshold int) int {
	n := 0
	for _, p := range points {
		if p >= threshold {
			n++
		}
	}
	return n
}

// atRate is the lowest threshold above 0 that at most one in `in` of the
// scores reaches.
func atRate(points []int, in int) int {
	sorted := slices.Sorted(slices.Values(points))
	allowed := len(sorted) / in
	if allowed >= len(sorted) {
		return 1
	}
	// The score of the first that must not be a hit any more.
	return max(1, sorted[len(sorted)-1-allowed]+1)
}

func lowest(pairs []CrossPair, points []int, n int) []PairError {
	var out []PairError
	for i, p := range pairs {
		if points[i] < shipped {
			out = append(out, PairError{p.Line, p.Other, p.Latin, p.Script + " " + p.Schema, true, points[i]})
		}
	}
	slices.SortStableFunc(out, func(a, b PairError) int { return cmp.Compare(a.Points, b.Points) })
	return out[:min(n, len(out))]
}
