package screen

import (
	"slices"
	"strings"

	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
)

// pairing is the words of the query and of the listed name that a result is
// about. The index tells the result; which of the readings of the two texts it
// comes from is found by scoring them again, so that an explanation is about the
// very numbers that made the hit. Both sides are nil if no reading gives them.
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
func paired(f found, listed string) pairing {
	q := f.probe.Readings[f.Probe].Positions
	if l := again(q, name.Readings(listed, f.Kind), f.Result); l != nil {
		return pairing{f.probe.Text, q, l}
	}
	return pairing{}
}

// spanned finds the words of a span of a text. The span by itself may be read
// otherwise than among its neighbours: then it is read turned round, or with its
// paragraph. The parts of a Han name share their letters, and a span may hold only
// some of them.
func spanned(body string, from, to int, h index.Hit, listed string) pairing {
	n := 0 // a mention begins and ends with a word that matched
	for _, e := range h.Result.Edges {
		n = max(n, int(e.Q)+int(e.QN))
	}
	readings := name.Readings(listed, h.Kind)
	within := func(start, end int, q []name.Position) (pairing, bool) {
		for i := 0; i+n <= len(q); i++ {
			if q[i].Start < from-start || q[i+n-1].End > to-start {
				continue
			}
			if l := again(q[i:i+n], readings, h.Result); l != nil {
				return pairing{body[start:end], q[i : i+n], l}, true
			}
		}
		return pairing{}, false
	}
	if p, ok := within(from, to, name.Stream(body[from:to], h.Kind)); ok {
		return p
	}
	if h.Kind == name.AsPerson {
		for _, q := range name.Turned(body[from:to]) {
			if l := again(q, readings, h.Result); l != nil {
				return pairing{body[from:to], q, l}
			}
		}
	}
	start, end := paragraph(body, from, to)
	p, _ := within(start, end, name.Stream(body[start:end], h.Kind))
	return p
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

// paragraph is the part of the text between blank lines that a span stands in.
// It looks from the span outwards: texts are long, and have many spans.
func paragraph(body string, from, to int) (start, end int) {
	const inLine, space = " \t\r\v\f", " \t\r\n\f"
	for line := strings.LastIndexByte(body[:from], '\n'); line >= 0; {
		before := strings.LastIndexByte(body[:line], '\n')
		if before >= 0 && strings.Trim(body[before+1:line], inLine) == "" {
			start = from - len(strings.TrimLeft(body[line+1:from], space))
			break
		}
		line = before
	}
	for line := strings.IndexByte(body[to:], '\n'); line >= 0; {
		at := to + line
		next := strings.IndexByte(body[at+1:], '\n')
		if next >= 0 && strings.Trim(body[at+1:at+1+next], inLine) == "" {
			return start, at
		}
		if next < 0 {
			break
		}
		line += 1 + next
	}
	return start, len(body)
}
