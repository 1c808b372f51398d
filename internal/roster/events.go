package roster

import (
	"maps"
	"slices"

	"interdict/internal/event"
)

// Registered says that an organisation takes part.
type Registered struct {
	ID      OrganisationID `json:"id"`
	Name    string         `json:"name"`
	Nature  Nature         `json:"nature"`
	Country string         `json:"country"`
}

// Closed says that an organisation takes part no longer; its people have left.
type Closed struct {
	ID     OrganisationID `json:"id"`
	Reason string         `json:"reason"`
}

// Engaged says that a person or machine belongs to an organisation.
type Engaged struct {
	ID           PersonID       `json:"id"`
	Name         string         `json:"name"`
	Organisation OrganisationID `json:"organisation"`
}

// Left says that a person is here no longer. Roles and seats are gone with him.
type Left struct {
	ID     PersonID `json:"id"`
	Reason string   `json:"reason"`
}

// RoleGiven says that a person holds a role.
type RoleGiven struct {
	ID   PersonID `json:"id"`
	Role Role     `json:"role"`
}

// RoleTaken says that a person holds a role no longer.
type RoleTaken struct {
	ID     PersonID `json:"id"`
	Role   Role     `json:"role"`
	Reason string   `json:"reason"`
}

// KeyStated says with which Ed25519 key a person signs ballots from now on.
type KeyStated struct {
	ID  PersonID `json:"id"`
	Key []byte   `json:"key"`
}

// SeatMade says that the commission has a seat.
type SeatMade struct {
	ID    SeatID         `json:"id"`
	Title string         `json:"title"`
	For   OrganisationID `json:"for,omitempty"`
	Chair bool           `json:"chair,omitempty"`
}

// SeatFilled says who holds a seat, and by which act.
type SeatFilled struct {
	ID     SeatID   `json:"id"`
	Holder PersonID `json:"holder"`
	Deputy PersonID `json:"deputy,omitempty"`
	Act    string   `json:"act"`
}

// SeatVacated says that nobody holds a seat.
type SeatVacated struct {
	ID     SeatID `json:"id"`
	Reason string `json:"reason"`
}

// The kinds, stored for ever.
func (Registered) Kind() string  { return "roster.registered" }
func (Closed) Kind() string      { return "roster.closed" }
func (Engaged) Kind() string     { return "roster.engaged" }
func (Left) Kind() string        { return "roster.left" }
func (RoleGiven) Kind() string   { return "roster.role_given" }
func (RoleTaken) Kind() string   { return "roster.role_taken" }
func (KeyStated) Kind() string   { return "roster.key_stated" }
func (SeatMade) Kind() string    { return "roster.seat_made" }
func (SeatFilled) Kind() string  { return "roster.seat_filled" }
func (SeatVacated) Kind() string { return "roster.seat_vacated" }

// Events makes r read and write the events of the roster.
func Events(r *event.Registry) {
	event.Register[Registered](r)
	event.Register[Closed](r)
	event.Register[Engaged](r)
	event.Register[Left](r)
	event.Register[RoleGiven](r)
	event.Register[RoleTaken](r)
	event.Register[KeyStated](r)
	event.Register[SeatMade](r)
	event.Register[SeatFilled](r)
	event.Register[SeatVacated](r)
}

// Apply returns r as it is after e.
func (r Roster) Apply(e event.Event, env event.Envelope) Roster {
	r = r.clone()
	switch e := e.(type) {
	case Registered:
		r.Organisations[e.ID] = Organisation{ID: e.ID, Name: e.Name, Nature: e.Nature, Country: e.Country, Since: env.At}
	case Closed:
		o := r.Organisations[e.ID]
		o.Closed = env.At
		r.Organisations[e.ID] = o
	case Engaged:
		r.People[e.ID] = Person{ID: e.ID, Name: e.Name, Organisation: e.Organisation, Since: env.At}
	case Left:
		p := r.People[e.ID]
		p.Left, p.Roles = env.At, nil
		r.People[e.ID] = p
		for id, s := range r.Seats {
			r.Seats[id] = s.without(e.ID)
		}
	case RoleGiven:
		p := r.People[e.ID]
		p.Roles = append(slices.Clone(p.Roles), e.Role)
		slices.Sort(p.Roles)
		r.People[e.ID] = p
	case RoleTaken:
		p := r.People[e.ID]
		p.Roles = slices.DeleteFunc(slices.Clone(p.Roles), func(x Role) bool { return x == e.Role })
		r.People[e.ID] = p
	case KeyStated:
		p := r.People[e.ID]
		p.Key = e.Key
		r.People[e.ID] = p
	case SeatMade:
		r.Seats[e.ID] = Seat{ID: e.ID, Title: e.Title, For: e.For, Chair: e.Chair, Since: env.At}
	case SeatFilled:
		s := r.Seats[e.ID]
		s.Holder, s.Deputy, s.Act, s.Since = e.Holder, e.Deputy, e.Act, env.At
		r.Seats[e.ID] = s
	case SeatVacated:
		s := r.Seats[e.ID]
		s.Holder, s.Deputy, s.Act, s.Since = "", "", "", env.At
		r.Seats[e.ID] = s
	}
	return r
}

// without returns s after p left it: a deputy does not become the holder.
func (s Seat) without(p PersonID) Seat {
	if s.Holder == p {
		s.Holder, s.Act = "", ""
	}
	if s.Deputy == p {
		s.Deputy = ""
	}
	return s
}

func (r Roster) clone() Roster {
	r.Organisations, r.People, r.Seats = maps.Clone(r.Organisations), maps.Clone(r.People), maps.Clone(r.Seats)
	if r.Organisations == nil {
		r = Roster{map[OrganisationID]Organisation{}, map[PersonID]Person{}, map[SeatID]Seat{}}
	}
	return r
}
