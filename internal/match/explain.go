package match

import (
	"slices"

	"interdict/internal/name"
)

// Explanation says where a score comes from, in points of 1/10000. Gains add
// up to the base score; gains and losses together to 10000; the factors follow
// (matching.md section 6).
type Explanation struct {
	Pairs         []Paired  `json:"pairs"`
	QueryLeft     []Left    `json:"query_left,omitempty"`
	ListedLeft    []Left    `json:"listed_left,omitempty"`
	Contradiction int       `json:"contradiction,omitempty"`
	Base          int       `json:"base"`
	Factors       []Lowered `json:"factors,omitempty"`
	Score         int       `json:"score"`
	N             int64     `json:"n"`
	D             int64     `json:"d"`
}

// Paired is one edge in words.
type Paired struct {
	Query      string `json:"query"`
	Listed     string `json:"listed"`
	Relation   string `json:"relation"`
	Similarity int32  `json:"similarity"` // 1/1000
	Weight     int32  `json:"weight"`     // 1/100
	Gain       int    `json:"gain"`       // 1/10000
	Loss       int    `json:"loss"`       // 1/10000
}

// Left is a word without a partner and what that costs.
type Left struct {
	Word string `json:"word"`
	Loss int    `json:"loss"` // 1/10000
}

// Lowered is a factor and the score behind it.
type Lowered struct {
	Reason     string `json:"reason"`
	Hundredths int    `json:"factor"`
	Score      int    `json:"score"`
}

// Explain puts a result of Score into words of the two strings that were
// analysed. Its numbers come from the result alone.
func Explain(r Result, query string, q []name.Position, listed string, l []name.Position) Explanation {
	x := Explanation{N: r.N, D: r.D, Score: r.Points()}
	if r.D == 0 {
		return x
	}
	var gains, losses []int64
	for _, e := range r.Edges {
		gains = append(gains, int64(e.W)*int64(e.S))
		losses = append(losses, int64(e.W)*int64(1000-e.S))
	}
	freeQ, freeL := unpaired(q, r.Edges, false), unpaired(l, r.Edges, true)
	for _, i := range freeQ {
		losses = append(losses, r.Costs.Query*int64(q[i].Weight()))
	}
	for _, j := range freeL {
		losses = append(losses, r.Costs.Listed*int64(l[j].Weight()))
	}
	losses = append(losses, r.Costs.Both*min(r.UQ, r.UL))
	x.Base = int(10000 * r.N / r.D)
	gain, loss := shares(gains, r.D, x.Base), shares(losses, r.D, 10000-x.Base)

	for i, e := range r.Edges {
		x.Pairs = append(x.Pairs, Paired{
			Query: text(query, q, int(e.Q), int(e.QN)), Listed: text(listed, l, int(e.L), int(e.LN)),
			Relation: e.Relation.String(), Similarity: e.S, Weight: e.W, Gain: gain[i], Loss: loss[i],
		})
	}
	loss = loss[len(r.Edges):]
	for k, i := range freeQ {
		x.QueryLeft = append(x.QueryLeft, Left{text(query, q, i, 1), loss[k]})
	}
	loss = loss[len(freeQ):]
	for k, j := range freeL {
		x.ListedLeft = append(x.ListedLeft, Left{text(listed, l, j, 1), loss[k]})
	}
	x.Contradiction = loss[len(freeL)]
	n, d := r.N, r.D
	for _, f := range r.Factors {
		n, d = n*int64(f.Hundredths), d*100
		x.Factors = append(x.Factors, Lowered{f.Reason, f.Hundredths, int(10000 * n / d)})
	}
	return x
}

// shares gives each part its points of 10000, by largest remainder, so that
// they add up to total.
func shares(parts []int64, d int64, total int) []int {
	out := make([]int, len(parts))
	type rest struct {
		i int
		r int64
	}
	var rests []rest
	sum := 0
	for i, p := range parts {
		out[i] = int(10000 * p / d)
		sum += out[i]
		rests = append(rests, rest{i, 10000 * p % d})
	}
	slices.SortStableFunc(rests, func(a, b rest) int {
		switch {
		case a.r > b.r:
			return -1
		case a.r < b.r:
			return 1
		}
		return 0
	})
	for k := 0; k < len(rests) && sum < total; k++ {
		out[rests[k].i]++
		sum++
	}
	return out
}

func unpaired(p []name.Position, edges []Edge, listed bool) []int {
	var used uint64
	for _, e := range edges {
		if listed {
			used |= span(e.L, e.LN)
		} else {
			used |= span(e.Q, e.QN)
		}
	}
	var out []int
	for i := range p {
		if used>>i&1 == 0 {
			out = append(out, i)
		}
	}
	return out
}

// text is the printed form of n positions from i on.
func text(s string, p []name.Position, i, n int) string {
	start, end := p[i].Start, p[i].End
	for _, q := range p[i+1 : i+n] {
		start, end = min(start, q.Start), max(end, q.End)
	}
	if start < 0 || end > len(s) || start > end {
		return ""
	}
	return s[start:end]
}
