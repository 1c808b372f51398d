package web

import (
	"slices"
	"strconv"
	"strings"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/clerk"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/statute"
)

// dossiers are the pages of the cases.
func (s *server) dossiers() {
	s.page("GET /dossiers/new", (*visit).newDossier)
	s.page("GET /dossiers/{id}", (*visit).showDossier)
	s.page(quoting, (*visit).giveQuoting)
}

// dossierPage is a case as far as the reader may see it. Who reads the open
// version alone has a case that says no more.
type dossierPage struct {
	Case    dossier.Dossier
	Whole   bool // the closed version is shown
	Version uint64
	AsOf    int64
	May     []clerk.Command
	View    string
	Law     statute.Statute
	Shown   clerk.Exhibits  // with the views that quote
	History []clerk.Entry   // with that view
	Around  []clerk.Related // with that view
}

// dossierViews are the tabs of a case; open readers have those of the open
// version.
var dossierViews = []struct {
	key, title string
	open       bool
}{
	{"", "Overview", true},
	{"grounds", "Grounds and evidence", true},
	{"timeline", "Timeline", true},
	{"network", "Network", true},
	{"requests", "Requests and tasks", false},
	{"text", "Text", true},
	{"partners", "Partners", false},
	{"team", "Team", false},
	{"history", "History", false},
}

func (v *visit) showDossier() error {
	id := v.r.PathValue("id")
	seen, err := v.read("dossier", id)
	if err != nil {
		return err
	}
	p := dossierPage{Version: seen.Version, AsOf: seen.AsOf, View: v.r.FormValue("view")}
	switch c := seen.Content.(type) {
	case dossier.Dossier:
		p.Case, p.Whole = c, true
	case clerk.DossierSeen:
		p.Case = dossier.Dossier{ID: c.ID, Title: c.Title, State: c.State, Version: c.Version, At: c.At, Text: dossier.Text{Open: c.Text}, Content: c.Content}
	case clerk.RequestsSeen:
		return v.showAsked(id, seen.Version, c)
	default:
		return fault.New(fault.Internal, "a dossier shows a %T", c)
	}
	if !slices.ContainsFunc(dossierViews, func(x struct {
		key, title string
		open       bool
	},
	) bool {
		return x.key == p.View && (x.open || p.Whole)
	}) {
		return fault.New(fault.NotFound, "a dossier has no view %q", p.View)
	}
	if seen.AsOf == 0 { // what was is looked at, not changed
		if p.May, err = v.Clerk.May(v.ctx(), v.Order, "dossier", id); err != nil {
			return err
		}
	}
	if err := v.fillDossier(id, &p); err != nil {
		return err
	}
	return v.show(p.Case.Title, dossierFrame(p))
}

// fillDossier reads what a view shows beside the case itself.
func (v *visit) fillDossier(id string, p *dossierPage) (err error) {
	switch p.View {
	case "", "grounds":
		pin := p.pin()
		if p.Law, err = v.Clerk.Statute(v.ctx(), v.Order, pin.Statute, pin.StatuteVersion); err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
	case "history":
		if p.History, err = v.Clerk.History(v.ctx(), v.Order, "dossier", id); err != nil {
			return err
		}
		p.Around, err = v.Clerk.RelatedTo(v.ctx(), v.Order, "dossier", id, "item", "on", "dossier", "linked", "from", "into")
		return err
	}
	if slices.Contains([]string{"grounds", "timeline", "network"}, p.View) && p.AsOf == 0 {
		p.Shown, err = v.Clerk.Exhibits(v.ctx(), v.Order, id)
		return err
	}
	return nil
}

// showAsked is the page of who was asked something in a case, and sees no more
// of it.
func (v *visit) showAsked(id string, version uint64, asked clerk.RequestsSeen) error {
	// The case is not his to know of, so that nothing is told of it but this.
	var may []clerk.Command
	for _, name := range []string{"dossier.answer", "dossier.decline"} {
		if cmd, ok := clerk.CommandNamed(name); ok && v.may(access.Action(name)) {
			may = append(may, cmd)
		}
	}
	return v.show(say(v.own(), "What was asked of you"), dossierAsked(id, version, may, asked.Requests))
}

// pin is what the case rested on when it was laid before the commission last;
// zero while it is worked on.
func (p dossierPage) pin() dossier.Pin {
	if n := len(p.Case.Pins); n > 0 && p.Case.State != dossier.Open {
		return p.Case.Pins[n-1]
	}
	return dossier.Pin{}
}

// edits reports whether the reader may give a command now that changes what the
// case says.
func (p dossierPage) edits(command string) bool {
	return p.Case.State == dossier.Open && can(p.May, command)
}

