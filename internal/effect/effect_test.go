package effect_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"interdict/internal/alert"
	"interdict/internal/deadline"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/effect"
	"interdict/internal/erasure"
	"interdict/internal/id"
	"interdict/internal/material"
	"interdict/internal/petition"
	"interdict/internal/record"
	"interdict/internal/report"
	"interdict/internal/roster"
)

var (
	noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	year = effect.Year(2026)
)

func hour(h float64) time.Time { return noon.Add(time.Duration(h * float64(time.Hour))) }

func day(d int) deadline.Rule {
	return deadline.Rule{Span: deadline.Span{Amount: 24 * d, Unit: deadline.Hours}, Start: deadline.Instant, Roll: deadline.NoRoll, OnExpiry: deadline.Breach, Calendar: "none"}
}

// clock runs for some days from an instant; done zero: it was not met.
func clock(d int, from, done time.Time) deadline.Clock {
	return deadline.Clock{Rule: day(d), Started: from, Due: from.AddDate(0, 0, d), Done: done}
}

func dossierID(n byte) dossier.ID   { return id.New[dossier.Dossier]([10]byte{n}) }
func materialID(n byte) material.ID { return id.New[material.Material]([10]byte{n}) }

// freeze is a designation of a subject, drafted a day before it took effect.
func freeze(on byte, kind record.Kind, from time.Time) effect.Decision {
	var d effect.Decision
	d.Measure, d.Subject.Kind, d.State, d.From, d.Drafted = decision.Freeze, kind, decision.InForce, from, from.Add(-24*time.Hour)
	d.Pin.Dossier, d.Pin.Statute = dossierID(on), "law"
	return d
}

func openedAt(n byte, at time.Time, grounds ...string) effect.Dossier {
	d := effect.Dossier{}
	d.ID, d.At = dossierID(n), at
	for _, g := range grounds {
		d.Content.Allegations = append(d.Content.Allegations, dossier.Allegation{Ground: g, Spans: []dossier.Span{{Material: materialID(n)}}})
	}
	return d
}

// A way whose every hop has its own length comes out as those lengths.
func TestHoursOfEachHop(t *testing.T) {
	d := openedAt(1, hour(3), "act")
	d.Submitted = []time.Time{hour(5), hour(10), hour(500)} // returned once; and again after the decision
	f := freeze(1, record.Person, hour(40))
	f.Drafted = hour(16)
	x := report.Edition{Posted: report.Posted{Sequence: 4, At: hour(41), Institutions: []roster.OrganisationID{"a", "b"}, Clock: clock(1, hour(41), time.Time{})}, State: report.Overdue, Silence: &report.Silence{Silent: []roster.OrganisationID{"b"}}}
	k := effect.Known{
		At:        hour(1000),
		Materials: []material.Material{{Submitted: material.Submitted{ID: materialID(1)}, At: hour(0)}, {Submitted: material.Submitted{ID: materialID(2)}, At: hour(-90)}},
		Dossiers:  []effect.Dossier{d}, Decisions: []effect.Decision{f}, Editions: []report.Edition{x},
		Heard: []report.Acknowledgement{
			{Receipt: report.Receipt{Owner: "a", Edition: 4, Hop: report.Received}, At: hour(41.5)},
			{Receipt: report.Receipt{Owner: "a", Edition: 4, Hop: report.Loaded}, At: hour(42)},
			{Receipt: report.Receipt{Owner: "a", Edition: 4, Hop: report.Screened}, At: hour(43)},
			{Receipt: report.Receipt{Owner: "b", Edition: 4, Hop: report.Received}, At: hour(44.5)},
		},
		Reports: []report.Report{filed("a", report.Frozen, 4, hour(49), hour(45))},
	}
	e := effect.Of(k, year)
	want := map[string]effect.Spread{
		"handed_in opened": {N: 1, Median: 3, P95: 3}, "opened submitted": {N: 1, Median: 7, P95: 7}, "submitted drafted": {N: 1, Median: 6, P95: 6},
		"drafted in_force": {N: 1, Median: 24, P95: 24}, "in_force published": {N: 1, Median: 1, P95: 1},
		"published received": {N: 2, Median: 2, P95: 3.5}, "published loaded": {N: 1, Median: 1, P95: 1}, "published screened": {N: 1, Median: 2, P95: 2},
		"published frozen": {N: 1, Median: 4, P95: 4}, "published reported": {N: 1, Median: 8, P95: 8}, "screened reported": {N: 1, Median: 6, P95: 6}, "handed_in in_force": {N: 1, Median: 40, P95: 40},
	}
	for _, h := range e.Hops {
		h.Hours = nil
		if diff := cmp.Diff(want[h.From+" "+h.To], h.Spread); diff != "" {
			t.Errorf("%s → %s:\n%s", h.From, h.To, diff)
		}
		delete(want, h.From+" "+h.To)
	}
	if len(want) > 0 {
		t.Errorf("hops missing: %v", want)
	}
	if diff := cmp.Diff(effect.Silence{Editions: 1, Awaited: 2, InTime: 1, Silent: 1}, e.Silence); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]effect.Limit{{Of: "freeze", Rule: "24 hours", InTime: 1, Unmet: 1}}, e.Limits); diff != "" {
		t.Error(diff)
	}
}

