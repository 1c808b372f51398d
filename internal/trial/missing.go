package trial

import (
	"cmp"
	"slices"
)

// cause is a reason why listed names did not find their entries.
type cause struct {
	Why   string
	Times int
	Lists []string
}

func (s SelfTest) causes() []cause {
	var out []cause
	for _, f := range s.Failures {
		i := slices.IndexFunc(out, func(c cause) bool { return c.Why == f.Why })
		if i < 0 {
			i, out = len(out), append(out, cause{Why: f.Why})
		}
		out[i].Times++
		if !slices.Contains(out[i].Lists, f.List) {
			out[i].Lists = append(out[i].Lists, f.List)
		}
	}
	slices.SortStableFunc(out, func(a, b cause) int { return cmp.Compare(b.Times, a.Times) })
	return out
}

// missing is a name that did not find its entry, with all channels.
type missing struct {
	SelfName
	Channels, Whys []string
}

// missing gathers the failures by name, primary names first and weak ones last.
func (s SelfTest) missing() []missing {
	var out []missing
	for _, f := range s.Failures {
		if n := len(out); n == 0 || out[n-1].SelfName != f.SelfName {
			out = append(out, missing{SelfName: f.SelfName})
		}
		m := &out[len(out)-1]
		m.Channels = append(m.Channels, f.Channel)
		if !slices.Contains(m.Whys, f.Why) {
			m.Whys = append(m.Whys, f.Why)
		}
	}
	rank := func(m missing) int {
		return slices.Index([]string{primaryName, formerName, aliasName, weakAlias}, m.Field)
	}
	slices.SortStableFunc(out, func(a, b missing) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}
