package webhook

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
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

	trying  sync.WaitGroup
	writing sync.Mutex    // writers of one process take turns: SQLite lets others wait by sleeping
	free    chan struct{} // something has ended, and more can begin
	mu      sync.Mutex
	turns   map[string]turn // by endpoint
}

// turn is how it stands with one endpoint in this process.
type turn struct {
	busy   bool // it is sent to now
	failed bool // the last time
	last   time.Time
}

// New returns a sender, which sends when Run or Pass is called.
func New(c Config) *Sender {
	return &Sender{
		Config: c, patience: timeout, outward: newLine(public), inward: newLine(here),
		free: make(chan struct{}, 1), turns: map[string]turn{},
	}
}

// Run sends until the context ends, then waits for what is under way.
func (s *Sender) Run(ctx context.Context) {
	look, clean := time.NewTicker(time.Second), time.NewTicker(time.Hour)
	defer look.Stop()
	defer clean.Stop()
	defer s.trying.Wait()
	for {
		if _, err := s.start(ctx); err != nil && ctx.Err() == nil {
			slog.Error("hints", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		case <-s.free:
		case <-clean.C:
			if err := s.clean(ctx); err != nil && ctx.Err() == nil {
				slog.Error("old hints", "error", err)
			}
		}
	}
}

// Pass sends what is due now and returns when all of it was tried.
func (s *Sender) Pass(ctx context.Context) error {
	for {
		begun, err := s.start(ctx)
		s.trying.Wait()
		if err != nil || begun == 0 {
			return err
		}
	}
}

// start begins to send to endpoints that something is due for, those first that
// were not sent to for longest. It returns to how many.
func (s *Sender) start(ctx context.Context) (begun int, err error) {
	due, err := s.Queries.EndpointsDue(ctx, s.Now().UnixMicro())
	if err != nil {
		return 0, fault.As(fault.Unavailable, fmt.Errorf("looking for hints to send: %w", err))
	}
	for _, id := range s.take(due) {
		begun++
		s.trying.Go(func() {
			taken, err := s.drain(ctx, id)
			s.leave(id, taken)
			if err != nil && ctx.Err() == nil {
				slog.Error("sending hints", "subscription", id, "error", err)
			}
		})
	}
	return begun, nil
}

// take chooses whom to send to now. One that failed rests a second, so that one
// with much to come does not keep the others waiting.
func (s *Sender) take(due []string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	places := atOnce
	for _, t := range s.turns {
		if t.busy {
			places--
		}
	}
	due = slices.DeleteFunc(due, func(id string) bool {
		t := s.turns[id]
		return t.busy || t.failed && s.Now().Sub(t.last) < time.Second
	})
	slices.SortStableFunc(due, func(a, b string) int { return s.turns[a].last.Compare(s.turns[b].last) })
	due = due[:min(len(due), places)]
	for _, id := range due {
		s.turns[id] = turn{busy: true}
	}
	return due
}

func (s *Sender) leave(id string, taken bool) {
	s.mu.Lock()
	s.turns[id] = turn{failed: !taken, last: s.Now()}
	s.mu.Unlock()
	select {
	case s.free <- struct{}{}:
	default:
	}
}

// drain sends to one endpoint what is due there, until a try fails. It returns
// whether all of it was taken.
func (s *Sender) drain(ctx context.Context, id string) (taken bool, err error) {
	for ctx.Err() == nil {
		h, err := s.Queries.NextHint(ctx, query.NextHintParams{Endpoint: id, Due: s.Now().UnixMicro()})
		if errors.Is(err, sql.ErrNoRows) {
			return true, nil
		}
		if err != nil {
			return false, fault.As(fault.Unavailable, fmt.Errorf("looking for the next hint: %w", err))
		}
		claimed, err := s.claim(ctx, &h)
		if err != nil {
			return false, err
		}
		if !claimed {
			return false, nil // another process sends there
		}
		if taken, err := s.send(ctx, h); err != nil || !taken {
			return false, err
		}
	}
	return false, nil
}

// claim takes a hint for one try, false if another process was first.
func (s *Sender) claim(ctx context.Context, h *query.Hint) (bool, error) {
	claim := query.ClaimHintParams{ID: h.ID, Claim: rand.Text(), Due: s.Now().Add(lease).UnixMicro(), Tries: h.Tries, Due_2: h.Due}
	s.writing.Lock()
	n, err := s.Queries.ClaimHint(ctx, claim)
	s.writing.Unlock()
	if err != nil {
		return false, fault.As(fault.Unavailable, fmt.Errorf("claiming hint %s: %w", h.ID, err))
	}
	h.Claim, h.Tries = claim.Claim, h.Tries+1
	return n == 1, nil
}

// clean forgets what was delivered long ago.
func (s *Sender) clean(ctx context.Context) error {
	_, err := s.Queries.DropDelivered(ctx, s.Now().Add(-keep).UnixMicro())
	return fault.As(fault.Unavailable, err)
}
