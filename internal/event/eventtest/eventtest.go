// Package eventtest plays histories in the tests of stations.
//
// A Story keeps what happened to one aggregate, each event written to its body
// and read back as the ledger would, so that a field which JSON loses is found
// by every test that passes through it.
package eventtest

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"interdict/internal/event"
	"interdict/internal/fault"
)

// T is what a story needs of *testing.T and *rapid.T.
type T interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Aggregate is anything that events change.
type Aggregate[A any] interface {
	Apply(event.Event, event.Envelope) A
}

// whole compares unexported fields too: no id, no clock, is left out.
var whole = cmp.Exporter(func(reflect.Type) bool { return true })

// Story is an aggregate with its history.
type Story[A Aggregate[A]] struct {
	Now      A
	Events   []event.Recorded
	Registry *event.Registry
	Stream   string
}

// Tell appends events as done by a person of an organisation at an instant.
func (s *Story[A]) Tell(t T, by, on string, at time.Time, events ...event.Event) {
	t.Helper()
	for _, e := range events {
		body, err := s.Registry.Marshal(e)
		if err != nil {
			t.Fatalf("%v", err)
		}
		back, err := s.Registry.Unmarshal(e.Kind(), body)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if d := cmp.Diff(e, back, whole, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("event %s is not what it was (-said +read):\n%s", e.Kind(), d)
		}
		env := event.Envelope{
			Kind: e.Kind(), Stream: s.Stream, Version: uint64(len(s.Events) + 1),
			At: at, By: by, For: on, Command: "test",
		}
		s.Events = append(s.Events, event.Recorded{Event: back, Envelope: env})
		s.Now = s.Now.Apply(back, env)
	}
}

// Refold fails unless folding the history anew gives what Now is.
func (s *Story[A]) Refold(t T, zero A) {
	t.Helper()
	if d := cmp.Diff(event.Fold(zero, s.Events), s.Now, whole, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("folding again gives something else:\n%s", d)
	}
}

// Kinds returns the kinds of events.
func Kinds(events []event.Event) []string {
	var kinds []string
	for _, e := range events {
		kinds = append(kinds, e.Kind())
	}
	return kinds
}

// Want fails unless err is of kind want, or there is none for want "" and the
// events are of these kinds.
func Want(t *testing.T, events []event.Event, err error, want string, kinds ...string) {
	t.Helper()
	got := ""
	if err != nil {
		got = fault.KindOf(err).String()
	}
	if got != want {
		t.Fatalf("got error %q (%v), want %q", got, err, want)
	}
	if err != nil && len(events) > 0 {
		t.Fatalf("a refused command returns events %v", Kinds(events))
	}
	if d := cmp.Diff(kinds, Kinds(events), cmpopts.EquateEmpty()); err == nil && d != "" {
		t.Fatalf("events (-want +got):\n%s", d)
	}
}
