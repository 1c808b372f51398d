package bench

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"interdict/internal/script"
)

// BestPairs scores two names, in 1/10000, the way that many tools do, for
// comparison: both are romanised (the likeliest reading of each word), words
// are paired greedily by Jaro-Winkler similarity, the best pair first, and the
// similarities count by the letters that they cover. Words without a partner
// count 0.
func BestPairs(a, b string) int { return bestPairs(plainWords(a), plainWords(b)) }

func plainWords(s string) [][]rune {
	cleaned, _ := script.Clean(s)
	var out [][]rune
	for w := range strings.FieldsFuncSeq(cleaned, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) }) {
		if r := script.Romanise(w, 1); len(r) > 0 {
			out = append(out, []rune(r[0].Text))
		}
	}
	return out
}

func bestPairs(a, b [][]rune) int { return greedy(a, b, JaroWinkler) }

// greedy pairs words, the most similar first, and counts the similarities by
// the letters that they cover.
func greedy(a, b [][]rune, similarity func(x, y []rune) float64) int {
	type pair struct {
		i, j int
		s    float64
	}
	var pairs []pair
	total := 0
	for i := range a {
		total += len(a[i])
		for j := range b {
			pairs = append(pairs, pair{i, j, similarity(a[i], b[j])})
		}
	}
	for j := range b {
		total += len(b[j])
	}
	if total == 0 {
		return 0
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return cmp.Compare(y.s, x.s) })
	usedA, usedB := make([]bool, len(a)), make([]bool, len(b))
	sum := 0.0
	for _, p := range pairs {
		if !usedA[p.i] && !usedB[p.j] {
			usedA[p.i], usedB[p.j] = true, true
			sum += p.s * float64(len(a[p.i])+len(b[p.j]))
		}
	}
	return int(10000 * sum / float64(total))
}

// JaroWinkler is the similarity of Winkler (1990), from 0 to 1: Jaro's, raised
// by a tenth of what is missing for each of up to four equal first letters.
func JaroWinkler(a, b []rune) float64 {
	j := jaro(a, b)
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return j + float64(prefix)*0.1*(1-j)
}

func jaro(a, b []rune) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	reach := max(0, max(len(a), len(b))/2-1)
	inB := make([]bool, len(b))
	var common []rune
	for i, r := range a {
		for j := max(0, i-reach); j < min(len(b), i+reach+1); j++ {
			if !inB[j] && b[j] == r {
				inB[j] = true
				common = append(common, r)
				break
			}
		}
	}
	if len(common) == 0 {
		return 0
	}
	moved, k := 0, 0
	for j, r := range b {
		if inB[j] {
			if common[k] != r {
				moved++
			}
			k++
		}
	}
	m := float64(len(common))
	return (m/float64(len(a)) + m/float64(len(b)) + (m-float64(moved)/2)/m) / 3
}
