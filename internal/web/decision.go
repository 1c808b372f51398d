package web

import (
	"encoding/json"
	"fmt"
	"slices"

	"interdict/internal/access"
	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/fault"
	"interdict/internal/petition"
)

// decisions are the pages of what the commission decides.
func (s *server) decisions() {
	s.page("GET /decisions/new", (*visit).newDecision)
	s.page("GET /decisions/{id}", (*visit).showDecision)
	s.page("GET /decisions/{id}/signed", (*visit).signedBytes)
}

// decisionPage is a decision as far as the reader may see it.
type decisionPage struct {
	Decision decision.Decision
	Digest   string
	Whole    bool // the closed reasons are shown
	Version  uint64
	AsOf     int64
	May      []clerk.Command
	Around   []clerk.Related
	Reviews  *petition.Reviews // nil: there are none, or they are not the reader's to see
}

func (v *visit) decisionSeen() (decisionPage, error) {
	seen, err := v.read("decision", v.r.PathValue("id"))
	if err != nil {
		return decisionPage{}, err
	}
	d, ok := seen.Content.(clerk.DecisionSeen)
	if !ok {
		return decisionPage{}, fault.New(fault.Internal, "a decision shows a %T", seen.Content)
	}
	return decisionPage{
		Decision: d.Decision, Digest: d.Digest, Whole: slices.Contains(seen.Parts, access.DecisionReadClosed), Version: seen.Version, AsOf: seen.AsOf,
	}, nil
}

func (v *visit) showDecision() error {
	p, err := v.decisionSeen()
	if err != nil {
		return err
	}
	id := p.Decision.ID.String()
	if p.AsOf == 0 {
		if p.May, err = v.Clerk.May(v.ctx(), v.Order, "decision", id); err != nil {
			return err
		}
		if p.Around, err = v.Clerk.RelatedTo(v.ctx(), v.Order, "decision", id, "target", "against", "outcome", "of", "certificate"); err != nil {
			return err
		}
	}
	if p.reviewed() {
		seen, err := v.Clerk.Read(v.ctx(), v.Order, "review", id, clerk.When{})
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if r, ok := seen.Content.(petition.Reviews); ok {
			p.Reviews = &r
		}
	}
	return v.show(say(v.own(), "Decision"), decisionFrame(p))
}

// signedBytes gives the very bytes of which the digest is the hash, to who sees
// all of them.
func (v *visit) signedBytes() error {
	p, err := v.decisionSeen()
	if err != nil {
		return err
	}
	if !p.Whole {
		return fault.New(fault.NotFound, "the text that is signed holds what is not yours to see")
	}
	text, err := json.Marshal(p.Decision.Drafted)
	if err != nil {
		return fault.As(fault.Internal, err)
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s.json"`, p.Decision.ID))
	_, _ = v.w.Write(text) // a reader who left is no fault
	return nil
}

func (p decisionPage) id() string { return p.Decision.ID.String() }

// reviewed reports whether the reader may know of reviews of the decision.
func (p decisionPage) reviewed() bool {
	return slices.ContainsFunc(p.Around, func(r clerk.Related) bool { return r.Kind == "review" })
}

// others are what is tied to the decision, its reviews apart.
func (p decisionPage) others() []clerk.Related {
	return slices.DeleteFunc(slices.Clone(p.Around), func(r clerk.Related) bool { return r.Kind == "review" })
}

// offices are those for which the reader could sign the stage that waits.
func (p decisionPage) offices(v *visit) []string {
	stage, waits := p.Decision.Stage()
	if !waits || stage.Kind == decision.Vote || stage.Kind == decision.Court {
		return nil
	}
	var out []string
	for _, o := range stage.Offices {
		if clerk.HoldsOffice(v.Roster, v.Person, o) && !p.signedFor(stage.ID, o) {
			out = append(out, o)
		}
	}
	return out
}

func (p decisionPage) signedFor(stage, office string) bool {
	return slices.ContainsFunc(p.Decision.Signatures, func(s decision.Signature) bool { return s.Stage == stage && s.Office == office })
}

// unsigned says, as a key of messages, why the reader cannot sign himself; "" if
// he can.
func (p decisionPage) unsigned(v *visit) string {
	switch {
	case slices.Contains(p.Decision.Drafters, v.Person.ID):
		return "You drafted it: another person signs."
	case slices.ContainsFunc(p.Decision.Signatures, func(s decision.Signature) bool { return s.By == v.Person.ID }):
		return "You signed it already."
	}
	return ""
}

// stageState is where a stage stands: "passed", "waits" or "later"; "ended" where
// the decision ended before it.
func (p decisionPage) stageState(s decision.Stage) string {
	d := p.Decision
	next, waits := d.Stage()
	switch {
	case slices.Contains(d.Passed, s.ID):
		return "passed"
	case d.State != decision.Draft && d.State != decision.Pending && d.State != decision.InForce:
		return "ended"
	case waits && next.ID == s.ID:
		return "waits"
	}
	return "later"
}

// stageWords is a kind of stage as a key of messages.
var stageWords = map[decision.StageKind]string{
	decision.Vote: "vote of the commission", decision.Sign: "signature", decision.Consent: "consent", decision.Court: "ruling of the court",
}

// changes are the measures that change a decision in force.
var changes = []decision.Measure{decision.Lift, decision.Amend, decision.Extend, decision.Exemption}

// changeWords are what a measure does, as a key of messages.
var changeWords = map[decision.Measure]string{
	decision.Freeze: "freeze", decision.Refuse: "refuse: no grounds", decision.Amend: "amend", decision.Lift: "lift", decision.Extend: "extend",
	decision.Exemption: "allow an exemption", decision.Certificate: "certify a namesake",
}
