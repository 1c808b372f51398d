package web

import (
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

// anchorOf is the id of a request on the page: keys are those of their case.
func anchorOf(r clerk.Request) string { return r.Dossier + "-" + r.Key }

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
		if p.Own, err = v.Clerk.Latest(v.ctx(), v.Order, "material", "received", mostOwn); err != nil {
			return err
		}
	}
	return v.show(say(v.own(), "Requests"), requestsShown(p))
}
