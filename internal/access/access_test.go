package access_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interdict/internal/access"
	"interdict/internal/roster"
)

var (
	policies = access.Shipped()
	matrix   = sync.OnceValue(policies.Matrix)
)

// on returns a case of the secretariat that sara and boris work on, with two
// agencies beside it.
func on(kind string, change ...func(*access.Resource)) access.Resource {
	r := access.Resource{
		Kind: kind, ID: "x", Owner: "secretariat", Originator: "secretariat", State: "open",
		Shared: []roster.OrganisationID{"fiu"}, Assigned: []roster.PersonID{"sara", "boris"}, Sitting: []roster.PersonID{"mia"},
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

func who(id roster.PersonID, of roster.OrganisationID, roles ...roster.Role) roster.Person {
	return roster.Person{ID: id, Organisation: of, Roles: roles}
}

var (
	sara   = who("sara", "secretariat", roster.Analyst)
	ben    = who("ben", "secretariat", roster.Analyst) // not on the case
	lea    = who("lea", "secretariat", roster.Lead)
	mia    = who("mia", "ministry", roster.Member)
	max    = who("max", "ministry", roster.Member) // does not sit for it
	fay    = who("fay", "fiu", roster.Liaison)
	kim    = who("kim", "customs", roster.Liaison)
	adam   = who("adam", "secretariat", roster.Administrator)
	audrey = who("audrey", "court", roster.Auditor)
)

func TestNeedToKnow(t *testing.T) {
	closed := func(r *access.Resource) { r.Handling.Closed = true }
	red := func(r *access.Resource) { r.Handling.TLP = "red" }
	controlled := func(r *access.Resource) {
		r.Handling.OriginatorControl, r.Owner, r.Originator = true, "fiu", "fiu"
		r.Shared = []roster.OrganisationID{"secretariat"}
	}
	recused := func(p roster.PersonID) func(*access.Resource) {
		return func(r *access.Resource) { r.Recused = append(r.Recused, p) }
	}
	for _, c := range []struct {
		name    string
		who     roster.Person
		do      access.Action
		on      access.Resource
		purpose string
		allowed bool
		rules   string
	}{
		{"who works on a case reads it", sara, access.DossierReadClosed, on("dossier"), "triage", true, "dossier-team"},
		{"a colleague does not know it", ben, access.DossierList, on("dossier"), "", false, ""},
		{"no purpose, no reading", sara, access.DossierReadClosed, on("dossier"), " ", false, "purpose-stated"},
		{"the recused analyst sees nothing", sara, access.DossierList, on("dossier", recused("sara")), "", false, "recused-nothing"},
		{"the recused member sees nothing", mia, access.DossierReadClosed, on("dossier", recused("mia")), "vote", false, "recused-nothing"},
		{"recusal of one is not that of another", mia, access.DossierReadClosed, on("dossier", recused("sara")), "vote", true, "dossier-sitting"},
		{"the member who sits reads", mia, access.DossierReadClosed, on("dossier"), "vote", true, "dossier-sitting"},
		{"the member who does not sit has no such case", max, access.DossierList, on("dossier"), "", false, ""},
		{"who is asked does not see the case", fay, access.DossierRead, on("dossier"), "answer", false, ""},
		{"who is asked sees the request", fay, access.RequestRead, on("request"), "answer", true, "request-asked"},
		{"who is asked answers", fay, access.DossierAnswer, on("dossier"), "", true, "dossier-asked"},
		{"another agency does not", kim, access.DossierAnswer, on("dossier"), "", false, ""},
		{"another agency sees no request", kim, access.RequestList, on("request"), "", false, ""},
		{"the lead sees the open version", lea, access.DossierRead, on("dossier"), "oversight", true, "dossier-lead"},
		{"the lead does not see the closed one", lea, access.DossierReadClosed, on("dossier"), "oversight", false, ""},
		{"the lead has no closed case", lea, access.DossierList, on("dossier", closed), "", false, "compartment"},
		{"a closed case is its team's", sara, access.DossierReadClosed, on("dossier", closed), "work", true, "dossier-team"},
		{"the administrator sees no case", adam, access.DossierList, on("dossier"), "", false, "administrator-no-casework"},
		{"not even as an analyst on the team", who("sara", "secretariat", roster.Analyst, roster.Administrator), access.DossierRead, on("dossier"), "x", false, "administrator-no-casework"},
		{"the auditor sees that it exists", audrey, access.DossierList, on("dossier", closed), "", true, "dossier-auditor-sees"},
		{"the auditor does not read it", audrey, access.DossierRead, on("dossier"), "audit", false, ""},
		{"unless it was granted", who("sara", "court", roster.Auditor), access.DossierReadClosed, on("dossier"), "audit", true, "dossier-auditor-granted"},
		{"the auditor on a team changes nothing", who("sara", "secretariat", roster.Auditor, roster.Analyst), access.DossierWrite, on("dossier"), "", false, "auditor-changes-nothing"},
		{"the auditor sees who saw what", audrey, access.AuditRead, on("audit"), "audit", true, "audit-auditor"},
		{"the lead does not", lea, access.AuditRead, on("audit"), "oversight", false, ""},
		{"TLP RED is not for all of the secretariat", ben, access.MaterialRead, on("material", red, func(r *access.Resource) {
			r.Originator, r.Owner = "fiu", "fiu"
			r.Shared = []roster.OrganisationID{"secretariat"}
		}), "", false, "tlp-red"},
		{"its originator keeps it", fay, access.MaterialRead, on("material", red, func(r *access.Resource) { r.Originator, r.Owner = "fiu", "fiu" }), "", true, "material-own material-shared"},
		{"a member of another house reads nothing that its originator controls", mia, access.MaterialReadClosed, on("material", controlled), "vote", false, "originator-control"},
		{"those to whom it was handed do", ben, access.MaterialReadClosed, on("material", controlled), "triage", true, "material-triage"},
		{"the sender does not see what was made of it", fay, access.MaterialReadWork, on("material", controlled), "curiosity", false, ""},
		{"a draft is not yet the members'", mia, access.DecisionRead, on("decision", func(r *access.Resource) { r.State = "draft" }), "vote", false, "decision-draft-hidden"},
		{"a decision is", mia, access.DecisionRead, on("decision", func(r *access.Resource) { r.State = "pending" }), "vote", true, "decision-sitting"},
		{"a chair who signs reads the draft", who("mia", "ministry", roster.Member, roster.Signatory), access.DecisionRead, on("decision", func(r *access.Resource) { r.State = "draft" }), "sign", true, "decision-sign decision-sitting"},
		{"nobody issues a code for himself", adam, access.CredentialInvite, on("credential", func(r *access.Resource) { r.Assigned = []roster.PersonID{"adam"} }), "", false, "credential-second-person"},
		{"but for another", adam, access.CredentialInvite, on("credential"), "", true, "credential-administer"},
		{"the public reads what is published", roster.Person{}, access.PublicationRead, on("publication"), "", true, "publication-public"},
		{"and no decision", roster.Person{}, access.DecisionList, on("decision"), "", false, ""},
		{"clocks run", roster.Person{ID: roster.System}, access.DecisionExpire, on("decision"), "", true, "decision-clocks"},
		{"and read nothing", roster.Person{ID: roster.System}, access.DossierRead, on("dossier"), "x", false, ""},
	} {
		d := policies.Decide(access.Request{Who: c.who, Do: c.do, On: c.on, Purpose: c.purpose})
		if d.Allowed != c.allowed || strings.Join(d.Rules, " ") != c.rules || d.Fault != nil {
			t.Errorf("%s: allowed %v by %q, fault %v; want %v by %q", c.name, d.Allowed, d.Rules, d.Fault, c.allowed, c.rules)
		}
	}
}

func TestKeysNarrow(t *testing.T) {
	robot := who("robot", "fiu", roster.Machine, roster.Liaison)
	mine := on("material", func(r *access.Resource) { r.Owner, r.Originator = "fiu", "fiu" })
	for _, c := range []struct {
		name    string
		who     roster.Person
		scope   []access.Action
		do      access.Action
		allowed bool
		rules   string
	}{
		{"a machine does what its key names", robot, []access.Action{access.MaterialSubmit}, access.MaterialSubmit, true, "material-own"},
		{"and no more", robot, []access.Action{access.MaterialSubmit}, access.MaterialRead, false, "key-scope"},
		{"without a key it does nothing", robot, nil, access.MaterialSubmit, false, "machine-needs-key"},
		{"a key that names nothing opens nothing", robot, []access.Action{}, access.MaterialSubmit, false, "key-scope"},
		{"a key gives no right that its person lacks", robot, []access.Action{access.MaterialLinkMention}, access.MaterialLinkMention, false, "machine-hands-in-and-screens"},
		{"a machine reads no closed reasons", robot, []access.Action{access.MaterialReadClosed}, access.MaterialReadClosed, false, "machine-hands-in-and-screens"},
		{"a person's key narrows a person", fay, []access.Action{access.MaterialRead}, access.MaterialWithdraw, false, "key-scope"},
	} {
		d := policies.Decide(access.Request{Who: c.who, Scope: c.scope, Do: c.do, On: mine, Purpose: "x"})
		if d.Allowed != c.allowed || strings.Join(d.Rules, " ") != c.rules || d.Fault != nil {
			t.Errorf("%s: allowed %v by %q, fault %v; want %v by %q", c.name, d.Allowed, d.Rules, d.Fault, c.allowed, c.rules)
		}
	}
}

func TestDoubtIsDenied(t *testing.T) {
	good := access.Request{Who: sara, Do: access.DossierRead, On: on("dossier"), Purpose: "work"}
	if d := policies.Decide(good); !d.Allowed {
		t.Fatalf("the good request is denied: %+v", d)
	}
	for name, spoil := range map[string]func(*access.Request){
		"an unknown action":          func(r *access.Request) { r.Do = "dossier.shred" },
		"no action":                  func(r *access.Request) { r.Do = "" },
		"a group is no action":       func(r *access.Request) { r.Do = "casework" },
		"another kind":               func(r *access.Request) { r.On.Kind = "material" },
		"no kind":                    func(r *access.Request) { r.On.Kind = "" },
		"no id":                      func(r *access.Request) { r.Who.ID = "" },
		"no organisation":            func(r *access.Request) { r.Who.Organisation = "" },
		"the system with a role":     func(r *access.Request) { r.Who.ID = roster.System },
		"nobody, yet of a house":     func(r *access.Request) { r.Who.ID, r.Who.Roles = "", nil },
		"a role that does not exist": func(r *access.Request) { r.Who.Roles = []roster.Role{"god", "signed_in"} },
		"who has left":               func(r *access.Request) { r.Who.Left = time.Unix(1, 0) },
		"who holds no role":          func(r *access.Request) { r.Who.Roles = nil },
		"nothing at all":             func(r *access.Request) { *r = access.Request{} },
	} {
		r := good
		spoil(&r)
		if d := policies.Decide(r); d.Allowed {
			t.Errorf("%s: allowed by %q", name, d.Rules)
		}
	}
}

// Every verb of the rooms that yields events is opened by one action, so that
// no verb can be called without being asked for.
func TestEveryVerbHasAnAction(t *testing.T) {
	want := map[string]bool{}
	rooms, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range rooms {
		for _, v := range verbsOf(t, room.Name()) {
			want[v] = true
		}
	}
	if len(want) < 80 {
		t.Fatalf("found only the verbs %v", want)
	}
	delete(want, "roster.Roster.Found") // before there is anybody who could be asked
	seen := map[access.Action]bool{}
	for _, e := range access.Actions() {
		if seen[e.Action] || e.What == "" {
			t.Errorf("%s stands twice in the table, or says nothing", e.Action)
		}
		seen[e.Action] = true
		if e.Verb != "" && !want[e.Verb] {
			t.Errorf("%s opens %s, which no room has, or which another action opens", e.Action, e.Verb)
		}
		if e.Verb != "" && e.Way != access.Change {
			t.Errorf("%s opens %s and is a %s", e.Action, e.Verb, e.Way)
		}
		delete(want, e.Verb)
	}
	for v := range want {
		t.Errorf("%s is opened by no action: add one to the table", v)
	}
}

// verbsOf returns the exported methods of a room's values that return events.
func verbsOf(t *testing.T, room string) []string {
	t.Helper()
	files, err := filepath.Glob("../" + room + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var verbs []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil || strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || !fn.Name.IsExported() || !yieldsEvents(fn) {
				continue
			}
			if of, ok := fn.Recv.List[0].Type.(*ast.Ident); ok {
				verbs = append(verbs, room+"."+of.Name+"."+fn.Name.Name)
			}
		}
	}
	return verbs
}

func yieldsEvents(fn *ast.FuncDecl) bool {
	if fn.Type.Results == nil {
		return false
	}
	return slices.ContainsFunc(fn.Type.Results.List, func(f *ast.Field) bool {
		array, ok := f.Type.(*ast.ArrayType)
		if !ok {
			return false
		}
		sel, ok := array.Elt.(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Event"
	})
}

// Whatever the case is like: the recused does nothing, a restricted read has a
// purpose, and no machine judges.
func TestLimitsHoldEverywhere(t *testing.T) {
	people := []roster.PersonID{"me", "you"}
	houses := []roster.OrganisationID{"mine", "yours"}
	some := func(t *rapid.T, name string) []roster.PersonID {
		return rapid.SliceOfDistinct(rapid.SampledFrom(people), func(p roster.PersonID) roster.PersonID { return p }).Draw(t, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(access.Actions()).Draw(t, "action")
		r := access.Request{
			Who:     roster.Person{ID: "me", Organisation: "mine", Roles: rapid.SliceOfDistinct(rapid.SampledFrom(roster.Roles()), func(r roster.Role) roster.Role { return r }).Draw(t, "roles")},
			Do:      e.Action,
			Purpose: rapid.SampledFrom([]string{"", "work"}).Draw(t, "purpose"),
			On: access.Resource{
				Kind: e.Action.Kind(), ID: "x", Owner: rapid.SampledFrom(houses).Draw(t, "owner"), Originator: rapid.SampledFrom(houses).Draw(t, "originator"),
				Shared: rapid.SliceOf(rapid.SampledFrom(houses)).Draw(t, "shared"), Assigned: some(t, "assigned"), Sitting: some(t, "sitting"), Recused: some(t, "recused"),
				Handling: access.Handling{
					TLP:               rapid.SampledFrom([]string{"", "red", "amber", "clear"}).Draw(t, "tlp"),
					OriginatorControl: rapid.Bool().Draw(t, "control"), Closed: rapid.Bool().Draw(t, "closed"),
				},
				State: rapid.SampledFrom([]string{"draft", "open"}).Draw(t, "state"),
			},
		}
		if rapid.Bool().Draw(t, "keyed") {
			r.Scope = []access.Action{rapid.SampledFrom(access.Actions()).Draw(t, "scope").Action}
		}
		d := policies.Decide(r)
		if d.Fault != nil {
			t.Fatalf("%+v: %v", r, d.Fault)
		}
		if whole := policies.DecideByAll(r); !sameAnswer(d, whole) {
			t.Fatalf("%+v: %+v by the policies of the action, %+v by all", r, d, whole)
		}
		if !d.Allowed {
			return
		}
		near := r.On.Owner == "mine" || r.On.Originator == "mine" || slices.Contains(r.On.Shared, "mine") || slices.Contains(r.On.Assigned, "me") || slices.Contains(r.On.Sitting, "me")
		machine, admin := slices.Contains(r.Who.Roles, roster.Machine), slices.Contains(r.Who.Roles, roster.Administrator)
		switch {
		case slices.Contains(r.On.Recused, "me"):
			t.Fatalf("recused, yet allowed: %+v by %q", r, d.Rules)
		case e.Way == access.Restricted && r.Purpose == "":
			t.Fatalf("no purpose, yet allowed: %+v by %q", r, d.Rules)
		case r.Scope != nil && !slices.Contains(r.Scope, r.Do), machine && r.Scope == nil:
			t.Fatalf("not in the scope, yet allowed: %+v by %q", r, d.Rules)
		case admin && e.Action.Casework():
			t.Fatalf("an administrator in the casework: %+v by %q", r, d.Rules)
		case e.Action.Casework() && e.Way == access.Restricted && !near &&
			!strings.HasPrefix(string(e.Action), "petition") && e.Action != access.SessionReadBallots:
			t.Fatalf("a stranger reads: %+v by %q", r, d.Rules)
		}
	})
}

func sameAnswer(a, b access.Decision) bool {
	return a.Allowed == b.Allowed && slices.Equal(a.Rules, b.Rules)
}

// Every policy is what makes some answer: one that nothing meets is a slip.
func TestEveryRuleBears(t *testing.T) {
	unmet := map[string]bool{}
	for _, r := range policies.Rules() {
		unmet[r.ID] = true
	}
	for _, c := range matrix() {
		for _, id := range c.Rules {
			delete(unmet, id)
		}
	}
	for _, e := range access.Actions() {
		for _, column := range access.Columns() {
			for _, change := range []func(*access.Request){
				func(r *access.Request) { r.Scope = []access.Action{} },
				func(r *access.Request) { r.Scope, r.Purpose = nil, "" },
				func(r *access.Request) { r.On.Handling.TLP, r.On.Originator = "red", "another" },
				func(r *access.Request) { r.On.Handling.OriginatorControl, r.On.Originator = true, "another" },
				func(r *access.Request) { r.On.Handling.Closed = true },
				func(r *access.Request) { r.On.State, r.On.Sitting = "draft", []roster.PersonID{r.Who.ID} },
			} {
				if len(unmet) == 0 {
					return
				}
				r := access.Case(column, e.Action, access.Own)
				change(&r)
				for _, id := range policies.Decide(r).Rules {
					delete(unmet, id)
				}
			}
		}
	}
	for id := range unmet {
		t.Errorf("policy %s made no answer", id)
	}
}
