package clerk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"interdict/internal/access"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/query"
)

// Request is what a person or organisation was asked in a case, and no more of
// the case.
type Request struct {
	Dossier string              `json:"dossier"`
	Key     string              `json:"key"`
	What    dossier.AskingKind  `json:"what"`
	State   dossier.AskingState `json:"state"`
	Due     time.Time           `json:"due"`
	Text    string              `json:"text,omitempty"` // shown to who states a purpose
}

// Requests returns what was asked of the reader and of his organisation, what is
// due first at the head. With a purpose the texts are shown, and that they were
// read stands in the ledger.
func (c *Clerk) Requests(ctx context.Context, o Order) ([]Request, error) {
	t, err := c.turn(ctx, o)
	if err != nil {
		return nil, err
	}
	out, opened := []Request{}, []event.Event{}
	for _, whom := range []string{string(t.By.ID), string(t.By.Organisation)} {
		items, err := c.Store.Queries().ItemsTied(ctx, query.ItemsTiedParams{Target: "asked/" + whom, Relation: "asks"})
		if err != nil {
			return nil, fault.As(fault.Unavailable, fmt.Errorf("looking for requests: %w", err))
		}
		if err := t.foresee(items); err != nil {
			return nil, err
		}
		for _, i := range items {
			asked, read, err := t.askedIn(i.Stream, whom)
			if err != nil {
				return nil, err
			}
			out, opened = append(out, asked...), append(opened, read...)
		}
	}
	if len(opened) > 0 {
		if err := t.reading(opened...); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b Request) int {
		if c := a.Due.Compare(b.Due); c != 0 {
			return c
		}
		return strings.Compare(a.Dossier+a.Key, b.Dossier+b.Key)
	})
	return out, nil
}

// askedIn returns what a case asked of somebody, as far as the reader may
// see, and what is to be recorded of that.
func (t *Turn) askedIn(stream, whom string) ([]Request, []event.Event, error) {
	h, err := t.see(stream)
	if isErased(err) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	on, err := t.resource(h)
	if err != nil {
		return nil, nil, err
	}
	on.Kind = access.RequestList.Kind()
	if t.need(access.RequestList, on) != nil {
		return nil, nil, nil
	}
	texts := t.need(access.RequestRead, on) == nil
	var out []Request
	for _, a := range h.value.(dossier.Dossier).Askings {
		if a.To != whom {
			continue
		}
		r := Request{Dossier: on.ID, Key: a.Key, What: a.What, State: a.State, Due: a.Clock.Due}
		if texts {
			r.Text = a.Text
		}
		out = append(out, r)
	}
	if !texts || len(out) == 0 {
		return out, nil, nil
	}
	return out, []event.Event{Opened{Of: stream, Version: h.version, Parts: []access.Action{access.RequestRead}, Purpose: t.order.Purpose}}, nil
}
