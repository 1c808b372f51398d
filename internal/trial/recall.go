package trial

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"interdict/internal/bench"
	"interdict/internal/book"
	"interdict/internal/mutate"
	"interdict/internal/screen"
)

// Recall is how often an entry is still found when what is asked differs from
// what is listed.
type Recall struct {
	All        Rate   `json:"all"`
	ByList     []Rate `json:"by_list"`
	ByField    []Rate `json:"by_field"`
	ByGroup    []Rate `json:"by_group"`
	ByScript   []Rate `json:"by_script"`
	ByListing  []Rate `json:"by_list_and_field"`
	ByExpected []Rate `json:"by_expected_band"`
	ByMutation []Rate `json:"by_mutation_of_full_names"`
	Cells      []Cell `json:"cells"`
	Others     []Cell `json:"somebody_else"` // mutations that name another person
}

// Cell is one mutation of one field of one list.
type Cell struct {
	List        string      `json:"list"`
	Field       string      `json:"field"`
	Mutation    string      `json:"mutation"`
	Group       string      `json:"group"`
	Expected    mutate.Band `json:"expected_band"`
	Values      int         `json:"values"`  // of the field in the list
	Tried       int         `json:"tried"`   // values drawn until enough fitted the mutation
	Found       bench.Share `json:"found"`   // in any band, of those that it fits
	Serious     bench.Share `json:"serious"` // strong or possible
	Strong      int         `json:"strong"`
	NotScreened int         `json:"not_screened"`
	Example     Example     `json:"example"`
	Missed      *Example    `json:"missed,omitempty"` // the first that was not found
	scripts     map[string]*tally
}

// Example is a listed value and what was asked.
type Example struct {
	Listed string `json:"listed"`
	Asked  string `json:"asked"`
}

// plot is a field of a list with its values and how they are asked.
type plot struct {
	list, field string
	values      []target
	mutations   []mutate.Mutation
	ask         func(e *screen.Engine, t target, changed string) (reply, error)
}

// nobody is a name that no list has, to ask for a number alone.
const nobody = "Vekzulmorpif Takrudgolwen"

func through(ask asking) func(*screen.Engine, target, string) (reply, error) {
	return func(e *screen.Engine, _ target, changed string) (reply, error) { return ask(e, changed) }
}

// wrapping are the mutations that put other text around a name. What they make
// is a text, and is asked as one.
var wrapping = []string{"carrier.cut-35", "carrier.cut-140", "carrier.free-text", "carrier.address-glued", "carrier.account-glued"}

// plots lays out what is tried, list by list. Names without a letter are left
// out: that they cannot be found says the self-test.
func plots(r registered) []plot {
	bare := slices.DeleteFunc(mutate.All(), func(m mutate.Mutation) bool { return slices.Contains(wrapping, m.ID) })
	var days, numbers []mutate.Mutation
	for _, m := range mutate.Attributes() {
		if strings.HasPrefix(m.ID, "attribute.number") {
			numbers = append(numbers, m)
		} else {
			days = append(days, m)
		}
	}
	var out []plot
	for _, l := range r.lists {
		values := map[string][]target{}
		for _, en := range r.entries {
			if en.list != l.List {
				continue
			}
			for _, t := range slices.Concat(en.names, en.births, en.numbers) {
				if t.field == identifier || t.field == birthDate || strings.ContainsFunc(t.text, unicode.IsLetter) {
					values[t.field] = append(values[t.field], t)
				}
			}
		}
		full := slices.Concat(values[primaryName], values[aliasName], values[formerName])
		add := func(field string, of []target, ways []mutate.Mutation, ask func(*screen.Engine, target, string) (reply, error)) {
			if len(of) > 0 {
				out = append(out, plot{l.List, field, of, ways, ask})
			}
		}
		for _, field := range []string{primaryName, aliasName, formerName, weakAlias} {
			add(field, values[field], bare, through(askName))
		}
		add("name in a text", full, mutate.All(), through(askDocument))
		add("name in a payment", full, mutate.All(), through(askPayment))
		add(birthDate, values[birthDate], days, func(e *screen.Engine, t target, changed string) (reply, error) {
			return askCustomer(e, book.Customer{Name: t.name, Births: []string{changed}})
		})
		add(identifier, values[identifier], numbers, func(e *screen.Engine, _ target, changed string) (reply, error) {
			return askCustomer(e, book.Customer{Name: nobody, Identifiers: []string{changed}})
		})
	}
	return out
}

func recall(ctx context.Context, e *screen.Engine, r registered, o Options) (Recall, error) {
	type square struct {
		plot
		mutate.Mutation
	}
	var squares []square
	for _, p := range plots(r) {
		for _, m := range p.mutations {
			// Whoever is somebody else in a text is so by name: it is asked once.
			if m.Band != mutate.None || p.field == primaryName {
				squares = append(squares, square{p, m})
			}
		}
	}
	cells := make([]Cell, len(squares))
	err := each(ctx, len(squares), func(i int) (err error) {
		cells[i], err = squares[i].cell(ctx, e, squares[i].Mutation, o)
		return err
	})
	if err != nil {
		return Recall{}, err
	}
	var out Recall
	for _, c := range cells {
		switch {
		case c.Found.Of == 0:
		case c.Expected == mutate.None:
			out.Others = append(out.Others, c)
		default:
			out.Cells = append(out.Cells, c)
		}
	}
	out.tally()
	return out, nil
}

// cell draws values until enough fit the mutation, and asks for them.
func (p plot) cell(ctx context.Context, e *screen.Engine, m mutate.Mutation, o Options) (Cell, error) {
	out := Cell{List: p.list, Field: p.field, Mutation: m.ID, Group: m.Group, Expected: m.Band, Values: len(p.values), scripts: map[string]*tally{}}
	c := mutate.ChanceOf(o.Seed, p.list, p.field, m.ID)
	order := slices.Clone(p.values)
	var all tally
	for i := 0; i < len(order) && all.of < o.Sample && ctx.Err() == nil; i++ {
		j := i + c.N(len(order)-i)
		order[i], order[j] = order[j], order[i]
		out.Tried++
		t := order[i]
		changed, ok := m.Apply(c.Next(), t.text)
		if !ok {
			continue
		}
		r, err := p.ask(e, t, changed)
		if err != nil {
			return out, err
		}
		if all.of == 0 {
			out.Example = Example{t.text, changed}
		}
		h, found := r.best(t.subject)
		if !found && out.Missed == nil {
			out.Missed = &Example{t.text, changed}
		}
		if out.scripts[t.script] == nil {
			out.scripts[t.script] = &tally{}
		}
		for _, a := range []*tally{&all, out.scripts[t.script]} {
			a.count(h, found)
		}
		out.NotScreened += one(r.reason != "")
	}
	out.Found, out.Serious, out.Strong = bench.NewShare(all.found, all.of), bench.NewShare(all.serious, all.of), all.strong
	return out, nil
}
