package api

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/pack"
)

type packIn struct {
	ID      string `path:"id"`
	TLP     string `query:"tlp" doc:"a ceiling: clear, green, amber, amber+strict or red; what is marked more strictly is left out"`
	Purpose string `header:"Purpose" maxLength:"300" doc:"what restricted content is read for; it stands in the ledger"`
}

// packs are the routes of evidence packs. A pack is written while it is read; one
// that cannot be ended is cut off, so that nobody takes it for a whole one.
func (s *server) packs() {
	maker := pack.Maker{Clerk: s.Clerk, Fonts: s.Fonts}
	for _, kind := range pack.Kinds {
		op := s.read("pack_"+kind, "/v1/"+plural(kind)+"/{id}/pack", "The evidence pack of a "+kind+", as far as it is yours to see: a ZIP with PDF, JSON, documents and receipts.", kind)
		op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/zip": {}}}}
		huma.Register(s.api, op, func(ctx context.Context, in *packIn) (*huma.StreamResponse, error) {
			o, err := s.order(ctx, "", in.Purpose, 0)
			if err != nil {
				return nil, err
			}
			ceiling, err := pack.ParseCeiling(in.TLP)
			if err != nil {
				return nil, problem(err)
			}
			p, err := maker.Gather(ctx, o, pack.Wish{Kind: kind, ID: in.ID, Ceiling: ceiling})
			if err != nil {
				return nil, problem(err)
			}
			return &huma.StreamResponse{Body: func(w huma.Context) { sendPack(ctx, w, p) }}, nil
		})
	}
}

func sendPack(ctx context.Context, w huma.Context, p *pack.Pack) {
	w.SetHeader("Content-Type", "application/zip")
	w.SetHeader("Content-Disposition", disposition(p.Name()))
	w.SetHeader("Cache-Control", private)
	w.SetHeader("X-Content-Type-Options", "nosniff")
	if err := p.Write(ctx, w.BodyWriter()); err != nil {
		slog.Error("an evidence pack was cut off", "of", p.Of, "error", err)
		panic(http.ErrAbortHandler)
	}
}
