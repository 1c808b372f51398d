package match

import "interdict/internal/name"

// Costs of weighted edits in 1/100 (matching.md 4.1).
const (
	fullCost  = 100
	softCost  = 60 // vowel against vowel or nothing, h against nothing
	firstCost = 130
	swapCost  = 80
)

// editPrice is what a weighted distance takes from the similarity, in 1/1000 for the
// sum of both lengths: 1.4·d/n with n the mean length (matching.md 4.1).
const editPrice = 28

// EditSimilarity is relation R2 on folds in 1/1000; 0 if they are further
// apart than their reach. The unweighted distance decides whether the relation
// holds, for that is what the index can enumerate; the weighted one prices it.
func EditSimilarity(a, b string) int {
	if a == b {
		if a == "" {
			return 0
		}
		return foldS
	}
	if len(a) > name.LongWord || len(b) > name.LongWord {
		return 0
	}
	k := Reach(min(len(a), len(b)))
	if k == 0 || !within(a, b, k) {
		return 0
	}
	d := weighted(a, b)
	n := len(a) + len(b)
	loss := (editPrice*d + n - 1) / n
	return max(0, foldS-loss)
}

// within reports whether the optimal string alignment distance of a and b is
// at most k (1 or 2).
func within(a, b string, k int) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > k {
		return false
	}
	for len(a) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 {
		return len(b) <= k
	}
	if k == 1 {
		return len(b) == 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
	}
	return osa(a, b, k)
}

// osa is the optimal string alignment distance compared with k, on short
// strings.
func osa(a, b string, k int) bool {
	var rows [3][name.LongWord + 1]uint8
	prev, cur, before := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = uint8(i)
		low := cur[0]
		for j := 1; j <= len(b); j++ {
			d := prev[j-1]
			if a[i-1] != b[j-1] {
				d++
			}
			d = min(d, prev[j]+1, cur[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			cur[j] = d
			low = min(low, d)
		}
		if int(low) > k+1 {
			return false
		}
		before, prev, cur = prev, cur, before
	}
	return int(prev[len(b)]) <= k
}

// weighted is the weighted optimal string alignment of a and b in 1/100.
func weighted(a, b string) int {
	off := 0
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b, off = a[1:], b[1:], off+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var rows [3][name.LongWord + 1]int
	prev, cur, before := &rows[0], &rows[1], &rows[2]
	for j := 1; j <= len(b); j++ {
		prev[j] = prev[j-1] + gapCost(b[j-1])
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = prev[0] + gapCost(a[i-1])
		for j := 1; j <= len(b); j++ {
			d := prev[j-1] + replaceCost(a[i-1], b[j-1], off == 0 && i == 1 && j == 1)
			d = min(d, prev[j]+gapCost(a[i-1]), cur[j-1]+gapCost(b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+swapCost)
			}
			cur[j] = d
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}

func gapCost(c byte) int {
	if c == 'h' || soft(c) {
		return softCost
	}
	return fullCost
}

func replaceCost(a, b byte, first bool) int {
	switch {
	case a == b:
		return 0
	case soft(a) && soft(b):
		return softCost
	case first:
		return firstCost
	}
	return fullCost
}

func soft(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	}
	return false
}
