package trial

import (
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"interdict/internal/bench"
	"interdict/internal/draw"
)

// fairEach is how many customers of each culture a validation makes, for each
// of the sample.
const fairEach = 10

// fairness is what a validation tries: the given customers, if there are any,
// besides the made ones.
func (o Options) fairness(made bool) bench.FairnessOptions {
	f := bench.FairnessOptions{Seed: o.Seed, Each: fairEach * o.Sample}
	if !made {
		f.File, f.Customers = o.File, o.Customers
	}
	return f
}

// FairnessPage is a page of its own of how false alerts fall on people.
type FairnessPage struct {
	Fairness bench.Fairness
	Machine  bench.Machine
	Date     time.Time
}

// WriteHTML writes the page. It needs nothing besides itself.
func (p FairnessPage) WriteHTML(w io.Writer) error {
	x := struct {
		FairnessPage
		Failed bool
		Books  []fairBook
	}{p, p.Fairness.Failure() != nil, fairBooks(p.Fairness)}
	if err := pageTemplate.ExecuteTemplate(w, "fairness.html", x); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}

// fairBook is a book with its drawings, one for each division.
type fairBook struct {
	bench.FairBook
	Charts []fairChart
	Over   int
}

type fairChart struct {
	By    string
	Chart template.HTML
}

func fairBooks(f bench.Fairness) []fairBook {
	var out []fairBook
	for i, b := range f.Books {
		x := fairBook{FairBook: b, Over: len(b.Reasons)}
		for _, g := range b.Groups {
			if n := len(x.Charts); n > 0 && x.Charts[n-1].By == g.By {
				continue
			}
			x.Charts = append(x.Charts, fairChart{g.By, fairDrawing(fmt.Sprintf("fair-%d-%s", i, g.By), b, g.By)})
		}
		out = append(out, x)
	}
	return out
}

func fairDrawing(id string, b bench.FairBook, by string) template.HTML {
	var groups []draw.Group
	bar := func(s bench.Share) draw.Bar {
		return draw.Bar{Value: 1000 * s.Share, Text: mille(s.Share) + " (" + mille(s.Low) + "–" + mille(s.High) + ")"}
	}
	for _, g := range append([]bench.FairGroup{b.Total}, b.Groups...) {
		if g.By != by && g.By != "all" || g.Alerts.Of < fewest && g.By != "all" {
			continue
		}
		groups = append(groups, draw.Group{Label: fairLabel(g), Bars: []draw.Bar{bar(g.Serious), bar(g.Alerts)}})
	}
	f := draw.Frame{ID: id, Title: "Alerts per 1,000 customers who are not listed, by " + by, About: "For each group with at least 100 customers, the worst first: strong and possible alerts, and all alerts, with the 95 % interval."}
	return drawn(draw.GroupedBars(f, []string{"strong or possible", "with weak ones"}, groups))
}

// fewest is the number of customers from which a group is drawn: fewer say
// little.
const fewest = 100

func fairLabel(g bench.FairGroup) string {
	switch {
	case g.By == "all":
		return "the whole book"
	case g.Over:
		return fairGroup(g) + fmt.Sprintf(": %.1f times the whole, over", max(g.Ratio, g.SeriousRatio))
	}
	return fairGroup(g) + fmt.Sprintf(": %.1f times the whole", g.Ratio)
}

func fairGroup(g bench.FairGroup) string {
	if g.By == "script" {
		return scriptWords(g.Group)
	}
	return strings.ReplaceAll(g.Group, "-original", ", in its own script")
}
