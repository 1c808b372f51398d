package index

import (
	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/recent"
)

// MeetsApart is Meets, with so many listed names told apart for a word.
func (r *Roll) MeetsApart(ix *Index, theta int, costs match.Costs, apart int) ([]uint32, error) {
	return r.meets(ix, theta, costs, apart)
}

// Forget empties the memory of words that searches and scans keep, so that a
// benchmark can ask as if for the first time.
func (ix *Index) Forget() {
	for _, p := range ix.parts {
		s := p.pool.take()
		s.recent = recent.Memory[*links]{}
		p.pool.put(s)
		sc := p.scanners.take()
		sc.recent = recent.Memory[*links]{}
		sc.reader = name.Reader{}
		sc.forget()
		p.scanners.put(sc)
	}
}
