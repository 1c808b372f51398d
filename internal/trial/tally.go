package trial

import (
	"cmp"
	"maps"
	"slices"

	"interdict/internal/bench"
	"interdict/internal/screen"
)

// tally counts questions and how they were answered.
type tally struct{ of, found, serious, strong int }

func (t *tally) count(h screen.Hit, found bool) {
	t.of++
	t.found += one(found)
	t.serious += one(found && h.Band != screen.Weak)
	t.strong += one(found && h.Band == screen.Strong)
}

func (t *tally) add(o tally) {
	t.of += o.of
	t.found += o.found
	t.serious += o.serious
}

// Rate is the recall of several cells together. Each cell weighs as many
// questions as it has, not as many values as its list has.
type Rate struct {
	List    string      `json:"list,omitempty"`
	By      string      `json:"by,omitempty"` // the field, group, script or mutation
	Found   bench.Share `json:"found"`
	Serious bench.Share `json:"serious"`
}

type rateKey struct{ list, by string }

func (r *Recall) tally() {
	whole := rates(r.Cells, func(Cell) rateKey { return rateKey{} })
	if len(whole) == 1 {
		r.All = whole[0]
	}
	r.ByList = rates(r.Cells, func(c Cell) rateKey { return rateKey{list: c.List} })
	r.ByField = rates(r.Cells, func(c Cell) rateKey { return rateKey{by: c.Field} })
	r.ByGroup = rates(r.Cells, func(c Cell) rateKey { return rateKey{by: c.Group} })
	r.ByListing = rates(r.Cells, func(c Cell) rateKey { return rateKey{c.List, c.Field} })
	r.ByExpected = rates(r.Cells, func(c Cell) rateKey { return rateKey{by: string(c.Expected)} })
	full := slices.DeleteFunc(slices.Clone(r.Cells), func(c Cell) bool { return c.Field != primaryName && c.Field != aliasName && c.Field != formerName })
	r.ByMutation = rates(full, func(c Cell) rateKey { return rateKey{by: c.Mutation} })
	scripts := map[string]*tally{}
	for _, c := range full {
		for s, t := range c.scripts {
			if scripts[s] == nil {
				scripts[s] = &tally{}
			}
			scripts[s].add(*t)
		}
	}
	for _, s := range slices.SortedFunc(maps.Keys(scripts), func(a, b string) int {
		return cmp.Or(cmp.Compare(scripts[b].of, scripts[a].of), cmp.Compare(a, b))
	}) {
		r.ByScript = append(r.ByScript, scripts[s].rate(rateKey{by: s}))
	}
}

func (t tally) rate(k rateKey) Rate {
	return Rate{k.list, k.by, bench.NewShare(t.found, t.of), bench.NewShare(t.serious, t.of)}
}

// rates adds cells up by a key, in the order in which the keys come first.
func rates(cells []Cell, keyOf func(Cell) rateKey) []Rate {
	var order []rateKey
	sums := map[rateKey]*tally{}
	for _, c := range cells {
		k := keyOf(c)
		if sums[k] == nil {
			order, sums[k] = append(order, k), &tally{}
		}
		sums[k].add(tally{of: c.Found.Of, found: c.Found.Count, serious: c.Serious.Count})
	}
	out := make([]Rate, 0, len(order))
	for _, k := range order {
		out = append(out, sums[k].rate(k))
	}
	return out
}
