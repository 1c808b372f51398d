package bench

import (
	"cmp"
	"math"
	"slices"
)

// Share is a count of cases out of all, with its 95 % interval.
type Share struct {
	Count int     `json:"count"`
	Of    int     `json:"of"`
	Share float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// z95 is the quantile of the normal distribution for a 95 % interval.
const z95 = 1.959963984540054

// NewShare returns count/of with the score interval of Wilson (1927). Of no
// cases the share is 0 and the interval says nothing: 0 to 1.
func NewShare(count, of int) Share {
	if of == 0 {
		return Share{High: 1}
	}
	low, high := wilson(count, of, z95)
	return Share{count, of, float64(count) / float64(of), low, high}
}

// wilson is the score interval for a quantile of the normal distribution.
func wilson(count, of int, z float64) (low, high float64) {
	n, p := float64(of), float64(count)/float64(of)
	middle := p + z*z/(2*n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	scale := 1 + z*z/n
	return max(0, (middle-half)/scale), min(1, (middle+half)/scale)
}

// normalQuantile is where the standard normal distribution reaches p.
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// Scored is one labelled case: its score in 1/10000 and the truth.
type Scored struct {
	Points int
	Match  bool
}

// Outcome is what a threshold makes of labelled cases.
type Outcome struct {
	Threshold int     `json:"threshold"` // 1/10000
	TP        int     `json:"true_positives"`
	FP        int     `json:"false_positives"`
	FN        int     `json:"false_negatives"`
	TN        int     `json:"true_negatives"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// At counts the cases at a threshold in 1/10000. A figure that would divide by
// nothing is 0.
func At(cases []Scored, threshold int) Outcome {
	o := Outcome{Threshold: threshold}
	for _, c := range cases {
		switch hit := c.Points >= threshold; {
		case hit && c.Match:
			o.TP++
		case hit:
			o.FP++
		case c.Match:
			o.FN++
		default:
			o.TN++
		}
	}
	if o.TP > 0 {
		o.Precision = float64(o.TP) / float64(o.TP+o.FP)
		o.Recall = float64(o.TP) / float64(o.TP+o.FN)
		o.F1 = float64(2*o.TP) / float64(2*o.TP+o.FP+o.FN)
	}
	return o
}

// Best returns the outcome at the threshold with the highest F1 on these very
// cases; of equals the highest threshold.
func Best(cases []Scored) Outcome {
	points := make([]int, 0, len(cases))
	for _, c := range cases {
		points = append(points, c.Points)
	}
	slices.Sort(points)
	best := At(cases, 10000)
	for _, p := range slices.Backward(slices.Compact(points)) {
		if o := At(cases, max(1, p)); o.F1 > best.F1 {
			best = o
		}
	}
	return best
}

// AveragePrecision is the area under precision over recall, one step for each
// distinct score, the highest first: Σ (R_k - R_k-1) P_k. Cases of one score
// count together, so that their order does not matter.
func AveragePrecision(cases []Scored) float64 {
	sorted := slices.SortedFunc(slices.Values(cases), func(a, b Scored) int { return cmp.Compare(b.Points, a.Points) })
	all := 0
	for _, c := range cases {
		if c.Match {
			all++
		}
	}
	if all == 0 {
		return 0
	}
	ap, found := 0.0, 0
	for i := 0; i < len(sorted); {
		gained, points := 0, sorted[i].Points
		for ; i < len(sorted) && sorted[i].Points == points; i++ {
			if sorted[i].Match {
				gained++
			}
		}
		found += gained
		ap += float64(gained) / float64(all) * float64(found) / float64(i)
	}
	return ap
}
