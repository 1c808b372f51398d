package clerk

import (
	"cmp"
	"context"

	"interdict/internal/fault"
	"interdict/internal/roster"
)

// Foundation is whose ledger it is, and its first administrator.
type Foundation struct {
	Commission    roster.OrganisationID
	Nature        roster.Nature // "": a commission
	Name          string
	Country       string // ISO 3166-1 alpha-2
	Administrator roster.PersonID
	PersonName    string
}

func (f Foundation) organisation() roster.Registered {
	return roster.Registered{ID: f.Commission, Name: f.Name, Nature: cmp.Or(f.Nature, roster.Commission), Country: f.Country}
}

func (f Foundation) engaged() roster.Engaged {
	return roster.Engaged{ID: f.Administrator, Name: f.PersonName, Organisation: f.Commission}
}

func (f Foundation) person() roster.Person {
	return roster.Person{ID: f.Administrator, Name: f.PersonName, Organisation: f.Commission}
}

// Found writes the first organisation and its first administrator into an empty
// ledger. It is done once, by whoever holds the data folder.
func (c *Clerk) Found(ctx context.Context, o Foundation) (Done, error) {
	t := c.turnOf(ctx, Order{By: o.Administrator, Key: "found"}, o.person())
	events, err := t.Roster.Found(o.organisation(), o.engaged())
	if err != nil {
		return Done{}, err
	}
	if h, err := t.see(roster.Stream); err == nil {
		return Done{}, fault.New(fault.Conflict, "the roster was founded on %s", h.opened.Format("2006-01-02"))
	}
	if err := t.add(roster.Stream, events...); err != nil {
		return Done{}, err
	}
	return t.commit()
}
