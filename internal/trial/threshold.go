package trial

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"interdict/internal/bench"
	"interdict/internal/mutate"
	"interdict/internal/screen"
)

// Thresholds is what each threshold costs in alerts and what it finds.
type Thresholds struct {
	Names    []Step     `json:"names"`
	Mentions []Step     `json:"mentions_in_texts"`
	Bands    []BandCost `json:"bands"`          // of names, at the shipped threshold
	Words    []string   `json:"in_plain_words"` // one sentence for each shipped threshold and band, and two for its neighbours
}

// Step is one threshold. Found is of listed names changed so that a good
// screening should find them in the strong or possible band; the alerts are of
// customers who are not listed.
type Step struct {
	Threshold int         `json:"threshold"` // 1/1000
	Shipped   bool        `json:"shipped"`
	Found     bench.Share `json:"found"`
	Alerts    bench.Share `json:"alerts"`
	Serious   bench.Share `json:"serious_alerts"` // strong or possible
}

// BandCost is one band. Found counts what lies in this band or a stronger one.
type BandCost struct {
	Band   screen.Band `json:"band"`
	Alerts bench.Share `json:"alerts"`
	Found  bench.Share `json:"found_here_or_stronger"`
}

// mentionSteps are the thresholds of mentions, in 1/1000, that are told.
var mentionSteps = []int{750, 800, 850, 900, 950}

// variantsEach is how many changed names are asked for each of the sample, and
// inTexts how many customers are put into a text.
const (
	variantsEach = 150
	inTexts      = 4000
)

// MeasureThresholds asks changed listed names and customers who are not listed
// at every step. Without customers they are made, and o keeps them.
func MeasureThresholds(ctx context.Context, e *screen.Engine, o Options) (Thresholds, error) {
	r, err := read(e)
	if err != nil {
		return Thresholds{}, err
	}
	c, _, err := falseAlerts(e, &o)
	if err != nil {
		return Thresholds{}, err
	}
	return thresholds(ctx, e, r, o, c)
}

func thresholds(ctx context.Context, e *screen.Engine, r registered, o Options, c bench.Customers) (Thresholds, error) {
	var out Thresholds
	chance := mutate.ChanceOf(o.Seed, "thresholds")
	asked := slightVariants(chance, r, variantsEach*o.Sample)
	names, err := bestHits(ctx, asked, func(text string) (reply, error) {
		a, err := e.Name(screen.Query{Name: text}, screen.Options{Threshold: bench.CostThresholds()[0], Brief: true})
		return reply{hits: a.Hits}, err
	})
	if err != nil {
		return out, err
	}
	for i, theta := range bench.CostThresholds() {
		g := c.Costs[i]
		out.Names = append(out.Names, Step{theta, theta == screen.DefaultThreshold, reaching(names, theta), g.Alerts, g.Serious})
	}
	out.Bands = bandCosts(names, c.Total)
	if out.Mentions, err = mentionCosts(ctx, e, o, chance, asked); err != nil {
		return out, err
	}
	out.Words = append(stepWords("A name", "customers who are not listed", out.Names), bandWords(out.Bands)...)
	out.Words = append(out.Words, stepWords("A mention in a text", "texts of one sentence with a customer who is not listed", out.Mentions)...)
	return out, nil
}

// slightVariants changes full listed names in ways after which they should
// still be a strong or possible hit, each way as often as the other.
func slightVariants(c *mutate.Chance, r registered, n int) []lineAsk {
	full := r.fullNames()
	ways := slices.DeleteFunc(mutate.All(), func(m mutate.Mutation) bool {
		return m.Band != mutate.Strong && m.Band != mutate.Possible || slices.Contains(wrapping, m.ID)
	})
	var out []lineAsk
	for tries := 0; len(out) < n && len(full) > 0 && tries < 10*n; tries++ {
		t, m := mutate.Pick(c, full), ways[tries%len(ways)]
		if changed, ok := m.Apply(c.Next(), t.text); ok {
			out = append(out, lineAsk{text: changed, of: t, way: m.ID})
		}
	}
	return out
}

// bestHits asks for every variant and returns the best hit of its subject; a
// score of 0 says that there was none.
func bestHits(ctx context.Context, asked []lineAsk, ask func(text string) (reply, error)) ([]screen.Hit, error) {
	out := make([]screen.Hit, len(asked))
	err := each(ctx, len(asked), func(i int) error {
		r, err := ask(asked[i].text)
		if h, found := r.best(asked[i].of.subject); found {
			out[i] = h
		}
		return err
	})
	return out, err
}