func filed(owner roster.OrganisationID, what report.What, edition int64, at, acted time.Time, assets ...report.Asset) report.Report {
	return report.Report{Filing: report.Filing{Owner: owner, What: what, Edition: edition, Entry: "OWN-1", Customers: 1, Assets: assets, Acted: acted}, State: report.Filed, At: at}
}

func TestDesignationsByPathAndGround(t *testing.T) {
	foreign, late, un := openedAt(2, hour(0), "act", "behalf", "act"), openedAt(3, hour(0), "act"), openedAt(4, hour(0), "act")
	ask := func(from string, at time.Time) []dossier.Asking {
		return []dossier.Asking{{Asked: dossier.Asked{What: dossier.ForeignIn, From: from, Clock: clock(10, at, hour(30))}, State: dossier.Answered}}
	}
	foreign.Askings, un.Askings = ask("FR", hour(1)), ask("UN", hour(1))
	late.Askings = ask("FR", hour(29)) // asked after the decision was drafted
	k := effect.Known{
		At:       hour(5000),
		Dossiers: []effect.Dossier{openedAt(1, hour(0), "controlled"), foreign, late, un},
		Decisions: []effect.Decision{
			freeze(1, record.Organisation, hour(48)), freeze(2, record.Person, hour(48)), freeze(3, record.Person, hour(48)), freeze(4, record.Vessel, hour(48)),
			freeze(9, record.Person, hour(48)), freeze(1, record.Person, year.To), freeze(1, record.Person, year.From.Add(-1)),
			{Decision: decision.Decision{Drafted: decision.Drafted{Measure: decision.Freeze}, State: decision.Draft}},
		},
	}
	want := effect.Designations{
		Count:    effect.Count{Of: "designations", N: 5},
		ByKind:   []effect.Count{{Of: "organisation", N: 1}, {Of: "person", N: 3}, {Of: "vessel", N: 1}},
		ByPath:   []effect.Count{{Of: "foreign_request", N: 1}, {Of: "own_motion", N: 2}, {Of: "united_nations", N: 1}, {Of: "unknown", N: 1}},
		ByGround: []effect.Count{{Of: "law act", N: 3}, {Of: "law behalf", N: 1}, {Of: "law controlled", N: 1}, {Of: "law unknown", N: 1}},
	}
	e := effect.Of(k, year)
	if diff := cmp.Diff(want, e.Designations); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]effect.Limit{{Of: "foreign_in", Rule: "240 hours", InTime: 3}}, e.Limits); diff != "" {
		t.Error(diff)
	}
}

func TestLimits(t *testing.T) {
	d := openedAt(1, hour(0))
	for i, done := range []time.Time{hour(20), hour(24), hour(24.1), {}} {
		d.Askings = append(d.Askings, dossier.Asking{Asked: dossier.Asked{Key: fmt.Sprint(i), What: dossier.Request, Clock: clock(1, hour(0), done)}})
	}
	d.Askings = append(d.Askings,
		dossier.Asking{Asked: dossier.Asked{What: dossier.Request, Clock: clock(1, hour(0), hour(90))}, State: dossier.Cancelled},
		dossier.Asking{Asked: dossier.Asked{What: dossier.Request, Clock: clock(30, hour(0), time.Time{})}}, // not due
		dossier.Asking{Asked: dossier.Asked{What: dossier.Request, Clock: clock(2, hour(0), hour(1))}},      // of another rule
	)
	p, q := freeze(1, record.Person, hour(10)), freeze(1, record.Person, hour(20))
	p.Publication, q.Publication = clock(1, p.From, time.Time{}), clock(1, q.From, time.Time{})
	k := effect.Known{
		At: hour(100), Dossiers: []effect.Dossier{d}, Decisions: []effect.Decision{p, q},
		Editions:  []report.Edition{{Posted: report.Posted{At: hour(12)}}, {Posted: report.Posted{Sequence: 1, At: hour(60)}}},
		Petitions: []petition.Petition{{Lodging: petition.Lodging{Plea: petition.Delisting, Clock: clock(1, hour(0), hour(50))}, State: petition.Withdrawn}},
	}
	want := []effect.Limit{
		{Of: "publication", Rule: "24 hours", InTime: 1, Late: 1},
		{Of: "request", Rule: "24 hours", InTime: 2, Late: 1, Unmet: 1},
		{Of: "request", Rule: "48 hours", InTime: 1},
	}
	if diff := cmp.Diff(want, effect.Of(k, year).Limits); diff != "" {
		t.Error(diff)
	}
}

