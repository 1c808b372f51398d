package clerk

import (
	"context"
	"fmt"

	"interdict/internal/access"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/roster"
	"interdict/internal/subscription"
	"interdict/internal/webhook"
)

// subscribing begins a subscription.
type subscribing struct {
	URL    string               `json:"url" doc:"where hints go: https, or http to the server's own machine"`
	Topics []subscription.Topic `json:"topics" minItems:"1" enum:"edition.published,request.asked,report.answered,material.feedback"`
}

// resending names a hint.
type resending struct {
	Hint string `json:"hint" doc:"its webhook-id, as msg_…"`
}

// perOrganisation is how many subscriptions an organisation may have at a time.
const perOrganisation = 10

var subscriptionCommands = []Command{
	making("subscription.make", "Register an address at which your organisation is told that something happened. The answer holds the secret, once.", func(t *Turn, _ subscribing) access.Resource {
		return access.Resource{Owner: t.By.Organisation}
	}, subscribe),
	onThing("subscription.rotate", "Take another secret into use. The former one signs too for 24 hours, unless this is done again. The answer holds the secret, once.", func(t *Turn, stream string, s subscription.Subscription, _ nothing) error {
		events, err := s.Rotate()
		if err != nil {
			return err
		}
		sealed, err := t.newSecret(stream, false)
		if err != nil {
			return err
		}
		t.endpoint("rotating a secret", func(ctx context.Context, q *query.Queries) (int64, error) {
			return q.RotateSecret(ctx, query.RotateSecretParams{ID: s.ID.String(), Secret: sealed, Until: micro(t.At.Add(webhook.Overlap))})
		})
		return t.add(stream, events...)
	}),
	sending("subscription.pause", "Let hints wait.", 0, func(s subscription.Subscription, b because) ([]event.Event, error) {
		return s.Pause(b.Reason)
	}),
	sending("subscription.resume", "Let hints be sent again, also those that waited.", 1, func(s subscription.Subscription, _ nothing) ([]event.Event, error) {
		return s.Resume()
	}),
	onThing("subscription.resend", "Send a hint again, one that never arrived or one that did.", func(t *Turn, stream string, s subscription.Subscription, b resending) error {
		events, err := s.Resend(b.Hint)
		if err != nil {
			return err
		}
		t.beside = append(t.beside, func(ctx context.Context, q *query.Queries) error {
			n, err := q.ReviveHint(ctx, query.ReviveHintParams{ID: b.Hint, Endpoint: s.ID.String(), Due: micro(t.At)})
			if err == nil && n != 1 {
				return fault.New(fault.Conflict, "subscription %s has no hint %q, or it is being sent now", s.ID, b.Hint)
			}
			return fault.As(fault.Unavailable, err)
		})
		return t.add(stream, events...)
	}),
	onThing("subscription.end", "End it for good; what was not sent is forgotten.", func(t *Turn, stream string, s subscription.Subscription, b because) error {
		events, err := s.End(b.Reason)
		if err != nil {
			return err
		}
		t.endpoint("forgetting a secret", func(ctx context.Context, q *query.Queries) (int64, error) {
			if _, err := q.DropHintsOf(ctx, s.ID.String()); err != nil {
				return 0, err
			}
			return q.DropEndpoint(ctx, s.ID.String())
		})
		return t.add(stream, events...)
	}),
}

// sending is a command that starts (1) or stops (0) what is sent to an endpoint.
func sending[B any](name, about string, on int64, do func(subscription.Subscription, B) ([]event.Event, error)) Command {
	return onThing(name, about, func(t *Turn, stream string, s subscription.Subscription, b B) error {
		events, err := do(s, b)
		if err != nil {
			return err
		}
		t.setSending(s.ID, on)
		return t.add(stream, events...)
	})
}

func (t *Turn) setSending(id subscription.ID, on int64) {
	t.endpoint("setting what is sent", func(ctx context.Context, q *query.Queries) (int64, error) {
		return q.SetSending(ctx, query.SetSendingParams{ID: id.String(), Sending: on})
	})
}

