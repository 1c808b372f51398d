package clerk

import (
	"context"
	"fmt"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/roster"
	"interdict/internal/screen"
)

// registerStream is the one stream of the registers that were in force.
const registerStream = "register/main"

// RegisterTaken says which register is screened against from now on.
type RegisterTaken struct {
	Snapshot string            `json:"snapshot"`
	Profile  string            `json:"profile"`
	Editions map[string]string `json:"editions"` // source: edition
}

// Kind is stored for ever.
func (RegisterTaken) Kind() string { return "register.taken" }

// InForce is the register that was screened against, and since when.
type InForce struct {
	RegisterTaken
	Since time.Time `json:"since"`
}

// Apply returns r as it is after e.
func (r InForce) Apply(e event.Event, env event.Envelope) InForce {
	if taken, ok := e.(RegisterTaken); ok {
		return InForce{taken, env.At}
	}
	return r
}

var registerRoom = roomOf("register", func(r *event.Registry) { event.Register[RegisterTaken](r) },
	func(InForce) row { return row{state: "in_force"} },
	func(InForce) []tie { return nil },
	func(InForce) access.Resource { return access.Resource{Kind: "register", ID: "main"} })

// NoteRegister records which register is screened against, if it is another one
// than was recorded last, and ends exclusions of what has changed.
func (c *Clerk) NoteRegister(ctx context.Context) error {
	if c.Register == nil {
		return nil
	}
	now := RegisterTaken{c.snapshot(), c.profile(), c.Register.Editions()}
	h, err := c.thing(ctx, registerStream)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if r, _ := h.value.(InForce); r.Snapshot == now.Snapshot && r.Profile == now.Profile {
		return nil
	}
	t := c.turnOf(ctx, Order{By: roster.System}, roster.Person{ID: roster.System})
	if err := t.add(registerStream, now); err != nil {
		return err
	}
	if err := t.endExclusions(); err != nil {
		return fmt.Errorf("ending exclusions: %w", err)
	}
	_, err = t.commit()
	if fault.KindOf(err) == fault.Conflict {
		return nil // another process was first
	}
	return err
}

// endExclusions records the end of every exclusion whose entry or scoring
// profile is another one now. They have no effect already (alert.Covers).
func (t *Turn) endExclusions() error {
	for _, state := range []alert.ExclusionState{alert.Pending, alert.InForce} {
		all, err := t.clerk.all(t.ctx, "exclusion", string(state))
		if err != nil {
			return err
		}
		for _, h := range all {
			x := h.value.(alert.Exclusion)
			now := x.Scope
			now.EntryVersion, _ = t.clerk.Register.Entry(x.Scope.Entry)
			now.Profile = t.clerk.profile()
			if err := t.add(h.stream, x.Expire(now, t.At)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// engineAt returns the register that was screened against at a moment.
func (c *Clerk) engineAt(ctx context.Context, when When) (*screen.Engine, error) {
	if c.Register == nil {
		return nil, fault.New(fault.Conflict, "no register is loaded")
	}
	if when == (When{}) {
		return c.Register.Engine(), nil
	}
	h, _, err := c.then(ctx, registerStream, when)
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "no register was in force then")
	}
	if err != nil {
		return nil, err
	}
	return c.Register.Then(h.value.(InForce).Snapshot)
}