func reaching(hits []screen.Hit, threshold int) bench.Share {
	n := 0
	for _, h := range hits {
		n += one(int(h.Score) >= 10*threshold)
	}
	return bench.NewShare(n, len(hits))
}

func bandCosts(found []screen.Hit, total bench.CustomerGroup) []BandCost {
	var out []BandCost
	here := 0
	for _, x := range []struct {
		band   screen.Band
		alerts int
	}{{screen.Strong, total.Strong}, {screen.Possible, total.Possible}, {screen.Weak, total.Weak}} {
		for _, h := range found {
			here += one(h.Band == x.band && int(h.Score) >= 10*screen.DefaultThreshold)
		}
		out = append(out, BandCost{x.band, bench.NewShare(x.alerts, total.Customers), bench.NewShare(here, len(found))})
	}
	return out
}

// mentionCosts puts variants and customers into a sentence each.
func mentionCosts(ctx context.Context, e *screen.Engine, o Options, c *mutate.Chance, asked []lineAsk) ([]Step, error) {
	ask := func(name string) (reply, error) {
		return askText(e, sentence(name), screen.Options{Mention: mentionSteps[0], Brief: true})
	}
	found, err := bestHits(ctx, asked, ask)
	if err != nil {
		return nil, err
	}
	customers := slices.Clone(o.Customers)
	mutate.Shuffle(c, customers)
	customers = customers[:min(inTexts, len(customers))]
	alerts := make([][]screen.Hit, len(customers))
	err = each(ctx, len(customers), func(i int) error {
		r, err := ask(customers[i].Name)
		alerts[i] = r.hits
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []Step
	for _, theta := range mentionSteps {
		any, serious := 0, 0
		for _, hits := range alerts {
			above := slices.DeleteFunc(slices.Clone(hits), func(h screen.Hit) bool { return int(h.Score) < 10*theta })
			any += one(len(above) > 0)
			serious += one(slices.ContainsFunc(above, func(h screen.Hit) bool { return h.Band != screen.Weak }))
		}
		out = append(out, Step{theta, theta == screen.DefaultMention, reaching(found, theta), bench.NewShare(any, len(customers)), bench.NewShare(serious, len(customers))})
	}
	return out, nil
}

// stepWords says of the shipped step what it costs, and what its neighbours
// would change.
func stepWords(what, whom string, steps []Step) []string {
	i := slices.IndexFunc(steps, func(s Step) bool { return s.Shipped })
	if i < 0 || steps[i].Found.Of == 0 {
		return nil
	}
	s := steps[i]
	out := []string{fmt.Sprintf("%s is a hit from %s, as shipped: of 1,000 %s %s bring an alert, %s of them a strong or possible one; of 1,000 listed names with a slight change %s are found.",
		what, points(s.Threshold), whom, perThousand(s.Alerts.Share), perThousand(s.Serious.Share), perThousand(s.Found.Share))}
	if i > 0 {
		out = append(out, change("down", s, steps[i-1], "finds", "more", "brings", "more"))
	}
	if i+1 < len(steps) {
		out = append(out, change("up", s, steps[i+1], "loses", "of those found", "saves", "of those"))
	}
	return out
}

func change(way string, from, to Step, finds, more, brings, alerts string) string {
	gain, cost := to.Found.Share-from.Found.Share, to.Alerts.Share-from.Alerts.Share
	return fmt.Sprintf("One step %s, %s, %s %s %s, and %s %s %s alerts.", way, points(to.Threshold),
		finds, perThousand(max(gain, -gain)), more, brings, perThousand(max(cost, -cost)), alerts)
}

func bandWords(bands []BandCost) []string {
	var out []string
	for i, b := range bands {
		if b.Found.Of == 0 {
			return nil
		}
		before := bench.Share{}
		if i > 0 {
			before = bands[i-1].Found
		}
		text := fmt.Sprintf("The %s band holds %s of these alerts, and %s of the 1,000 changed names", b.Band, perThousand(b.Alerts.Share), perThousand(b.Found.Share-before.Share))
		if i+1 < len(bands) {
			out = append(out, text+fmt.Sprintf("; whoever looks no further than this band finds %s of 1,000.", perThousand(b.Found.Share)))
			continue
		}
		out = append(out, text+": what is lost if nobody looks at it.")
	}
	return out
}

// perThousand writes a share of 1,000 without a tail of zeros.
func perThousand(share float64) string {
	if share >= .1 {
		return fmt.Sprintf("%.0f", 1000*share)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", 1000*share), ".0")
}

// fullNames are all listed names but weak ones.
func (r registered) fullNames() []target {
	var out []target
	for _, en := range r.entries {
		for _, t := range en.names {
			if t.field != weakAlias {
				out = append(out, t)
			}
		}
	}
	return out
}
