package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"interdict/internal/clerk"
	"interdict/internal/effect"
	"interdict/internal/fault"
)

// The whole way, with known pauses between its stations, comes out as known
// numbers: the same for everybody who may read them, none for others, fewer as of
// an earlier entry, and fewer for the public.
func TestEffectivenessOfTheWholeWay(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			h := openHouse(t, e.open)
			h.people()
			for _, id := range []string{"savings", "exchange"} {
				h.do("ada", "roster.register", "main", body{"id": id, "name": id, "nature": "institution", "country": "XX"})
				h.person(id+"-officer", id, id, "officer")
			}
			s := newStory(t, h, "model-1373")
			s.wayToTheFreeze()
			s.institutions()
			s.namesake()
			s.lift()
			got := s.effectiveness("lead", "")
			if other := s.effectiveness("auditor", ""); !cmp.Equal(got, other, cmpopts.IgnoreFields(effect.Effectiveness{}, "At"), cmpopts.IgnoreUnexported(effect.Sum{})) {
				t.Errorf("two readers read two reports:\n%s", cmp.Diff(got, other, cmpopts.IgnoreUnexported(effect.Sum{})))
			}
			s.figures(got)
			for _, who := range []string{"analyst-1", "member-1", "ada", "liaison-bank", "savings-officer"} {
				if status, text, _ := s.send(who, http.MethodGet, "/v1/effectiveness", nil, "Purpose", "curious"); status != http.StatusNotFound {
					t.Errorf("%s reads the report: %d %s", who, status, text)
				}
			}
			if early := s.effectiveness("lead", fmt.Sprint("&as_of=", s.before)); early.Designations.N != 0 || len(early.Petitions)+len(early.Reports)+early.Silence.Editions != 0 {
				t.Errorf("before the vote the report said: %+v", early)
			}
			s.public()
			for _, query := range []string{"?from=soon", "?from=2026-02-01&to=2026-01-01", "?as_of=yesterday"} {
				if status, text, _ := s.send("lead", http.MethodGet, "/v1/effectiveness"+query, nil); status != http.StatusUnprocessableEntity {
					t.Errorf("%s: %d %s", query, status, text)
				}
			}
		})
	}
}

// wayToTheFreeze walks to the freeze with a pause before each station.
func (s *story) wayToTheFreeze() {
	s.materials()
	s.clock.move(2 * time.Hour)
	s.dossier()
	s.request()
	s.clock.move(3 * time.Hour)
	s.withoutComposition() // submits
	s.clock.move(5 * time.Hour)
	s.vote() // drafts
	s.clock.move(4 * time.Hour)
	s.sign()
	s.found()
}

