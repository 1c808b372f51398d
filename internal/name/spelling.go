package name

import (
	"hash/maphash"
	"strings"

	"interdict/internal/script"
)

// spelling is what is known of a printed word: 64 bytes, a line of memory, for
// a text asks for one after the other.
type spelling struct {
	text  string
	clean string // the first word that it is cleaned to
	entry *entry
	flags script.Flags
	words uint16 // how many words it is cleaned to
	alone [2]alone
}

// spellings is a table of printed words, open addressed: a map of the language
// asks memory more often.
type spellings struct {
	known []spelling
	more  map[uint32][]word // what is cleaned to several words
	slots []uint64          // half of the hash, and the place among known + 1
}

var seed = maphash.MakeSeed()

// find returns the place of a word among the known ones, or the empty slot
// where it would be noted.
func (t *spellings) find(text string, h uint64) (place int, slot uint64) {
	mask := uint64(len(t.slots) - 1)
	for slot = h & mask; t.slots[slot] != 0; slot = (slot + 1) & mask {
		s := t.slots[slot]
		if at := int(uint32(s)) - 1; uint32(s>>32) == uint32(h>>32) && t.known[at].text == text {
			return at, slot
		}
	}
	return -1, slot
}

func (t *spellings) grow() {
	t.slots = make([]uint64, max(1<<8, 4*len(t.known)))
	for i := range t.known {
		t.note(i)
	}
}

func (t *spellings) note(place int) {
	h := maphash.String(seed, t.known[place].text)
	_, slot := t.find(t.known[place].text, h)
	t.slots[slot] = h>>32<<32 | uint64(place+1)
}

// spell adds the words that a printed word is cleaned to, with a memory.
func (r *Reader) spell(words []word, raw string, start, end int) []word {
	if len(r.known) >= len(r.slots)/2 {
		r.grow()
	}
	at, _ := r.find(raw, maphash.String(seed, raw))
	if at < 0 {
		at = r.learn(strings.Clone(raw))
	}
	s := &r.known[at]
	if s.words == 1 {
		return append(words, word{start: start, end: end, clean: s.clean, flags: s.flags, entry: s.entry, place: uint32(at)})
	}
	for _, w := range r.more[uint32(at)] {
		w.start, w.end = start, end
		words = append(words, w)
	}
	return words
}

func (r *Reader) learn(raw string) int {
	words := clean(raw)
	for i := range words {
		words[i].entry = r.entryOf(words[i].clean)
	}
	at := len(r.known)
	s := spelling{text: raw, words: uint16(len(words))}
	if len(words) == 1 {
		s.clean, s.flags, s.entry = words[0].clean, words[0].flags, words[0].entry
	} else if len(words) > 1 {
		if r.more == nil {
			r.more = map[uint32][]word{}
		}
		r.more[uint32(at)] = words
	}
	r.known = append(r.known, s)
	r.note(at)
	return at
}
