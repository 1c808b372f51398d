package clerk

import (
	"strings"

	"interdict/internal/access"
	"interdict/internal/event"
	"interdict/internal/fault"
)

// folded is a thing that a stream of events makes: a dossier, a session …
type folded[A any] interface {
	Apply(event.Event, event.Envelope) A
}

// row is what the view says of a thing besides what every event says.
type row struct {
	state string
	owner string // organisation
	due   int64  // next instant at which a clock runs out, µs since 1970; 0 if none
}

// tie is a directed tie from a thing to another one, or to a hash.
type tie struct{ relation, target string }

// room says how the streams of one kind are folded and seen.
type room struct {
	name     string // the streams are name/ID
	events   func(*event.Registry)
	fold     func(any, event.Recorded) any
	row      func(any) row
	ties     func(any) []tie
	resource func(any) access.Resource
}

func roomOf[A folded[A]](name string, events func(*event.Registry), see func(A) row, ties func(A) []tie, resource func(A) access.Resource) room {
	return room{
		name:   name,
		events: events,
		fold: func(v any, r event.Recorded) any {
			a, _ := v.(A) // the zero value before the first event
			return a.Apply(r.Event, r.Envelope)
		},
		row:      func(v any) row { return see(v.(A)) },
		ties:     func(v any) []tie { return ties(v.(A)) },
		resource: func(v any) access.Resource { return resource(v.(A)) },
	}
}

// roomFor returns the room of a stream.
func roomFor(stream string) (room, error) {
	name, _, _ := strings.Cut(stream, "/")
	for _, r := range rooms {
		if r.name == name {
			return r, nil
		}
	}
	return room{}, fault.New(fault.Corrupt, "%s is a stream of no known kind", stream)
}
