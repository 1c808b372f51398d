package clerk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"interdict/internal/access"
	"interdict/internal/alert"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/petition"
	"interdict/internal/report"
	"interdict/internal/roster"
	"interdict/internal/session"
)

// allow returns Forbidden unless the policies permit it. Why not is not said to
// who asks.
func (c *Clerk) allow(p roster.Person, o Order, a access.Action, on access.Resource) error {
	d := c.policies.Decide(access.Request{Who: p, Scope: o.Scope, Do: a, On: on, Purpose: o.Purpose})
	switch {
	case d.Fault != nil:
		return fault.As(fault.Forbidden, d.Fault)
	case !d.Allowed:
		return fault.New(fault.Forbidden, "%s may not %s on %s", p.ID, a, on.ID)
	}
	return nil
}

// reaches returns NotFound unless the person may know of a thing that a command
// names beside its own.
func (t *Turn) reaches(kind, id string) error {
	stream := kind + "/" + id
	h, err := t.see(stream)
	if err != nil {
		return t.hide(err, stream)
	}
	on, err := t.resource(h)
	if err != nil {
		return err
	}
	return t.hideOr(t.clerk.allow(t.By, t.order.with(access.Action(kind+".list")), access.Action(kind+".list"), on), stream)
}

// with is the order under a key that may be used for an action too: what a
// command needs beside itself is not what its key names.
func (o Order) with(a access.Action) Order {
	if o.Scope != nil {
		o.Scope = append(slices.Clone(o.Scope), a)
	}
	return o
}

func (t *Turn) hideOr(err error, stream string) error {
	if err == nil {
		return nil
	}
	return t.hide(err, stream)
}

// resource says how a thing stands to people: whose it is, who works on it, who
// sits for it, who stands aside.
func (t *Turn) resource(h held) (access.Resource, error) {
	room, err := roomFor(h.stream)
	if err != nil {
		return access.Resource{}, err
	}
	on := room.resource(h.value)
	err = t.standing(h.value, &on)
	return on, err
}

// standing fills in what a thing does not know of itself.
func (t *Turn) standing(value any, on *access.Resource) error {
	switch a := value.(type) {
	case material.Material:
		return t.materialTo(a, on)
	case alert.Alert:
		return t.alertTo(a, on)
	case alert.Exclusion:
		return t.certifiedTo(a, on)
	case dossier.Dossier:
		return t.caseTo(a, on)
	case session.Session:
		on.Owner, on.Sitting = houseOf(t.Roster), sittingIn(a, t.Roster)
	case decision.Decision:
		return t.decisionTo(a, on)
	case report.Report, report.Acknowledgement:
		on.Shared = []roster.OrganisationID{commissionOf(t.Roster)}
	case report.Edition:
		on.Owner = houseOf(t.Roster)
	case petition.Petition:
		return t.contestedTo(a.Against, on)
	case petition.Reviews:
		return t.contestedTo(a.Decision, on)
	}
	return nil
}

func (c *Clerk) roster(ctx context.Context) (roster.Roster, error) {
	h, err := c.thing(ctx, roster.Stream)
	r, _ := h.value.(roster.Roster)
	return r, err
}

func commissionOf(r roster.Roster) roster.OrganisationID {
	var id roster.OrganisationID
	for _, o := range r.Organisations {
		if o.Nature == roster.Commission && o.Closed.IsZero() && (id == "" || o.ID < id) {
			id = o.ID
		}
	}
	return id
}

// houseOf returns whose ledger it is: the commission's, or that of the institution
// which was founded first.
func houseOf(r roster.Roster) roster.OrganisationID {
	if id := commissionOf(r); id != "" {
		return id
	}
	var first roster.Organisation
	for _, o := range r.Organisations {
		if o.Nature == roster.Institution && o.Closed.IsZero() && (first.ID == "" || o.Since.Before(first.Since) || o.Since.Equal(first.Since) && o.ID < first.ID) {
			first = o
		}
	}
	return first.ID
}

