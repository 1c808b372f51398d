package web

import (
	"slices"

	"interdict/internal/clerk"
	"interdict/internal/fault"
	"interdict/internal/subscription"
	"interdict/internal/webhook"
)

// subscriptions are the pages of who is told that something happened.
func (s *server) subscriptions() {
	s.page("GET /subscriptions", (*visit).showSubscriptions)
	s.page("GET /subscriptions/{id}", (*visit).showSubscription)
}

// topicWords are what a hint can say, as keys of messages.
var topicWords = map[subscription.Topic]string{
	subscription.EditionPublished: "an edition of the list was published",
	subscription.RequestAsked:     "information was asked of your organisation",
	subscription.ReportAnswered:   "a report of yours was answered, or more was asked",
	subscription.MaterialFeedback: "you hear what a material of yours was good for",
}

func topicWord(t subscription.Topic) string {
	if w, ok := topicWords[t]; ok {
		return w
	}
	return string(t)
}

func (v *visit) showSubscriptions() error {
	page, err := v.list("subscription", v.r.FormValue("state"))
	if err != nil {
		return err
	}
	return v.show(say(v.own(), "Hints"), subscriptionsFrame(page))
}

// subscriptionPage is one subscription with the way of its hints.
type subscriptionPage struct {
	subscription.Subscription
	Shown string // state of the hints that are shown; "" for any
	Hints []clerk.Hint
	May   []clerk.Command
}

func (v *visit) showSubscription() error {
	id := v.r.PathValue("id")
	seen, err := v.read("subscription", id)
	if err != nil {
		return err
	}
	s, ok := seen.Content.(subscription.Subscription)
	if !ok {
		return fault.New(fault.Internal, "a subscription shows a %T", seen.Content)
	}
	p := subscriptionPage{Subscription: s, Shown: v.r.FormValue("state")}
	if seen.AsOf == 0 {
		if p.Hints, err = v.Clerk.Hints(v.ctx(), v.Order, id, p.Shown); err != nil {
			return err
		}
		if p.May, err = v.Clerk.May(v.ctx(), v.Order, "subscription", id); err != nil {
			return err
		}
	}
	return v.show(say(v.own(), "Hints"), subscriptionFrame(p))
}

func (p subscriptionPage) id() string { return p.ID.String() }

func (p subscriptionPage) here() string { return pathOf("subscription/" + p.id()) }

// dead reports whether a hint that is shown never arrived.
func (p subscriptionPage) dead() bool {
	return slices.ContainsFunc(p.Hints, func(h clerk.Hint) bool { return h.State == webhook.Dead })
}
