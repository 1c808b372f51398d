package index

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"slices"
	"strings"

	"interdict/internal/fault"
	"interdict/internal/name"
)

// Roll is many probes that stay while the listed names change, such as the
// names of all customers of a house: their distinct words, and the probes in
// which each stands. It is immutable and safe for concurrent use.
type Roll struct {
	words  []name.Position // distinct words, in the order in which they came, without their places
	rows   list            // distinct reading of a probe -> words in order
	kinds  []uint8         // row -> kinds of listed name that it is compared with
	owners list            // row -> whose probe it is, ascending
}

// Enrolment makes a roll. Its zero value is empty; it is for one goroutine.
type Enrolment struct {
	roll   Roll
	ids    map[string]uint32 // by the readings of a word
	known  map[uint64]uint32 // by the hash of a row: the last of them
	seed   maphash.Seed
	row    []uint32 // reading -> row
	owners []uint32 // reading -> whose it is
	key    []byte
}

// Add enrols a probe of an owner. Owners come in ascending order, one after all
// probes of the one before. Invalid says that the roll is full, at more than
// four thousand million words.
func (b *Enrolment) Add(owner uint32, p Probe) error {
	r := &b.roll
	if b.ids == nil {
		b.ids, b.known, b.seed = map[string]uint32{}, map[uint64]uint32{}, maphash.MakeSeed()
		r.rows.start = []uint32{0}
	}
	for _, reading := range p.Readings {
		if uint64(len(r.rows.item)+len(reading.Positions)) > math.MaxUint32 {
			return fault.New(fault.Invalid, "more words than a roll holds")
		}
		for i := range reading.Positions {
			r.rows.item = append(r.rows.item, b.word(&reading.Positions[i]))
		}
		b.row, b.owners = append(b.row, b.settle(reading.Kinds)), append(b.owners, owner)
	}
	return nil
}

// settle is the row of the words behind the last one: an earlier one if it has the
// same, for names repeat.
func (b *Enrolment) settle(kinds uint8) uint32 {
	r, row := &b.roll, uint32(len(b.roll.kinds))
	from := r.rows.start[row]
	words := r.rows.item[from:]
	b.key = append(b.key[:0], kinds)
	for _, w := range words {
		b.key = binary.LittleEndian.AppendUint32(b.key, w)
	}
	h := maphash.Bytes(b.seed, b.key)
	if same, ok := b.known[h]; ok && r.kinds[same] == kinds && slices.Equal(r.rows.of(same), words) {
		r.rows.item = r.rows.item[:from]
		return same
	}
	b.known[h] = row
	r.rows.start = append(r.rows.start, uint32(len(r.rows.item)))
	r.kinds = append(r.kinds, kinds)
	return row
}

// word is the number of a word.
func (b *Enrolment) word(p *name.Position) uint32 {
	b.key = append(b.key[:0], p.Chain, uint8(p.Tags))
	for i := range p.Alts {
		b.key = appendKey(b.key, &p.Alts[i])
	}
	id, ok := b.ids[string(b.key)]
	if !ok {
		id = uint32(len(b.roll.words))
		alts := slices.Clone(p.Alts)
		for i := range alts {
			alts[i].Surface = strings.Clone(alts[i].Surface)
		}
		b.ids[string(b.key)] = id
		b.roll.words = append(b.roll.words, name.Position{Alts: alts, Chain: p.Chain, Tags: p.Tags})
	}
	return id
}

// Roll returns what was enrolled. The enrolment is empty then.
func (b *Enrolment) Roll() *Roll {
	r, rows, owners := b.roll, b.row, b.owners
	*b = Enrolment{}
	if len(r.rows.start) == 0 {
		r.rows.start = []uint32{0}
	}
	r.rows = list{slices.Clone(r.rows.start), slices.Clone(r.rows.item)}
	r.kinds = slices.Clone(r.kinds)
	r.owners = makeList(len(r.kinds), func(yield func(row, owner uint32)) {
		for i, row := range rows {
			yield(row, owners[i])
		}
	})
	return &r
}

// RollSize is how much a roll holds.
type RollSize struct {
	Rows     int // readings of probes
	Distinct int // of them
	Words    int // distinct
}

// Size counts the readings and the distinct words of a roll.
func (r *Roll) Size() RollSize { return RollSize{len(r.owners.item), r.rows.len(), len(r.words)} }

// positions are the words of a row in comparable form.
func (r *Roll) positions(row uint32, out []name.Position) []name.Position {
	out = out[:0]
	for _, w := range r.rows.of(row) {
		out = append(out, r.words[w])
	}
	return out
}
