package index

// note is what a search knows of a node that has an edge.
type note struct {
	node  uint32
	gain  int32  // the largest of its edges, at least 0
	at    uint64 // the probe positions of its edges, as bits
	half  uint64 // those of which it is only half of the word (R6)
	first int32  // the first of its edges
	limit int32  // weight of the heaviest name that its list is read for
	heavy uint8  // weight of the node
	read  bool   // its list has been read
}

// notes are those of one search, in a table that is as small as the search: what
// lies by node is spread over more memory than a processor has near.
type notes struct {
	all   []note
	slots []int32 // open addressed by node: place among all + 1
	shift uint8
}

// clear makes room for n notes.
func (t *notes) clear(n int) {
	bits := uint8(6)
	for 1<<bits < 2*n {
		bits++
	}
	t.all, t.shift = t.all[:0], 32-bits
	if size := 1 << bits; cap(t.slots) < size {
		t.slots = make([]int32, size)
	} else {
		t.slots = t.slots[:size]
		clear(t.slots)
	}
}

// find returns the place of a node among all, and its slot; -1 if it has no note.
func (t *notes) find(n uint32) (place int32, slot uint32) {
	mask := uint32(len(t.slots) - 1)
	for slot = n * 0x9e3779b1 >> t.shift; ; slot = (slot + 1) & mask {
		if at := t.slots[slot] - 1; at < 0 || t.all[at].node == n {
			return at, slot
		}
	}
}

// of is the note of a node that has one. It is valid until the next is made.
func (t *notes) of(n uint32) *note {
	at, _ := t.find(n)
	return &t.all[at]
}

// note is the note of a node, made if there is none.
func (t *notes) note(n uint32, heavy uint8) *note {
	at, slot := t.find(n)
	if at < 0 {
		at = int32(len(t.all))
		t.slots[slot] = at + 1
		t.all = append(t.all, note{node: n, first: -1, heavy: heavy})
	}
	return &t.all[at]
}
