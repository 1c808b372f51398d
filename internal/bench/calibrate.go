package bench

import (
	"cmp"
	"math"
	"slices"

	"interdict/internal/mutate"
)

// Corner is a corner of a calibration table: a score in 1/10000 and log-odds
// in 1/1000, as package screen has them.
type Corner struct {
	Score int `json:"score"`
	Logit int `json:"logit"`
}

// Calibration is a table fitted on labelled pairs and how well such tables
// hold on pairs that they were not fitted on.
type Calibration struct {
	Cases   int      `json:"cases"`
	Folds   int      `json:"folds"`
	Seed    uint64   `json:"seed"`
	ECE     float64  `json:"expected_calibration_error"`
	Bins    []Bin    `json:"reliability"`
	Corners []Corner `json:"corners"`
}

// Bin compares what was foretold with what was found, for cases whose
// probability lies in one tenth.
type Bin struct {
	Cases    int     `json:"cases"`
	Foretold float64 `json:"foretold"` // mean probability
	Found    float64 `json:"found"`    // share of matches
}

const folds = 5

// Calibrate fits the table on all cases, and its reliability by five folds:
// each fifth of the cases, drawn from the seed, is foretold by a table of the
// other four.
func Calibrate(cases []Scored, seed uint64) Calibration {
	out := Calibration{Cases: len(cases), Folds: folds, Seed: seed, Corners: Fit(cases)}
	order := make([]int, len(cases))
	for i := range order {
		order[i] = i
	}
	mutate.Shuffle(mutate.NewChance(seed), order)
	var foretold []float64
	var found []bool
	for fold := range folds {
		var train, test []Scored
		for k, i := range order {
			if k%folds == fold {
				test = append(test, cases[i])
			} else {
				train = append(train, cases[i])
			}
		}
		table := Fit(train)
		for _, c := range test {
			foretold = append(foretold, probability(table, c.Points))
			found = append(found, c.Match)
		}
	}
	out.ECE, out.Bins = Reliability(foretold, found)
	return out
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
		if points <= c.Score {
			logit = float64(c.Logit)
			if i > 0 {
				a := table[i-1]
				logit = float64(a.Logit) + float64(c.Logit-a.Logit)*float64(points-a.Score)/float64(c.Score-a.Score)
			}
			break
		}
	}
	return 1 / (1 + math.Exp(-logit/1000))
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
		b := Bin{n, sum[k] / float64(n), float64(matches[k]) / float64(n)}
		bins = append(bins, b)
		ece += math.Abs(b.Foretold-b.Found) * float64(n) / float64(len(foretold))
	}
	return ece, bins
}
