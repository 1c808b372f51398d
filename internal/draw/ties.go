package draw

import (
	"cmp"
	"math"
	"slices"
)

// port is one end of a link at a side of a node.
type port struct {
	tie   int
	end   int     // 0 begins, 1 arrives
	other float64 // where the other end stands
}

// balance gives each link its way: its ends spread over the sides of its nodes in
// the order of where they lead.
func (l *layout) balance() {
	sides := map[[2]int][]port{} // by spot and side (-1 before, 1 after)
	for k, t := range l.ties {
		a, b := l.spots[t.from], l.spots[t.to]
		sa, sb := sideOf(a, b), sideOf(b, a)
		sides[[2]int{t.from, sa}] = append(sides[[2]int{t.from, sa}], port{k, 0, b.y})
		sides[[2]int{t.to, sb}] = append(sides[[2]int{t.to, sb}], port{k, 1, a.y})
	}
	for at, ports := range sides {
		s, side := l.spots[at[0]], float64(at[1])
		slices.SortFunc(ports, func(p, q port) int {
			return cmp.Or(cmp.Compare(p.other, q.other), cmp.Compare(p.tie, q.tie), cmp.Compare(p.end, q.end))
		})
		step := min(18, (s.h-10)/float64(max(1, len(ports)-1)))
		for i, p := range ports {
			x, y := s.x+side*s.w/2, s.y+(float64(i)-float64(len(ports)-1)/2)*step
			l.ties[p.tie].x[3*p.end], l.ties[p.tie].y[3*p.end] = x, y
		}
	}
	for k := range l.ties {
		l.bend(&l.ties[k])
	}
}

// sideOf returns the side of a at which a link to b leaves it. Links within a
// column go round on its outer side.
func sideOf(a, b spot) int {
	switch {
	case b.column > a.column:
		return 1
	case b.column < a.column:
		return -1
	case a.column < 0:
		return -1
	}
	return 1
}

func (l *layout) bend(t *tie) {
	a, b := l.spots[t.from], l.spots[t.to]
	if a.column == b.column {
		l.bendWithin(t, a)
		return
	}
	if abs(float64(a.column)) > abs(float64(b.column)) {
		t.inward = true
		t.x[0], t.x[3], t.y[0], t.y[3] = t.x[3], t.x[0], t.y[3], t.y[0]
	}
	t.ex, t.ey = t.x[3], t.y[3]
	t.x[3] = t.ex - math.Copysign(t.lw+22, t.ex-t.x[0])
	mid := (t.x[0] + t.x[3]) / 2
	t.x[1], t.x[2], t.y[1], t.y[2] = mid, mid, t.y[0], t.y[3]
}

// bendWithin leads a link round from one node of a column to another.
func (l *layout) bendWithin(t *tie, a spot) {
	out := float64(sideOf(a, a))
	if t.from == t.to {
		t.y[0], t.y[3] = a.y-a.h/4, a.y+a.h/4
	}
	far := max(t.x[0]*out, t.x[3]*out) + min(30+abs(t.y[3]-t.y[0])/4, 70)
	t.x[1], t.x[2], t.y[1], t.y[2] = far*out, far*out, t.y[0], t.y[3]
	t.ex, t.ey = t.x[3], t.y[3]
}

func abs(v float64) float64 { return max(v, -v) }

// box is a place that is taken.
type box struct{ left, top, right, bottom float64 }

func (b box) over(c box) float64 {
	w := min(b.right, c.right) - max(b.left, c.left)
	h := min(b.bottom, c.bottom) - max(b.top, c.top)
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h
}

// tries are parts of the curve at which a label is tried that finds no room on the
// level part.
var tries = []float64{.5, .7, .4, .85, .3, .2}

// label puts each label on its link where it covers least.
func (l *layout) label() {
	var taken []box
	for _, s := range l.spots {
		taken = append(taken, box{s.x - s.w/2, s.y - s.h/2, s.x + s.w/2, s.y + s.h/2})
	}
	for k := range l.ties {
		t := &l.ties[k]
		if len(t.lines) == 0 {
			continue
		}
		best, least := box{}, -1.0
		for i := range len(tries) + 1 {
			x, y := (t.x[3]+t.ex)/2, t.ey
			if i > 0 {
				x, y = t.at(tries[i-1])
			} else if t.x[3] == t.ex {
				continue
			}
			b := box{x - t.lw/2, y - t.lh/2, x + t.lw/2, y + t.lh/2}
			covered := 0.0
			for _, o := range taken {
				covered += b.over(o)
			}
			if least < 0 || covered < least {
				best, least = b, covered
			}
			if covered == 0 {
				break
			}
		}
		t.lx, t.ly = (best.left+best.right)/2, (best.top+best.bottom)/2
		taken = append(taken, best)
	}
}
