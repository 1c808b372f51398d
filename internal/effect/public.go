package effect

import "interdict/internal/record"

// few is the least count of persons that the public is told.
const few = 5

// Public returns the report for the public, with fewer figures. A count of
// persons from one to four is not told, nor any total or number from which it
// could be worked out. Periods for the public are whole years that are over:
// reports on two days would tell, by their difference, what neither does.
func (e Effectiveness) Public() Effectiveness {
	p := Effectiveness{Period: e.Period, At: e.At, Silence: e.Silence, Designations: e.Designations.public()}
	for _, h := range e.Hops {
		p.Hops = append(p.Hops, Hop{h.From, h.To, h.Spread.public()})
	}
	for _, l := range e.Limits {
		if l.Of == "freeze" { // of institutions
			p.Limits = append(p.Limits, l)
		}
	}
	for _, s := range e.Sums {
		if len(s.of) < few {
			s.Assets, s.Amount, s.Beyond, s.Few = 0, 0, false, true
		}
		p.Sums = append(p.Sums, s)
	}
	for _, x := range e.Petitions {
		p.Petitions = append(p.Petitions, Pleaded{x.Plea, one(x.Lodged), hidden(x.Outcomes), x.Spread.public()})
	}
	p.Ended = hidden(e.Ended)
	return p
}

// public tells designations by kind, small counts of persons left out; the total
// if none is; and other breakdowns if they have no small count.
func (d Designations) public() Designations {
	out := Designations{Count: d.Count}
	for _, c := range d.ByKind {
		if c.Of == string(record.Person) || c.Of == string(record.Unknown) {
			c = one(c)
		}
		out.ByKind = append(out.ByKind, c)
	}
	if anyFew(out.ByKind) {
		out.Count = Count{Of: d.Of, Few: true}
		return out
	}
	if by := hidden(d.ByPath); !anyFew(by) {
		out.ByPath = by
	}
	if by := hidden(d.ByGround); !anyFew(by) {
		out.ByGround = by
	}
	return out
}

// public tells how times lie if they are of five or more, and never of how many.
func (s Spread) public() Spread {
	if s.N < few {
		return Spread{Few: s.N > 0}
	}
	return Spread{Median: s.Median, P95: s.P95}
}

func one(c Count) Count {
	if c.N > 0 && c.N < few {
		return Count{Of: c.Of, Few: true}
	}
	return c
}

func hidden(all []Count) []Count {
	out := make([]Count, 0, len(all))
	for _, c := range all {
		out = append(out, one(c))
	}
	return out
}

func anyFew(all []Count) bool {
	for _, c := range all {
		if c.Few {
			return true
		}
	}
	return false
}
