package bench

import "interdict/internal/screen"

// RivalWindow says how many subjects the text search looks at for a query, and
// whether the subject that resembles it most scores .7 and is not among them.
func RivalWindow(e *screen.Engine, query string) (seen int, hidden bool) {
	all, err := subjects(e)
	if err != nil {
		panic(err)
	}
	r := newWindow(corpusOf(all))
	some := r.candidates(plainWords(query))
	best, at := 0, 0
	for i := range all {
		if p, _ := r.score(query, i); p > best {
			best, at = p, i
		}
	}
	for _, s := range some {
		if s == at {
			return len(some), false
		}
	}
	return len(some), best >= shipped
}
