package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"

	"interdict/internal/roster"
)

// Request asks whether somebody may do something to something.
type Request struct {
	Who     roster.Person // the zero value is somebody who is not signed in
	Scope   []Action      // what the API key or certificate names; nil when none is used
	Do      Action
	On      Resource
	Purpose string // of a restricted read, in the words of who asks
}

// Resource is what something is done to, and how it stands to people. Who fills
// it in knows the case; the policies know only this.
type Resource struct {
	Kind       string // of its stream: "dossier"
	ID         string
	Owner      roster.OrganisationID   // whose file it is
	Originator roster.OrganisationID   // who controls its onward use; of a material its sender
	Shared     []roster.OrganisationID // who else may have it now (material.MayPass), or was asked by it
	Assigned   []roster.PersonID       // who works on it, to whom it was given, or whose it is
	Sitting    []roster.PersonID       // who sits for an agenda that it is on
	Recused    []roster.PersonID       // who stands aside from it or from the case that it belongs to
	Handling   Handling
	State      string // as its room says
}

// Handling is how narrowly a resource is held.
type Handling struct {
	TLP               string // the label, "red" (material.TLP); "" if it has none
	OriginatorControl bool   // onward use needs the originator's consent
	Closed            bool   // a compartment: for named persons only
}

// Decision is the answer to a request.
type Decision struct {
	Allowed bool
	Rules   []string // ids of the policies that made it, in order; none where nothing permits
	Fault   error    // why it could not be decided; it is denied then
}

// Decide answers a request. What no policy permits is denied, what one forbids
// is denied whatever else permits it, and so is everything that cannot be
// decided.
func (p *Policies) Decide(r Request) Decision {
	if err := r.check(); err != nil {
		return Decision{Fault: err}
	}
	w := worldOf(r)
	answer, why := cedar.Authorize(p.on[r.Do], w, cedar.Request{
		Principal: w.who.UID, Action: actionUID(r.Do), Resource: w.on.UID, Context: contextOf(r),
	})
	if len(why.Errors) > 0 {
		return Decision{Fault: fmt.Errorf("deciding %s: policy %s: %s", r.Do, why.Errors[0].PolicyID, why.Errors[0].Message)}
	}
	d := Decision{Allowed: answer == cedar.Allow}
	for _, reason := range why.Reasons {
		d.Rules = append(d.Rules, string(reason.PolicyID))
	}
	slices.Sort(d.Rules)
	return d
}

// check returns an error for a request that no policy can answer.
func (r Request) check() error {
	_, known := Find(r.Do)
	switch {
	case !known:
		return fmt.Errorf("deciding %q: no such action", r.Do)
	case r.On.Kind != r.Do.Kind():
		return fmt.Errorf("deciding %s: it is not done on a %q", r.Do, r.On.Kind)
	case r.Who.ID == "" && (len(r.Who.Roles) > 0 || r.Who.Organisation != ""):
		return fmt.Errorf("deciding %s: the one who asks has no id", r.Do)
	case r.Who.ID != "" && r.Who.ID != roster.System && r.Who.Organisation == "":
		return fmt.Errorf("deciding %s: %s belongs to no organisation", r.Do, r.Who.ID)
	case r.Who.ID == roster.System && len(r.Who.Roles) > 0:
		return fmt.Errorf("deciding %s: the system holds no role", r.Do)
	}
	return nil
}

// world is what the policies can look up: who asks, what it is about, actions.
type world struct{ who, on types.Entity }

func (w world) Get(uid types.EntityUID) (types.Entity, bool) {
	switch uid {
	case w.who.UID:
		return w.who, true
	case w.on.UID:
		return w.on, true
	}
	e, ok := actionEntities[uid]
	return e, ok
}

func worldOf(r Request) world {
	return world{who: whoOf(r.Who), on: onOf(r.On)}
}

// whoOf returns the one who asks. Who has left, or is not signed in, holds no
// role and belongs nowhere.
func whoOf(p roster.Person) types.Entity {
	e := types.Entity{UID: personUID(p.ID)}
	if p.ID == "" || p.ID == roster.System || !p.Left.IsZero() {
		return e
	}
	roles := make([]types.EntityUID, 0, len(p.Roles)+1)
	roles = append(roles, roleUID("signed_in"))
	for _, role := range p.Roles {
		roles = append(roles, roleUID(string(role)))
	}
	e.Parents = types.NewEntityUIDSet(roles...)
	e.Attributes = types.NewRecord(types.RecordMap{"organisation": organisationUID(p.Organisation)})
	return e
}

func onOf(r Resource) types.Entity {
	return types.Entity{
		UID: types.NewEntityUID(types.EntityType(entityType(r.Kind)), types.String(r.ID)),
		Attributes: types.NewRecord(types.RecordMap{
			"owner":              organisationUID(r.Owner),
			"originator":         organisationUID(r.Originator),
			"shared":             setOf(r.Shared, organisationUID),
			"assigned":           setOf(r.Assigned, personUID),
			"sitting":            setOf(r.Sitting, personUID),
			"recused":            setOf(r.Recused, personUID),
			"tlp":                types.String(r.Handling.TLP),
			"originator_control": types.Boolean(r.Handling.OriginatorControl),
			"closed":             types.Boolean(r.Handling.Closed),
			"state":              types.String(r.State),
		}),
	}
}

func contextOf(r Request) types.Record {
	return types.NewRecord(types.RecordMap{
		"purpose": types.String(strings.TrimSpace(r.Purpose)),
		"keyed":   types.Boolean(r.Scope != nil),
		"scope":   setOf(r.Scope, actionUID),
	})
}

func setOf[T any](all []T, uid func(T) types.EntityUID) types.Set {
	values := make([]types.Value, len(all))
	for i, x := range all {
		values[i] = uid(x)
	}
	return types.NewSet(values...)
}

func personUID(p roster.PersonID) types.EntityUID {
	return types.NewEntityUID("Person", types.String(p))
}

func organisationUID(o roster.OrganisationID) types.EntityUID {
	return types.NewEntityUID("Organisation", types.String(o))
}

func roleUID(r string) types.EntityUID { return types.NewEntityUID("Role", types.String(r)) }

func actionUID(a Action) types.EntityUID { return types.NewEntityUID("Action", types.String(a)) }

// entityType returns the name of a kind in the policies: "Dossier".
func entityType(kind string) string { return strings.ToUpper(kind[:1]) + kind[1:] }

// actionEntities are the actions with the groups that policies speak of.
var actionEntities = func() types.EntityMap {
	m := types.EntityMap{}
	for _, e := range table {
		var in []types.EntityUID
		for _, g := range e.groups() {
			in = append(in, actionUID(Action(g)))
		}
		m[actionUID(e.Action)] = types.Entity{UID: actionUID(e.Action), Parents: types.NewEntityUIDSet(in...)}
	}
	return m
}()
