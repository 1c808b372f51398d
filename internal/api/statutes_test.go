package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"interdict/internal/decision"
	"interdict/internal/statute"
)

// TestAFreezeUnderEveryStatute: whatever law is adopted, a freeze that passes
// every stage of its way is in force and found by a screening.
func TestAFreezeUnderEveryStatute(t *testing.T) {
	for _, id := range statute.Names() {
		t.Run(id, func(t *testing.T) {
			h := openHouse(t, engines[0].open)
			h.people()
			law, err := statute.Named(id)
			must(t, err)
			if id != statute.Default {
				h.do("lead", "statute.adopt", "main", body{"preset": id, "reason": "the law"})
			}
			h.appoint()
			s := newStory(t, h, id)
			s.materials()
			s.dossier()
			h.do("analyst-1", "dossier.submit", s.dossID, nil)
			draft := body{"dossier": s.dossID, "measure": "freeze", "open": "because"}
			if _, err := law.Rules(); err == nil {
				draft["session"] = s.sitting("freeze")
			}
			d := h.do("analyst-1", "decision.draft", "", draft).ID
			s.through(d)
			if a := s.screen("Islamic State of Iraq and the Levant"); a.Status != "hits" {
				t.Errorf("the freeze is not found: %+v", a)
			}
		})
	}
}

// through passes every stage of a decision, each by somebody of its office.
func (s *story) through(id string) {
	s.t.Helper()
	for range 10 {
		var d struct {
			decision.Decision
			Digest string `json:"digest"`
		}
		if got := s.read("analyst-1", "decision", id, "", &d); got != http.StatusOK {
			s.t.Fatalf("the decision: %d", got)
		}
		stage, waits := d.Stage()
		if !waits {
			if d.State != decision.InForce {
				s.t.Errorf("every stage is passed, and it is %s", d.State)
			}
			return
		}
		for i, office := range stage.Offices {
			if stage.Kind == decision.Court {
				s.do(s.officer(office, "court", "judge"), "decision.rule", id, body{"upheld": true, "reference": "2026/1"})
				continue
			}
			if slices.ContainsFunc(d.Signatures, func(x decision.Signature) bool { return x.Office == office && x.Stage == stage.ID }) {
				s.t.Fatalf("stage %q waits for %d offices, and %q has signed", stage.ID, i, office)
			}
			who := "member-1" // sits on the chair
			if office != "chair" {
				who = s.officer(office, "agency", "signatory")
			}
			s.do(who, "decision.sign", id, body{"office": office, "digest": d.Digest})
		}
	}
	s.t.Error("ten stages, and no end")
}

// officer registers an organisation of the name of an office with somebody in it.
func (s *story) officer(office, nature, role string) string {
	s.t.Helper()
	s.offices++
	org := fmt.Sprint("office-", s.offices)
	s.do("ada", "roster.register", "main", body{"id": org, "name": office, "nature": nature, "country": "XX"})
	s.person("of-"+org, "Somebody of "+office, org, role)
	return "of-" + org
}
