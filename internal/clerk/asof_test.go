package clerk_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interdict/internal/charter"
	"interdict/internal/clerk"
	"interdict/internal/dossier"
	"interdict/internal/event"
	"interdict/internal/fault"
)

// What is read as of an entry, or of the instant of an entry, is what the stream
// folds to up to there: at every entry of the ledger, on both engines.
func TestAsOfEveryEntry(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		clock := newClock()
		c := p.clerk(t, clock.now)
		people(t, c)
		ids := []string{opened(t, c, "One"), opened(t, c, "Two")}
		for i, id := range ids {
			for _, s := range []struct {
				who, command string
				body         body
			}{
				{"analyst", "dossier.write", body{"open": fmt.Sprint("first ", i)}},
				{"analyst", "dossier.ask", body{"key": "r", "what": "request", "to": "bank", "text": "?"}},
				{"analyst", "dossier.say", body{"key": "s", "party": "P", "field": "f", "value": "v"}},
				{"liaison", "dossier.answer", body{"key": "r", "text": "!"}},
				{"analyst", "dossier.write", body{"open": "second", "closed": "closed"}},
				{"lead", "statute.adopt", body{"preset": []string{"uk-2019", "ru-2015"}[i], "reason": "decree"}},
				{"analyst", "dossier.close", body{"reason": "nothing"}},
			} {
				on := id
				if s.command == "statute.adopt" {
					on = "main"
				}
				clock.move(time.Hour)
				done(t, c, s.who, s.command, on, s.body)
			}
		}
		fresh := p.clerk(t, clock.now) // remembers nothing
		size := must(c.Store.Head(t.Context())).Size
		for index := range size {
			at := must(event.Decode(must(c.Store.Entry(t.Context(), index)).Leaf)).At
			for _, when := range []clerk.When{must(clerk.ParseWhen(fmt.Sprint(index))), must(clerk.ParseWhen(at.Format(time.RFC3339Nano)))} {
				for _, id := range ids {
					want, version := fold(t, c, "dossier/"+id, index, dossier.Events, dossier.Dossier{})
					compare(t, fresh, "dossier", id, when, want, version)
				}
				want, version := fold(t, c, charter.Stream, index, charter.Events, charter.Charter{})
				compare(t, fresh, "statute", "main", when, want, version)
			}
		}
	})
}

// fold folds a stream up to an entry without the clerk.
func fold[A interface {
	Apply(event.Event, event.Envelope) A
}](t *testing.T, c *clerk.Clerk, stream string, index int64, events func(*event.Registry), a A) (A, uint64) {
	t.Helper()
	var registry event.Registry
	events(&registry)
	version := uint64(0)
	for _, h := range must(c.Store.StreamUpTo(t.Context(), stream, index)) {
		plain := must(c.Vault.Open(t.Context(), h.Body))
		a, version = a.Apply(must(registry.Unmarshal(h.Envelope.Kind, plain)), h.Envelope), h.Envelope.Version
	}
	return a, version
}

func compare(t *testing.T, c *clerk.Clerk, kind, id string, when clerk.When, want any, version uint64) {
	t.Helper()
	order := clerk.Order{By: "analyst", Purpose: "test"}
	got, err := c.Read(t.Context(), order, kind, id, when)
	if version == 0 {
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s %s before it began, as of %+v: %+v, %v", kind, id, when, got, err)
		}
		return
	}
	if err != nil || got.Version != version {
		t.Errorf("%s %s as of %+v: version %d, want %d: %v", kind, id, when, got.Version, version, err)
		return
	}
	if diff := cmp.Diff(string(must(json.Marshal(want))), string(must(json.Marshal(got.Content)))); diff != "" {
		t.Errorf("%s %s as of %+v is not what the stream folds to:\n%s", kind, id, when, diff)
	}
}
