package effect

import (
	"math"
	"slices"
	"strings"
	"time"
)

// Effectiveness is the report on one period.
type Effectiveness struct {
	Period
	At           time.Time    `json:"at"` // as of
	Designations Designations `json:"designations"`
	Measures     []Count      `json:"measures"` // decisions that took effect, by what they do
	Hops         []Hop        `json:"hops"`
	Limits       []Limit      `json:"limits"`
	Sums         []Sum        `json:"sums"`
	Reports      []Reported   `json:"reports"`
	Silence      Silence      `json:"silence"`
	Hits         []Count      `json:"hits"`       // of alerts raised, by judgement
	Exemptions   []Count      `json:"exemptions"` // granted, by kind
	Petitions    []Pleaded    `json:"petitions"`
	Reviews      Reviewed     `json:"reviews"`
	Ended        []Count      `json:"ended"`    // designations no longer in force, by why
	Erasures     []Count      `json:"erasures"` // by state
}

// Count is how many of a kind there were.
type Count struct {
	Of  string `json:"of"`
	N   int    `json:"n"`
	Few bool   `json:"few,omitempty"` // fewer than five, and not told how many; N is 0 then
}

// Designations are the decisions to freeze that took effect.
type Designations struct {
	Count
	ByKind   []Count `json:"by_kind"`   // of the subject
	ByPath   []Count `json:"by_path"`   // own motion, request of another state …
	ByGround []Count `json:"by_ground"` // statute and ground; one may rest on several
}

// Spread is how a number of times lies, in hours.
type Spread struct {
	N      int       `json:"n"`
	Median float64   `json:"median"`
	P95    float64   `json:"p95"`
	Few    bool      `json:"few,omitempty"` // of fewer than five, and not told
	Hours  []float64 `json:"-"`             // all of them, in order
}

// spread returns how times lie: the median is the middle one, or the mean of the
// two in the middle; the 95th percentile is the smallest that no more than one in
// twenty exceed.
func spread(times []time.Duration) Spread {
	s := Spread{N: len(times)}
	if len(times) == 0 {
		return s
	}
	for _, t := range times {
		s.Hours = append(s.Hours, t.Hours())
	}
	slices.Sort(s.Hours)
	n := len(s.Hours)
	s.Median = rounded((s.Hours[(n-1)/2] + s.Hours[n/2]) / 2)
	s.P95 = rounded(s.Hours[(95*n+99)/100-1])
	return s
}

// rounded returns hours to four decimals, a third of a second.
func rounded(hours float64) float64 { return math.Round(hours*1e4) / 1e4 }

// Hop is the way from one station to the next.
type Hop struct {
	From string `json:"from"`
	To   string `json:"to"`
	Spread
}

// Limit is how a time that the law sets was kept: of the clocks that fell due in
// the period; of the freeze, of the editions published in it.
type Limit struct {
	Of     string `json:"of"`   // clock of the statute
	Rule   string `json:"rule"` // as "24 hours"
	InTime int    `json:"in_time"`
	Late   int    `json:"late"`
	Unmet  int    `json:"unmet"` // due, and not done until now
}

// Sum is what institutions reported of assets of one limb in one currency. What
// the commission answered not to be the listed person is left out.
type Sum struct {
	What     string `json:"what"`
	Currency string `json:"currency"`
	Limb     string `json:"limb"`
	Assets   int    `json:"assets"`
	Amount   int64  `json:"amount"`           // in the smallest unit of the currency
	Beyond   bool   `json:"beyond,omitempty"` // it is more than can be counted, and Amount the most that can
	Few      bool   `json:"few,omitempty"`    // on fewer than five entries of the list, and not told

	of map[string]bool // entries of the list
}

// Reported is how many reports of a kind came in, and what was answered.
type Reported struct {
	What      string  `json:"what"`
	N         int     `json:"n"`
	Customers int     `json:"customers"` // concerned; with nil, looked through
	Verdicts  []Count `json:"verdicts"`
}

// Silence is how institutions acknowledged to have screened against editions:
// each institution that must act, for each edition.
type Silence struct {
	Editions int `json:"editions"`
	Awaited  int `json:"awaited"`
	InTime   int `json:"in_time"`
	Late     int `json:"late"`
	Silent   int `json:"silent"` // when the time was over, and since
	Open     int `json:"open"`   // time left, or a later edition was screened
}

// Pleaded is what became of petitions of a kind.
type Pleaded struct {
	Plea     string  `json:"plea"`
	Lodged   Count   `json:"lodged"`
	Outcomes []Count `json:"outcomes"` // of those that ended in the period, whenever lodged
	Spread   Spread  `json:"hours"`    // from lodging to that end
}

// Reviewed is what reviews came to.
type Reviewed struct {
	Held     int     `json:"held"`
	Missed   int     `json:"missed"`
	Findings []Count `json:"findings"`
}

// tally counts by kind.
type tally map[string]int

// counts returns the tally, by kind. The kinds given are there even with none.
func (t tally) counts(always ...string) []Count {
	for _, k := range always {
		t[k] += 0
	}
	out := []Count{}
	for k, n := range t {
		out = append(out, Count{Of: k, N: n})
	}
	slices.SortFunc(out, func(a, b Count) int { return strings.Compare(a.Of, b.Of) })
	return out
}
