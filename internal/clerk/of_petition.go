package clerk

import (
	"time"

	"interdict/internal/access"
	"interdict/internal/decision"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/petition"
)

// lodging hands a petition in; its clock is that of the statute.
type lodging struct {
	Plea       petition.Plea `json:"plea" enum:"delisting,namesake,exemption,third_party"`
	Against    decision.ID   `json:"against" doc:"the contested decision"`
	Petitioner who           `json:"petitioner"`
	Counsel    string        `json:"counsel,omitempty"`
	Text       string        `json:"text"`
	Change     string        `json:"change,omitempty" doc:"what is new since an earlier petition"`
	Received   time.Time     `json:"received,omitzero" doc:"when it came in, if before now"`
}

var petitionCommands = []Command{
	making("petition.lodge", "Take in a petition against a decision.", func(t *Turn, _ lodging) access.Resource {
		return access.Resource{Owner: t.By.Organisation}
	}, func(t *Turn, b lodging) error {
		against, err := t.contestable(b.Against)
		if err != nil {
			return err
		}
		petitioner, err := b.Petitioner.subject()
		if err != nil {
			return err
		}
		from := t.At
		if !b.Received.IsZero() {
			from = b.Received.UTC()
		}
		clock, err := t.clock("petition."+string(b.Plea), from)
		if err != nil {
			return err
		}
		earlier, err := t.earlierPetitions(against.ID, b.Plea, petitioner.PrimaryName())
		if err != nil {
			return err
		}
		law, err := t.law()
		if err != nil {
			return err
		}
		heard, err := law.Petition(b.Plea)
		if err != nil {
			return err
		}
		id, err := newID[petition.Petition](t.clerk)
		if err != nil {
			return err
		}
		events, err := petition.Petition{}.Lodge(t.At, petition.Lodging{
			ID: id, Plea: b.Plea, Against: b.Against, Drafters: against.Drafters, Petitioner: petitioner,
			Counsel: b.Counsel, Text: b.Text, Change: b.Change, Via: t.By.Organisation, Clock: clock,
		}, against, earlier, heard.Barred)
		if err != nil {
			return err
		}
		return t.add(petition.Stream(id), events...)
	}),
	verb("petition.ask", "Put a question to the petitioner; the clock stops.", func(t *Turn, p petition.Petition, b struct {
		Text string `json:"text"`
	},
	) ([]event.Event, error) {
		return p.Ask(t.By, t.At, b.Text)
	}),
	verb("petition.answer", "Record the petitioner's answer; the clock runs again.", func(t *Turn, p petition.Petition, b struct {
		Text     string   `json:"text"`
		Evidence []string `json:"evidence,omitempty"`
	},
	) ([]event.Event, error) {
		return p.Answer(t.By, t.At, b.Text, b.Evidence)
	}),
	verb("petition.recommend", "Say what should be decided.", func(t *Turn, p petition.Petition, b petition.Advice) ([]event.Event, error) {
		return p.Recommend(t.By, b.Grant, b.Reason)
	}),
	verb("petition.send_back", "Ask for another recommendation.", func(t *Turn, p petition.Petition, b because) ([]event.Event, error) {
		return p.SendBack(t.By, b.Reason)
	}),
	verb("petition.grant", "Grant it by a decision in force that does what was asked for.", func(t *Turn, p petition.Petition, b petition.Grant) ([]event.Event, error) {
		if err := t.reaches("decision", b.Decision.String()); err != nil {
			return nil, err
		}
		d, err := get[decision.Decision](t, decision.Stream(b.Decision))
		if err != nil {
			return nil, err
		}
		return p.Grant(t.By, d, b.Reason)
	}),
	verb("petition.refuse", "Refuse it, and say where the petitioner may turn.", func(t *Turn, p petition.Petition, b petition.Refusal) ([]event.Event, error) {
		return p.Refuse(t.By, b.Reason, b.Recourse)
	}),
	verb("petition.reject", "Say that it cannot be heard at all.", func(t *Turn, p petition.Petition, b petition.Rejection) ([]event.Event, error) {
		return p.Reject(t.By, b.Reason, b.Recourse)
	}),
	verb("petition.withdraw", "Record that the petitioner withdrew.", func(t *Turn, p petition.Petition, b because) ([]event.Event, error) {
		return p.Withdraw(t.By, b.Reason)
	}),
}

var reviewCommands = []Command{
	verb("review.hold", "Record a review with its finding; the next clock starts.", func(t *Turn, r petition.Reviews, b struct {
		Finding petition.Finding `json:"finding" enum:"maintain,propose_lift,propose_amend"`
		Reason  string           `json:"reason"`
	},
	) ([]event.Event, error) {
		next, err := t.clock("review", t.At)
		if err != nil {
			return nil, err
		}
		return r.Hold(t.By, t.At, b.Finding, b.Reason, next)
	}),
}

// contestable returns a decision that the person may petition against: one that
// is or was in force, which is public, or one that he may know of; none that he
// stands aside from.
func (t *Turn) contestable(id decision.ID) (decision.Decision, error) {
	stream := decision.Stream(id)
	h, err := t.see(stream)
	if err != nil {
		return decision.Decision{}, t.hide(err, stream)
	}
	on, err := t.resource(h)
	if err != nil {
		return decision.Decision{}, err
	}
	d := h.value.(decision.Decision)
	if _, public := d.Public(); !public && t.need(access.DecisionList, on) != nil {
		return d, hidden(stream)
	}
	on.Kind = access.PetitionLodge.Kind()
	return d, t.hideOr(t.need(access.PetitionLodge, on), stream)
}

// earlierPetitions returns the petitions on the same plea by a petitioner of the
// same name against the same decision.
func (t *Turn) earlierPetitions(against decision.ID, plea petition.Plea, name string) ([]petition.Petition, error) {
	ties, err := t.clerk.Store.Queries().TiesTo(t.ctx, decision.Stream(against))
	if err != nil {
		return nil, fault.As(fault.Unavailable, err)
	}
	var out []petition.Petition
	for _, tie := range ties {
		if tie.Relation != "against" {
			continue
		}
		p, err := get[petition.Petition](t, tie.Source)
		if isErased(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if p.Plea == plea && p.Petitioner.PrimaryName() == name {
			out = append(out, p)
		}
	}
	return out, nil
}

var petitionRoom = roomOf("petition", petition.Events,
	func(p petition.Petition) row {
		r := row{state: string(p.State), owner: string(p.Via)}
		if p.State == petition.Lodged || p.State == petition.Recommended {
			r.due = micro(p.Clock.Due)
		}
		return r
	},
	func(p petition.Petition) []tie {
		ties := []tie{{"against", decision.Stream(p.Against)}}
		if !p.Outcome.IsZero() {
			ties = append(ties, tie{"outcome", decision.Stream(p.Outcome)})
		}
		return ties
	},
	func(p petition.Petition) access.Resource {
		return access.Resource{Kind: "petition", ID: p.ID.String(), Owner: p.Via, State: string(p.State)}
	})

var reviewRoom = roomOf("review", func(*event.Registry) {}, // those of petitions
	func(r petition.Reviews) row {
		out := row{state: string(r.State)}
		if r.State == petition.Upcoming {
			out.due = micro(r.Clock.Due)
		}
		return out
	},
	func(r petition.Reviews) []tie { return append(lateTies(r), tie{"of", decision.Stream(r.Decision)}) },
	func(r petition.Reviews) access.Resource {
		return access.Resource{Kind: "review", ID: r.Decision.String(), State: string(r.State)}
	})
