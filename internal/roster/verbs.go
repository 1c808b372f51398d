package roster

import (
	"crypto/ed25519"
	"slices"

	"interdict/internal/event"
	"interdict/internal/fault"
)

// one returns e as what a verb answers.
func one(e event.Event) ([]event.Event, error) { return []event.Event{e}, nil }

// Found writes the first administrator into an empty roster. It is done once,
// before anybody can sign in; it is the only way in which somebody gets a role
// without another person.
func (r Roster) Found(o Registered, first Engaged) ([]event.Event, error) {
	if len(r.People) > 0 || len(r.Organisations) > 0 {
		return nil, fault.New(fault.Conflict, "founding the roster: it has people already")
	}
	if o.ID == "" || first.ID == "" || first.ID == System || first.Organisation != o.ID || o.Name == "" || first.Name == "" {
		return nil, fault.New(fault.Invalid, "founding the roster: want an organisation and a person of it, with ids and names")
	}
	if !slices.Contains(natures, o.Nature) {
		return nil, fault.New(fault.Invalid, "founding the roster: no nature %q", o.Nature)
	}
	return []event.Event{o, first, RoleGiven{ID: first.ID, Role: Administrator}}, nil
}

var natures = []Nature{Commission, Agency, Institution, Foreign, Court}

// Register adds an organisation.
func (r Roster) Register(o Registered) ([]event.Event, error) {
	switch {
	case o.ID == "" || o.Name == "":
		return nil, fault.New(fault.Invalid, "registering an organisation: want an id and a name")
	case !slices.Contains(natures, o.Nature):
		return nil, fault.New(fault.Invalid, "registering %s: no nature %q; one of %q", o.ID, o.Nature, natures)
	case r.Organisations[o.ID].ID != "":
		return nil, fault.New(fault.Conflict, "registering %s: it is registered", o.ID)
	}
	return one(o)
}

// Close ends an organisation once all of its people have left.
func (r Roster) Close(id OrganisationID, reason string) ([]event.Event, error) {
	if err := r.open(id); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "closing %s: want a reason", id)
	}
	for _, p := range r.People {
		if p.Organisation == id && p.Left.IsZero() {
			return nil, fault.New(fault.Conflict, "closing %s: %s is still there", id, p.ID)
		}
	}
	return one(Closed{id, reason})
}

// Engage adds a person or machine to an organisation, without any role.
func (r Roster) Engage(p Engaged) ([]event.Event, error) {
	if p.ID == "" || p.Name == "" || p.ID == System {
		return nil, fault.New(fault.Invalid, "engaging a person: want an id, not %q, and a name", System)
	}
	if _, ok := r.People[p.ID]; ok {
		return nil, fault.New(fault.Conflict, "engaging %s: that id is taken", p.ID)
	}
	if err := r.open(p.Organisation); err != nil {
		return nil, err
	}
	return one(p)
}

// Leave ends the work of a person. The last administrator stays.
func (r Roster) Leave(id PersonID, reason string) ([]event.Event, error) {
	p, err := r.here(id)
	if err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, fault.New(fault.Invalid, "ending the work of %s: want a reason", id)
	}
	if p.Has(Administrator) && r.administrators() == 1 {
		return nil, fault.New(fault.Conflict, "ending the work of %s: nobody else is administrator", id)
	}
	return one(Left{id, reason})
}

// GiveRole gives a role to another person than by.
func (r Roster) GiveRole(by Person, id PersonID, role Role) ([]event.Event, error) {
	p, err := r.here(id)
	if err != nil {
		return nil, err
	}
	switch {
	case by.ID == id:
		return nil, fault.New(fault.Forbidden, "giving %s the role %s: nobody gives himself a role", id, role)
	case !slices.Contains(Roles(), role):
		return nil, fault.New(fault.Invalid, "giving %s the role %q: no such role; one of %q", id, role, Roles())
	case p.Has(role):
		return nil, fault.New(fault.Conflict, "giving %s the role %s: held already", id, role)
	case role == Machine && len(p.Roles) > 0 && !p.Has(Officer) && !p.Has(Liaison):
		return nil, fault.New(fault.Invalid, "giving %s the role %s: a machine hands in and screens; it judges nothing", id, role)
	case p.Has(Machine) && role != Officer && role != Liaison:
		return nil, fault.New(fault.Invalid, "giving %s the role %s: a machine hands in and screens; it judges nothing", id, role)
	}
	return one(RoleGiven{id, role})
}

