package trial

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"interdict/internal/bench"
	"interdict/internal/mutate"
	"interdict/internal/screen"
)

//go:embed page.html page.css fairness.html calibration.html
var pageFiles embed.FS

var pageTemplate = template.Must(template.New("page.html").Funcs(template.FuncMap{
	"percent": percent, "within": within, "mille": mille, "points": points, "count": count, "score": score, "hundredths": hundredths,
	"tone": tone, "group": groupWords, "script": scriptWords, "join": strings.Join, "style": style, "fairgroup": fairGroup,
	"permille": perMille, "tenK": tenThousandths, "above": above,
	"band": func(b Band) string { return score(b.From) + " to " + score(b.To) },
}).ParseFS(pageFiles, "page.html", "fairness.html", "calibration.html"))

// page is a pack with what the page shows of it in an order of its own.
type page struct {
	Pack
	Failed   bool
	Charts   charts
	Fields   []string
	Matrix   []matrixRow
	Lowest   []weakPoint
	Tables   []listTable
	Others   []weakPoint
	Scripts  []bench.CustomerGroup
	Shipped  bench.CustomerGroup
	Causes   []cause
	Missing  []missing // of the self-test, as many as a page can hold
	OfNames  int       // that are missing
	Slight   Rate      // changes after which a full name should be a strong hit
	Examples []groupExample
	Books    []fairBook // of the fairness
}

// mostShown is how many failures a page shows; the file of figures has all.
const mostShown = 50

// WriteHTML writes the page. It needs nothing besides itself: no script, no
// network, no other file.
func (p Pack) WriteHTML(w io.Writer) error {
	x := page{Pack: p, Failed: p.Failure() != nil, Charts: p.charts(), Books: fairBooks(p.Fairness)}
	x.Fields, x.Matrix = p.Recall.matrix(p.Lists)
	x.Lowest, x.Others, x.Examples = p.Recall.lowest(), p.Recall.wronged(), p.Recall.examples()
	for _, l := range p.Lists {
		x.Tables = append(x.Tables, p.Recall.table(l.List))
	}
	for _, g := range p.Customers.Groups {
		if g.By == "script" {
			x.Scripts = append(x.Scripts, g)
		}
	}
	for _, g := range p.Customers.Costs {
		if g.Group == screen.Ratio(10*p.Threshold).String() {
			x.Shipped = g
		}
	}
	x.Causes, x.Missing = p.SelfTest.causes(), p.SelfTest.missing()
	x.OfNames = len(x.Missing)
	x.Missing = x.Missing[:min(mostShown, x.OfNames)]
	if r := pick(p.Recall.ByExpected, "", string(mutate.Strong)); r != nil {
		x.Slight = *r
	}
	if err := pageTemplate.Execute(w, x); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}

// matrixRow is a list with its recall field by field, nil where it has none.
type matrixRow struct {
	List  string
	Cells []*Rate
}

func (r Recall) matrix(lists []ListCount) (fields []string, rows []matrixRow) {
	for _, f := range r.ByField {
		fields = append(fields, f.By)
	}
	for _, l := range lists {
		row := matrixRow{List: l.List}
		for _, f := range fields {
			row.Cells = append(row.Cells, pick(r.ByListing, l.List, f))
		}
		rows = append(rows, row)
	}
	return fields, rows
}

func pick(all []Rate, list, by string) *Rate {
	i := slices.IndexFunc(all, func(r Rate) bool { return r.List == list && r.By == by })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// weakPoint is a mutation over all lists, with a listed name that shows it.
type weakPoint struct {
	Rate
	Strong  int
	Example *Example
}

// wanting is the recall below which a mutation is shown as a weakness.
const wanting = .95

// lowest are the mutations of full names that are found least.
func (r Recall) lowest() []weakPoint {
	var out []weakPoint
	for _, m := range r.ByMutation {
		if m.Found.Share < wanting {
			out = append(out, weakPoint{Rate: m, Example: r.missed(m.By)})
		}
	}
	slices.SortStableFunc(out, func(a, b weakPoint) int { return cmp.Compare(a.Found.Share, b.Found.Share) })
	return out
}

func (r Recall) missed(mutation string) *Example {
	for _, c := range r.Cells {
		if c.Mutation == mutation && c.Field == primaryName && c.Missed != nil {
			return c.Missed
		}
	}
	return nil
}

// wronged are the mutations that name somebody else, over all lists.
func (r Recall) wronged() []weakPoint {
	var out []weakPoint
	for _, m := range rates(r.Others, func(c Cell) rateKey { return rateKey{by: c.Mutation} }) {
		x := weakPoint{Rate: m}
		for _, c := range r.Others {
			if c.Mutation == m.By {
				x.Strong += c.Strong
				x.Example = cmp.Or(x.Example, &c.Example)
			}
		}
		out = append(out, x)
	}
	return out
}

// groupExample shows what a group of mutations does.
type groupExample struct {
	Group string
	Rate
	Example Example
}

func (r Recall) examples() []groupExample {
	var out []groupExample
	for _, g := range r.ByGroup {
		i := slices.IndexFunc(r.Cells, func(c Cell) bool { return c.Group == g.By })
		out = append(out, groupExample{g.By, g, r.Cells[i].Example})
	}
	return out
}

// listTable is every cell of a list: mutations down, fields across.
type listTable struct {
	List   string
	Fields []string
	Rows   []tableRow
}

type tableRow struct {
	Mutation string
	Cells    []*Cell
}

func (r Recall) table(list string) listTable {
	t := listTable{List: list}
	at := map[string]int{}
	for i, c := range r.Cells {
		if c.List != list {
			continue
		}
		if !slices.Contains(t.Fields, c.Field) {
			t.Fields = append(t.Fields, c.Field)
		}
		if _, ok := at[c.Mutation]; !ok {
			at[c.Mutation] = len(t.Rows)
			t.Rows = append(t.Rows, tableRow{Mutation: c.Mutation})
		}
		row := &t.Rows[at[c.Mutation]]
		for len(row.Cells) < len(t.Fields) {
			row.Cells = append(row.Cells, nil)
		}
		row.Cells[slices.Index(t.Fields, c.Field)] = &r.Cells[i]
	}
	for i := range t.Rows {
		for len(t.Rows[i].Cells) < len(t.Fields) {
			t.Rows[i].Cells = append(t.Rows[i].Cells, nil)
		}
	}
	return t
}
