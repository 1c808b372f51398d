package roster

import (
	"maps"
	"slices"
	"time"
)

// PersonID is the id of a person or machine in the roster. It is what an
// envelope says in By.
type PersonID string

// OrganisationID is the id of an agency or institution. It is what an envelope
// says in For.
type OrganisationID string

// SeatID is the id of a seat of the commission.
type SeatID string

// System is who acts when a clock runs out.
const System PersonID = "system"

// Nature is what an organisation is to the commission.
type Nature string

// Natures of organisations (commission.md 1, 5 "obliged").
const (
	Commission  Nature = "commission"  // the authority itself and its secretariat
	Agency      Nature = "agency"      // hands in material, answers requests
	Institution Nature = "institution" // carries out what is decided
	Foreign     Nature = "foreign"     // an authority of another state
	Court       Nature = "court"       // confirms, reviews
)

// Role is what a person may be asked to do. The policies say what follows from it.
type Role string

// Roles.
const (
	Liaison       Role = "liaison"       // hands in material for an agency
	Analyst       Role = "analyst"       // judges alerts, builds dossiers
	Lead          Role = "lead"          // heads the secretariat
	Secretary     Role = "secretary"     // keeps sessions and their minutes
	Member        Role = "member"        // sits in the commission
	Signatory     Role = "signatory"     // signs decisions: a minister, a chair
	Judge         Role = "judge"         // records what a court ruled
	Officer       Role = "officer"       // compliance officer of an institution
	Auditor       Role = "auditor"       // verifies, recounts, sees who saw what
	Ombudsperson  Role = "ombudsperson"  // hears petitions
	Administrator Role = "administrator" // keeps the roster
	Machine       Role = "machine"       // a program with a key
)

// Roles returns every role in the order of the constants.
func Roles() []Role {
	return []Role{
		Liaison, Analyst, Lead, Secretary, Member, Signatory, Judge, Officer, Auditor, Ombudsperson, Administrator, Machine,
	}
}

// Person is who acts: a member of staff, a member of the commission, a machine.
type Person struct {
	ID           PersonID       `json:"id"`
	Name         string         `json:"name,omitempty"`
	Organisation OrganisationID `json:"organisation,omitempty"`
	Roles        []Role         `json:"roles,omitempty"`
	Key          []byte         `json:"key,omitempty"` // Ed25519 public key of the ballots that this person signs; empty if none
	Since        time.Time      `json:"since,omitzero"`
	Left         time.Time      `json:"left,omitzero"` // zero while here
}

// Has reports whether p holds a role and has not left.
func (p Person) Has(r Role) bool { return p.Left.IsZero() && slices.Contains(p.Roles, r) }

// Human reports whether p is a person, who can judge and sign, and not a program.
func (p Person) Human() bool {
	return p.ID != "" && p.ID != System && !slices.Contains(p.Roles, Machine)
}

// Organisation is an agency or institution.
type Organisation struct {
	ID      OrganisationID `json:"id"`
	Name    string         `json:"name,omitempty"`
	Nature  Nature         `json:"nature,omitempty"`
	Country string         `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Since   time.Time      `json:"since,omitzero"`
	Closed  time.Time      `json:"closed,omitzero"` // zero while it exists
}

// Seat is a place in the commission. It exists whether or not somebody holds it.
type Seat struct {
	ID     SeatID         `json:"id"`
	Title  string         `json:"title,omitempty"`
	For    OrganisationID `json:"for,omitempty"` // whom its holder represents; may be empty
	Chair  bool           `json:"chair,omitempty"`
	Holder PersonID       `json:"holder,omitempty"` // "" while vacant
	Deputy PersonID       `json:"deputy,omitempty"` // may vote while the holder is absent; "" if none
	Since  time.Time      `json:"since,omitzero"`
	Act    string         `json:"act,omitempty"` // the act that appointed the holder
}

// Roster is all of them at one moment.
type Roster struct {
	Organisations map[OrganisationID]Organisation `json:"organisations,omitempty"`
	People        map[PersonID]Person             `json:"people,omitempty"`
	Seats         map[SeatID]Seat                 `json:"seats,omitempty"`
}

// Stream is the one stream of a roster.
const Stream = "roster/main"

// Person returns whom id means, false if nobody.
func (r Roster) Person(id PersonID) (Person, bool) {
	p, ok := r.People[id]
	return p, ok
}

// Composition returns the seats in the order of their ids.
func (r Roster) Composition() []Seat {
	var seats []Seat
	for _, id := range slices.Sorted(maps.Keys(r.Seats)) {
		seats = append(seats, r.Seats[id])
	}
	return seats
}

// administrators counts those who are here.
func (r Roster) administrators() int {
	n := 0
	for _, p := range r.People {
		if p.Has(Administrator) {
			n++
		}
	}
	return n
}
