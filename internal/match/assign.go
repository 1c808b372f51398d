package match

import "math"

// assign is the linear problem without joins on names with many words: an
// assignment by the Hungarian method, shortest augmenting paths with
// potentials, O(n³). Unpaired words are paired with dummies of no gain.
func (s *Scorer) assign(pq, pl, num, den int64) int64 {
	n := 0
	for _, e := range s.edges {
		n = max(n, int(e.Q)+1, int(e.L)+1)
	}
	cost := make([][]int64, n)
	which := make([][]int, n)
	for i := range cost {
		cost[i] = make([]int64, n)
		which[i] = make([]int, n)
	}
	for k := range s.edges {
		e := &s.edges[k]
		v := gain(e, pq, pl, num, den)
		if i, j := int(e.Q), int(e.L); -v < cost[i][j] || v == 0 && which[i][j] == 0 {
			cost[i][j], which[i][j] = -v, k+1
		}
	}
	var sum int64
	for j, i := range hungarian(cost) {
		if k := which[i][j]; k > 0 {
			s.chosen = append(s.chosen, s.edges[k-1])
			sum -= cost[i][j]
		}
	}
	return sum
}

// hungarian returns for each column the row of a cheapest perfect assignment.
func hungarian(cost [][]int64) []int {
	n := len(cost)
	u, v := make([]int64, n+1), make([]int64, n+1)
	rowOf, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		rowOf[0] = i
		j0 := 0
		low := make([]int64, n+1)
		for j := range low {
			low[j] = math.MaxInt64
		}
		used := make([]bool, n+1)
		for {
			used[j0] = true
			i0, delta, j1 := rowOf[j0], int64(math.MaxInt64), 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if cur := cost[i0-1][j-1] - u[i0] - v[j]; cur < low[j] {
					low[j], way[j] = cur, j0
				}
				if low[j] < delta {
					delta, j1 = low[j], j
				}
			}
			for j := range n + 1 {
				if used[j] {
					u[rowOf[j]] += delta
					v[j] -= delta
				} else {
					low[j] -= delta
				}
			}
			if j0 = j1; rowOf[j0] == 0 {
				break
			}
		}
		for j0 != 0 {
			rowOf[j0] = rowOf[way[j0]]
			j0 = way[j0]
		}
	}
	out := make([]int, n)
	for j := 1; j <= n; j++ {
		out[j-1] = rowOf[j] - 1
	}
	return out
}
