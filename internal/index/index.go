package index

import (
	"bytes"
	"cmp"
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/script"
)

// LowestThreshold is the lowest threshold that is answered, in 1/1000: below
// it the work explodes and the answers mean nothing (matching.md 5.5).
const LowestThreshold = 500

// Index is one state of all segments. It is immutable and safe for concurrent
// use; a new state is a new Index.
type Index struct {
	parts []*part
}

// part is a segment with the subjects of it that later segments replace.
type part struct {
	seg      *Segment
	dead     map[uint32]bool
	sorted   bool // the subjects are in the order of their ids
	pool     *shelf[*searcher]
	scanners *shelf[*scanner]
	alikes   func() alikeTable
	byID     func() []uint32 // subjects in the order of their ids
	reading  atomic.Int32    // goroutines that read texts
}

// New returns the index of one segment.
func New(seg *Segment) *Index {
	return &Index{parts: []*part{newPart(seg, nil)}}
}

func newPart(seg *Segment, dead map[uint32]bool) *part {
	anchored := sync.OnceValue(seg.anchors)
	return &part{
		seg: seg, dead: dead, sorted: seg.sortedIDs(),
		pool:     newShelf(func() *searcher { return newSearcher(seg) }),
		scanners: newShelf(func() *scanner { return newScanner(seg, anchored()) }),
		alikes:   sync.OnceValue(seg.alikes), byID: sync.OnceValue(seg.byID),
	}
}

// With returns the index with a delta on top: the subjects of the delta, and
// those named in gone, replace or remove the subjects of the same id.
func (ix *Index) With(delta *Segment, gone ...string) *Index {
	replaced := make(map[string]bool, len(gone)+delta.ids.len())
	for _, id := range gone {
		replaced[id] = true
	}
	for i := range uint32(delta.ids.len()) {
		replaced[string(delta.ids.of(i))] = true
	}
	out := &Index{}
	for _, p := range ix.parts {
		dead := maps.Clone(p.dead)
		for i := range uint32(p.seg.ids.len()) {
			if replaced[string(p.seg.ids.of(i))] {
				if dead == nil {
					dead = map[uint32]bool{}
				}
				dead[i] = true
			}
		}
		out.parts = append(out.parts, &part{seg: p.seg, dead: dead, sorted: p.sorted, pool: p.pool, scanners: p.scanners, alikes: p.alikes, byID: p.byID})
	}
	out.parts = append(out.parts, newPart(delta, nil))
	return out
}

func (seg *Segment) sortedIDs() bool {
	for i := 1; i < seg.ids.len(); i++ {
		if bytes.Compare(seg.ids.of(uint32(i-1)), seg.ids.of(uint32(i))) >= 0 {
			return false
		}
	}
	return true
}

// Probe is a query in comparable form, once for each way to read it.
type Probe struct {
	Text     string
	Readings []ProbeReading
	Flags    script.Flags
}

// ProbeReading is one reading of a query and the kinds of listed name that it
// is compared with (bits by name.Kind).
type ProbeReading struct {
	name.Reading
	Kinds uint8
}

// readers remember words between probes.
var readers = newShelf(func() *name.Reader { return new(name.Reader) })

// NewProbe reads a text as a person's and as an organisation's name; where
// both readings have the same words they are one.
func NewProbe(text string) (Probe, error) {
	reader := readers.take()
	defer readers.put(reader)
	reader.Forgets()
	p := Probe{Text: text}
	for _, kind := range [...]name.Kind{name.AsPerson, name.AsOrganisation} {
		for _, r := range reader.Readings(text, kind) {
			if err := comparable(r); err != nil {
				return p, err
			}
			p.Flags |= r.Flags
			i := slices.IndexFunc(p.Readings, func(o ProbeReading) bool { return slices.EqualFunc(o.Positions, r.Positions, sameWords) })
			if i >= 0 {
				p.Readings[i].Kinds |= 1 << kind
				continue
			}
			p.Readings = append(p.Readings, ProbeReading{r, 1 << kind})
		}
	}
	return p, nil
}

func comparable(r name.Reading) error {
	switch n := len(r.Positions); {
	case n == 0:
		return fault.New(fault.Invalid, "no letter or digit in the text")
	case n > name.MaxPositions:
		return fault.Hint(fault.New(fault.Invalid, "%d words are more than a name has", n), "screen it as a document")
	}
	return nil
}

func sameWords(a, b name.Position) bool {
	return slices.EqualFunc(a.Alts, b.Alts, func(x, y name.Token) bool {
		return x.Class == y.Class && x.Surface == y.Surface && x.Abjad == y.Abjad
	})
}

