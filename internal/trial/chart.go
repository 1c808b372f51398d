package trial

import (
	"html/template"
	"slices"

	"interdict/internal/bench"
	"interdict/internal/draw"
)

// charts are the drawings of the page.
type charts struct {
	SelfTest, Group, Script, List, Cost, Line template.HTML
}

func (p Pack) charts() charts {
	return charts{
		SelfTest: p.selfChart(),
		Group:    rateChart("group", "Found, by what was changed", "Share of changed names, days and numbers whose entry was found.", p.Recall.ByGroup, func(r Rate) string { return r.By }),
		Script:   rateChart("script", "Found, by the script of the listed name", "Share of changed full names whose entry was found.", p.Recall.ByScript, func(r Rate) string { return scriptWords(r.By) }),
		List:     rateChart("list", "Found, by list", "Share of everything changed whose entry was found.", p.Recall.ByList, func(r Rate) string { return r.List }),
		Cost:     p.costChart(),
		Line:     p.lineChart(),
	}
}

// drawn marks a drawing as markup; internal/draw escapes every text in it.
func drawn(svg string) template.HTML { return template.HTML(svg) }

func rateChart(id, title, about string, all []Rate, label func(Rate) string) template.HTML {
	bars := make([]draw.Bar, len(all))
	for i, r := range all {
		bars[i] = draw.Bar{Label: label(r), Value: 100 * r.Found.Share, Text: percent(r.Found) + " (" + within(r.Found) + ") of " + count(r.Found.Of)}
	}
	return drawn(draw.Bars(draw.Frame{ID: "chart-" + id, Title: title, About: about}, bars))
}

func (p Pack) selfChart() template.HTML {
	var groups []draw.Group
	for _, l := range p.Lists {
		g := draw.Group{Label: l.List}
		for _, channel := range selfChannels {
			i := slices.IndexFunc(p.SelfTest.Rows, func(r SelfRow) bool { return r.List == l.List && r.Channel == channel })
			var found bench.Share
			if i >= 0 {
				found = p.SelfTest.Rows[i].Found
			}
			g.Bars = append(g.Bars, draw.Bar{Value: 100 * found.Share, Text: percent(found) + " of " + count(found.Of)})
		}
		groups = append(groups, g)
	}
	f := draw.Frame{ID: "chart-self", Title: "Names that find their own entry", About: "Share of the names of each list that find the entry they belong to, in three channels."}
	return drawn(draw.GroupedBars(f, selfChannels, groups))
}

func (p Pack) costChart() template.HTML {
	var groups []draw.Group
	for _, c := range p.Customers.Costs {
		label := "threshold " + c.Group
		if c.Group == points(p.Threshold) {
			label += ", shipped"
		}
		groups = append(groups, draw.Group{Label: label, Bars: []draw.Bar{
			{Value: 1000 * c.Serious.Share, Text: mille(c.Serious.Share)},
			{Value: 1000 * c.Alerts.Share, Text: mille(c.Alerts.Share)},
		}})
	}
	f := draw.Frame{ID: "chart-cost", Title: "Alerts per 1,000 customers who are not listed", About: "At each threshold: strong and possible alerts, and all alerts."}
	return drawn(draw.GroupedBars(f, []string{"strong or possible", "with weak ones"}, groups))
}

func (p Pack) lineChart() template.HTML {
	var bars []draw.Bar
	for _, b := range p.Line.Bands {
		side := ", below the line"
		if above(b.From, p.Threshold) {
			side = ", above the line"
		}
		bars = append(bars, draw.Bar{Label: score(b.From) + " to " + score(b.To) + side, Value: 100 * b.Same.Share, Text: percent(b.Same) + " (" + within(b.Same) + ") of " + count(b.Same.Of)})
	}
	f := draw.Frame{ID: "chart-line", Title: "Share of true pairs, by score", About: "Of the pairs of a changed listed name and a listed subject in each range of scores: the share in which it is the very subject."}
	return drawn(draw.Bars(f, bars))
}
