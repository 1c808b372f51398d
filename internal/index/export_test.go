package index

import "interdict/internal/name"

// Forget empties the memory of words that searches and scans keep, so that a
// benchmark can ask as if for the first time.
func (ix *Index) Forget() {
	for _, p := range ix.parts {
		s := p.pool.Get().(*searcher)
		clear(s.cache)
		p.pool.Put(s)
		sc := p.scanners.Get().(*scanner)
		clear(sc.cache)
		sc.reader = name.Reader{}
		sc.known = [2][]*links{}
		p.scanners.Put(sc)
	}
}
