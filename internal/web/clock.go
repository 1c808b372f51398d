package web

import (
	"cmp"
	"context"
	"time"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/deadline"
	"interdict/internal/dossier"
	"interdict/internal/draw"
)

// effectText says what follows when a clock of the law runs out.
func effectText(ctx context.Context, r deadline.Rule) string {
	return effectOf(ctx, r.OnExpiry, r.EscalateTo)
}

func effectOf(ctx context.Context, e deadline.Effect, to string) string {
	switch e {
	case deadline.Breach:
		return say(ctx, "nothing follows but that it is late, which is told")
	case deadline.Lapse:
		return say(ctx, "what is in force ends by itself")
	case deadline.DeemedRefusal:
		return say(ctx, "silence refuses it")
	case deadline.DeemedApproval:
		return say(ctx, "silence grants it")
	case deadline.Escalation:
		if to == "" {
			return say(ctx, "it goes to somebody else")
		}
		return say(ctx, "it goes to: %s", to)
	}
	return say(ctx, stateWord(string(e)))
}

// clocks is the page of everything that has a time by which it is due.
func (s *server) clocks() {
	s.page("GET /clocks", (*visit).showClocks)
}

// clockKinds are the kinds of things with clocks, in the order of the work.
var clockKinds = []struct{ Kind, Title string }{
	{"alert", "Alerts"},
	{"dossier", "Dossiers"},
	{"session", "Sessions"},
	{"decision", "Decisions"},
	{"petition", "Petitions"},
	{"review", "Reviews"},
	{"edition", "Editions"},
	{"exclusion", "Exclusions"},
}

// horizons are how far ahead is looked.
var horizons = []struct {
	Days  string
	Title string // key of a message
}{{"7", "within a week"}, {"31", "within a month"}, {"366", "within a year"}, {"", "ever"}}

// clocksPage is what is due, late first.
type clocksPage struct {
	Dues     clerk.Dues
	Requests []clerk.Request // asked of who knows of no dossier
	Drawing  string          // SVG of those with a clock of the law
}

func (v *visit) showClocks() error {
	p := clocksPage{}
	var err error
	kind := v.r.FormValue("kind")
	if kind == "" && v.r.FormValue("after") == "" && v.may("request.list") && !v.may("dossier.list") {
		o := v.Order
		o.Purpose = "" // a list of what is due opens no text
		asked, err := v.Clerk.Requests(v.ctx(), o)
		if err != nil {
			return err
		}
		for _, q := range asked {
			if q.State == dossier.Waiting || q.State == dossier.Overdue {
				p.Requests = append(p.Requests, q)
			}
		}
	}
	if p.Dues, err = v.Clerk.Due(v.ctx(), v.Order, kind, v.until(), v.r.FormValue("after"), 50); err != nil {
		return err
	}
	p.Drawing = v.drawClocks(p.Dues.Rows)
	return v.show(say(v.own(), "Clocks"), clocksFrame(p))
}

// until is how far ahead the address looks; as far as can be, if it does not say.
func (v *visit) until() time.Time {
	days, err := time.ParseDuration(cmp.Or(v.r.FormValue("days"), "0") + "h")
	if err != nil || days <= 0 {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return v.now().Add(days * 24)
}

// drawn is how many clocks are drawn at most: more are no picture.
const drawn = 15

// drawClocks draws the clocks of the law among what is due; "" if there are fewer
// than two.
func (v *visit) drawClocks(rows []clerk.Due) string {
	var all []draw.Interval
	for _, d := range rows {
		if d.Started.IsZero() || len(all) == drawn {
			continue
		}
		note, _ := left(v.own(), d.Due, v.now())
		all = append(all, draw.Interval{
			Label: say(v.own(), stateWord(d.What)) + " · " + short(d.ID), Note: note, Started: d.Started, Due: d.Due, Href: pathOf(d.Kind + "/" + d.ID),
		})
	}
	if len(all) < 2 {
		return ""
	}
	title := say(v.own(), "Clocks on one scale")
	return draw.Intervals(draw.Frame{ID: "clocks", Title: title, About: say(v.own(), "From when each clock runs, until when it is due; the line is now."), RTL: v.Tongue.RTL}, v.now(), all)
}

// lists reports whether the visitor may know of things of a kind.
func (v *visit) lists(kind string) bool { return v.may(access.Action(kind + ".list")) }
