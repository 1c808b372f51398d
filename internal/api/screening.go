package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
	"interdict/internal/screen"
)

type screenIn struct {
	Body clerk.Question
}

type screenOut struct {
	Body clerk.Found
}

type documentIn struct {
	Name    string `query:"name" doc:"file name, for its format"`
	RawBody []byte `contentType:"application/octet-stream"`
}

type documentOut struct {
	Body screen.DocumentAnswer
}

type paymentOut struct {
	Body struct {
		Messages []screen.PaymentAnswer `json:"messages"`
	}
}

func (s *server) screening() {
	op := huma.Operation{
		OperationID: "screen_name", Method: http.MethodPost, Path: "/v1/screen/name", Tags: []string{"screen"},
		Summary:     "Screen somebody against the register in force. Hits that an exclusion of yours covers say so.",
		Middlewares: huma.Middlewares{identified}, Security: []map[string][]string{{"key": {}}},
	}
	huma.Register(s.api, op, func(ctx context.Context, in *screenIn) (*screenOut, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		found, err := s.Clerk.Screen(ctx, o, in.Body)
		return &screenOut{found}, problem(err)
	})
	op.OperationID, op.Path, op.MaxBodyBytes = "screen_document", "/v1/screen/document", 96<<20
	op.Summary = "Screen the text of a document against the register in force. The document is not kept."
	huma.Register(s.api, op, func(ctx context.Context, in *documentIn) (*documentOut, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		a, err := s.Clerk.ScreenDocument(ctx, o, in.Name, in.RawBody)
		return &documentOut{a}, problem(err)
	})
	op.OperationID, op.Path = "screen_payment", "/v1/screen/payment"
	op.Summary = "Screen every message of a payment file (ISO 20022, SWIFT MT) against the register in force. The file is not kept."
	huma.Register(s.api, op, func(ctx context.Context, in *documentIn) (*paymentOut, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		var out paymentOut
		out.Body.Messages, err = s.Clerk.ScreenPayment(ctx, o, in.Name, in.RawBody)
		return &out, problem(err)
	})
}