// institutions lets one of two acknowledge in time and report, the other not.
func (s *story) institutions() {
	s.clock.move(2 * time.Hour)
	for _, hop := range []string{"received", "loaded", "screened"} {
		s.do("savings-officer", "acknowledgement.make", "", body{"edition": 0, "hop": hop, "done": s.clock.now()})
	}
	s.do("exchange-officer", "acknowledgement.make", "", body{"edition": 0, "hop": "received", "done": s.clock.now()})
	entry := "OWN-" + s.decision
	file := func(who, what string, amount int64) string {
		return s.do(who, "report.file", "", body{
			"what": what, "edition": 0, "entry": entry, "customers": 1, "matched": s.clock.now(), "acted": s.clock.now(), "reference": "2026/17",
			"assets": []body{{"limb": "owned", "count": 2, "amount": amount, "currency": "EUR"}},
		}).ID
	}
	s.clock.move(time.Hour)
	s.do("lead", "report.answer", file("savings-officer", "frozen", 125_000), body{"verdict": "true_match"})
	s.do("lead", "report.answer", file("exchange-officer", "frozen", 999), body{"verdict": "not_this_person"})
	file("exchange-officer", "attempted", 40)
	s.clock.move(48 * time.Hour)
	if _, err := s.clerk.Tick(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *story) effectiveness(who, query string) effect.Effectiveness {
	s.t.Helper()
	status, text, _ := s.send(who, http.MethodGet, "/v1/effectiveness?from=2026-01-01&to=2027-01-01"+query, nil)
	if status != http.StatusOK {
		s.t.Fatalf("%s reads the report: %d %s", who, status, text)
	}
	var e effect.Effectiveness
	must(s.t, json.Unmarshal(text, &e))
	return e
}

func (s *story) figures(e effect.Effectiveness) {
	one := func(of string) []effect.Count { return []effect.Count{{Of: of, N: 1}} }
	for name, x := range map[string]struct{ got, want any }{
		"designations": {e.Designations, effect.Designations{
			Count: effect.Count{Of: "designations", N: 1}, ByKind: one("organisation"), ByPath: one("own_motion"), ByGround: one("model-1373 " + s.ground.Code),
		}},
		"measures":   {e.Measures, []effect.Count{{Of: "certificate", N: 1}, {Of: "freeze", N: 1}, {Of: "lift", N: 1}}},
		"ended":      {e.Ended, one("lift")},
		"reviews":    {e.Reviews, effect.Reviewed{Held: 1, Findings: one("propose_lift")}},
		"exemptions": {e.Exemptions, []effect.Count{}},
		"erasures":   {e.Erasures, []effect.Count{}},
		"sums": {e.Sums, []effect.Sum{
			{What: "attempted", Currency: "EUR", Limb: "owned", Assets: 2, Amount: 40}, {What: "frozen", Currency: "EUR", Limb: "owned", Assets: 2, Amount: 125_000},
		}},
		"reports": {e.Reports, []effect.Reported{
			{What: "frozen", N: 2, Customers: 2, Verdicts: []effect.Count{{Of: "not_this_person", N: 1}, {Of: "true_match", N: 1}}},
			{What: "attempted", N: 1, Customers: 1, Verdicts: one("unanswered")},
		}},
		"the first edition": {e.Silence.InTime, 1},
		"outcomes":          {e.Petitions[0].Outcomes, one("granted")},
	} {
		if diff := cmp.Diff(x.want, x.got, cmpopts.IgnoreUnexported(effect.Sum{})); diff != "" {
			s.t.Errorf("%s:\n%s", name, diff)
		}
	}
	if e.Silence.Editions < 2 || e.Silence.Silent == 0 || e.Silence.Awaited != 2*e.Silence.Editions {
		s.t.Errorf("silence: %+v", e.Silence)
	}
	hours := map[string]float64{
		"opened submitted": 5, "submitted drafted": 5, "drafted in_force": 4, "in_force published": 0, "handed_in in_force": 14,
		"published screened": 2, "published received": 2, "published frozen": 3, "published reported": 3, "screened reported": 1,
	}
	for _, h := range e.Hops {
		want, ok := hours[h.From+" "+h.To]
		if !ok {
			if h.From == "handed_in" && h.N != 0 {
				s.t.Errorf("the dossier was there before its material, and the hop is counted: %+v", h)
			}
			continue
		}
		delete(hours, h.From+" "+h.To)
		if math.Abs(h.Median-want) > .01 {
			s.t.Errorf("%s → %s: %v hours, want about %v", h.From, h.To, h.Median, want)
		}
	}
	if len(hours) > 0 {
		s.t.Errorf("hops missing: %v", hours)
	}
}

// public reads what the public may, once the year is over.
func (s *story) public() {
	if _, err := s.clerk.PublicEffectiveness(s.t.Context(), 2026); fault.KindOf(err) != fault.NotFound {
		s.t.Errorf("a year that is not over is public: %v", err)
	}
	s.clock.move(30 * 24 * time.Hour)
	if _, err := s.clerk.PublicEffectiveness(s.t.Context(), 2025); fault.KindOf(err) != fault.NotFound {
		s.t.Errorf("a year before the house: %v", err)
	}
	e, err := s.clerk.PublicEffectiveness(s.t.Context(), 2026)
	must(s.t, err)
	if d := e.Designations; d.N != 1 || len(d.ByKind) != 1 || len(d.ByPath)+len(d.ByGround) != 0 {
		s.t.Errorf("designations: %+v", d)
	}
	if p := e.Petitions; len(p) != 1 || !p[0].Lodged.Few || p[0].Lodged.N != 0 || !p[0].Outcomes[0].Few || !p[0].Spread.Few {
		s.t.Errorf("petitions: %+v", p)
	}
	if len(e.Sums) != 2 || !e.Sums[0].Few || e.Sums[0].Amount != 0 || len(e.Reports)+len(e.Hits) != 0 {
		s.t.Errorf("the public reads %+v", e)
	}
	if _, err := s.clerk.Effectiveness(s.t.Context(), clerk.Order{By: "nobody"}, effect.Year(2026), clerk.When{}); fault.KindOf(err) != fault.NotFound {
		s.t.Errorf("nobody reads the report: %v", err)
	}
}
