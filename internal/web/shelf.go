package web

import (
	"interdict/internal/access"
	"interdict/internal/clerk"
)

// shelf is the list of the things of one kind.
type shelf struct {
	Kind   string
	Title  string   // key of a message
	States []string // to choose among
	New    string   // command that makes one; "" if none does
}

// shelves are the lists. A thing's page is installed by the part of the work that
// it belongs to.
var shelves = []shelf{
	{"exclusion", "Exclusions", []string{"pending", "in_force", "refused", "over"}, ""},
	{"dossier", "Dossiers", []string{"open", "submitted", "decided", "closed", "merged"}, "dossier.open"},
	{"session", "Sessions", []string{"called", "open", "closed", "cancelled"}, "session.call"},
	{"decision", "Decisions", []string{"draft", "pending", "in_force", "refused", "lapsed", "withdrawn", "ended"}, "decision.draft"},
	{"petition", "Petitions", []string{"lodged", "asked", "recommended", "granted", "refused", "inadmissible", "withdrawn", "deemed_refused", "deemed_granted"}, "petition.lodge"},
	{"review", "Reviews", []string{"upcoming", "overdue", "over"}, ""},
	{"edition", "Editions", []string{"awaited", "overdue", "carried"}, ""},
	{"acknowledgement", "Acknowledgements", nil, ""},
	{"report", "Reports", []string{"filed", "answered", "need_more", "superseded", "refused"}, "report.file"},
	{"erasure", "Erasures", []string{"requested", "approved", "denied"}, "erasure.request"},
}

// listings are the pages of the lists.
func (s *server) listings() {
	for _, l := range shelves {
		s.page("GET "+places[l.Kind], func(v *visit) error { return v.showShelf(l) })
	}
}

func (v *visit) showShelf(l shelf) error {
	p, err := v.list(l.Kind, v.r.FormValue("state"))
	if err != nil {
		return err
	}
	return v.show(say(v.own(), l.Title), shelfPage(l, p))
}

// list returns a page of what the visitor may know of, after the cursor of the
// address.
func (v *visit) list(kind, state string) (clerk.Page, error) {
	return v.Clerk.List(v.ctx(), v.Order, kind, state, v.r.FormValue("after"), 50)
}

// choices returns all of a kind and state that the visitor may know of, for
// choosing one: none is left out.
func (v *visit) choices(kind, state string) (clerk.Page, error) {
	var all clerk.Page
	for after := ""; ; {
		p, err := v.Clerk.List(v.ctx(), v.Order, kind, state, after, 200)
		if err != nil {
			return all, err
		}
		if all.Rows = append(all.Rows, p.Rows...); p.Next == "" {
			return all, nil
		}
		after = p.Next
	}
}

// makes reports whether the visitor may make one.
func (l shelf) makes(v *visit) bool { return l.New != "" && v.may(access.Action(l.New)) }

// newPath is where one is made: a form of its own for what is made every day.
func (l shelf) newPath() string {
	switch l.Kind {
	case "dossier", "session", "decision":
		return places[l.Kind] + "/new"
	}
	return formPath(l.New, "")
}
