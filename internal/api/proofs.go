package api

import (
	"context"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
)

func disposition(name string) string {
	if s := mime.FormatMediaType("attachment", map[string]string{"filename": name}); s != "" {
		return s
	}
	return "attachment"
}

type textOut struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

type receiptIn struct {
	Index int64 `path:"index" minimum:"0"`
}

type ledgerIn struct {
	From    int64  `query:"from" minimum:"0"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Purpose string `header:"Purpose" maxLength:"300"`
}

type ledgerOut struct {
	Body struct {
		Entries []clerk.Entry `json:"entries"`
	}
}

type sawIn struct {
	Of      string `query:"of" required:"true" doc:"stream of the thing: dossier/D…"`
	Purpose string `header:"Purpose" maxLength:"300"`
}

type sawOut struct {
	Body struct {
		Readings []clerk.Reading `json:"readings"`
	}
}

// proofs are the routes by which anybody entitled can prove what was known, by
// whom and when.
func (s *server) proofs() {
	huma.Register(s.api, s.read("read_receipt", "/v1/receipts/{index}", "The proof, to be verified offline, that your command stands in the ledger.", "ledger"), func(ctx context.Context, in *receiptIn) (*textOut, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		text, err := s.Clerk.Receipt(ctx, o, in.Index)
		return &textOut{"text/plain; charset=utf-8", text}, problem(err)
	})
	op := s.read("read_checkpoint", "/v1/checkpoint", "The signed checkpoint of the ledger (C2SP tlog-checkpoint). Public.", "ledger")
	op.Security = nil
	huma.Register(s.api, op, func(ctx context.Context, _ *struct{}) (*textOut, error) {
		h, err := s.Clerk.Store.Head(ctx)
		return &textOut{"text/plain; charset=utf-8", h.Checkpoint}, problem(err)
	})
	huma.Register(s.api, s.read("read_ledger", "/v1/ledger", "The envelopes of the ledger: who did what when, without content.", "ledger"), func(ctx context.Context, in *ledgerIn) (*ledgerOut, error) {
		o, err := s.order(ctx, "", in.Purpose, 0)
		if err != nil {
			return nil, err
		}
		var out ledgerOut
		out.Body.Entries, err = s.Clerk.Ledger(ctx, o, in.From, in.Limit)
		return &out, problem(err)
	})
	huma.Register(s.api, s.read("read_audit", "/v1/audit", "Who read a thing, when, and what for.", "ledger"), func(ctx context.Context, in *sawIn) (*sawOut, error) {
		o, err := s.order(ctx, "", in.Purpose, 0)
		if err != nil {
			return nil, err
		}
		var out sawOut
		out.Body.Readings, err = s.Clerk.WhoSaw(ctx, o, in.Of)
		return &out, problem(err)
	})
}

// health says whether the process lives and can work.
func (s *server) health(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if s.Ready != nil {
			if err := s.Ready(r.Context()); err != nil {
				http.Error(w, "not ready", http.StatusServiceUnavailable)
				return
			}
		}
		w.Write([]byte("ready\n"))
	})
}
