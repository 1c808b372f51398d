package web

import (
	"slices"

	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/fault"
	"interdict/internal/petition"
	"interdict/internal/statute"
)

// petitions are the pages of the ways back.
func (s *server) petitions() {
	s.page("GET /petitions/new", (*visit).newPetition)
	s.page("GET /petitions/{id}", (*visit).showPetition)
	s.page("GET /reviews/{id}", (*visit).showReviews)
}

// plea is one thing that may be asked for, as people read it.
type plea struct {
	Plea  petition.Plea
	Title string // key of a message
	Means string // key of a message
}

var pleas = []plea{
	{petition.Delisting, "Off the list", "The grounds are not there, or are there no longer: the measure is to be lifted."},
	{petition.Namesake, "A namesake", "Somebody else is meant: a certificate tells the two apart."},
	{petition.Exemption, "An exemption", "The measure stays; something is to be allowed in spite of it, as food, rent or counsel."},
	{petition.ThirdParty, "A third party", "Somebody who is not listed is hurt by the measure, as an owner or a creditor in good faith."},
}

// lodgeForm is the form of a new petition.
type lodgeForm struct {
	Plea    plea
	Among   []choice // decisions that it may contest
	Against string   // the one that is chosen already
	Law     statute.Statute
}

// choice is one thing to choose.
type choice struct{ ID, Title string }

func (v *visit) newPetition() error {
	if !v.may("petition.lodge") {
		return fault.New(fault.NotFound, "no petition is lodged here")
	}
	f := lodgeForm{Plea: pleas[0], Against: v.r.FormValue("against")}
	for _, p := range pleas {
		if string(p.Plea) == v.r.FormValue("plea") {
			f.Plea = p
		}
	}
	var err error
	if f.Among, err = v.contestable(); err != nil {
		return err
	}
	if f.Law, err = v.lawInForce(); err != nil {
		return err
	}
	return v.show(say(v.own(), "Lodge a petition"), lodgePage(f))
}

// contestable are the decisions in force that the visitor may know of: those that
// he may list, else those that are public.
func (v *visit) contestable() ([]choice, error) {
	var out []choice
	if v.may("decision.list") {
		rows, err := v.Clerk.DecisionsInForce(v.ctx(), v.Order, decision.ID{}, decision.Freeze, decision.Refuse, decision.Amend, decision.Lift, decision.Extend, decision.Exemption)
		if err != nil || len(rows) > 0 {
			return choicesOf(rows), err
		}
	}
	public, err := v.Clerk.PublicList(v.ctx())
	if err != nil {
		return nil, err
	}
	for _, e := range public.Entries {
		if e.To.IsZero() {
			out = append(out, choice{e.Decision.String(), e.Entry.PrimaryName() + " · " + e.Entry.Key})
		}
	}
	return out, nil
}

// lawInForce is the statute, zero where none is or the visitor may not read it.
func (v *visit) lawInForce() (statute.Statute, error) {
	law, err := v.Clerk.Statute(v.ctx(), v.Order, "", "")
	if k := fault.KindOf(err); err != nil && (k == fault.NotFound || k == fault.Conflict) {
		return statute.Statute{}, nil
	}
	return law, err
}

// petitionPage is a petition as far as the reader may see it.
type petitionPage struct {
	petition.Petition
	AsOf   int64
	May    []clerk.Command
	Heard  statute.Petition // how the statute has such a plea heard; zero if unknown
	Grants []choice         // decisions in force that may do what is asked for
}

func (v *visit) showPetition() error {
	id := v.r.PathValue("id")
	seen, err := v.read("petition", id)
	if err != nil {
		return err
	}
	of, ok := seen.Content.(petition.Petition)
	if !ok {
		return fault.New(fault.Internal, "a petition shows a %T", seen.Content)
	}
	p := petitionPage{Petition: of, AsOf: seen.AsOf}
	if p.AsOf == 0 {
		if p.May, err = v.Clerk.May(v.ctx(), v.Order, "petition", id); err != nil {
			return err
		}
		law, err := v.lawInForce()
		if err != nil {
			return err
		}
		p.Heard, _ = law.Petition(p.Plea) // a law that knows it no longer says nothing of it
		if p.decidable() && can(p.May, "petition.grant") {
			if p.Grants, err = v.granting(of); err != nil {
				return err
			}
		}
	}
	return v.show(say(v.own(), "Petition"), petitionFrame(p))
}

// granting are the decisions in force that do what a petition asks for.
func (v *visit) granting(p petition.Petition) ([]choice, error) {
	against := p.Against
	if p.Plea == petition.Namesake {
		against = decision.ID{} // a certificate changes nothing
	}
	rows, err := v.Clerk.DecisionsInForce(v.ctx(), v.Order, against, p.Plea.Effects()...)
	return choicesOf(rows), err
}

func choicesOf(rows []clerk.Row) []choice {
	var out []choice
	for _, r := range rows {
		out = append(out, choice{r.ID, r.Title})
	}
	return out
}

// decidable reports whether somebody may decide now.
func (p petitionPage) decidable() bool { return p.State == petition.Recommended }

func (p petitionPage) id() string { return p.ID.String() }

func (p petitionPage) here() string { return pathOf("petition/" + p.id()) }

// open reports whether the petition still waits for something.
func (p petitionPage) open() bool {
	return p.State == petition.Lodged || p.State == petition.Asked || p.State == petition.Recommended
}

// aside says, as a key of messages, why the reader neither recommends nor decides;
// "" if nothing keeps him from it.
func (p petitionPage) aside(v *visit) string {
	switch {
	case slices.Contains(p.Drafters, v.Person.ID):
		return "You drafted the decision that is contested: other persons recommend and decide."
	case p.State == petition.Recommended && p.AdvisedBy == v.Person.ID:
		return "You recommended what should be decided: another person decides."
	}
	return ""
}

// waitsFor says, as a key of messages, what happens next.
func (p petitionPage) waitsFor() string {
	switch p.State {
	case petition.Lodged:
		return "It waits for a recommendation by somebody who did not draft what is contested."
	case petition.Asked:
		return "It waits for the petitioner's answer; the clock stands still."
	case petition.Recommended:
		return "It waits for whoever leads the secretariat, who decides on the recommendation."
	}
	return ""
}

// measureFor is the measure by which a plea is granted, for drafting it.
func (p petitionPage) measureFor() decision.Measure {
	switch p.Plea {
	case petition.Namesake:
		return decision.Certificate
	case petition.Exemption:
		return decision.Exemption
	case petition.ThirdParty:
		return decision.Amend
	}
	return decision.Lift
}

// pleaTitle is what is asked for, as a key of messages.
func pleaTitle(p petition.Plea) string {
	for _, x := range pleas {
		if x.Plea == p {
			return x.Title
		}
	}
	return stateWord(string(p))
}
