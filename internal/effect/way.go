package effect

import (
	"math"
	"slices"
	"time"

	"interdict/internal/dossier"
	"interdict/internal/material"
	"interdict/internal/report"
)

// Stations of the way, in their order.
const (
	HandedIn  = "handed_in" // the first material that the dossier rests on
	Opened    = "opened"
	Submitted = "submitted"
	Drafted   = "drafted"
	InForce   = "in_force" // signed by all whose signature it needed
	Published = "published"
	Received  = string(report.Received)
	Loaded    = string(report.Loaded)
	Screened  = string(report.Screened)
	Acted     = "frozen"   // by the institution's clock
	Answered  = "reported" // received by the authority
)

// ways are the hops of a report, in order.
var ways = [][2]string{
	{HandedIn, Opened},
	{Opened, Submitted},
	{Submitted, Drafted},
	{Drafted, InForce},
	{InForce, Published},
	{Published, Received},
	{Published, Loaded},
	{Published, Screened},
	{Published, Acted},
	{Published, Answered},
	{Screened, Answered},
	{HandedIn, InForce},
}

// hops measures each hop: of designations those that took effect in the period,
// of editions those published in it, of reports those that came in it. A hop
// whose end is before its beginning is none, as of a material that came to a
// dossier that was there.
func (k known) hops(p Period) []Hop {
	times := map[[2]string][]time.Duration{}
	add := func(stations map[string]time.Time) {
		for _, w := range ways {
			from, to := stations[w[0]], stations[w[1]]
			if !from.IsZero() && !to.IsZero() && !to.Before(from) {
				times[w] = append(times[w], to.Sub(from))
			}
		}
	}
	for _, d := range k.designated(p) {
		add(k.stations(d))
	}
	for _, x := range k.Editions {
		if !p.Has(x.At) {
			continue
		}
		for _, c := range x.Courses(k.heardOn[x.Sequence], nil) {
			at := map[string]time.Time{Published: x.At}
			for hop, step := range c.Steps {
				at[string(hop)] = step.Stamped
			}
			add(at)
		}
	}
	for _, r := range k.counted(p) {
		if x, ok := k.editions[r.Edition]; ok && r.What == report.Frozen {
			add(map[string]time.Time{Published: x.At, Acted: r.Acted, Answered: r.At})
			add(map[string]time.Time{Screened: k.screened(r), Answered: r.At})
		}
	}
	out := []Hop{}
	for _, w := range ways {
		out = append(out, Hop{w[0], w[1], spread(times[w])})
	}
	return out
}

// screened returns when the institution of a report acknowledged first to have
// screened against its edition.
func (k known) screened(r report.Report) time.Time {
	var first time.Time
	for _, a := range k.heardOn[r.Edition] {
		if a.Owner == r.Owner && a.Hop == report.Screened && (first.IsZero() || a.At.Before(first)) {
			first = a.At
		}
	}
	return first
}

// stations returns when a designation was where, up to its publication.
func (k known) stations(d Decision) map[string]time.Time {
	at := map[string]time.Time{Drafted: d.Drafted, InForce: d.From, Published: k.published(d)}
	on, ok := k.dossiers[d.Pin.Dossier]
	if !ok {
		return at
	}
	at[Opened], at[HandedIn] = on.At, k.handedIn(on.Dossier, d.From)
	for _, t := range on.Submitted {
		if !t.After(d.Drafted) && t.After(at[Submitted]) {
			at[Submitted] = t
		}
	}
	return at
}

// handedIn returns when the first material came that a dossier cites, or that
// mentions its subject; only what came until an instant counts.
func (k known) handedIn(on dossier.Dossier, until time.Time) time.Time {
	var cited []material.ID
	for _, a := range on.Content.Allegations {
		for _, s := range a.Spans {
			cited = append(cited, s.Material)
		}
	}
	for _, e := range on.Content.Timeline {
		for _, s := range e.Spans {
			cited = append(cited, s.Material)
		}
	}
	var first time.Time
	for _, m := range k.Materials {
		linked := slices.ContainsFunc(m.Mentions, func(x material.Judged) bool { return x.State == material.Linked && x.To == on.ID.String() })
		if (linked || slices.Contains(cited, m.ID)) && !m.At.After(until) && (first.IsZero() || m.At.Before(first)) {
			first = m.At
		}
	}
	return first
}

