package bench

import (
	"interdict/internal/index"
	"interdict/internal/match"
	"interdict/internal/name"
	"interdict/internal/screen"
)

// shipped is the default threshold in 1/10000.
const shipped = 10 * screen.DefaultThreshold

// Scorer scores pairs of names as a screening against a register of one
// subject does. It is for one goroutine.
type Scorer struct {
	scorer match.Scorer
	listed map[string][]name.Reading
	probes map[string]index.Probe // without readings where the text is no name
}

// kindsOf is how the names of a subject of a schema are read. The words are
// those of FollowTheMoney, of the UN list and of our own records.
func kindsOf(schema string) []name.Kind {
	switch schema {
	case "Person", "person", "INDIVIDUAL":
		return []name.Kind{name.AsPerson}
	case "", "unknown", "Thing":
		return []name.Kind{name.AsPerson, name.AsOrganisation}
	}
	return []name.Kind{name.AsOrganisation}
}

// Pair returns the score of a query against the one name of a listed subject
// of the schema, in 1/10000: the best over the readings of the query and the
// kinds that the schema allows. A side without a word, or longer than a name
// can be, scores 0: a screening would not find it either.
func (s *Scorer) Pair(query, listed, schema string) int {
	return s.best(s.probe(query), s.readings(listed, schema))
}

// probe reads a query; like readings it is kept.
func (s *Scorer) probe(query string) index.Probe {
	if p, ok := s.probes[query]; ok {
		return p
	}
	p, err := index.NewProbe(query)
	if err != nil {
		p.Readings = nil
	}
	if s.probes == nil {
		s.probes = map[string]index.Probe{}
	}
	s.probes[query] = p
	return p
}

// readings are the readings of a listed name; they are kept, for lists repeat.
func (s *Scorer) readings(listed, schema string) []name.Reading {
	key := schema + "\x00" + listed
	if r, ok := s.listed[key]; ok {
		return r
	}
	var out []name.Reading
	for _, k := range kindsOf(schema) {
		for _, r := range name.Readings(listed, k) {
			if len(r.Positions) > 0 && len(r.Positions) <= name.MaxPositions {
				out = append(out, r)
			}
		}
	}
	if s.listed == nil {
		s.listed = map[string][]name.Reading{}
	}
	s.listed[key] = out
	return out
}

func (s *Scorer) best(p index.Probe, listed []name.Reading) int {
	best := 0
	for _, q := range p.Readings {
		for _, l := range listed {
			if q.Kinds>>l.Kind&1 == 0 {
				continue
			}
			if r, ok := s.scorer.Score(q.Positions, l.Positions, match.NameCosts, 0); ok {
				best = max(best, r.Points())
			}
		}
	}
	return best
}
