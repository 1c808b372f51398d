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
	"interdict/internal/mutate"
	"interdict/internal/record"
	"interdict/internal/register"
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
	out.Queries = len(queries)
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
		row, err := measureRival(r, queries, o, allowed)
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

// rivalQueries changes full listed names so that a good screening should still
// find them, each way as often as the other.
func rivalQueries(all []register.Subject, o RivalOptions) []rivalQuery {
	ways := slices.DeleteFunc(mutate.All(), func(m mutate.Mutation) bool {
		return m.Band != mutate.Strong && m.Band != mutate.Possible || m.Group == "carrier"
	})
	var full []rivalQuery
	for i, s := range all {
		for _, e := range s.Entries {
			for _, n := range e.Names {
				if n.Quality != record.Weak {
					full = append(full, rivalQuery{text: n.Full, subject: i})
				}
			}
		}
	}
	var out []rivalQuery
	c := mutate.NewChance(o.Seed)
	for tries := 0; len(full) > 0 && len(out) < o.Queries && tries < 20*o.Queries; tries++ {
		q, m := mutate.Pick(c, full), ways[tries%len(ways)]
		if changed, ok := m.Apply(c.Next(), q.text); ok {
			out = append(out, rivalQuery{changed, q.subject, m.Group == "script"})
		}
	}
	return out
}

func measureRival(r rival, queries []rivalQuery, o RivalOptions, allowed int) (Rival, error) {
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
	type reply struct{ found, first, seen bool }
	replies := make([]reply, len(queries))
	err = eachError(len(queries), func(i int) error {
		hits, err := r.find(queries[i].text, out.Threshold)
		if err != nil {
			return err
		}
		score, found := hits[queries[i].subject]
		replies[i] = reply{found: found, first: found && score == slices.Max(slices.Collect(maps.Values(hits))), seen: found}
		if !found {
			score, err = r.score(queries[i].text, queries[i].subject)
			replies[i].seen = score >= out.Threshold
		}
		return err
	})
	if err != nil {
		return out, err
	}
	var found, first, seen, scripts, across int
	for i, a := range replies {
		found, first, seen = found+one(a.found), first+one(a.first), seen+one(a.seen)
		across += one(queries[i].script)
		scripts += one(queries[i].script && a.found)
	}
	out.Found, out.First, out.Scripts = NewShare(found, len(queries)), NewShare(first, len(queries)), NewShare(scripts, across)
	out.Hidden = NewShare(seen-found, seen)
	out.Micros, out.Slowest, err = timeOf(r, queries, out.Threshold)
	out.label(r, o.Labelled)
	return out, err
}

// atMost is the lowest threshold that no more than so many scores reach.
func atMost(scores []int, allowed int) int {
	sorted := slices.SortedFunc(slices.Values(scores), func(a, b int) int { return cmp.Compare(b, a) })
	if allowed >= len(sorted) {
		return 0
	}
	return sorted[allowed] + 1
}

func eachError(n int, f func(int) error) error {
	for _, err := range each(n, func() func(int) error { return f }) {
		if err != nil {
			return err
		}
	}
	return nil
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
