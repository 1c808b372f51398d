package screen

import (
	"slices"

	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
)

// pairing is the words of the query and of the listed name that a result is
// about. The index tells the result and the words of the query; which reading of
// the listed name it comes from is found by scoring them again, so that an
// explanation is about the very numbers that made the hit. Both sides are nil if
// no reading gives them.
type pairing struct {
	text   string // that the places of query are in
	query  []name.Position
	listed []name.Position
}

// explain puts a result into words, nil if its pairing is not known.
func (p pairing) explain(r match.Result, listed string) *match.Explanation {
	if p.query == nil {
		return nil
	}
	x := match.Explain(r, p.text, p.query, listed, p.listed)
	return &x
}

// paired finds the reading of the listed name that a name was compared with.
func paired(f found, listed []name.Reading) pairing {
	if l := again(f.words(), listed, f.Result); l != nil {
		return pairing{f.probe.Text, f.words(), l}
	}
	return pairing{}
}

// again returns the first of the listed readings that gives the result.
func again(q []name.Position, listed []name.Reading, want match.Result) []name.Position {
	var s match.Scorer
	for _, l := range listed {
		if len(l.Positions) > name.MaxPositions {
			continue
		}
		r, ok := s.Score(q, l.Positions, want.Costs, index.LowestThreshold)
		if ok && r.N == want.N && r.D == want.D && slices.Equal(r.Edges, want.Edges) {
			return l.Positions
		}
	}
	return nil
}
