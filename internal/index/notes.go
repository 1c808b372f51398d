package index

// note is what a search knows of the nodes with a mark that have an edge: of one
// node, but for chance.
type note struct {
	mark  mark
	heavy uint8  // the greatest weight of the nodes
	gain  int32  // the largest of the edges, at least 0
	at    uint64 // the probe positions of the edges, as bits
	half  uint64 // those of which a node is only half of the word (R6)
	first int32  // the first of the edges
	limit int32  // weight of the heaviest name that the lists are read for
}

// markBits is the number of bits of a mark.
const markBits = 16

// markSet is a set of marks, as bits.
type markSet [1 << markBits / 64]uint64

// bits has, as its lowest bit, whether the mark in the lowest bits of x is in the
// set; its other bits mean nothing.
func (s *markSet) bits(x uint64) uint64 { return s[x/64%uint64(len(s))] >> (x % 64) }

func (s *markSet) has(m mark) bool { return s.bits(uint64(m))&1 == 1 }

// notes are those of one search, in a table that is as small as the search: what
// lies by node is spread over more memory than a processor has near.
type notes struct {
	all   []note
	lit   markSet // the marks that have a note
	slots []int32 // open addressed by mark: place among all + 1
	shift uint8
}

// clear makes room for n notes.
func (t *notes) clear(n int) {
	for i := range t.all {
		t.lit[t.all[i].mark/64] = 0
	}
	bits := uint8(6)
	for 1<<bits < 2*n && bits < markBits {
		bits++
	}
	t.all, t.shift = t.all[:0], markBits-bits
	if size := 1 << bits; cap(t.slots) < size {
		t.slots = make([]int32, size)
	} else {
		t.slots = t.slots[:size]
		clear(t.slots)
	}
}

// find returns the place of a mark among all, and its slot; -1 if it has no note.
func (t *notes) find(m mark) (place int32, slot uint32) {
	last := uint32(len(t.slots) - 1)
	for slot = uint32(m) >> t.shift; ; slot = (slot + 1) & last {
		if at := t.slots[slot] - 1; at < 0 || t.all[at].mark == m {
			return at, slot
		}
	}
}

// of is the note of a mark that has one. It is valid until the next is made.
func (t *notes) of(m mark) *note {
	at, _ := t.find(m)
	return &t.all[at]
}

// note is the note of a mark, made if there is none.
func (t *notes) note(m mark) *note {
	at, slot := t.find(m)
	if at < 0 {
		at = int32(len(t.all))
		t.slots[slot] = at + 1
		t.lit[m/64] |= 1 << (m % 64)
		t.all = append(t.all, note{mark: m, first: -1})
	}
	return &t.all[at]
}
