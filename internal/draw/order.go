package draw

import (
	"cmp"
	"slices"
)

// sweeps is how often columns are put in order by their neighbours. More change
// next to nothing.
const sweeps = 8

// order finds orders of the columns with few crossings: each column by the middle
// of where its neighbours in the column before stand, there and back.
func (l *layout) order(columns [][]int) {
	best, fewest := cloned(columns), l.crossings(columns)
	for k := range sweeps {
		for i := range columns {
			at := i
			if k%2 == 1 {
				at = len(columns) - 1 - i
			}
			l.byNeighbours(columns[at], 1-2*(k%2))
		}
		if n := l.crossings(columns); n < fewest {
			best, fewest = cloned(columns), n
		}
	}
	for i := range columns {
		copy(columns[i], best[i])
		l.stack(columns[i])
	}
}

func cloned(columns [][]int) [][]int {
	out := make([][]int, len(columns))
	for i := range columns {
		out[i] = slices.Clone(columns[i])
	}
	return out
}

// byNeighbours sorts a column by the middle of the neighbours one column before
// (side 1) or after (side -1), and stacks it.
func (l *layout) byNeighbours(col []int, side int) {
	key := map[int]float64{}
	for _, i := range col {
		key[i] = l.middleOf(i, -side)
	}
	slices.SortStableFunc(col, func(a, b int) int { return cmp.Compare(key[a], key[b]) })
	l.stack(col)
}

// stack puts a column below one another in its order, around zero.
func (l *layout) stack(col []int) {
	all := -nodeGap
	for _, i := range col {
		all += l.spots[i].h + nodeGap
	}
	at := -all / 2
	for _, i := range col {
		l.spots[i].y = at + l.spots[i].h/2
		at += l.spots[i].h + nodeGap
	}
}

// middleOf returns the middle of where the neighbours of a spot stand that are
// by columns away; where the spot stands, if there is none.
func (l *layout) middleOf(i, away int) float64 {
	sum, n := 0.0, 0.0
	for _, j := range l.next[i] {
		if l.spots[j].column == l.spots[i].column+away {
			sum, n = sum+l.spots[j].y, n+1
		}
	}
	if n == 0 {
		return l.spots[i].y
	}
	return sum / n
}

// crossings counts the pairs of links between the same two columns that cross.
func (l *layout) crossings(columns [][]int) int {
	rank := map[int]int{}
	for _, col := range columns {
		for r, i := range col {
			rank[i] = r
		}
	}
	type step struct{ a, b int }
	between := map[int][]step{}
	for _, col := range columns {
		for _, i := range col {
			for _, j := range l.next[i] {
				if l.spots[j].column == l.spots[i].column+1 {
					between[l.spots[i].column] = append(between[l.spots[i].column], step{rank[i], rank[j]})
				}
			}
		}
	}
	n := 0
	for _, steps := range between {
		for i, s := range steps {
			for _, t := range steps[:i] {
				if (s.a-t.a)*(s.b-t.b) < 0 {
					n++
				}
			}
		}
	}
	return n
}

// straighten moves spots towards their neighbours without changing an order.
func (l *layout) straighten(columns [][]int) {
	middle := 0
	for k, col := range columns {
		if l.spots[col[0]].column == 0 {
			middle = k
		}
	}
	for range sweeps {
		for k := range columns { // from the middle outwards, then back
			for _, at := range []int{middle + k, middle - k} {
				l.pull(columns, at, -1)
			}
		}
		for k := len(columns); k >= 0; k-- {
			for _, at := range []int{middle + k, middle - k} {
				l.pull(columns, at, 1)
			}
		}
	}
}

// pull moves a column towards its neighbours nearer to the middle (-1), or
// farther from it (1).
func (l *layout) pull(columns [][]int, at, outward int) {
	if at < 0 || at >= len(columns) {
		return
	}
	col := columns[at]
	wish := make([]float64, len(col))
	for k, i := range col {
		away := outward
		if l.spots[i].column < 0 {
			away = -outward
		}
		wish[k] = l.middleOf(i, away)
		if l.spots[i].column == 0 && outward > 0 {
			wish[k] = (wish[k] + l.middleOf(i, -1)) / 2
		}
	}
	for k, y := range apart(wish, l.distances(col)) {
		l.spots[col[k]].y = y
	}
}

// distances returns how far each spot of a column must stand from the one before.
func (l *layout) distances(col []int) []float64 {
	d := make([]float64, len(col))
	for k := 1; k < len(col); k++ {
		d[k] = (l.spots[col[k-1]].h+l.spots[col[k]].h)/2 + nodeGap
	}
	return d
}

// apart returns the places in the given order that are nearest to the wishes, by
// least squares, of all that keep the distances: neighbours that want the same
// place share it (pool adjacent violators).
func apart(wish, distance []float64) []float64 {
	type block struct {
		sum float64
		n   int
	}
	offset, off := make([]float64, len(wish)), 0.0
	var blocks []block
	for i, w := range wish {
		off += distance[i]
		offset[i] = off
		blocks = append(blocks, block{w - off, 1})
		for len(blocks) > 1 {
			a, b := blocks[len(blocks)-2], blocks[len(blocks)-1]
			if a.sum/float64(a.n) <= b.sum/float64(b.n) {
				break
			}
			blocks = append(blocks[:len(blocks)-2], block{a.sum + b.sum, a.n + b.n})
		}
	}
	out := make([]float64, 0, len(wish))
	for _, b := range blocks {
		for range b.n {
			out = append(out, b.sum/float64(b.n)+offset[len(out)])
		}
	}
	return out
}
