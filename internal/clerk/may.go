package clerk

import (
	"context"
	"strings"

	"interdict/internal/access"
	"interdict/internal/roster"
)

// May returns the commands that the policies let the reader give on a thing. The
// rooms may still refuse one for the state of the thing or for want of a second
// person. What may not be known of is NotFound.
func (c *Clerk) May(ctx context.Context, o Order, kind, id string) ([]Command, error) {
	stream := kind + "/" + id
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, hidden(stream)
	}
	if _, listed := access.Find(access.Action(kind + ".list")); listed {
		if err := t.reaches(kind, id); err != nil {
			return nil, err
		}
	}
	h, err := t.see(stream)
	if err != nil {
		return nil, t.hide(err, stream)
	}
	return t.may(kind, h)
}

// may returns the commands on a thing that the policies let the person give.
func (t *Turn) may(kind string, h held) ([]Command, error) {
	on, err := t.resource(h)
	if err != nil {
		return nil, err
	}
	var out []Command
	for _, cmd := range commands {
		if cmd.Kind() == kind && !cmd.New && t.need(access.Action(cmd.Name), on) == nil {
			out = append(out, cmd)
		}
	}
	return out, nil
}

// Could returns every action that the policies let a person take on something
// that stands as close to him as can be: what may ever be his to do. It looks at
// no thing and is good for leaving out what is never there for somebody.
func (c *Clerk) Could(p roster.Person) map[access.Action]bool {
	out := map[access.Action]bool{}
	for _, e := range access.Actions() {
		kind := e.Action.Kind()
		on := access.Resource{
			Kind: kind, ID: "main", Owner: p.Organisation, Assigned: []roster.PersonID{p.ID},
			Originator: p.Organisation, Sitting: []roster.PersonID{p.ID}, Shared: []roster.OrganisationID{p.Organisation},
		}
		if c.allow(p, Order{By: p.ID, Purpose: "?"}, e.Action, on) == nil {
			out[e.Action] = true
		}
	}
	return out
}

// CommandNamed returns a command by its name: "dossier.ask".
func CommandNamed(name string) (Command, bool) {
	cmd, ok := commandOf[strings.TrimSpace(name)]
	return cmd, ok
}
