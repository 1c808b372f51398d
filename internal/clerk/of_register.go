package clerk

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/register"
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

// ListProposed says that somebody looked at an edition that is held back, and
// proposes to take it.
type ListProposed struct {
	Source  string `json:"source"`
	Edition string `json:"edition"`
	Reason  string `json:"reason"`
}

// Kind is stored for ever.
func (ListProposed) Kind() string { return "register.proposed" }

// ListAccepted says that a second person looked, and that the edition is taken.
type ListAccepted struct {
	Source  string `json:"source"`
	Edition string `json:"edition"`
	Reason  string `json:"reason"`
}

// Kind is stored for ever.
func (ListAccepted) Kind() string { return "register.accepted" }

// Proposal is an edition that somebody proposes to take although something speaks
// against it, and whether a second person accepted it.
type Proposal struct {
	Edition  string          `json:"edition"`
	By       roster.PersonID `json:"by"`
	At       time.Time       `json:"at"`
	Reason   string          `json:"reason"`
	Accepted roster.PersonID `json:"accepted,omitempty"` // by whom
	Why      string          `json:"why,omitempty"`
	When     time.Time       `json:"when,omitzero"`
}

// InForce is the register that was screened against, and since when; and of each
// source the last edition that was proposed.
type InForce struct {
	RegisterTaken
	Since     time.Time           `json:"since"`
	Proposals map[string]Proposal `json:"proposals,omitempty"` // by source
}

// Apply returns r as it is after e.
func (r InForce) Apply(e event.Event, env event.Envelope) InForce {
	r.Proposals = maps.Clone(r.Proposals)
	switch e := e.(type) {
	case RegisterTaken:
		// What was proposed was judged beside the edition then in force, and holds no
		// longer than that: the same bytes held back again are to be judged again.
		maps.DeleteFunc(r.Proposals, func(source string, _ Proposal) bool { return e.Editions[source] != r.Editions[source] })
		r.RegisterTaken, r.Since = e, env.At
	case ListProposed:
		if r.Proposals == nil {
			r.Proposals = map[string]Proposal{}
		}
		r.Proposals[e.Source] = Proposal{Edition: e.Edition, By: roster.PersonID(env.By), At: env.At, Reason: e.Reason}
	case ListAccepted:
		p := r.Proposals[e.Source]
		p.Accepted, p.Why, p.When = roster.PersonID(env.By), e.Reason, env.At
		r.Proposals[e.Source] = p
	}
	return r
}

var registerRoom = roomOf("register", func(r *event.Registry) {
	event.Register[RegisterTaken](r)
	event.Register[ListProposed](r)
	event.Register[ListAccepted](r)
},
	func(InForce) row { return row{state: "in_force"} },
	func(InForce) []tie { return nil },
	func(InForce) access.Resource { return access.Resource{Kind: "register", ID: "main"} })

// onEdition names an edition that is held back.
type onEdition struct {
	Source  string `json:"source" doc:"of the list: un, eu …"`
	Edition string `json:"edition" doc:"that waits"`
	Reason  string `json:"reason" doc:"what you looked at, and why it is right; it stays in the ledger"`
}

var registerCommands = []Command{
	onThing("register.propose", "Propose to take an edition of a list that is held back, having looked at what speaks against it.", func(t *Turn, stream string, r InForce, b onEdition) error {
		if err := t.waits(b); err != nil {
			return err
		}
		if p := r.Proposals[b.Source]; p.Edition == b.Edition {
			return fault.New(fault.Conflict, "edition %s of %s is proposed already, by %s", b.Edition, b.Source, p.By)
		}
		return t.add(stream, ListProposed(b))
	}),
	onThing("register.accept", "Take an edition of a list that is held back and that another person proposed.", func(t *Turn, stream string, r InForce, b onEdition) error {
		if err := t.waits(b); err != nil {
			return err
		}
		p := r.Proposals[b.Source]
		switch {
		case p.Edition != b.Edition:
			return fault.Hint(fault.New(fault.Conflict, "nobody proposed edition %s of %s", b.Edition, b.Source), "one person proposes it, another accepts it")
		case p.By == t.By.ID:
			return fault.New(fault.Forbidden, "you proposed it: another person accepts it")
		case p.Accepted != "":
			return fault.New(fault.Conflict, "edition %s of %s is accepted already, by %s", b.Edition, b.Source, p.Accepted)
		}
		return t.add(stream, ListAccepted(b))
	}),
}

// waits returns an error unless the edition is the one of its source that is held
// back, and a reason is given.
func (t *Turn) waits(b onEdition) error {
	if strings.TrimSpace(b.Reason) == "" {
		return fault.New(fault.Invalid, "a reason is needed: what you looked at, and why it is right")
	}
	if t.clerk.Register == nil {
		return fault.New(fault.Conflict, "no register is loaded")
	}
	edition, err := t.clerk.Register.Waiting(b.Source)
	if err != nil {
		return err
	}
	if edition == "" || edition != b.Edition {
		return fault.New(fault.Conflict, "no edition %q of %q is held back", b.Edition, b.Source)
	}
	return nil
}

// TakeAccepted puts the editions in force that two persons took: right after the
// second one, and with the next tick if that failed or a process died in between.
func (c *Clerk) TakeAccepted(ctx context.Context) error {
	if c.Register == nil {
		return nil
	}
	c.taking.Lock() // else a look at earlier proposals could say that all are taken
	defer c.taking.Unlock()
	c.untaken.Store(true)
	h, err := c.thing(ctx, registerStream)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	r, _ := h.value.(InForce)
	var faults []error
	for source, p := range r.Proposals {
		if p.Accepted != "" {
			faults = append(faults, c.takeAccepted(source, p))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	c.untaken.Store(false)
	return c.NoteRegister(ctx)
}

// takeAccepted takes an edition unless that was done, or another one waits now.
func (c *Clerk) takeAccepted(source string, p Proposal) error {
	waiting, err := c.Register.Waiting(source)
	if err != nil || waiting != p.Edition {
		return err
	}
	word := register.Accept{By: string(p.Accepted), At: p.When, Reason: fmt.Sprintf("%s (proposed by %s: %s)", p.Why, p.By, p.Reason)}
	if err := c.Register.Accept(source, p.Edition, word); err != nil {
		return fmt.Errorf("taking edition %s of %s: %w", p.Edition, source, err)
	}
	return nil
}

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