// endpoint changes the row of an endpoint in the transaction of the turn.
func (t *Turn) endpoint(doing string, change func(context.Context, *query.Queries) (int64, error)) {
	t.beside = append(t.beside, func(ctx context.Context, q *query.Queries) error {
		n, err := change(ctx, q)
		if err == nil && n != 1 {
			return fault.New(fault.Conflict, "%s: the subscription is over", doing)
		}
		if err != nil {
			return fault.As(fault.Unavailable, fmt.Errorf("%s: %w", doing, err))
		}
		return nil
	})
}

func subscribe(t *Turn, b subscribing) error {
	id, err := newID[subscription.Subscription](t.clerk)
	if err != nil {
		return err
	}
	events, err := subscription.Subscription{}.Make(subscription.Made{ID: id, Owner: t.By.Organisation, URL: b.URL, Topics: b.Topics})
	if err != nil {
		return err
	}
	to, err := subscription.ParseAddress(b.URL)
	if err != nil {
		return err
	}
	if to.Loopback && !t.clerk.Loopback {
		return fault.New(fault.Invalid, "the server is seen by other machines and sends nothing to its own: %s", b.URL)
	}
	var others int
	err = t.clerk.subscriptionsOf(t.ctx, t.By.Organisation, func(subscription.Subscription) error { others++; return nil })
	if err != nil {
		return err
	}
	if others >= perOrganisation {
		return fault.New(fault.Conflict, "%s has %d subscriptions, and may have no more: end one", t.By.Organisation, others)
	}
	stream := subscription.Stream(id)
	sealed, err := t.newSecret(stream, true)
	if err != nil {
		return err
	}
	t.beside = append(t.beside, func(ctx context.Context, q *query.Queries) error {
		err := q.AddEndpoint(ctx, query.AddEndpointParams{ID: id.String(), Url: b.URL, Secret: sealed, Former: []byte{}})
		return fault.As(fault.Unavailable, err)
	})
	return t.add(stream, events...)
}

// newSecret draws a secret, to be told once in the answer, and returns it sealed.
func (t *Turn) newSecret(stream string, isNew bool) ([]byte, error) {
	secret, err := webhook.NewSecret(t.clerk.Random)
	if err != nil {
		return nil, err
	}
	sealed, err := t.clerk.seal(t.ctx, stream, isNew, []byte(secret))
	if err != nil {
		return nil, err
	}
	t.secret = secret
	return webhook.Pack(sealed), nil
}

// EndpointGone records that the endpoint of a subscription said that it is gone,
// and holds back what else would go there.
func (c *Clerk) EndpointGone(ctx context.Context, id string) error {
	t := c.turnOf(ctx, Order{By: roster.System}, roster.Person{ID: roster.System})
	s, err := get[subscription.Subscription](t, "subscription/"+id)
	if err != nil {
		return err
	}
	events, err := s.Disable()
	if fault.KindOf(err) == fault.Conflict {
		return nil // another try said so before, or it is over
	}
	if err != nil {
		return err
	}
	t.setSending(s.ID, 0)
	if err := t.add(subscription.Stream(s.ID), events...); err != nil {
		return err
	}
	_, err = t.commit()
	return err
}

var subscriptionRoom = roomOf("subscription", subscription.Events,
	func(s subscription.Subscription) row { return row{state: string(s.State), owner: string(s.Owner)} },
	func(s subscription.Subscription) []tie { return []tie{{subscribesTie, organisationTarget(s.Owner)}} },
	func(s subscription.Subscription) access.Resource {
		return access.Resource{Kind: "subscription", ID: s.ID.String(), Owner: s.Owner, State: string(s.State)}
	})

// subscribesTie ties a subscription to its organisation.
const subscribesTie = "subscribes"

func organisationTarget(o roster.OrganisationID) string { return "organisation/" + string(o) }

// subscriptionsOf yields the subscriptions of an organisation that are not over.
func (c *Clerk) subscriptionsOf(ctx context.Context, o roster.OrganisationID, see func(subscription.Subscription) error) error {
	var faults error
	err := c.tied(ctx, organisationTarget(o), subscribesTie, func(h held) {
		if s := h.value.(subscription.Subscription); s.State != subscription.Ended && faults == nil {
			faults = see(s)
		}
	})
	if err != nil {
		return err
	}
	return faults
}
