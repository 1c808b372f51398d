package clerk

import (
	"interdict/internal/access"
	"interdict/internal/event"
	"interdict/internal/roster"
)

// The roster is one stream, whose id is "main".
var rosterCommands = []Command{
	verb("roster.register", "Register an agency, institution, court or foreign authority.", func(_ *Turn, r roster.Roster, b roster.Registered) ([]event.Event, error) {
		return r.Register(b)
	}),
	verb("roster.close", "End an organisation whose people have all left.", func(_ *Turn, r roster.Roster, b roster.Closed) ([]event.Event, error) {
		return r.Close(b.ID, b.Reason)
	}),
	verb("roster.engage", "Add a person or machine to an organisation, without any role.", func(_ *Turn, r roster.Roster, b roster.Engaged) ([]event.Event, error) {
		return r.Engage(b)
	}),
	onThing("roster.leave", "Record that a person has left; roles, seats, sessions and credentials go too.", func(t *Turn, stream string, r roster.Roster, b roster.Left) error {
		events, err := r.Leave(b.ID, b.Reason)
		if err != nil {
			return err
		}
		if err := t.add(stream, events...); err != nil {
			return err
		}
		return t.revokeAll(b.ID, b.Reason)
	}),
	verb("roster.give_role", "Give a role to another person.", func(t *Turn, r roster.Roster, b roster.RoleGiven) ([]event.Event, error) {
		return r.GiveRole(t.By, b.ID, b.Role)
	}),
	verb("roster.take_role", "End a role of a person.", func(_ *Turn, r roster.Roster, b roster.RoleTaken) ([]event.Event, error) {
		return r.TakeRole(b.ID, b.Role, b.Reason)
	}),
	verb("roster.make_seat", "Add a seat to the commission.", func(_ *Turn, r roster.Roster, b roster.SeatMade) ([]event.Event, error) {
		return r.MakeSeat(b)
	}),
	verb("roster.fill_seat", "Appoint a member, and perhaps a deputy, by the act that is named.", func(t *Turn, r roster.Roster, b roster.SeatFilled) ([]event.Event, error) {
		return r.FillSeat(t.By, b)
	}),
	verb("roster.vacate_seat", "End an appointment.", func(_ *Turn, r roster.Roster, b roster.SeatVacated) ([]event.Event, error) {
		return r.VacateSeat(b.ID, b.Reason)
	}),
	verb("roster.state_key", "State the Ed25519 public key with which you sign ballots.", func(t *Turn, r roster.Roster, b struct {
		Key []byte `json:"key" doc:"32 bytes, in base64"`
	},
	) ([]event.Event, error) {
		return r.StateKey(t.By, b.Key)
	}),
}

var rosterRoom = roomOf("roster", roster.Events,
	func(roster.Roster) row { return row{state: "kept"} },
	func(roster.Roster) []tie { return nil },
	func(roster.Roster) access.Resource { return access.Resource{Kind: "roster", ID: "main"} })