// Hit is one listed name that reaches the threshold.
type Hit struct {
	Subject string // our id
	Name    int    // which of the subject's names
	Kind    name.Kind
	Probe   int // which reading of the probe
	Result  match.Result
	part    *part
	subject uint32
}

// Payload returns what was stored with the subject; the error is Corrupt.
func (h Hit) Payload() ([]byte, error) { return h.part.seg.payload(h.subject) }

// Search returns every listed name that scores at least theta (1/1000) against
// the probe, and no other, ordered by subject id, name and reading.
func (ix *Index) Search(p Probe, theta int, costs match.Costs) ([]Hit, error) {
	return ix.run(p, theta, costs, (*searcher).search)
}

// Exhaustive returns what Search returns by scoring every listed name: the
// oracle of the index.
func (ix *Index) Exhaustive(p Probe, theta int, costs match.Costs) ([]Hit, error) {
	return ix.run(p, theta, costs, (*searcher).exhaustive)
}

type method func(s *searcher, probe []name.Position, kinds uint8, theta int, costs match.Costs, yield func(hit))

func (ix *Index) run(p Probe, theta int, costs match.Costs, find method) ([]Hit, error) {
	if err := inRange(theta); err != nil {
		return nil, err
	}
	var hits []Hit
	for _, part := range ix.parts {
		s := part.pool.take()
		for i, r := range p.Readings {
			find(s, r.Positions, r.Kinds, theta, costs, func(h hit) { hits = part.expand(hits, h, i) })
		}
		part.pool.put(s)
	}
	return ordered(hits), nil
}

// ordered sorts hits by subject id, name and reading. Where there are thousands
// moving them about takes longer than comparing them, so that their places are
// sorted.
func ordered(hits []Hit) []Hit {
	if len(hits) < 2 {
		return hits
	}
	places := make([]int32, len(hits))
	for i := range places {
		places[i] = int32(i)
	}
	slices.SortFunc(places, func(x, y int32) int {
		a, b := &hits[x], &hits[y]
		return cmp.Or(bySubject(a, b), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Probe, b.Probe), cmp.Compare(a.Kind, b.Kind))
	})
	out := make([]Hit, len(hits))
	for i, at := range places {
		out[i] = hits[at]
	}
	return out
}

func bySubject(a, b *Hit) int {
	if a.part == b.part && a.part.sorted {
		return cmp.Compare(a.subject, b.subject)
	}
	return cmp.Compare(a.Subject, b.Subject)
}

func inRange(theta int) error {
	if theta < LowestThreshold || theta > 1000 {
		return fault.New(fault.Invalid, "the threshold %d/1000 is not between %d and 1000", theta, LowestThreshold)
	}
	return nil
}

// expand makes a hit of each living owner of a sequence.
func (p *part) expand(hits []Hit, h hit, reading int) []Hit {
	for _, n := range p.seg.owners.of(h.seq) {
		subject := p.seg.subjectOf[n]
		if p.dead[subject] {
			continue
		}
		hits = append(hits, Hit{
			Subject: string(p.seg.ids.of(subject)), Name: int(p.seg.ordinalOf[n]), Kind: name.Kind(p.seg.kinds[h.seq]),
			Probe: reading, Result: h.result, part: p, subject: subject,
		})
	}
	return hits
}

// Identified returns the subjects that have an identifier, as made by Key,
// with their payloads, in the order of their ids.
func (ix *Index) Identified(key string) []Hit {
	var hits []Hit
	for _, p := range ix.parts {
		for _, subject := range p.seg.keys.of(key) {
			if !p.dead[subject] {
				hits = append(hits, p.identified(subject))
			}
		}
	}
	return once(hits)
}

// Subjects yields each living subject, as a hit of no name.
func (ix *Index) Subjects() iter.Seq[Hit] {
	return func(yield func(Hit) bool) {
		for _, p := range ix.parts {
			for i := range uint32(p.seg.ids.len()) {
				if !p.dead[i] && !yield(p.identified(i)) {
					return
				}
			}
		}
	}
}

// Payloads yields what was stored with each living subject.
func (ix *Index) Payloads() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for h := range ix.Subjects() {
			if !yield(h.Payload()) {
				return
			}
		}
	}
}

// Size is how much an index holds.
type Size struct {
	Subjects, Names, Distinct, Words, Postings int
	Unread                                     int // names without a word, or too long to compare
}

// Size counts what the index holds, dead subjects of deltas included.
func (ix *Index) Size() Size {
	var s Size
	for _, p := range ix.parts {
		s.Subjects += p.seg.ids.len()
		s.Names += len(p.seg.subjectOf)
		s.Distinct += p.seg.seqs.len()
		s.Words += len(p.seg.tokens)
		s.Postings += p.seg.posts.len()
		s.Unread += len(p.seg.unread)
	}
	return s
}
