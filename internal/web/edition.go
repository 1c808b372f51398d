package web

import (
	"cmp"
	"slices"
	"time"

	"interdict/internal/clerk"
	"interdict/internal/draw"
	"interdict/internal/fault"
	"interdict/internal/report"
)

// editions are what was published, how it came to each institution, and what
// institutions report.
func (s *server) editions() {
	s.page("GET /editions/{id}", (*visit).showEdition)
	s.page("GET /reports/{id}", (*visit).showReport)
	s.page("GET /acknowledgements/{id}", (*visit).showAcknowledgement)
}

// editionView is how an edition went.
type editionView struct {
	clerk.Delivery
	Drawing string // the way to each institution on one scale of time
}

func (v *visit) showEdition() error {
	d, err := v.Clerk.Deliveries(v.ctx(), v.Order, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	slices.SortFunc(d.Courses, func(a, b report.Course) int {
		return cmp.Or(cmp.Compare(standing(b), standing(a)), cmp.Compare(a.Institution, b.Institution))
	})
	e := editionView{Delivery: d}
	e.Drawing = v.drawCourses(d)
	return v.show(say(v.own(), "Edition %d", digits(d.Sequence)), editionPage(e))
}

// standing puts first what wants to be seen: who was silent, who was late.
func standing(c report.Course) int {
	switch {
	case c.Silent:
		return 2
	case c.Late:
		return 1
	}
	return 0
}

func (v *visit) drawCourses(d clerk.Delivery) string {
	var all []draw.Interval
	for _, c := range d.Courses {
		i := draw.Interval{Label: v.organisationOf(c.Institution), Started: d.At, Due: d.Clock.Due}
		if s, ok := c.Steps[report.Screened]; ok {
			i.Done = s.Stamped
			i.Note = say(v.own(), "screened after %s", v.span(s.After))
		} else if c.Silent {
			i.Note = say(v.own(), "silent")
		}
		all = append(all, i)
	}
	if len(all) == 0 || d.Clock.Due.IsZero() {
		return ""
	}
	return draw.Intervals(draw.Frame{
		ID: "courses", Title: say(v.own(), "The way to each institution"),
		About: say(v.own(), "From publication to the time by which each must have screened, and when it had."), RTL: v.Tongue.RTL,
	}, v.now(), all)
}

// span is a time that passed, in the two largest units that say something.
func (v *visit) span(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return say(v.own(), "%.1f s", d.Seconds())
	case d < 2*time.Minute:
		return say(v.own(), "%.0f s", d.Seconds())
	case d < 2*time.Hour:
		return say(v.own(), "%.0f min", d.Minutes())
	case d < 48*time.Hour:
		return say(v.own(), "%.1f h", d.Hours())
	}
	return say(v.own(), "%.0f days", d.Hours()/24)
}

// reportView is one report of an institution.
type reportView struct {
	report.Report
	May []clerk.Command
}

func (v *visit) showReport() error {
	id := v.r.PathValue("id")
	seen, err := v.read("report", id)
	if err != nil {
		return err
	}
	r, ok := seen.Content.(report.Report)
	if !ok {
		return fault.New(fault.Internal, "a report that is a %T", seen.Content)
	}
	view := reportView{Report: r}
	if view.May, err = v.Clerk.May(v.ctx(), v.Order, "report", id); err != nil {
		return err
	}
	return v.show(say(v.own(), "Report"), reportPage(view))
}

func (v *visit) showAcknowledgement() error {
	seen, err := v.read("acknowledgement", v.r.PathValue("id"))
	if err != nil {
		return err
	}
	a, ok := seen.Content.(report.Acknowledgement)
	if !ok {
		return fault.New(fault.Internal, "an acknowledgement that is a %T", seen.Content)
	}
	return v.show(say(v.own(), "Acknowledgement"), acknowledgementPage(a))
}
