package erasure_test

import (
	"testing"
	"time"

	"interdict/internal/erasure"
	"interdict/internal/event"
	"interdict/internal/fault"
	"interdict/internal/id"
	"interdict/internal/roster"
)

func person(name string, roles ...roster.Role) roster.Person {
	return roster.Person{ID: roster.PersonID(name), Organisation: "c", Roles: roles}
}

func orderBy(t *testing.T, by string) erasure.Order {
	t.Helper()
	a := erasure.Asked{ID: id.New[erasure.Order]([10]byte{1}), Of: "material/M1", Reason: "handed in by mistake"}
	events, err := erasure.Order{}.Request(person(by), a, "received")
	if err != nil {
		t.Fatal(err)
	}
	env := event.Envelope{By: by, At: time.Unix(0, 0).UTC(), Version: 1}
	return event.Fold(erasure.Order{}, []event.Recorded{{Event: events[0], Envelope: env}})
}

func TestWhatMayBeErased(t *testing.T) {
	for _, c := range []struct {
		given     string
		of, state string
		reason    string
		by        roster.Person
		want      fault.Kind
		ok        bool
	}{
		{given: "a material", of: "material/M1", state: "received", reason: "r", by: person("a"), ok: true},
		{given: "a closed dossier", of: "dossier/D1", state: "closed", reason: "r", by: person("a"), ok: true},
		{given: "an open dossier", of: "dossier/D1", state: "open", reason: "r", by: person("a"), want: fault.Conflict},
		{given: "a decision", of: "decision/X1", state: "ended", reason: "r", by: person("a"), want: fault.Conflict},
		{given: "the roster", of: "roster/main", state: "kept", reason: "r", by: person("a"), want: fault.Conflict},
		{given: "no reason", of: "material/M1", state: "received", by: person("a"), want: fault.Invalid},
		{given: "a machine", of: "material/M1", state: "received", reason: "r", by: person("m", roster.Machine), want: fault.Forbidden},
	} {
		_, err := erasure.Order{}.Request(c.by, erasure.Asked{ID: id.New[erasure.Order]([10]byte{1}), Of: c.of, Reason: c.reason}, c.state)
		if (err == nil) != c.ok || err != nil && fault.KindOf(err) != c.want {
			t.Errorf("given %s: %v", c.given, err)
		}
	}
}

func TestTwoPersons(t *testing.T) {
	o := orderBy(t, "a")
	if _, err := o.Approve(person("a"), ""); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("who asked approves: %v", err)
	}
	if _, err := o.Deny(person("b"), ""); fault.KindOf(err) != fault.Invalid {
		t.Errorf("denied without a reason: %v", err)
	}
	events, err := o.Approve(person("b"), "checked")
	if err != nil {
		t.Fatal(err)
	}
	o = o.Apply(events[0], event.Envelope{By: "b", Version: 2})
	if o.State != erasure.Approved || o.By != "a" || o.Second != "b" {
		t.Errorf("approved: %+v", o)
	}
	if _, err := o.Approve(person("c"), ""); fault.KindOf(err) != fault.Conflict {
		t.Errorf("approved twice: %v", err)
	}
}
