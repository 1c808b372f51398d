package index

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
)

// keyTable is the exact index of identifiers: keys in order, with the subject
// that has each.
type keyTable struct {
	keys    strs
	subject []uint32
}

func makeKeys(subjects []Subject) keyTable {
	type pair struct {
		key     []byte
		subject uint32
	}
	var pairs []pair
	for i, s := range subjects {
		for _, k := range s.Keys {
			if k != "" {
				pairs = append(pairs, pair{[]byte(k), uint32(i)})
			}
		}
	}
	order := func(a, b pair) int {
		return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.subject, b.subject))
	}
	slices.SortFunc(pairs, order)
	pairs = slices.CompactFunc(pairs, func(a, b pair) bool { return order(a, b) == 0 })
	var t keyTable
	items := make([][]byte, len(pairs))
	for i, p := range pairs {
		items[i] = p.key
		t.subject = append(t.subject, p.subject)
	}
	t.keys = makeStrs(items)
	return t
}

// of returns the subjects that have the key.
func (t keyTable) of(key string) []uint32 {
	n, k := t.keys.len(), []byte(key)
	from := sort.Search(n, func(i int) bool { return bytes.Compare(t.keys.of(uint32(i)), k) >= 0 })
	to := from
	for to < n && bytes.Equal(t.keys.of(uint32(to)), k) {
		to++
	}
	return t.subject[from:to]
}
