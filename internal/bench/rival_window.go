package bench

import (
	"cmp"
	"math"
	"slices"
)

// textWindow asks a text search for the fifty subjects that fit best, and compares
// only these: words equal or within an edit or two, weighed by BM25, one
// document for a subject; then token sets by Levenshtein similarity.
type textWindow struct {
	corpus
	words    []string
	near     map[string][]int // a word with letters left out, to the words that become it
	postings [][]posting      // of each word
	lengths  []int            // words of each subject
	mean     float64
}

type posting struct{ subject, times int }

// windowSize is how many candidates are compared.
const windowSize = 50

func newWindow(c corpus) *textWindow {
	r := &textWindow{corpus: c, near: map[string][]int{}, lengths: make([]int, len(c.ids))}
	number := map[string]int{}
	for s, names := range c.names {
		times := map[int]int{}
		for _, n := range names {
			for _, w := range n {
				k, ok := number[string(w)]
				if !ok {
					k = len(r.words)
					number[string(w)] = k
					r.words, r.postings = append(r.words, string(w)), append(r.postings, nil)
				}
				times[k]++
				r.lengths[s]++
			}
		}
		for k, n := range times {
			r.postings[k] = append(r.postings[k], posting{s, n})
		}
		r.mean += float64(r.lengths[s]) / float64(len(c.ids))
	}
	for k, w := range r.words {
		for _, d := range deletions([]rune(w), slips(len([]rune(w)))) {
			r.near[d] = append(r.near[d], k)
		}
	}
	return r
}

// slips is how many edits a word of n letters may have ("AUTO" of common text
// searches).
func slips(n int) int {
	switch {
	case n <= 2:
		return 0
	case n <= 5:
		return 1
	}
	return 2
}

// deletions are a word without up to n of its letters, itself among them.
func deletions(word []rune, n int) []string {
	out := []string{string(word)}
	if n == 0 {
		return out
	}
	for i := range word {
		out = append(out, deletions(slices.Delete(slices.Clone(word), i, i+1), n-1)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (*textWindow) label() string { return "text search, first 50, then token sets by Levenshtein" }

// candidates are the fifty subjects with the highest sum of BM25, of equals the
// first.
func (r *textWindow) candidates(query [][]rune) []int {
	const k1, b = 1.2, .75
	sums := map[int]float64{}
	for _, q := range query {
		best := map[int]float64{} // of this word, for each subject
		for k, alike := range r.alike(q) {
			df := float64(len(r.postings[k]))
			idf := math.Log(1 + (float64(len(r.ids))-df+.5)/(df+.5))
			for _, p := range r.postings[k] {
				tf := float64(p.times)
				norm := tf * (k1 + 1) / (tf + k1*(1-b+b*float64(r.lengths[p.subject])/r.mean))
				best[p.subject] = max(best[p.subject], alike*idf*norm)
			}
		}
		for s, v := range best {
			sums[s] += v
		}
	}
	all := make([]int, 0, len(sums))
	for s := range sums {
		all = append(all, s)
	}
	slices.SortFunc(all, func(x, y int) int { return cmp.Or(cmp.Compare(sums[y], sums[x]), cmp.Compare(x, y)) })
	return all[:min(windowSize, len(all))]
}

// alike are the words within the slips that the query's word allows.
func (r *textWindow) alike(q []rune) map[int]float64 {
	out := map[int]float64{}
	most := slips(len(q))
	for _, d := range deletions(q, most) {
		for _, k := range r.near[d] {
			if _, done := out[k]; done {
				continue
			}
			w := []rune(r.words[k])
			if edits := Levenshtein(q, w); edits <= most {
				out[k] = 1 - float64(edits)/float64(max(len(q), len(w)))
			}
		}
	}
	return out
}

func (r *textWindow) find(query string, threshold int) (map[int]int, error) {
	q := plainWords(query)
	return r.among(q, r.candidates(q), threshold, tokenSets), nil
}

func (r *textWindow) score(query string, subject int) (int, error) {
	return r.best(plainWords(query), subject, tokenSets), nil
}

func (*textWindow) pair(query, listed, _ string) int {
	return tokenSets(plainWords(query), plainWords(listed))
}

// tokenSets pairs words greedily by Levenshtein similarity.
func tokenSets(a, b [][]rune) int {
	return greedy(a, b, func(x, y []rune) float64 { return 1 - float64(Levenshtein(x, y))/float64(max(len(x), len(y))) })
}

// Levenshtein is the least number of letters put in, left out or replaced that
// makes one word the other.
func Levenshtein(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		corner := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := corner
			if x != y {
				cost++
			}
			corner, row[j+1] = row[j+1], min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