func (p dossierPage) id() string { return p.Case.ID.String() }

// gaps are the elements that no fact shows.
func (p dossierPage) gaps() []dossier.Gap { return p.Case.Gaps(p.Law.Checklist()) }

// missing is what keeps the case from being laid before the commission, as keys
// of messages.
func (p dossierPage) missing() []string {
	var out []string
	if p.Case.Text.Open == "" {
		out = append(out, "It has no open text yet.")
	}
	if len(p.Case.Content.Allegations) == 0 {
		out = append(out, "It alleges nothing yet.")
	}
	if p.Law.ID == "" {
		out = append(out, "No statute is in force.")
	}
	return out
}

// shownBy says how well an element is shown: by a fact, less, or by nothing.
func (p dossierPage) shownBy(ground, element string) (said []dossier.Allegation, word, tone string) {
	word, tone = "nothing shows it", "bad"
	for _, a := range p.Case.Content.Allegations {
		if a.Ground != ground || a.Element != element {
			continue
		}
		said = append(said, a)
		switch {
		case a.Assertion == dossier.Fact:
			word, tone = "shown by a fact", "good"
		case tone == "bad":
			word, tone = "no fact shows it", "warn"
		}
	}
	return said, word, tone
}

// waiting are the askings that run, what is due first at the head.
func (p dossierPage) waiting() []dossier.Asking {
	out := slices.DeleteFunc(slices.Clone(p.Case.Askings), func(a dossier.Asking) bool {
		return a.State != dossier.Waiting && a.State != dossier.Overdue
	})
	slices.SortStableFunc(out, func(a, b dossier.Asking) int { return a.Clock.Due.Compare(b.Clock.Due) })
	return out
}

// freshKey returns a short key that nothing in the case has yet.
func (p dossierPage) freshKey(letter string) string {
	taken := p.Case.Content.Keys()
	for _, a := range p.Case.Askings {
		taken = append(taken, a.Key)
	}
	for n := 1; ; n++ {
		if key := letter + strconv.Itoa(n); !slices.Contains(taken, key) {
			return key
		}
	}
}

// helpers are the people who could work on the case and do not.
func (v *visit) helpers(d dossier.Dossier) []roster.Person {
	return v.peopleWho(func(p roster.Person) bool {
		return (p.Has(roster.Analyst) || p.Has(roster.Lead) || p.Has(roster.Signatory) || p.Has(roster.Judge) || p.Has(roster.Ombudsperson)) &&
			p.Human() && !slices.Contains(d.Team, p.ID) && !slices.Contains(d.Recused, p.ID)
	})
}

// peopleWho returns the people of the roster, by name, of whom is holds.
func (v *visit) peopleWho(is func(roster.Person) bool) []roster.Person {
	var out []roster.Person
	for _, p := range v.Roster.People {
		if p.Left.IsZero() && is(p) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b roster.Person) int { return strings.Compare(a.Name+string(a.ID), b.Name+string(b.ID)) })
	return out
}

// organisationsWho returns the organisations of the roster, by name, of which is
// holds.
func (v *visit) organisationsWho(is func(roster.Organisation) bool) []roster.Organisation {
	var out []roster.Organisation
	for _, o := range v.Roster.Organisations {
		if o.Closed.IsZero() && is(o) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b roster.Organisation) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// newDossier is the form of a new case, with what an alert or a party of a
// material says of its subject.
func (v *visit) newDossier() error {
	values := v.r.URL.Query()
	switch {
	case values.Get("alert") != "":
		seen, err := v.read("alert", values.Get("alert"))
		if err != nil {
			return err
		}
		if a, ok := seen.Content.(alert.Alert); ok {
			fillSubject(values, a.Screened)
		}
	case values.Get("material") != "":
		seen, err := v.read("material", values.Get("material"))
		if err != nil {
			return err
		}
		if m, ok := seen.Content.(clerk.MaterialSeen); ok {
			for _, x := range m.Parties {
				if x.Key == values.Get("party") || values.Get("party") == "" && len(m.Parties) == 1 {
					fillSubject(values, x.Subject)
				}
			}
		}
	}
	cmd, ok := clerk.CommandNamed("dossier.open")
	if !ok || !v.may("dossier.open") {
		return fault.New(fault.NotFound, "no dossier is opened here")
	}
	if values.Get("title") == "" {
		values.Set("title", values.Get("subject.names.0.full"))
	}
	fields := inputs(cmd.Body, "", values)
	return v.show(say(v.own(), "New dossier"), dossierNew(fields, values.Get("alert"), values.Get("material")))
}