// TakeRole ends a role. The last administrator keeps his.
func (r Roster) TakeRole(id PersonID, role Role, reason string) ([]event.Event, error) {
	p, err := r.here(id)
	switch {
	case err != nil:
		return nil, err
	case !p.Has(role):
		return nil, fault.New(fault.Conflict, "taking the role %s from %s: not held", role, id)
	case reason == "":
		return nil, fault.New(fault.Invalid, "taking the role %s from %s: want a reason", role, id)
	case role == Administrator && r.administrators() == 1:
		return nil, fault.New(fault.Conflict, "taking the role %s from %s: nobody else is administrator", role, id)
	}
	return one(RoleTaken{id, role, reason})
}

// StateKey records the key with which a person signs ballots. Each states his own.
func (r Roster) StateKey(by Person, key []byte) ([]event.Event, error) {
	if _, err := r.here(by.ID); err != nil {
		return nil, err
	}
	if len(key) != ed25519.PublicKeySize {
		return nil, fault.New(fault.Invalid, "stating the key of %s: want %d bytes of an Ed25519 key, got %d", by.ID, ed25519.PublicKeySize, len(key))
	}
	return one(KeyStated{by.ID, slices.Clone(key)})
}

// MakeSeat adds a seat to the commission. There is at most one chair.
func (r Roster) MakeSeat(s SeatMade) ([]event.Event, error) {
	if s.ID == "" || s.Title == "" {
		return nil, fault.New(fault.Invalid, "making a seat: want an id and a title")
	}
	if r.Seats[s.ID].ID != "" {
		return nil, fault.New(fault.Conflict, "making seat %s: there is one", s.ID)
	}
	if s.For != "" {
		if err := r.open(s.For); err != nil {
			return nil, err
		}
	}
	for _, other := range r.Seats {
		if s.Chair && other.Chair {
			return nil, fault.New(fault.Conflict, "making seat %s: %s is the chair's", s.ID, other.ID)
		}
	}
	return one(s)
}

// FillSeat appoints a member, and perhaps a deputy, by the act that is named.
// Nobody appoints himself, and nobody sits on two seats.
func (r Roster) FillSeat(by Person, f SeatFilled) ([]event.Event, error) {
	s, ok := r.Seats[f.ID]
	switch {
	case !ok:
		return nil, fault.New(fault.NotFound, "filling seat %s: no such seat", f.ID)
	case s.Holder != "":
		return nil, fault.New(fault.Conflict, "filling seat %s: %s holds it", f.ID, s.Holder)
	case f.Act == "":
		return nil, fault.New(fault.Invalid, "filling seat %s: name the act of appointment", f.ID)
	case f.Holder == "" || f.Holder == f.Deputy:
		return nil, fault.New(fault.Invalid, "filling seat %s: want a holder, and another person as deputy", f.ID)
	}
	for _, id := range []PersonID{f.Holder, f.Deputy} {
		if id == "" {
			continue
		}
		p, err := r.here(id)
		if err != nil {
			return nil, err
		}
		if id == by.ID {
			return nil, fault.New(fault.Forbidden, "filling seat %s: nobody appoints himself", f.ID)
		}
		if p.Has(Machine) {
			return nil, fault.New(fault.Invalid, "filling seat %s: %s is a machine", f.ID, id)
		}
		for _, other := range r.Seats {
			if other.ID != f.ID && (other.Holder == id || other.Deputy == id) {
				return nil, fault.New(fault.Conflict, "filling seat %s: %s has seat %s", f.ID, id, other.ID)
			}
		}
	}
	return one(f)
}

// VacateSeat ends an appointment.
func (r Roster) VacateSeat(id SeatID, reason string) ([]event.Event, error) {
	s, ok := r.Seats[id]
	switch {
	case !ok:
		return nil, fault.New(fault.NotFound, "vacating seat %s: no such seat", id)
	case s.Holder == "":
		return nil, fault.New(fault.Conflict, "vacating seat %s: it is vacant", id)
	case reason == "":
		return nil, fault.New(fault.Invalid, "vacating seat %s: want a reason", id)
	}
	return one(SeatVacated{id, reason})
}

// open returns an error unless the organisation takes part.
func (r Roster) open(id OrganisationID) error {
	o, ok := r.Organisations[id]
	if !ok {
		return fault.New(fault.NotFound, "no organisation %q", id)
	}
	if !o.Closed.IsZero() {
		return fault.New(fault.Conflict, "organisation %s is closed", id)
	}
	return nil
}

// here returns the person unless there is none or he has left.
func (r Roster) here(id PersonID) (Person, error) {
	p, ok := r.People[id]
	if !ok {
		return Person{}, fault.New(fault.NotFound, "nobody is %q", id)
	}
	if !p.Left.IsZero() {
		return Person{}, fault.New(fault.Conflict, "%s has left", id)
	}
	return p, nil
}
