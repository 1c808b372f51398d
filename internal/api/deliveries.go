package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
)

type deliveriesOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         clerk.Delivery
}

func (s *server) deliveries() {
	op := s.read("read_deliveries", "/v1/editions/{id}/deliveries", "How an edition went at each institution: each hop by its time and by ours, and who was silent.", "edition")
	huma.Register(s.api, op, func(ctx context.Context, in *readIn) (*deliveriesOut, error) {
		o, err := s.order(ctx, "", in.Purpose, 0)
		if err != nil {
			return nil, err
		}
		d, err := s.Clerk.Deliveries(ctx, o, in.ID)
		return &deliveriesOut{private, d}, problem(err)
	})
}
