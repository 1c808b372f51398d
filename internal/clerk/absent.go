package clerk

import (
	"fmt"
	"strings"

	"interdict/internal/fault"
)

// asIfThere reads what a thing of a stream's kind is tied to, though there is
// none: so what is not there puts about as many questions to the database as
// what may not be seen, and the time of the answer does not tell them apart.
func (t *Turn) asIfThere(stream string) error {
	kind, id, _ := strings.Cut(stream, "/")
	for _, s := range tiedTo[kind] {
		if _, err := t.see(s + "/" + id); err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if s != "dossier" || kind == "material" || kind == "alert" {
			continue
		}
		if _, err := t.clerk.Store.Queries().TiesTo(t.ctx, s+"/"+id); err != nil {
			return fault.As(fault.Unavailable, fmt.Errorf("looking for what is tied to %s: %w", stream, err))
		}
	}
	return nil
}

// tiedTo are the kinds of thing by which it is decided who may see a thing, as
// far as most things of the kind have one.
var tiedTo = map[string][]string{
	"material":  {"dossier"},
	"alert":     {"dossier"},
	"exclusion": {"decision"},
	"dossier":   {"dossier", "session"},
	"decision":  {"dossier", "session"},
	"petition":  {"decision", "dossier", "session"},
	"review":    {"decision", "dossier", "session"},
}
