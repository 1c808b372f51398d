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

// keyed is a key with a subject that has it.
type keyed struct {
	key     []byte
	subject uint32
}

func makeKeys(pairs []keyed) keyTable {
	order := func(a, b keyed) int {
		return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.subject, b.subject))
	}
	slices.SortFunc(pairs, order)
	pairs = slices.CompactFunc(pairs, func(a, b keyed) bool { return order(a, b) == 0 })
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
