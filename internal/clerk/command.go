package clerk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"interdict/internal/access"
	"interdict/internal/event"
	"interdict/internal/fault"
)

// Command is one thing that can be asked of the clerk. Its name is its action
// in the policies.
type Command struct {
	Name  string       // "dossier.ask"
	About string       // one line for a person
	New   bool         // it makes a new thing and takes no id
	Body  reflect.Type // of its JSON body
	run   func(t *Turn, id string, body json.RawMessage) error
}

// Kind returns the kind of thing that the command is about: "dossier".
func (c Command) Kind() string {
	kind, _, _ := strings.Cut(c.Name, ".")
	return kind
}

// Verb returns what it does: "ask".
func (c Command) Verb() string {
	_, verb, _ := strings.Cut(c.Name, ".")
	return verb
}

// Commands returns every command, by kind and in the order of the work.
func Commands() []Command { return commands }

// nothing is the body of a command that needs none.
type nothing struct{}

// because is the body of a command that wants a reason and nothing else.
type because struct {
	Reason string `json:"reason" doc:"why; it stays in the ledger"`
}

// verb is a command on a thing that is there: the room answers with events.
func verb[A folded[A], B any](name, about string, do func(t *Turn, a A, b B) ([]event.Event, error)) Command {
	return onThing(name, about, func(t *Turn, stream string, a A, b B) error {
		events, err := do(t, a, b)
		if err != nil {
			return err
		}
		return t.add(stream, events...)
	})
}

// onThing is a command on a thing that is there which adds its events itself.
func onThing[A folded[A], B any](name, about string, do func(t *Turn, stream string, a A, b B) error) Command {
	kind, _, _ := strings.Cut(name, ".")
	return command[B](name, about, false, func(t *Turn, id string, b B) error {
		stream := kind + "/" + id
		h, err := t.see(stream)
		if err != nil {
			return t.hide(err, stream)
		}
		on, err := t.resource(h)
		if err != nil {
			return err
		}
		if err := t.need(access.Action(name), on); err != nil {
			return t.hide(err, stream)
		}
		if t.order.Version != 0 && t.order.Version != h.version {
			return fault.New(fault.Conflict, "%s is at version %d, not %d: look at it again", stream, h.version, t.order.Version)
		}
		a, ok := h.value.(A)
		if !ok {
			return fault.New(fault.Internal, "%s is a %T", stream, h.value)
		}
		t.main = stream
		return told(do(t, stream, a, b))
	})
}

// making is a command that makes a new thing. The resource is what the policies
// are asked about before it is made.
func making[B any](name, about string, on func(t *Turn, b B) access.Resource, do func(t *Turn, b B) error) Command {
	return command[B](name, about, true, func(t *Turn, id string, b B) error {
		if id != "" {
			return fault.New(fault.Invalid, "it makes a new thing and takes no id, not %q", id)
		}
		r := on(t, b)
		kind, _, _ := strings.Cut(name, ".")
		r.Kind = kind
		if err := t.need(access.Action(name), r); err != nil {
			return fault.New(fault.NotFound, "there is no command %q", name)
		}
		return told(do(t, b))
	})
}

// told gives a refusal of a room, such as that of the second person, to somebody
// whom the policies let ask: he knows of the thing, and is told why not.
func told(err error) error {
	if fault.KindOf(err) == fault.Forbidden {
		return fault.As(fault.Conflict, err)
	}
	return err
}

func command[B any](name, about string, isNew bool, do func(t *Turn, id string, b B) error) Command {
	return Command{
		Name: name, About: about, New: isNew, Body: reflect.TypeFor[B](),
		run: func(t *Turn, id string, body json.RawMessage) error {
			var b B
			if err := decode(body, &b); err != nil {
				return err
			}
			return do(t, id, b)
		},
	}
}

// hide answers what may not be seen, and what was erased, as what is not there.
func (t *Turn) hide(err error, stream string) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		if err := t.asIfThere(stream); err != nil {
			return err
		}
		return hidden(stream)
	case fault.Forbidden:
		return hidden(stream)
	}
	return err
}

// decode reads a body; an empty one is that of a command that needs none.
func decode(body json.RawMessage, into any) error {
	if len(bytes.TrimSpace(body)) == 0 {
		body = json.RawMessage("{}")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fault.As(fault.Invalid, fmt.Errorf("reading the body: %w", err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fault.New(fault.Invalid, "reading the body: something stands after it")
	}
	return nil
}

// commands is every command; commandOf finds one by its name.
var (
	commands  []Command
	commandOf = map[string]Command{}
)

func init() {
	for _, group := range [][]Command{
		rosterCommands, statuteCommands, materialCommands, alertCommands, exclusionCommands,
		dossierCommands, sessionCommands, decisionCommands, petitionCommands, reviewCommands, reportCommands, subscriptionCommands, erasureCommands, registerCommands,
	} {
		for _, c := range group {
			commands = append(commands, c)
			commandOf[c.Name] = c
		}
	}
}
