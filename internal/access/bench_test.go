package access_test

import (
	"testing"

	"interdict/internal/access"
	"interdict/internal/roster"
)

// BenchmarkDecide is one decision by all policies on a case with a full team.
func BenchmarkDecide(b *testing.B) {
	p := access.Shipped()
	r := access.Request{
		Who: roster.Person{ID: "anna", Organisation: "secretariat", Roles: []roster.Role{roster.Analyst}},
		Do:  access.DossierReadClosed, Purpose: "triage",
		On: access.Resource{
			Kind: "dossier", ID: "d1", Owner: "secretariat", Shared: []roster.OrganisationID{"fiu", "bank"},
			Assigned: []roster.PersonID{"anna", "boris", "clara"}, Sitting: []roster.PersonID{"m1", "m2", "m3", "m4", "m5"},
		},
	}
	if d := p.Decide(r); !d.Allowed {
		b.Fatalf("denied: %+v", d)
	}
	b.ReportAllocs()
	for b.Loop() {
		p.Decide(r)
	}
}
