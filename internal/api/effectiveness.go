package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
	"interdict/internal/effect"
	"interdict/internal/fault"
)

type effectivenessIn struct {
	From    string `query:"from" doc:"first day, as 2026-01-01 (UTC); the first of this year, if it is left out"`
	To      string `query:"to" doc:"day on which the period is over, not in it, as 2027-01-01; until now, if it is left out"`
	AsOf    string `query:"as_of" doc:"an entry of the ledger or an instant: as it was known then"`
	Purpose string `header:"Purpose" maxLength:"300"`
}

type effectivenessOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         effect.Effectiveness
}

func (s *server) effectiveness() {
	op := s.read("read_effectiveness", "/v1/effectiveness", "What the work came to in a period, in numbers: the figures of FATF Immediate Outcome 10.", "ledger")
	huma.Register(s.api, op, func(ctx context.Context, in *effectivenessIn) (*effectivenessOut, error) {
		o, err := s.order(ctx, "", in.Purpose, 0)
		if err != nil {
			return nil, err
		}
		when, err := clerk.ParseWhen(in.AsOf)
		if err != nil {
			return nil, problem(err)
		}
		p, err := period(in.From, in.To, s.now())
		if err != nil {
			return nil, problem(err)
		}
		e, err := s.Clerk.Effectiveness(ctx, o, p, when)
		return &effectivenessOut{private, e}, problem(err)
	})
}

// period reads the ends of a period. What is left out is the beginning of this
// year, and now.
func period(from, to string, now time.Time) (effect.Period, error) {
	p := effect.Period{From: effect.Year(now.Year()).From, To: now.Add(time.Microsecond)}
	for _, end := range []struct {
		text string
		at   *time.Time
	}{{from, &p.From}, {to, &p.To}} {
		if end.text == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, end.text)
		if err != nil {
			return p, fault.New(fault.Invalid, "%q is no day such as 2026-01-31", end.text)
		}
		*end.at = day
	}
	return p, nil
}
