package bench

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/mutate"
	"interdict/internal/screen"
)

// Calibration is how well the confidence of a hit foretells that it is the
// subject meant, and whether a table fitted on half of the entities foretells
// the other half better.
type Calibration struct {
	Snapshot  string            `json:"snapshot"`
	Profile   string            `json:"profile"`
	Seed      uint64            `json:"seed"`
	Threshold int               `json:"threshold"` // of the hits, 1/1000
	Lists     []string          `json:"lists"`
	Files     []string          `json:"files"`
	Cases     int               `json:"cases"`
	Apart     int               `json:"apart"` // hits of two entities in two halves, left out
	Kinds     []CalibrationKind `json:"kinds"`
}

// CalibrationKind is the calibration for one kind of subject, or "all".
type CalibrationKind struct {
	Kind     string              `json:"kind"`
	Fit      int                 `json:"fit"`
	Entities int                 `json:"entities"` // asked for, in the test half
	Matches  Share               `json:"matches"`  // of the test half
	Methods  []CalibrationMethod `json:"methods"`  // as it stands first
	Best     string              `json:"best"`     // the one to use: as it stands, unless another is surely better
	Table    []Corner            `json:"table,omitempty"`
	Few      bool                `json:"few"` // too few cases to fit a table
}

// Measured is a figure with its 95 % interval, by 400 draws of entities.
type Measured struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// CalibrationMethod is one way to make a probability, on the test half. Gains
// are what is better than as it stands; above 0 is better.
type CalibrationMethod struct {
	Method    string   `json:"method"`
	Brier     Measured `json:"brier"`
	LogLoss   Measured `json:"log_loss"`
	ECE       Measured `json:"expected_calibration_error"`
	BrierGain Measured `json:"brier_gain"`
	LossGain  Measured `json:"log_loss_gain"`
	Bins      []Bin    `json:"reliability"`
}

// Methods of making a probability.
const (
	AsItStands = "as it stands"
	ByPlatt    = "Platt"
	ByIsotonic = "isotonic"
)

// leastFit is the number of cases, and leastEither that of matches and of
// others, from which a table is fitted.
const (
	leastFit    = 200
	leastEither = 20
	resamples   = 400
)

// MeasureCalibration asks for what the lists of a register have in common, and
// for labelled pairs, file by file.
func MeasureCalibration(e *screen.Engine, files map[string][]LabelledPair, seed uint64) (Calibration, error) {
	out := Calibration{Snapshot: e.Snapshot(), Profile: match.Profile(), Seed: seed, Threshold: hitsFrom(), Files: slices.Sorted(maps.Keys(files))}
	all, err := subjects(e)
	if err != nil {
		return out, err
	}
	out.Lists = listsOf(all)
	cases, err := concordant(all)
	if err != nil {
		return out, err
	}
	for _, f := range out.Files {
		more, err := labelledHits(files[f])
		if err != nil {
			return out, fmt.Errorf("%s: %w", f, err)
		}
		cases = append(cases, more...)
	}
	half := func(entity string) bool { return mutate.NewChance(seed^hash(entity)).Next()&1 == 0 }
	var fit, test []hitCase
	for _, c := range cases {
		switch {
		case half(c.entity) != half(c.other):
			out.Apart++
		case half(c.entity):
			fit = append(fit, c)
		default:
			test = append(test, c)
		}
	}
	out.Cases = len(fit) + len(test)
	if len(fit) == 0 || len(test) == 0 {
		return out, fault.Hint(fault.New(fault.NotFound, "there is nothing to calibrate with: no subject is on two lists"),
			"load a second list, or give labelled pairs: interdict bench calibration --pairs FILE")
	}
	for _, kind := range kindsIn(test) {
		out.Kinds = append(out.Kinds, calibrate(kind, of(fit, kind), of(test, kind), seed))
	}
	return out, nil
}

func kindsIn(cases []hitCase) []string {
	counts := map[string]int{}
	for _, c := range cases {
		counts[c.kind]++
	}
	order := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return append([]string{"all"}, order...)
}

func of(cases []hitCase, kind string) []hitCase {
	return slices.DeleteFunc(slices.Clone(cases), func(c hitCase) bool { return kind != "all" && c.kind != kind })
}

