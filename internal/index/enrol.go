package index

import (
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
	words   [][]name.Token // distinct words, in the order in which they came
	rows    list           // reading of a probe -> words in order
	chains  []uint8        // beside rows: nasab chain of each position
	tags    []uint8        // beside rows: tags of each position
	kinds   []uint8        // row -> kinds of listed name that it is compared with
	owners  []uint32       // row -> whose probe it is; ascending
	holding list           // word -> rows, some of them several times
}

// Enrolment makes a roll. Its zero value is empty; it is for one goroutine.
type Enrolment struct {
	roll Roll
	ids  map[string]uint32 // by the readings of a word
	key  []byte
}

// Add enrols a probe of an owner. Owners come in ascending order, one after all
// probes of the one before. Invalid says that the roll is full, at more than
// four thousand million words.
func (b *Enrolment) Add(owner uint32, p Probe) error {
	r := &b.roll
	if b.ids == nil {
		b.ids = map[string]uint32{}
		r.rows.start = []uint32{0}
	}
	for _, reading := range p.Readings {
		if uint64(len(r.rows.item)+len(reading.Positions)) > math.MaxUint32 {
			return fault.New(fault.Invalid, "more words than a roll holds")
		}
		for i := range reading.Positions {
			p := &reading.Positions[i]
			r.rows.item = append(r.rows.item, b.word(p.Alts))
			r.chains = append(r.chains, p.Chain)
			r.tags = append(r.tags, uint8(p.Tags))
		}
		r.rows.start = append(r.rows.start, uint32(len(r.rows.item)))
		r.kinds = append(r.kinds, reading.Kinds)
		r.owners = append(r.owners, owner)
	}
	return nil
}

// word is the number of a word.
func (b *Enrolment) word(alts []name.Token) uint32 {
	b.key = b.key[:0]
	for i := range alts {
		b.key = appendKey(b.key, &alts[i])
	}
	id, ok := b.ids[string(b.key)]
	if !ok {
		id = uint32(len(b.roll.words))
		alts = slices.Clone(alts)
		for i := range alts {
			alts[i].Surface = strings.Clone(alts[i].Surface)
		}
		b.ids[string(b.key)] = id
		b.roll.words = append(b.roll.words, alts)
	}
	return id
}

// Roll returns what was enrolled. The enrolment is empty then.
func (b *Enrolment) Roll() *Roll {
	r := b.roll
	*b = Enrolment{}
	if len(r.rows.start) == 0 {
		r.rows.start = []uint32{0}
	}
	r.holding = makeList(len(r.words), func(yield func(word, row uint32)) {
		for row := range uint32(r.rows.len()) {
			for _, w := range r.rows.of(row) {
				yield(w, row)
			}
		}
	})
	return &r
}

// RollSize is how much a roll holds.
type RollSize struct{ Rows, Words int }

// Size counts the readings and the distinct words of a roll.
func (r *Roll) Size() RollSize { return RollSize{r.rows.len(), len(r.words)} }

// positions are the words of a row in comparable form.
func (r *Roll) positions(row uint32, out []name.Position) []name.Position {
	out = out[:0]
	for k := r.rows.start[row]; k < r.rows.start[row+1]; k++ {
		out = append(out, name.Position{Alts: r.words[r.rows.item[k]], Chain: r.chains[k], Tags: name.Tag(r.tags[k])})
	}
	return out
}
