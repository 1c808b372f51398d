package bench

import (
	"cmp"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/screen"
)

// Rivals is the screening side by side with other ways, on the same register,
// questions, customers and machine, in one run.
type Rivals struct {
	Snapshot  string  `json:"snapshot"`
	Profile   string  `json:"profile"`
	Subjects  int     `json:"subjects"`
	Machine   Machine `json:"machine"`
	Seed      uint64  `json:"seed"`
	Queries   int     `json:"queries"`
	Hard      int     `json:"hard_queries"` // names of two or three words with a slip or two in each
	Customers int     `json:"customers"`
	File      string  `json:"customers_of"`
	Pairs     string  `json:"pairs"`
	Rows      []Rival `json:"rivals"`
}

// Rival is what one way reaches. Its threshold is the lowest at which the
// customers bring no more alerts than ours do as shipped.
type Rival struct {
	Name      string    `json:"name"`
	Threshold int       `json:"threshold"` // 1/10000
	Alerts    Share     `json:"alerts"`
	Found     Share     `json:"found"`
	First     Share     `json:"first"` // the subject meant, or none before it
	Scripts   Share     `json:"found_across_scripts"`
	Hidden    Share     `json:"hidden"` // of subjects meant whose own score reaches the threshold: never looked at
	Hard      Share     `json:"hard_found"`
	HardGone  Share     `json:"hard_hidden"`
	Micros    Figure    `json:"time_of_a_query"`
	Slowest   float64   `json:"slowest_of_100_queries"` // the 99th percentile, µs
	F1        RivalF1   `json:"all_pairs"`
	Kinds     []RivalF1 `json:"pairs_by_kind,omitempty"`
}

// RivalF1 is the quality on labelled pairs: ours at the shipped threshold,
// others at their best one on this very file, chosen afterwards.
type RivalF1 struct {
	Group            string  `json:"group"`
	Pairs            int     `json:"pairs"`
	Best             Outcome `json:"outcome"`
	AveragePrecision float64 `json:"average_precision"`
}

// rivalFloor is the lowest score that is looked at.
const rivalFloor = 5000

// RivalOptions say what is asked.
type RivalOptions struct {
	Seed      uint64
	Queries   int
	File      string
	Customers []book.Customer // none of them listed
	Pairs     string          // file of the labelled pairs
	Labelled  []LabelledPair
	Step      func(rival string) // called before each; may be nil
}

// rivalQuery is a changed listed name with the subject meant.
type rivalQuery struct {
	text    string
	subject int
	script  bool // written in another script
}

