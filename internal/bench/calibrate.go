package bench

import (
	"cmp"
	"math"
	"slices"
)

// Corner is a corner of a calibration table: points, of which more say more for
// a match, and the log-odds in 1/1000 that they mean.
type Corner struct {
	Points int `json:"points"`
	Logit  int `json:"logit"`
}

// Bin compares what was foretold with what was found, for cases whose
// probability lies in one tenth.
type Bin struct {
	Cases    int     `json:"cases"`
	Foretold float64 `json:"foretold"` // mean probability
	Found    Share   `json:"found"`    // matches
}

// leastBlock is the number of cases from which a step of the table is made;
// fewer would follow chance.
const leastBlock = 10

// Fit returns the monotone table of score to log-odds that fits the cases best
// (pool adjacent violators; Ayer et al., 1955), its steps joined to blocks of
// at least ten cases and by straight lines. Each step counts half a case more
// of either sort, so that no step is certain.
func Fit(cases []Scored) []Corner {
	blocks := wide(PAV(cases))
	var out []Corner
	for _, b := range blocks {
		logit := math.Log((float64(b.Matches) + 0.5) / (float64(b.Cases-b.Matches) + 0.5))
		c := Corner{b.Points / b.Cases, int(math.Round(1000 * logit))}
		if n := len(out); n > 0 {
			c.Logit = max(c.Logit, out[n-1].Logit)
		}
		out = append(out, c)
	}
	return out
}

// Block is a run of scores with one share of matches.
type Block struct {
	Cases, Matches, Points int // Points is the sum of the scores
}

// PAV pools cases, by rising score, into the fewest blocks whose share of
// matches rises.
func PAV(cases []Scored) []Block {
	sorted := slices.SortedFunc(slices.Values(cases), func(a, b Scored) int { return cmp.Compare(a.Points, b.Points) })
	var out []Block
	for i := 0; i < len(sorted); {
		points := sorted[i].Points
		var b Block // all cases of one score
		for ; i < len(sorted) && sorted[i].Points == points; i++ {
			one := Block{1, 0, points}
			if sorted[i].Match {
				one.Matches = 1
			}
			b = b.with(one)
		}
		out = pool(append(out, b))
	}
	return out
}

// pool joins the last blocks until their shares rise.
func pool(out []Block) []Block {
	for n := len(out); n > 1; n = len(out) {
		a, b := out[n-2], out[n-1]
		if a.Matches*b.Cases < b.Matches*a.Cases {
			break
		}
		out = append(out[:n-2], a.with(b))
	}
	return out
}

func (b Block) with(o Block) Block {
	return Block{b.Cases + o.Cases, b.Matches + o.Matches, b.Points + o.Points}
}

// wide joins blocks that are too small to the next one, the last to the one
// before.
func wide(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		if n := len(out); n > 0 && out[n-1].Cases < leastBlock {
			out[n-1] = out[n-1].with(b)
			continue
		}
		out = append(out, b)
	}
	if n := len(out); n > 1 && out[n-1].Cases < leastBlock {
		out = append(out[:n-2], out[n-2].with(out[n-1]))
	}
	return out
}

// probability reads a table between its corners; outside it stays at its ends.
func probability(table []Corner, points int) float64 {
	if len(table) == 0 {
		return 0.5
	}
	logit := float64(table[len(table)-1].Logit)
	for i, c := range table {
		if points <= c.Points {
			logit = float64(c.Logit)
			if i > 0 {
				a := table[i-1]
				logit = float64(a.Logit) + float64(c.Logit-a.Logit)*float64(points-a.Points)/float64(c.Points-a.Points)
			}
			break
		}
	}
	return logistic(logit / 1000)
}

// Reliability sorts foretold probabilities into tenths and returns the
// expected calibration error: the mean gap between foretold and found,
// weighted by cases. Empty tenths are left out.
func Reliability(foretold []float64, found []bool) (ece float64, bins []Bin) {
	const tenths = 10
	var sum [tenths]float64
	var cases, matches [tenths]int
	for i, p := range foretold {
		k := min(tenths-1, int(p*tenths))
		sum[k] += p
		cases[k]++
		if found[i] {
			matches[k]++
		}
	}
	for k, n := range cases {
		if n == 0 {
			continue
		}
		b := Bin{n, sum[k] / float64(n), NewShare(matches[k], n)}
		bins = append(bins, b)
		ece += math.Abs(b.Foretold-b.Found.Share) * float64(n) / float64(len(foretold))
	}
	return ece, bins
}

// Platt returns the straight line from points to log-odds that fits the cases
// best, by its two ends (Platt, 1999; targets smoothed as he does). ok is false
// where more points would say less for a match.
func Platt(cases []Scored, from, to int) (table []Corner, ok bool) {
	matches := 0
	for _, c := range cases {
		matches += one(c.Match)
	}
	yes := (float64(matches) + 1) / (float64(matches) + 2)
	no := 1 / (float64(len(cases)-matches) + 2)
	slope, base := 0.0, 0.0
	for range 50 { // Newton's method on the log likelihood, which is concave
		var g0, g1, h00, h01, h11 float64
		for _, c := range cases {
			x, want := float64(c.Points)/1000, no
			if c.Match {
				want = yes
			}
			p := logistic(base + slope*x)
			d, w := want-p, max(p*(1-p), 1e-9)
			g0, g1 = g0+d, g1+d*x
			h00, h01, h11 = h00+w, h01+w*x, h11+w*x*x
		}
		det := h00*h11 - h01*h01
		if det < 1e-12 {
			return nil, false
		}
		base += (h11*g0 - h01*g1) / det
		slope += (h00*g1 - h01*g0) / det
	}
	at := func(points int) Corner {
		return Corner{points, int(math.Round(1000 * (base + slope*float64(points)/1000)))}
	}
	ok = slope > 0 && !math.IsInf(slope, 0) && !math.IsNaN(base)
	return []Corner{at(from), at(to)}, ok
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
