package effect

import (
	"slices"
	"strings"
	"time"

	"interdict/internal/alert"
	"interdict/internal/decision"
	"interdict/internal/dossier"
	"interdict/internal/petition"
	"interdict/internal/report"
)

// known is what is known, to be looked up.
type known struct {
	Known
	dossiers map[dossier.ID]Dossier
	editions map[int64]report.Edition
	heardOn  map[int64][]report.Acknowledgement
	posted   []time.Time // when editions were published, in order
}

func index(all Known) known {
	k := known{all, map[dossier.ID]Dossier{}, map[int64]report.Edition{}, map[int64][]report.Acknowledgement{}, nil}
	for _, d := range all.Dossiers {
		k.dossiers[d.ID] = d
	}
	for _, x := range all.Editions {
		k.editions[x.Sequence] = x
		k.posted = append(k.posted, x.At)
	}
	slices.SortFunc(k.posted, time.Time.Compare)
	for _, a := range all.Heard {
		k.heardOn[a.Edition] = append(k.heardOn[a.Edition], a)
	}
	return k
}

// Of returns the report on a period.
func Of(all Known, p Period) Effectiveness {
	k := index(all)
	e := Effectiveness{Period: p, At: k.At}
	e.Designations = k.designations(p)
	e.Measures, e.Exemptions, e.Ended = k.decided(p)
	e.Hops = k.hops(p)
	e.Limits = k.limits(p)
	e.Sums, e.Reports = k.reported(p)
	e.Silence = k.silence(p)
	e.Hits = k.hits(p)
	e.Petitions = k.petitions(p)
	e.Reviews = k.reviews(p)
	erasures := tally{}
	for _, o := range k.Erasures {
		at := o.At
		if !o.Answered.IsZero() {
			at = o.Answered
		}
		if p.Has(at) {
			erasures[string(o.State)]++
		}
	}
	e.Erasures = erasures.counts()
	return e
}

// designated returns the decisions to freeze that took effect in the period.
func (k known) designated(p Period) []Decision {
	return slices.DeleteFunc(slices.Clone(k.Decisions), func(d Decision) bool {
		return d.Measure != decision.Freeze || !p.Has(d.From)
	})
}

// Paths by which somebody comes to be designated (UNSCR 1373, FATF R.6.2).
const (
	OwnMotion      = "own_motion"
	ForeignRequest = "foreign_request"
	UnitedNations  = "united_nations"
	UnknownPath    = "unknown" // the dossier was erased
)

func (k known) designations(p Period) Designations {
	kinds, paths, grounds := tally{}, tally{}, tally{}
	all := k.designated(p)
	for _, d := range all {
		kinds[string(d.Subject.Kind)]++
		on, ok := k.dossiers[d.Pin.Dossier]
		if !ok {
			paths[UnknownPath]++
			grounds[d.Pin.Statute+" unknown"]++
			continue
		}
		paths[path(on, d)]++
		for _, g := range groundsOf(on) {
			grounds[d.Pin.Statute+" "+g]++
		}
	}
	return Designations{Count{Of: "designations", N: len(all)}, kinds.counts(), paths.counts(), grounds.counts()}
}

// path says whose motion led to a decision: another state's, if it had asked
// before the decision was drafted.
func path(on Dossier, d Decision) string {
	for _, a := range on.Askings {
		switch {
		case a.What != dossier.ForeignIn || a.Clock.Started.After(d.Drafted):
		case strings.EqualFold(a.From, "UN"):
			return UnitedNations
		default:
			return ForeignRequest
		}
	}
	return OwnMotion
}

// groundsOf returns the grounds that a dossier alleges, each once.
func groundsOf(on Dossier) []string {
	var out []string
	for _, a := range on.Content.Allegations {
		if !slices.Contains(out, a.Ground) {
			out = append(out, a.Ground)
		}
	}
	return out
}

// decided counts the decisions that took effect by measure, the exemptions by
// kind, and the designations that ended by why. Why is told by code only: other
// reasons are texts.
func (k known) decided(p Period) (measures, exemptions, ended []Count) {
	m, x, e := tally{}, tally{}, tally{}
	for _, d := range k.Decisions {
		if p.Has(d.From) {
			m[string(d.Measure)]++
			if d.Measure == decision.Exemption && d.Allowance != nil {
				x[code(d.Allowance.Kind)]++
			}
		}
		if d.Measure != decision.Freeze || !p.Has(d.To) {
			continue
		}
		switch {
		case d.State == decision.Ended && slices.Contains([]string{"lift", "amend", "extend", "expired"}, d.Why):
			e[d.Why]++
		case d.State == decision.Refused, d.State == decision.Lapsed:
			e[string(d.State)]++ // at a later stage, as by a court
		default:
			e["other"]++
		}
	}
	return m.counts(), x.counts(), e.counts()
}

// code returns a word that is a code; what people write freely is "other".
func code(word string) string {
	if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return "other"
	}
	return word
}

func (k known) hits(p Period) []Count {
	t := tally{}
	for _, a := range k.Alerts {
		if !p.Has(a.At) {
			continue
		}
		for _, h := range a.Hits {
			t[string(h.State)]++
		}
	}
	return t.counts(string(alert.Same), string(alert.Different), string(alert.Unsure), string(alert.Waiting))
}

func (k known) petitions(p Period) []Pleaded {
	lodged, outcomes, times := tally{}, map[string]tally{}, map[string][]time.Duration{}
	for _, x := range k.Petitions {
		plea := string(x.Plea)
		if outcomes[plea] == nil {
			outcomes[plea] = tally{}
		}
		if p.Has(x.At) {
			lodged[plea]++
		}
		if at := ended(x); p.Has(at) {
			outcomes[plea][string(x.State)]++
			times[plea] = append(times[plea], at.Sub(x.At))
		}
	}
	out := []Pleaded{}
	for _, plea := range []petition.Plea{petition.Delisting, petition.Namesake, petition.Exemption, petition.ThirdParty} {
		s := string(plea)
		if lodged[s] > 0 || len(times[s]) > 0 {
			out = append(out, Pleaded{s, Count{Of: "lodged", N: lodged[s]}, outcomes[s].counts(), spread(times[s])})
		}
	}
	return out
}

// ended returns when a petition came to its end: by a decision, or by the silence
// that the law takes for one. Zero: it has not.
func ended(x petition.Petition) time.Time {
	switch x.State {
	case petition.DeemedRefused, petition.DeemedGranted:
		return x.Clock.Due
	case petition.Lodged, petition.Asked, petition.Recommended:
		return time.Time{}
	}
	return x.Clock.Done
}

func (k known) reviews(p Period) Reviewed {
	r, findings := Reviewed{}, tally{}
	for _, x := range k.Reviews {
		for _, h := range x.Held {
			if p.Has(h.Next.Started) { // the next clock starts with the review
				r.Held++
				findings[string(h.Finding)]++
			}
		}
		for _, m := range x.Missed {
			if p.Has(m.Due) {
				r.Missed++
			}
		}
	}
	r.Findings = findings.counts()
	return r
}
