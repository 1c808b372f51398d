package clerk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"interdict/internal/access"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/material"
	"interdict/internal/query"
	"interdict/internal/report"
	"interdict/internal/roster"
	"interdict/internal/subscription"
	"interdict/internal/webhook"
)

// sightOf is the action by which somebody may know of what a topic is about.
var sightOf = map[subscription.Topic]access.Action{
	subscription.EditionPublished: access.PublicationRead,
	subscription.RequestAsked:     access.RequestList,
	subscription.ReportAnswered:   access.ReportList,
	subscription.MaterialFeedback: access.MaterialList,
}

// hint writes beside the events of a turn what others are to be told of them.
func (t *Turn) hint() error {
	for _, d := range t.drafts {
		topic, to, err := t.toldOf(d.envelope.Stream, d.event)
		if err != nil {
			return err
		}
		if topic == "" {
			continue
		}
		if err := t.hintAt(d.envelope, topic, to); err != nil {
			return fmt.Errorf("looking for who is told of %s: %w", d.envelope.Stream, err)
		}
	}
	return nil
}

// toldOf says under which topic an event is told, and to whom it is addressed;
// nobody means everybody. No topic: it is told to nobody.
func (t *Turn) toldOf(stream string, e event.Event) (subscription.Topic, roster.OrganisationID, error) {
	switch e := e.(type) {
	case report.Posted:
		return subscription.EditionPublished, "", nil
	case dossier.Asked:
		if e.What == dossier.Request {
			return subscription.RequestAsked, roster.OrganisationID(e.To), nil
		}
	case report.Answer, report.Question:
		r, err := get[report.Report](t, stream)
		return subscription.ReportAnswered, r.Owner, err
	case material.Feedback:
		m, err := get[material.Material](t, stream)
		return subscription.MaterialFeedback, m.Originator, err
	}
	return "", "", nil
}

// hintAt keeps a hint for each subscription of a topic whose organisation has
// somebody who may know of it.
func (t *Turn) hintAt(env event.Envelope, topic subscription.Topic, to roster.OrganisationID) error {
	people, err := t.clerk.roster(t.ctx)
	if err != nil {
		return err
	}
	keep := func(s subscription.Subscription) error {
		if !contains(s.Topics, topic) {
			return nil
		}
		ok, err := t.known(people, s.Owner, topic, env.Stream)
		if err != nil || !ok {
			return err
		}
		hint := query.AddHintParams{
			ID: webhook.IDOf(s.ID.String(), env.Stream, env.Version), Topic: string(topic), Thing: env.Stream,
			Happened: micro(env.At), ID_2: s.ID.String(),
		}
		t.beside = append(t.beside, func(ctx context.Context, q *query.Queries) error {
			_, err := q.AddHint(ctx, hint) // nothing is kept for one that has ended meanwhile
			return fault.As(fault.Unavailable, err)
		})
		return nil
	}
	if to != "" {
		return t.clerk.subscriptionsOf(t.ctx, to, keep)
	}
	all, err := t.clerk.all(t.ctx, "subscription", "")
	if err != nil {
		return err
	}
	for _, h := range all {
		if s := h.value.(subscription.Subscription); s.State != subscription.Ended {
			if err := keep(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// known reports whether anybody of an organisation may know of what a topic says
// of a thing.
func (t *Turn) known(people roster.Roster, o roster.OrganisationID, topic subscription.Topic, stream string) (bool, error) {
	on, err := t.ofTopic(topic, stream)
	if err != nil {
		return false, err
	}
	for _, p := range people.People {
		if p.Organisation == o && p.Left.IsZero() && p.Human() && t.clerk.allow(p, Order{By: p.ID}, sightOf[topic], on) == nil {
			return true, nil
		}
	}
	return false, nil
}

// ofTopic returns the thing of a stream as what a topic says of it.
func (t *Turn) ofTopic(topic subscription.Topic, stream string) (access.Resource, error) {
	kind := sightOf[topic].Kind()
	if topic == subscription.EditionPublished {
		return access.Resource{Kind: kind, ID: stream}, nil
	}
	h, err := t.see(stream)
	if err != nil {
		return access.Resource{}, err
	}
	on, err := t.resource(h)
	on.Kind = kind
	return on, err
}

// Hint is one hint of a subscription with the tries to send it.
type Hint struct {
	ID       string             `json:"id"` // webhook-id
	Topic    subscription.Topic `json:"topic"`
	Of       string             `json:"of"` // id of what it is about
	Happened time.Time          `json:"happened"`
	State    string             `json:"state" enum:"waiting,delivered,dead"`
	Next     time.Time          `json:"next,omitzero"` // try, of one that waits
	Tries    []webhook.Try      `json:"tries"`
}

// hintsShown is how many hints are shown at most.
const hintsShown = 200

// Hints returns the latest hints of a subscription in a state, empty for any, the
// newest first; of what the reader may not know of himself, none.
func (c *Clerk) Hints(ctx context.Context, o Order, id, state string) ([]Hint, error) {
	if _, err := c.Read(ctx, o, "subscription", id, When{}); err != nil {
		return nil, err
	}
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	rows, err := c.Store.Queries().HintsOf(ctx, query.HintsOfParams{Endpoint: id, State: state, Limit: hintsShown})
	if err != nil {
		return nil, fault.As(fault.Unavailable, fmt.Errorf("reading the hints of subscription %s: %w", id, err))
	}
	out := []Hint{}
	for _, r := range rows {
		topic := subscription.Topic(r.Topic)
		on, err := t.ofTopic(topic, r.Thing)
		if isErased(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		sight := sightOf[topic]
		if c.allow(t.By, o.with(sight), sight, on) != nil {
			continue
		}
		_, of, _ := strings.Cut(r.Thing, "/")
		h := Hint{ID: r.ID, Topic: topic, Of: of, Happened: time.UnixMicro(r.Happened).UTC(), State: r.State}
		if h.Tries, err = webhook.Tries(r); err != nil {
			return nil, err
		}
		if r.State == webhook.Waiting {
			h.Next = time.UnixMicro(r.Due).UTC()
		}
		out = append(out, h)
	}
	return out, nil
}