func TestSumsAndReports(t *testing.T) {
	eur := func(limb report.Limb, amount int64) report.Asset {
		return report.Asset{Limb: limb, Count: 2, Amount: amount, Currency: "EUR"}
	}
	wrong := filed("a", report.Frozen, 1, hour(1), hour(1), eur(report.Owned, 900))
	wrong.State, wrong.Answer = report.Answered, report.Answer{Verdict: report.NotThem}
	old := filed("a", report.Frozen, 1, hour(1), hour(1), eur(report.Owned, 7))
	old.State = report.Superseded
	right := filed("a", report.Frozen, 1, hour(2), hour(1), eur(report.Owned, 100), eur(report.Joint, 5))
	right.Answer = report.Answer{Verdict: report.TrueMatch}
	k := effect.Known{At: hour(9), Reports: []report.Report{
		wrong, old, right, filed("b", report.Frozen, 1, hour(3), hour(1), eur(report.Owned, 11)),
		filed("b", report.Attempted, 1, hour(3), hour(1), report.Asset{Limb: report.Owned, Count: 1, Amount: math.MaxInt64, Currency: "USD"}),
		filed("c", report.Attempted, 1, hour(3), hour(1), report.Asset{Limb: report.Owned, Count: 1, Amount: 1, Currency: "USD"}),
		filed("c", report.Frozen, 1, year.To, hour(1), eur(report.Owned, 1)),
	}}
	e := effect.Of(k, year)
	sums := []effect.Sum{
		{What: "attempted", Currency: "USD", Limb: "owned", Assets: 2, Amount: math.MaxInt64, Beyond: true},
		{What: "frozen", Currency: "EUR", Limb: "joint", Assets: 2, Amount: 5},
		{What: "frozen", Currency: "EUR", Limb: "owned", Assets: 4, Amount: 111},
	}
	if diff := cmp.Diff(sums, e.Sums, cmpopts.IgnoreUnexported(effect.Sum{})); diff != "" {
		t.Error(diff)
	}
	reports := []effect.Reported{
		{What: "frozen", N: 3, Customers: 3, Verdicts: []effect.Count{{Of: "not_this_person", N: 1}, {Of: "true_match", N: 1}, {Of: "unanswered", N: 1}}},
		{What: "attempted", N: 2, Customers: 2, Verdicts: []effect.Count{{Of: "unanswered", N: 2}}},
	}
	if diff := cmp.Diff(reports, e.Reports); diff != "" {
		t.Error(diff)
	}
	for _, s := range e.Public().Sums {
		if !s.Few || s.Amount != 0 || s.Assets != 0 {
			t.Errorf("the public reads what one listed person has: %+v", s)
		}
	}
}

