package index

import (
	"slices"
)

// list is a compressed list of lists: items of i are item[start[i]:start[i+1]].
type list struct{ start, item []uint32 }

func (l list) of(i uint32) []uint32 { return l.item[l.start[i]:l.start[i+1]] }

func (l list) len() int { return len(l.start) - 1 }

// strs is a list of strings in one run of bytes.
type strs struct {
	start []uint32
	bytes []byte
}

func (s strs) of(i uint32) []byte { return s.bytes[s.start[i]:s.start[i+1]] }

func (s strs) len() int { return len(s.start) - 1 }

func makeStrs(items [][]byte) strs {
	size := 0
	for _, b := range items {
		size += len(b)
	}
	s := strs{start: make([]uint32, 1, len(items)+1), bytes: make([]byte, 0, size)}
	for _, b := range items {
		s.bytes = append(s.bytes, b...)
		s.start = append(s.start, uint32(len(s.bytes)))
	}
	return s
}

// makeList groups (key, item) pairs, in the order given, into n lists.
func makeList(n int, pairs func(yield func(key, item uint32))) list {
	l := list{start: make([]uint32, n+1)}
	pairs(func(k, _ uint32) { l.start[k+1]++ })
	for i := range n {
		l.start[i+1] += l.start[i]
	}
	l.item = make([]uint32, l.start[n])
	next := slices.Clone(l.start[:n])
	pairs(func(k, item uint32) {
		l.item[next[k]] = item
		next[k]++
	})
	return l
}

// rank returns for each of n things its place in order.
func rank(n int, compare func(i, j uint32) int) []uint32 {
	order := make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, compare)
	out := make([]uint32, n)
	for place, i := range order {
		out[i] = uint32(place)
	}
	return out
}

func permute[T any](items []T, rank []uint32) []T {
	out := make([]T, len(items))
	for i, r := range rank {
		out[r] = items[i]
	}
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
