package bench

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"interdict/internal/index"
	"interdict/internal/mutate"
	"interdict/internal/script"
)

// asker makes queries that a search could get wrong. Query i follows from the
// seed, i and the names of the register.
type asker struct {
	seed        uint64
	byScript    [][]string // listed names, one list for each script
	words       []string   // of listed names
	nobody      []mutate.Invented
	mutations   []mutate.Mutation
	adversaries []mutate.Adversary
}

// question is a query with what it tries.
type question struct {
	sort string // "listed", "mutated: typing", "mutated twice", "adverse", "nobody"
	ways []string
	text string
}

func newAsker(subjects []index.Subject, seed uint64) *asker {
	a := &asker{seed: seed, mutations: mutate.All(), adversaries: mutate.Adversaries(), nobody: mutate.Invent(seed, 5000)}
	scripts := map[string][]string{}
	var all []string
	for _, s := range subjects {
		for _, n := range s.Names {
			if strings.TrimSpace(n) == "" {
				continue
			}
			all = append(all, n)
			scripts[script.Of(n)] = append(scripts[script.Of(n)], n)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(scripts)) {
		a.byScript = append(a.byScript, scripts[k])
	}
	a.words = mutate.Words(all)
	return a
}

// ask makes query i. Sorts, mutations and adversaries come in turn.
func (a *asker) ask(i int) question {
	c := mutate.NewChance(mutate.NewChance(a.seed).Next() + uint64(i))
	turn := i / 10
	switch k := i % 10; {
	case k == 0:
		return question{sort: "listed", text: a.listed(c)}
	case k <= 4:
		m := a.mutations[(4*turn+k-1)%len(a.mutations)]
		text, ways := a.mutated(c, m)
		return question{"mutated: " + m.Group, ways, text}
	case k <= 6:
		text, ways := a.mutated(c, a.mutations[(2*turn+k)%len(a.mutations)])
		m := mutate.Pick(c, a.mutations)
		if twice, ok := m.Apply(c.Next(), text); ok {
			text, ways = twice, append(ways, m.ID)
		}
		return question{"mutated twice", ways, text}
	case k <= 8:
		v := a.adversaries[(2*turn+k-7)%len(a.adversaries)]
		return question{"adverse", []string{v.ID}, v.Query(c.Next(), a.words)}
	}
	return question{sort: "nobody", text: mutate.Pick(c, a.nobody).Name}
}

// listed draws a script, mostly the commonest, and a name in it.
func (a *asker) listed(c *mutate.Chance) string {
	if len(a.byScript) == 0 {
		return mutate.Pick(c, a.nobody).Name
	}
	if c.N(2) == 0 {
		return mutate.Pick(c, slices.MaxFunc(a.byScript, func(x, y []string) int { return cmp.Compare(len(x), len(y)) }))
	}
	return mutate.Pick(c, mutate.Pick(c, a.byScript))
}

// tries is how many names a mutation is tried on before a query stays as it is.
const tries = 40

// mutated applies m to a listed name that it fits, or to one of nobody.
func (a *asker) mutated(c *mutate.Chance, m mutate.Mutation) (text string, ways []string) {
	for k := range tries {
		text = a.listed(c)
		if k%4 == 3 {
			text = mutate.Pick(c, a.nobody).Name
		}
		if changed, ok := m.Apply(c.Next(), text); ok {
			return changed, []string{m.ID}
		}
	}
	return text, nil
}