func TestTheWayBack(t *testing.T) {
	lodged := func(s petition.State, at, done time.Time) petition.Petition {
		return petition.Petition{Lodging: petition.Lodging{Plea: petition.Delisting, Clock: clock(30, at, done)}, State: s, At: at}
	}
	held := func(f petition.Finding, at time.Time) petition.Held {
		return petition.Held{Finding: f, Next: clock(365, at, time.Time{})}
	}
	ended := func(why string, s decision.State) effect.Decision {
		d := freeze(1, record.Person, hour(-9000))
		d.Why, d.State, d.To = why, s, hour(5)
		return d
	}
	k := effect.Known{
		At: hour(3000),
		Petitions: []petition.Petition{
			lodged(petition.Granted, hour(-10000), hour(10)), lodged(petition.Refused, hour(0), hour(48)), lodged(petition.Lodged, hour(0), time.Time{}),
			lodged(petition.DeemedRefused, hour(0), time.Time{}),
		},
		Reviews:   []petition.Reviews{{Held: []petition.Held{held(petition.Maintain, hour(-9000)), held(petition.Maintain, hour(1)), held(petition.ProposeLift, hour(2))}, Missed: []petition.Missed{{Due: hour(1)}, {Due: hour(-9000)}}}},
		Decisions: []effect.Decision{ended("lift", decision.Ended), ended("expired", decision.Ended), ended("Ivan is innocent", decision.Refused), ended("silence of court", decision.Lapsed)},
		Alerts:    []alert.Alert{{At: hour(1), Hits: []alert.Disposed{{State: alert.Same}, {State: alert.Different}, {State: alert.Different}}}, {At: hour(-9000), Hits: []alert.Disposed{{State: alert.Same}}}},
		Erasures:  []effect.Erasure{{Order: erasure.Order{State: erasure.Approved, At: hour(-9000)}, Answered: hour(1)}, {Order: erasure.Order{State: erasure.Requested, At: hour(1)}}},
	}
	e := effect.Of(k, year)
	petitions := []effect.Pleaded{{
		Plea: "delisting", Lodged: effect.Count{Of: "lodged", N: 3},
		Outcomes: []effect.Count{{Of: "deemed_refused", N: 1}, {Of: "granted", N: 1}, {Of: "refused", N: 1}}, Spread: effect.Spread{N: 3, Median: 720, P95: 10010},
	}}
	if diff := cmp.Diff(petitions, e.Petitions, cmpopts.IgnoreFields(effect.Spread{}, "Hours")); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct{ got, want []effect.Count }{
		"ended":    {e.Ended, []effect.Count{{Of: "expired", N: 1}, {Of: "lapsed", N: 1}, {Of: "lift", N: 1}, {Of: "refused", N: 1}}},
		"hits":     {e.Hits, []effect.Count{{Of: "different", N: 2}, {Of: "same", N: 1}, {Of: "unsure"}, {Of: "waiting"}}},
		"erasures": {e.Erasures, []effect.Count{{Of: "approved", N: 1}, {Of: "requested", N: 1}}},
		"findings": {e.Reviews.Findings, []effect.Count{{Of: "maintain", N: 1}, {Of: "propose_lift", N: 1}}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	if e.Reviews.Held != 2 || e.Reviews.Missed != 1 {
		t.Errorf("reviews: %+v", e.Reviews)
	}
}

// some draws what is known: times of two years, a few of everything.
func some(t *rapid.T) effect.Known {
	at := func(what string) time.Time {
		return year.From.Add(time.Duration(rapid.IntRange(-8000, 12000).Draw(t, what)) * time.Hour)
	}
	k := effect.Known{At: year.To.AddDate(1, 0, 0)}
	kinds := []record.Kind{record.Person, record.Person, record.Organisation, record.Unknown}
	for range rapid.IntRange(0, 25).Draw(t, "decisions") {
		d := freeze(byte(rapid.IntRange(1, 4).Draw(t, "on")), rapid.SampledFrom(kinds).Draw(t, "kind"), at("from"))
		if rapid.Bool().Draw(t, "ended") {
			d.State, d.Why, d.To = decision.Ended, "lift", d.From.Add(time.Hour)
		}
		k.Decisions = append(k.Decisions, d)
	}
	k.Dossiers = []effect.Dossier{openedAt(1, at("opened"), "act"), openedAt(2, at("opened"), "act", "behalf"), openedAt(3, at("opened"))}
	for range rapid.IntRange(0, 15).Draw(t, "petitions") {
		lodged := at("lodged")
		k.Petitions = append(k.Petitions, petition.Petition{
			Lodging: petition.Lodging{Plea: petition.Namesake, Clock: clock(30, lodged, lodged.Add(time.Hour))}, At: lodged,
			State: rapid.SampledFrom([]petition.State{petition.Granted, petition.Refused}).Draw(t, "outcome"),
		})
	}
	for range rapid.IntRange(0, 15).Draw(t, "reports") {
		r := filed("a", report.Frozen, 1, at("filed"), at("acted"), report.Asset{Limb: report.Owned, Count: 1, Amount: 5, Currency: "EUR"})
		r.Entry = fmt.Sprint("OWN-", rapid.IntRange(0, 7).Draw(t, "entry"))
		k.Reports = append(k.Reports, r)
	}
	return k
}

// The counts of a year are those of its two halves together.
func TestPeriodsAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := some(t)
		middle := year.From.Add(time.Duration(rapid.IntRange(1, 8700).Draw(t, "middle")) * time.Hour)
		a, b := effect.Of(k, effect.Period{From: year.From, To: middle}), effect.Of(k, effect.Period{From: middle, To: year.To})
		add := map[string]int{}
		for _, e := range []effect.Effectiveness{a, b} {
			count(add, e, 1)
		}
		count(add, effect.Of(k, year), -1)
		for what, n := range add {
			if n != 0 {
				t.Errorf("%s: the halves have %d more than the year", what, n)
			}
		}
	})
}

