package webhook

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"interdict/internal/fault"
	"interdict/internal/query"
	"interdict/internal/vault"
)

// Config is what a sender works with.
type Config struct {
	Queries  *query.Queries
	Vault    *vault.Vault
	API      string // where the API is reached: https://commission.example
	Loopback bool   // the server listens on this machine alone

	// Gone records that the endpoint of a subscription said that it is gone, and
	// holds back what else would go there.
	Gone func(ctx context.Context, subscription string) error
	Now  func() time.Time
}

const (
	lease    = time.Minute // after which a try under way counts as lost; longer than any takes
	atOnce   = 32          // endpoints that one process sends to at a time
	keep     = 30 * 24 * time.Hour
	longWait = 24 * time.Hour // of what Retry-After may ask
)

// pauses are those after a failed try. Ten of them are three and a half days, so
// that what fails on Friday evening can be mended on Monday morning.
var pauses = []time.Duration{
	5 * time.Second, 30 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour,
	24 * time.Hour, 24 * time.Hour, 24 * time.Hour,
}

// Sender sends hints. It is safe for concurrent use, also by several processes.
type Sender struct {
	Config
	patience        time.Duration // of one try
	outward, inward *http.Client

	trying sync.WaitGroup
	mu     sync.Mutex
	busy   map[string]bool // endpoints that are sent to now
}

// New returns a sender, which sends when Run or Pass is called.
func New(c Config) *Sender {
	return &Sender{Config: c, patience: timeout, outward: newLine(public), inward: newLine(here), busy: map[string]bool{}}
}

// Run sends until the context ends, then waits for what is under way.
func (s *Sender) Run(ctx context.Context) {
	look, clean := time.NewTicker(time.Second), time.NewTicker(time.Hour)
	defer look.Stop()
	defer clean.Stop()
	defer s.trying.Wait()
	for {
		if err := s.start(ctx); err != nil && ctx.Err() == nil {
			slog.Error("hints", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		case <-clean.C:
			if err := s.clean(ctx); err != nil && ctx.Err() == nil {
				slog.Error("old hints", "error", err)
			}
		}
	}
}

// Pass sends what is due now and returns when all of it was tried.
func (s *Sender) Pass(ctx context.Context) error {
	err := s.start(ctx)
	s.trying.Wait()
	return err
}

// start begins to send to each endpoint that something is due for, those that
// waited longest first.
func (s *Sender) start(ctx context.Context) error {
	due, err := s.Queries.EndpointsDue(ctx, query.EndpointsDueParams{Due: s.Now().UnixMicro(), Limit: 4 * atOnce})
	if err != nil {
		return fault.As(fault.Unavailable, fmt.Errorf("looking for hints to send: %w", err))
	}
	for _, id := range due {
		if !s.take(id) {
			continue
		}
		s.trying.Go(func() {
			defer s.leave(id)
			if err := s.drain(ctx, id); err != nil && ctx.Err() == nil {
				slog.Error("sending hints", "subscription", id, "error", err)
			}
		})
	}
	return nil
}

func (s *Sender) take(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy[id] || len(s.busy) >= atOnce {
		return false
	}
	s.busy[id] = true
	return true
}

func (s *Sender) leave(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.busy, id)
}

// drain sends to one endpoint what is due there, until a try fails.
func (s *Sender) drain(ctx context.Context, id string) error {
	if _, err := s.Queries.SetTried(ctx, query.SetTriedParams{ID: id, Tried: s.Now().UnixMicro()}); err != nil {
		return fault.As(fault.Unavailable, err)
	}
	for ctx.Err() == nil {
		h, err := s.Queries.NextHint(ctx, query.NextHintParams{Endpoint: id, Due: s.Now().UnixMicro()})
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fault.As(fault.Unavailable, fmt.Errorf("looking for the next hint: %w", err))
		}
		claimed, err := s.claim(ctx, &h)
		if err != nil {
			return err
		}
		if !claimed {
			return nil // another process sends there
		}
		if more, err := s.send(ctx, h); err != nil || !more {
			return err
		}
	}
	return nil
}

// claim takes a hint for one try, false if another process was first.
func (s *Sender) claim(ctx context.Context, h *query.Hint) (bool, error) {
	claim := query.ClaimHintParams{ID: h.ID, Claim: rand.Text(), Due: s.Now().Add(lease).UnixMicro(), Tries: h.Tries, Due_2: h.Due}
	n, err := s.Queries.ClaimHint(ctx, claim)
	if err != nil {
		return false, fault.As(fault.Unavailable, fmt.Errorf("claiming hint %s: %w", h.ID, err))
	}
	h.Claim, h.Tries = claim.Claim, h.Tries+1
	return n == 1, nil
}

// clean forgets what was delivered long ago.
func (s *Sender) clean(ctx context.Context) error {
	if _, err := s.Queries.DropDelivered(ctx, s.Now().Add(-keep).UnixMicro()); err != nil {
		return fault.As(fault.Unavailable, err)
	}
	_, err := s.Queries.DropLooseAttempts(ctx)
	return fault.As(fault.Unavailable, err)
}
