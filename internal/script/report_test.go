package script_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"interdict/internal/script"
)

// near returns the optimal string alignment distance of a and b.
func near(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// words reads one side of a pair: single tokens are written with blanks between
// the characters, full names with blanks between the words.
func words(s string) []string {
	clean, _ := script.Clean(s)
	fields := strings.Fields(clean)
	for _, f := range fields {
		if utf8.RuneCountInString(f) > 1 {
			return fields
		}
	}
	return []string{strings.Join(fields, "")}
}

// distance is the least distance of any candidates of the words, in order.
func distance(latin, other string, max int) int {
	l, o := words(latin), words(other)
	if len(l) != len(o) {
		return -1
	}
	sum := 0
	for i := range l {
		best := 99
		for _, x := range script.Romanise(l[i], max) {
			for _, y := range script.Romanise(o[i], max) {
				best = min(best, near(x.Text, y.Text))
			}
		}
		sum += best
	}
	return sum
}

// The tables must reach most spellings in use. The floors are far below what is
// measured: they catch a broken table, they are no target.
func TestRecallOnPairs(t *testing.T) {
	floors := map[string]int{"arabic": 20, "chinese": 1, "hebrew": 8, "katakana": 30, "korean": 10, "russian": 60}
	for _, lang := range []string{"arabic", "chinese", "hebrew", "katakana", "korean", "russian"} {
		t.Run(lang, func(t *testing.T) {
			lines := strings.Split(string(dataFile(t, "translit/wikidata-"+lang+".tsv")), "\n")
			for _, max := range []int{5, 8} {
				var within [3]int
				total := 0
				for _, line := range lines[1:] {
					cells := strings.Split(line, "\t")
					if len(cells) < 3 {
						continue
					}
					total++
					if d := distance(cells[1], cells[2], max); d >= 0 {
						for k := d; k < len(within); k++ {
							within[k]++
						}
					}
				}
				t.Logf("%s, %d candidates, %d pairs: equal %.1f %%, distance <= 1 %.1f %%, <= 2 %.1f %%", lang, max, total,
					percent(within[0], total), percent(within[1], total), percent(within[2], total))
				if within[2]*100 < floors[lang]*total {
					t.Errorf("%d of %d within 2 edits, floor %d %%", within[2], total, floors[lang])
				}
			}
		})
	}
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
