package access

import "interdict/internal/roster"

// Standing is how a case stands to the one who asks, each by itself: a person
// may stand to a case in several ways, and may then do what any of them permits.
type Standing string

// Standings. Recused is the widest of all, own, team, agenda and shared at once,
// and recused: what is allowed there is allowed to everybody.
const (
	Own     Standing = "own"     // his organisation owns it
	Team    Standing = "team"    // he works on it, it was given to him, or it is his
	Agenda  Standing = "agenda"  // he sits for an agenda that it is on
	Shared  Standing = "shared"  // it is shared with his organisation, or asks it
	Foreign Standing = "foreign" // none of these
	Recused Standing = "recused" // he stands aside from it
)

// Standings returns every standing in the order of the constants.
func Standings() []Standing { return []Standing{Own, Team, Agenda, Shared, Foreign, Recused} }

// Columns of the matrix besides the roles.
const (
	Public = "public" // nobody is signed in
	System = "system" // the clocks
)

// Columns returns the columns of the matrix: the public, every role, the system.
func Columns() []string {
	columns := []string{Public}
	for _, r := range roster.Roles() {
		columns = append(columns, string(r))
	}
	return append(columns, System)
}

// Cell is one answer of the matrix.
type Cell struct {
	Column   string
	Action   Action
	Standing Standing
	Allowed  bool
	Rules    []string
}

// Matrix returns every answer of the policies: each column, each action, each
// standing. docs/access.md is drawn from it.
func (p *Policies) Matrix() []Cell {
	var cells []Cell
	for _, e := range table {
		for _, c := range Columns() {
			for _, s := range Standings() {
				d := p.Decide(Case(c, e.Action, s))
				cells = append(cells, Cell{c, e.Action, s, d.Allowed, d.Rules})
			}
		}
	}
	return cells
}

// Case returns the request of one cell of the matrix: a person who holds that
// one role, and states a purpose. The machine holds also the roles that the
// roster lets it hold, and a key whose scope names every action, so that its
// column shows the most that a machine can do.
func Case(column string, a Action, s Standing) Request {
	r := Request{Who: personOf(column), Do: a, Purpose: "matrix", On: Resource{
		Kind: a.Kind(), ID: "x", Owner: "another", Originator: "another", State: "there",
	}}
	if column == string(roster.Machine) {
		for _, e := range table {
			r.Scope = append(r.Scope, e.Action)
		}
	}
	me, mine := []roster.PersonID{r.Who.ID}, []roster.OrganisationID{r.Who.Organisation}
	all := s == Recused
	if s == Own || all {
		r.On.Owner, r.On.Originator = r.Who.Organisation, r.Who.Organisation
	}
	if s == Team || all {
		r.On.Assigned = me
	}
	if s == Agenda || all {
		r.On.Sitting = me
	}
	if s == Shared || all {
		r.On.Shared = mine
	}
	if all {
		r.On.Recused = me
	}
	return r
}

func personOf(column string) roster.Person {
	switch column {
	case Public:
		return roster.Person{}
	case System:
		return roster.Person{ID: roster.System}
	}
	p := roster.Person{ID: "asking", Organisation: "own", Roles: []roster.Role{roster.Role(column)}}
	if column == string(roster.Machine) {
		p.Roles = append(p.Roles, roster.Liaison, roster.Officer)
	}
	return p
}
