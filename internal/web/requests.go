package web

import (
	"slices"

	"interdict/internal/clerk"
	"interdict/internal/dossier"
)

// requests is the page of what was asked of the reader and of his organisation.
func (s *server) requests() { s.page("GET /requests", (*visit).showRequests) }

// requestsPage is what was asked, with what may be enclosed in an answer.
type requestsPage struct {
	Waiting, Past []clerk.Request
	Own           []clerk.Row // materials of the reader's organisation, the last first
}

// mostOwn is how many materials an answer offers to enclose.
const mostOwn = 12

func (v *visit) showRequests() error {
	all, err := v.Clerk.Requests(v.ctx(), v.Order)
	if err != nil {
		return err
	}
	var p requestsPage
	for _, r := range all {
		if r.State == dossier.Waiting || r.State == dossier.Overdue {
			p.Waiting = append(p.Waiting, r)
		} else {
			p.Past = append(p.Past, r)
		}
	}
	if len(p.Waiting) > 0 && v.may("material.list") {
		own, err := v.choices("material", "received")
		if err != nil {
			return err
		}
		slices.SortFunc(own.Rows, func(a, b clerk.Row) int { return b.Opened.Compare(a.Opened) })
		p.Own = own.Rows[:min(len(own.Rows), mostOwn)]
	}
	return v.show(say(v.own(), "Requests"), requestsShown(p))
}