// published returns when the first edition after a decision took effect was
// published: it holds it.
func (k known) published(d Decision) time.Time {
	i, _ := slices.BinarySearchFunc(k.posted, d.From, time.Time.Compare)
	if d.From.IsZero() || i == len(k.posted) {
		return time.Time{}
	}
	return k.posted[i]
}

// counted returns the reports that came in the period, but for those that a later
// one took the place of.
func (k known) counted(p Period) []report.Report {
	return slices.DeleteFunc(slices.Clone(k.Reports), func(r report.Report) bool {
		return !p.Has(r.At) || r.State == report.Superseded
	})
}

// reported counts the reports of the period and sums their assets.
func (k known) reported(p Period) ([]Sum, []Reported) {
	sums, by := map[[3]string]*Sum{}, map[report.What]*Reported{}
	verdicts := map[report.What]tally{}
	for _, r := range k.counted(p) {
		if by[r.What] == nil {
			by[r.What], verdicts[r.What] = &Reported{What: string(r.What)}, tally{}
		}
		by[r.What].N++
		by[r.What].Customers += r.Customers
		switch {
		case r.Answer.Verdict == "":
			verdicts[r.What]["unanswered"]++
		default:
			verdicts[r.What][string(r.Answer.Verdict)]++
		}
		if r.Answer.Verdict != report.NotThem {
			addAssets(sums, r)
		}
	}
	all, reports := []Sum{}, []Reported{}
	for _, s := range sums {
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b Sum) int { return compare(a.key(), b.key()) })
	for _, what := range report.Whats() {
		if r := by[what]; r != nil {
			r.Verdicts = verdicts[what].counts()
			reports = append(reports, *r)
		}
	}
	return all, reports
}

func (s Sum) key() [3]string { return [3]string{s.What, s.Currency, s.Limb} }

func compare(a, b [3]string) int { return slices.Compare(a[:], b[:]) }

func addAssets(sums map[[3]string]*Sum, r report.Report) {
	for _, a := range r.Assets {
		key := [3]string{string(r.What), a.Currency, string(a.Limb)}
		if sums[key] == nil {
			sums[key] = &Sum{What: key[0], Currency: key[1], Limb: key[2], of: map[string]bool{}}
		}
		s := sums[key]
		s.Assets += a.Count
		s.of[r.Entry] = true
		if a.Amount > math.MaxInt64-s.Amount {
			s.Amount, s.Beyond = math.MaxInt64, true
			continue
		}
		s.Amount += a.Amount
	}
}

// silence counts the institutions that had to act on the editions of the period.
func (k known) silence(p Period) Silence {
	var s Silence
	for _, x := range k.Editions {
		if p.Has(x.At) {
			s.Editions++
			s = s.plus(k.silenceOn(x))
		}
	}
	return s
}

func (s Silence) plus(t Silence) Silence {
	return Silence{s.Editions + t.Editions, s.Awaited + t.Awaited, s.InTime + t.InTime, s.Late + t.Late, s.Silent + t.Silent, s.Open + t.Open}
}

func (k known) silenceOn(x report.Edition) Silence {
	var s Silence
	for _, c := range x.Courses(k.heardOn[x.Sequence], nil) {
		if !slices.Contains(x.Institutions, c.Institution) {
			continue
		}
		s.Awaited++
		_, screened := c.Steps[report.Screened]
		switch {
		case screened && c.Late:
			s.Late++
		case screened:
			s.InTime++
		case c.Silent:
			s.Silent++
		default:
			s.Open++
		}
	}
	return s
}
