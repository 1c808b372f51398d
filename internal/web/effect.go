package web

import (
	"context"
	"strconv"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/draw"
	"interdict/internal/effect"
	"interdict/internal/fault"
)

// results are the reports on effectiveness, for the house and for the public.
func (s *server) results() {
	s.page("GET /effectiveness", (*visit).showEffectiveness)
	s.open("GET /public/effectiveness/{year}", func(v *visit) error {
		year, err := strconv.Atoi(v.r.PathValue("year"))
		if err != nil {
			return fault.New(fault.NotFound, "there is no report on %q", v.r.PathValue("year"))
		}
		e, err := v.Clerk.PublicEffectiveness(v.ctx(), year)
		if err != nil {
			return err
		}
		p := effectView{Effectiveness: e, Year: year, Public: true}
		return v.show(p.title(v.own()), effectPage(p))
	})
}

// effectView is a report as a page shows it.
type effectView struct {
	effect.Effectiveness
	Year   int // of a public one
	Public bool
}

// title is what the report is of.
func (e effectView) title(ctx context.Context) string {
	if e.Public {
		return say(ctx, "Effectiveness in %d", digits(e.Year))
	}
	return say(ctx, "Effectiveness")
}

// last is the last day of the period, which ends at an instant that is not in it.
func (e effectView) last() string { return e.To.Add(-1).Format(time.DateOnly) }

func (v *visit) showEffectiveness() error {
	now := v.now()
	p := effect.Period{From: time.Date(now.Year(), 1, 1, 0, 0, 0, 0, time.UTC), To: now}
	if err := v.dayOf("from", &p.From, 0); err != nil {
		return err
	}
	if err := v.dayOf("to", &p.To, 1); err != nil { // the day itself is in the period
		return err
	}
	when, err := clerk.ParseWhen(v.r.FormValue("as_of"))
	if err != nil {
		return err
	}
	e, err := v.Clerk.Effectiveness(v.ctx(), v.Order, p, when)
	if err != nil {
		return err
	}
	return v.show(say(v.own(), "Effectiveness"), effectPage(effectView{Effectiveness: e}))
}

// dayOf sets at to so many days after the day that the address names, if it does.
func (v *visit) dayOf(name string, at *time.Time, after int) error {
	text := v.r.FormValue(name)
	if text == "" {
		return nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return fault.New(fault.Invalid, "%s=%q: want a day such as 2026-01-31", name, text)
	}
	*at = day.AddDate(0, 0, after)
	return nil
}

// drawHops draws the median and the 95th percentile of each hop.
func drawHops(ctx context.Context, e effectView) string {
	v := visitOf(ctx)
	var groups []draw.Group
	for _, h := range e.Hops {
		if h.N == 0 || h.Few {
			continue
		}
		groups = append(groups, draw.Group{
			Label: say(ctx, stateWord(h.From)) + " → " + say(ctx, stateWord(h.To)),
			Bars:  []draw.Bar{{Value: h.Median, Text: v.hours(h.Median)}, {Value: h.P95, Text: v.hours(h.P95)}},
		})
	}
	if len(groups) == 0 {
		return ""
	}
	return draw.GroupedBars(draw.Frame{
		ID: "hops", Title: say(ctx, "Hours on the way"), About: say(ctx, "Median and 95th percentile of the time from each station to the next."), RTL: v.Tongue.RTL,
	}, []string{say(ctx, "median"), say(ctx, "95th percentile")}, groups)
}

// drawCounts draws counts by what they are of.
func drawCounts(ctx context.Context, id, title string, counts []effect.Count) string {
	var bars []draw.Bar
	for _, c := range counts {
		bars = append(bars, draw.Bar{Label: say(ctx, stateWord(c.Of)), Value: float64(c.N), Text: countWord(ctx, c)})
	}
	if len(bars) == 0 {
		return ""
	}
	return draw.Bars(draw.Frame{ID: id, Title: title, About: title, RTL: visitOf(ctx).Tongue.RTL}, bars)
}

func countWord(ctx context.Context, c effect.Count) string {
	if c.Few {
		return say(ctx, "fewer than five")
	}
	return strconv.Itoa(c.N)
}

// hours is a number of hours in a unit that reads well.
func (v *visit) hours(h float64) string { return v.span(time.Duration(h * float64(time.Hour))) }
