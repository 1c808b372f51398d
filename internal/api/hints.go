package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
)

type hintsIn struct {
	ID    string `path:"id"`
	State string `query:"state" enum:"waiting,delivered,dead"`
}

type hintsOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Hints []clerk.Hint `json:"hints"`
	}
}

func (s *server) hints() {
	op := s.read("read_hints", "/v1/subscriptions/{id}/hints", "The latest hints of a subscription, as far as you may know of what they say, and how each try to send them went.", "subscription")
	huma.Register(s.api, op, func(ctx context.Context, in *hintsIn) (*hintsOut, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		out := hintsOut{CacheControl: private}
		out.Body.Hints, err = s.Clerk.Hints(ctx, o, in.ID, in.State)
		return &out, problem(err)
	})
}
