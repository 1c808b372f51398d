package bench

import (
	"slices"

	"interdict/internal/register"
	"interdict/internal/screen"
)

// rival is a way to screen names, to compare with. Scores are of 1/10000.
type rival interface {
	label() string
	// find returns the subjects whose score reaches the threshold, of those that
	// the rival looks at.
	find(query string, threshold int) (map[int]int, error)
	// score is that of one subject, whether the rival would look at it or not.
	score(query string, subject int) (int, error)
	// pair is the score of two names, without a register.
	pair(query, listed, schema string) int
}

// corpus is what rivals search: names in plain words, as [BestPairs] has them.
type corpus struct {
	ids   []string
	names [][][][]rune // of each subject, of each name, its words
}

func corpusOf(all []register.Subject) corpus {
	var c corpus
	for _, s := range all {
		var names [][][]rune
		for _, e := range s.Entries {
			texts := slices.Clone(e.Earlier)
			for _, n := range e.Names {
				texts = append(texts, n.Full)
			}
			for _, t := range texts {
				if w := plainWords(t); len(w) > 0 {
					names = append(names, w)
				}
			}
		}
		c.ids, c.names = append(c.ids, s.ID), append(c.names, names)
	}
	return c
}

// best is the highest score of a subject's names.
func (c corpus) best(query [][]rune, subject int, score func(a, b [][]rune) int) int {
	best := 0
	for _, n := range c.names[subject] {
		best = max(best, score(query, n))
	}
	return best
}

// among scores some subjects.
func (c corpus) among(query [][]rune, some []int, threshold int, score func(a, b [][]rune) int) map[int]int {
	out := map[int]int{}
	for _, s := range some {
		if p := c.best(query, s, score); p >= threshold {
			out[s] = p
		}
	}
	return out
}

// own is the screening itself.
type own struct {
	e   *screen.Engine
	at  map[string]int // subject id to its number in the corpus
	ids []string
}

func (own) label() string { return Ours }

func (o own) find(query string, threshold int) (map[int]int, error) {
	return o.ask(query, screen.Options{Threshold: threshold / 10, Brief: true})
}

func (o own) score(query string, subject int) (int, error) {
	all, err := o.ask(query, screen.Options{Threshold: rivalFloor / 10, Brief: true, Exhaustive: true})
	return all[subject], err
}

func (o own) ask(query string, opt screen.Options) (map[int]int, error) {
	a, err := o.e.Name(screen.Query{Name: query}, opt)
	out := map[int]int{}
	for _, h := range a.Hits {
		if h.Name != "" {
			out[o.at[h.Subject]] = int(h.Score)
		}
	}
	return out, err
}

func (own) pair(query, listed, schema string) int { return new(Scorer).Pair(query, listed, schema) }

// everyName compares a query with every name by Jaro-Winkler, best pairs first:
// it hides nothing, and takes its time.
type everyName struct {
	corpus
	all []int
}

func newEveryName(c corpus) everyName {
	r := everyName{corpus: c}
	for i := range c.ids {
		r.all = append(r.all, i)
	}
	return r
}

func (everyName) label() string { return "Jaro–Winkler best pairs, every name" }

func (r everyName) find(query string, threshold int) (map[int]int, error) {
	return r.among(plainWords(query), r.all, threshold, bestPairs), nil
}

func (r everyName) score(query string, subject int) (int, error) {
	return r.best(plainWords(query), subject, bestPairs), nil
}

func (everyName) pair(query, listed, _ string) int { return BestPairs(query, listed) }