func count(sum map[string]int, e effect.Effectiveness, sign int) {
	add := func(what string, all []effect.Count) {
		for _, c := range all {
			sum[what+" "+c.Of] += sign * c.N
		}
	}
	sum["designations"] += sign * e.Designations.N
	add("kind", e.Designations.ByKind)
	add("path", e.Designations.ByPath)
	add("ground", e.Designations.ByGround)
	add("ended", e.Ended)
	for _, p := range e.Petitions {
		sum[p.Plea] += sign * p.Lodged.N
		add(p.Plea, p.Outcomes)
	}
	for _, r := range e.Reports {
		sum[r.What] += sign * r.N
	}
	for _, s := range e.Sums {
		sum["amount "+s.What+s.Currency+s.Limb] += sign * int(s.Amount)
	}
}

// What the public reads holds no small count of persons, and none can be worked
// out: where a part of a total is not told, the total is not.
func TestThePublicReadsNoSmallCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := effect.Of(some(t), year)
		p := e.Public()
		small := func(n int) bool { return n > 0 && n < 5 }
		persons := map[string]int{}
		for _, c := range e.Designations.ByKind {
			persons[c.Of] = c.N
		}
		for _, c := range p.Designations.ByKind {
			if (c.Of == "person" || c.Of == "unknown") && small(c.N) {
				t.Errorf("%d %s are told", c.N, c.Of)
			}
		}
		if small(persons["person"]) || small(persons["unknown"]) {
			if d := p.Designations; d.N != 0 || len(d.ByPath)+len(d.ByGround) > 0 {
				t.Errorf("what is left out can be worked out: %+v", d)
			}
		}
		for _, c := range append(append([]effect.Count{}, p.Designations.ByPath...), p.Designations.ByGround...) {
			if small(c.N) || c.Few {
				t.Errorf("a breakdown with a gap: %+v", c)
			}
		}
		for _, h := range p.Hops {
			if h.N != 0 {
				t.Errorf("a hop tells how many there were: %+v", h)
			}
		}
		for _, x := range p.Petitions {
			for _, c := range append(x.Outcomes, x.Lodged) {
				if small(c.N) {
					t.Errorf("petitions: %+v", c)
				}
			}
			if x.Spread.N != 0 || len(x.Spread.Hours) > 0 {
				t.Errorf("petitions: %+v", x.Spread)
			}
		}
		if len(p.Hits)+len(p.Reports)+len(p.Erasures)+len(p.Exemptions)+len(p.Measures) > 0 {
			t.Errorf("more is told than should be: %+v", p)
		}
	})
}

// No name and no id gets into a report, whatever reasons and keys say.
func TestNoNameInAReport(t *testing.T) {
	k := effect.Known{At: hour(100)}
	d := freeze(1, record.Person, hour(1))
	d.Subject.Names = []record.Name{{Full: "Ivan Primerov"}}
	d.Why, d.To, d.State = "Ivan Primerov", hour(2), decision.Refused
	x := freeze(1, record.Person, hour(1))
	x.Measure, x.Allowance = decision.Exemption, &decision.Allowance{Kind: "for Ivan"}
	k.Decisions = []effect.Decision{d, x}
	k.Reports = []report.Report{filed("savings", report.Frozen, 1, hour(3), hour(2), report.Asset{Limb: report.Owned, Count: 1, Amount: 1, Currency: "EUR"})}
	text, err := json.Marshal(effect.Of(k, year))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Ivan", "savings", "OWN-1", dossierID(1).String()} {
		if strings.Contains(string(text), word) {
			t.Errorf("%s stands in the report: %s", word, text)
		}
	}
}
