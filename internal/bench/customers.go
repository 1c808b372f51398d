package bench

import (
	"cmp"
	"fmt"
	"slices"

	"interdict/internal/book"
	"interdict/internal/fault"
	"interdict/internal/screen"
	"interdict/internal/script"
)

// Customers is what a book of customers, none of whom is listed, costs in
// alerts.
type Customers struct {
	File      string          `json:"file"`
	Snapshot  string          `json:"snapshot"`
	Subjects  int             `json:"subjects"`
	Threshold int             `json:"threshold"` // 1/1000
	Total     CustomerGroup   `json:"total"`
	Groups    []CustomerGroup `json:"groups"`
	Worst     CustomerGroup   `json:"worst"`
	Ratio     float64         `json:"worst_to_total"`
	Costs     []CustomerGroup `json:"costs"` // the whole book at each threshold
	Examples  []CustomerAlert `json:"examples,omitempty"`
}

// CustomerGroup counts the customers of one script, nationality or threshold
// by the band of their first hit.
type CustomerGroup struct {
	By          string `json:"by"` // all, script, nationality, threshold
	Group       string `json:"group"`
	Customers   int    `json:"customers"`
	Strong      int    `json:"strong"`
	Possible    int    `json:"possible"`
	Weak        int    `json:"weak"`
	NotScreened int    `json:"not_screened"`
	Alerts      Share  `json:"alerts"`  // of any band
	Serious     Share  `json:"serious"` // strong or possible
}

// CustomerAlert is one customer with the first hit.
type CustomerAlert struct {
	Row    int          `json:"row"`
	Name   string       `json:"name"`
	Band   screen.Band  `json:"band"`
	Score  screen.Ratio `json:"score"`
	Listed string       `json:"listed"`
}

// CostThresholds are the thresholds, in 1/1000, whose cost is told.
func CostThresholds() []int { return []int{600, 650, 700, 750, 800, 850, 900} }

// leastGroup is the number of customers from which a group can be the worst.
const leastGroup = 100

// ScreenCustomers screens the customers as a customer book is screened, with
// birth dates and countries, at every cost threshold, and lists the first n
// alerts at the shipped one, the serious ones first. A row that cannot be read
// is an error.
func ScreenCustomers(e *screen.Engine, file string, customers []book.Customer, n int, step func()) (Customers, error) {
	out := Customers{File: file, Snapshot: e.Snapshot(), Subjects: e.Index().Size().Subjects, Threshold: screen.DefaultThreshold}
	if len(customers) == 0 {
		return out, fault.New(fault.Invalid, "%s has no customers", file)
	}
	for _, theta := range CostThresholds() {
		answers, err := screenAll(e, customers, theta, step)
		if err != nil {
			return out, err
		}
		all := CustomerGroup{By: "threshold", Group: screen.Ratio(10 * theta).String()}
		for _, a := range answers {
			all.count(a)
		}
		out.Costs = append(out.Costs, all.closed())
		if theta == screen.DefaultThreshold {
			out.group(customers, answers)
			out.Examples = examples(customers, answers, n)
		}
	}
	return out, nil
}

func screenAll(e *screen.Engine, customers []book.Customer, theta int, step func()) ([]screen.Answer, error) {
	answers := make([]screen.Answer, len(customers))
	return answers, eachError(len(customers), func(i int) (err error) {
		defer step()
		if answers[i], _, err = e.Customer(customers[i], screen.Options{Threshold: theta, Brief: true}); err != nil {
			return fmt.Errorf("row %d: %w", customers[i].Row, err)
		}
		return nil
	})
}

func (g *CustomerGroup) count(a screen.Answer) {
	g.Customers++
	if a.Status == screen.NotScreened {
		g.NotScreened++
	}
	if len(a.Hits) == 0 {
		return
	}
	switch a.Hits[0].Band {
	case screen.Strong:
		g.Strong++
	case screen.Possible:
		g.Possible++
	default:
		g.Weak++
	}
}

// closed works the shares out.
func (g CustomerGroup) closed() CustomerGroup {
	g.Alerts = NewShare(g.Strong+g.Possible+g.Weak, g.Customers)
	g.Serious = NewShare(g.Strong+g.Possible, g.Customers)
	return g
}

// group counts by script and nationality. The worst group is the one whose
// interval begins highest, so that chance in a small group does not name it.
func (c *Customers) group(customers []book.Customer, answers []screen.Answer) {
	groups := map[[2]string]*CustomerGroup{}
	for i, a := range answers {
		keys := [][2]string{{"all", "all"}, {"script", script.Of(customers[i].Name)}}
		if len(customers[i].Countries) > 0 {
			keys = append(keys, [2]string{"nationality", customers[i].Countries[0]})
		}
		for _, k := range keys {
			if groups[k] == nil {
				groups[k] = &CustomerGroup{By: k[0], Group: k[1]}
			}
			groups[k].count(a)
		}
	}
	c.Total = groups[[2]string{"all", "all"}].closed()
	delete(groups, [2]string{"all", "all"})
	for _, g := range groups {
		c.Groups = append(c.Groups, g.closed())
	}
	slices.SortFunc(c.Groups, func(a, b CustomerGroup) int {
		return cmp.Or(-cmp.Compare(a.By, b.By), cmp.Compare(b.Alerts.Low, a.Alerts.Low), cmp.Compare(a.Group, b.Group))
	})
	for _, g := range c.Groups {
		if g.Customers >= leastGroup && (c.Worst.Customers == 0 || g.Alerts.Low > c.Worst.Alerts.Low) {
			c.Worst = g
		}
	}
	if c.Total.Alerts.Share > 0 {
		c.Ratio = c.Worst.Alerts.Share / c.Total.Alerts.Share
	}
}

func examples(customers []book.Customer, answers []screen.Answer, n int) []CustomerAlert {
	bands := map[screen.Band][]CustomerAlert{}
	for i, a := range answers {
		if len(a.Hits) > 0 {
			h := a.Hits[0]
			bands[h.Band] = append(bands[h.Band], CustomerAlert{customers[i].Row, customers[i].Name, h.Band, h.Score, h.Name})
		}
	}
	var out []CustomerAlert
	for _, band := range []screen.Band{screen.Strong, screen.Possible, screen.Weak} {
		out = append(out, bands[band]...)
	}
	return out[:min(n, len(out))]
}