func scored(cases []hitCase) (out []Scored, matches int) {
	for _, c := range cases {
		out = append(out, Scored{c.logit, c.match})
		matches += one(c.match)
	}
	return out, matches
}

// tableOf fits a table by a method; ok is false where there is none.
func tableOf(method string, cases []Scored) (table []Corner, ok bool) {
	if method == ByPlatt {
		return Platt(cases, -10_000, 10_000)
	}
	table = Fit(cases)
	return table, len(table) > 1
}

func calibrate(kind string, fit, test []hitCase, seed uint64) CalibrationKind {
	out := CalibrationKind{Kind: kind, Fit: len(fit), Best: AsItStands}
	cases, matches := scored(fit)
	tested, found := scored(test)
	out.Matches = NewShare(found, len(test))
	groups := byEntity(test)
	out.Entities = len(groups)
	stands := foretell(test, nil)
	out.Methods = []CalibrationMethod{measured(AsItStands, test, stands, stands, groups, seed)}
	out.Few = len(cases) < leastFit || matches < leastEither || len(cases)-matches < leastEither
	if out.Few {
		return out
	}
	best := 0.0
	for _, method := range []string{ByPlatt, ByIsotonic} {
		table, ok := tableOf(method, cases)
		if !ok {
			continue
		}
		m := measured(method, test, foretell(test, table), stands, groups, seed)
		out.Methods = append(out.Methods, m)
		if m.BrierGain.Low > 0 && m.LossGain.Low > 0 && m.LossGain.Value > best {
			out.Best, best = method, m.LossGain.Value
		}
	}
	if out.Best != AsItStands {
		out.Table, _ = tableOf(out.Best, append(cases, tested...))
	}
	return out
}

// foretell returns the probability of each case; without a table, as it stands.
func foretell(cases []hitCase, table []Corner) []float64 {
	out := make([]float64, len(cases))
	for i, c := range cases {
		out[i] = float64(c.confidence) / 10000
		if table != nil {
			out[i] = probability(table, c.logit)
		}
	}
	return out
}

// byEntity are the cases of each entity, in a fixed order.
func byEntity(cases []hitCase) [][]int {
	groups := map[string][]int{}
	for i, c := range cases {
		groups[c.entity] = append(groups[c.entity], i)
	}
	var out [][]int
	for _, k := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, groups[k])
	}
	return out
}

// losses of one case: Brier's, and the logarithmic one; no probability is
// taken for certain.
func losses(p float64, match bool) (brier, log float64) {
	p = min(max(p, 1e-4), 1-1e-4)
	if match {
		return (1 - p) * (1 - p), -math.Log(p)
	}
	return p * p, -math.Log(1 - p)
}

func measured(method string, test []hitCase, mine, stands []float64, groups [][]int, seed uint64) CalibrationMethod {
	out := CalibrationMethod{Method: method}
	figures := func(groups [][]int) [5]float64 {
		var f [5]float64
		var p []float64
		var found []bool
		for _, g := range groups {
			for _, i := range g {
				b, l := losses(mine[i], test[i].match)
				b0, l0 := losses(stands[i], test[i].match)
				f[0], f[1], f[3], f[4] = f[0]+b, f[1]+l, f[3]+b0-b, f[4]+l0-l
				p, found = append(p, mine[i]), append(found, test[i].match)
			}
		}
		for _, k := range []int{0, 1, 3, 4} {
			f[k] /= float64(max(1, len(p)))
		}
		f[2], _ = Reliability(p, found)
		return f
	}
	value := figures(groups)
	var drawn [5][]float64
	c := mutate.NewChance(seed)
	for range resamples {
		sample := make([][]int, len(groups))
		for i := range sample {
			sample[i] = mutate.Pick(c, groups)
		}
		for k, v := range figures(sample) {
			drawn[k] = append(drawn[k], v)
		}
	}
	for k, m := range []*Measured{&out.Brier, &out.LogLoss, &out.ECE, &out.BrierGain, &out.LossGain} {
		slices.Sort(drawn[k])
		*m = Measured{value[k], drawn[k][resamples/40], drawn[k][resamples-1-resamples/40]}
	}
	var found []bool
	for _, t := range test {
		found = append(found, t.match)
	}
	_, out.Bins = Reliability(mine, found)
	return out
}
