package index

import "interdict/internal/name"

// Forget empties the memory of words that searches and scans keep, so that a
// benchmark can ask as if for the first time.
func (ix *Index) Forget() {
	for _, p := range ix.parts {
		s := p.pool.take()
		s.recent = linkMemory{}
		p.pool.put(s)
		sc := p.scanners.take()
		sc.recent = linkMemory{}
		sc.reader = name.Reader{}
		sc.forget()
		p.scanners.put(sc)
	}
}