// CompareRivals measures all of them.
func CompareRivals(e *screen.Engine, o RivalOptions) (Rivals, error) {
	out := Rivals{Snapshot: e.Snapshot(), Profile: match.Profile(), Machine: ThisMachine(), Seed: o.Seed, Customers: len(o.Customers), File: o.File, Pairs: o.Pairs}
	all, err := subjects(e)
	if err != nil {
		return out, err
	}
	c := corpusOf(all)
	out.Subjects = len(c.ids)
	queries := rivalQueries(all, o)
	hard := hardQueries(all, o)
	out.Queries, out.Hard = len(queries), len(hard)
	if len(queries) == 0 || len(o.Customers) == 0 {
		return out, fault.New(fault.Invalid, "there is nothing to compare with: %d changed names, %d customers", len(queries), len(o.Customers))
	}
	us := own{e, map[string]int{}, c.ids}
	for i, id := range c.ids {
		us.at[id] = i
	}
	allowed := -1
	for _, r := range []rival{us, newEveryName(c), newWindow(c), newPhonetic(c)} {
		if o.Step != nil {
			o.Step(r.label())
		}
		row, err := measureRival(r, queries, hard, o, allowed)
		if err != nil {
			return out, fmt.Errorf("%s: %w", r.label(), err)
		}
		if allowed < 0 {
			allowed = row.Alerts.Count
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

func measureRival(r rival, queries, hard []rivalQuery, o RivalOptions, allowed int) (Rival, error) {
	out := Rival{Name: r.label(), Threshold: shipped}
	scores := make([]int, len(o.Customers))
	err := eachError(len(o.Customers), func(i int) error {
		hits, err := r.find(o.Customers[i].Name, rivalFloor)
		for _, p := range hits {
			scores[i] = max(scores[i], p)
		}
		return err
	})
	if err != nil {
		return out, err
	}
	if allowed >= 0 {
		out.Threshold = max(rivalFloor, atMost(scores, allowed))
	}
	out.Alerts = NewShare(reaching(scores, out.Threshold), len(scores))
	replies, err := answers(r, queries, out.Threshold)
	if err != nil {
		return out, err
	}
	out.Found, out.Hidden = sums(replies)
	var first, scripts, across int
	for i, a := range replies {
		first += one(a.first)
		across += one(queries[i].script)
		scripts += one(queries[i].script && a.found)
	}
	out.First, out.Scripts = NewShare(first, len(queries)), NewShare(scripts, across)
	if replies, err = answers(r, hard, out.Threshold); err != nil {
		return out, err
	}
	out.Hard, out.HardGone = sums(replies)
	out.Micros, out.Slowest, err = timeOf(r, queries, out.Threshold)
	out.label(r, o.Labelled)
	return out, err
}

// rivalAnswer is how a query was answered. Its subject is worthy if its own
// score reaches the threshold.
type rivalAnswer struct{ found, first, worthy bool }

func answers(r rival, queries []rivalQuery, threshold int) ([]rivalAnswer, error) {
	out := make([]rivalAnswer, len(queries))
	return out, eachError(len(queries), func(i int) error {
		hits, err := r.find(queries[i].text, threshold)
		if err != nil {
			return err
		}
		score, found := hits[queries[i].subject]
		out[i] = rivalAnswer{found: found, first: found && score == slices.Max(slices.Collect(maps.Values(hits))), worthy: found}
		if !found {
			score, err = r.score(queries[i].text, queries[i].subject)
			out[i].worthy = score >= threshold
		}
		return err
	})
}

func sums(all []rivalAnswer) (found, hidden Share) {
	n, worthy := 0, 0
	for _, a := range all {
		n, worthy = n+one(a.found), worthy+one(a.worthy)
	}
	return NewShare(n, len(all)), NewShare(worthy-n, worthy)
}

// atMost is the lowest threshold that no more than so many scores reach.
func atMost(scores []int, allowed int) int {
	sorted := slices.SortedFunc(slices.Values(scores), func(a, b int) int { return cmp.Compare(b, a) })
	if allowed >= len(sorted) {
		return 0
	}
	return sorted[allowed] + 1
}

// timedQueries is how many queries are timed, by one thread.
const timedQueries = 200

func timeOf(r rival, queries []rivalQuery, threshold int) (Figure, float64, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var micros []float64
	for _, q := range queries[:min(timedQueries, len(queries))] {
		start := threadTime()
		if _, err := r.find(q.text, threshold); err != nil {
			return Figure{}, 0, err
		}
		micros = append(micros, float64((threadTime()-start)/time.Nanosecond)/1000)
	}
	slices.Sort(micros)
	return NewFigure("one query, one core", "µs", micros), micros[len(micros)*99/100], nil
}

// label measures labelled pairs.
func (r *Rival) label(by rival, pairs []LabelledPair) {
	if len(pairs) == 0 {
		return
	}
	groups := map[string][]Scored{}
	for _, p := range pairs {
		kind := "organisations"
		if strings.EqualFold(p.Schema, "Person") {
			kind = "persons"
		}
		s := Scored{by.pair(p.Name1, p.Name2, p.Schema), p.Match}
		groups["all"], groups[kind] = append(groups["all"], s), append(groups[kind], s)
	}
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		f := RivalF1{Group: g, Pairs: len(groups[g]), Best: Best(groups[g]), AveragePrecision: AveragePrecision(groups[g])}
		if r.Name == Ours {
			f.Best = At(groups[g], shipped)
		}
		if g == "all" {
			r.F1 = f
			continue
		}
		r.Kinds = append(r.Kinds, f)
	}
}
