package trial

import (
	"context"
	"slices"

	"interdict/internal/bench"
	"interdict/internal/book"
	"interdict/internal/mutate"
	"interdict/internal/record"
	"interdict/internal/screen"
	"interdict/internal/script"
)

// Line is what lies just below and just above the threshold.
type Line struct {
	Asked     int      `json:"asked"` // questions that the pairs come from
	Customers int      `json:"customers"`
	Variants  int      `json:"variants"` // mutated listed names
	Bands     []Band   `json:"bands"`
	Samples   []Sample `json:"samples"`
}

// Band is a range of scores with the pairs that fell into it.
type Band struct {
	From    int         `json:"from"`    // 1/10000
	To      int         `json:"to"`      // below it
	Pairs   int         `json:"pairs"`   // of customer or variant and listed subject
	Same    bench.Share `json:"same"`    // variants that came from this very subject, of all variants' pairs
	Sampled int         `json:"sampled"` // of the pairs, for a person to judge
}

// Sample is a pair for a person to judge.
type Sample struct {
	Number      int                 `json:"number"`
	From        int                 `json:"band_from"`
	Asked       string              `json:"asked"`
	Customer    bool                `json:"customer"`      // else a variant of a listed name
	Variant     string              `json:"of,omitempty"`  // the listed name that the variant was made from
	Way         string              `json:"way,omitempty"` // its mutation
	Same        bool                `json:"same"`          // it was made from a name of this subject
	Caption     string              `json:"caption"`       // of the subject
	Kind        record.Kind         `json:"kind"`
	Listed      string              `json:"listed"`   // the name that was compared
	Listings    []string            `json:"listings"` // list and reference
	Score       screen.Ratio        `json:"score"`
	Explanation *screen.Explanation `json:"explanation"`
	Births      []string            `json:"births,omitempty"` // of the customer
}

// Five bands lie on either side of the line. Lower than the lowest of them no
// threshold can be asked for.
const (
	bandWidth  = 400 // 1/10000
	bandCount  = 10
	leastScore = 10*screen.DefaultThreshold - bandWidth*bandCount/2
	asksEach   = 2000 // customers, and variants
	perBand    = 6    // pairs for a person
)

// lineAsk is a question whose hits are looked at down to the lowest score.
type lineAsk struct {
	text     string
	customer *book.Customer
	of       target // a variant's
	way      string
}

// pair is one hit of a question.
type pair struct {
	ask     int
	subject string
	stratum string
}

func (a lineAsk) answer(e *screen.Engine, brief bool) (screen.Answer, error) {
	o := screen.Options{Threshold: leastScore / 10, Brief: brief}
	if a.customer != nil {
		answer, _, err := e.Customer(*a.customer, o)
		return answer, err
	}
	return e.Name(screen.Query{Name: a.text}, o)
}

func drawLine(ctx context.Context, e *screen.Engine, r registered, o Options) (Line, error) {
	c := mutate.ChanceOf(o.Seed, "line")
	asks := lineAsks(c, r, o.Customers)
	answers := make([]screen.Answer, len(asks))
	err := each(ctx, len(asks), func(i int) (err error) {
		answers[i], err = asks[i].answer(e, true)
		return err
	})
	if err != nil {
		return Line{}, err
	}
	out := Line{Asked: len(asks)}
	bands := map[int][]pair{}
	for i, a := range asks {
		out.Customers += one(a.customer != nil)
		for _, h := range answers[i].Hits {
			from := leastScore + (int(h.Score)-leastScore)/bandWidth*bandWidth
			stratum := script.Of(a.text)
			if len(h.Listings) > 0 {
				stratum += " " + h.Listings[0].Source
			}
			bands[from] = append(bands[from], pair{i, h.Subject, stratum})
		}
	}
	out.Variants = out.Asked - out.Customers
	for k := range bandCount {
		from := leastScore + k*bandWidth
		if err := out.band(e, c, asks, from, bands[from]); err != nil {
			return out, err
		}
	}
	// The order tells a judge nothing.
	mutate.Shuffle(c, out.Samples)
	for i := range out.Samples {
		out.Samples[i].Number = i + 1
	}
	return out, nil
}

// lineAsks draws customers and variants of full listed names.
func lineAsks(c *mutate.Chance, r registered, customers []book.Customer) []lineAsk {
	var out []lineAsk
	drawn := slices.Clone(customers)
	mutate.Shuffle(c, drawn)
	for i := range drawn[:min(asksEach, len(drawn))] {
		out = append(out, lineAsk{text: drawn[i].Name, customer: &drawn[i]})
	}
	full := r.fullNames()
	ways := slices.DeleteFunc(mutate.All(), func(m mutate.Mutation) bool { return m.Band == mutate.None })
	for tried, made := 0, 0; len(full) > 0 && made < asksEach && tried < 20*asksEach; tried++ {
		t, m := mutate.Pick(c, full), mutate.Pick(c, ways)
		if changed, ok := m.Apply(c.Next(), t.text); ok {
			out = append(out, lineAsk{text: changed, of: t, way: m.ID})
			made++
		}
	}
	return out
}

// band counts the pairs of a range of scores and draws some for a person.
func (l *Line) band(e *screen.Engine, c *mutate.Chance, asks []lineAsk, from int, pairs []pair) error {
	b := Band{From: from, To: from + bandWidth, Pairs: len(pairs)}
	same, variants := 0, 0
	for _, p := range pairs {
		if asks[p.ask].customer == nil {
			variants++
			same += one(asks[p.ask].of.subject == p.subject)
		}
	}
	b.Same = bench.NewShare(same, variants)
	for _, p := range strata(c, pairs) {
		if b.Sampled == perBand {
			break
		}
		s, err := sampleOf(e, asks[p.ask], p)
		if err != nil {
			return err
		}
		s.From = from
		l.Samples = append(l.Samples, s)
		b.Sampled++
	}
	l.Bands = append(l.Bands, b)
	return nil
}

// strata puts pairs in a drawn order in which lists and scripts take turns.
func strata(c *mutate.Chance, pairs []pair) []pair {
	drawn := slices.Clone(pairs)
	mutate.Shuffle(c, drawn)
	var order []string
	of := map[string][]pair{}
	for _, p := range drawn {
		if of[p.stratum] == nil {
			order = append(order, p.stratum)
		}
		of[p.stratum] = append(of[p.stratum], p)
	}
	var out []pair
	for turn := 0; len(out) < len(drawn); turn++ {
		for _, s := range order {
			if turn < len(of[s]) {
				out = append(out, of[s][turn])
			}
		}
	}
	return out
}

func sampleOf(e *screen.Engine, a lineAsk, p pair) (Sample, error) {
	answer, err := a.answer(e, false)
	if err != nil {
		return Sample{}, err
	}
	h := answer.Hits[slices.IndexFunc(answer.Hits, func(h screen.Hit) bool { return h.Subject == p.subject })]
	s := Sample{
		Asked: a.text, Customer: a.customer != nil, Variant: a.of.text, Way: a.way, Same: a.customer == nil && a.of.subject == p.subject,
		Caption: h.Caption, Kind: h.Schema, Listed: h.Name, Score: h.Score, Explanation: h.Explanation,
	}
	if a.customer != nil {
		s.Births = a.customer.Births
	}
	for _, l := range h.Listings {
		s.Listings = append(s.Listings, l.Source+" "+l.Reference)
	}
	return s, nil
}
