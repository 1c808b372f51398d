package web

import (
	"context"
	"slices"

	"interdict/internal/clerk"
	"interdict/internal/decision"
	"interdict/internal/fault"
	"interdict/internal/petition"
)

// reviewsPage is the calendar of the reviews of a decision.
type reviewsPage struct {
	petition.Reviews
	AsOf int64
	May  []clerk.Command
	Of   *decision.Decision // nil: it is not the reader's to see
}

func (v *visit) showReviews() error {
	id := v.r.PathValue("id")
	seen, err := v.read("review", id)
	if err != nil {
		return err
	}
	r, ok := seen.Content.(petition.Reviews)
	if !ok {
		return fault.New(fault.Internal, "reviews show a %T", seen.Content)
	}
	p := reviewsPage{Reviews: r, AsOf: seen.AsOf}
	if p.AsOf == 0 {
		if p.May, err = v.Clerk.May(v.ctx(), v.Order, "review", id); err != nil {
			return err
		}
	}
	of, err := v.Clerk.Read(v.ctx(), v.Order, "decision", id, clerk.When{})
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if d, ok := of.Content.(clerk.DecisionSeen); ok {
		p.Of = &d.Decision
	}
	return v.show(say(v.own(), "Reviews"), reviewsFrame(p))
}

func (p reviewsPage) id() string { return p.Decision.String() }

func (p reviewsPage) here() string { return pathOf("review/" + p.id()) }

// drafted reports whether a visitor drafted what is reviewed.
func (p reviewsPage) drafted(v *visit) bool { return slices.Contains(p.Drafters, v.Person.ID) }

// proposed is what the last review proposed, while the decision is in force: ""
// when it was to be maintained.
func (p reviewsPage) proposed() petition.Finding {
	n := len(p.Held)
	if n == 0 || p.State == petition.Over || p.Held[n-1].Finding == petition.Maintain {
		return ""
	}
	return p.Held[n-1].Finding
}

// findings are what a review may come to, as keys of messages.
var findings = []struct {
	Finding petition.Finding
	Text    string
}{
	{petition.Maintain, "maintain: the grounds are still there"},
	{petition.ProposeLift, "propose to lift it"},
	{petition.ProposeAmend, "propose to amend it"},
}

func findingText(f petition.Finding) string {
	for _, x := range findings {
		if x.Finding == f {
			return x.Text
		}
	}
	return stateWord(string(f))
}

// reviewsTitle names the decision, to who may read it.
func reviewsTitle(ctx context.Context, p reviewsPage) string {
	if p.Of == nil {
		return say(ctx, "Reviews of decision %s", short(p.id()))
	}
	return p.Of.Subject.PrimaryName()
}
