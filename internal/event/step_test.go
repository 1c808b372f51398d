package event_test

import (
	"testing"

	"interdict/internal/event"
)

func TestATableLeadsOnlyWhereItSays(t *testing.T) {
	table := event.Table[string]{"": {"a.opened": "open"}, "open": {"a.closed": "closed"}}
	for _, c := range []struct {
		from, kind, to string
		ok             bool
	}{{"", "a.opened", "open", true}, {"open", "a.closed", "closed", true}, {"closed", "a.opened", "closed", false}, {"", "a.closed", "", false}} {
		if to, ok := table.Next(c.from, c.kind); to != c.to || ok != c.ok {
			t.Errorf("%q by %s: got %q, %v", c.from, c.kind, to, ok)
		}
	}
}

type count int

func (c count) Apply(e event.Event, env event.Envelope) count { return c*10 + count(env.Version) }

func TestAFoldKeepsTheOrder(t *testing.T) {
	events := []event.Recorded{{Event: closed{}, Envelope: event.Envelope{Version: 1}}, {Event: closed{}, Envelope: event.Envelope{Version: 2}}}
	if got := event.Fold(count(0), events); got != 12 {
		t.Errorf("got %d, want 12", got)
	}
}
