package bench

import (
	"slices"
	"strings"
)

// phonetic looks up names that share a Soundex code, and counts words of one
// code as nearly equal.
type phonetic struct {
	corpus
	coded map[string][]int
}

func newPhonetic(c corpus) phonetic {
	r := phonetic{c, map[string][]int{}}
	for s, names := range c.names {
		seen := map[string]bool{}
		for _, n := range names {
			for _, w := range n {
				if code := Soundex(w); !seen[code] {
					seen[code] = true
					r.coded[code] = append(r.coded[code], s)
				}
			}
		}
	}
	return r
}

func (phonetic) label() string { return "Soundex index" }

func (r phonetic) find(query string, threshold int) (map[int]int, error) {
	q := plainWords(query)
	var some []int
	for _, w := range q {
		some = append(some, r.coded[Soundex(w)]...)
	}
	slices.Sort(some)
	return r.among(q, slices.Compact(some), threshold, sounding), nil
}

func (r phonetic) score(query string, subject int) (int, error) {
	return r.best(plainWords(query), subject, sounding), nil
}

func (phonetic) pair(query, listed, _ string) int {
	return sounding(plainWords(query), plainWords(listed))
}

// sounding counts words of one code as .9 of equal ones.
func sounding(a, b [][]rune) int {
	return greedy(a, b, func(x, y []rune) float64 {
		switch {
		case slices.Equal(x, y):
			return 1
		case Soundex(x) == Soundex(y):
			return .9
		}
		return 0
	})
}

// Soundex is the code of Russell and Odell (1918) as the census of the United
// States has it: the first letter, and three digits of the sounds behind it.
func Soundex(word []rune) string {
	const codes = "01230120022455012623010202" // of a to z; 0 for vowels, h, w and y
	out, last := "", byte('0')
	for _, r := range strings.ToLower(string(word)) {
		if r < 'a' || r > 'z' {
			if out == "" {
				out = string(r)
			}
			continue
		}
		code := codes[r-'a']
		switch {
		case out == "":
			out = string(r)
		case code != '0' && code != last:
			out += string(code)
		}
		if r != 'h' && r != 'w' {
			last = code
		}
		if len(out) >= 4 {
			break
		}
	}
	r := []rune(out + "000")
	return string(r[:4])
}
