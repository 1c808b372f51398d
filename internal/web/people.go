package web

import (
	"cmp"
	"slices"

	"interdict/internal/charter"
	"interdict/internal/clerk"
	"interdict/internal/erasure"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/signin"
	"interdict/internal/statute"
)

// administration is who there is, under which law, and what is erased.
func (s *server) administration() {
	s.page("GET /people", (*visit).showPeople)
	s.page("GET /people/{person}", (*visit).showPerson)
	s.page("POST /people/{person}/invite", (*visit).invite)
	s.page("GET /statute", (*visit).showStatute)
	s.page("GET /erasures/{id}", (*visit).showErasure)
}

// peopleView is the roster as a page shows it.
type peopleView struct {
	Version       uint64
	May           []clerk.Command
	Organisations []roster.Organisation
	Of            map[roster.OrganisationID][]roster.Person
	Seats         []roster.Seat
}

func (v *visit) showPeople() error {
	seen, err := v.read("roster", "main")
	if err != nil {
		return err
	}
	r, ok := seen.Content.(roster.Roster)
	if !ok {
		return fault.New(fault.Internal, "a roster that is a %T", seen.Content)
	}
	p := peopleView{Version: seen.Version, Of: map[roster.OrganisationID][]roster.Person{}, Seats: r.Composition()}
	for _, o := range r.Organisations {
		p.Organisations = append(p.Organisations, o)
	}
	slices.SortFunc(p.Organisations, func(a, b roster.Organisation) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.ID, b.ID))
	})
	for _, x := range r.People {
		p.Of[x.Organisation] = append(p.Of[x.Organisation], x)
	}
	for _, all := range p.Of {
		slices.SortFunc(all, func(a, b roster.Person) int { return cmp.Compare(a.ID, b.ID) })
	}
	if p.May, err = v.Clerk.May(v.ctx(), v.Order, "roster", "main"); err != nil {
		return err
	}
	return v.show(say(v.own(), "People"), peoplePage(p))
}

// rank puts the commission first, what was closed last.
func rank(o roster.Organisation) int {
	switch {
	case !o.Closed.IsZero():
		return 2
	case o.Nature == roster.Commission:
		return 0
	}
	return 1
}

// personView is somebody with his credentials, as far as the reader may see.
type personView struct {
	Person  roster.Person
	Version uint64
	May     []clerk.Command
	Held    []signin.Held
	Code    string // enrolment code that was issued just now; shown once
}

func (v *visit) personView() (personView, error) {
	seen, err := v.read("roster", "main")
	if err != nil {
		return personView{}, err
	}
	r, _ := seen.Content.(roster.Roster)
	x, ok := r.Person(roster.PersonID(v.r.PathValue("person")))
	if !ok {
		return personView{}, fault.New(fault.NotFound, "there is nobody of that id")
	}
	p := personView{Person: x, Version: seen.Version}
	if p.May, err = v.Clerk.May(v.ctx(), v.Order, "roster", "main"); err != nil {
		return p, err
	}
	if v.gate() != nil {
		p.Held, err = v.Clerk.Credentials(v.ctx(), v.Order, x.ID)
		if fault.KindOf(err) == fault.NotFound && err != nil {
			err = nil // not his to see
		}
	}
	return p, err
}

func (v *visit) showPerson() error {
	p, err := v.personView()
	if err != nil {
		return err
	}
	return v.show(v.nameOf(p.Person.ID), personPage(p))
}

// invite issues an enrolment code and shows it once.
func (v *visit) invite() error {
	p, err := v.personView()
	if err != nil {
		return err
	}
	if p.Code, err = v.Clerk.Invite(v.ctx(), v.Order, p.Person.ID); err != nil {
		return err
	}
	return v.show(v.nameOf(p.Person.ID), personPage(p))
}

// statuteView is the law in force in words, and the versions before it.
type statuteView struct {
	Law      statute.Statute
	None     bool
	Adopted  charter.Charter
	Sections []lawSection
	May      []clerk.Command
	Shipped  []statute.Statute
}

type lawSection struct {
	Name  string
	Lines []statute.Line
}

func (v *visit) showStatute() error {
	s := statuteView{Shipped: statute.All()}
	seen, err := v.read("statute", "main")
	switch {
	case fault.KindOf(err) == fault.NotFound && err != nil:
		s.None = true
	case err != nil:
		return err
	default:
		s.Adopted, _ = seen.Content.(charter.Charter)
		if s.Law, err = v.lawInForce(); err != nil {
			return err
		}
	}
	for _, l := range s.Law.Lines() {
		if n := len(s.Sections); n == 0 || s.Sections[n-1].Name != l.Section {
			s.Sections = append(s.Sections, lawSection{Name: l.Section})
		}
		last := &s.Sections[len(s.Sections)-1]
		last.Lines = append(last.Lines, l)
	}
	if s.None {
		s.Sections = nil
	}
	return v.show(say(v.own(), "Statute"), statutePage(s))
}

// erasureView is an order to erase.
type erasureView struct {
	Order   erasure.Order
	Version uint64
	May     []clerk.Command
}

func (v *visit) showErasure() error {
	id := v.r.PathValue("id")
	seen, err := v.read("erasure", id)
	if err != nil {
		return err
	}
	e := erasureView{Version: seen.Version}
	e.Order, _ = seen.Content.(erasure.Order)
	if e.May, err = v.Clerk.May(v.ctx(), v.Order, "erasure", id); err != nil {
		return err
	}
	return v.show(say(v.own(), "Erasure"), erasurePage(e))
}
