package web

import (
	"log/slog"
	"mime"
	"net/http"

	"interdict/internal/pack"
)

// packs are the evidence packs of things, to take away. One is written while it
// is read; one that cannot be ended is cut off, so that nobody takes it for a
// whole one.
func (s *server) packs() {
	if s.Fonts == nil {
		return
	}
	maker := pack.Maker{Clerk: s.Clerk, Fonts: s.Fonts}
	for _, kind := range pack.Kinds {
		s.page("GET "+places[kind]+"/{id}/pack", func(v *visit) error {
			ceiling, err := pack.ParseCeiling(v.r.FormValue("tlp"))
			if err != nil {
				return err
			}
			p, err := maker.Gather(v.ctx(), v.Order, pack.Wish{Kind: kind, ID: v.r.PathValue("id"), Ceiling: ceiling})
			if err != nil {
				return err
			}
			h := v.w.Header()
			h.Set("Content-Type", "application/zip")
			h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": p.Name()}))
			if err := p.Write(v.ctx(), v.w); err != nil {
				slog.Error("an evidence pack was cut off", "of", p.Of, "error", err)
				panic(http.ErrAbortHandler)
			}
			return nil
		})
	}
}

// packPath is the evidence pack of a thing; "" where none are made.
func (v *visit) packPath(stream string) string {
	if v.Fonts == nil {
		return ""
	}
	return pathOf(stream) + "/pack"
}
