package bench

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"interdict/internal/fault"
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/register"
	"interdict/internal/screen"
	"interdict/internal/script"
)

// Lossless is a comparison of the index with scoring every listed name, on
// names and on texts.
type Lossless struct {
	Snapshot   string      `json:"snapshot"`
	Profile    string      `json:"profile"`
	Seed       uint64      `json:"seed"`
	Subjects   int         `json:"subjects"`
	Distinct   int         `json:"distinct_names"`
	Thresholds []int       `json:"thresholds"` // 1/1000
	Ways       int         `json:"mutations_and_adversaries"`
	Refused    int         `json:"not_comparable"` // made queries without a word, or too long
	Rechecked  int         `json:"rechecked"`      // cases compared with Index.Exhaustive too
	Names      Compared    `json:"names"`
	Groups     []Compared  `json:"groups"`
	Texts      Compared    `json:"texts"`
	First      *Difference `json:"first,omitempty"`
}

// Whole reports that nothing was missed, extra or different.
func (l Lossless) Whole() bool { return l.Names.Differences()+l.Texts.Differences() == 0 }

// LosslessOptions say how much is compared.
type LosslessOptions struct {
	Cases int // query-threshold cases, at least
	Texts int // texts, each at every threshold of a mention
	Seed  uint64
	Step  func() // called after each query and each text
}

// Thresholds are .55 to .95 by .05, in 1/1000.
func Thresholds() []int { return []int{550, 600, 650, 700, 750, 800, 850, 900, 950} }

// recheck is one in how many queries is compared with Index.Exhaustive as well,
// at one of the thresholds in turn.
const recheck = 100

// Queries is the number of queries that give so many cases.
func (o LosslessOptions) Queries() int { return (o.Cases + len(Thresholds()) - 1) / len(Thresholds()) }

// CompareEngine is CompareSearch with the index and the subjects of an engine.
func CompareEngine(ctx context.Context, e *screen.Engine, o LosslessOptions) (Lossless, error) {
	all, err := subjects(e)
	if err != nil {
		return Lossless{}, err
	}
	listed, err := screen.Subjects(register.Snapshot{Subjects: all})
	if err != nil {
		return Lossless{}, err
	}
	return CompareSearch(ctx, e.Index(), e.Snapshot(), listed, o)
}

// CompareSearch asks the index, and an oracle that scores every name of the
// same subjects without it, once a query at the lowest threshold, with the
// answers to the higher ones taken from that. It fails only on bad input, or
// when it is stopped.
func CompareSearch(ctx context.Context, ix *index.Index, snapshot string, subjects []index.Subject, o LosslessOptions) (Lossless, error) {
	out := Lossless{Snapshot: snapshot, Profile: match.Profile(), Seed: o.Seed, Subjects: len(subjects), Thresholds: Thresholds()}
	if len(subjects) == 0 {
		return out, fault.New(fault.Invalid, "the register is empty: there is nothing to search")
	}
	c := &comparison{index: ix, oracle: newOracle(subjects), options: o}
	out.Distinct = len(c.oracle.names)
	c.prepare(newAsker(subjects, o.Seed), &out)
	results := each(len(c.asked), func() func(int) compared { return c.worker(ctx) })
	if err := stopped(ctx); err != nil {
		return out, err
	}
	out.gather(c.asked, results)
	texts, err := compareScans(ctx, subjects, o)
	for _, t := range texts {
		out.Texts.add(t.Compared, 1)
		if out.First == nil {
			out.First = t.first
		}
	}
	out.Texts.By, out.Texts.Group = "all", "texts"
	return out, err
}

// comparison is what all queries share.
type comparison struct {
	index   *index.Index
	oracle  *oracle
	options LosslessOptions
	asked   []asked
}

// asked is a query that can be compared.
type asked struct {
	question
	number int
	probe  index.Probe
}

// prepare makes the queries; those that nothing can be compared with are
// counted and others made for them.
func (c *comparison) prepare(a *asker, out *Lossless) {
	ways := map[string]bool{}
	want := c.options.Queries()
	for i := 0; len(c.asked) < want; i++ {
		q := a.ask(i)
		p, err := index.NewProbe(q.text)
		if err != nil {
			out.Refused++
			continue
		}
		for _, w := range q.ways {
			ways[w] = true
		}
		c.asked = append(c.asked, asked{q, i, p})
	}
	out.Ways = len(ways)
}

// compared is the outcome of one query or text.
type compared struct {
	Compared
	rechecked int
	first     *Difference
}

// worker compares on one goroutine.
func (c *comparison) worker(ctx context.Context) func(int) compared {
	oracle := c.oracle.begin()
	return func(i int) compared {
		if ctx.Err() != nil {
			return compared{}
		}
		if c.options.Step != nil {
			defer c.options.Step()
		}
		q := c.asked[i]
		lowest := oracle.find(q.probe, Thresholds()[0])
		out := compared{}
		for k, theta := range Thresholds() {
			wanted := reachingTheta(lowest, theta)
			out.Cases++
			out.Hits += len(wanted)
			out.compare(c, q, theta, wanted, c.index.Search)
			if i%recheck == 0 && i/recheck%len(Thresholds()) == k {
				out.rechecked++
				out.compare(c, q, theta, wanted, c.index.Exhaustive)
			}
		}
		return out
	}
}

func (out *compared) compare(c *comparison, q asked, theta int, wanted []index.Hit, search func(index.Probe, int, match.Costs) ([]index.Hit, error)) {
	found, err := search(q.probe, theta, match.NameCosts)
	if err != nil {
		panic(err) // the thresholds are ours
	}
	sortHits(found)
	differ(found, wanted, func(what string, f, w index.Hit) {
		out.count(what)
		if out.first == nil {
			who := w
			if what == extra {
				who = f
			}
			out.first = &Difference{
				What: what, Sort: q.sort, Query: q.text, Threshold: theta, Subject: who.Subject, Name: who.Name,
				Search: describe(f), Exhaustive: describe(w), Seed: c.options.Seed, Number: q.number,
			}
		}
	})
}

func reachingTheta(hits []index.Hit, theta int) []index.Hit {
	var out []index.Hit
	for _, h := range hits {
		if h.Result.Reaches(theta) {
			out = append(out, h)
		}
	}
	return out
}

// stopped is the error of work that was interrupted.
func stopped(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return fault.As(fault.Unavailable, fmt.Errorf("the measurement was stopped: %w", context.Cause(ctx)))
}

// gather adds the queries up, by sort and by script.
func (l *Lossless) gather(asked []asked, results []compared) {
	groups := map[[2]string]*Compared{}
	for i, r := range results {
		for _, k := range [][2]string{{"sort", asked[i].sort}, {"script", script.Of(asked[i].text)}} {
			if groups[k] == nil {
				groups[k] = &Compared{By: k[0], Group: k[1]}
			}
			groups[k].add(r.Compared, 1)
		}
		l.Names.add(r.Compared, 1)
		l.Rechecked += r.rechecked
		if l.First == nil {
			l.First = r.first
		}
	}
	l.Names.By, l.Names.Group = "all", "names"
	for _, k := range slices.SortedFunc(maps.Keys(groups), func(a, b [2]string) int {
		return cmp.Or(-cmp.Compare(a[0], b[0]), -cmp.Compare(groups[a].Queries, groups[b].Queries), cmp.Compare(a[1], b[1]))
	}) {
		l.Groups = append(l.Groups, *groups[k])
	}
}
