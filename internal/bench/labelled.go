package bench

import (
	"cmp"
	"maps"
	"slices"
)

// Labelled is the quality on labelled pairs.
type Labelled struct {
	File      string       `json:"file"`
	Pairs     int          `json:"pairs"`
	Direction string       `json:"direction"`
	Rows      []LabelledBy `json:"rows"`
	Errors    []PairError  `json:"errors,omitempty"`
}

// LabelledBy is one group of pairs by one scorer.
type LabelledBy struct {
	Scorer           string  `json:"scorer"` // "interdict", "jaro-winkler"
	By               string  `json:"by"`     // all, kind, case_group, quality
	Group            string  `json:"group"`
	Pairs            int     `json:"pairs"`
	Matches          int     `json:"matches"`
	AveragePrecision float64 `json:"average_precision"`
	Shipped          Outcome `json:"shipped"` // at the shipped threshold; of the baseline there is none
	Best             Outcome `json:"best_on_this_file"`
	Recall           Share   `json:"recall"` // of matches, at the shipped threshold
}

// PairError is a pair on the wrong side of the shipped threshold.
type PairError struct {
	Line   int    `json:"line"`
	Query  string `json:"query"`
	Listed string `json:"listed"`
	Group  string `json:"group"`
	Match  bool   `json:"is_match"`
	Points int    `json:"score"` // 1/10000
}

// Names of the scorers in reports.
const (
	Ours     = "interdict"
	Baseline = "jaro-winkler"
)

// Label measures labelled pairs and lists the worst n errors of each sort.
func Label(file string, pairs []LabelledPair, n int) Labelled {
	out := Labelled{File: file, Pairs: len(pairs), Direction: "name1 is the query, name2 the listed name"}
	var s Scorer
	groups := map[[2]string][]int{}
	ours, plain := make([]Scored, len(pairs)), make([]Scored, len(pairs))
	for i, p := range pairs {
		ours[i] = Scored{s.Pair(p.Name1, p.Name2, p.Schema), p.Match}
		plain[i] = Scored{BestPairs(p.Name1, p.Name2), p.Match}
		kind := "organisation"
		if p.Schema == "Person" {
			kind = "person"
		}
		for _, g := range [][2]string{{"all", "all"}, {"kind", kind}, {"case_group", p.Group}, {"quality", p.Quality}} {
			if g[1] != "" {
				groups[g] = append(groups[g], i)
			}
		}
	}
	order := slices.SortedFunc(maps.Keys(groups), func(a, b [2]string) int {
		rank := func(k string) int { return slices.Index([]string{"all", "kind", "quality", "case_group"}, k) }
		return cmp.Or(cmp.Compare(rank(a[0]), rank(b[0])), cmp.Compare(a[1], b[1]))
	})
	for _, g := range order {
		out.Rows = append(out.Rows, labelledBy(Ours, g, ours, groups[g]))
	}
	for _, g := range order {
		out.Rows = append(out.Rows, labelledBy(Baseline, g, plain, groups[g]))
	}
	out.Errors = worst(pairs, ours, n)
	return out
}

func labelledBy(scorer string, g [2]string, all []Scored, of []int) LabelledBy {
	var cases []Scored
	for _, i := range of {
		cases = append(cases, all[i])
	}
	r := LabelledBy{Scorer: scorer, By: g[0], Group: g[1], Pairs: len(cases), AveragePrecision: AveragePrecision(cases), Best: Best(cases)}
	r.Shipped = At(cases, shipped)
	r.Matches = r.Shipped.TP + r.Shipped.FN
	r.Recall = NewShare(r.Shipped.TP, r.Matches)
	return r
}

// worst returns the n false positives with the highest scores and the n false
// negatives with the lowest.
func worst(pairs []LabelledPair, scored []Scored, n int) []PairError {
	var positive, negative []PairError
	for i, p := range pairs {
		e := PairError{p.Line, p.Name1, p.Name2, p.Group + " " + p.Schema + " " + p.Quality, p.Match, scored[i].Points}
		switch {
		case e.Points >= shipped && !p.Match:
			positive = append(positive, e)
		case e.Points < shipped && p.Match:
			negative = append(negative, e)
		}
	}
	slices.SortStableFunc(positive, func(a, b PairError) int { return cmp.Compare(b.Points, a.Points) })
	slices.SortStableFunc(negative, func(a, b PairError) int { return cmp.Compare(a.Points, b.Points) })
	return append(positive[:min(n, len(positive))], negative[:min(n, len(negative))]...)
}
