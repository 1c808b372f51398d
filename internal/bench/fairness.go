package bench

import (
	"cmp"
	"fmt"
	"slices"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/match"
	"interdict/internal/mutate"
	"interdict/internal/people"
	"interdict/internal/screen"
	"interdict/internal/script"
)

// Fairness is how the false alerts of a screening fall on people of different
// cultures and scripts.
type Fairness struct {
	Snapshot  string     `json:"snapshot"`
	Profile   string     `json:"profile"`
	Subjects  int        `json:"subjects"`
	Threshold int        `json:"threshold"` // 1/1000
	Seed      uint64     `json:"seed"`
	Each      int        `json:"customers_each"` // made customers of a culture
	Most      float64    `json:"most_ratio"`     // that a group may have without a reason
	Books     []FairBook `json:"books"`
}

// FairBook is one book of customers, none of them listed, divided into groups.
type FairBook struct {
	Book    string      `json:"book"`
	Total   FairGroup   `json:"total"`
	Groups  []FairGroup `json:"groups"`  // the worst of each division first
	Reasons []Reason    `json:"reasons"` // of the groups that are over
}

// FairGroup counts the customers of one group. Namesakes bear a listed name
// word for word; they were left out.
type FairGroup struct {
	CustomerGroup
	Namesakes    int     `json:"namesakes"`
	Ratio        float64 `json:"ratio"`         // of its rate of alerts to that of the whole book
	SeriousRatio float64 `json:"serious_ratio"` // the same of strong and possible ones
	Over         bool    `json:"over"`          // and not by chance
}

// mostRatio is how many times the rate of the whole book a group may have.
const mostRatio = 2.0

// FairnessOptions say what is tried.
type FairnessOptions struct {
	Seed      uint64
	Each      int             // made customers of a culture
	File      string          // where Customers come from
	Customers []book.Customer // a book besides, none of them listed; may be none
	Step      func()          // called for every customer; may be nil
}

// Steps is how many customers at most are screened the first time.
func (o FairnessOptions) Steps() int { return o.Each*len(people.Cultures()) + len(o.Customers) }

// member is a customer with the groups that he belongs to.
type member struct {
	book.Customer
	groups [][2]string
	answer screen.Answer
}

// MeasureFairness screens made customers of every culture, and those of a book,
// at the shipped threshold, and compares the groups with the whole.
func MeasureFairness(e *screen.Engine, o FairnessOptions) (Fairness, error) {
	out := Fairness{
		Snapshot: e.Snapshot(), Profile: match.Profile(), Subjects: e.Index().Size().Subjects,
		Threshold: screen.DefaultThreshold, Seed: o.Seed, Each: o.Each, Most: mostRatio,
	}
	if o.Step == nil {
		o.Step = func() {}
	}
	names, err := namesOf(e)
	if err != nil {
		return out, err
	}
	made := o.made(names)
	books := []fairBook{made}
	if len(o.Customers) > 0 {
		books = append(books, o.given(names))
	}
	for _, b := range books {
		if len(b.members) == 0 {
			return out, fault.New(fault.Invalid, "%s has no customer without a listed name", b.name)
		}
		measured, err := b.measure(e, names, o.Step)
		if err != nil {
			return out, fmt.Errorf("%s: %w", b.name, err)
		}
		out.Books = append(out.Books, measured)
	}
	return out, nil
}

// fairBook is a book before it is measured.
type fairBook struct {
	name      string
	members   []member
	namesakes map[[2]string]int
}

func (b *fairBook) take(names registerNames, c book.Customer, groups ...[2]string) (clean bool) {
	groups = append([][2]string{{"all", "all"}}, groups...)
	if names.has(c.Name) {
		for _, g := range groups {
			b.namesakes[g]++
		}
		return false
	}
	b.members = append(b.members, member{Customer: c, groups: groups})
	return true
}

// drawsEach is how often a culture may be drawn from for each customer that is
// wanted of it: a culture of which every name is listed has none.
const drawsEach = 20