// sittingIn returns who sits in a session: the composition when it opened, before
// that the present one.
func sittingIn(s session.Session, r roster.Roster) []roster.PersonID {
	seats := s.Seats
	if s.State == session.Called {
		seats = session.SeatsOf(r)
	}
	var out []roster.PersonID
	for _, seat := range seats {
		for _, p := range []roster.PersonID{seat.Holder, seat.Deputy} {
			if p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

// caseTo says how a case stands to people. Who sits for an agenda that it is on
// reads it, unless recused from it.
func (t *Turn) caseTo(d dossier.Dossier, on *access.Resource) error {
	on.Owner = houseOf(t.Roster)
	on.Assigned = append(on.Assigned, d.Team...)
	on.Recused = append(on.Recused, d.Recused...)
	for _, a := range d.Askings {
		if a.What == dossier.Request {
			on.Shared = append(on.Shared, roster.OrganisationID(a.To))
		}
	}
	return t.satOn(d.ID, func(s session.Session) {
		on.Sitting = append(on.Sitting, sittingIn(s, t.Roster)...)
		for _, i := range s.Items {
			if i.Pin.Dossier == d.ID {
				on.Recused = append(on.Recused, i.Recused...)
			}
		}
	})
}

// tied calls see with each thing that is tied so to a target.
func (c *Clerk) tied(ctx context.Context, target, relation string, see func(held)) error {
	ties, err := c.tiesTo(ctx, target)
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("looking for what is tied to %s: %w", target, err))
	}
	for _, t := range ties {
		if t.Relation != relation {
			continue
		}
		h, err := c.thing(ctx, t.Source)
		if isErased(err) {
			continue
		}
		if err != nil {
			return err
		}
		see(h)
	}
	return nil
}

// heads returns who leads the organisations that were given something. TLP RED
// is for named persons: with those it begins, and they admit others to the case.
func (t *Turn) heads(of []roster.OrganisationID) []roster.PersonID {
	var out []roster.PersonID
	for _, p := range t.Roster.People {
		if p.Has(roster.Lead) && contains(of, p.Organisation) {
			out = append(out, p.ID)
		}
	}
	return out
}

// alertTo says how an alert stands to people. One that a material raised is held
// as narrowly as the material.
func (t *Turn) alertTo(a alert.Alert, on *access.Resource) error {
	if err := t.asideFrom(a.Dossier, on); err != nil || a.Channel != alert.FromMaterial {
		return err
	}
	h, err := t.see(a.Source)
	if isErased(err) {
		return nil
	}
	if err != nil {
		return err
	}
	of, err := t.resource(h)
	on.Originator, on.Handling = of.Originator, of.Handling
	on.Shared, on.Assigned, on.Sitting = of.Shared, of.Assigned, of.Sitting
	on.Recused = append(on.Recused, of.Recused...)
	return err
}

// materialTo adds who may have a material now, and who works on or sits for a
// case that rests on it.
func (t *Turn) materialTo(m material.Material, on *access.Resource) error {
	on.Handling = access.Handling{TLP: string(m.Handling.TLP), OriginatorControl: m.Handling.OriginatorControl}
	for _, o := range t.Roster.Organisations {
		if ok, _ := m.MayPass(o.ID, t.At); ok && o.ID != m.Originator && !contains(on.Shared, o.ID) && m.Handling.TLP != material.Clear && m.Handling.TLP != material.Green {
			on.Shared = append(on.Shared, o.ID)
		}
	}
	if m.Handling.TLP == material.Red {
		on.Assigned = append(on.Assigned, t.heads(on.Shared)...)
	}
	var cases []string
	for _, x := range m.Mentions {
		if x.State == material.Linked && !contains(cases, x.To) {
			cases = append(cases, x.To)
		}
	}
	for _, id := range cases {
		h, err := t.see("dossier/" + id)
		if isErased(err) {
			continue
		}
		if err != nil {
			return err
		}
		var of access.Resource
		if err := t.caseTo(h.value.(dossier.Dossier), &of); err != nil {
			return err
		}
		on.Assigned = append(on.Assigned, of.Assigned...)
		on.Sitting = append(on.Sitting, of.Sitting...)
		on.Recused = append(on.Recused, of.Recused...)
	}
	return nil
}

// decisionTo says how a decision stands to people: as its case does, and to those
// whose signature or ruling it waits for.
func (t *Turn) decisionTo(d decision.Decision, on *access.Resource) error {
	h, err := t.see(dossier.Stream(d.Pin.Dossier))
	if err != nil {
		return t.closedIfErased(err, on)
	}
	if err := t.caseTo(h.value.(dossier.Dossier), on); err != nil {
		return err
	}
	on.Shared = nil // an agency that was asked is not told the outcome before the public
	on.Assigned = append(on.Assigned, d.Drafters...)
	for _, s := range d.Signatures {
		on.Assigned = append(on.Assigned, s.By)
	}
	stage, waits := d.Stage()
	if !waits {
		return nil
	}
	for _, p := range t.Roster.People {
		for _, office := range stage.Offices {
			if holds(t.Roster, p, office) {
				on.Assigned = append(on.Assigned, p.ID)
			}
		}
	}
	return nil
}

// holds reports whether a person may act for an office of a stage: the chair's is
// the chair's seat, with its deputy; a court's is whoever records rulings; any
// other is that of the organisation of that id or name.
func holds(r roster.Roster, p roster.Person, office string) bool {
	switch {
	case !p.Left.IsZero():
		return false
	case office == "chair":
		for _, s := range r.Seats {
			if s.Chair && (s.Holder == p.ID || s.Deputy == p.ID) {
				return true
			}
		}
		return false
	case p.Has(roster.Judge):
		o := r.Organisations[p.Organisation]
		return o.Nature == roster.Court
	}
	o := r.Organisations[p.Organisation]
	return p.Has(roster.Signatory) && (strings.EqualFold(string(o.ID), office) || strings.EqualFold(o.Name, office))
}

// contestedTo says how a petition or review stands to people: as the decision
// that it is about.
func (t *Turn) contestedTo(id decision.ID, on *access.Resource) error {
	h, err := t.see(decision.Stream(id))
	if err != nil {
		return t.closedIfErased(err, on)
	}
	var of access.Resource
	if err := t.decisionTo(h.value.(decision.Decision), &of); err != nil {
		return err
	}
	on.Owner, on.Assigned, on.Sitting, on.Recused, on.Handling = of.Owner, of.Assigned, of.Sitting, of.Recused, of.Handling
	return nil
}

// asideFrom says who stands aside from something that was handed to a case.
func (t *Turn) asideFrom(id string, on *access.Resource) error {
	if id == "" {
		return nil
	}
	h, err := t.see("dossier/" + id)
	if err != nil {
		return t.closedIfErased(err, on)
	}
	var of access.Resource
	err = t.caseTo(h.value.(dossier.Dossier), &of)
	on.Recused = of.Recused
	return err
}

// certifiedTo says who stands aside from the case of a certificate.
func (t *Turn) certifiedTo(x alert.Exclusion, on *access.Resource) error {
	if x.Certificate == "" {
		return nil
	}
	h, err := t.see("decision/" + x.Certificate)
	if err != nil {
		return t.closedIfErased(err, on)
	}
	return t.asideFrom(h.value.(decision.Decision).Pin.Dossier.String(), on)
}

// closedIfErased closes what belongs to an erased case: who stood aside from it
// is not known any more.
func (t *Turn) closedIfErased(err error, on *access.Resource) error {
	if !isErased(err) {
		return err
	}
	on.Owner, on.Handling.Closed = houseOf(t.Roster), true
	return nil
}
