package access

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cedar-policy/cedar-go"

	"interdict/internal/roster"
)

// DecideByAll answers by every policy, not only by those whose head fits.
func (p *Policies) DecideByAll(r Request) Decision {
	whole := *p
	whole.on = map[Action]*cedar.PolicySet{r.Do: p.all}
	return whole.Decide(r)
}

func TestPoliciesThatCannotBeRead(t *testing.T) {
	const fine = `@id("a") @says("b") permit (principal, action == Action::"dossier.read", resource is Dossier);`
	for name, c := range map[string]struct{ text, want string }{
		"no id":             {`@says("b") permit (principal, action, resource);`, "policy/x.cedar:1: a policy without @id"},
		"no sentence":       {`@id("a") permit (principal, action, resource);`, "no @says"},
		"the id of another": {fine + "\n" + fine, "policy/x.cedar:2: policy a: another one has that id"},
		"an unknown action": {strings.ReplaceAll(fine, "dossier.read", "dossier.raed"), `no action or group "dossier.raed"`},
		"no Cedar":          {"permit everything", "policy/x.cedar"},
		"no policy":         {"// nothing", "there are none"},
	} {
		_, err := read(fstest.MapFS{"policy/x.cedar": {Data: []byte(c.text)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	if _, err := read(fstest.MapFS{"policy/x.cedar": {Data: []byte(fine)}}); err != nil {
		t.Error(err)
	}
}

// A policy that fails makes every answer a denial, also where another permits.
func TestFailureIsDenied(t *testing.T) {
	p, err := read(fstest.MapFS{"policy/x.cedar": {Data: []byte(`
@id("open") @says("all") permit (principal, action, resource);
@id("broken") @says("fails") forbid (principal, action, resource) when { resource.nothing == 1 };`)}})
	if err != nil {
		t.Fatal(err)
	}
	d := p.Decide(Case(string(roster.Analyst), DossierRead, Own))
	if d.Allowed || d.Fault == nil || !strings.Contains(d.Fault.Error(), "broken") {
		t.Errorf("want a denial that names the policy, got %+v", d)
	}
}

// A name that is misspelt inside a condition would never be met.
func TestPoliciesNameOnlyWhatExists(t *testing.T) {
	for id, policy := range Shipped().all.All() {
		text, err := policy.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var tree any
		if err := json.Unmarshal(text, &tree); err != nil {
			t.Fatal(err)
		}
		walk(tree, func(kind, name string) {
			_, action := Find(Action(name))
			ok := kind == "Action" && (action || slices.Contains(groups, name)) ||
				kind == "Role" && (name == "signed_in" || slices.Contains(roster.Roles(), roster.Role(name))) ||
				kind == "Person" && name == string(roster.System)
			if !ok {
				t.Errorf("policy %s names %s %q, which does not exist", id, kind, name)
			}
		})
	}
}

// walk calls f for every entity in a policy's JSON.
func walk(tree any, f func(kind, name string)) {
	switch x := tree.(type) {
	case map[string]any:
		if kind, ok := x["type"].(string); ok {
			if name, ok := x["id"].(string); ok {
				f(kind, name)
			}
		}
		for _, v := range x {
			walk(v, f)
		}
	case []any:
		for _, v := range x {
			walk(v, f)
		}
	}
}