// made draws customers of every culture until there are enough clean ones.
func (o FairnessOptions) made(names registerNames) fairBook {
	b := fairBook{name: fmt.Sprintf("%d made customers of each of %d cultures", o.Each, len(people.Cultures())), namesakes: map[[2]string]int{}}
	for _, k := range people.Cultures() {
		c := mutate.NewChance(mutate.NewChance(o.Seed).Next() ^ hash(k.Name))
		for have, draws := 0, 0; have < o.Each && draws < drawsEach*o.Each; draws++ {
			p := k.Draw(c)
			customer := book.Customer{Row: len(b.members) + 1, Name: p.Name, Kind: "person", Births: []string{p.Born}, Countries: []string{p.Country}}
			if b.take(names, customer, [2]string{"culture", k.Name}, [2]string{"script", script.Of(p.Name)}) {
				have++
			}
		}
	}
	return b
}

// given divides a book by script and nationality.
func (o FairnessOptions) given(names registerNames) fairBook {
	b := fairBook{name: o.File, namesakes: map[[2]string]int{}}
	for _, c := range o.Customers {
		groups := [][2]string{{"script", script.Of(c.Name)}}
		if len(c.Countries) > 0 {
			groups = append(groups, [2]string{"nationality", c.Countries[0]})
		}
		b.take(names, c, groups...)
	}
	return b
}

func (b fairBook) measure(e *screen.Engine, names registerNames, step func()) (FairBook, error) {
	customers := make([]book.Customer, len(b.members))
	for i, m := range b.members {
		customers[i] = m.Customer
	}
	answers, err := screenAll(e, customers, screen.DefaultThreshold, step)
	if err != nil {
		return FairBook{}, err
	}
	groups := map[[2]string]*FairGroup{}
	for i := range b.members {
		b.members[i].answer = answers[i]
		for _, k := range b.members[i].groups {
			if groups[k] == nil {
				groups[k] = &FairGroup{CustomerGroup: CustomerGroup{By: k[0], Group: k[1]}}
			}
			groups[k].count(answers[i])
		}
	}
	all := [2]string{"all", "all"}
	out := FairBook{Book: b.name, Total: groups[all].judged(FairGroup{}, b.namesakes[all], 1), Reasons: []Reason{}}
	divided := map[string]int{}
	for k := range groups {
		divided[k[0]]++
	}
	for k, g := range groups {
		if k != all {
			out.Groups = append(out.Groups, g.judged(out.Total, b.namesakes[k], divided[k[0]]))
		}
	}
	slices.SortFunc(out.Groups, func(x, y FairGroup) int {
		return cmp.Or(cmp.Compare(x.By, y.By), cmp.Compare(y.Alerts.Share, x.Alerts.Share), cmp.Compare(y.Serious.Share, x.Serious.Share), cmp.Compare(x.Group, y.Group))
	})
	for _, g := range out.Groups {
		if !g.Over {
			continue
		}
		r, err := b.reason(e, g, names)
		if err != nil {
			return out, err
		}
		out.Reasons = append(out.Reasons, r)
	}
	return out, nil
}

// judged works shares and ratios out. A group is over where its rate is more
// than mostRatio times that of the whole book, and no chance: its interval,
// widened for as many groups as are looked at, lies above the whole.
func (g FairGroup) judged(total FairGroup, namesakes, groups int) FairGroup {
	g.CustomerGroup, g.Namesakes = g.closed(), namesakes
	over := func(mine, all Share) (ratio float64, over bool) {
		if all.Count == 0 {
			return 0, false
		}
		ratio = mine.Share / all.Share
		low, _ := wilson(mine.Count, mine.Of, normalQuantile(1-.05/float64(2*groups)))
		return ratio, ratio > mostRatio && low > all.Share && g.Customers >= leastGroup
	}
	var any, serious bool
	g.Ratio, any = over(g.Alerts, total.Alerts)
	g.SeriousRatio, serious = over(g.Serious, total.Serious)
	g.Over = any || serious
	return g
}

// Worst is the group of a division with the highest rate, nil where no group
// is large enough.
func (b FairBook) Worst(by string) *FairGroup {
	for i := range b.Groups {
		if b.Groups[i].By == by && b.Groups[i].Customers >= leastGroup {
			return &b.Groups[i]
		}
	}
	return nil
}

// Failure names the groups with more than their share, nil if there are none.
func (f Fairness) Failure() error {
	n, first := 0, ""
	for _, b := range f.Books {
		for _, r := range b.Reasons {
			if n++; first == "" {
				first = r.By + " " + r.Group
			}
		}
	}
	if n == 0 {
		return nil
	}
	return fault.New(fault.Internal, "the false alerts are not fair: groups with more than %.1f times the rate of their whole book: %d, the first is %s", mostRatio, n, first)
}
