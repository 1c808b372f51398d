package draw

import (
	"cmp"
	"slices"
)

// layout is where everything of a graph stands.
type layout struct {
	spots         []spot
	ties          []tie
	next          [][]int
	width, height float64
}

const margin = 12.0

// layOut places a graph. It is an own layout: a case is about somebody, and
// columns by the distance from there say more than a hierarchy would; each link
// then spans one column at most.
func layOut(nodes []Node, links []Link) *layout {
	l := &layout{}
	for _, n := range nodes {
		l.spots = append(l.spots, spotOf(n))
	}
	l.ties = tiesOf(l.spots, links)
	l.next = neighbours(len(l.spots), l.ties)
	y := margin
	for _, part := range l.parts() {
		if len(part) == 1 && len(l.next[part[0]]) == 0 && !l.looped(part[0]) {
			continue
		}
		y = l.place(part, y) + 2*nodeGap
	}
	l.placeLone(y)
	l.balance()
	l.label()
	l.fit()
	return l
}

func (l *layout) looped(i int) bool {
	return slices.ContainsFunc(l.ties, func(t tie) bool { return t.from == i && t.to == i })
}

// parts returns what hangs together, each with its root first, then by distance;
// the part that the graph is about first, then the largest.
func (l *layout) parts() [][]int {
	order := make([]int, len(l.spots))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if l.spots[a].Focus != l.spots[b].Focus {
			if l.spots[a].Focus {
				return -1
			}
			return 1
		}
		return cmp.Compare(len(l.next[b]), len(l.next[a]))
	})
	var parts [][]int
	seen := make([]bool, len(l.spots))
	for _, root := range order {
		if !seen[root] {
			parts = append(parts, l.reach(root, seen, nil))
		}
	}
	slices.SortStableFunc(parts, func(a, b []int) int {
		if l.spots[a[0]].Focus || l.spots[b[0]].Focus {
			return 0
		}
		return cmp.Compare(len(b), len(a))
	})
	return parts
}

// reach returns what can be reached from a spot, the nearest first, and tells
// visit from where each was reached.
func (l *layout) reach(from int, seen []bool, visit func(from, to int)) []int {
	seen[from] = true
	out := []int{from}
	for i := 0; i < len(out); i++ {
		for _, n := range l.next[out[i]] {
			if seen[n] {
				continue
			}
			seen[n] = true
			out = append(out, n)
			if visit != nil {
				visit(out[i], n)
			}
		}
	}
	return out
}

// oneSide is how many neighbours the middle may have all on one side.
const oneSide = 6

// columns gives each spot of a part its column, and returns them from the first
// to the last. What hangs together without the root stays on one side of it.
func (l *layout) columns(part []int) [][]int {
	root := part[0]
	seen := make([]bool, len(l.spots))
	l.reach(root, seen, func(from, to int) { l.spots[to].column = l.spots[from].column + 1 })
	if len(l.next[root]) > oneSide {
		l.divide(root)
	}
	lowest, highest := 0, 0
	for _, i := range part {
		lowest, highest = min(lowest, l.spots[i].column), max(highest, l.spots[i].column)
	}
	columns := make([][]int, highest-lowest+1)
	for _, i := range part {
		columns[l.spots[i].column-lowest] = append(columns[l.spots[i].column-lowest], i)
	}
	return columns
}

// divide turns about half of what hangs on the root to its other side.
func (l *layout) divide(root int) {
	seen := make([]bool, len(l.spots))
	seen[root] = true
	var branches [][]int
	for _, n := range l.next[root] {
		if !seen[n] {
			branches = append(branches, l.reach(n, seen, nil))
		}
	}
	slices.SortStableFunc(branches, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	var after, before int
	for _, b := range branches {
		if after <= before {
			after += len(b)
			continue
		}
		before += len(b)
		for _, i := range b {
			l.spots[i].column = -l.spots[i].column
		}
	}
}

// place gives a part its places below y, and returns where it ends.
func (l *layout) place(part []int, y float64) float64 {
	columns := l.columns(part)
	for _, col := range columns {
		at := 0.0
		for _, i := range col {
			l.spots[i].y = at + l.spots[i].h/2
			at += l.spots[i].h + nodeGap
		}
	}
	l.order(columns)
	l.straighten(columns)
	top, bottom := 1e18, -1e18
	for _, i := range part {
		s := l.spots[i]
		top, bottom = min(top, s.y-s.h/2), max(bottom, s.y+s.h/2)
	}
	for _, i := range part {
		l.spots[i].y += y - top
	}
	l.across(columns)
	return y + bottom - top
}

// across gives the columns their distance from where reading begins, with room
// for the labels of the links between them.
func (l *layout) across(columns [][]int) {
	x := margin
	for k, col := range columns {
		w := 0.0
		for _, i := range col {
			w = max(w, l.spots[i].w)
		}
		for _, i := range col {
			l.spots[i].x = x + w/2
		}
		x += w
		l.width = max(l.width, x)
		if k+1 < len(columns) {
			x += l.gap(col, columns[k+1])
		}
	}
}

// gap is the room between two columns that stand beside one another: for the
// labels of what leads across, and of what goes round in it.
func (l *layout) gap(before, after []int) float64 {
	gap := 70.0
	for _, t := range l.ties {
		from, to := l.spots[t.from].column, l.spots[t.to].column
		inBefore := slices.Contains(before, t.from) || slices.Contains(before, t.to)
		inAfter := slices.Contains(after, t.from) || slices.Contains(after, t.to)
		if inBefore && inAfter || inBefore && from == to && from >= 0 || inAfter && from == to && from < 0 {
			gap = max(gap, t.lw+90)
		}
	}
	return gap
}

// placeLone puts what is linked to nothing in rows below all else.
func (l *layout) placeLone(y float64) {
	most := max(l.width, 600)
	x, high := margin, 0.0
	for i := range l.spots {
		s := &l.spots[i]
		if len(l.next[i]) > 0 || l.looped(i) {
			continue
		}
		if x > margin && x+s.w > most {
			x, y, high = margin, y+high+nodeGap, 0
		}
		s.x, s.y = x+s.w/2, y+s.h/2
		x, high = x+s.w+nodeGap, max(high, s.h)
		l.width = max(l.width, s.x+s.w/2)
	}
}

// fit moves all so that it begins at the margin, and finds how large it is.
func (l *layout) fit() {
	all := box{1e18, 1e18, -1e18, -1e18}
	grow := func(x, y, w, h float64) {
		all = box{min(all.left, x-w/2), min(all.top, y-h/2), max(all.right, x+w/2), max(all.bottom, y+h/2)}
	}
	for _, s := range l.spots {
		grow(s.x, s.y, s.w, s.h)
	}
	for _, t := range l.ties {
		if len(t.lines) > 0 {
			grow(t.lx, t.ly, t.lw, t.lh)
		}
		for i := range t.x {
			grow(t.x[i], t.y[i], 0, 8)
		}
		grow(t.ex, t.ey, 0, 8)
	}
	if len(l.spots) == 0 {
		all = box{}
	}
	dx, dy := margin-all.left, margin-all.top
	for i := range l.spots {
		l.spots[i].x, l.spots[i].y = l.spots[i].x+dx, l.spots[i].y+dy
	}
	for k := range l.ties {
		t := &l.ties[k]
		t.lx, t.ly, t.ex, t.ey = t.lx+dx, t.ly+dy, t.ex+dx, t.ey+dy
		for i := range t.x {
			t.x[i], t.y[i] = t.x[i]+dx, t.y[i]+dy
		}
	}
	l.width, l.height = all.right-all.left+2*margin, all.bottom-all.top+2*margin
}
