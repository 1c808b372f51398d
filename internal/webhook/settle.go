package webhook

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"interdict/internal/fault"
	"interdict/internal/query"
)

// send tries a claimed hint once and writes down how it went. It returns whether
// it was taken.
func (s *Sender) send(ctx context.Context, h query.Hint) (taken bool, err error) {
	e, err := s.Queries.Endpoint(ctx, h.Endpoint)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil // the subscription has ended
	}
	if err != nil {
		return false, fault.As(fault.Unavailable, fmt.Errorf("reading the endpoint of subscription %s: %w", h.Endpoint, err))
	}
	a, err := s.try(ctx, e, h)
	if err != nil {
		a = answer{text: "a fault of the sender; it was logged"}
	}
	if ctx.Err() != nil {
		return false, ctx.Err() // the server ends: the claim runs out and the hint is sent again
	}
	settled := s.settlement(h, a)
	if a.status == http.StatusGone {
		if gone := s.Gone(ctx, h.Endpoint); gone != nil {
			err = errors.Join(err, gone)
		} else {
			settled.State, settled.Failed, settled.Due = Waiting, h.Failed, s.Now().UnixMicro() // for when it is resumed
		}
	}
	return a.taken(), errors.Join(err, s.write(ctx, h, a, settled))
}

// settlement says how a hint stands after a try.
func (s *Sender) settlement(h query.Hint, a answer) query.SettleHintParams {
	now := s.Now()
	p := query.SettleHintParams{ID: h.ID, Claim: h.Claim, Due: now.UnixMicro()}
	switch {
	case a.taken():
		p.State = Delivered
	case int(h.Failed) >= len(pauses):
		p.State, p.Failed = Dead, h.Failed+1
	default:
		pause := max(pauses[h.Failed], min(a.after, longWait))
		p.State, p.Failed, p.Due = Waiting, h.Failed+1, now.Add(pause).UnixMicro()
	}
	return p
}

func (s *Sender) write(ctx context.Context, h query.Hint, a answer, settled query.SettleHintParams) error {
	log, err := written(h, Try{h.Tries, s.Now().Add(-a.took).UTC().Truncate(time.Millisecond), a.took.Milliseconds(), a.status, a.text})
	if err != nil {
		return err
	}
	settled.Log = log
	s.writing.Lock()
	defer s.writing.Unlock()
	if _, err := s.Queries.SettleHint(ctx, settled); err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("writing down how hint %s went: %w", h.ID, err))
	}
	return nil
}
